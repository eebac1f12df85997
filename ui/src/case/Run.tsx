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

/** How a record can stand while there is still something to do with it. */
const LEFT = new Set(["deleted", "in_bin", "locked", "failed"]);

/** Carrying out in two steps, each confirmed by typing the count; what happens to each record stands below while it happens. */
export function Run({ found, plan }: { found: CaseView; plan: Plan | null }) {
  const { request } = found.request;
  const digest = plan?.digest ?? "";
  const run = (purge: boolean) => (name: string, say: (line: string) => void) =>
    begin("carry_out", { request, plan: digest, purge }, name, say);
  const bin = useDeed(useCallback(run(false), [request, digest]));
  const purge = useDeed(useCallback(run(true), [request, digest]));
  const undo = useDeed(
    useCallback((name: string, say: (line: string) => void) => begin("undo", { request }, name, say), [request]),
  );
  const busy = bin.busy || purge.busy || undo.busy;
  const outcomes = useView("outcomes", { request }, busy);
  const count = plan?.steps.filter((it) => it.deed === "delete").length ?? 0;
  const settled = outcomes.data?.complete === true && outcomes.data.outcomes.every((it) => !LEFT.has(it.outcome));
  const barred = missing(found, "carry-out") ?? (settled ? w.erase.nothingLeft : null);

  return (
    <>
      <p className="quiet">{w.erase.runLead}</p>
      <Confirm
        deed={w.erase.toBin}
        missing={barred}
        busy={busy}
        title={w.erase.runTitle(count)}
        phrase={w.erase.phrase(count)}
        onConfirmed={() => void bin.start()}
      >
        <p>{w.erase.runCheck}</p>
      </Confirm>
      <Confirm
        deed={w.erase.purge}
        missing={barred}
        busy={busy}
        title={w.erase.purgeTitle(count)}
        phrase={w.erase.phrase(count)}
        onConfirmed={() => void purge.start()}
      >
        <p>{w.erase.purgeCheck}</p>
      </Confirm>
      <Running deeds={[bin, purge, undo]} outcomes={outcomes.data} />
      {[bin, purge].map((it, place) => it.problem && <ProblemNote key={place} problem={it.problem} />)}
      <View of={outcomes}>
        {(it) =>
          it && (
            <>
              <Outcomes of={it} busy={busy} />
              {!bin.busy && !purge.busy && (
                <DeedButton deed={undo} missing={missing(found, "undo")} quiet>
                  {w.erase.undo}
                </DeedButton>
              )}
            </>
          )
        }
      </View>
    </>
  );
}
