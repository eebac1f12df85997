import { useEffect, useRef, useState } from "react";

import type { RequestLine } from "../api";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { kindInWords, stageInWords } from "../words/plain";
import { NothingYet } from "./NothingYet";

/** Every request in the desk's order, soonest due first. */
export function RequestList({ go }: { go: Go }) {
  const requests = useView("requests", {});
  const heading = useRef<HTMLHeadingElement>(null);
  const [filter, setFilter] = useState("");
  useEffect(() => heading.current?.focus(), []);

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.requests.title}
      </h1>
      <View of={requests}>
        {(all) => {
          const lines = all.filter((it) => fits(it, filter));
          if (all.length === 0) {
            return <NothingYet go={go} />;
          }
          return (
            <>
              <label className="filter">
                {w.requests.filter}
                <input type="search" value={filter} onChange={(event) => setFilter(event.target.value)} />
              </label>
              {lines.length > 0 ? <Table lines={lines} go={go} /> : <p>{w.requests.noMatch}</p>}
            </>
          );
        }}
      </View>
    </>
  );
}

const fits = (line: RequestLine, filter: string): boolean =>
  [line.request, kindInWords(line.kind), line.org, stageInWords(line.stage)].join(" ").toLowerCase().includes(filter.trim().toLowerCase());

function Table({ lines, go }: { lines: RequestLine[]; go: Go }) {
  const columns = w.requests.columns;
  return (
    <table>
      <caption>{w.requests.caption(lines.length)}</caption>
      <thead>
        <tr>
          {[columns.request, columns.kind, columns.org, columns.received, columns.due, columns.stage].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.request}>
            <th scope="row">
              <button type="button" className="link" onClick={() => go({ at: "case", request: line.request, step: "" })}>
                {line.request}
              </button>
            </th>
            <td>{kindInWords(line.kind)}</td>
            <td>{line.org}</td>
            <td>
              <Day iso={line.received_on} />
            </td>
            <td className="due">{line.due_on === null ? w.requests.unknownDay : <Day iso={line.due_on} />}</td>
            <td>{stageInWords(line.stage)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ iso }: { iso: string }) {
  return <time dateTime={iso}>{dayInWords(iso)}</time>;
}
