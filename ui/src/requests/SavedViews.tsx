import { useCallback, useMemo, useState } from "react";

import { call, type RequestFilter } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { w } from "../words";
import { kindInWords, stageInWords } from "../words/plain";

type Props = { filter: RequestFilter; everything: RequestFilter; onChoose: (filter: RequestFilter) => void };

/** Filters under names, one press away. They are kept in the vault. */
export function SavedViews({ filter, everything, onChoose }: Props) {
  const views = useView("saved_views", {});
  const [naming, setNaming] = useState<string | null>(null);
  const all = views.data ?? [];
  const wanted = useMemo(() => ({ ...filter, filter: filter.filter.trim() }), [filter]);
  const chosen = all.find((it) => same(it, wanted));
  const deed = useDeed(
    useCallback(
      async (): Promise<unknown> => {
        const name = (naming ?? "").trim();
        const kept = await (chosen ? call("rename_view", { name: chosen.name, to: name }) : call("save_view", { name, of: wanted }));
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
            onChoose(it === chosen ? everything : partOf(it));
          }}
        >
          {it.name}
        </button>
      ))}
      {naming === null ? (
        <>
          {!same(wanted, everything) && (
            <button type="button" className="link" onClick={() => setNaming(chosen?.name ?? named(wanted))}>
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

const partOf = ({ filter, kind, stage, org }: RequestFilter): RequestFilter => ({ filter, kind, stage, org });

const same = (one: RequestFilter, other: RequestFilter): boolean =>
  one.filter === other.filter && one.kind === other.kind && one.stage === other.stage && one.org === other.org;

/** A name to begin with: what the list is narrowed to. */
const named = ({ filter, kind, stage, org }: RequestFilter): string =>
  [kind && kindInWords(kind), stage && stageInWords(stage), org, filter].filter((it) => it !== "").join(", ");
