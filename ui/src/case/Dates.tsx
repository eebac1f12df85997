import { useState } from "react";

import type { CaseView, RequestView } from "../api";
import { Said } from "../parts/Said";
import { HowComputed } from "../today/HowComputed";
import { w } from "../words";
import { dayInWords } from "../words/days";

/**
 * Everything the law book says about the request: which law and why, each duty with its state, its day and how the day came
 * about, and what has to be kept to. Open until something was done and the step left, so that whoever meets the case reads it first.
 */
export function Dates({ found }: { found: CaseView }) {
  const { request } = found;
  const { duties } = request;
  const [untouched] = useState(() => request.acknowledged_at === null && !found.deeds.some((it) => it.done));
  return (
    <details className="dates" open={untouched}>
      <summary>{w.dates.summary}</summary>
      {duties.length === 0 && <p>{request.law_silent === null || request.law_silent === undefined ? w.dates.none : <Said>{request.law_silent}</Said>}</p>}
      {duties.length > 0 && <p>{w.dates.law([...new Set(duties.map((it) => it.jurisdiction))].map(placeInWords).join(", "), dayInWords(request.received_on))}</p>}
      <ul>
        {duties.map((duty) => (
          <li key={`${duty.rule} ${duty.duty} ${duty.recipient}`}>
            <strong>{w.today.deeds[duty.duty] ?? duty.about}</strong>{" "}
            <span className="quiet">{w.dates.states[duty.state] ?? duty.state}</span>{" "}
            {duty.due !== null && <span>{w.dates.by(dayInWords(duty.due.slice(0, 10)))}</span>} <span className="quiet">{duty.citation}</span>
            <HowComputed duty={duty} />
          </li>
        ))}
      </ul>
      <Requirements request={request} />
    </details>
  );
}

const placeInWords = (code: string): string => w.dates.places[code] ?? code;

/** What must be kept to beside the dates, each rule with where it stands. */
function Requirements({ request }: { request: RequestView }) {
  const rules = Object.values(request.requirements.rules ?? {}).flat();
  return rules.length === 0 ? null : (
    <>
      <p>{w.dates.requirements}</p>
      <ul>
        {rules.map((it) => (
          <li key={it.rule} className="how">
            <p>
              <span lang="en">{it.about}.</span> <span className="quiet">{it.citation}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
