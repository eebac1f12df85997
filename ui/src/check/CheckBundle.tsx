import { useCallback, useEffect } from "react";

import { own, type VerdictView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { said } from "../words/said";

/** Checks a sealed bundle: needs no vault, no org, no network. */
export function CheckBundle({ onBack, atOnce = false }: { onBack?: () => void; atOnce?: boolean }) {
  const deed = useDeed(useCallback(() => own.verifyBundle(), []));
  const { start } = deed;
  // The window was opened with the bundle: nobody needs to choose it again.
  useEffect(() => {
    if (atOnce) {
      void start();
    }
  }, [atOnce, start]);
  const seen = deed.done;
  return (
    <>
      <h1>{w.check.title}</h1>
      <p className="quiet">{w.check.lead}</p>
      <DeedButton deed={deed}>{w.check.go}</DeedButton>
      {seen && <Verdict seen={seen} />}
      {onBack && (
        <button type="button" className="quiet-button" onClick={onBack}>
          {w.parts.back}
        </button>
      )}
    </>
  );
}

/** What checking a bundle says, and what it does not prove. */
export function Verdict({ seen }: { seen: VerdictView }) {
  const odd = seen.checks.filter((it) => it.outcome !== "ok");
  return (
    <section aria-live="polite">
      <h2>{w.check.verdicts[seen.verdict] ?? seen.verdict}</h2>
      {odd.length === 0 ? (
        <p>{w.check.allOk(seen.checks.length)}</p>
      ) : (
        <ul>
          {odd.map((it) => (
            <li key={`${it.file} ${it.outcome}`}>
              <code>{it.file}</code>: {w.check.outcomes[it.outcome] ?? it.outcome}
              {it.because ? ` (${said(it.because)})` : ""}
            </li>
          ))}
        </ul>
      )}
      <Facts facts={[[w.check.signer, <code key="signer">{seen.signer}</code>]]} />
      <h3>{w.check.doesNotProve}</h3>
      <ul>
        {seen.does_not_prove.map((it) => (
          <li key={it}>
            <Said>{it}</Said>
          </li>
        ))}
      </ul>
    </section>
  );
}
