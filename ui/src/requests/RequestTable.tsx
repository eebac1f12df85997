import type { RequestLine } from "../api";
import { LongTable } from "../parts/LongTable";
import type { Go } from "../shell/place";
import { HowDueOf } from "../today/HowDue";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { kindInWords, stageInWords } from "../words/plain";

const ROW = 46;

/** One row as it is shown. */
export const cells = (line: RequestLine): string[] => [
  line.request,
  kindInWords(line.kind),
  line.org,
  dayInWords(line.received_on),
  line.due_on === null ? w.requests.unknownDay : dayInWords(line.due_on),
  stageInWords(line.stage),
];

export const header = (): string[] => {
  const columns = w.requests.columns;
  return [columns.request, columns.kind, columns.org, columns.received, columns.due, columns.stage];
};

/** The requests as a table; each opens its case, and its due day tells how it was computed. */
export function RequestTable({ lines, go }: { lines: RequestLine[]; go: Go }) {
  const r = w.requests;
  return (
    <LongTable label={r.title} caption={r.caption(lines.length)} columns={header()} lines={lines} height={ROW} keyOf={(it) => it.request}>
      {(line) => <Cells line={line} go={go} />}
    </LongTable>
  );
}

function Cells({ line, go }: { line: RequestLine; go: Go }) {
  return (
    <>
      <th scope="row">
        <button type="button" className="link" onClick={() => go({ at: "case", request: line.request, step: "" })}>
          {line.request}
        </button>
      </th>
      <td>{kindInWords(line.kind)}</td>
      <td>{line.org}</td>
      <td>
        <Day iso={line.received_on} />
      </td>
      <td className="due">{line.due_on === null ? w.requests.unknownDay : <HowDueOf request={line.request} due={line.due_on} />}</td>
      <td>{stageInWords(line.stage)}</td>
    </>
  );
}

function Day({ iso }: { iso: string }) {
  return <time dateTime={iso}>{dayInWords(iso)}</time>;
}
