import { useCallback, useState } from "react";

import { own, type Start, type VaultView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { strength } from "./strength";

type Props = { start: Start; practice: boolean; onCreated: (vault: VaultView) => void; onBack: () => void };

/** Makes a new vault: a passphrase twice, a place, and honest words about losing it. */
export function Create({ start, practice, onCreated, onBack }: Props) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const score = strength(passphrase);
  const missing = [...passphrase].length < 12 ? w.first.missingShort : passphrase !== again ? w.first.missingSame : null;

  const deed = useDeed(
    useCallback(async () => {
      const vault = await own.createVault(passphrase, practice, chosen !== null);
      if (practice) {
        await own.practise(true);
      }
      onCreated(vault);
      return vault;
    }, [passphrase, practice, chosen, onCreated]),
  );

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null && !deed.busy) {
          void deed.start();
        }
      }}
    >
      <h1>{practice ? w.first.createPractice : w.first.createTitle}</h1>
      <p className="quiet">{w.first.createWhy}</p>
      <label htmlFor="passphrase">{w.first.passphrase}</label>
      <input
        id="passphrase"
        type="password"
        autoFocus
        autoComplete="off"
        aria-describedby="strength"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <p id="strength" className="strength">
        <meter min={0} max={4} value={passphrase === "" ? 0 : score} aria-hidden="true" />
        <span className="quiet">
          {w.first.strengthLabel}: {passphrase === "" ? "" : w.first.strength[score]}
        </span>
      </p>
      <label htmlFor="again">{w.first.again}</label>
      <input id="again" type="password" autoComplete="off" value={again} onChange={(event) => setAgain(event.target.value)} />
      <p className="note">{w.first.noRecovery}</p>
      <p className="file">
        <span className="quiet">{w.first.place}</span> {chosen ?? (practice ? start.new_practice_vault : start.new_vault)}{" "}
        <button type="button" className="link" onClick={() => void own.choosePlace().then((place) => place !== null && setChosen(place))}>
          {w.first.otherPlace}
        </button>
      </p>
      <div className="deeds">
        <button disabled={deed.busy || missing !== null} aria-describedby="missing">
          {deed.busy ? w.first.creating : w.first.create}
        </button>
        <button type="button" className="quiet-button" onClick={onBack}>
          {w.parts.back}
        </button>
      </div>
      <p id="missing" className="quiet">
        {missing ?? ""}
      </p>
      {deed.busy && practice && <p role="status">{w.shell.practiceStarting}</p>}
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </form>
  );
}
