import type { MapIntegration, MapObjectLine } from "../api";
import { LongTable } from "../parts/LongTable";
import { w } from "../words";
import { said } from "../words/said";
import { countOf } from "./Reach";

const words = w.map.objects;

type Props = { objects: MapObjectLine[]; integrations: MapIntegration[]; open: (object: string) => void };

/** The objects as a table: everything that the graph shows, in words. */
export function Objects({ objects, integrations, open }: Props) {
  const columns = words.columns;
  if (objects.length === 0) {
    return <p>{w.map.graph.nothing}</p>;
  }
  return (
    <LongTable
      caption={words.caption}
      columns={[columns.object, columns.records, columns.categories, columns.who, columns.personal, columns.open, columns.deletion]}
      lines={objects}
      height={64}
      keyOf={(it) => it.object}
      look="dense wide"
      lookOf={(it) => (it.touched ? "touched" : undefined)}
    >
      {(it) => (
        <>
          <th scope="row">
            <button type="button" className="link" onClick={() => open(it.object)}>
              {it.object}
            </button>
            {it.touched && <small className="gap">{w.map.touched}</small>}
            <small>{said(it.area)}</small>
          </th>
          <td className="number">{countOf(it.records, it.counted)}</td>
          <td>{it.categories.join(" ")}</td>
          <td>{readers(it.object, integrations)}</td>
          <td className="number">{it.personal_fields.toLocaleString("en-US")}</td>
          <td className="number">{it.not_yet_known.toLocaleString("en-US")}</td>
          <td>{it.deletion}</td>
        </>
      )}
    </LongTable>
  );
}

/** Who can read an object, whether whole, and whether the logs show that it did. */
function readers(object: string, integrations: MapIntegration[]): string {
  const all = integrations.filter((it) => object in it.can_reach || object in it.did_reach);
  const of = (it: MapIntegration) => {
    const how = [it.can_reach[object]?.all_records ? words.whole : "", object in it.did_reach ? words.did : ""].filter((part) => part !== "");
    return how.length === 0 ? it.name : `${it.name} (${how.join(", ")})`;
  };
  return all.length === 0 ? words.nobody : all.map(of).join("; ");
}
