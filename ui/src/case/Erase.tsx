import { useCallback, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";

import { begin, type CaseView, type PlanView } from "../api";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { stepInWords } from "../words/plain";
import { Approve } from "./Approve";
import { Changes } from "./Changes";
import { Prove } from "./Prove";
import { Rehearse } from "./Rehearse";
import { Run } from "./Run";
import { SetValues } from "./SetValues";

/** Rehearse → approve → run → prove: four fixed tabs, each leaving something to look at. */
export function Erase({ found }: { found: CaseView }) {
  const { request, stage } = found.request;
  const plan = useView("plan", { request });
  const [tab, setTab] = useState(() => tabFor(stage));
  return (
    <>
      <h2>{stepInWords("delete", found.request.kind)}</h2>
      <View of={plan}>
        {(it) => <FourTabs found={found} it={it} tab={tab} onTab={setTab} />}
      </View>
    </>
  );
}

const tabFor = (stage: string): string =>
  ({ rehearsed: "approve", approved: "run", "carried-out": "prove", proved: "prove", answered: "prove", closed: "prove" })[stage] ?? "rehearse";

type Props = { found: CaseView; it: PlanView | null; tab: string; onTab: (tab: string) => void };

function FourTabs({ found, it, tab, onTab }: Props) {
  const { request } = found.request;
  const plan = it?.plan ?? null;
  const rehearsal = useDeed(
    useCallback((run: string, say: (line: string) => void) => begin("rehearse", { request }, run, say), [request]),
  );
  // Values are shown by the rehearsal that read them and are not kept: a case that is opened anew rehearses to see them.
  const fresh = rehearsal.done !== null && rehearsal.done.plan.digest === plan?.digest ? rehearsal.done.changes : null;
  const changes = found.request.kind === "delete" || plan === null ? null : <Changes changes={fresh} />;
  return (
    <Tabs selectedKey={tab} onSelectionChange={(key) => onTab(String(key))}>
      <TabList aria-label={stepInWords("delete", found.request.kind)}>
        {Object.entries(w.erase.tabs).map(([id, name]) => (
          <Tab key={id} id={id}>
            {name}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="rehearse">
        <Rehearse found={found} plan={plan} hangs={it?.hangs ?? []} deed={rehearsal}>
          {changes}
        </Rehearse>
      </TabPanel>
      <TabPanel id="approve">
        <Approve found={found} plan={plan}>
          {changes}
        </Approve>
      </TabPanel>
      <TabPanel id="run">
        {found.request.kind === "delete" ? <Run found={found} plan={plan} /> : <SetValues found={found} plan={plan} />}
      </TabPanel>
      <TabPanel id="prove">
        <Prove found={found} />
      </TabPanel>
    </Tabs>
  );
}
