import { useCallback, useState } from "react";

import { call } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { w } from "../words";

/** Filters under names, one press away. They are kept in the vault. */
export function SavedViews({ filter, onChoose }: { filter: string; onChoose: (filter: string) => void }) {
  const views = useView("saved_views", {});
  const [naming, setNaming] = useState<string | null>(null);
  const all = views.data ?? [];
  const wanted = filter.trim();
  const chosen = all.find((it) => it.filter === wanted);
  const deed = useDeed(
    useCallback(
      async (): Promise<unknown> => {
        const name = (naming ?? "").trim();
        const kept = await (chosen ? call("rename_view", { name: chosen.name, to: name }) : call("save_view", { name, filter: wanted }));
        setNaming(null);
        return kept;
      },
      [naming, chosen, wanted],
    ),
  );
  const drop = useDeed(useCallback(() => call("drop_view", { name: chosen?.name ?? "" }), [chosen]));
  return (
    <div className="deeds views" role="group" aria-label={w.requests.views}>
      {all.map((it) => (
        <button
          key={it.name}
          type="button"
          className="quiet-button"
          dir="auto"
          aria-pressed={it === chosen}
          onClick={() => {
            setNaming(null);
            onChoose(it === chosen ? "" : it.filter);
          }}
        >
          {it.name}
        </button>
      ))}
      {naming === null ? (
        <>
          {wanted !== "" && (
            <button type="button" className="link" onClick={() => setNaming(chosen?.name ?? wanted)}>
              {chosen ? w.requests.renameView(chosen.name) : w.requests.keepView}
            </button>
          )}
          {chosen && (
            <button type="button" className="link" disabled={drop.busy} onClick={() => void drop.start()}>
              {w.requests.dropView(chosen.name)}
            </button>
          )}
        </>
      ) : (
        <form
          className="deeds"
          onSubmit={(event) => {
            event.preventDefault();
            void deed.start();
          }}
        >
          <label>
            {w.requests.viewName}
            <input dir="auto" autoFocus maxLength={200} value={naming} onChange={(event) => setNaming(event.target.value)} />
          </label>
          <button disabled={deed.busy || naming.trim() === ""}>{w.requests.keepName}</button>
          <button type="button" className="link" onClick={() => setNaming(null)}>
            {w.parts.cancel}
          </button>
        </form>
      )}
      {[deed, drop].map((it, place) => it.problem && <ProblemNote key={place} problem={it.problem} />)}
    </div>
  );
}
