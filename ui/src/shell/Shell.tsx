import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";

import { asProblem, own, type Problem, type VaultView } from "../api";
import { CaseScreen } from "../case/CaseScreen";
import { CheckBundle } from "../check/CheckBundle";
import { ExerciseScreen } from "../exercise/ExerciseScreen";
import { Help } from "../help/Help";
import { IncidentList } from "../incident/IncidentList";
import { IncidentScreen } from "../incident/IncidentScreen";
import { NewIncident } from "../incident/NewIncident";
import { LawBook } from "../law/LawBook";
import { MapList } from "../map/MapList";
import { MapScreen } from "../map/MapScreen";
import { Orgs } from "../orgs/Orgs";
import { ProblemNote } from "../parts/ProblemNote";
import { NewRequest } from "../requests/NewRequest";
import { RequestList } from "../requests/RequestList";
import { Settings } from "../settings/Settings";
import { Today } from "../today/Today";
import { w } from "../words";
import { PLACES } from "./frame";
import { Palette } from "./Palette";
import type { Place } from "./place";
import { useAsked } from "./useAsked";
import { useIdleLock } from "./useIdleLock";

const ROOMS: { name: string; place: Place }[] = [
  { name: w.shell.today, place: { at: "today" } },
  { name: w.shell.requests, place: { at: "requests" } },
  { name: w.shell.newRequest, place: { at: "open" } },
  { name: w.shell.incidents, place: { at: "incidents" } },
  { name: w.map.title, place: { at: "maps" } },
  { name: w.shell.orgs, place: { at: "orgs" } },
  { name: w.shell.law, place: { at: "law" } },
  { name: w.shell.settings, place: { at: "settings" } },
  { name: w.shell.check, place: { at: "check" } },
  { name: w.shell.help, place: { at: "help" } },
];

/** The window at work: rooms at the left, the page of one room beside. */
export function Shell({ vault, onLocked }: { vault: VaultView; onLocked: () => void }) {
  const [place, setPlace] = useState<Place>({ at: "today" });
  const [practice, setPractice] = useState<{ starting: boolean; problem: Problem | null }>({ starting: false, problem: null });
  const queries = useQueryClient();

  const lock = useCallback(() => {
    void own.lock().finally(onLocked);
  }, [onLocked]);
  useIdleLock(onLocked);
  useAsked(
    useCallback(
      (id: string) => {
        const to = PLACES[id];
        if (id === "lock") {
          lock();
        } else if (id === "bundle") {
          setPlace((was) => ({ at: "check", given: 1 + (was.at === "check" ? (was.given ?? 0) : 0) }));
        } else if (to) {
          setPlace(to);
        }
      },
      [lock],
    ),
  );

  useEffect(() => {
    if (!vault.practice) {
      return;
    }
    setPractice({ starting: true, problem: null });
    own
      .practise(false)
      .then(
        () => setPractice({ starting: false, problem: null }),
        (thrown) => setPractice({ starting: false, problem: asProblem(thrown) }),
      )
      .finally(() => void queries.invalidateQueries());
  }, [vault, queries]);

  return (
    <div className="shell">
      <a className="skip" href="#page">
        {w.shell.skip}
      </a>
      {vault.practice && (
        <header className="practice">
          <strong>{w.shell.practice}</strong> <span>{w.shell.practiceNote}</span>
          {practice.starting && <span role="status">{w.shell.practiceStarting}</span>}
        </header>
      )}
      <nav aria-label={w.shell.rooms}>
        <ul>
          {ROOMS.map((room) => (
            <li key={room.name}>
              <button
                type="button"
                aria-current={room.place.at === place.at ? "page" : undefined}
                onClick={() => setPlace(room.place)}
              >
                {room.name}
              </button>
            </li>
          ))}
        </ul>
        <button type="button" className="lock" onClick={lock}>
          {w.shell.lock}
        </button>
      </nav>
      <main id="page" tabIndex={-1}>
        {vault.clock && <ProblemNote problem={vault.clock} />}
        {practice.problem && <ProblemNote problem={practice.problem} />}
        <Room place={place} go={setPlace} practice={vault.practice} />
      </main>
      <Palette go={setPlace} />
    </div>
  );
}

function Room({ place, go, practice }: { place: Place; go: (place: Place) => void; practice: boolean }) {
  switch (place.at) {
    case "today":
      return <Today go={go} />;
    case "requests":
      return <RequestList go={go} />;
    case "open":
      return <NewRequest go={go} practice={practice} />;
    case "case":
      return <CaseScreen key={place.request} request={place.request} step={place.step} go={go} />;
    case "incidents":
      return <IncidentList go={go} practice={practice} />;
    case "open-incident":
      return <NewIncident go={go} practice={practice} />;
    case "incident":
      return <IncidentScreen key={place.incident} incident={place.incident} step={place.step} go={go} practice={practice} />;
    case "exercise":
      return <ExerciseScreen incident={place.incident} go={go} />;
    case "maps":
      return <MapList go={go} />;
    case "map":
      return <MapScreen key={place.org} org={place.org} object={place.object} incident={place.incident} go={go} />;
    case "orgs":
      return <Orgs practice={practice} />;
    case "law":
      return <LawBook />;
    case "settings":
      return <Settings />;
    case "check":
      return <CheckBundle key={place.given ?? 0} atOnce={place.given !== undefined} />;
    case "help":
      return <Help />;
  }
}
