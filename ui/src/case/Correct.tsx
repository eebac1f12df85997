import { useCallback, useRef, useState } from "react";

import { begin, type CaseView, type ContestLine, type Contested, type MatchCard } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Contest } from "./Contest";
import { Taken } from "./Taken";
import { missing } from "./road";

/** The values that the person says are wrong: taken one by one, weighed, decided. Nothing is written yet. */
export function Correct({ found }: { found: CaseView }) {
  const { request } = found.request;
  const view = useView("found", { request });
  const taken = useView("contests", { request });
  return (
    <>
      <h2>{w.correct.title}</h2>
      <p className="quiet measure">{w.correct.lead}</p>
      <View of={view}>
        {(it) =>
          it === null ? (
            <p>{w.review.notLocated}</p>
          ) : (
            <View of={taken}>{(lines) => <Contests request={request} cards={it.matches} lines={lines} barred={missing(found, "review")} />}</View>
          )
        }
      </View>
    </>
  );
}

type Order = { items: Contested[]; documents: [string, number[]][] };
type Props = { request: string; cards: MatchCard[]; lines: ContestLine[]; barred: string | null };

function Contests({ request, cards, lines, barred }: Props) {
  const [open, setOpen] = useState<string | null>(lines.length === 0 ? "" : null);
  const [alike, setAlike] = useState(true);
  const order = useRef<Order>({ items: [], documents: [] });
  const deed = useDeed(
    useCallback(
      (run: string, say: (line: string) => void) =>
        begin("correct", { request, file: JSON.stringify({ corrections: order.current.items }), documents: order.current.documents, copies: alike }, run, say),
      [request, alike],
    ),
  );
  // What the org would refuse is told when values are taken, and again by the rehearsal.
  const shown = lines.map((it) => deed.done?.items.find((one) => one.item === it.item) ?? it);
  const take = async (wanted: Order) => {
    order.current = wanted;
    const taken = (await deed.start()) !== null;
    if (taken) {
      setOpen(null);
    }
    return taken;
  };
  const all = (changed: string, one: Contested | null): Contested[] => [
    ...lines.filter((it) => it.item !== changed).map(again),
    ...(one === null ? [] : [one]),
  ];

  return (
    <>
      {shown.map((line) =>
        open === line.item ? null : (
          <Taken
            key={line.item}
            line={line}
            title={titleOf(cards, line.id)}
            onChange={barred === null ? () => setOpen(line.item) : null}
            onRemove={barred === null && lines.length > 1 ? () => void take({ items: all(line.item, null), documents: [] }) : null}
          />
        ),
      )}
      {open === null ? (
        <DeedButton deed={{ ...deed, start: async () => (setOpen(""), null) }} missing={barred} quiet>
          {w.correct.another}
        </DeedButton>
      ) : (
        <Contest
          key={open}
          request={request}
          cards={cards}
          before={lines.find((it) => it.item === open) ?? null}
          alike={alike}
          onAlike={setAlike}
          deed={deed}
          barred={barred}
          onTake={(one, documents) => take({ items: all(open, one), documents })}
          onBack={lines.length > 0 ? () => setOpen(null) : null}
        />
      )}
    </>
  );
}

const titleOf = (cards: MatchCard[], id: string): string => cards.find((it) => it.id === id)?.title ?? id;

/** A value as it was taken, to be given again: its documents are known by their hashes. */
function again(it: ContestLine): Contested {
  return {
    object: it.object, id: it.id, field: it.field, held: null, claimed: it.claimed, decision: it.decision, because: it.because,
    nature: it.nature, obtained: it.obtained, basis: it.basis, facts: it.facts, instead: it.instead, source: it.source, health: it.health,
    statement: it.statement, statement_field: it.statement_field,
    evidence: it.evidence.map((one) => ({ side: one.side, document: one.sha256 })),
  };
}
