import { useMemo } from "react";

import type { LocatingLine, LocatingView } from "../api";
import { Lines } from "../parts/Lines";
import { w } from "../words";

/** What goes on stands first, then what was found, then the rest; within each by name. */
const rank = (it: LocatingLine): number => (it.state === "looking" ? 0 : it.records > 0 ? 1 : it.state === "looked" ? 2 : 3);

/** A search object by object: while it goes on, and where it was stopped. */
export function Looking({ of }: { of: LocatingView }) {
  const lines = useMemo(() => [...of.objects].sort((one, other) => rank(one) - rank(other)), [of.objects]);
  const looked = of.objects.filter((it) => it.state === "looked").length;
  const title = of.running ? w.locate.looking : w.locate.stopped;
  return (
    <>
      <h3>{title}</h3>
      <p>
        {w.locate.looked(looked, of.objects.length)}{" "}
        <span className="quiet">{w.locate.spent(of.api_calls.spent, of.api_calls.forecast ?? null)}</span>
      </p>
      <Lines label={title} lines={lines} height={40} keyOf={(it) => it.object}>
        {(it) => (
          <div className="outcome">
            <span>
              {it.label} {it.label !== it.object && <code>{it.object}</code>}
            </span>
            <span className={it.state === "waiting" ? "quiet" : undefined}>
              {it.state === "looked" || it.records > 0 ? w.locate.soFar(it.records) : null}{" "}
              {it.state !== "looked" && <span className="quiet">{w.locate.states[it.state] ?? it.state}</span>}
            </span>
          </div>
        )}
      </Lines>
    </>
  );
}
