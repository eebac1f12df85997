import type { Duty } from "../api";
import { Said } from "../parts/Said";
import { w } from "../words";

/** How a day came about, folded. */
export function HowComputed({ duty }: { duty: Duty }) {
  return (
    <details className="how">
      <summary>{w.dates.how}</summary>
      <HowLines duty={duty} />
    </details>
  );
}

/** The rule, its citation, and every step from the facts to the day. */
export function HowLines({ duty }: { duty: Duty }) {
  return (
    <>
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
    </>
  );
}
