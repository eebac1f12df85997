import { useCallback } from "react";

import { own, type RegisterView } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { said } from "../words/said";
import { Instant } from "./Instant";
import { type Terms, useTerms } from "./useTerms";

const words = w.incident.packet;

/** The register: who still has to be told, who was, and noting one more. */
export function Told({ incident, it }: { incident: string; it: RegisterView }) {
  const terms = useTerms();
  const columns = words.registerColumns;
  return (
    <section>
      <h3>{words.toTell}</h3>
      <ToTell it={it} terms={terms} />
      <h3>{words.register}</h3>
      {it.told.length === 0 ? (
        <p>{words.registerNone}</p>
      ) : (
        <table className="dense">
          <ColumnHeads of={[columns.to, columns.at, columns.reference]} />
          <tbody>
            {it.told.map((one) => (
              <tr key={`${one.recipient} ${one.at} ${one.reference}`}>
                <th scope="row">{terms.recipient(one.recipient)}</th>
                <td>
                  <Instant at={one.at} />
                </td>
                <td>{one.reference}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Tell incident={incident} it={it} terms={terms} />
    </section>
  );
}

function ToTell({ it, terms }: { it: RegisterView; terms: Terms }) {
  const columns = words.toTellColumns;
  if (it.open.length === 0) {
    return <p>{words.toTellNone}</p>;
  }
  return (
    <table className="dense">
      <ColumnHeads of={[columns.to, columns.place, columns.state, columns.due]} />
      <tbody>
        {it.open.map((one, n) => {
          const day = one.due === null ? "" : dayInWords(one.due.slice(0, 10));
          return (
            <tr key={n}>
              <th scope="row">{terms.recipient(one.recipient)}</th>
              <td>{terms.place(one.jurisdiction)}</td>
              <td>{w.dates.states[one.state] ?? said(one.state)}</td>
              <td>{day && one.projected ? words.expected(day) : day || w.incident.assess.noDate}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Tell({ incident, it, terms }: { incident: string; it: RegisterView; terms: Terms }) {
  const first = it.recipients.includes("individuals") ? "individuals" : (it.recipients[0] ?? "");
  const { form, problem, change, until } = useKept(incident, "told", { recipient: first, at: "", reference: "" });
  const { recipient, at, reference } = form;
  const deed = useDeed(
    useCallback(
      () => until(own.tell(incident, recipient, new Date(at).toISOString(), reference)),
      [incident, recipient, at, reference, until],
    ),
  );
  const done = deed.done;
  return (
    <details className="beside">
      <summary>{words.tellTitle}</summary>
      <div className="pair">
        <label>
          {words.recipient}
          <select value={recipient} onChange={(event) => change({ recipient: event.target.value })}>
            {it.recipients.map((code) => (
              <option key={code} value={code}>
                {terms.recipient(code)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.at}
          <input type="datetime-local" value={at} onChange={(event) => change({ at: event.target.value })} />
        </label>
      </div>
      <label>
        {words.reference} <span className="hint">{words.referenceHint}</span>
        <input value={reference} maxLength={200} onChange={(event) => change({ reference: event.target.value })} />
      </label>
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={deed} missing={at === "" || reference.trim() === "" ? words.tellMissing : null} quiet>
        {words.tell}
      </DeedButton>
      {done &&
        (done.moved.length === 0 ? (
          <p role="status">{words.movedNone}</p>
        ) : (
          <div role="status">
            <h4>{words.moved}</h4>
            <ul>
              {done.moved.map((one) => (
                <li key={`${one.rule} ${one.recipient}`}>{words.movedLine(terms.recipient(one.recipient), one.before, one.now)}</li>
              ))}
            </ul>
          </div>
        ))}
    </details>
  );
}
