import type { ExerciseQuestion } from "../api";
import { Facts } from "../parts/Facts";
import { w } from "../words";
import { said } from "../words/said";
import { useAnswerWords, useAsks } from "./useAnswerWords";

const words = w.exercise;

/** Each question with what was answered, what is right, why, and where that stands. */
export function Debrief({ title, questions }: { title: string; questions: ExerciseQuestion[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ol className="debrief">
        {questions.map((it) => (
          <Line key={it.question} it={it} />
        ))}
      </ol>
    </section>
  );
}

function Line({ it }: { it: ExerciseQuestion }) {
  const asks = useAsks(it);
  const inWords = useAnswerWords(it);
  const listed = (all: string[]) => (all.length === 0 ? words.nothing : all.map(inWords).join("\n"));
  const { judged } = it;
  return judged === null ? null : (
    <li>
      <h3>{asks}</h3>
      <p>
        <strong className={judged.points < it.of ? "gap" : undefined}>{words.worth(judged.points, it.of)}</strong>
      </p>
      <Facts
        facts={[
          [words.given, listed(judged.answer)],
          [words.right, listed(judged.right)],
          [words.why, said(judged.why)],
          [words.citation, said(judged.citation)],
        ]}
      />
    </li>
  );
}
