import type { MapIntegration, MapReach } from "../api";
import { w } from "../words";
import { said } from "../words/said";
import { Table } from "./Table";

const words = w.map.who;
const unknown = w.map.objects.unknown;

export const columns = (): string[] => {
  const { name, kinds, users, can, records, sensitive, secrets, did } = words.columns;
  return [name, kinds, users, can, records, sensitive, secrets, did];
};

/** An integration in one line: what it can reach in all, and what it did reach. */
export function line(it: MapIntegration): string[] {
  const { sum } = it;
  const open = Object.keys(it.can_reach).length > 0;
  return [
    it.touched ? `${it.name} (${w.map.touched})` : it.name,
    it.kinds.map((kind) => words.kinds[kind] ?? kind).join(", "),
    it.users.join(", "),
    can(it),
    open ? words.records(sum.records, sum.exact, sum.not_known) : unknown,
    open ? sum.sensitive_fields.toLocaleString("en-US") : unknown,
    open ? sum.secrets.join(", ") || words.noSecrets : unknown,
    did(it),
  ];
}

/** The same object by object. */
export function Reach({ it }: { it: MapIntegration }) {
  const objects = [...new Set([...Object.keys(it.can_reach), ...Object.keys(it.did_reach)])].sort();
  if (objects.length === 0) {
    return null;
  }
  const { object, records, sensitive, without, secrets, did } = words.eachColumns;
  return (
    <details className="beside">
      <summary>{words.each(it.name)}</summary>
      <Table columns={[object, records, sensitive, without, secrets, did]} rows={objects.map((name) => [name, ...cells(it.can_reach[name]), didReach(it, name)])} />
    </details>
  );
}

function cells(it: MapReach | undefined): string[] {
  if (it === undefined) {
    return [unknown, unknown, "", unknown];
  }
  return [
    countOf(it.records, it.counted, it.all_records),
    it.sensitive_fields.toLocaleString("en-US"),
    it.without.length.toLocaleString("en-US"),
    it.secrets.map((one) => words.secret(one.field, one.samples, one.of, one.kinds.map((kind) => words.secretKinds[kind]).join(", "))).join("; "),
  ];
}

/** A number of records: of what is only shared an upper bound, what was not counted about. */
export const countOf = (records: number | null, counted: boolean, all = true): string =>
  records === null ? unknown : all ? words.records(records, counted, 0) : words.upTo(records);

function can(it: MapIntegration): string {
  const reach = Object.values(it.can_reach);
  return reach.length === 0 && it.reach_unknown !== null ? said(it.reach_unknown) : words.can(reach.length, reach.filter((one) => one?.all_records).length);
}

function did(it: MapIntegration): string {
  const objects = Object.keys(it.did_reach);
  return objects.length > 0 ? objects.join(", ") : it.last_used === null ? unknown : words.used(it.last_used.slice(0, 10), it.uses);
}

function didReach(it: MapIntegration, object: string): string {
  const did = it.did_reach[object];
  return did === undefined ? "" : words.didReach(did.from.slice(0, 10), did.to.slice(0, 10), did.rows);
}
