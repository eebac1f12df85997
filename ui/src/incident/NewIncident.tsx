import { useCallback, useEffect, useRef, useState } from "react";

import { asProblem, own } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import type { Go } from "../shell/place";
import { w } from "../words";
import { localMinute } from "../words/days";
import { PRACTICE_DISCOVERED } from "./practice";

const words = w.incident.open;

type Form = { title: string; discovered: string; chosen: string | null };

/** Opening an incident: what happened, since when it is known, in which org. */
export function NewIncident({ go, practice }: { go: Go; practice: boolean }) {
  const orgs = useView("orgs", {});
  const heading = useRef<HTMLHeadingElement>(null);
  const [now] = useState(() => localMinute(new Date()));
  const { form, problem, change, until } = useKept<Form>("", "new incident", { title: "", discovered: now, chosen: null });
  const { title, discovered, chosen } = form;
  const org = chosen ?? orgs.data?.[0]?.org ?? "";
  useEffect(() => heading.current?.focus(), []);
  const deed = useDeed(
    useCallback(async () => {
      const opened = await until(own.openIncident(title, new Date(discovered).toISOString(), org || null));
      go({ at: "incident", incident: opened.incident, step: "" });
      return opened;
    }, [title, discovered, org, go, until]),
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
            change({ title: words.exampleTitle, discovered: localMinute(new Date(PRACTICE_DISCOVERED)) });
          }}
        >
          {words.example}
        </button>
      )}
      <label>
        {words.name} <span className="hint">{words.nameHint}</span>
        <input value={title} maxLength={200} onChange={(event) => change({ title: event.target.value })} />
      </label>
      <div className="pair">
        <label>
          {words.discovered} <span className="hint">{words.discoveredHint}</span>
          <input type="datetime-local" value={discovered} onChange={(event) => change({ discovered: event.target.value })} />
        </label>
        <label>
          {words.org}
          <select value={org} onChange={(event) => change({ chosen: event.target.value })}>
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
      {orgs.isError && <ProblemNote problem={asProblem(orgs.error)} />}
      {problem && <ProblemNote problem={problem} />}
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </form>
  );
}
