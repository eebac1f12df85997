import { useState } from "react";

import { w } from "../words";

const STORE = "request-views";

/** The filters that were kept: words of the list, none of which names a person. */
function kept(): string[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(all) ? all.filter((it) => typeof it === "string") : [];
  } catch {
    return []; // what cannot be read is begun anew
  }
}

/** Filters under their own words, one press away; kept on this computer. */
export function SavedViews({ filter, onChoose }: { filter: string; onChoose: (filter: string) => void }) {
  const [views, setViews] = useState(kept);
  const keep = (all: string[]) => {
    setViews(all);
    localStorage.setItem(STORE, JSON.stringify(all));
  };
  const wanted = filter.trim();
  return (
    <div className="deeds views" role="group" aria-label={w.requests.views}>
      {views.map((it) => (
        <button key={it} type="button" className="quiet-button" aria-pressed={it === wanted} onClick={() => onChoose(it === wanted ? "" : it)}>
          {it}
        </button>
      ))}
      {wanted !== "" && !views.includes(wanted) && (
        <button type="button" className="link" onClick={() => keep([...views, wanted])}>
          {w.requests.keepView(wanted)}
        </button>
      )}
      {views.includes(wanted) && (
        <button type="button" className="link" onClick={() => keep(views.filter((it) => it !== wanted))}>
          {w.requests.dropView(wanted)}
        </button>
      )}
    </div>
  );
}
