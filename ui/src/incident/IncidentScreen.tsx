import { useEffect, useRef, useState } from "react";

import type { IncidentStep, IncidentStepName, IncidentView } from "../api";
import { LedgerTable } from "../case/Timeline";
import { Said } from "../parts/Said";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { w } from "../words";
import { said } from "../words/said";
import { Assess } from "./Assess";
import { Chronicle } from "./Chronicle";
import { Find } from "./Find";
import { Gather } from "./Gather";
import { Instant } from "./Instant";
import { Notices } from "./Notices";
import { Packet } from "./Packet";
import { Scope } from "./Scope";

const words = w.incident.road;

export type Room = IncidentStepName | "timeline" | "ledger";
export const ROOMS: Room[] = ["gather", "find", "timeline", "scope", "assess", "notices", "packet", "ledger"];

type Props = { incident: string; step: string; go: Go; practice: boolean };

/** One incident: its header, its road at the left, the one task in the middle, help at the right. */
export function IncidentScreen({ incident, step, go, practice }: Props) {
  const view = useView("incident", { incident });
  return <View of={view}>{(found) => <Incident found={found} step={step} go={go} practice={practice} />}</View>;
}

type Shown = { found: IncidentView; step: string; go: Go; practice: boolean };

function Incident({ found, step, go, practice }: Shown) {
  const { incident } = found;
  const ahead = stepFor(found);
  // Where the incident stands when it is opened; afterwards the officer leads.
  const [first] = useState(ahead);
  const at = ROOMS.find((it) => it === step) ?? first;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = (name: Room) => go({ at: "incident", incident, step: name });
  const again = found.steps.find((it) => it.step === at)?.again;

  return (
    <>
      <header className="case-head">
        <h1 ref={heading} tabIndex={-1}>
          {incident} <span className="quiet">{found.title}</span>
        </h1>
        <dl>
          <div>
            <dt>{w.incident.columns.org}</dt>
            <dd>{found.org ?? w.incident.noOrg}</dd>
          </div>
          <div>
            <dt>{words.discovered}</dt>
            <dd>
              <Instant at={found.discovered_at} /> UTC
            </dd>
          </div>
        </dl>
        <p className="next">
          <strong>{w.road.next}:</strong> {w.incident.nexts[found.stage] ?? found.next}{" "}
          {ahead !== at && (
            <button type="button" className="link" onClick={() => open(ahead)}>
              {w.road.goTo(words.steps[ahead] ?? ahead)}
            </button>
          )}
        </p>
      </header>
      <ToExercise incident={incident} go={go} />
      <div className="case">
        <nav aria-label={words.title}>
          <ol className="road">
            {ROOMS.map((name) => (
              <RoadStep key={name} name={name} step={found.steps.find((it) => it.step === name)} here={name === at} open={open} />
            ))}
          </ol>
        </nav>
        <section className="task" aria-label={words.steps[at]}>
          {again && (
            <p className="note" role="status">
              <Said>{again}</Said>
            </p>
          )}
          <Task found={found} at={at} go={go} practice={practice} />
        </section>
        <aside aria-label={w.shell.help}>
          <ul>
            {HELP[at].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </aside>
      </div>
    </>
  );
}

/** An incident of an exercise leads back to its questions. */
function ToExercise({ incident, go }: { incident: string; go: Go }) {
  const set = useView("exercise", { incident }).data;
  return set ? (
    <p>
      <button type="button" className="link" onClick={() => go({ at: "exercise", incident })}>
        {w.exercise.toExercise}
      </button>
    </p>
  ) : null;
}

/** The step of what comes next; an incident is opened there. */
const stepFor = (found: IncidentView): Room =>
  ROOMS.find((it) => it === found.stage) ?? (found.stage === "confirm" ? "find" : "packet");

/** What is missing before a step may begin; `null` when it may. */
export const missing = (found: IncidentView, step: IncidentStepName): string | null =>
  inWords(found.steps.find((it) => it.step === step)?.missing);

const inWords = (missing: string | null | undefined): string | null => (missing === null || missing === undefined ? null : said(missing));

type StepProps = { name: Room; step: IncidentStep | undefined; here: boolean; open: (name: Room) => void };

function RoadStep({ name, step, here, open }: StepProps) {
  const standing = step && (step.done ? "done" : step.begun ? "now" : step.missing === null ? "waiting" : "blocked");
  return (
    <li data-standing={standing}>
      <button type="button" aria-current={here ? "step" : undefined} onClick={() => open(name)}>
        {words.steps[name]} {standing && <small>{step.again ? words.again : w.road[standing]}</small>}
      </button>
    </li>
  );
}

const HELP: Record<Room, string[]> = {
  gather: w.incident.gather.help,
  find: w.incident.find.help,
  timeline: w.incident.timeline.help,
  scope: w.incident.scope.help,
  assess: w.incident.assess.help,
  notices: w.incident.notices.help,
  packet: w.incident.packet.help,
  ledger: [],
};

function Task({ found, at, go, practice }: { found: IncidentView; at: Room; go: Go; practice: boolean }) {
  switch (at) {
    case "gather":
      return <Gather found={found} practice={practice} />;
    case "find":
      return <Find found={found} />;
    case "timeline":
      return <Chronicle found={found} />;
    case "scope":
      return <Scope found={found} />;
    case "assess":
      return <Assess found={found} />;
    case "notices":
      return <Notices found={found} go={go} practice={practice} />;
    case "packet":
      return <Packet found={found} />;
    case "ledger":
      return <Ledger incident={found.incident} />;
  }
}

function Ledger({ incident }: { incident: string }) {
  const entries = useView("incident_ledger", { incident });
  return (
    <>
      <h2>{w.incident.ledgerTitle}</h2>
      <View of={entries}>{(all) => <LedgerTable entries={all} />}</View>
    </>
  );
}
