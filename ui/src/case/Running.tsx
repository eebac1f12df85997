import type { Answer } from "../api";
import { Said } from "../parts/Said";
import type { Deed } from "../parts/useDeed";
import { w } from "../words";
import { progressOf } from "./Outcomes";

type Props = { deeds: Deed<unknown>[]; outcomes: Answer<"outcomes"> | undefined };

/** A run under way: one line that is read out, how far it is, and a stop. */
export function Running({ deeds, outcomes }: Props) {
  const busy = deeds.find((it) => it.busy);
  if (busy === undefined) {
    return null;
  }
  const count = progressOf(outcomes);
  return (
    <>
      <div className="deeds">
        <p role="status">{count ?? (busy.said !== null && <Said>{busy.said}</Said>)}</p>
        <button type="button" className="quiet-button" onClick={busy.stop}>
          {w.parts.stop}
        </button>
      </div>
      {count !== null && busy.said !== null && (
        <p className="quiet">
          <Said>{busy.said}</Said>
        </p>
      )}
    </>
  );
}
