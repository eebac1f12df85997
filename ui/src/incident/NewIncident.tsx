import { useCallback, useEffect, useRef, useState } from "react";

import { own } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import type { Go } from "../shell/place";
import { w } from "../words";
import { localMinute } from "../words/days";
import { PRACTICE_DISCOVERED } from "./practice";

const words = w.incident.open;

/** Opening an incident: what happened, since when it is known, in which org. */
export function NewIncident({ go, practice }: { go: Go; practice: boolean }) {
  const orgs = useView("orgs", {});
  const heading = useRef<HTMLHeadingElement>(null);
  const [title, setTitle] = useState("");
  const [discovered, setDiscovered] = useState(() => localMinute(new Date()));
  const [chosen, setChosen] = useState<string | null>(null);
  const org = chosen ?? orgs.data?.[0]?.org ?? "";
  useEffect(() => heading.current?.focus(), []);
  const deed = useDeed(
    useCallback(async () => {
      const opened = await own.openIncident(title, new Date(discovered).toISOString(), org || null);
      go({ at: "incident", incident: opened.incident, step: "" });
      return opened;
    }, [title, discovered, org, go]),
  );
  const missing = orgs.isPending ? w.parts.reading : title.trim() === "" ? words.missing : discovered === "" ? words.missingDay : null;
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null && !deed.busy) {
          void deed.start();
        }
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p className="quiet">{words.lead}</p>
      {practice && (
        <button
          type="button"
          className="quiet-button"
          onClick={() => {
            setTitle(words.exampleTitle);
            setDiscovered(localMinute(new Date(PRACTICE_DISCOVERED)));
          }}
        >
          {words.example}
        </button>
      )}
      <label>
        {words.name} <span className="hint">{words.nameHint}</span>
        <input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <div className="pair">
        <label>
          {words.discovered} <span className="hint">{words.discoveredHint}</span>
          <input type="datetime-local" value={discovered} onChange={(event) => setDiscovered(event.target.value)} />
        </label>
        <label>
          {words.org}
          <select value={org} onChange={(event) => setChosen(event.target.value)}>
            {(orgs.data ?? []).map((it) => (
              <option key={it.org}>{it.org}</option>
            ))}
            <option value="">{words.noOrg}</option>
          </select>
        </label>
      </div>
      <div className="deeds">
        <button disabled={deed.busy || missing !== null}>{deed.busy ? w.parts.working : words.go}</button>
        <span className="quiet">{missing ?? ""}</span>
      </div>
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </form>
  );
}
