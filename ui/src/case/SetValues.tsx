import { useCallback } from "react";

import { begin, type CaseView, type Plan } from "../api";
import { Confirm } from "../parts/Confirm";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Outcomes } from "./Outcomes";
import { missing } from "./road";

/** Writing the values of an approved plan, confirmed by typing how many; each is read back, and can be brought back. */
export function SetValues({ found, plan }: { found: CaseView; plan: Plan | null }) {
  const { request } = found.request;
  const digest = plan?.digest ?? "";
  const write = useDeed(
    useCallback(
      (name: string, say: (line: string) => void) => begin("carry_out", { request, plan: digest, purge: false }, name, say),
      [request, digest],
    ),
  );
  const undo = useDeed(
    useCallback((name: string, say: (line: string) => void) => begin("undo", { request }, name, say), [request]),
  );
  const outcomes = useView("outcomes", { request });
  const count = plan?.steps.filter((it) => it.deed === "replace" || it.deed === "blank").length ?? 0;
  const barred = missing(found, "carry-out") ?? (outcomes.data?.complete === true ? w.erase.nothingLeft : null);
  return (
    <>
      <p className="quiet">{w.changes.lead}</p>
      <Confirm
        deed={w.changes.write}
        missing={barred}
        busy={write.busy || undo.busy}
        title={w.changes.writeTitle(count)}
        phrase={w.changes.phrase(count)}
        onConfirmed={() => void write.start()}
      >
        <p>{w.changes.writeCheck}</p>
      </Confirm>
      {write.busy && (
        <div className="deeds">
          <p role="status">{write.said ?? ""}</p>
          <button type="button" className="quiet-button" onClick={write.stop}>
            {w.parts.stop}
          </button>
        </div>
      )}
      {write.problem && <ProblemNote problem={write.problem} />}
      <View of={outcomes}>
        {(it) =>
          it && (
            <>
              <Outcomes outcomes={it.outcomes} />
              <DeedButton deed={undo} missing={missing(found, "undo")} quiet long>
                {w.changes.undo}
              </DeedButton>
            </>
          )
        }
      </View>
    </>
  );
}
