import { useState } from "react";

import type { Duty } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { HowComputed } from "../today/HowComputed";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { type Terms, useTerms } from "./useTerms";

const words = w.incident.assess;
/** States in which somebody may have to do something, or has done it. */
const LIVE = new Set(["owed", "contingent", "suspended", "done", "review", "invalid"]);

/** The decision table: law by law, what is to be told to whom and by when; every row opens why. */
export function Duties({ duties }: { duties: Duty[] }) {
  const [live, setLive] = useState(true);
  const terms = useTerms();
  const shown = duties.filter((it) => !live || LIVE.has(it.state));
  const laws = [...new Set(shown.map((it) => it.jurisdiction))].sort((one, other) => terms.place(one).localeCompare(terms.place(other)));
  const columns = words.columns;
  return (
    <section>
      <h3>{words.duties}</h3>
      <label className="choice">
        <input type="checkbox" checked={live} onChange={() => setLive(!live)} /> {words.onlyOwed}
      </label>
      {shown.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <table className="dense duties">
          <caption>{words.dutiesCaption}</caption>
          <ColumnHeads of={[columns.what, columns.to, columns.state, columns.due]} />
          {laws.map((law) => (
            <Law key={law} name={terms.place(law)} duties={shown.filter((it) => it.jurisdiction === law)} terms={terms} />
          ))}
        </table>
      )}
    </section>
  );
}

function Law({ name, duties, terms }: { name: string; duties: Duty[]; terms: Terms }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4} className="law">
          {name}
        </th>
      </tr>
      {duties.map((it) => (
        <tr key={`${it.rule} ${it.duty} ${it.recipient}`}>
          <td>
            <span lang="en">{it.about}</span>
            <HowComputed duty={it} />
          </td>
          <td>{terms.recipient(it.recipient)}</td>
          <td className={it.state === "owed" ? "due" : undefined}>
            {w.dates.states[it.state] ?? it.state}
            {it.overdue_since !== null && <strong className="gap"> {words.overdue}</strong>}
          </td>
          <td>
            {it.due === null ? (
              <span className="quiet">{it.state === "owed" || it.state === "contingent" ? words.noDate : ""}</span>
            ) : (
              <time dateTime={it.due}>{dayInWords(it.due.slice(0, 10))}</time>
            )}
            {it.projected && <small> {words.projected}</small>}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
