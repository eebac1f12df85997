import type { AssessmentView, Exposure, ExposureLine } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { w } from "../words";
import { said } from "../words/said";

const words = w.incident.assess;

/** The severity with its factors and what was taken to be so. */
export function Severity({ it }: { it: AssessmentView["severity"]["enisa"] }) {
  return (
    <details className="beside">
      <summary>
        {words.severity}: {words.score(it.se, it.level)}
      </summary>
      <Facts
        facts={[
          [words.factors.dpc, `${it.dpc.value.toLocaleString("en-US")}. ${said(it.dpc.why)}`],
          [words.factors.ei, `${it.ei.value.toLocaleString("en-US")}. ${said(it.ei.why)}`],
          [words.factors.cb, it.cb.value.toLocaleString("en-US")],
        ]}
      />
      <Assumed lines={it.assumed} />
    </details>
  );
}

const money = (sum: number | null): string => (sum === null ? words.unknownSum : `$${sum.toLocaleString("en-US")}`);

/** The exposure: a range, how it came about, and what may come on top. */
export function Amounts({ it }: { it: Exposure }) {
  return (
    <details className="beside">
      <summary>
        {words.exposure}: {words.range(money(it.min), money(it.max))}
      </summary>
      {it.lines.length > 0 && <Table caption={words.exposure} lines={it.lines} />}
      {it.scenarios.length > 0 && <Table caption={words.scenarios} lines={it.scenarios} />}
      <Assumed lines={it.assumptions} />
    </details>
  );
}

function Table({ caption, lines }: { caption: string; lines: ExposureLine[] }) {
  const columns = words.exposureColumns;
  return (
    <table className="dense">
      <caption>{caption}</caption>
      <ColumnHeads of={[columns.what, columns.least, columns.most, columns.how]} />
      <tbody>
        {lines.map((line, n) => (
          <tr key={n}>
            <th scope="row">
              <Said>{line.what}</Said>
            </th>
            <td>{money(line.min)}</td>
            <td>{money(line.max)}</td>
            <td>
              <Said>{line.sum}</Said> <span className="quiet">{line.citation}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Assumed({ lines }: { lines: string[] }) {
  return (
    <>
      <h4>{words.assumed}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Said>{line}</Said>
          </li>
        ))}
      </ul>
    </>
  );
}
