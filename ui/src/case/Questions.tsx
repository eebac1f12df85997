import type { FoundView, MatchCard } from "../api";
import { Foreign } from "../parts/Foreign";
import { Said } from "../parts/Said";
import { w } from "../words";
import { theirs } from "../words/plain";

type Props = {
  it: FoundView;
  kind: string;
  barred: string | null;
  onDecide: (card: MatchCard, decision: string, reason: string) => Promise<void>;
};

/** What only a person can decide: each record of a question is theirs, is not, or it is not known and stays undecided. */
export function Questions({ it, kind, barred, onDecide }: Props) {
  if (it.questions.length === 0) {
    return null;
  }
  return (
    <section className="note" aria-labelledby="questions">
      <h3 id="questions">{w.review.questions}</h3>
      <p className="quiet">{w.review.questionsLead}</p>
      {it.questions.map((question) => (
        <div key={question.question}>
          <p>
            <Said>{question.because}</Said>
          </p>
          <ul>
            {it.matches
              .filter((one) => question.matches.includes(one.match))
              .map((one) => (
                <Answer key={one.match} card={one} kind={kind} barred={barred} onAnswer={(decision) => void onDecide(one, decision, w.review.answered)} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

type AnswerProps = { card: MatchCard; kind: string; barred: string | null; onAnswer: (decision: string) => void };

function Answer({ card, kind, barred, onAnswer }: AnswerProps) {
  const answers: [string, string][] = [
    [theirs(kind), w.review.yes],
    ["not-this-person", w.review.no],
    ["", w.review.notKnown],
  ];
  const now = card.decision?.decision ?? "";
  return (
    <li>
      <div className="deeds" role="group" aria-label={`${card.object} ${card.title}`}>
        <span>
          {card.object} <Foreign>{card.title}</Foreign>
        </span>
        {answers.map(([decision, words]) => (
          <button
            key={words}
            type="button"
            className="quiet-button"
            aria-pressed={now === decision}
            disabled={barred !== null}
            onClick={() => now !== decision && onAnswer(decision)}
          >
            {words}
          </button>
        ))}
      </div>
    </li>
  );
}
