import { useCallback, useState } from "react";

import { begin, type IncidentView, own, type PersonLine, type Scope as Counted } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Lines } from "../parts/Lines";
import { LongTable } from "../parts/LongTable";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { missing } from "./IncidentScreen";
import { Instant } from "./Instant";
import { Three } from "./Three";
import { type Terms, useTerms } from "./useTerms";

const words = w.incident.scope;
type Say = (line: string) => void;

/** Whose data was taken: people, places, elements and records, each in three numbers. */
export function Scope({ found }: { found: IncidentView }) {
  const { incident, org } = found;
  const view = useView("incident_scope", { incident });
  const terms = useTerms();
  const count = useDeed(useCallback((run: string, say: Say) => begin("scope_from_org", { incident }, run, say), [incident]));
  const exported = useDeed(useCallback((run: string, say: Say) => own.scopeExport(incident, run, say), [incident]));
  const barred = missing(found, "scope");
  const again = view.data !== null && view.data !== undefined;
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      <DeedButton deed={count} long quiet={again} missing={barred ?? (org === null ? words.orgMissing : null)}>
        {again ? words.goAgain : words.go}
      </DeedButton>
      <DeedButton deed={exported} long quiet missing={barred}>
        {words.export}
      </DeedButton>
      <p className="quiet">{words.exportHint}</p>
      <View of={view}>{(it) => (it === null ? <p>{words.none}</p> : <Numbers incident={incident} it={it} terms={terms} />)}</View>
    </>
  );
}

function Numbers({ incident, it, terms }: { incident: string; it: Counted; terms: Terms }) {
  const places = Object.entries(it.residents).sort(([, one], [, other]) => other.upper_bound - one.upper_bound);
  const elements = Object.entries(it.elements).sort(([, one], [, other]) => other.upper_bound - one.upper_bound);
  return (
    <>
      <h3>{words.people}</h3>
      <Three
        caption={words.peopleCaption}
        column={words.people}
        lines={[
          { key: "all", name: words.everybody, numbers: it.persons },
          ...(it.users.upper_bound > 0 ? [{ key: "users", name: words.users, numbers: it.users }] : []),
        ]}
      />
      {it.persons.proved === 0 && it.persons.upper_bound > 0 && <p className="note">{words.noneProved}</p>}
      {it.notes.length > 0 && (
        <>
          <h3>{words.notes}</h3>
          <ul>
            {it.notes.map((note) => (
              <li key={note}>
                <Said>{note}</Said>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.places}</h3>
      <Three
        column={words.placesColumn}
        more={words.basis}
        lines={places.map(([code, numbers]) => ({
          key: code,
          name: terms.place(code),
          numbers,
          more: (["address", "zip", "phone"] as const)
            .filter((basis) => numbers.basis[basis] > 0)
            .map((basis) => `${words.bases[basis]} ${numbers.basis[basis].toLocaleString("en-US")}`)
            .join(" · "),
        }))}
      />
      <h3>{words.elements}</h3>
      <Three
        column={words.elementColumn}
        lines={elements.map(([key, numbers]) => ({
          key,
          name: (
            <>
              {terms.element(key)} {numbers.encrypted_only > 0 && <small>{words.encrypted(numbers.encrypted_only)}</small>}
            </>
          ),
          numbers,
        }))}
      />
      <Files it={it} />
      <h3>{words.objects}</h3>
      <Three column={words.objectColumn} lines={it.objects.map((one) => ({ key: one.object, name: one.object, numbers: one }))} />
      <Takings it={it} />
      <People incident={incident} places={places.map(([code]) => code)} terms={terms} />
    </>
  );
}

/** Files whose bodies were taken, and those that nobody could read. */
function Files({ it: { files } }: { it: Counted }) {
  const unread = Object.entries(files.unread);
  return files.taken === 0 ? null : (
    <>
      <h3>{words.files}</h3>
      <p>{words.filesRead(files.read, files.taken)}</p>
      {unread.length > 0 && (
        <table className="dense">
          <caption>{words.filesUnread}</caption>
          <thead>
            <tr>
              <th scope="col">{words.filesColumns.why}</th>
              <th scope="col" className="number">
                {words.filesColumns.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {unread.map(([why, count]) => (
              <tr key={why}>
                <th scope="row">
                  <Said>{why}</Said>
                </th>
                <td className="number">{(count ?? 0).toLocaleString("en-US")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Each reading that the logs tell of, and how sure it is. */
function Takings({ it }: { it: Counted }) {
  const columns = words.takingColumns;
  return (
    <details className="beside">
      <summary>{words.takings}</summary>
      <LongTable
        caption={words.takingsCaption}
        columns={[columns.at, columns.object, columns.records, columns.logged, columns.why]}
        lines={it.takings.map((one, n) => ({ ...one, n }))}
        height={44}
        keyOf={(one) => String(one.n)}
        look="dense wide"
      >
        {(one) => (
          <>
            <td>
              <Instant at={one.at} />
            </td>
            <th scope="row">{one.object}</th>
            <td className="number">{one.records.toLocaleString("en-US")}</td>
            <td className="number">{one.logged?.toLocaleString("en-US") ?? ""}</td>
            <td>
              {w.incident.find.rungs[one.rung]}. <span className="quiet"><Said>{one.why}</Said></span>
            </td>
          </>
        )}
      </LongTable>
    </details>
  );
}

/** The people themselves, read only when somebody wants to see them. */
function People({ incident, places, terms }: { incident: string; places: string[]; terms: Terms }) {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState("");
  return (
    <details className="beside" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.list}</summary>
      <label className="filter">
        {words.listPlace}
        <select value={place} onChange={(event) => setPlace(event.target.value)}>
          <option value="">{words.listAll}</option>
          {places.map((code) => (
            <option key={code} value={code}>
              {terms.place(code)}
            </option>
          ))}
        </select>
      </label>
      {open && <Listed incident={incident} place={place || null} terms={terms} />}
    </details>
  );
}

function Listed({ incident, place, terms }: { incident: string; place: string | null; terms: Terms }) {
  const view = useView("incident_persons", { incident, place });
  return (
    <View of={view}>
      {(it) => (
        <>
          <p role="status">{words.listShown(it.persons.length, it.total)}</p>
          <Lines label={words.list} lines={it.persons} height={56} keyOf={(one) => one.person}>
            {(one) => (
              <div className="coverage">
                <span>{one.name || words.noName}</span>
                <span>{terms.place(one.residence)}</span>
                <span>{w.incident.three[one.sure]}</span>
                <span className="quiet">{taken(one, terms)}</span>
              </div>
            )}
          </Lines>
        </>
      )}
    </View>
  );
}

const taken = (one: PersonLine, terms: Terms): string => one.elements[2].map(terms.element).join(", ");
