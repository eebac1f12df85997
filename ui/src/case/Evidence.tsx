import { useState } from "react";

import type { MatchCard } from "../api";
import { Facts } from "../parts/Facts";
import { Foreign } from "../parts/Foreign";
import { Said } from "../parts/Said";
import { useView } from "../parts/useView";
import { w } from "../words";
import { decisionInWords, theirs } from "../words/plain";
import { said } from "../words/said";

type Props = {
  card: MatchCard;
  /** What is asked: a deletion keeps only on a ground, the others never delete. */
  kind: string;
  barred: string | null;
  onDecide: (card: MatchCard, decision: string, reason: string) => Promise<void>;
};

/** Why a record is thought to be theirs, what stands in it, and the decision about it. */
export function Evidence({ card, kind, barred, onDecide }: Props) {
  const grounds = useView("grounds_to_keep", {});
  const [ground, setGround] = useState(card.decision?.ground ?? "");
  const chosen = grounds.data?.find((it) => it.code === ground);
  const decide = (decision: string, reason = "") => void onDecide(card, decision, reason);
  const off = barred !== null;

  return (
    <section className="evidence" aria-label={w.review.evidence}>
      <h3>
        {card.object} · <Foreign>{card.title}</Foreign>
      </h3>
      <p className="quiet">
        <code>{card.id}</code> {w.review.presence[card.presence]}
      </p>
      <ul>
        {card.reasons.map((it) => (
          <li key={`${it.kind} ${it.field ?? ""} ${it.text}`}>
            <Said>{it.text}</Said>
          </li>
        ))}
      </ul>
      <div className="deeds">
        <button type="button" disabled={off} onClick={() => decide(theirs(kind))}>
          {decisionInWords(theirs(kind), kind)}
        </button>
        <button type="button" className="quiet-button" disabled={off} onClick={() => decide("not-this-person")}>
          {w.review.decisions["not-this-person"]}
        </button>
        <button type="button" className="quiet-button" disabled={off || card.decision === null} onClick={() => decide("")}>
          {w.review.undo}
        </button>
      </div>
      {kind === "delete" && (
        <div className="deeds">
          <label>
            {w.review.ground}
            <select id="ground" value={ground} disabled={off} onChange={(event) => setGround(event.target.value)}>
              <option value="">{w.review.chooseGround}</option>
              {(grounds.data ?? []).map((it) => (
                <option key={it.code} value={it.code}>
                  {it.title}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="quiet-button"
            disabled={off || chosen === undefined}
            onClick={() => chosen && decide("keep", `${chosen.title} (${chosen.code}): ${chosen.citation}`)}
          >
            {w.review.decisions.keep}
          </button>
          <span className="quiet">{chosen ? chosen.citation : w.review.keepAsk}</span>
        </div>
      )}
      <Facts
        facts={card.fields.map((it) => [
          it.field,
          it.withheld ? <em key={it.field}>{`${w.review.withheld}: ${said(it.value)}`}</em> : <Foreign key={it.field}>{it.value}</Foreign>,
        ])}
      />
    </section>
  );
}
