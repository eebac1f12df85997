import { useCallback, useEffect, useState } from "react";

import { asProblem, own, type Problem, type Start, type VaultView } from "../api";
import { CheckBundle } from "../check/CheckBundle";
import { ProblemNote } from "../parts/ProblemNote";
import { useAsked } from "../shell/useAsked";
import { w } from "../words";
import { Create } from "./Create";
import { Doors } from "./Doors";
import { Unlock } from "./Unlock";

type Props = { onUnlocked: (vault: VaultView) => void };
type At = "doors" | "practise" | "create" | "unlock" | "check";

/** Before a vault is open: unlock the one that is known, or choose a door. */
export function FirstRun({ onUnlocked }: Props) {
  const [start, setStart] = useState<Start | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [at, setAt] = useState<At>("doors");
  /** How often the system has handed over a bundle since. */
  const [given, setGiven] = useState(0);

  useEffect(() => {
    own.start().then(
      (found) => {
        setStart(found);
        if (found.open !== null) {
          onUnlocked(found.open);
          return;
        }
        setAt(found.bundle ? "check" : found.vault === null ? "doors" : "unlock");
      },
      (thrown) => setProblem(asProblem(thrown)),
    );
  }, [onUnlocked]);
  useAsked(useCallback((id: string) => {
    if (id === "bundle") {
      setGiven((was) => was + 1);
    }
    if (id === "bundle" || id === "check") {
      setAt("check");
    }
  }, []));

  const openOther = async () => {
    setProblem(null);
    try {
      const path = await own.chooseVault();
      if (path !== null && start) {
        setStart({ ...start, vault: path });
        setAt("unlock");
      }
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const back = () => setAt("doors");

  return (
    <main className={at === "check" ? "sheet" : "sheet narrow"}>
      {problem && <ProblemNote problem={problem} />}
      {start === null && !problem && <p role="status">{w.parts.reading}</p>}
      {start && at === "doors" && <Doors onDoor={(door) => (door === "open" ? void openOther() : setAt(door))} />}
      {start && at === "unlock" && <Unlock path={start.vault ?? ""} onUnlocked={onUnlocked} onOther={back} />}
      {start && (at === "practise" || at === "create") && (
        <Create start={start} practice={at === "practise"} onCreated={onUnlocked} onBack={back} />
      )}
      {at === "check" && <CheckBundle key={given} onBack={back} atOnce={given > 0 || start?.bundle === true} />}
    </main>
  );
}
