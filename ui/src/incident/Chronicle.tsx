import { type ChronicleView, type IncidentView } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Instant, plainInstant } from "./Instant";
import { VolumeChart } from "./VolumeChart";

const words = w.incident.timeline;

/** What happened in its order: how much was read when, and every event behind the confirmed findings with its session. */
export function Chronicle({ found }: { found: IncidentView }) {
  const confirmed = found.findings?.[1] ?? 0;
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      {confirmed === 0 ? <p>{words.none}</p> : <Told incident={found.incident} />}
    </>
  );
}

function Told({ incident }: { incident: string }) {
  const view = useView("incident_chronicle", { incident });
  return (
    <View of={view}>
      {(it) => (
        <>
          {it.volume && <VolumeChart it={it.volume} />}
          <Events it={it} />
        </>
      )}
    </View>
  );
}

function Events({ it }: { it: ChronicleView }) {
  const columns = words.columns;
  const find = w.incident.find;
  return (
    <section>
      <h3>{words.events}</h3>
      <table className="dense">
        <caption>{words.caption}</caption>
        <ColumnHeads of={[columns.at, columns.session, columns.what, columns.source]} />
        <tbody>
          {it.events.map((one) => (
            <tr key={`${one.source} ${one.row}`} className={one.findings.length === 0 ? "quiet" : undefined}>
              <td>
                <Instant at={one.at} />
                {one.written !== null && plainInstant(one.written) !== plainInstant(one.at) && <small>{find.written(one.written)}</small>}
              </td>
              <td>{one.session === null ? "" : words.session(one.session)}</td>
              <td>
                {[one.kind, one.app ?? "", one.objects.join(", "), one.rows === null ? "" : find.records(one.rows), one.address ?? ""]
                  .filter(Boolean)
                  .join(" · ")}
                {one.findings.length === 0 && <small>{words.beside}</small>}
              </td>
              <td className="quiet">{find.stands(one.source, one.row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {it.beyond > 0 && <p className="quiet">{words.later(it.beyond)}</p>}
    </section>
  );
}
