// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/map.json";
import type { Place } from "../shell/place";
import { faults, show } from "../parts/testing";
import { MapList } from "./MapList";
import { MapScreen } from "./MapScreen";

const answers = vi.hoisted(() => ({
  of: async (_name: string): Promise<unknown> => null,
  asked: [] as [string, unknown][],
}));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const call = (name: string, args: unknown) => {
    answers.asked.push([name, args]);
    return answers.of(name);
  };
  return { ...api, call, begin: call, own: { ...api.own, exportMap: async () => ({ org: "practice", folder: "/tmp/data-map", files: ["data-map.pdf"], notes: [] }) } };
});

const KEPT: Record<string, unknown> = { ...views, incidents: [] };
const went: Place[] = [];
const go = (place: Place) => void went.push(place);

beforeEach(() => {
  answers.of = async (name) => KEPT[name];
  answers.asked = [];
  went.length = 0;
});
afterEach(cleanup);

const map = (object: string | null = null) => <MapScreen org="practice" object={object} incident={null} go={go} />;
const settled = () => vi.waitFor(() => expect(screen.queryByText("Reading the vault …")).toBeNull());

test("the list names every org; without one it says what begins a map", async () => {
  const { container, unmount } = show(<MapList go={go} />);
  fireEvent.click(await screen.findByRole("button", { name: "practice" }));
  expect(went).toEqual([{ at: "map", org: "practice", object: null, incident: null }]);
  expect(await faults(container)).toEqual([]);
  unmount();
  answers.of = async () => [];
  const empty = show(<MapList go={go} />);
  expect(await screen.findByText("No org is connected yet.")).toBeDefined();
  expect(await faults(empty.container)).toEqual([]);
});

test.each([["the map", null], ["an object", "Contact"]])("%s waits, then says what went wrong and what to do", async (_name, object) => {
  const { unmount } = show(map(object));
  expect(screen.getByText("Reading the vault …")).toBeDefined();
  unmount();
  answers.of = async () => {
    throw { code: "vault_locked", message: "The vault is locked.", next_step: "Unlock it." };
  };
  const { container } = show(map(object));
  expect(await screen.findByText("Unlock it.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("an org without a map offers to build one and nothing else", async () => {
  answers.of = async (name) => (name === "map_overview" ? null : KEPT[name]);
  const { container } = show(map());
  expect(await screen.findByText("No map of this org was built yet.")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Export …" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Build the map" }));
  await vi.waitFor(() => expect(answers.asked).toContainEqual(["build_map", { org: "practice" }]));
  expect(await faults(container)).toEqual([]);
});

test("the table has every object, what an incident touched is said in words, and a filter leaves fewer", async () => {
  const { container } = show(map());
  const table = await screen.findByRole("table", { name: "An object opens its fields." });
  const { objects } = views.map_overview;
  expect(within(table).getAllByRole("row")).toHaveLength(objects.length + 1);
  const touched = objects.filter((it) => it.touched).length;
  expect(touched).toBeGreaterThan(0);
  expect(within(table).getAllByText("touched")).toHaveLength(touched);
  expect(await faults(container)).toEqual([]);
  const letter = "C";
  fireEvent.change(screen.getByRole("combobox", { name: "Category" }), { target: { value: letter } });
  const left = objects.filter((it) => it.categories.includes(letter)).length;
  expect(screen.getByText(new RegExp(`^${left} of ${objects.length} objects`))).toBeDefined();
});

