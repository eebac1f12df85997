import type { Duty } from "../api";
import { Said } from "../parts/Said";
import { w } from "../words";

/** The rule, its citation, and every step from the facts to the day. */
export function HowComputed({ duty }: { duty: Duty }) {
  return (
    <details className="how">
      <summary>{w.dates.how}</summary>
      <p>
        <span lang="en">{duty.about}.</span> <span className="quiet">{duty.citation}</span>
      </p>
      <ul>
        {[...duty.path, ...duty.because, ...duty.cautions].map((line) => (
          <li key={line}>
            <Said>{line}</Said>
          </li>
        ))}
      </ul>
    </details>
  );
}
