import { useCallback, useState } from "react";

import { call, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { missing } from "./road";

/** Which points agreed with data already held. */
export function Identity({ found }: { found: CaseView }) {
  const { request } = found.request;
  const [points, setPoints] = useState<string[]>([]);
  const deed = useDeed(useCallback(() => call("identify", { request, points }), [request, points]));
  const barred = missing(found, "identify");
  const toggle = (point: string) =>
    setPoints(points.includes(point) ? points.filter((it) => it !== point) : [...points, point]);

  return (
    <>
      <h2>{w.identity.title}</h2>
      <p className="quiet">{w.identity.lead}</p>
      <fieldset disabled={barred !== null}>
        <legend className="quiet">{barred ?? ""}</legend>
        {Object.entries(w.identity.points).map(([point, words]) => (
          <label key={point} className="choice">
            <input type="checkbox" checked={points.includes(point)} onChange={() => toggle(point)} /> {words}
          </label>
        ))}
      </fieldset>
      <DeedButton deed={deed} missing={barred ?? (points.length === 0 ? w.identity.missing : null)}>
        {w.identity.go}
      </DeedButton>
      {deed.done && <p role="status">{w.identity.recorded(deed.done.level, deed.done.points.length)}</p>}
    </>
  );
}
