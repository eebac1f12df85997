import { type FormEvent, useEffect, useState } from "react";

import { asProblem, type Problem, unlock, vaultPath, type VaultView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";

type Props = { onUnlocked: (vault: VaultView) => void };

/** Asks for the passphrase of the vault this window was started with. */
export function Unlock({ onUnlocked }: Props) {
  const [path, setPath] = useState<string | null | undefined>(undefined);
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    vaultPath().then(setPath, (thrown) => setProblem(asProblem(thrown)));
  }, []);

  async function open(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      onUnlocked(await unlock(passphrase));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="sheet narrow">
      <h1>Habeas</h1>
      {path === null ? (
        <p>
          No vault was named. Close this window and start it with <code>HABEAS_VAULT</code> set to the path of a vault; make
          one with <code>habeas vault create</code>.
        </p>
      ) : (
        <form onSubmit={open}>
          <p className="quiet">{path ?? "Looking for the vault …"}</p>
          <label>
            Passphrase
            <input
              type="password"
              autoFocus
              autoComplete="off"
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          </label>
          <button disabled={busy || passphrase === "" || !path}>{busy ? "Unlocking …" : "Unlock the vault"}</button>
          {passphrase === "" && <p className="quiet">Type the passphrase to unlock.</p>}
        </form>
      )}
      {problem && <ProblemNote problem={problem} />}
    </main>
  );
}
