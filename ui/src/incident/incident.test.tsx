// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/incident.json";
import { faults, show } from "../parts/testing";
import { ASKED } from "../shell/frame";
import { IncidentList } from "./IncidentList";
import { IncidentScreen, ROOMS } from "./IncidentScreen";
import { NewIncident } from "./NewIncident";

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
  const own = {
    ...api.own,
    gatherDropped: (incident: string) => call("gather_dropped", { incident }),
    noticePreview: (incident: string, wanted: unknown) => call("notice_preview", { incident, wanted }),
  };
  return { ...api, call, begin: call, own };
});

const KEPT: Record<string, unknown> = { ...views, orgs: [] };
/** An incident of which nothing is known yet. */
const FRESH = {
  ...views.incident,
  stage: "gather",
  gathered: null,
  findings: null,
  steps: views.incident.steps.map((it) => ({ ...it, begun: false, done: false, again: null, missing: it.step === "gather" ? null : "Not yet: gather first." })),
};

beforeEach(() => {
  answers.of = async (name) => KEPT[name];
  answers.asked = [];
});
afterEach(cleanup);

const go = () => {};
const at = (step: string) => <IncidentScreen incident="I-2026-0001" step={step} go={go} practice />;
const settled = () => vi.waitFor(() => expect(screen.queryByText("Reading the vault …")).toBeNull());

test("the list names every incident with what comes next, and an empty vault says what begins one", async () => {
  const { container, unmount } = show(<IncidentList go={go} practice />);
  expect(await screen.findByRole("row", { name: /I-2026-0001/ })).toBeDefined();
  expect(await faults(container)).toEqual([]);
  unmount();
  answers.of = async () => [];
  const empty = show(<IncidentList go={go} practice />);
  expect(await screen.findByText("No incidents yet.")).toBeDefined();
  expect(await faults(empty.container)).toEqual([]);
});

