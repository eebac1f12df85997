import { useCallback, useId, useRef } from "react";

import { call, type SettingLine } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { type Deed, useDeed } from "../parts/useDeed";
import { IDLE_MINUTES, IDLE_SETTING, USUAL_MINUTES } from "../shell/useIdleLock";
import { w } from "../words";

/** Texts that were typed and are not settings yet, by key; they outlive the window. */
export type Unsaved = { of: (key: string) => string | undefined; type: (key: string, text: string) => void; saved: (key: string, text: string) => void };

type Props = { line: SettingLine; unsaved: Unsaved };

/** One setting, by the way it is given: a switch, a number or a text. It saves itself. */
export function Setting({ line, unsaved }: Props) {
  const { saving, save, text, changed, field } = useText(line.setting, line.value ?? "", unsaved);
  const policy = line.setting.startsWith("policy.");
  const hint = useId();
  const name = w.settings.names[line.setting] ?? line.setting;
  const about = w.settings.about[line.setting] ?? line.about;
  const told = <Told saving={saving} changed={changed} />;
  const problem = saving.problem && <ProblemNote problem={saving.problem} />;
  if (policy) {
    return (
      <>
        <label className="choice">
          <input
            type="checkbox"
            aria-describedby={hint}
            checked={line.value === "on"}
            disabled={saving.busy}
            onChange={(event) => void save(event.target.checked ? "on" : "off")}
          />{" "}
          <strong>{name}</strong>
        </label>
        <p id={hint} className="hint">
          {about} {told}
        </p>
        {problem}
      </>
    );
  }
  const label = (
    <label>
      {name} <span className="hint">{about}</span>
      {line.setting === IDLE_SETTING ? (
        <select value={line.value ?? USUAL_MINUTES} disabled={saving.busy} onChange={(event) => void save(event.target.value)}>
          {IDLE_MINUTES.map((it) => (
            <option key={it} value={it}>
              {w.settings.minutes(it)}
            </option>
          ))}
        </select>
      ) : line.setting.startsWith("retention.") ? (
        <input inputMode="numeric" className="short" {...field} />
      ) : (
        <textarea dir="auto" rows={text.includes("\n") ? 4 : 1} {...field} />
      )}
      {told}
      {problem}
    </label>
  );
  return IN_LETTERS.test(line.setting) ? (
    <>
      {label}
      <InSpanish line={line} name={name} unsaved={unsaved} />
    </>
  ) : (
    label
  );
}

/** What letters take over; Spanish ones ask for their own wording of it. */
const IN_LETTERS = /^(business\.(?!zone)|privacy\.)/;
/** What stands in Spanish letters as it is, unless it is given otherwise. */
const SAME_IN_SPANISH = ["business.name", "business.address", "business.contact"];

/** The same for Spanish letters; it saves itself too. */
function InSpanish({ line, name, unsaved }: Props & { name: string }) {
  const { saving, text, changed, field } = useText(`${line.setting}.es`, line.value_es ?? "", unsaved);
  return (
    <label className="beneath">
      {w.settings.inSpanish(name)}{" "}
      <span className="hint">{SAME_IN_SPANISH.includes(line.setting) ? w.settings.sameInSpanish : w.settings.spanishNeeded}</span>
      <textarea dir="auto" lang="es" rows={text.includes("\n") ? 4 : 1} {...field} />
      <Told saving={saving} changed={changed} />
      {saving.problem && <ProblemNote problem={saving.problem} />}
    </label>
  );
}

function Told({ saving, changed }: { saving: Deed<unknown>; changed: boolean }) {
  const told = saving.busy ? w.settings.saving : changed ? w.settings.unsaved : saving.done ? w.settings.saved : "";
  return (
    <span role="status" className="hint">
      {told}
    </span>
  );
}

/** A text that is kept while it is typed, and saved when its field is left. */
function useText(key: string, value: string, unsaved: Unsaved) {
  const [saving, save] = useSaving(key);
  const text = unsaved.of(key) ?? value;
  const changed = text.trim() !== value;
  const leave = async () => {
    if (!changed || (await save(text)) !== null) {
      unsaved.saved(key, text);
    }
  };
  const field = { value: text, onChange: (event: { target: { value: string } }) => unsaved.type(key, event.target.value), onBlur: () => void leave() };
  return { saving, save, text, changed, field };
}

/** Saves whatever text is given at the moment it is given. */
function useSaving(setting: string) {
  const wanted = useRef("");
  const deed = useDeed(useCallback(() => call("set", { key: setting, text: wanted.current }), [setting]));
  const save = (text: string) => {
    wanted.current = text;
    return deed.start();
  };
  return [deed, save] as const;
}
