import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";

import type { CaseView, Plan } from "../api";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Approve } from "./Approve";
import { Prove } from "./Prove";
import { Rehearse } from "./Rehearse";
import { Run } from "./Run";

/** Rehearse → approve → run → prove: four fixed tabs, each leaving something to look at. */
export function Erase({ found }: { found: CaseView }) {
  const { request, stage } = found.request;
  const plan = useView("plan", { request });
  const [tab, setTab] = useState(() => tabFor(stage));
  return (
    <>
      <h2>{w.erase.title}</h2>
      <View of={plan}>
        {(it) => <FourTabs found={found} plan={it?.plan ?? null} tab={tab} onTab={setTab} />}
      </View>
    </>
  );
}

const tabFor = (stage: string): string =>
  ({ rehearsed: "approve", approved: "run", "carried-out": "prove", proved: "prove", answered: "prove", closed: "prove" })[stage] ?? "rehearse";

type Props = { found: CaseView; plan: Plan | null; tab: string; onTab: (tab: string) => void };

function FourTabs({ found, plan, tab, onTab }: Props) {
  return (
    <Tabs selectedKey={tab} onSelectionChange={(key) => onTab(String(key))}>
      <TabList aria-label={w.erase.title}>
        {Object.entries(w.erase.tabs).map(([id, name]) => (
          <Tab key={id} id={id}>
            {name}
          </Tab>
        ))}
      </TabList>
      <TabPanel id="rehearse">
        <Rehearse found={found} plan={plan} />
      </TabPanel>
      <TabPanel id="approve">
        <Approve found={found} plan={plan} />
      </TabPanel>
      <TabPanel id="run">
        <Run found={found} plan={plan} />
      </TabPanel>
      <TabPanel id="prove">
        <Prove found={found} />
      </TabPanel>
    </Tabs>
  );
}
