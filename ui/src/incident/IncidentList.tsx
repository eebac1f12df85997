import { useEffect, useRef } from "react";

import type { IncidentLine } from "../api";
import { LongTable } from "../parts/LongTable";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { w } from "../words";
import { Instant } from "./Instant";

const words = w.incident;

/** Every incident of the vault, and what comes next in each. */
export function IncidentList({ go, practice }: { go: Go; practice: boolean }) {
  const incidents = useView("incidents", {});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = (
    <div className="deeds">
      <button type="button" onClick={() => go({ at: "open-incident" })}>
        {words.openFirst}
      </button>
      {practice && (
        <button type="button" className="quiet-button" onClick={() => go({ at: "exercise", incident: null })}>
          {w.exercise.open}
        </button>
      )}
    </div>
  );
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <View of={incidents}>
        {(all) =>
          all.length === 0 ? (
            <>
              <p>{words.none}</p>
              <p className="quiet measure">{words.noneWhy}</p>
              {open}
            </>
          ) : (
            <>
              <Table lines={all} go={go} />
              {open}
            </>
          )
        }
      </View>
    </>
  );
}

function Table({ lines, go }: { lines: IncidentLine[]; go: Go }) {
  const columns = words.columns;
  return (
    <LongTable
      caption={words.caption(lines.length)}
      columns={[columns.incident, columns.title, columns.org, columns.discovered, columns.stage]}
      lines={lines}
      height={46}
      keyOf={(line) => line.incident}
    >
      {(line) => (
        <>
          <th scope="row">
            <button type="button" className="link" onClick={() => go({ at: "incident", incident: line.incident, step: "" })}>
              {line.incident}
            </button>
          </th>
          <td>{line.title}</td>
          <td>{line.org ?? words.noOrg}</td>
          <td>
            <Instant at={line.discovered_at} />
          </td>
          <td>{words.stages[line.stage] ?? line.stage}</td>
        </>
      )}
    </LongTable>
  );
}
