import { type ReactNode, useCallback } from "react";

import { call, type CaseView, type Plan } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { missing } from "./road";

/** Check-your-answers: counts by deed, what stands in the way, and the digest that will be approved. */
export function Approve({ found, plan, children }: { found: CaseView; plan: Plan | null; children: ReactNode }) {
  const { request, approved } = found.request;
  const digest = plan?.digest ?? "";
  const deed = useDeed(useCallback(() => call("approve", { request, plan: digest }), [request, digest]));
  const count = (word: string) => plan?.steps.filter((it) => it.deed === word).length ?? 0;
  return (
    <>
      <p className="quiet">{w.erase.approveLead}</p>
      {plan && (
        <Facts
          facts={[
            ...Object.entries(w.erase.deeds).filter(([word]) => count(word) > 0).map(([word, name]): [string, string] => [name, w.parts.records(count(word))]),
            [w.erase.blockers, String(plan.blockers.length)],
            [w.erase.collateral, String(plan.collateral.length)],
            [w.review.undecided, String(plan.undecided)],
            [w.erase.digest, <code key="digest">{plan.digest}</code>],
          ]}
        />
      )}
      {children}
      {approved !== null && approved === digest ? (
        <p role="status">{w.erase.approved}</p>
      ) : (
        <DeedButton deed={deed} missing={missing(found, "approve")}>
          {w.erase.approve}
        </DeedButton>
      )}
    </>
  );
}
