import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { asProblem, call, type CaseView, type FoundView, type MatchCard, type Problem } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { decisionInWords, theirs } from "../words/plain";
import { Evidence } from "./Evidence";
import { GROUPS, groupOf, Matches } from "./Matches";
import { Questions } from "./Questions";
import { missing } from "./road";

/** Deciding the matches: taken together where that is safe, one by one with the evidence beside. */
export function Review({ found }: { found: CaseView }) {
  const { request } = found.request;
  const view = useView("found", { request });
  return (
    <>
      <h2>{w.review.title}</h2>
      <p className="quiet">{w.review.lead}</p>
      <View of={view}>
        {(it) => (it === null ? <p>{w.review.notLocated}</p> : <Triage request={request} kind={found.request.kind} it={it} barred={missing(found, "review")} />)}
      </View>
    </>
  );
}

type TriageProps = { request: string; kind: string; it: FoundView; barred: string | null };

function Triage({ request, kind, it, barred }: TriageProps) {
  const cards = useMemo(() => GROUPS.flatMap((group) => it.matches.filter((one) => groupOf(one) === group)), [it.matches]);
  const [at, setAt] = useState(0);
  const card = cards[Math.min(at, cards.length - 1)];
  const decide = useDecide(request, kind);
  const { remember } = decide;
  const accept = (confidences: string[]) => async () => {
    const open = it.matches.filter((one) => one.decision === null && !one.shared && confidences.includes(one.confidence));
    const answer = await call("accept", { request, confidences });
    remember(open);
    return answer;
  };
  const exact = useDeed(useCallback(accept(["exact"]), [request, it, remember]));
  const strong = useDeed(useCallback(accept(["exact", "strong"]), [request, it, remember]));
  const left = cards.filter((one) => one.decision === null).length;

  const pressed = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return; // the window's own keys
    }
    const word = { d: theirs(kind), n: "not-this-person", u: "" }[event.key.toLowerCase()];
    const nothing = word === "" && card?.decision === null; // nothing to take back
    if (card && word !== undefined && !nothing && barred === null) {
      event.preventDefault();
      void decide.take(card, word, "");
    }
    if (event.key.toLowerCase() === "k") {
      document.getElementById("ground")?.focus();
      event.preventDefault();
    }
  };

  return (
    <>
      <div className="deeds">
        <DeedButton deed={exact} missing={barred}>
          {w.review.acceptExact}
        </DeedButton>
        <DeedButton deed={strong} missing={barred} quiet>
          {w.review.acceptStrong}
        </DeedButton>
        <button type="button" className="quiet-button" disabled={decide.steps === 0 || barred !== null} onClick={() => void decide.undo()}>
          {w.review.undoLast}
        </button>
        <span className="quiet">{decide.steps === 0 ? w.review.nothingToUndo : ""}</span>
      </div>
      <p role="status">
        <strong>{w.review.left(left)}</strong> <span className="quiet">{w.review.keys(decisionInWords(theirs(kind), kind))}</span>
      </p>
      {decide.problem && <ProblemNote problem={decide.problem} />}
      <Questions it={it} kind={kind} barred={barred} onDecide={decide.take} />
      <div className="triage">
        <Matches cards={cards} at={Math.min(at, cards.length - 1)} kind={kind} onAt={setAt} onKeyDown={pressed} />
        {card && <Evidence key={card.id} card={card} kind={kind} barred={barred} onDecide={decide.take} />}
      </div>
    </>
  );
}

/** Takes one decision, or takes it back when the word is empty; every step, however many records it decided, can be undone as one. */
function useDecide(request: string, kind: string) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  /** The records of each step as they stood before it. */
  const [past, setPast] = useState<MatchCard[][]>([]);
  const remember = useCallback((before: MatchCard[]) => setPast((all) => (before.length > 0 ? [...all, before] : all)), []);
  const put = async ({ object, id }: MatchCard, decision: string, reason: string) =>
    decision === "keep" && kind !== "delete" ? call("take", { request, ids: [id] }) : call("choose", { request, choices: [{ object, id, decision, reason }] });
  const tried = async (deed: () => Promise<unknown>, then: () => void) => {
    setProblem(null);
    try {
      await deed();
      then();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    await queries.invalidateQueries();
  };
  const take = (card: MatchCard, decision: string, reason: string) =>
    tried(
      () => (decision === "" ? call("undecide", { request, ids: [card.id] }) : put(card, decision, reason)),
      () => remember([card]),
    );
  const undo = () =>
    tried(
      async () => {
        const before = past.at(-1) ?? [];
        const open = before.filter((it) => it.decision === null).map((it) => it.id);
        if (open.length > 0) {
          await call("undecide", { request, ids: open });
        }
        for (const it of before) {
          if (it.decision !== null) {
            await put(it, it.decision.decision, it.decision.reason);
          }
        }
      },
      () => setPast((all) => all.slice(0, -1)),
    );
  return { problem, take, undo, remember, steps: past.length };
}
