import type { ReactNode } from "react";

import type { CaseView, Hang, Plan, PlanView, Step } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Lines } from "../parts/Lines";
import { Said } from "../parts/Said";
import type { Deed } from "../parts/useDeed";
import { w } from "../words";
import { Cascade } from "./Cascade";
import { missing } from "./road";

type Props = { found: CaseView; plan: Plan | null; hangs: Hang[]; deed: Deed<PlanView>; children: ReactNode };

/** Everything a plan would do, before anything is done; the values it sets stand between. */
export function Rehearse({ found, plan, hangs, deed, children }: Props) {
  return (
    <>
      <p className="quiet">{w.erase.rehearseLead}</p>
      <DeedButton deed={deed} missing={missing(found, "rehearse")} long quiet={plan !== null}>
        {plan === null ? w.erase.rehearse : w.erase.rehearseAgain}
      </DeedButton>
      {children}
      {plan && <PlanShown plan={plan} hangs={hangs} />}
    </>
  );
}

/** A plan in words: its steps as they will happen, what blocks, whom else it touches, what remains to be done by hand. */
export function PlanShown({ plan, hangs }: { plan: Plan; hangs: Hang[] }) {
  return (
    <>
      {plan.steps.length > 0 && <Cascade steps={plan.steps} hangs={hangs} line={(step) => <StepLine step={step} />} />}
      <h3>
        {w.erase.plan} <span className="quiet">{w.erase.steps(plan.steps.length)}</span>
      </h3>
      <Lines label={w.erase.plan} lines={plan.steps} height={48} keyOf={(it) => String(it.n)}>
        {(step) => <StepLine step={step} />}
      </Lines>
      {plan.creates.length > 0 && (
        <>
          <h3>{w.erase.creates}</h3>
          <ul>
            {plan.creates.map((it) => (
              <li key={it.n}>
                {it.object} {w.erase.createdFor} <code>{it.person}</code>{" "}
                <span className="quiet">
                  <Said>{it.because}</Said> ({it.fields.join(", ")})
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{w.erase.blockers}</h3>
      {plan.blockers.length === 0 ? (
        <p>{w.erase.noBlockers}</p>
      ) : (
        <ul>
          {plan.blockers.map((it) => (
            <li key={`${it.id} ${it.field}`}>
              {it.object} <code>{it.id}</code>: <Said>{it.because}</Said>
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
              {it.object} <code>{it.id}</code>: <Said>{it.because}</Said>
            </li>
          ))}
        </ul>
      )}
      <h3>{w.erase.byHand}</h3>
      <ul>
        {plan.by_hand.map((it) => (
          <li key={`${it.what} ${it.because}`}>
            <Said>{it.what}</Said>{" "}
            <span className="quiet">
              <Said>{it.because}</Said>
            </span>
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
        {w.erase.causes[step.cause]}: <Said>{step.because}</Said>
      </span>
    </div>
  );
}
