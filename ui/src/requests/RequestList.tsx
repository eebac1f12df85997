import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";

import type { RequestFilter, RequestLine } from "../api";
import { SaveTable } from "../parts/SaveTable";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { w } from "../words";
import { Filters, WAYS } from "./Filters";
import { NothingYet } from "./NothingYet";
import { cells, header, RequestTable } from "./RequestTable";
import { SavedViews } from "./SavedViews";

/** Every request in the desk's order, soonest due first. */
export function RequestList({ go }: { go: Go }) {
  const requests = useView("requests", {});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.requests.title}
      </h1>
      <View of={requests}>{(all) => (all.length === 0 ? <NothingYet go={go} /> : <Filtered all={all} go={go} />)}</View>
    </>
  );
}

const EVERYTHING: RequestFilter = { filter: "", kind: "", stage: "", org: "" };

function Filtered({ all, go }: { all: RequestLine[]; go: Go }) {
  const [filter, setFilter] = useState(EVERYTHING);
  // Typing stays quick where there are many rows: they follow when there is time.
  const wanted = useDeferredValue(filter);
  const texts = useMemo(() => all.map((it) => cells(it).join(" ").toLowerCase()), [all]);
  const lines = useMemo(() => {
    const text = wanted.filter.trim().toLowerCase();
    return all.filter((it, place) => texts[place]?.includes(text) && WAYS.every((way) => wanted[way] === "" || it[way] === wanted[way]));
  }, [all, texts, wanted]);
  return (
    <>
      <Filters all={all} filter={filter} onChange={setFilter} />
      <SavedViews filter={filter} everything={EVERYTHING} onChoose={setFilter} />
      {lines.length > 0 ? (
        <>
          <RequestTable lines={lines} go={go} />
          <SaveTable name={w.requests.fileName} header={header()} rows={() => lines.map(cells)} words={w.requests} />
        </>
      ) : (
        <>
          <p role="status">{w.requests.noMatch}</p>
          <button type="button" className="quiet-button" onClick={() => setFilter(EVERYTHING)}>
            {w.requests.showAll}
          </button>
        </>
      )}
    </>
  );
}
