import type { RequestView } from "../api";
import { Said } from "../parts/Said";
import { HowComputed } from "../today/HowComputed";
import { w } from "../words";
import { dayInWords } from "../words/days";

/** Everything the law book says about the request, each duty with its state, its day and how the day came about. */
export function Dates({ request }: { request: RequestView }) {
  const { duties } = request;
  return (
    <details className="dates">
      <summary>{w.dates.summary}</summary>
      {duties.length === 0 && <p>{request.law_silent === null ? w.dates.none : <Said>{request.law_silent}</Said>}</p>}
      <ul>
        {duties.map((duty) => (
          <li key={`${duty.rule} ${duty.duty} ${duty.recipient}`}>
            <strong>{w.today.deeds[duty.duty] ?? duty.about}</strong>{" "}
            <span className="quiet">{w.dates.states[duty.state] ?? duty.state}</span>{" "}
            {duty.due !== null && <span>{w.dates.by(dayInWords(duty.due.slice(0, 10)))}</span>}
            <HowComputed duty={duty} />
          </li>
        ))}
      </ul>
    </details>
  );
}
