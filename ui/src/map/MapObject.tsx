import { useState } from "react";

import type { MapField, MapOverview } from "../api";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { useTerms } from "../incident/useTerms";
import { LongTable } from "../parts/LongTable";
import { w } from "../words";
import { said } from "../words/said";
import { FieldForm } from "./FieldForm";

const words = w.map.object;

const personal = (it: MapField): boolean =>
  [it.categories, it.sensitive, it.never_disclosed, it.breach_elements].some((list) => list.length > 0);

const named = (it: MapField, text: string): boolean => `${it.field} ${it.label}`.toLowerCase().includes(text.trim().toLowerCase());

/** One object with its fields; each is corrected and confirmed in place. */
export function MapObject({ org, object, it }: { org: string; object: string; it: MapOverview }) {
  const view = useView("map_object", { org, object });
  const [only, setOnly] = useState(true);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const line = it.objects.find((one) => one.object === object);
  return (
    <>
      {line && (
        <p className="quiet">
          {line.label}. {said(line.area)}. {line.deletion}. {line.touched && <strong className="gap">{w.map.touched}</strong>}
        </p>
      )}
      <View of={view}>
        {(found) => {
          const picked = found.fields.find((field) => field.field === chosen);
          return (
            <>
              <label className="choice">
                <input type="checkbox" checked={only} onChange={() => setOnly(!only)} /> {words.onlyPersonal}
              </label>
              <label className="filter">
                {words.find}
                <input dir="auto" type="search" value={name} onChange={(event) => setName(event.target.value)} />
              </label>
              {picked && <FieldForm key={picked.field} org={org} object={object} field={picked} it={it} close={() => setChosen(null)} />}
              <Fields fields={found.fields.filter((field) => (!only || personal(field)) && named(field, name))} chosen={chosen} choose={setChosen} />
            </>
          );
        }}
      </View>
    </>
  );
}

type Props = { fields: MapField[]; chosen: string | null; choose: (field: string) => void };

function Fields({ fields, chosen, choose }: Props) {
  const terms = useTerms();
  const columns = words.columns;
  if (fields.length === 0) {
    return <p>{words.none}</p>;
  }
  return (
    <LongTable
      caption={words.caption(fields.length)}
      columns={[columns.field, columns.categories, columns.elements, columns.source, columns.purpose, columns.retention, columns.said]}
      lines={fields}
      height={64}
      keyOf={(it) => it.field}
      look="dense wide"
    >
      {(it) => (
        <>
          <th scope="row">
            {it.field} <small>{it.label}</small>
          </th>
          <td>{it.categories.join(" ")}</td>
          <td>{it.breach_elements.map(terms.element).join(", ")}</td>
          {[it.source, it.purpose, it.retention].map((text, n) => (
            <td key={n} className={text === null ? "quiet" : undefined}>
              {text === null ? words.open : said(text)}
            </td>
          ))}
          <td>
            {Object.keys(it.confirmed).length > 0 ? words.confirmed : words.notConfirmed}
            <small>
              <button type="button" className="link" aria-expanded={it.field === chosen} aria-label={`${words.decide}: ${it.field}`} onClick={() => choose(it.field)}>
                {words.decide}
              </button>
            </small>
          </td>
        </>
      )}
    </LongTable>
  );
}
