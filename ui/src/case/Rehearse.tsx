import { useCallback } from "react";

import { begin, type CaseView, type Plan, type Step } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Lines } from "../parts/Lines";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { missing } from "./road";

/** Everything a deletion would do, before anything is done. */
export function Rehearse({ found, plan }: { found: CaseView; plan: Plan | null }) {
  const { request } = found.request;
  const deed = useDeed(
    useCallback((run: string, say: (line: string) => void) => begin("rehearse", { request }, run, say), [request]),
  );
  return (
    <>
      <p className="quiet">{w.erase.rehearseLead}</p>
      <DeedButton deed={deed} missing={missing(found, "rehearse")} long quiet={plan !== null}>
        {plan === null ? w.erase.rehearse : w.erase.rehearseAgain}
      </DeedButton>
      {plan && <PlanShown plan={plan} />}
    </>
  );
}

/** A plan in words: its steps as they will happen, what blocks, whom else it touches, what remains to be done by hand. */
export function PlanShown({ plan }: { plan: Plan }) {
  return (
    <>
      <h3>
        {w.erase.plan} <span className="quiet">{w.erase.steps(plan.steps.length)}</span>
      </h3>
      <Lines label={w.erase.plan} lines={plan.steps} height={48} keyOf={(it) => String(it.n)}>
        {(step) => <StepLine step={step} />}
      </Lines>
      <h3>{w.erase.blockers}</h3>
      {plan.blockers.length === 0 ? (
        <p>{w.erase.noBlockers}</p>
      ) : (
        <ul>
          {plan.blockers.map((it) => (
            <li key={`${it.id} ${it.field}`}>
              {it.object} <code>{it.id}</code>: {it.because}
            </li>
          ))}
        </ul>
      )}
      <h3>{w.erase.collateral}</h3>
      {plan.collateral.length === 0 ? (
        <p>{w.erase.noCollateral}</p>
      ) : (
        <ul>
          {plan.collateral.map((it) => (
            <li key={`${it.id} ${it.because}`}>
              {it.object} <code>{it.id}</code>: {it.because}
            </li>
          ))}
        </ul>
      )}
      <h3>{w.erase.byHand}</h3>
      <ul>
        {plan.by_hand.map((it) => (
          <li key={`${it.what} ${it.because}`}>
            {it.what} <span className="quiet">{it.because}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function StepLine({ step }: { step: Step }) {
  return (
    <div className={step.cause === "cascade" ? "step goes-along" : "step"}>
      <span className="n">{step.n}</span>
      <span>
        {w.erase.deeds[step.deed]} {step.object} <code>{step.id}</code>
      </span>
      <span className="quiet">
        {w.erase.causes[step.cause]}: {step.because}
      </span>
    </div>
  );
}
