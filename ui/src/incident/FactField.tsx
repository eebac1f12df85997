import type { FactLine } from "../api";
import { Said } from "../parts/Said";
import { w } from "../words";
import { localMinute } from "../words/days";
import { said } from "../words/said";

const words = w.incident.assess;

type Props = { it: FactLine; answer: string[] | null; supplied: boolean; onChange: (answer: string[] | null) => void };

/** One question. Every one of them can be left at "not known". */
export function FactField({ it, answer, supplied, onChange }: Props) {
  const hint = (
    <span className="hint">
      {supplied ? `${words.supplied}. ` : ""}
      <Said>{it.decides}</Said>
    </span>
  );
  if (it.kind === "when") {
    const at = answer?.[0];
    return (
      <label>
        <Said>{it.question}</Said> {hint}
        <input
          type="datetime-local"
          value={at ? localMinute(new Date(at)) : ""}
          onChange={(event) => onChange(event.target.value ? [new Date(event.target.value).toISOString().replace(".000Z", "Z")] : null)}
        />
      </label>
    );
  }
  if (it.kind === "several") {
    const ticked = answer ?? [];
    return (
      <fieldset>
        <legend>
          <Said>{it.question}</Said> {hint}
        </legend>
        {it.options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="checkbox"
              checked={ticked.includes(option.value)}
              onChange={(event) =>
                onChange(event.target.checked ? [...ticked, option.value] : ticked.filter((one) => one !== option.value))
              }
            />{" "}
            {said(option.words)}
          </label>
        ))}
        <label className="choice">
          <input type="checkbox" checked={answer !== null && ticked.length === 0} onChange={(event) => onChange(event.target.checked ? [] : null)} />{" "}
          {words.none}
        </label>
      </fieldset>
    );
  }
  const options = it.kind === "yes-no" ? [{ value: "yes", words: words.yes }, { value: "no", words: words.no }] : it.options;
  return (
    <label>
      <Said>{it.question}</Said> {hint}
      <select value={answer?.[0] ?? ""} onChange={(event) => onChange(event.target.value ? [event.target.value] : null)}>
        {it.fact !== "count" && <option value="">{words.notKnown}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {said(option.words)}
          </option>
        ))}
      </select>
    </label>
  );
}
