import { useEffect, useMemo, useRef } from "react";

import type { MatchCard } from "../api";
import { Foreign } from "../parts/Foreign";
import { useRows } from "../parts/useRows";
import { w } from "../words";
import { decisionInWords } from "../words/plain";

export const GROUPS = ["exact", "strong", "possible", "shared"] as const;
type Group = (typeof GROUPS)[number];

export const groupOf = (it: MatchCard): Group => (it.shared ? "shared" : it.confidence);

/** A line of the list: the head of a group, or the card at a place. */
type Line = { head: Group; count: number } | { card: MatchCard; place: number };

type Props = {
  /** Group by group. */
  cards: MatchCard[];
  /** The place of the card in hand. */
  at: number;
  kind: string;
  onAt: (place: number) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
};

/** The matches under the heads of their groups: any number of them, one tab stop, the arrows go from one to the next. */
export function Matches({ cards, at, kind, onAt, onKeyDown }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(cards), [cards]);
  const rows = useRows(frame, lines.length, 52);
  const wanted = useRef(false);
  // The card that the arrows went to has the focus as soon as it stands in the page.
  useEffect(() => {
    const card = wanted.current ? document.getElementById(`match-${at}`) : null;
    if (card) {
      wanted.current = false;
      card.focus();
    }
  });
  const pressed = (event: React.KeyboardEvent) => {
    const last = cards.length - 1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) {
      onKeyDown(event);
      return;
    }
    event.preventDefault();
    const place = Math.max(0, Math.min(last, next));
    wanted.current = true;
    onAt(place);
    rows.scrollToIndex(lines.findIndex((it) => "card" in it && it.place === place));
    if (place === at) {
      document.getElementById(`match-${at}`)?.focus();
    }
  };
  const shown = rows.getVirtualItems();
  // Scrolled away, the card in hand is not in the page: then the first one in sight takes the tab stop.
  const inSight = shown.some((row) => placeOf(lines[row.index]) === at);
  const first = shown.map((row) => placeOf(lines[row.index])).find((place) => place !== null);
  return (
    <div ref={frame} className="matches" onKeyDown={pressed}>
      <ul style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const line = lines[row.index];
          return line === undefined ? null : (
            <li key={"head" in line ? line.head : line.card.match} ref={rows.measureElement} data-index={row.index} style={{ transform: `translateY(${row.start}px)` }}>
              {"head" in line ? (
                <>
                  <h3>
                    {w.review.groups[line.head]} <span className="quiet">{line.count}</span>
                  </h3>
                  <p className="quiet">{w.review.groupWhy[line.head]}</p>
                </>
              ) : (
                <button
                  type="button"
                  id={`match-${line.place}`}
                  aria-pressed={line.place === at}
                  tabIndex={line.place === (inSight ? at : first) ? 0 : -1}
                  onFocus={() => onAt(line.place)}
                  onClick={() => onAt(line.place)}
                >
                  <span className="object">{line.card.object}</span>{" "}
                  <span className="title" title={line.card.title}>
                    <Foreign>{line.card.title}</Foreign>
                  </span>{" "}
                  <small>{line.card.decision ? decisionInWords(line.card.decision.decision, kind) : w.review.undecided}</small>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const placeOf = (line: Line | undefined): number | null => (line && "card" in line ? line.place : null);

function linesOf(cards: MatchCard[]): Line[] {
  const placed = cards.map((card, place) => ({ card, place }));
  return GROUPS.flatMap((head): Line[] => {
    const group = placed.filter(({ card }) => groupOf(card) === head);
    return group.length === 0 ? [] : [{ head, count: group.length }, ...group];
  });
}
