import { type FormEvent, useRef, useState } from "react";

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

  async function open(event: FormEvent) {
    event.preventDefault();
    if (busy || passphrase === "") {
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      onUnlocked(await own.unlock(passphrase));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setPassphrase("");
      setBusy(false);
      field.current?.focus();
    }
  }

  return (
    <form onSubmit={open}>
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
