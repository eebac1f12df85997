import { useCallback, useEffect, useRef, useState } from "react";

import { own, type RequestLine } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { kindInWords, stageInWords } from "../words/plain";
import { NothingYet } from "./NothingYet";
import { SavedViews } from "./SavedViews";

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
              <SavedViews filter={filter} onChoose={setFilter} />
              {lines.length > 0 ? <Shown lines={lines} go={go} /> : <p>{w.requests.noMatch}</p>}
            </>
          );
        }}
      </View>
    </>
  );
}

const fits = (line: RequestLine, filter: string): boolean =>
  cells(line).join(" ").toLowerCase().includes(filter.trim().toLowerCase());

/** One row as it is shown. */
const cells = (line: RequestLine): string[] => [
  line.request,
  kindInWords(line.kind),
  line.org,
  dayInWords(line.received_on),
  line.due_on === null ? w.requests.unknownDay : dayInWords(line.due_on),
  stageInWords(line.stage),
];

const header = (): string[] => {
  const columns = w.requests.columns;
  return [columns.request, columns.kind, columns.org, columns.received, columns.due, columns.stage];
};

function Shown({ lines, go }: { lines: RequestLine[]; go: Go }) {
  return (
    <>
      <Table lines={lines} go={go} />
      <Save lines={lines} />
    </>
  );
}

/** The rows that are shown, as a file. */
function Save({ lines }: { lines: RequestLine[] }) {
  const deed = useDeed(
    useCallback(() => own.saveTable({ name: w.requests.fileName, header: header(), rows: lines.map(cells) }), [lines]),
  );
  return (
    <>
      <DeedButton deed={deed} quiet>
        {w.requests.save}
      </DeedButton>
      {deed.done && <p role="status">{w.requests.saved(deed.done.file)}</p>}
    </>
  );
}

function Table({ lines, go }: { lines: RequestLine[]; go: Go }) {
  return (
    <table>
      <caption>{w.requests.caption(lines.length)}</caption>
      <thead>
        <tr>
          {header().map((name) => (
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
