import { useCallback, useState } from "react";

import { asProblem, begin, call, type CaseView, type MaskLine, type Problem } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Field } from "../parts/Field";
import { Lines } from "../parts/Lines";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { missing } from "./road";

/** Other people in what would be handed over: each mask side by side with the text as it is, accepted or declined. */
export function Masks({ found }: { found: CaseView }) {
  const { request } = found.request;
  const [decided, setDecided] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  /** By mask, as long as it is not declined. */
  const kept = useKept<{ reasons: Record<string, string> }>(request, "masks", { reasons: {} });
  const { reasons } = kept.form;
  const deed = useDeed(
    useCallback((run: string, say: (line: string) => void) => begin("masks", { request }, run, say), [request]),
  );
  const masks = deed.done?.masks ?? [];
  const decisionOf = (it: MaskLine) => decided[it.mask] ?? it.decision;
  const left = masks.filter((it) => decisionOf(it) === null);
  const decide = async (these: MaskLine[], decision: string, reason: string) => {
    setProblem(null);
    try {
      await call("choose_masks", { request, choices: these.map((it) => ({ mask: it.mask, decision, reason })) });
      setDecided((was) => ({ ...was, ...Object.fromEntries(these.map((it) => [it.mask, decision])) }));
      kept.change({ reasons: Object.fromEntries(Object.entries(reasons).filter(([mask]) => !these.some((it) => it.mask === mask))) });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  return (
    <section aria-label={w.masks.title}>
      <h3>{w.masks.title}</h3>
      <p className="quiet measure">{w.masks.lead}</p>
      <DeedButton deed={deed} missing={missing(found, "export")} quiet long>
        {deed.done ? w.masks.again : w.masks.look}
      </DeedButton>
      {deed.done && masks.length === 0 && <p role="status">{w.masks.none}</p>}
      {masks.length > 0 && (
        <>
          <p role="status">{w.masks.left(masks.length, left.length)}</p>
          {left.length > 0 && (
            <button type="button" className="quiet-button" onClick={() => void decide(left, "accept", "")}>
              {w.masks.acceptAll}
            </button>
          )}
          {problem && <ProblemNote problem={problem} />}
          {kept.problem && <ProblemNote problem={kept.problem} />}
          <Lines label={w.masks.list} lines={masks} height={250} tall keyOf={(it) => it.mask}>
            {(it) => (
              <Mask
                mask={it}
                decision={decisionOf(it)}
                reason={reasons[it.mask] ?? ""}
                onReason={(reason) => kept.change({ reasons: { ...reasons, [it.mask]: reason } })}
                onDecide={(decision, reason) => void decide([it], decision, reason)}
              />
            )}
          </Lines>
        </>
      )}
    </section>
  );
}

type MaskProps = {
  mask: MaskLine;
  decision: string | null;
  reason: string;
  onReason: (reason: string) => void;
  onDecide: (decision: string, reason: string) => void;
};

function Mask({ mask, decision, reason, onReason, onDecide }: MaskProps) {
  return (
    <>
      <p>
        <strong>{w.masks.kinds[mask.kind] ?? mask.kind}</strong>{" "}
        <span className="quiet">
          {mask.object} {mask.field} · <Said>{mask.reason}</Said>
        </span>
      </p>
      <div className="sides">
        <div role="group" aria-label={w.masks.before}>
          <h4>{w.masks.before}</h4>
          <p className="value">{mask.before}</p>
        </div>
        <div role="group" aria-label={w.masks.after}>
          <h4>{w.masks.after}</h4>
          <p className="value">{mask.after}</p>
        </div>
      </div>
      <p>
        <strong>{decision === null ? w.masks.undecided : (w.masks.decisions[decision] ?? decision)}</strong>
      </p>
      <div className="deeds">
        <button type="button" className="quiet-button" disabled={decision === "accept"} onClick={() => onDecide("accept", "")}>
          {w.masks.accept}
        </button>
        <Field name={w.masks.reason}>
          <input value={reason} onChange={(event) => onReason(event.target.value)} />
        </Field>
        <button type="button" className="quiet-button" disabled={reason.trim() === ""} onClick={() => onDecide("decline", reason.trim())}>
          {w.masks.decline}
        </button>
        <span className="quiet">{reason.trim() === "" ? w.masks.missing : ""}</span>
      </div>
    </>
  );
}
