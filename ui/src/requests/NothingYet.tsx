import type { Go } from "../shell/place";
import { w } from "../words";

/** An empty vault says what to do first. */
export function NothingYet({ go }: { go: Go }) {
  return (
    <>
      <p>{w.requests.none}</p>
      <p className="quiet">{w.requests.noneWhy}</p>
      <button type="button" onClick={() => go({ at: "open" })}>
        {w.requests.open}
      </button>
    </>
  );
}
