import { useState } from "react";

import type { Contested, ContestLine, CorrectionsView, MatchCard } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Field } from "../parts/Field";
import { ProblemNote } from "../parts/ProblemNote";
import type { Deed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { valueInWords } from "../words/plain";
import { Documents, type Weighed } from "./Documents";
import { Statement } from "./Statement";

type Props = {
  request: string;
  cards: MatchCard[];
  /** The value as it was taken before, when it is changed. */
  before: ContestLine | null;
  alike: boolean;
  onAlike: (alike: boolean) => void;
  deed: Deed<CorrectionsView>;
  barred: string | null;
  /** Says whether it was taken. */
  onTake: (one: Contested, documents: [string, number[]][]) => Promise<boolean>;
  onBack: (() => void) | null;
};

export type Form = Record<
  "id" | "field" | "claimed" | "decision" | "because" | "nature" | "obtained" | "basis" | "facts" | "instead" | "source" | "statement" | "statementField",
  string
> & { told: boolean; health: boolean };

const EMPTY: Form = {
  id: "", field: "", claimed: "", decision: "", because: "", nature: "", obtained: "", basis: "", facts: "", instead: "", source: "",
  statement: "", statementField: "", told: false, health: false,
};

const filled = (it: ContestLine): Form => ({
  id: it.id, field: it.field, claimed: it.claimed === null ? "" : valueInWords(it.claimed), decision: it.decision, because: it.because,
  nature: it.nature, obtained: it.obtained, basis: it.basis ?? "", facts: it.facts, instead: it.instead ?? "", source: it.source?.name ?? "",
  statement: it.statement, statementField: it.statement_field ?? "", told: it.source?.told ?? false, health: it.health,
});

/** One contested value: what we hold, what they say, what both sides bring, and what is decided. */
export function Contest({ request, cards, before, alike, onAlike, deed, barred, onTake, onBack }: Props) {
  const { form, problem, change: put, forget } = useKept<Form>(request, `contested ${before?.item ?? "new"}`, before ? filled(before) : EMPTY);
  const [weighed, setWeighed] = useState<Weighed[]>(() => before?.evidence.map((it) => ({ side: it.side, document: it.sha256, bytes: null })) ?? []);
  const records = cards.filter((it) => it.presence === "live").sort((a, b) => Number(b.person) - Number(a.person));
  const card = records.find((it) => it.id === form.id);
  const held = card?.fields.find((it) => it.field === form.field);
  const set = (name: keyof Form) => (event: { target: { value: string } }) => put({ [name]: event.target.value });
  const empty = lacking(form);
  const take = async () => {
    if (await onTake(given(form, card, held?.value ?? null, weighed), documents(weighed))) {
      forget();
    }
    return null;
  };

  return (
    <section className="form contest" aria-label={w.correct.form}>
      <h3>{before ? w.correct.changing : w.correct.form}</h3>
      <div className="pair">
        <Field name={w.correct.record}>
          <select value={form.id} onChange={(event) => put({ id: event.target.value, field: "" })}>
            <option value="">{w.correct.chooseRecord}</option>
            {records.map((it) => (
              <option key={it.id} value={it.id}>
                {it.object} · {it.title}
              </option>
            ))}
          </select>
        </Field>
        <Field name={w.correct.field}>
          <select value={form.field} disabled={card === undefined} onChange={set("field")}>
            <option value="">{w.correct.chooseField}</option>
            {(card?.fields ?? [])
              .filter((it) => !it.withheld)
              .map((it) => (
                <option key={it.field} value={it.field}>
                  {it.field}
                </option>
              ))}
          </select>
        </Field>
      </div>
      <div className="sides">
        <section aria-label={w.correct.ours}>
          <h4>{w.correct.ours}</h4>
          <p className="value">{held?.value ?? w.correct.noField}</p>
          <Documents side="business" weighed={weighed} onChange={setWeighed} />
          <Field name={w.correct.obtained} hint={w.correct.obtainedHint}>
            <input value={form.obtained} onChange={set("obtained")} />
          </Field>
        </section>
        <section aria-label={w.correct.theirs}>
          <h4>{w.correct.theirs}</h4>
          <Field name={w.correct.claimed}>
            <input value={form.claimed} onChange={set("claimed")} />
          </Field>
          <Documents side="consumer" weighed={weighed} onChange={setWeighed} />
        </section>
      </div>
      <fieldset>
        <legend>{w.correct.decision}</legend>
        {Object.entries(w.correct.decisions).map(([word, words]) => (
          <label key={word} className="choice">
            <input type="radio" name="decision" checked={form.decision === word} onChange={() => put({ decision: word })} /> {words}
          </label>
        ))}
      </fieldset>
      {form.decision === "deny" && (
        <Field name={w.correct.basis}>
          <select value={form.basis} onChange={set("basis")}>
            <option value="">{w.correct.chooseBasis}</option>
            {Object.entries(w.correct.bases).map(([word, words]) => (
              <option key={word} value={word}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      )}
      {form.decision === "deny" && form.basis === "impossible" && (
        <Field name={w.correct.facts}>
          <textarea rows={2} value={form.facts} onChange={set("facts")} />
        </Field>
      )}
      {form.decision === "delete-instead" && (
        <Field name={w.correct.instead}>
          <select value={form.instead} onChange={set("instead")}>
            <option value="">{w.correct.chooseInstead}</option>
            {Object.entries(w.correct.insteads).map(([word, words]) => (
              <option key={word} value={word}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field name={w.correct.because} hint={w.correct.becauseHint}>
        <textarea rows={3} value={form.because} onChange={set("because")} />
      </Field>
      <Field name={w.correct.nature} hint={w.correct.natureHint}>
        <input value={form.nature} onChange={set("nature")} />
      </Field>
      <Statement form={form} put={put} />
      <label className="choice">
        <input type="checkbox" checked={alike} onChange={() => onAlike(!alike)} /> {w.correct.alike}
      </label>
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={{ ...deed, start: take }} missing={barred ?? empty} long>
        {w.correct.go}
      </DeedButton>
      {onBack && (
        <button
          type="button"
          className="quiet-button"
          onClick={() => {
            forget();
            onBack();
          }}
        >
          {w.parts.cancel}
        </button>
      )}
    </section>
  );
}

/** What is still missing, in the order of the form. */
function lacking(form: Form): string | null {
  const all: [boolean, string][] = [
    [form.field === "", w.correct.missing.field],
    [form.decision === "", w.correct.missing.decision],
    [form.decision === "grant" && form.claimed.trim() === "", w.correct.missing.claimed],
    [form.decision === "deny" && form.basis === "", w.correct.missing.basis],
    [form.decision === "deny" && form.basis === "impossible" && form.facts.trim() === "", w.correct.missing.facts],
    [form.decision === "deny" && (form.nature.trim() === "" || form.obtained.trim() === ""), w.correct.missing.circumstances],
    [form.decision === "delete-instead" && form.instead === "", w.correct.missing.instead],
    [form.because.trim() === "", w.correct.missing.because],
  ];
  return all.find(([lacks]) => lacks)?.[1] ?? null;
}

const documents = (weighed: Weighed[]): [string, number[]][] =>
  weighed.flatMap((it) => (it.bytes === null ? [] : [[it.document, it.bytes] as [string, number[]]]));

function given(form: Form, card: MatchCard | undefined, held: string | null, weighed: Weighed[]): Contested {
  const claimed = form.claimed.trim();
  // A tick box is true or false; everything else is written as text, and the desk knows the field's kind.
  const ticked = held === "true" || held === "false";
  return {
    object: card?.object ?? "", id: form.id, field: form.field, held,
    claimed: claimed === "" ? null : ticked && (claimed === "true" || claimed === "false") ? claimed === "true" : claimed,
    decision: form.decision, because: form.because, nature: form.nature, obtained: form.obtained,
    evidence: weighed.map(({ side, document }) => ({ side, document })),
    basis: form.decision === "deny" ? form.basis : null, facts: form.facts,
    instead: form.decision === "delete-instead" ? form.instead : null,
    source: form.source.trim() === "" ? null : { name: form.source.trim(), told: form.told },
    health: form.health, statement: form.statement.trim(), statement_field: form.statementField.trim() || null,
  };
}
