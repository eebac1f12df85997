import type { ChangeLine } from "../api";
import { Foreign } from "../parts/Foreign";
import { LongTable } from "../parts/LongTable";
import { w } from "../words";
import { valueInWords } from "../words/plain";

/** The values that a plan sets, before and after, record by record; `null` when the rehearsal that read them is over. */
export function Changes({ changes }: { changes: ChangeLine[] | null }) {
  if (changes === null) {
    return <p className="note">{w.changes.notKept}</p>;
  }
  return (
    <LongTable
      caption={w.changes.caption(changes.length)}
      columns={w.changes.columns}
      lines={changes}
      height={56}
      keyOf={(it) => `${it.id} ${it.field}`}
      look="changes"
    >
      {(it) => (
        <>
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
        </>
      )}
    </LongTable>
  );
}