test("who else comes to the data: records, sensitive fields and secrets in one line, and object by object when opened", async () => {
  const [first] = views.map_overview.integrations;
  const own = { all_records: true, without: ["Birthdate"], records: 1529, counted: true, sensitive_fields: 2, secrets: [{ field: "Description", samples: 2, of: 50, kinds: ["password", "access_key"] }] };
  const shared = { ...own, all_records: false, secrets: [] };
  const unknown = { ...own, records: null, counted: false, secrets: [] };
  const integration = {
    ...first,
    name: "sync",
    can_reach: { Case: own, Lead: shared, Old__x: unknown },
    did_reach: { Case: { from: "2026-10-22T03:00:00Z", to: "2026-10-27T04:00:00Z", rows: 1524 }, Gone__c: { from: "2026-10-22T03:00:00Z", to: "2026-10-22T04:00:00Z", rows: null } },
    sum: { records: 3058, exact: false, not_known: 1, sensitive_fields: 6, secrets: ["Case.Description"] },
  };
  answers.of = async (name) => (name === "map_overview" ? { ...views.map_overview, integrations: [integration] } : KEPT[name]);
  const { container } = show(map());
  const row = await screen.findByRole("row", { name: /^sync/ });
  expect(within(row).getByText("about 3,058; of 1 object not yet known")).toBeDefined();
  expect(within(row).getByText("Case.Description")).toBeDefined();
  fireEvent.click(screen.getByText("What sync can read, object by object"));
  const cells = (name: string) => {
    const line = screen.getAllByRole("row", { name: new RegExp(`^${name} `) }).at(-1);
    return within(line!).getAllByRole("cell").map((it) => it.textContent);
  };
  expect(cells("Case")).toEqual(["1,529", "2", "1", "Description: 2 of 50 (password, access key)", "2026-10-22 to 2026-10-27, 1,524 rows"]);
  expect(cells("Lead")[0]).toBe("up to 1,529");
  expect(cells("Old__x")[0]).toBe("not yet known");
  expect(cells("Gone__c")).toEqual(["not yet known", "not yet known", "", "not yet known", "2026-10-22"]);
  expect(await faults(container)).toEqual([]);
});

test("the graph is one stop for the keyboard; arrows walk it, Enter says what hangs on a box, plus makes it larger", async () => {
  const { container } = show(map());
  fireEvent.click(await screen.findByRole("tab", { name: "Graph" }));
  const graph = await screen.findByRole("group", { name: /Integrations, the objects/ });
  const boxes = within(graph).getAllByRole("button");
  expect(boxes.filter((it) => it.tabIndex === 0)).toHaveLength(1);
  const object = boxes.find((it) => it.getAttribute("aria-label")?.startsWith(views.map_overview.objects[0]?.object ?? "?"));
  fireEvent.focus(object!);
  fireEvent.keyDown(object!, { key: "Enter" });
  expect(screen.getByText(/It can be read by/)).toBeDefined();
  expect(object!.getAttribute("aria-pressed")).toBe("true");
  fireEvent.keyDown(object!, { key: "+" });
  expect(screen.getByText("125 %")).toBeDefined();
  fireEvent.keyDown(object!, { key: "ArrowRight" });
  expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^[A-L] /);
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Open its fields" }));
  expect(went.at(-1)).toMatchObject({ at: "map", object: views.map_overview.objects[0]?.object });
});

test("the export says where it stands", async () => {
  show(map());
  fireEvent.click(await screen.findByRole("button", { name: "Export …" }));
  expect(await screen.findByText("/tmp/data-map")).toBeDefined();
});

test("a field is corrected and confirmed; what is left open is sent as open", async () => {
  const { container } = show(map(views.map_object.object));
  const field = views.map_object.fields.find((it) => it.categories.length > 0)!;
  fireEvent.click(await screen.findByRole("button", { name: `Correct or confirm: ${field.field}` }));
  fireEvent.change(await screen.findByRole("textbox", { name: "Purpose" }), { target: { value: "newsletter" } });
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Confirm these answers" }));
  await settled();
  await vi.waitFor(() => expect(answers.asked.some(([name]) => name === "confirm_map_field")).toBe(true));
  const [, args] = answers.asked.find(([name]) => name === "confirm_map_field") ?? [];
  const { answers: given } = args as { answers: { what: string; value: string }[] };
  expect(given).toContainEqual({ what: "purpose", value: "newsletter" });
  expect(given).toContainEqual({ what: "categories", value: field.categories.join("; ") });
  expect(given.find((it) => it.what === "retention")?.value).toBe(field.retention ?? "");
});
