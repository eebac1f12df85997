import { useCallback, useState } from "react";

import { call, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { missing } from "./road";

/** Denying in whole or in part; the letter and the closing follow. */
export function Deny({ found }: { found: CaseView }) {
  const { request } = found.request;
  const [reason, setReason] = useState("");
  const [ground, setGround] = useState("");
  const [scope, setScope] = useState("");
  const deed = useDeed(
    useCallback(
      () => call("deny", { request, reason, ground: ground.trim() || null, scope: scope.trim() || null }),
      [request, reason, ground, scope],
    ),
  );
  return (
    <details className="beside">
      <summary>{w.deny.title}</summary>
      <p className="quiet">{w.deny.lead}</p>
      <label>
        {w.deny.reason}
        <select value={reason} onChange={(event) => setReason(event.target.value)}>
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
        <input value={ground} onChange={(event) => setGround(event.target.value)} />
      </label>
      <label>
        {w.deny.scope}
        <input value={scope} onChange={(event) => setScope(event.target.value)} />
      </label>
      <DeedButton deed={deed} missing={missing(found, "deny") ?? (reason === "" ? w.deny.missing : null)}>
        {w.deny.go}
      </DeedButton>
      {deed.done && <p role="status">{w.deny.done(w.deny.reasons[deed.done.reason] ?? deed.done.reason)}</p>}
    </details>
  );
}
