import { useCallback, useEffect, useRef } from "react";

import { call, type MapField, type MapOverview, type MapWhat } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useTerms } from "../incident/useTerms";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { said } from "../words/said";

const words = w.map.field;
/** What only the officer can say stands first. */
const ASKED: MapWhat[] = ["source", "purpose", "retention", "sold_or_shared"];
const TICKED: MapWhat[] = ["categories", "breach_elements", "never_disclosed"];
const WRITTEN: MapWhat[] = ["sensitive", "recipients", "encryption", "collection_date"];

const held = (field: MapField, what: MapWhat): string => {
  const value = field[what];
  return Array.isArray(value) ? value.join("; ") : (value ?? "");
};
const listed = (value: string): string[] => value.split(";").map((it) => it.trim()).filter((it) => it !== "");

type Props = { org: string; object: string; field: MapField; it: MapOverview; close: () => void };

/** The officer's word on one field. */
export function FieldForm({ org, object, field, it, close }: Props) {
  const terms = useTerms();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const kept = useKept<{ given: Partial<Record<MapWhat, string>> }>("", `map ${org} ${object}.${field.field}`, { given: {} });
  const { given } = kept.form;
  const { until } = kept;
  const value = (what: MapWhat) => given[what] ?? held(field, what);
  const put = (what: MapWhat, text: string) => kept.change({ given: { ...given, [what]: text } });
  const deed = useDeed(
    useCallback(() => {
      const answers = [...ASKED, ...TICKED, ...WRITTEN].map((what) => ({ what, value: given[what] ?? held(field, what) }));
      return until(call("confirm_map_field", { org, object, field: field.field, answers }));
    }, [org, object, field, given, until]),
  );
  const name = (what: MapWhat, word: string) =>
    what === "categories" ? said(it.categories[word] ?? word) : what === "breach_elements" ? terms.element(word) : word.replaceAll("_", " ");
  const about = [
    words.sampled(field.sampled.values),
    ...(field.security_classification ? [words.classified(field.security_classification)] : []),
    ...(field.compliance_groups.length > 0 ? [words.classified(field.compliance_groups.join(", "))] : []),
  ];
  return (
    <section className="field-form" aria-label={words.title(field.field)}>
      <h2 ref={heading} tabIndex={-1}>
        {words.title(`${object}.${field.field}`)}
      </h2>
      <p className="quiet">
        {words.lead} {about.join(" · ")}
      </p>
      <div className="pair">
        {ASKED.map((what) => (
          <label key={what}>
            {words.what[what]}
            <input value={value(what)} maxLength={2000} onChange={(event) => put(what, event.target.value)} />
          </label>
        ))}
      </div>
      {TICKED.map((what) => {
        const ticked = listed(value(what));
        return (
          <fieldset key={what}>
            <legend>
              {words.what[what]} <span className="hint">{words.basis(field.basis[what] ?? "–")}</span>
            </legend>
            <div className="ticks">
              {(it.vocabulary[what] ?? []).map((word) => (
                <label key={word} className="choice">
                  <input
                    type="checkbox"
                    checked={ticked.includes(word)}
                    onChange={() => put(what, (ticked.includes(word) ? ticked.filter((one) => one !== word) : [...ticked, word]).join("; "))}
                  />{" "}
                  {name(what, word)}
                </label>
              ))}
            </div>
          </fieldset>
        );
      })}
      <div className="pair">
        {WRITTEN.map((what) => (
          <label key={what}>
            {words.what[what]} {(what === "sensitive" || what === "recipients") && <span className="hint">{words.list}</span>}
            <input value={value(what)} maxLength={2000} onChange={(event) => put(what, event.target.value)} />
          </label>
        ))}
      </div>
      {kept.problem && <ProblemNote problem={kept.problem} />}
      <DeedButton deed={deed}>{words.go}</DeedButton>
      {deed.done && <p role="status">{words.done}</p>}
      <button type="button" className="quiet-button" onClick={close}>
        {words.close}
      </button>
    </section>
  );
}
