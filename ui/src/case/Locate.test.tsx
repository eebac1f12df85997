// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { CaseView, LocatingView } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Locate } from "./Locate";

const desk = vi.hoisted(() => ({ locating: null as LocatingView | null, stop: (): void => undefined }));
vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  call: async (name: string) => (name === "locating" ? desk.locating : { ...views.found, api_calls: { forecast: 41, spent: 38 } }),
  begin: (_name: string, _arguments: unknown, _run: string, say: (line: string) => void) => {
    say("Locating: 5 questions, 3 calls used of about 41");
    return new Promise((_, refuse) => {
      desk.stop = () => refuse({ code: "stopped", message: "It was stopped.", next_step: "Locating goes on where it stopped." });
    });
  },
}));
afterEach(() => {
  cleanup();
  desk.locating = null;
});

const looking = (running: boolean): LocatingView => ({
  running,
  objects: [
    { object: "Account", label: "Account", state: "looked", records: 0 },
    { object: "Case", label: "Case", state: "waiting", records: 0 },
    { object: "Contact", label: "Contact", state: "looked", records: 2 },
    { object: "Visit__c", label: "Visit", state: "looking", records: 0 },
    ...Array.from({ length: 800 }, (_, n) => ({ object: `Other${n}__c`, label: `Other ${n}`, state: "waiting", records: 0 })),
  ],
  api_calls: { forecast: running ? 41 : null, spent: 3 },
});

const located = () => {
  const kept = views.case_view as unknown as CaseView;
  return show(<Locate found={{ ...kept, deeds: kept.deeds.map((it) => ({ ...it, missing: null })) }} />);
};

test("while it goes on each object stands there with its state, and a stopped search says how far it came and that it goes on", async () => {
  const { container } = located();
  expect(await screen.findByText(/38 API calls used; 41 were forecast/)).toBeDefined();
  desk.locating = looking(true);
  fireEvent.click(screen.getByRole("button", { name: "Locate again" }));
  const live = within(await screen.findByRole("region", { name: "Object by object" }));
  expect(live.getAllByRole("listitem").slice(0, 4).map((it) => it.textContent?.trim())).toEqual([
    "Visit Visit__c looking …",
    "Contact 2 records",
    "Account 0 records",
    "Case  waiting",
  ]);
  expect(live.getAllByRole("listitem").length).toBeLessThan(100); // of 804, only what is in sight
  expect(screen.getByText(/2 of 804 objects looked at/).textContent).toContain("3 API calls used; 41 were forecast.");
  expect(screen.getAllByRole("status").map((it) => it.textContent)).toEqual(["Locating: 5 questions, 3 calls used of about 41"]);
  expect(await faults(container)).toEqual([]);

  desk.locating = looking(false);
  desk.stop();
  expect(await screen.findByRole("button", { name: "Go on where it stopped" })).toBeDefined();
  expect(await screen.findByRole("region", { name: "How far it came" })).toBeDefined();
  expect(await screen.findByText(/3 API calls used\.$/)).toBeDefined();
});
