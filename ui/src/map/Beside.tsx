import type { MapIntegration, MapOverview } from "../api";
import { w } from "../words";
import { said } from "../words/said";

const words = w.map.who;

/** Who else comes to the data, and the register of recipients. */
export function Who({ it, integrations }: { it: MapOverview; integrations: MapIntegration[] }) {
  return (
    <section>
      <h2>{words.title}</h2>
      {integrations.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table
          columns={Object.values(words.columns)}
          rows={integrations.map((one) => [
            one.touched ? `${one.name} (${w.map.touched})` : one.name,
            one.kinds.map((kind) => words.kinds[kind] ?? kind).join(", "),
            one.users.join(", "),
            can(one),
            did(one),
          ])}
        />
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

function can(one: MapIntegration): string {
  const reach = Object.values(one.can_reach);
  return reach.length === 0 && one.reach_unknown !== null ? one.reach_unknown : words.can(reach.length, reach.filter((whole) => whole).length);
}

function did(one: MapIntegration): string {
  const objects = Object.keys(one.did_reach);
  return objects.length > 0
    ? objects.join(", ")
    : one.last_used === null
      ? w.map.objects.unknown
      : words.used(one.last_used.slice(0, 10), one.uses);
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

const Table = ({ columns, rows }: { columns: string[]; rows: string[][] }) => (
  <table className="dense wide">
    <thead>
      <tr>
        {columns.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((cells, n) => (
        <tr key={n}>
          {cells.map((cell, place) =>
            place === 0 ? (
              <th key={place} scope="row">
                {cell}
              </th>
            ) : (
              <td key={place}>{cell}</td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);
