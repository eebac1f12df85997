import { useCallback, useState } from "react";

import { type CaseView, type DraftBlank, type DraftView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { said } from "../words/said";
import { Deny } from "./Deny";
import { Extend } from "./Extend";
import { LetterPreview } from "./LetterPreview";
import { missing } from "./road";

/** The letter that answers each kind of request. */
const ANSWERS: Record<string, string> = {
  delete: "deletion", correct: "correction", "know-categories": "know-categories", "know-specific": "know-specific",
};

/** Writing a letter: which one, its blanks as fields, its wording, and denying beside it. */
export function Letters({ found }: { found: CaseView }) {
  const { request, kind: asked, events } = found.request;
  const denied = events.some((it) => it.event === "denied");
  const [kind, setKind] = useState<string | null>(null);
  const [language, setLanguage] = useState("en");
  const letter = kind ?? (denied ? "denial" : (ANSWERS[asked] ?? "opt-out"));
  const draft = useView("letter_draft", { request, letter, language });

  return (
    <>
      <h2>{w.letters.title}</h2>
      <p className="quiet">{w.letters.lead}</p>
      <div className="pair">
        <label>
          {w.letters.kind}
          <select value={letter} onChange={(event) => setKind(event.target.value)}>
            {Object.entries(w.letters.kinds).map(([word, name]) => (
              <option key={word} value={word}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {w.letters.language}
          <select value={language} onChange={(event) => setLanguage(event.target.value)}>
            {Object.entries(w.letters.languages).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <View of={draft}>
        {(it) => <Draft key={`${letter} ${language}`} draft={it} barred={missing(found, "letter")} />}
      </View>
      <Extend found={found} />
      <Deny found={found} />
    </>
  );
}

/** Whether a blank must be filled, given what is filled: `always`, `never`, `if OTHER`, `unless OTHER`. */
function needed(blank: DraftBlank, value: (name: string) => string): boolean {
  const [word, other = ""] = blank.required.split(" ");
  return word === "always" || (word === "if" && value(other) !== "") || (word === "unless" && value(other) === "");
}

/** What the officer filled in and changed; it stays after the letter is written, for the next version of it. */
type Wording = { filled: Record<string, string>; wording: string | null };
const OURS: Wording = { filled: {}, wording: null };

function Draft({ draft, barred }: { draft: DraftView; barred: string | null }) {
  const { request, letter: kind, language } = draft;
  const kept = useKept<Wording>(request, `letter ${kind} ${language}`, OURS);
  const { change } = kept;
  const { filled, wording } = kept.form;
  const deed = useDeed(
    useCallback(() => own.letter({ request, kind, language, filled, wording }), [request, kind, language, filled, wording]),
  );
  const show = useDeed(useCallback(() => own.showFolder(request), [request]));
  const written = deed.done?.file.split(/[/\\]/).pop() ?? "";
  const open = useDeed(useCallback(() => own.openLetter(request, written), [request, written]));
  const value = (name: string) => filled[name] ?? draft.blanks.find((it) => it.blank === name)?.given ?? "";
  const set = (name: string, text: string) => change({ filled: { ...filled, [name]: text } });
  const first = draft.blanks.filter((it) => needed(it, value) || it.given !== null);
  const rest = draft.blanks.filter((it) => !first.includes(it));
  const empty = draft.blanks.filter((it) => needed(it, value) && value(it.blank).trim() === "").map((it) => said(it.about));
  const field = (it: DraftBlank) => (
    <Blank key={it.blank} blank={it} needed={needed(it, value)} value={value(it.blank)} onChange={(text) => set(it.blank, text)} />
  );

  return (
    <>
      <h3>{w.letters.blanks}</h3>
      {first.map(field)}
      {rest.length > 0 && (
        <details className="beside">
          <summary>{w.letters.more(rest.length)}</summary>
          {rest.map(field)}
        </details>
      )}
      <details className="beside">
        <summary>{w.letters.edit}</summary>
        <label>
          <span className="hint">{w.letters.editHint}</span>
          <textarea
            aria-label={w.letters.edit}
            className="wording"
            rows={14}
            value={wording ?? draft.wording}
            onChange={(event) => change({ wording: event.target.value })}
          />
        </label>
        {wording !== null && (
          <button type="button" className="quiet-button" onClick={() => change({ wording: null })}>
            {w.letters.ours}
          </button>
        )}
      </details>
      {kept.problem && <ProblemNote problem={kept.problem} />}
      <LetterPreview order={{ request, kind, language, filled, wording }} missing={barred ?? (empty.length > 0 ? w.letters.missing(empty.join("; ")) : null)} />
      <DeedButton deed={deed} missing={barred ?? (empty.length > 0 ? w.letters.missing(empty.join("; ")) : null)}>
        {w.letters.go}
      </DeedButton>
      {deed.done && (
        <>
          <p role="status">{w.letters.written(deed.done.file)}</p>
          <ul>
            {deed.done.notes.map((note) => (
              <li key={note}>
                <Said>{note}</Said>
              </li>
            ))}
          </ul>
          <DeedButton deed={open} quiet>
            {w.letters.open}
          </DeedButton>
          <DeedButton deed={show} quiet>
            {w.letters.show}
          </DeedButton>
        </>
      )}
    </>
  );
}

type BlankProps = { blank: DraftBlank; needed: boolean; value: string; onChange: (text: string) => void };

function Blank({ blank, needed: must, value, onChange }: BlankProps) {
  const about = said(blank.about);
  const name = about.charAt(0).toUpperCase() + about.slice(1);
  if (blank.flag) {
    return (
      <label className="choice">
        <input type="checkbox" checked={value !== ""} onChange={(event) => onChange(event.target.checked ? "yes" : "")} /> {name}
      </label>
    );
  }
  const hint = blank.given !== null ? w.letters.fromCase : must ? w.letters.needed : w.letters.optional;
  return (
    <label>
      {name} <span className="hint">{hint}</span>
      <textarea rows={value.includes("\n") || value.length > 90 ? 4 : 1} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
