// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "./api/views/case.json";
import incident from "./api/views/incident.json";
import map from "./api/views/map.json";
import lines from "./api/views/requests.json";
import { CaseScreen } from "./case/CaseScreen";
import { STEPS } from "./case/road";
import { CheckBundle } from "./check/CheckBundle";
import { ExerciseScreen } from "./exercise/ExerciseScreen";
import { Help } from "./help/Help";
import { IncidentList } from "./incident/IncidentList";
import { IncidentScreen } from "./incident/IncidentScreen";
import { NewIncident } from "./incident/NewIncident";
import { LawBook } from "./law/LawBook";
import { MapList } from "./map/MapList";
import { MapScreen } from "./map/MapScreen";
import { Orgs } from "./orgs/Orgs";
import { faults, show } from "./parts/testing";
import { NewRequest } from "./requests/NewRequest";
import { RequestList } from "./requests/RequestList";
import { Settings } from "./settings/Settings";
import { Today } from "./today/Today";

const answers = vi.hoisted(() => ({ of: async (_name: string): Promise<unknown> => null, verified: async (): Promise<unknown> => null }));
vi.mock("./api", async (real) => {
  const api = await real<typeof import("./api")>();
  return { ...api, call: (name: string) => answers.of(name), begin: (name: string) => answers.of(name), own: { ...api.own, keptKey: async () => ({ remembered: false }), start: async () => ({ version: "0.1.0" }), verifyBundle: () => answers.verified() } };
});

const LOCKED = { code: "vault_locked", message: "The vault is locked.", next_step: "Unlock it." };
const VERDICT = { verdict: "INTACT", signer: "5f0c", checks: [{ file: "ledger.json", outcome: "ok", because: null }], does_not_prove: ["That the clock was right."] };

const KEPT: Record<string, unknown> = { ...incident, ...map, ...views, requests: lines, outcomes: null, locating: null, logo: null, latest_proof: null };
/** A vault in which nothing was done yet. */
const EMPTY: Record<string, unknown> = {
  ...KEPT, agenda: { lines: [], clocks: 0 }, requests: [], orgs: [], providers: [], saved_views: [], law_calendars: [], law_rules: [], incidents: [], maps: [], exercise: null,
  incident: { ...incident.incident, stage: "gather", gathered: null, findings: null },
  map_overview: null,
};

beforeEach(() => {
  answers.of = async (name) => KEPT[name];
  answers.verified = async () => VERDICT;
});
afterEach(cleanup);

const go = () => {};
/** What each room says when it is ready, and what when there is nothing yet to show. */
const ROOMS: [string, ReactNode, RegExp, RegExp][] = [
  ["today", <Today key="t" go={go} />, /How this was computed/, /No requests yet\.|Nothing is due/],
  ["requests", <RequestList key="r" go={go} />, /R-2026-0001/, /No requests yet\./],
  ["new request", <NewRequest key="n" go={go} practice />, /Names/, /Connect an org/],
  ["incidents", <IncidentList key="i" go={go} practice />, /I-2026-0001/, /No incidents yet\./],
  ["open an incident", <NewIncident key="ni" go={go} practice />, /practice/, /Say in a few words what happened\./],
  ["an incident", <IncidentScreen key="in" incident="I-2026-0001" step="gather" go={go} practice />, /I-2026-0001/, /Gather/],
  ["maps", <MapList key="ml" go={go} />, /1 org|practice/, /No org is connected yet\./],
  ["a map", <MapScreen key="m" org="practice" object={null} incident={null} go={go} />, /An object opens its fields/, /No map of this org was built yet\./],
  ["a map's object", <MapScreen key="mo" org="practice" object="Contact" incident={null} go={go} />, /Contact/, /No map of this org was built yet\./],
  ["an exercise", <ExerciseScreen key="e" incident="I-2026-0001" go={go} />, /points?/, /No exercise was set for this incident\./],
  ["the start of an exercise", <ExerciseScreen key="es" incident={null} go={go} />, /Begin the exercise/, /needs the practice org/],
  ["orgs", <Orgs key="o" practice={false} />, /Look at it/, /No org is connected yet\./],
  ["law book", <LawBook key="l" />, /rules?\.?$/, /^0 rules$/],
  ["settings", <Settings key="s" />, /Legal name/, /The register is empty\./],
];

test.each(ROOMS)("%s: ready, and nothing wrong with it for a screen reader", async (_name, room, words) => {
  const { container } = show(room);
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
  await vi.waitFor(() => expect(screen.queryByText("Reading the vault …")).toBeNull());
  expect(await faults(container)).toEqual([]);
});

