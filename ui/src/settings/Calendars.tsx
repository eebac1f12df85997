import { useState } from "react";

import type { CalendarLine } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { Field } from "../parts/Field";
import { Foreign } from "../parts/Foreign";
import { SaveTable } from "../parts/SaveTable";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { dayInWords } from "../words/days";

/** Which days do not count, and until when they are known. The law says which calendar counts; nothing is set here. */
export function Calendars() {
  const calendars = useView("law_calendars", {});
  const c = w.calendars;
  return (
    <section>
      <h2>{c.title}</h2>
      <p className="quiet measure">{c.lead}</p>
      <View of={calendars}>{(all) => (all.length === 0 ? <p>{c.none}</p> : <Chosen all={all} />)}</View>
    </section>
  );
}

function Chosen({ all }: { all: CalendarLine[] }) {
  const [name, setName] = useState<string | null>(null);
  const of = all.find((it) => it.calendar === name) ?? all.find((it) => it.calendar === "us-ca-state-office") ?? all[0];
  const c = w.calendars;
  return (
    of && (
      <>
        <Field name={c.which}>
          <select value={of.calendar} onChange={(event) => setName(event.target.value)}>
            {all.map((it) => (
              <option key={it.calendar}>{it.calendar}</option>
            ))}
          </select>
        </Field>
        <p className="measure">
          <Foreign>{`${of.about} (${of.citation}).`}</Foreign> {c.known(of.first_year, of.last_year)}
        </p>
        <details>
          <summary>{c.days(of.closed.length)}</summary>
          <table className="dense">
            <caption>{c.caption(of.calendar)}</caption>
            <ColumnHeads of={c.columns} />
            <tbody>
              {of.closed.map((it) => (
                <tr key={it.on}>
                  <th scope="row">
                    <time dateTime={it.on}>{dayInWords(it.on)}</time>
                  </th>
                  <td>
                    <Foreign>{it.name}</Foreign>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
        <SaveTable name={of.calendar} header={c.columns} rows={() => of.closed.map((it) => [it.on, it.name])} words={c} />
      </>
    )
  );
}
