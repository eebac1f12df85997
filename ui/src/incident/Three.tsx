import type { ReactNode } from "react";

import type { Numbers } from "../api";
import { w } from "../words";

export type ThreeLine = { key: string; name: ReactNode; numbers: Numbers; more?: ReactNode };

type Props = { caption?: string; column: string; lines: ThreeLine[]; more?: string };

/** The three honest numbers, line by line: proved, probable, upper bound. */
export function Three({ caption, column, lines, more }: Props) {
  return (
    <table className="dense three">
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          <th scope="col">{column}</th>
          {Object.values(w.incident.three).map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
          {more && <th scope="col">{more}</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">{line.name}</th>
            {([line.numbers.proved, line.numbers.probable, line.numbers.upper_bound] as const).map((count, n) => (
              <td key={n} className="number">
                {count.toLocaleString("en-US")}
              </td>
            ))}
            {more && <td className="quiet">{line.more}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
