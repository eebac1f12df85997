import { useCallback } from "react";

import { call, type DecidedNotToNotify, type Duty } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { plainInstant } from "./Instant";
import { useTerms } from "./useTerms";

const words = w.incident.decline;

/** Decisions not to notify: who, when, why, and whether the law leaves room for them. */
export function Declined({ decisions }: { decisions: DecidedNotToNotify[] }) {
  return decisions.length === 0 ? (
    <p>{words.none}</p>
  ) : (
    <table className="dense">
      <caption>{words.caption}</caption>
      <ColumnHeads of={[words.columns.rule, words.columns.by, words.columns.because, words.columns.stands]} />
      <tbody>
        {decisions.map((it) => (
          <tr key={it.rule}>
            <th scope="row">{it.rule}</th>
            <td>
              {it.by}
              <small>{plainInstant(it.at)} UTC</small>
            </td>
            <td>{it.because}</td>
            <td>
              <strong className={it.stands ? undefined : "gap"}>{it.stands ? words.stands : words.falls}</strong> <Said>{it.why}</Said>
              {it.record_years !== null && <small>{words.years(it.record_years)}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const EMPTY = { rule: "", by: "", because: "" };

/** Documenting such a decision under one rule of the last assessment. */
export function NotToNotify({ incident, duties, decisions }: { incident: string; duties: Duty[]; decisions: DecidedNotToNotify[] }) {
  const terms = useTerms();
  const { form, problem, change, until } = useKept(incident, "not to notify", EMPTY);
  const { rule, by, because } = form;
  const rules = [...new Map(duties.filter((it) => it.duty.startsWith("tell")).map((it) => [it.rule, it])).values()].sort((one, other) =>
    terms.place(one.jurisdiction).localeCompare(terms.place(other.jurisdiction)),
  );
  const deed = useDeed(
    useCallback(() => until(call("decide_not_to_notify", { incident, rule, because, by })), [incident, rule, because, by, until]),
  );
  const missing = rule === "" || by.trim() === "" || because.trim() === "" ? words.missing : null;
  return (
    <section>
      <h3>{words.title}</h3>
      <Declined decisions={decisions} />
      <details>
        <summary>{words.open}</summary>
        <p className="quiet">{words.lead}</p>
        <label>
          {words.rule}
          <select value={rule} onChange={(event) => change({ rule: event.target.value })}>
            <option value="">{words.choose}</option>
            {rules.map((it) => (
              <option key={it.rule} value={it.rule}>
                {`${terms.place(it.jurisdiction)} · ${terms.recipient(it.recipient)} · ${w.dates.states[it.state] ?? it.state} · ${it.rule}`}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.by} <span className="hint">{words.byHint}</span>
          <input value={by} maxLength={200} onChange={(event) => change({ by: event.target.value })} />
        </label>
        <label>
          {words.because}
          <textarea rows={3} value={because} maxLength={4000} onChange={(event) => change({ because: event.target.value })} />
        </label>
        {problem && <ProblemNote problem={problem} />}
        <DeedButton deed={deed} missing={missing} quiet>
          {words.go}
        </DeedButton>
      </details>
    </section>
  );
}
