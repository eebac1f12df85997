import { type ReactNode, useRef } from "react";

import { useRows } from "./useRows";

type Props<T> = { label: string; lines: T[]; height: number; /** For lines that take half a window each. */ tall?: boolean; keyOf: (line: T) => string; children: (line: T) => ReactNode };

/** A list of any length: only the lines in sight are in the page, and a screen reader still hears how many there are. */
export function Lines<T>({ label, lines, height, tall, keyOf, children }: Props<T>) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useRows(frame, lines.length, height);
  return (
    <div ref={frame} className={tall ? "lines tall" : "lines"} tabIndex={0} role="region" aria-label={label}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index];
          return line === undefined ? null : (
            <li
              key={keyOf(line)}
              ref={rows.measureElement}
              data-index={row.index}
              aria-setsize={lines.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)`, minHeight: height }}
            >
              {children(line)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
