import { useCallback, useState } from "react";

import { begin, type CaseView, type CoverageLine, type FoundView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Lines } from "../parts/Lines";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Looking } from "./Looking";
import { missing } from "./road";

/** Locating, object by object while it goes on and where it was stopped, with what it found and the coverage statement. */
export function Locate({ found }: { found: CaseView }) {
  const { request } = found.request;
  const deed = useDeed(
    useCallback((run: string, say: (line: string) => void) => begin("locate", { request }, run, say), [request]),
  );
  const earlier = useView("found", { request });
  const locating = useView("locating", { request }, deed.busy);
  const half = locating.data;
  const again = earlier.data !== null && earlier.data !== undefined;
  return (
    <>
      <h2>{w.locate.title}</h2>
      <p className="quiet">{w.locate.lead}</p>
      <DeedButton deed={deed} missing={missing(found, "locate")} long quiet={again}>
        {half ? w.locate.goOn : again ? w.locate.again : w.locate.go}
      </DeedButton>
      {half && (half.running || !deed.busy) && <Looking of={half} />}
      {!half?.running && <View of={earlier}>{(it) => it && <Result it={it} />}</View>}
    </>
  );
}

function Result({ it }: { it: FoundView }) {
  const objects = new Set(it.matches.map((one) => one.object)).size;
  return (
    <>
      <p className="result">
        {it.matches.length === 0 ? w.locate.none : w.locate.found(it.matches.length, objects)}{" "}
        {it.api_calls && <span className="quiet">{w.locate.spent(it.api_calls.spent, it.api_calls.forecast)}</span>}
      </p>
      {it.questions.length > 0 && (
        <>
          <h3>{w.locate.questions}</h3>
          <ul>
            {it.questions.map((one) => (
              <li key={one.question}>
                <Said>{one.because}</Said> <span className="quiet">{named(one.matches, it)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Coverage lines={it.coverage} />
    </>
  );
}

/** The records a question is about, as they call themselves. */
const named = (matches: string[], it: FoundView): string =>
  it.matches
    .filter((one) => matches.includes(one.match))
    .map((one) => `${one.object} ${one.title}`)
    .join(" · ");

/** Which outcomes mean that something was not looked at, whole or in part. */
const GAPS = new Set(["partly", "not-readable", "encrypted", "not-searchable", "over-limit", "outside"]);

function Coverage({ lines }: { lines: CoverageLine[] }) {
  const [gaps, setGaps] = useState(false);
  const shown = gaps ? lines.filter((it) => GAPS.has(it.outcome)) : lines;
  return (
    <>
      <h3>{w.locate.coverage}</h3>
      <label className="choice">
        <input type="checkbox" checked={gaps} onChange={() => setGaps(!gaps)} /> {w.locate.onlyGaps}
      </label>
      <Lines label={w.locate.coverage} lines={shown} height={52} keyOf={(it) => `${it.object}.${it.field ?? ""}.${it.method}.${it.outcome}`}>
        {(it) => (
          <div className="coverage">
            <span>
              {it.object}
              <span className="quiet">.{it.field ?? ` ${w.locate.whole}`}</span>
            </span>
            <span>{w.methods[it.method]}</span>
            <span className={GAPS.has(it.outcome) ? "gap" : undefined}>{w.outcomes[it.outcome]}</span>
            <span className="quiet">
              <Said>{it.because}</Said>
            </span>
          </div>
        )}
      </Lines>
    </>
  );
}
