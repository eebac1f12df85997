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
import { Running } from "./Running";

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
  const busy = write.busy || undo.busy;
  const outcomes = useView("outcomes", { request }, busy);
  const count = plan?.steps.filter((it) => it.deed === "replace" || it.deed === "blank").length ?? 0;
  const barred = missing(found, "carry-out") ?? (outcomes.data?.complete === true ? w.erase.nothingLeft : null);
  return (
    <>
      <p className="quiet">{w.changes.lead}</p>
      <Confirm
        deed={w.changes.write}
        missing={barred}
        busy={busy}
        title={w.changes.writeTitle(count)}
        phrase={w.changes.phrase(count)}
        onConfirmed={() => void write.start()}
      >
        <p>{w.changes.writeCheck}</p>
      </Confirm>
      <Running deeds={[write]} outcomes={outcomes.data} />
      {write.problem && <ProblemNote problem={write.problem} />}
      <View of={outcomes}>
        {(it) =>
          it && (
            <>
              <Outcomes of={it} busy={busy} />
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
