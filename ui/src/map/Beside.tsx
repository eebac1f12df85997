import type { MapIntegration, MapOverview } from "../api";
import { w } from "../words";
import { said } from "../words/said";
import { columns, line, Reach } from "./Reach";
import { Table } from "./Table";

const words = w.map.who;

/** Who else comes to the data, and the register of recipients. */
export function Who({ it, integrations }: { it: MapOverview; integrations: MapIntegration[] }) {
  return (
    <section>
      <h2>{words.title}</h2>
      {integrations.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <Table columns={columns()} rows={integrations.map(line)} />
          {integrations.map((one) => (
            <Reach key={one.name} it={one} />
          ))}
        </>
      )}
      <h3>{words.recipients}</h3>
      {it.recipients.length === 0 ? (
        <p>{words.recipientsNone}</p>
      ) : (
        <Table
          columns={words.recipientColumns}
          rows={it.recipients.map((one) => [
            one.recipient,
            one.role.replaceAll("-", " "),
            one.contract,
            one.systems.join(", "),
            one.integrations.join(", ") || w.map.objects.unknown,
          ])}
        />
      )}
    </section>
  );
}

/** What the org says differently now. */
export function Drift({ it }: { it: MapOverview }) {
  const drift = w.map.drift;
  return (
    <section>
      <h2>{drift.title(it.drift.length)}</h2>
      {it.drift.length === 0 ? (
        <p>{drift.none}</p>
      ) : (
        <>
          <p className="quiet">{drift.lead}</p>
          <Table
            columns={drift.columns}
            rows={it.drift.map((one) => [one.field === "" ? one.object : `${one.object}.${one.field}`, one.what.replaceAll("_", " "), one.before, one.now])}
          />
        </>
      )}
    </section>
  );
}

export const Limits = ({ it }: { it: MapOverview }) => (
  <details className="beside">
    <summary>{w.map.limits}</summary>
    <ul>
      {[...w.map.limitLines, ...it.not_read.map((one) => `${said(one.what)}: ${said(one.because)}`)].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </details>
);
