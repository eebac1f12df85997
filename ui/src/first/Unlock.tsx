import { useEffect, useRef, useState } from "react";

import { asProblem, own, type Problem, type VaultView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { w } from "../words";

type Props = { path: string; onUnlocked: (vault: VaultView) => void; onOther: () => void };

/** Asks for the passphrase of the vault that is known. */
export function Unlock({ path, onUnlocked, onOther }: Props) {
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const [kept, setKept] = useState(false);
  useEffect(() => {
    // A key store that cannot be asked keeps nothing for us; the passphrase opens as ever.
    own.keptKey().then(
      (it) => setKept(it.remembered),
      () => setKept(false),
    );
  }, [path]);

  async function open(unlock: () => Promise<VaultView>) {
    setBusy(true);
    setProblem(null);
    try {
      onUnlocked(await unlock());
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setPassphrase("");
      setBusy(false);
      field.current?.focus();
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && passphrase !== "") {
          void open(() => own.unlock(passphrase));
        }
      }}
    >
      <h1>{w.first.title}</h1>
      <p className="quiet">{w.first.kept}</p>
      <p className="file">
        <span className="quiet">{w.first.vault}</span> <span>{path}</span>
      </p>
      <label htmlFor="passphrase">{w.first.passphrase}</label>
      <input
        id="passphrase"
        ref={field}
        type="password"
        autoFocus
        autoComplete="off"
        aria-describedby="passphrase-hint"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <div className="deeds">
        <button disabled={busy || passphrase === ""}>{busy ? w.first.unlocking : w.first.unlock}</button>
        {kept && (
          <button type="button" className="quiet-button" disabled={busy} onClick={() => void open(own.unlockByKeptKey)}>
            {w.first.byKeptKey}
          </button>
        )}
        <button type="button" className="quiet-button" onClick={onOther}>
          {w.first.another}
        </button>
        <span id="passphrase-hint" className="quiet">
          {passphrase === "" ? w.first.typeFirst : ""}
        </span>
      </div>
      {problem && <ProblemNote problem={problem} />}
    </form>
  );
}
