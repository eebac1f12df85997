import type { ContestLine } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { w } from "../words";
import { valueInWords } from "../words/plain";

type Props = { line: ContestLine; title: string; onChange: (() => void) | null; onRemove: (() => void) | null };

/** One contested value as it was taken: before and after, why, and where else the same value stands. */
export function Taken({ line, title, onChange, onRemove }: Props) {
  const name = `${line.object} ${line.field}`;
  return (
    <section className="contest" aria-label={name}>
      <h3>
        {name} <span className="quiet">{title}</span>
      </h3>
      <p>
        <strong>{w.correct.decisions[line.decision] ?? line.decision}</strong>
      </p>
      <Facts
        facts={[
          [w.correct.held, valueInWords(line.held)],
          [w.correct.claimed, valueInWords(line.claimed)],
          [w.correct.because, line.because],
          [w.correct.evidence, evidence(line)],
          ...(line.statement === "" ? [] : [[w.correct.statement, line.statement] as [string, string]]),
        ]}
      />
      {line.trouble !== null && <p className="gap">{line.trouble}</p>}
      {line.copies.length > 0 && (
        <table>
          <caption>{w.correct.copies}</caption>
          <ColumnHeads of={w.correct.copyColumns} />
          <tbody>
            {line.copies.map((it) => (
              <tr key={`${it.id} ${it.field}`}>
                <th scope="row">
                  {it.object} {it.field}
                </th>
                <td>{w.correct.roads[it.road] ?? it.road}</td>
                <td className="quiet">
                  <Said>{it.because}</Said>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="deeds">
        <button type="button" className="quiet-button" disabled={onChange === null} onClick={() => onChange?.()}>
          {w.correct.change(name)}
        </button>
        {onRemove && (
          <button type="button" className="quiet-button" onClick={onRemove}>
            {w.correct.remove(name)}
          </button>
        )}
      </div>
    </section>
  );
}

const evidence = (line: ContestLine): string => {
  const of = (side: string) => line.evidence.filter((it) => it.side === side).length;
  return w.correct.documents(of("consumer"), of("business"));
};
