import { useId } from "react";

import type { ChronicleView } from "../api";
import { w } from "../words";
import { said } from "../words/said";
import { plainInstant } from "./Instant";

const words = w.incident.timeline;
const WIDTH = 720;
const FLOOR = 150;
const LEFT = 60;
/** A label needs about this much room. */
const LABEL = 84;

/** Records read in equal stretches of time, as a picture, in words and as a table. */
export function VolumeChart({ it }: { it: NonNullable<ChronicleView["volume"]> }) {
  const title = useId();
  const most = Math.max(1, ...it.bars.map((bar) => bar.records));
  const step = (WIDTH - LEFT) / Math.max(1, it.bars.length);
  const every = Math.max(1, Math.ceil(LABEL / step));
  return (
    <section>
      <h3>{words.volume}</h3>
      <figure className="chart">
        <svg viewBox={`0 0 ${WIDTH} ${FLOOR + 34}`} role="img" aria-labelledby={title}>
          <title id={title}>{said(it.alternative)}</title>
          {[0, 0.5, 1].map((share) => {
            const y = FLOOR - (FLOOR - 10) * share;
            return (
              <g key={share}>
                <line x1={LEFT} x2={WIDTH} y1={y} y2={y} className="rule" />
                <text x={LEFT - 8} y={y + 4} textAnchor="end">
                  {Math.round(most * share).toLocaleString("en-US")}
                </text>
              </g>
            );
          })}
          {it.bars.map((bar, n) => {
            const x = LEFT + step * n;
            const height = bar.records === 0 ? 0 : Math.max(1, ((FLOOR - 10) * bar.records) / most);
            return (
              <g key={bar.at} className={bar.inside ? "inside" : undefined}>
                <rect x={x + step * 0.1} y={FLOOR - height} width={step * 0.8} height={height} />
                {bar.inside && <rect x={x} y={FLOOR + 2} width={step} height={3} />}
                {n % every === 0 && (
                  <text x={x} y={FLOOR + 22}>
                    {bar.label}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
        <figcaption className="quiet">{said(it.caption)}</figcaption>
      </figure>
      <details>
        <summary>{words.asTable}</summary>
        <table className="dense">
          <caption>{said(it.alternative)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.at}</th>
              <th scope="col" className="number">
                {words.recordsColumn}
              </th>
            </tr>
          </thead>
          <tbody>
            {it.bars.map((bar) => (
              <tr key={bar.at}>
                <th scope="row">
                  <time dateTime={bar.at}>{plainInstant(bar.at)}</time> {bar.inside && <small>{words.inside}</small>}
                </th>
                <td className="number">{bar.records.toLocaleString("en-US")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
