import { useDeferredValue, useEffect, useRef, useState } from "react";

import type { RuleLine } from "../api";
import { Facts } from "../parts/Facts";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { dayInWords } from "../words/days";

/** The law book: search, and each rule with its citation, its versions and how well it was checked. */
export function LawBook() {
  const rules = useView("law_rules", {});
  const heading = useRef<HTMLHeadingElement>(null);
  const [words, setWords] = useState("");
  const [unsure, setUnsure] = useState(false);
  const wanted = useDeferredValue(words);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.law.title}
      </h1>
      <p className="quiet measure">{w.law.lead}</p>
      <div className="deeds">
        <label className="filter">
          {w.law.search}
          <input type="search" value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <label className="choice">
          <input type="checkbox" checked={unsure} onChange={() => setUnsure(!unsure)} /> {w.law.onlyUnconfirmed}
        </label>
      </div>
      <View of={rules}>
        {(all) => <Found rules={all.filter((it) => fits(it, wanted) && (!unsure || it.confidence !== "confirmed"))} />}
      </View>
    </>
  );
}

/** Every word stands somewhere in the rule. */
const fits = (it: RuleLine, words: string): boolean => {
  const text = [it.rule, it.about, it.jurisdiction, it.subject, it.citation, it.note ?? "", ...it.says.flat()].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
};

/** How many rules are laid out at once; more are found by searching. */
const SHOWN = 60;

function Found({ rules }: { rules: RuleLine[] }) {
  const ids = [...new Set(rules.map((it) => it.rule))];
  return (
    <>
      <p role="status">{w.law.count(ids.length)}</p>
      {ids.slice(0, SHOWN).map((id) => (
        <Rule key={id} versions={rules.filter((it) => it.rule === id)} />
      ))}
      {ids.length > SHOWN && <p className="quiet">{w.law.more(ids.length - SHOWN)}</p>}
    </>
  );
}

function Rule({ versions }: { versions: RuleLine[] }) {
  const newest = versions[versions.length - 1];
  return newest === undefined ? null : (
    <details className="rule">
      <summary>
        {newest.about}{" "}
        <span className="quiet">
          {newest.jurisdiction.toUpperCase()} · {newest.citation}
        </span>{" "}
        {newest.confidence !== "confirmed" && <strong className="gap">{w.law.confidences[newest.confidence] ?? newest.confidence}</strong>}
      </summary>
      {[...versions].reverse().map((it) => (
        <Facts
          key={it.in_force_from}
          facts={[
            [w.law.inForce, span(it)],
            ...it.says.map(([key, text]): [string, string] => [key, text]),
            [w.law.checked, `${w.law.confidences[it.confidence] ?? it.confidence}, ${dayInWords(it.verified_on)}`],
            [w.law.review, dayInWords(it.review_by)],
            ...(it.note === null ? [] : [[w.law.note, it.note] as [string, string]]),
            [w.law.source, it.source],
            [w.law.id, <code key="id">{it.rule}</code>],
          ]}
        />
      ))}
    </details>
  );
}

const span = (it: RuleLine): string =>
  it.in_force_to === null
    ? w.law.from(dayInWords(it.in_force_from))
    : w.law.fromTo(dayInWords(it.in_force_from), dayInWords(it.in_force_to));
