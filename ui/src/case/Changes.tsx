import type { ChangeLine } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { Foreign } from "../parts/Foreign";
import { w } from "../words";
import { valueInWords } from "../words/plain";

/** The values that a plan sets, before and after, record by record; `null` when the rehearsal that read them is over. */
export function Changes({ changes }: { changes: ChangeLine[] | null }) {
  if (changes === null) {
    return <p className="note">{w.changes.notKept}</p>;
  }
  return (
    <table className="changes">
      <caption>{w.changes.caption(changes.length)}</caption>
      <ColumnHeads of={w.changes.columns} />
      <tbody>
        {changes.map((it) => (
          <tr key={`${it.id} ${it.field}`}>
            <th scope="row">
              {it.object} {it.label}
            </th>
            <td>
              <Foreign>{valueInWords(it.before)}</Foreign>
            </td>
            <td>
              <Foreign>{valueInWords(it.after)}</Foreign>
            </td>
            <td className="quiet">{w.changes.causes[it.cause] ?? it.cause}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
