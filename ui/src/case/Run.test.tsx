// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { Answer, CaseView, Plan } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Run } from "./Run";

type Outcomes = Answer<"outcomes">;
const desk = vi.hoisted(() => ({ outcomes: null as unknown, stop: (): void => undefined }));
vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  call: async () => desk.outcomes,
  begin: (_name: string, _arguments: unknown, _run: string, say: (line: string) => void) => {
    say("Deleting: 2 records");
    return new Promise((_, refuse) => {
      desk.stop = () => refuse({ code: "stopped", message: "It was stopped.", next_step: "Run this again." });
    });
  },
}));
// jsdom has no CSS of its own; the dialog only asks it to escape a selector.
vi.stubGlobal("CSS", { escape: (text: string) => text, supports: () => false });
afterEach(cleanup);

const half: Outcomes = {
  request: "R-2026-0001",
  complete: false,
  so_far: { doing: "carrying_out", answered: 2, of: 1_200 },
  api_calls: { forecast: null, spent: 0 },
  outcomes: [
    { object: "Case", id: "5005g00000AAA01", outcome: "deleted", error: null },
    { object: "Case", id: "5005g00000AAA02", outcome: "failed", error: { code: "DELETE_FAILED", message: "Your attempt to delete it could not be completed" } },
    { object: "Contact", id: "0035g00000AAA01", outcome: "sent", error: null },
    ...Array.from({ length: 1_197 }, (_, n) => ({ object: "Task", id: `00T5g${n.toString().padStart(10, "0")}`, outcome: "waiting", error: null })),
  ],
};

test("while a run goes on each record says what the org answered, one line counts, and a run that did not end says so", async () => {
  const kept = views.case_view as unknown as CaseView;
  const plan = (views.plan as unknown as { plan: Plan }).plan;
  const count = plan.steps.filter((it) => it.deed === "delete").length;
  const { container } = show(<Run found={{ ...kept, deeds: kept.deeds.map((it) => ({ ...it, missing: null })) }} plan={plan} />);
  fireEvent.click(await screen.findByRole("button", { name: "Delete to the recycle bin" }));
  fireEvent.change(await screen.findByRole("textbox"), { target: { value: `delete ${count}` } });
  desk.outcomes = half;
  fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Delete to the recycle bin" }));

  const live = within(await screen.findByRole("region", { name: "Record by record" }));
  expect(live.getAllByRole("listitem").slice(0, 4).map((it) => it.textContent?.trim())).toEqual([
    "Case 5005g00000AAA01in the bin by this plan",
    "Case 5005g00000AAA02failed DELETE_FAILED: Your attempt to delete it could not be completed",
    "Contact 0035g00000AAA01sent, not answered yet",
    "Task 00T5g0000000000waiting",
  ]);
  expect(live.getAllByRole("listitem").length).toBeLessThan(100); // of 1,200, only what is in sight
  expect(screen.getAllByRole("status").map((it) => it.textContent)).toEqual([
    "Carrying out: Salesforce answered for 2 of 1,200 records.",
  ]);
  expect(screen.queryByRole("button", { name: "Bring them back" })).toBeNull();
  expect(await faults(container)).toEqual([]);

  desk.stop();
  expect(await screen.findByText(/This run did not end\. Salesforce answered for 2 of 1,200 records/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Bring them back" })).toBeDefined();
});
