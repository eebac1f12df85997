import { type ReactNode, useRef } from "react";

import { useRows } from "./useRows";

type Props<T> = {
  /** What the frame is called, where its caption does not say it. */
  label?: string;
  caption: string;
  columns: readonly string[];
  lines: T[];
  /** About how high a row is; each is measured once it is in sight. */
  height: number;
  keyOf: (line: T) => string;
  /** How the whole looks, and how one row does. */
  look?: string;
  lookOf?: (line: T) => string | undefined;
  /** The cells of a row. */
  children: (line: T) => ReactNode;
};

/** A table of any length: only the rows in sight stand in the page, and a screen reader still hears how many there are. */
export function LongTable<T>({ label, caption, columns, lines, height, keyOf, look, lookOf, children }: Props<T>) {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useRows(frame, lines.length, height);
  const shown = rows.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div ref={frame} className="rows" tabIndex={0} role="region" aria-label={label ?? caption}>
      <table className={look} aria-rowcount={lines.length + 1}>
        <caption>{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} columns={columns.length} />
          {shown.map((row) => {
            const line = lines[row.index];
            return (
              line !== undefined && (
                <tr key={keyOf(line)} ref={rows.measureElement} data-index={row.index} aria-rowindex={row.index + 2} className={lookOf?.(line)}>
                  {children(line)}
                </tr>
              )
            );
          })}
          <Gap height={below} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** The room that the rows out of sight would take. */
function Gap({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr aria-hidden="true" className="out-of-sight">
      <td colSpan={columns} style={{ height }} />
    </tr>
  ) : null;
}
