import { type FormEvent, useEffect, useRef, useState } from "react";

import { asProblem, type Problem, unlock, vaultPath, type VaultView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";

type Props = { onUnlocked: (vault: VaultView) => void };
type Path = { at: "waiting" } | { at: "problem" } | { at: "none" } | { at: "ready"; path: string };

/** Asks for the passphrase of the vault this window was started with. */
export function Unlock({ onUnlocked }: Props) {
  const [path, setPath] = useState<Path>({ at: "waiting" });
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    vaultPath().then(
      (named) => setPath(named === null ? { at: "none" } : { at: "ready", path: named }),
      (thrown) => {
        setPath({ at: "problem" });
        setProblem(asProblem(thrown));
      },
    );
  }, []);

  return (
    <main className="sheet narrow">
      <h1>Habeas</h1>
      {path.at === "waiting" && <p role="status">Looking for the vault …</p>}
      {path.at === "none" && <NoVault />}
      {path.at === "ready" && <Form path={path.path} onUnlocked={onUnlocked} onProblem={setProblem} />}
      {problem && <ProblemNote problem={problem} />}
    </main>
  );
}

function NoVault() {
  return (
    <p>
      No vault was named. Close this window and start it with <code>HABEAS_VAULT</code> set to the path of a vault; make one
      with <code>habeas vault create</code>.
    </p>
  );
}

type FormProps = Props & { path: string; onProblem: (problem: Problem | null) => void };

function Form({ path, onUnlocked, onProblem }: FormProps) {
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function open(event: FormEvent) {
    event.preventDefault();
    if (busy || passphrase === "") {
      return;
    }
    setBusy(true);
    onProblem(null);
    try {
      onUnlocked(await unlock(passphrase));
    } catch (thrown) {
      onProblem(asProblem(thrown));
      setPassphrase("");
      field.current?.focus();
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={open}>
      <p className="quiet">Everything is kept in one encrypted file on this computer. Your passphrase opens it.</p>
      <p className="file">
        <span className="quiet">Vault</span> <span>{path}</span>
      </p>
      <label htmlFor="passphrase">Passphrase</label>
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
        <button disabled={busy || passphrase === ""}>{busy ? "Unlocking …" : "Unlock the vault"}</button>
        <span id="passphrase-hint" className="quiet">
          {passphrase === "" ? "Type the passphrase first." : ""}
        </span>
      </div>
    </form>
  );
}
