import { useCallback } from "react";

import { call, type CaseView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { missing } from "./road";

/** How the request ended, and the one file that proves it. */
export function Seal({ found }: { found: CaseView }) {
  const { request, outcome } = found.request;
  const denied = found.request.events.some((it) => it.event === "denied");
  const kept = useKept(request, "ending", { word: denied ? "denied" : "granted", reason: "" });
  const { until } = kept;
  const { word, reason } = kept.form;
  const reasons = found.endings.find((it) => it.outcome === word)?.reasons ?? [];
  const close = useDeed(
    useCallback(() => until(call("close", { request, outcome: word, reason: reason || null })), [request, word, reason, until]),
  );
  const seal = useDeed(useCallback(() => own.seal(request), [request]));
  const show = useDeed(useCallback(() => own.showFolder(request), [request]));
  const done = seal.done;
  return (
    <>
      <h2>{w.seal.title}</h2>
      <p className="quiet">{w.seal.lead}</p>
      {outcome === null ? (
        <>
          <label>
            {w.seal.outcome}
            <select
              value={word}
              onChange={(event) => kept.change({ word: event.target.value, reason: "" })}
            >
              {found.endings.map((it) => (
                <option key={it.outcome} value={it.outcome}>
                  {w.seal.outcomes[it.outcome] ?? it.outcome}
                </option>
              ))}
            </select>
          </label>
          {reasons.length > 0 && (
            <label>
              {w.seal.reason}
              <select value={reason} onChange={(event) => kept.change({ reason: event.target.value })}>
                <option value="">{w.seal.noReason}</option>
                {reasons.map((it) => (
                  <option key={it} value={it}>
                    {w.deny.reasons[it] ?? it}
                  </option>
                ))}
              </select>
            </label>
          )}
          {kept.problem && <ProblemNote problem={kept.problem} />}
          <DeedButton deed={close} missing={missing(found, "close")} quiet>
            {w.seal.close}
          </DeedButton>
        </>
      ) : (
        <p>{w.seal.closed(w.seal.outcomes[outcome] ?? outcome)}</p>
      )}
      <DeedButton deed={seal} missing={missing(found, "seal")}>
        {done ? w.seal.sealAgain : w.seal.seal}
      </DeedButton>
      {done && (
        <>
          <h3>{w.seal.sealed}</h3>
          <Facts
            facts={[
              [w.seal.file, done.file],
              [w.seal.bundle, done.bundle],
              [w.seal.sha256, <code key="sum">{done.sha256}</code>],
              [w.seal.signer, <code key="signer">{done.signer}</code>],
            ]}
          />
          <DeedButton deed={show} quiet>
            {w.export.show}
          </DeedButton>
        </>
      )}
    </>
  );
}
