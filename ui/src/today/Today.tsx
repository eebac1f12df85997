import { useEffect, useRef } from "react";

import type { Agenda } from "../api";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { NothingYet } from "../requests/NothingYet";
import type { Go } from "../shell/place";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { kindInWords } from "../words/plain";
import { HowComputed } from "./HowComputed";

/** What is due, the soonest first. Every day opens how it was computed. */
export function Today({ go }: { go: Go }) {
  const agenda = useView("agenda", {});
  const requests = useView("requests", {});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.requests.todayTitle}
      </h1>
      <View of={requests}>
        {(all) =>
          all.length === 0 ? (
            <NothingYet go={go} />
          ) : (
            <View of={agenda}>{(due) => (due.clocks === 0 ? <p>{w.requests.todayNone}</p> : <Clocks agenda={due} go={go} />)}</View>
          )
        }
      </View>
    </>
  );
}

/** The clocks of one day stand together under it. */
function Clocks({ agenda: { lines, clocks }, go }: { agenda: Agenda; go: Go }) {
  const days = [...new Set(lines.map((it) => it.due))];
  return (
    <>
      {days.map((day) => (
        <section key={day} className="day">
          <h2>
            <time dateTime={day}>{dayInWords(day)}</time>
          </h2>
          <ul>
            {lines
              .filter((it) => it.due === day)
              .map((it) => (
                <li key={`${it.request} ${it.duty.rule}`}>
                  <div className="clock">
                    <button type="button" className="link" onClick={() => go({ at: "case", request: it.request, step: "" })}>
                      {it.request}
                    </button>
                    <span>
                      {w.today.deeds[it.duty.duty] ?? it.what}
                      {it.overdue && <strong className="gap"> {w.today.overdue}</strong>}
                    </span>
                    <span className="quiet">{kindInWords(it.kind)}</span>
                  </div>
                  <HowComputed duty={it.duty} />
                </li>
              ))}
          </ul>
        </section>
      ))}
      {lines.length < clocks && (
        <p>
          {w.today.soonest(lines.length, clocks)}{" "}
          <button type="button" className="link" onClick={() => go({ at: "requests" })}>
            {w.today.everyRequest}
          </button>
        </p>
      )}
    </>
  );
}
