import { useCallback, useState } from "react";

import { type CaseView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { missing } from "./road";

/** Writes one letter; a blank that only the officer can fill is asked for when the desk misses it. */
export function Letters({ found }: { found: CaseView }) {
  const { request, kind: asked } = found.request;
  const [kind, setKind] = useState(asked === "delete" ? "deletion" : "receipt");
  const [filled, setFilled] = useState<Record<string, string>>({});
  const [blank, setBlank] = useState("");
  const deed = useDeed(useCallback(() => own.letter(request, kind, filled), [request, kind, filled]));
  // The desk names the blank it misses between quotes.
  const named = deed.problem?.code === "blank_missing" ? (/[“"]([^”"]+)[”"]/.exec(deed.problem.message)?.[1] ?? "") : "";

  return (
    <>
      <h2>{w.letters.title}</h2>
      <p className="quiet">{w.letters.lead}</p>
      <label>
        {w.letters.kind}
        <select value={kind} onChange={(event) => setKind(event.target.value)}>
          {Object.entries(w.letters.kinds).map(([word, name]) => (
            <option key={word} value={word}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <DeedButton deed={deed} missing={missing(found, "letter")}>
        {w.letters.go}
      </DeedButton>
      {named !== "" && (
        <label>
          {w.letters.blank(named)}
          <input
            value={blank}
            onChange={(event) => setBlank(event.target.value)}
            onBlur={() => setFilled({ ...filled, [named]: blank })}
          />
        </label>
      )}
      {deed.done && <p role="status">{w.letters.written(deed.done.file)}</p>}
    </>
  );
}
