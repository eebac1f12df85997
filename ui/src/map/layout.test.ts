import { expect, test } from "vitest";

import type { MapIntegration, MapObjectLine } from "../api";
import { BOX, type GraphNode, layout, neighbour } from "./layout";

const object = (name: string, area: string, categories: string[]): MapObjectLine => ({
  object: name, label: name, area, categories, records: 1, counted: true, fields: 1, personal_fields: 1, not_yet_known: 0, deletion: "", touched: false,
});
const WHOLE = { all_records: true, without: [], records: 1, counted: true, sensitive_fields: 0, secrets: [] };
const reader = (name: string, can: string[], did: string[] = []): MapIntegration => ({
  name, kinds: ["token"], users: [], can_reach: Object.fromEntries(can.map((it) => [it, WHOLE])), reach_unknown: null, sum: { records: 1, exact: true, not_known: 0, sensitive_fields: 0, secrets: [] }, last_used: null, uses: null,
  did_reach: Object.fromEntries(did.map((it) => [it, { from: "", to: "", rows: null }])), touched: did.length > 0,
});
const drawn = layout(
  [object("Contact", "People", ["A", "C"]), object("Case", "Service", ["A"]), object("Empty", "Service", [])],
  [reader("sync", ["Contact", "Case"], ["Case"]), reader("idle", [])],
  [["A", "identifiers"], ["C", "protected class"], ["K", "inferences"]],
);
const node = (name: string): GraphNode => drawn.nodes.find((it) => it.name === name)!;

test("only what holds something, or reads it, is drawn, and no two boxes lie over each other", () => {
  expect(drawn.nodes.map((it) => it.name).sort()).toEqual(["A identifiers", "C protected class", "Case", "Contact", "sync"]);
  for (const [n, one] of drawn.nodes.entries()) {
    for (const other of drawn.nodes.slice(n + 1)) {
      expect(one.column !== other.column || Math.abs(one.y - other.y) >= BOX.height).toBe(true);
    }
  }
  expect(drawn.edges).toHaveLength(5);
  expect(drawn.edges.filter((it) => it.did)).toEqual([{ from: "i:sync", to: "o:Case", did: true }]);
  expect(drawn.areas.map((it) => it.name)).toEqual(["People", "Service"]);
});

test("arrow keys walk along the column and along the lines, and stop where nothing is", () => {
  const to = (from: string, key: string) => neighbour(drawn, node(from), key)?.name ?? null;
  expect(to("Contact", "ArrowDown")).toBe("Case");
  expect(to("Case", "ArrowDown")).toBeNull();
  expect(to("Case", "Home")).toBe("Contact");
  expect(to("Contact", "End")).toBe("Case");
  expect(to("Case", "ArrowLeft")).toBe("sync");
  expect(to("Case", "ArrowRight")).toBe("A identifiers");
  expect(to("C protected class", "ArrowLeft")).toBe("Contact");
  expect(to("C protected class", "ArrowRight")).toBeNull();
});
