import { useCallback, useState } from "react";

import { call, type EvidenceView, type HeldFinding } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { said } from "../words/said";
import { Instant, plainInstant } from "./Instant";

const words = w.incident.find;
const RUNGS = ["ids", "query-repeated", "query-text", "object-count", "reach"] as const;

/** One finding: why it stands out, how good the evidence is, what may be innocent, and the decision. */
export function FindingCard({ incident, it }: { incident: string; it: HeldFinding }) {
  return (
    <article className="finding" aria-labelledby="finding-title">
      <h3 id="finding-title">{said(it.title)}</h3>
      <p>
        <Said>{it.why}</Said>
      </p>
      <Facts
        facts={[
          [words.who, it.principal ?? it.principal_id ?? words.notLogged],
          [words.app, it.app ?? it.app_id ?? words.notLogged],
          [words.addresses, it.addresses.join("\n") || words.notLogged],
          [words.when, `${plainInstant(it.from)} – ${plainInstant(it.to)}`],
          [words.objects, it.objects.join(", ") || words.notLogged],
          [words.rows, it.rows > 0 ? it.rows.toLocaleString("en-US") : words.notLogged],
        ]}
      />
      <h4>{words.ladder}</h4>
      <ol className="ladder">
        {RUNGS.map((rung) => (
          <li key={rung} aria-current={rung === it.rung ? "true" : undefined}>
            {words.rungs[rung]}
            {rung === it.rung && <small> {words.rungHere}</small>}
          </li>
        ))}
      </ol>
      <h4>{words.innocent}</h4>
      <ul>
        {it.innocent_causes.map((cause) => (
          <li key={cause}>
            <Said>{cause}</Said>
          </li>
        ))}
      </ul>
      <Decide incident={incident} it={it} />
      <Rows incident={incident} finding={it.finding} />
    </article>
  );
}

function Decide({ incident, it }: { incident: string; it: HeldFinding }) {
  const [because, setBecause] = useState(it.because ?? "");
  const { finding } = it;
  const confirm = useDeed(useCallback(() => call("confirm_finding", { incident, finding, because }), [incident, finding, because]));
  const dismiss = useDeed(useCallback(() => call("dismiss_finding", { incident, finding, because }), [incident, finding, because]));
  const missing = because.trim() === "" ? words.missing : null;
  return (
    <>
      <h4>{words.decide}</h4>
      {it.because !== null && <p>{words.decided(words.statuses[it.status] ?? it.status, it.because)}</p>}
      <label>
        {words.because}
        <textarea rows={2} value={because} onChange={(event) => setBecause(event.target.value)} />
      </label>
      <div className="deeds">
        <DeedButton deed={confirm} missing={missing}>
          {words.confirm}
        </DeedButton>
        <DeedButton deed={dismiss} missing={missing && ""} quiet>
          {words.dismiss}
        </DeedButton>
      </div>
    </>
  );
}

/** The rows of the logs, read only when somebody wants to see them. */
function Rows({ incident, finding }: { incident: string; finding: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="beside" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.evidence}</summary>
      {open && <Read incident={incident} finding={finding} />}
    </details>
  );
}

function Read({ incident, finding }: { incident: string; finding: string }) {
  const view = useView("finding_evidence", { incident, finding });
  return <View of={view}>{(it) => <Table it={it} />}</View>;
}

function Table({ it }: { it: EvidenceView }) {
  const columns = words.evidenceColumns;
  return (
    <>
      <table className="dense">
        <caption>{words.evidenceCaption(it.events.length)}</caption>
        <ColumnHeads of={[columns.at, columns.what]} />
        <tbody>
          {it.events.map((one) => (
            <tr key={`${one.source} ${one.row}`}>
              <td>
                <Instant at={one.at} />
                {one.written !== null && <small>{words.written(one.written)}</small>}
              </td>
              <td>
                {[one.kind, one.objects.join(", "), one.rows === null ? "" : words.records(one.rows), one.address ?? ""].filter(Boolean).join(" · ")}
                {one.query !== null && <code>{one.query}</code>}
                <small>{words.stands(one.source, one.row)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {it.beyond > 0 && <p className="quiet">{words.beyond(it.beyond)}</p>}
    </>
  );
}
