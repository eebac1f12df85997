import { useCallback, useState } from "react";

import { begin, type Gathered, type IncidentView, type MissingLog, own } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { type Deed, useDeed } from "../parts/useDeed";
import { useAsked } from "../shell/useAsked";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { said } from "../words/said";
import { Instant } from "./Instant";

const words = w.incident.gather;
type Say = (line: string) => void;

/** Taking in logs, and what is missing: first of all what to ask Salesforce for before it is gone. */
export function Gather({ found, practice }: { found: IncidentView; practice: boolean }) {
  const { incident, org, gathered } = found;
  const theft = useDeed(useCallback((run: string, say: Say) => own.gatherPractice(incident, false, run, say), [incident]));
  const free = useDeed(useCallback((run: string, say: Say) => own.gatherPractice(incident, true, run, say), [incident]));
  const folder = useDeed(useCallback((run: string, say: Say) => own.gatherFiles(incident, true, run, say), [incident]));
  const files = useDeed(useCallback((run: string, say: Say) => own.gatherFiles(incident, false, run, say), [incident]));
  const dropped = useDeed(useCallback((run: string, say: Say) => own.gatherDropped(incident, run, say), [incident]));
  const [suspects, setSuspects] = useState(false);
  const fetch = useDeed(
    useCallback((run: string, say: Say) => begin("gather_from_org", { incident, suspects }, run, say), [incident, suspects]),
  );
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      {practice && (
        <div className="deeds">
          <DeedButton deed={theft} long quiet={gathered !== null}>
            {words.practice}
          </DeedButton>
          <DeedButton deed={free} long quiet>
            {words.practiceFree}
          </DeedButton>
        </div>
      )}
      <div className="deeds">
        <DeedButton deed={folder} long quiet={practice || gathered !== null}>
          {words.folder}
        </DeedButton>
        <DeedButton deed={files} long quiet>
          {words.files}
        </DeedButton>
        <DeedButton deed={fetch} long quiet missing={org === null ? words.orgMissing : null}>
          {words.org}
        </DeedButton>
      </div>
      {org !== null && (
        <label className="choice">
          <input type="checkbox" checked={suspects} disabled={fetch.busy} onChange={() => setSuspects(!suspects)} /> {words.suspects}
        </label>
      )}
      <Drop deed={dropped} />
      {gathered === null ? <p>{words.nothing}</p> : <Taken it={gathered} />}
    </>
  );
}

/** Files may be dropped anywhere on the window; their paths never reach the page. */
function Drop({ deed }: { deed: Deed<Gathered> }) {
  const [over, setOver] = useState(false);
  const { start } = deed;
  useAsked(
    useCallback(
      (id: string) => {
        if (id === "drag-over") {
          setOver(true);
        } else if (id === "drag-left") {
          setOver(false);
        } else if (id === "dropped") {
          setOver(false);
          void start();
        }
      },
      [start],
    ),
  );
  return (
    <div className="drop" data-over={over || undefined}>
      <p role="status">{deed.busy ? `${words.dropping} ${said(deed.said ?? "")}` : over ? words.dropHere : words.drop}</p>
      {deed.busy && (
        <button type="button" className="quiet-button" onClick={deed.stop}>
          {w.parts.stop}
        </button>
      )}
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </div>
  );
}

function Taken({ it }: { it: Gathered }) {
  const kept = it.sources.filter((one) => one.rows > 0);
  return (
    <>
      <p className="result" role="status">
        {words.kept(kept.length, kept.reduce((sum, one) => sum + one.rows, 0))}
      </p>
      <section>
        <h3>{words.ask}</h3>
        <p>{words.askLead}</p>
        <details>
          <summary>{words.support}</summary>
          <textarea aria-label={words.support} readOnly rows={12} value={it.support_case} />
        </details>
        <Missing lines={it.missing} />
      </section>
      {it.cautions.length > 0 && (
        <section>
          <h3>{words.cautions}</h3>
          <ul>
            {it.cautions.map((line) => (
              <li key={line}>
                <Said>{line}</Said>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{words.sources}</h3>
        <table className="dense">
          <caption>{words.sourcesCaption}</caption>
          <ColumnHeads of={Object.values(words.columns)} />
          <tbody>
            {it.sources.map((one) => (
              <tr key={one.type}>
                <th scope="row">{one.type}</th>
                <td>{one.files.toLocaleString("en-US")}</td>
                <td>{one.rows.toLocaleString("en-US")}</td>
                <td>{one.duplicates.toLocaleString("en-US")}</td>
                <td className={one.bad_rows > 0 ? "gap" : undefined}>{one.bad_rows.toLocaleString("en-US")}</td>
                <td>
                  {one.from && one.to && (
                    <>
                      <Instant at={one.from} /> – <Instant at={one.to} />
                    </>
                  )}
                </td>
                <td>
                  {one.gaps.length === 0
                    ? words.noGaps
                    : one.gaps.map((gap) => (
                        <span key={gap.from} className="gap">
                          <Instant at={gap.from} /> – <Instant at={gap.to} />{" "}
                        </span>
                      ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** What would have helped; what Salesforce removes soonest stands first. */
function Missing({ lines }: { lines: MissingLog[] }) {
  const columns = words.missingColumns;
  const sorted = [...lines].sort((one, other) => (one.ages_out_on ?? "9").localeCompare(other.ages_out_on ?? "9"));
  return (
    <table className="dense whole">
      <caption>{words.missingCaption}</caption>
      <ColumnHeads of={[columns.type, columns.ages, columns.shows, columns.why]} />
      <tbody>
        {sorted.map((it) => (
          <tr key={it.type}>
            <th scope="row">{it.type}</th>
            <td>{it.ages_out_on === null ? words.notKnown : <time dateTime={it.ages_out_on}>{dayInWords(it.ages_out_on)}</time>}</td>
            <td>
              <Said>{it.what_it_would_show}</Said>
            </td>
            <td className="quiet">
              <Said>{it.why}</Said>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
