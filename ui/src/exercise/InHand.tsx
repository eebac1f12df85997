import { useCallback, useEffect, useRef } from "react";

import { call, type ExerciseQuestion } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { useAnswerWords, useAsks } from "./useAnswerWords";

const words = w.exercise;

/** The question in hand. Its answer is given once, before the right one is seen. */
export function InHand({ incident, it, n }: { incident: string; it: ExerciseQuestion; n: number }) {
  const asks = useAsks(it);
  const inWords = useAnswerWords(it);
  const { form, problem, change, until } = useKept<{ answer: string[] }>(incident, `exercise ${it.question}`, { answer: [] });
  const { answer } = form;
  const setAnswer = (given: string[]) => change({ answer: given });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const deed = useDeed(
    useCallback(() => until(call("answer_exercise", { incident, question: it.question, answer })), [incident, it.question, answer, until]),
  );
  const single = it.kind !== "several";
  return (
    <section className="form">
      <h2 ref={heading} tabIndex={-1} id="asked">
        {n}. {asks}
      </h2>
      <p className="quiet">
        {w.incident.road.steps[it.step] ?? it.step} · {words.kinds[it.kind]}
      </p>
      {it.kind === "number" || it.kind === "day" ? (
        <input
          aria-labelledby="asked"
          type={it.kind === "day" ? "date" : "text"}
          inputMode={it.kind === "number" ? "numeric" : undefined}
          value={answer[0] ?? ""}
          onChange={(event) => setAnswer(event.target.value === "" ? [] : [event.target.value])}
        />
      ) : (
        <fieldset aria-labelledby="asked">
          {it.options.map((option) => (
            <label key={option} className="choice">
              <input
                type={single ? "radio" : "checkbox"}
                name={it.question}
                checked={answer.includes(option)}
                onChange={() =>
                  setAnswer(single ? [option] : answer.includes(option) ? answer.filter((one) => one !== option) : [...answer, option])
                }
              />{" "}
              {inWords(option)}
            </label>
          ))}
        </fieldset>
      )}
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={deed} missing={answer.length === 0 ? words.missing : null}>
        {words.answer}
      </DeedButton>
    </section>
  );
}
