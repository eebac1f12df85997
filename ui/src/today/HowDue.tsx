import { useState } from "react";

import type { RequestView } from "../api";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { HowLines } from "./HowComputed";

/** The day on which the answer is due, opening how it was computed. */
export function HowDue({ request, due }: { request: RequestView; due: string }) {
  return (
    <details className="how">
      <summary>{dayInWords(due)}</summary>
      <Lines request={request} due={due} />
    </details>
  );
}

function Lines({ request, due }: { request: RequestView; due: string }) {
  const duty = request.duties.find((it) => it.due?.slice(0, 10) === due);
  return duty ? <HowLines duty={duty} /> : <p>{w.dates.none}</p>;
}

/** The same in a list: the case is only read once its day is opened. */
export function HowDueOf({ request, due }: { request: string; due: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="how" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <time dateTime={due}>{dayInWords(due)}</time>
      </summary>
      {open && <Read request={request} due={due} />}
    </details>
  );
}

function Read({ request, due }: { request: string; due: string }) {
  const view = useView("case_view", { request });
  return <View of={view}>{(found) => <Lines request={found.request} due={due} />}</View>;
}
