import { useState } from "react";

import { type NoticesView, type NoticeWanted, own } from "../api";
import { PaperPreview } from "../parts/PaperPreview";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import type { Terms } from "./useTerms";

const words = w.incident.notices.preview;

type Order = { incident: string; wanted: NoticeWanted };
const load = ({ incident, wanted }: Order): Promise<ArrayBuffer> => own.noticePreview(incident, wanted);

type Props = { incident: string; it: NoticesView; set: Record<string, string>; spanish: boolean; missing: string | null; terms: Terms };

/** One notice as it would be written: for a place without anybody's data, or for one person. */
export function NoticePreview({ incident, it, set, spanish, missing, terms }: Props) {
  const places = it.places.filter((one) => one.mail + one.email > 0).map((one) => one.place);
  const [chosen, setChosen] = useState<string | null>(null);
  const [number, setNumber] = useState("");
  const [inSpanish, setInSpanish] = useState(false);
  const place = places.find((one) => one === chosen) ?? places[0];
  if (place === undefined) {
    return null;
  }
  const wanted: NoticeWanted = { place, number: number || null, spanish: spanish && inSpanish, set };
  return (
    <section>
      <h3>{words.title}</h3>
      <div className="pair">
        <label>
          {words.place}
          <select
            value={place}
            onChange={(event) => {
              setChosen(event.target.value);
              setNumber("");
            }}
          >
            {places.map((code) => (
              <option key={code} value={code}>
                {terms.place(code)}
              </option>
            ))}
          </select>
        </label>
        <Person key={place} incident={incident} place={place} number={number} choose={setNumber} />
      </div>
      {spanish && (
        <label className="choice">
          <input type="checkbox" checked={inSpanish} onChange={() => setInSpanish(!inSpanish)} /> {words.spanish}
        </label>
      )}
      <PaperPreview order={{ incident, wanted }} load={load} missing={missing} />
    </section>
  );
}

type PersonProps = { incident: string; place: string; number: string; choose: (number: string) => void };

function Person({ incident, place, number, choose }: PersonProps) {
  const people = useView("notice_people", { incident, place });
  return (
    <View of={people}>
      {(all) => (
        <label>
          {words.person} {all.total > all.people.length && <span className="hint">{words.first(all.people.length, all.total)}</span>}
          <select value={number} onChange={(event) => choose(event.target.value)}>
            <option value="">{words.sample}</option>
            {all.people.map((one) => (
              <option key={one.number} value={one.number}>
                {`${one.number} · ${one.name}`}
              </option>
            ))}
          </select>
        </label>
      )}
    </View>
  );
}
