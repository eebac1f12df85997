import { useCallback, useEffect, useRef } from "react";

import { type ExerciseView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { PRACTICE_DISCOVERED } from "../incident/practice";
import type { Go } from "../shell/place";
import { w } from "../words";
import { Debrief } from "./Debrief";
import { InHand } from "./InHand";

const words = w.exercise;
type Say = (line: string) => void;

/** The tabletop exercise: begun, answered question by question, looked back on. */
export function ExerciseScreen({ incident, go }: { incident: string | null; go: Go }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [incident]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      {incident === null ? <Begin go={go} /> : <Exercise incident={incident} go={go} />}
    </>
  );
}

function Begin({ go }: { go: Go }) {
  const orgs = useView("orgs", {});
  const org = orgs.data?.[0]?.org ?? null;
  const begin = useDeed(
    useCallback(
      async (run: string, say: Say) => {
        const opened = await own.beginExercise(org ?? "", PRACTICE_DISCOVERED, run, say);
        go({ at: "exercise", incident: opened.incident });
        return opened;
      },
      [org, go],
    ),
  );
  return (
    <View of={orgs}>
      {() => (
        <>
          <p className="measure">{words.lead}</p>
          <ul className="measure">
            {words.how.map((line) => (
              <li key={line}>
                  <Said>{line}</Said>
                </li>
            ))}
          </ul>
          <DeedButton deed={begin} long missing={org === null ? words.noOrg : null}>
            {words.begin}
          </DeedButton>
        </>
      )}
    </View>
  );
}

function Exercise({ incident, go }: { incident: string; go: Go }) {
  const view = useView("exercise", { incident });
  return <View of={view}>{(it) => (it === null ? <p>{words.none}</p> : <Shown it={it} go={go} />)}</View>;
}

function Shown({ it, go }: { it: ExerciseView; go: Go }) {
  const answered = it.questions.filter((one) => one.judged !== null);
  const hand = it.questions.find((one) => one.question === it.next);
  return (
    <>
      <p className="quiet">
        {it.incident} · {words.progress(answered.length, it.questions.length)} · {words.points(it.points, answered.length * (it.questions[0]?.of ?? 0))}
      </p>
      {hand ? (
        <>
          <details open={answered.length === 0}>
            <summary>{words.scenario}</summary>
            <p>{words.scenarioLead}</p>
            <ul>
              {it.scenario.map((line) => (
                <li key={line}>
                  <Said>{line}</Said>
                </li>
              ))}
            </ul>
          </details>
          <InHand key={hand.question} incident={it.incident} it={hand} n={answered.length + 1} />
          {answered.length > 0 && <Debrief title={words.sofar} questions={answered.slice(-1)} />}
        </>
      ) : (
        <>
          <p className="result" role="status">
            {words.score(it.points, it.of)}
          </p>
          <p>{words.verdict(it.of === 0 ? 0 : it.points / it.of)}</p>
          <Debrief title={words.debrief} questions={it.questions} />
          <button type="button" onClick={() => go({ at: "incident", incident: it.incident, step: "find" })}>
            {words.walk}
          </button>
        </>
      )}
    </>
  );
}
