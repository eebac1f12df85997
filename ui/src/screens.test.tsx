// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "./api/views/case.json";
import lines from "./api/views/requests.json";
import { CaseScreen } from "./case/CaseScreen";
import { STEPS } from "./case/road";
import { Help } from "./help/Help";
import { LawBook } from "./law/LawBook";
import { Orgs } from "./orgs/Orgs";
import { faults, show } from "./parts/testing";
import { NewRequest } from "./requests/NewRequest";
import { RequestList } from "./requests/RequestList";
import { Settings } from "./settings/Settings";
import { Today } from "./today/Today";

const answers = vi.hoisted(() => ({ of: async (_name: string): Promise<unknown> => null }));
vi.mock("./api", async (real) => {
  const api = await real<typeof import("./api")>();
  return { ...api, call: (name: string) => answers.of(name), begin: (name: string) => answers.of(name), own: { ...api.own, keptKey: async () => ({ remembered: false }), start: async () => ({ version: "0.1.0" }) } };
});

const KEPT: Record<string, unknown> = { ...views, requests: lines, outcomes: null, locating: null, latest_proof: null };

beforeEach(() => {
  answers.of = async (name) => KEPT[name];
});
afterEach(cleanup);

const go = () => {};
const ROOMS: [string, ReactNode, RegExp][] = [
  ["today", <Today key="t" go={go} />, /How this was computed/],
  ["requests", <RequestList key="r" go={go} />, /R-2026-0001/],
  ["new request", <NewRequest key="n" go={go} practice />, /Names/],
  ["orgs", <Orgs key="o" practice={false} />, /Connect Salesforce/],
  ["law book", <LawBook key="l" />, /rules?\.?$/],
  ["settings", <Settings key="s" />, /Legal name/],
  ["help", <Help key="h" />, /Keyboard/],
];

test.each(ROOMS)("%s: ready, and nothing wrong with it for a screen reader", async (_name, room, words) => {
  const { container } = show(room);
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
  expect(await faults(container)).toEqual([]);
});

test.each(STEPS.map((step) => [step]))("a case at %s: ready, and nothing wrong with it", async (step) => {
  const { container } = show(<CaseScreen request="R-2026-0001" step={step} go={go} />);
  expect(await screen.findByRole("heading", { level: 1, name: /R-2026-0001/ })).toBeDefined();
  await vi.waitFor(() => expect(screen.queryByText("Reading the vault …")).toBeNull());
  expect(await faults(container)).toEqual([]);
});

test.each(STEPS.map((step) => [step]))("a case at %s says that it reads, then what went wrong and what to do", async (step) => {
  const { unmount } = show(<CaseScreen request="R-2026-0001" step={step} go={go} />);
  expect(screen.getByText("Reading the vault …")).toBeDefined();
  unmount();
  answers.of = async () => {
    throw { code: "vault_locked", message: "The vault is locked.", next_step: "Unlock it." };
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
  // Neither can the masks be looked for.
  expect(screen.getAllByText("The person’s records were not located yet.")).toHaveLength(2);
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
