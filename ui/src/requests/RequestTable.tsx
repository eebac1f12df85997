import { useRef } from "react";

import type { RequestLine } from "../api";
import { useRows } from "../parts/useRows";
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

/** Any number of requests: only the rows in sight stand in the page, and a screen reader still hears how many there are. */
export function RequestTable({ lines, go }: { lines: RequestLine[]; go: Go }) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useRows(frame, lines.length, ROW);
  const shown = rows.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div ref={frame} className="rows" tabIndex={0} role="region" aria-label={w.requests.title}>
      <table aria-rowcount={lines.length + 1}>
        <caption>{w.requests.caption(lines.length)}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {header().map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} />
          {shown.map((row) => {
            const line = lines[row.index];
            return (
              line && (
                <tr key={line.request} ref={rows.measureElement} data-index={row.index} aria-rowindex={row.index + 2}>
                  <Cells line={line} go={go} />
                </tr>
              )
            );
          })}
          <Gap height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** The room that the rows out of sight would take. */
function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden="true" className="out-of-sight">
      <td colSpan={6} style={{ height }} />
    </tr>
  ) : null;
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
