// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { CaseView } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Review } from "./Review";

const told = vi.hoisted(() => ({ found: null as unknown, deeds: [] as [string, unknown][] }));
vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  call: async (name: string, args: unknown) => {
    if (name === "found") {
      return told.found;
    }
    if (name === "grounds_to_keep") {
      return [];
    }
    told.deeds.push([name, args]);
    return null;
  },
}));

const first = views.found.matches[0];
const open = { ...views.found, matches: views.found.matches.map((it) => ({ ...it, decision: null })) };
const kept = views.case_view as unknown as CaseView;
const ready: CaseView = { ...kept, deeds: kept.deeds.map((it) => (it.deed === "review" ? { ...it, missing: null } : it)) };
const { request } = kept.request;

beforeEach(() => {
  told.found = { ...open, questions: [{ question: "Q-1", kind: "namesake", matches: [first?.match], because: "They bear the subject's name. Are they the subject or a namesake?" }] };
  told.deeds = [];
});
afterEach(cleanup);

test("a question stands above the matches and is answered for each record", async () => {
  const { container } = show(<Review found={ready} />);
  const block = within(await screen.findByRole("region", { name: "Only you can decide" }));
  expect(block.getByText(/Are they the subject or a namesake/)).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(block.getByRole("button", { name: "No, someone else’s" }));
  const wanted = { object: first?.object, id: first?.id, decision: "not-this-person", reason: "answered in review" };
  await vi.waitFor(() => expect(told.deeds).toEqual([["choose", { request, choices: [wanted] }]]));
});

test("taking all exact matches is undone as one step", async () => {
  show(<Review found={ready} />);
  const undo = await screen.findByRole<HTMLButtonElement>("button", { name: "Undo the last step" });
  expect(undo.disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "Take all exact matches" }));
  await vi.waitFor(() => expect(undo.disabled).toBe(false));
  fireEvent.click(undo);
  const ids = open.matches.filter((it) => it.confidence === "exact" && !it.shared).map((it) => it.id);
  expect(ids.length).toBeGreaterThan(1);
  await vi.waitFor(() => expect(told.deeds.at(-1)).toEqual(["undecide", { request, ids }]));
  await vi.waitFor(() => expect(undo.disabled).toBe(true));
});

test("the window's own keys decide nothing and move nothing", async () => {
  show(<Review found={ready} />);
  const match = await screen.findByRole("button", { name: /Undecided/, pressed: true });
  for (const key of ["k", "n", "d"]) {
    expect(fireEvent.keyDown(match, { key, ctrlKey: true })).toBe(true); // not prevented
  }
  expect(told.deeds).toEqual([]);
  expect(fireEvent.keyDown(match, { key: "k" })).toBe(false);
});

test("of ten thousand matches only those in sight stand in the page, and the keys reach the last one", async () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({ ...first, match: `M-${n}`, id: `003${n}`, title: `Ana ${n}`, confidence: "exact", shared: false, decision: null }));
  told.found = { ...open, questions: [], matches: many };
  const { container } = show(<Review found={ready} />);
  fireEvent.focus(await screen.findByRole("button", { name: /Ana 0 / }));
  expect(screen.getAllByRole("button", { name: /Ana \d/ }).length).toBeLessThan(100);
  expect(await faults(container)).toEqual([]);
  fireEvent.keyDown(screen.getByRole("button", { name: /Ana 0 / }), { key: "ArrowDown" });
  expect(document.activeElement?.textContent).toContain("Ana 1 ");
  const frame = container.querySelector(".matches") as HTMLElement;
  Object.defineProperty(frame, "scrollHeight", { get: () => Number.parseFloat((frame.firstElementChild as HTMLElement).style.height) });
  frame.scrollTo = ((to: ScrollToOptions) => fireEvent.scroll(frame, { target: { scrollTop: to.top } })) as typeof frame.scrollTo;
  fireEvent.keyDown(document.activeElement as Element, { key: "End" });
  await vi.waitFor(() => expect(document.activeElement?.textContent).toContain("Ana 9999 "));
  fireEvent.keyDown(document.activeElement as Element, { key: "d" });
  await vi.waitFor(() => expect(told.deeds).toMatchObject([["choose", { choices: [{ id: "0039999" }] }]]));
});
