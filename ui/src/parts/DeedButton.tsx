import { useId } from "react";

import { w } from "../words";
import { ProblemNote } from "./ProblemNote";
import { Said } from "./Said";
import type { Deed } from "./useDeed";

type Props<T> = {
  deed: Deed<T>;
  children: string;
  /** Why it cannot be done now; stands beside the button. */
  missing?: string | null;
  quiet?: boolean;
  /** The deed can be stopped half-way. */
  long?: boolean;
};

/** The one way a deed is started: a button that says why it is not ready, then progress with a stop, then what went wrong. */
export function DeedButton<T>({ deed, children, missing = null, quiet = false, long = false }: Props<T>) {
  const hint = useId();
  return (
    <div className="deed">
      <div className="deeds">
        <button
          type="button"
          className={quiet ? "quiet-button" : undefined}
          disabled={deed.busy || missing !== null}
          aria-describedby={hint}
          onClick={() => void deed.start()}
        >
          {deed.busy ? w.parts.working : children}
        </button>
        {deed.busy && long && (
          <button type="button" className="quiet-button" onClick={deed.stop}>
            {w.parts.stop}
          </button>
        )}
        <span id={hint} className="quiet">
          {missing ?? ""}
        </span>
      </div>
      <p role="status" className="said">
        {deed.busy && deed.said !== null && <Said>{deed.said}</Said>}
      </p>
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </div>
  );
}
