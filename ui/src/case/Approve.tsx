import { type ReactNode, useCallback, useState } from "react";

import { call, type CaseView, type Plan } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Field } from "../parts/Field";
import { Foreign } from "../parts/Foreign";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { missing } from "./road";

/** Check-your-answers: counts by deed, what stands in the way, and the digest that will be approved. */
export function Approve({ found, plan, children }: { found: CaseView; plan: Plan | null; children: ReactNode }) {
  const { request, approved, approval } = found.request;
  const digest = plan?.digest ?? "";
  const [by, setBy] = useState("");
  const name = by.trim() === "" ? null : by.trim();
  const deed = useDeed(
    useCallback(async () => {
      const answer = await call("approve", { request, plan: digest, by: name });
      setBy("");
      return answer;
    }, [request, digest, name]),
  );
  const count = (word: string) => plan?.steps.filter((it) => it.deed === word).length ?? 0;
  const complete = approved !== null && approved === digest && approval.missing === null;
  const unnamed = approval.two_persons && name === null ? w.erase.nameFirst : null;
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
      {plan && <Approvals found={found} />}
      {complete ? (
        <p role="status">{w.erase.approved}</p>
      ) : (
        <>
          {approval.two_persons && plan && (
            <Field name={w.erase.approver} hint={w.erase.approverHint}>
              <input dir="auto" autoComplete="off" maxLength={120} value={by} onChange={(event) => setBy(event.target.value)} />
            </Field>
          )}
          <DeedButton deed={deed} missing={missing(found, "approve") ?? unnamed}>
            {w.erase.approve}
          </DeedButton>
        </>
      )}
    </>
  );
}

/** Who has approved this plan since it was rehearsed, and who is missing where the vault asks for two people. */
function Approvals({ found }: { found: CaseView }) {
  const { given, two_persons } = found.request.approval;
  const named = given.filter((it) => it.by !== null);
  if (named.length === 0 && !two_persons) {
    return null;
  }
  return (
    <section aria-label={w.erase.approvals}>
      <h3>{w.erase.approvals}</h3>
      <ul>
        {named.map((it) => (
          <li key={it.by}>
            <Foreign>{it.by ?? ""}</Foreign> · <time dateTime={it.at}>{w.erase.at(it.at.slice(0, 16).replace("T", " "))}</time>
          </li>
        ))}
        {two_persons && named.length < 2 && <li className="gap">{named.length === 0 ? w.erase.nobodyYet : w.erase.oneMore}</li>}
      </ul>
    </section>
  );
}
