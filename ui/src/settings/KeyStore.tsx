import { useQuery } from "@tanstack/react-query";
import { useCallback, useId, useRef } from "react";

import { asProblem, own } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";

/** Whether this computer's key store keeps the key: off unless chosen, and what it means is said beside it. */
export function KeyStore() {
  const kept = useQuery({ queryKey: ["kept_key"], queryFn: own.keptKey, retry: false });
  const wanted = useRef(false);
  const deed = useDeed(useCallback(() => own.keepKey(wanted.current), []));
  const hint = useId();
  const k = w.keyStore;
  const refused = kept.isError ? asProblem(kept.error) : null;
  return (
    <section className="form">
      <h2>{k.title}</h2>
      <label className="choice">
        <input
          type="checkbox"
          aria-describedby={hint}
          checked={kept.data?.remembered ?? false}
          disabled={kept.isPending || refused !== null || deed.busy}
          onChange={(event) => {
            wanted.current = event.target.checked;
            void deed.start();
          }}
        />{" "}
        <strong>{k.keep}</strong>
      </label>
      <p id={hint} className="hint">
        {k.about} {refused && <Said>{`${refused.message} ${refused.next_step}`}</Said>}{" "}
        <span role="status">{kept.isPending ? w.parts.reading : deed.busy ? w.settings.saving : deed.done ? w.settings.saved : ""}</span>
      </p>
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </section>
  );
}
