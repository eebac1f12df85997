import { useCallback } from "react";

import { call, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { missing } from "./road";

const EMPTY = { reason: "", ground: "", scope: "" };

/** Denying in whole or in part; the letter and the closing follow. */
export function Deny({ found }: { found: CaseView }) {
  const { request } = found.request;
  const { form, problem, change, until } = useKept(request, "denial", EMPTY);
  const { reason, ground, scope } = form;
  const deed = useDeed(
    useCallback(
      () => until(call("deny", { request, reason, ground: ground.trim() || null, scope: scope.trim() || null })),
      [request, reason, ground, scope, until],
    ),
  );
  return (
    <details className="beside">
      <summary>{w.deny.title}</summary>
      <p className="quiet">{w.deny.lead}</p>
      <label>
        {w.deny.reason}
        <select value={reason} onChange={(event) => change({ reason: event.target.value })}>
          <option value="">{w.deny.chooseReason}</option>
          {found.denials.map((it) => (
            <option key={it} value={it}>
              {w.deny.reasons[it] ?? it}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.deny.ground}
        <input value={ground} onChange={(event) => change({ ground: event.target.value })} />
      </label>
      <label>
        {w.deny.scope}
        <input value={scope} onChange={(event) => change({ scope: event.target.value })} />
      </label>
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={deed} missing={missing(found, "deny") ?? (reason === "" ? w.deny.missing : null)}>
        {w.deny.go}
      </DeedButton>
      {deed.done && <p role="status">{w.deny.done(w.deny.reasons[deed.done.reason] ?? deed.done.reason)}</p>}
    </details>
  );
}
