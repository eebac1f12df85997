import { useCallback, useId, useRef, useState } from "react";

import { call, type SettingLine } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { IDLE_MINUTES, IDLE_SETTING, USUAL_MINUTES } from "../shell/useIdleLock";
import { w } from "../words";

/** One setting, by the way it is given: a switch, a number or a text. It saves itself. */
export function Setting({ line }: { line: SettingLine }) {
  const [text, setText] = useState(line.value ?? "");
  const [saving, save] = useSaving(line.setting);
  const policy = line.setting.startsWith("policy.");
  const typed = !policy && line.setting !== IDLE_SETTING;
  const changed = typed && text.trim() !== (line.value ?? "");
  const hint = useId();
  const name = w.settings.names[line.setting] ?? line.setting;
  const about = w.settings.about[line.setting] ?? line.about;
  const told = (
    <span role="status" className="hint">
      {saving.busy ? w.settings.saving : saving.done && !changed ? w.settings.saved : ""}
    </span>
  );
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
  const field = { value: text, onChange: (event: { target: { value: string } }) => setText(event.target.value), onBlur: () => void (changed && save(text)) };
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
      <InSpanish line={line} name={name} />
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
function InSpanish({ line, name }: { line: SettingLine; name: string }) {
  const kept = line.value_es ?? "";
  const [text, setText] = useState(kept);
  const [saving, save] = useSaving(`${line.setting}.es`);
  const changed = text.trim() !== kept;
  return (
    <label className="beneath">
      {w.settings.inSpanish(name)}{" "}
      <span className="hint">{SAME_IN_SPANISH.includes(line.setting) ? w.settings.sameInSpanish : w.settings.spanishNeeded}</span>
      <textarea
        dir="auto"
        lang="es"
        rows={text.includes("\n") ? 4 : 1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => void (changed && save(text))}
      />
      <span role="status" className="hint">
        {saving.busy ? w.settings.saving : saving.done && !changed ? w.settings.saved : ""}
      </span>
      {saving.problem && <ProblemNote problem={saving.problem} />}
    </label>
  );
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
