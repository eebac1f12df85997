import { useEffect, useRef, useState } from "react";

import type { CaseView } from "../api";
import { Foreign } from "../parts/Foreign";
import { Said } from "../parts/Said";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { HowDue } from "../today/HowDue";
import { w } from "../words";
import { kindInWords, stepInWords } from "../words/plain";
import { type Standing, standing, type StepName, stepFor, stepsOf } from "./road";
import { Correct } from "./Correct";
import { Dates } from "./Dates";
import { Erase } from "./Erase";
import { Export } from "./Export";
import { Identity } from "./Identity";
import { Known } from "./Known";
import { Letters } from "./Letters";
import { Locate } from "./Locate";
import { Review } from "./Review";
import { Seal } from "./Seal";
import { Timeline } from "./Timeline";

type Props = { request: string; step: string; go: Go };

/** One case: its header, its road at the left, the one task in the middle, help at the right. */
export function CaseScreen({ request, step, go }: Props) {
  const view = useView("case_view", { request });
  return <View of={view}>{(found) => <Case key={request} found={found} step={step} go={go} />}</View>;
}

function Case({ found, step, go }: { found: CaseView; step: string; go: Go }) {
  const { request } = found.request;
  // Where the case stands when it is opened; afterwards the officer leads.
  const [first] = useState(() => stepFor(found));
  const steps = stepsOf(found);
  const ahead = stepFor(found);
  const at: StepName = steps.find((it) => it === step) ?? first;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = (name: StepName) => go({ at: "case", request, step: name });

  return (
    <>
      <header className="case-head">
        <h1 ref={heading} tabIndex={-1}>
          {request} <span className="quiet">{kindInWords(found.request.kind)}</span>
        </h1>
        <dl>
          <Fact label={w.road.about} value={found.about} />
          <Fact label={w.road.actingAs} value={`${found.acting_as} · ${found.request.org}`} />
          <div>
            <dt>{w.road.due}</dt>
            <dd>{found.request.due_on === null ? w.requests.unknownDay : <HowDue request={found.request} due={found.request.due_on} />}</dd>
          </div>
        </dl>
        <p className="next">
          <strong>{w.road.next}:</strong> <Said>{found.request.next}</Said>{" "}
          {ahead !== at && (
            <button type="button" className="link" onClick={() => open(ahead)}>
              {w.road.goTo(stepInWords(ahead, found.request.kind))}
            </button>
          )}
        </p>
        <Dates key={at} found={found} />
      </header>
      <Known found={found} go={go} />
      <div className="case">
        <nav aria-label={w.road.title}>
          <ol className="road">
            {steps.map((name) => (
              <RoadStep key={name} name={name} found={found} here={name === at} open={open} />
            ))}
          </ol>
        </nav>
        <section className="task" aria-label={stepInWords(at, found.request.kind)}>
          <Task found={found} at={at} />
        </section>
        <aside aria-label={w.shell.help}>
          <ul>
            {helpAt(at, found.request.kind).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </aside>
      </div>
    </>
  );
}

type StepProps = { name: StepName; found: CaseView; here: boolean; open: (name: StepName) => void };

function RoadStep({ name, found, here, open }: StepProps) {
  const far = standing(found, name);
  return (
    <li data-standing={far}>
      <button type="button" aria-current={here ? "step" : undefined} onClick={() => open(name)}>
        {stepInWords(name, found.request.kind)} {far && <small>{STANDINGS[far]}</small>}
      </button>
    </li>
  );
}

const STANDINGS: Record<Standing, string> = {
  done: w.road.done,
  now: w.road.now,
  waiting: w.road.waiting,
  blocked: w.road.blocked,
};

const HELP: Record<StepName, string[]> = {
  identity: w.identity.help,
  locate: w.locate.help,
  review: w.review.help,
  export: w.export.help,
  delete: w.erase.help,
  letters: w.letters.help,
  seal: w.seal.help,
  timeline: [],
};

/** What helps at a step; where values are set instead of records deleted, the help is another. */
const helpAt = (at: StepName, kind: string): string[] =>
  at === "review" && kind === "correct" ? w.correct.help : at === "delete" && kind !== "delete" ? w.changes.help : HELP[at];

function Task({ found, at }: { found: CaseView; at: StepName }) {
  switch (at) {
    case "identity":
      return <Identity found={found} />;
    case "locate":
      return <Locate found={found} />;
    case "review":
      return found.request.kind === "correct" ? <Correct found={found} /> : <Review found={found} />;
    case "export":
      return <Export found={found} />;
    case "delete":
      return <Erase found={found} />;
    case "letters":
      return <Letters found={found} />;
    case "seal":
      return <Seal found={found} />;
    case "timeline":
      return <Timeline request={found.request.request} />;
  }
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Foreign>{value}</Foreign>
      </dd>
    </div>
  );
}