test.each(ROOMS)("%s: with nothing in the vault yet it says so, and what to do", async (_name, room, _ready, nothing) => {
  answers.of = async (name) => EMPTY[name];
  const { container } = show(room);
  expect((await screen.findAllByText(nothing)).length).toBeGreaterThan(0);
  expect(await faults(container)).toEqual([]);
});

test.each(ROOMS)("%s: while the vault is read it says so", async (_name, room) => {
  answers.of = () => new Promise(() => {});
  const { container } = show(room);
  expect(screen.getAllByText("Reading the vault …").length).toBeGreaterThan(0);
  expect(await faults(container)).toEqual([]);
});

test.each(ROOMS)("%s: what went wrong stands there, and what to do", async (_name, room) => {
  answers.of = async () => {
    throw LOCKED;
  };
  const { container } = show(room);
  expect((await screen.findAllByText("Unlock it.")).length).toBeGreaterThan(0);
  expect(await faults(container)).toEqual([]);
});

test("where more clocks run than today shows, it says so and leads to the list", async () => {
  const agenda = KEPT.agenda as { lines: unknown[] };
  answers.of = async (name) => (name === "agenda" ? { ...agenda, clocks: 1_234 } : KEPT[name]);
  const to = vi.fn();
  const { container } = show(<Today go={to} />);
  expect(await screen.findByText(`These are the ${agenda.lines.length} that are due soonest, of 1,234.`)).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "See every request" }));
  expect(to).toHaveBeenCalledWith({ at: "requests" });
});

test("help reads no vault: it is ready at once", async () => {
  answers.of = () => new Promise(() => {});
  const { container } = show(<Help />);
  expect(screen.getByRole("heading", { name: "Keyboard" })).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a bundle is checked: nothing yet, waiting, refused, and the verdict", async () => {
  const { container } = show(<CheckBundle />);
  const choose = screen.getByRole("button", { name: "Choose the file …" });
  expect(await faults(container)).toEqual([]);
  let give = (_of: unknown) => {};
  answers.verified = () => new Promise((found) => (give = found));
  fireEvent.click(choose);
  expect(await screen.findByText("Working …")).toBeDefined();
  expect(await faults(container)).toEqual([]);
  give(VERDICT);
  expect(await screen.findByRole("heading", { name: /^Intact/ })).toBeDefined();
  expect(await faults(container)).toEqual([]);
  answers.verified = async () => {
    throw LOCKED;
  };
  fireEvent.click(screen.getByRole("button", { name: "Choose the file …" }));
  expect(await screen.findByText("Unlock it.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test.each(STEPS.map((step) => [step]))("a case at %s: ready, and nothing wrong with it", async (step) => {
  const { container } = show(<CaseScreen request="R-2026-0001" step={step} go={go} />);
  expect(await screen.findByRole("heading", { level: 1, name: /R-2026-0001/ })).toBeDefined();
  await vi.waitFor(() => expect(screen.queryByText("Reading the vault …")).toBeNull());
  expect(await faults(container)).toEqual([]);
});

test.each(STEPS.map((step) => [step]))("a case at %s says that it reads, then what went wrong and what to do", async (step) => {
  const waiting = show(<CaseScreen request="R-2026-0001" step={step} go={go} />);
  expect(screen.getByText("Reading the vault …")).toBeDefined();
  expect(await faults(waiting.container)).toEqual([]);
  waiting.unmount();
  answers.of = async () => {
    throw LOCKED;
  };
  const { container } = show(<CaseScreen request="R-2026-0001" step={step} go={go} />);
  expect(await screen.findByText("Unlock it.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a deed that cannot be done yet says what is missing", async () => {
  const waiting = structuredClone(views.case_view);
  for (const deed of waiting.deeds) {
    deed.missing = "The person’s records were not located yet.";
  }
  answers.of = async (name) => (name === "case_view" ? waiting : KEPT[name]);
  show(<CaseScreen request="R-2026-0001" step="export" go={go} />);
  expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Write the package" })).disabled).toBe(true);
  // Neither can the masks be looked for, nor the package be looked at.
  expect(screen.getAllByText("The person’s records were not located yet.")).toHaveLength(3);
});

test("the law book finds a rule by every word that is typed, and says when there is none", async () => {
  show(<LawBook />);
  const search = await screen.findByRole("searchbox");
  fireEvent.change(search, { target: { value: "no rule says this" } });
  expect(await screen.findByText("0 rules")).toBeDefined();
});

test("in review a key decides the match in hand", async () => {
  const asked: string[] = [];
  answers.of = async (name) => {
    asked.push(name);
    return KEPT[name];
  };
  show(<CaseScreen request="R-2026-0001" step="review" go={go} />);
  const match = (await screen.findAllByRole("button", { pressed: true }))[0];
  fireEvent.keyDown(match as HTMLElement, { key: "n" });
  await vi.waitFor(() => expect(asked).toContain("choose"));
});