test("an incident is opened with a title and a moment, and says what is missing", async () => {
  const { container } = show(<NewIncident go={go} practice />);
  const open = screen.getByRole<HTMLButtonElement>("button", { name: "Open the incident" });
  expect(open.disabled).toBe(true);
  expect(await screen.findByText("Say in a few words what happened.")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Fill in the practice theft" }));
  expect(open.disabled).toBe(false);
  expect(await faults(container)).toEqual([]);
});

test.each(ROOMS.map((step) => [step]))("an incident at %s: ready, and nothing wrong with it for a screen reader", async (step) => {
  const { container } = show(at(step));
  expect(await screen.findByRole("heading", { level: 1, name: /I-2026-0001/ })).toBeDefined();
  await settled();
  expect(await faults(container)).toEqual([]);
});

test.each(ROOMS.map((step) => [step]))("an incident at %s, with nothing done yet, says so", async (step) => {
  answers.of = async (name) => ({ incident: FRESH, incident_terms: views.incident_terms, incident_facts: views.incident_facts, incident_ledger: [] })[name] ?? null;
  const { container } = show(at(step));
  expect(await screen.findByRole("heading", { level: 1, name: /I-2026-0001/ })).toBeDefined();
  await settled();
  if (["find", "scope", "notices", "packet"].includes(step)) {
    expect(screen.getAllByText(/Not yet: gather first\./).length).toBeGreaterThan(0);
  }
  expect(await faults(container)).toEqual([]);
});

test.each(ROOMS.map((step) => [step]))("an incident at %s says that it reads, then what went wrong and what to do", async (step) => {
  const { unmount } = show(at(step));
  expect(screen.getByText("Reading the vault …")).toBeDefined();
  unmount();
  answers.of = async () => {
    throw { code: "vault_locked", message: "The vault is locked.", next_step: "Unlock it." };
  };
  const { container } = show(at(step));
  expect(await screen.findByText("Unlock it.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a finding shows its rung on the ladder and its rows, and is confirmed with what was checked", async () => {
  const { container } = show(at("find"));
  const first = views.incident_found.findings[0];
  expect(await screen.findByRole("heading", { name: first?.title ?? "" })).toBeDefined();
  expect(screen.getByText("this finding").closest("[aria-current]")).not.toBeNull();
  const rows = screen.getByText("Rows behind it").closest("details");
  rows!.open = true;
  fireEvent(rows!, new Event("toggle"));
  expect((await screen.findAllByText(/as written/)).length).toBe(views.finding_evidence.events.length);
  expect(await faults(container)).toEqual([]);

  const because = screen.getByRole("textbox", { name: "What did you check?" });
  fireEvent.change(because, { target: { value: "" } });
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Confirm" }).disabled).toBe(true);
  fireEvent.change(because, { target: { value: "Asked the vendor." } });
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  await vi.waitFor(() =>
    expect(answers.asked).toContainEqual(["dismiss_finding", { incident: "I-2026-0001", finding: first?.finding, because: "Asked the vendor." }]),
  );
});

test("the decision table keeps what is not owed for who asks, and every row opens its citation", async () => {
  show(at("assess"));
  const only = await screen.findByRole("checkbox", { name: "Only what is owed, or may be" });
  expect(screen.queryByRole("cell", { name: "not owed" })).toBeNull();
  fireEvent.click(only);
  const table = await screen.findByRole("table", { name: /Every row opens why/ });
  const { duties } = views.latest_assessment;
  expect(within(table).getAllByText("How this was computed")).toHaveLength(duties.length);
  const laws = new Set(duties.map((it) => it.jurisdiction)).size;
  expect(within(table).getAllByRole("row")).toHaveLength(1 + laws + duties.length);
  expect(within(table).getAllByText(duties[0]?.citation ?? "").length).toBeGreaterThan(0);
});

test("facts go to the desk as they stand, and what is not known stays unknown", async () => {
  show(at("assess"));
  const faith = await screen.findByRole("combobox", { name: /acting in good faith/ });
  fireEvent.change(faith, { target: { value: "" } });
  fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
  await vi.waitFor(() => expect(answers.asked.some(([name]) => name === "assess_answers")).toBe(true));
  const [, args] = answers.asked.find(([name]) => name === "assess_answers") ?? [];
  const { answers: given } = args as { answers: { fact: string; answer: string[] | null }[] };
  expect(given.find((it) => it.fact === "good_faith")).toEqual({ fact: "good_faith", answer: null });
  expect(given.find((it) => it.fact === "role")?.answer).toEqual(["owner"]);
});

test("notices are not drafted before what they need is said, and each gap is named", async () => {
  const lacking = { ...views.notices, blanks: views.notices.blanks.map((it) => ({ ...it, given: it.setting === null && it.blank !== "occurred" ? "" : it.given })) };
  answers.of = async (name) => (name === "notices" ? lacking : KEPT[name]);
  show(at("notices"));
  const draft = await screen.findByRole<HTMLButtonElement>("button", { name: "Draft them again" });
  expect(draft.disabled).toBe(true);
  expect(screen.getByText(/^Fill in: .*what happened, in general/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Fill in an example" }));
  expect(screen.queryByText(/^Fill in: /)).toBeNull();
  expect(draft.disabled).toBe(false);
});

test("what is dropped on the window is taken in, and the page names no path", async () => {
  show(at("gather"));
  expect(await screen.findByText(/drop folders, ZIPs or log files/)).toBeDefined();
  act(() => void window.dispatchEvent(new CustomEvent(ASKED, { detail: "drag-over" })));
  expect(screen.getByText("Let go: they are taken in.")).toBeDefined();
  act(() => void window.dispatchEvent(new CustomEvent(ASKED, { detail: "dropped" })));
  await vi.waitFor(() => expect(answers.asked).toContainEqual(["gather_dropped", { incident: "I-2026-0001" }]));
});

test("a notice is looked at for a place or for a person before it is drafted", async () => {
  show(at("notices"));
  const person = await screen.findByRole("combobox", { name: /^Person/ });
  const one = views.notice_people.people[0];
  fireEvent.change(person, { target: { value: one?.number } });
  fireEvent.click(screen.getByRole("button", { name: "Fill in an example" }));
  fireEvent.click(screen.getByRole("button", { name: "Look at it first" }));
  await vi.waitFor(() => expect(answers.asked.some(([name]) => name === "notice_preview")).toBe(true));
  const [, args] = answers.asked.find(([name]) => name === "notice_preview") ?? [];
  expect((args as { wanted: unknown }).wanted).toMatchObject({ place: views.notices.places[0]?.place, number: one?.number, spanish: false });
});

test("a decision not to notify needs its rule, who and why; the packet shows it with whether it stands", async () => {
  const { unmount } = show(at("assess"));
  const go = await screen.findByRole<HTMLButtonElement>("button", { name: "Document it", hidden: true });
  expect(go.disabled).toBe(true);
  const rule = screen.getByRole<HTMLSelectElement>("combobox", { name: "Under which rule?", hidden: true });
  const chosen = [...rule.options].find((it) => it.value !== "")?.value;
  fireEvent.change(rule, { target: { value: chosen } });
  fireEvent.change(screen.getByRole("textbox", { name: /^Who decided\?/, hidden: true }), { target: { value: "Ada Berg, officer" } });
  fireEvent.change(screen.getByRole("textbox", { name: "Why is nobody told?", hidden: true }), { target: { value: "Nobody was touched." } });
  fireEvent.click(go);
  await vi.waitFor(() =>
    expect(answers.asked).toContainEqual(["decide_not_to_notify", { incident: "I-2026-0001", rule: chosen, because: "Nobody was touched.", by: "Ada Berg, officer" }]),
  );
  unmount();
  show(at("packet"));
  const decided = views.incident_register.decisions[0];
  expect(await screen.findByText(decided?.because ?? "?")).toBeDefined();
  expect(screen.getByText(decided?.stands ? "It stands." : "It does not stand.")).toBeDefined();
});

test("files that nobody could read are listed under Scope, with why", async () => {
  answers.of = async (name) =>
    name === "incident_scope" ? { ...views.incident_scope, files: { taken: 5, read: 3, unread: { "it is encrypted": 2 } } } : KEPT[name];
  const { container } = show(at("scope"));
  expect(await screen.findByRole("row", { name: "it is encrypted 2" })).toBeDefined();
  expect(screen.getByText(/3 of 5 files/)).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("logs are fetched from the org whole, or only of the days with suspects", async () => {
  show(at("gather"));
  const fetch = await screen.findByRole("button", { name: "Fetch from the org" });
  fireEvent.click(fetch);
  await vi.waitFor(() => expect(answers.asked).toContainEqual(["gather_from_org", { incident: "I-2026-0001", suspects: false }]));
  fireEvent.click(screen.getByRole("checkbox", { name: /only of days on which something was found/ }));
  fireEvent.click(await screen.findByRole("button", { name: "Fetch from the org" }));
  await vi.waitFor(() => expect(answers.asked).toContainEqual(["gather_from_org", { incident: "I-2026-0001", suspects: true }]));
});
