// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { CaseView, Duty } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { HowDue } from "../today/HowDue";
import { Extend } from "./Extend";

const asked = vi.hoisted(() => ({ args: [] as unknown[], kept: [] as unknown[], refuse: null as unknown }));
vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  call: async (name: string, args: unknown) => {
    if (name.endsWith("_form")) {
      return asked.kept.push([name, args]) && null;
    }
    asked.args.push(args);
    if (asked.refuse !== null) {
      throw asked.refuse;
    }
  },
}));
afterEach(() => {
  cleanup();
  asked.args = [];
  asked.kept = [];
  asked.refuse = null;
});

const kept = views.case_view as unknown as CaseView;
const ready: CaseView = { ...kept, deeds: kept.deeds.map((it) => (it.deed === "extend" ? { ...it, missing: null } : it)) };
const { request } = kept.request;

test("the time is extended with a reason, and not without", async () => {
  const { container } = show(<Extend found={ready} />);
  fireEvent.click(screen.getByText("Extend the time to answer"));
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Extend" });
  expect(button.disabled).toBe(true);
  expect(screen.getByText("Say why more time is needed.")).toBeDefined();
  fireEvent.change(screen.getByRole("textbox", { name: /Why is more time needed/ }), { target: { value: " Two archives are at another site. " } });
  expect(await faults(container)).toEqual([]);
  fireEvent.click(button);
  await vi.waitFor(() => expect(asked.args).toEqual([{ request, because: "Two archives are at another site." }]));
  // While it was typed it was kept, and once it was done it was forgotten.
  const typed = { place: request, name: "extension", body: { because: " Two archives are at another site. " } };
  await vi.waitFor(() => expect(asked.kept.at(-1)).toEqual(["keep_form", { ...typed, body: null }]));
  expect(asked.kept).toContainEqual(["keep_form", typed]);
});

test("a refused extension says why and what to do", async () => {
  asked.refuse = { code: "extension_too_late", message: "The first days are over. Nothing was extended.", next_step: "Answer now; the request is overdue." };
  show(<Extend found={ready} />);
  fireEvent.click(screen.getByText("Extend the time to answer"));
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "Much to read." } });
  fireEvent.click(screen.getByRole("button", { name: "Extend" }));
  expect(await screen.findByText("Answer now; the request is overdue.")).toBeDefined();
});

test("an extended request says the new day and how it was computed", () => {
  const answer = kept.request.duties.find((it) => it.duty === "answer") as Duty;
  const later: Duty = { ...answer, duty: "answer_extended", due: "2027-01-31", path: ["90 calendar days after 2026-11-02 end on 2027-01-31"] };
  const extended = { ...kept.request, extension: { told_at: "2026-11-20T10:00:00Z", answer_by: "2027-01-31" }, duties: [...kept.request.duties, later] };
  show(<Extend found={{ ...ready, request: extended }} />);
  expect(screen.getByText(/Jan 31, 2027/)).toBeDefined();
  expect(screen.getByText(/90 calendar days after 2026-11-02/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Extend" })).toBeNull();
});

test("the day of the answer opens how it was computed", () => {
  show(<HowDue request={kept.request} due={kept.request.due_on ?? ""} />);
  fireEvent.click(screen.getByText(/Dec 17, 2026|20\d\d/, { selector: "summary" }));
  expect(screen.getByText(/45 calendar days after/)).toBeDefined();
});
