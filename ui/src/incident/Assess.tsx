import { useCallback } from "react";

import { type AssessmentView, call, type FactAnswer, type FactLine, type IncidentView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { said } from "../words/said";
import { Amounts, Severity } from "./Amounts";
import { Duties } from "./Duties";
import { FactField } from "./FactField";
import { plainInstant } from "./Instant";
import { NotToNotify } from "./NotToNotify";

const words = w.incident.assess;

/** The facts as questions, then the decision table law by law. */
export function Assess({ found }: { found: IncidentView }) {
  const { incident } = found;
  const facts = useView("incident_facts", { incident });
  const last = useView("latest_assessment", { incident });
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      <View of={facts}>{(lines) => <Facts incident={incident} lines={lines} again={last.data !== null} />}</View>
      <View of={last}>{(it) => (it === null ? <p>{words.nothing}</p> : <Result incident={incident} it={it} />)}</View>
    </>
  );
}

type FactsProps = { incident: string; lines: FactLine[]; again: boolean };

function Facts({ incident, lines, again }: FactsProps) {
  const { form, problem, change, until } = useKept<{ answers: Record<string, string[] | null> }>(incident, "assessment", { answers: {} });
  const { answers } = form;
  const answer = (it: FactLine) => (it.fact in answers ? (answers[it.fact] ?? null) : it.answer);
  const deed = useDeed(
    useCallback(() => {
      const given: FactAnswer[] = lines.map((it) => ({
        fact: it.fact,
        answer: it.fact in answers ? (answers[it.fact] ?? null) : it.answer,
      }));
      return until(call("assess_answers", { incident, answers: given }));
    }, [incident, lines, answers, until]),
  );
  const fields = lines.map((it) => (
    <FactField
      key={it.fact}
      it={it}
      answer={answer(it)}
      supplied={it.supplied && !(it.fact in answers)}
      onChange={(next) => change({ answers: { ...answers, [it.fact]: next } })}
    />
  ));
  return (
    <>
      <details className="questions" open={!again}>
        <summary>{words.facts}</summary>
        {fields}
      </details>
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={deed} quiet={again}>
        {again ? words.again : words.go}
      </DeedButton>
    </>
  );
}

function Result({ incident, it }: { incident: string; it: AssessmentView }) {
  const { assessment: head } = it;
  return (
    <>
      <p className="result" role="status">
        {words.head(head.n, head.kind, plainInstant(head.at))}{" "}
        <span className="quiet">{words.counted(w.incident.three[it.counted_as] ?? it.counted_as)}</span>
      </p>
      {it.cautions.length > 0 && <List title={words.cautions} lines={it.cautions} />}
      <Duties duties={it.duties} />
      <NotToNotify incident={incident} duties={it.duties} decisions={it.decisions} />
      {it.questions.length > 0 && (
        <section>
          <h3>{words.questions}</h3>
          <ul>
            {it.questions.map((one) => (
              <li key={`${one.fact} ${one.question}`}>
                <Said>{one.question}</Said> <span className="quiet">{words.decides(said(one.decides))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {it.changes.length > 0 && (
        <details className="beside">
          <summary>{words.changes}</summary>
          <ul>
            {it.changes.map((one) => (
              <li key={`${one.what} ${one.part}`}>{words.changed(one.what, one.part, plain(one.before), plain(one.now))}</li>
            ))}
          </ul>
        </details>
      )}
      <Severity it={it.severity.enisa} />
      <Amounts it={it.exposure} />
    </>
  );
}

function List({ title, lines }: { title: string; lines: string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Said>{line}</Said>
          </li>
        ))}
      </ul>
    </section>
  );
}

const plain = (value: unknown): string =>
  value === null || value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value);
