// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { CaseView } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Dates } from "./Dates";
import { Known } from "./Known";

afterEach(cleanup);

const kept = views.case_view as unknown as CaseView;
const told = (more: Partial<CaseView["request"]>): CaseView => ({ ...kept, request: { ...kept.request, ...more } });
const earlier = (request: string, open: boolean) => ({
  request, kind: "delete", received_on: "2026-10-02", stage: open ? "located" : "closed", outcome: open ? null : "granted", open, same: ["email"],
});

test("an open twin, an earlier request, the right to refuse, a hold and an instructed provider are all said", async () => {
  const went = vi.fn();
  const found = told({
    known: {
      duplicates: ["R-2026-0007"],
      earlier: [earlier("R-2026-0007", true), earlier("R-2026-0003", false)],
      may_refuse: [{ because: ["Two were answered within twelve months."], citation: "Cal. Civ. Code § 1798.130(b)", rule: "us-ca.request.cap" }],
    },
    hold: { reference: "SFPD 26-118", from: "2026-11-01", until: "2027-01-30", renewed_on: [] },
    warnings: ["Mailhouse Example was not told about this request."],
    providers: [
      { provider: "Example Mail", role: "contractor", action: "delete", sent_at: "2026-11-05T10:00:00Z", confirm_by: "2026-11-15", state: "overdue", answered_at: null, because: "", letter_sha256: "" },
    ],
  });
  const { container } = show(<Known found={found} go={went} />);
  const note = within(screen.getByRole("region", { name: "Known about this request" }));
  for (const said of [/Cal\. Civ\. Code § 1798\.130\(b\)/, /SFPD 26-118/, /was not told/, /confirmation overdue/]) {
    expect(note.getByText(said)).toBeDefined();
  }
  expect(note.getByText(/Complied with/)).toBeDefined();
  fireEvent.click(note.getByRole("button", { name: "R-2026-0007" }));
  expect(went).toHaveBeenCalledWith({ at: "case", request: "R-2026-0007", step: "" });
  expect(await faults(container)).toEqual([]);
});

test("where nothing is known nothing is said", () => {
  const nothing = { known: { duplicates: [], earlier: [], may_refuse: [] }, hold: null, warnings: [], providers: [] };
  show(<Known found={told(nothing)} go={() => {}} />);
  expect(screen.queryByRole("region")).toBeNull();
});

test("the law stands open on a case that nobody touched, with what it asks for and where that stands, and folded later", () => {
  const fresh = { ...told({ acknowledged_at: null }), deeds: kept.deeds.map((it) => ({ ...it, done: false })) };
  show(<Dates found={fresh} />);
  expect(screen.getByText(/The law of California applies/)).toBeDefined();
  expect(screen.getByText("Cal. Civ. Code § 1798.105")).toBeDefined();
  const block = () => screen.getByText("Which law applies, and how the dates are computed").closest("details");
  expect(block()?.open).toBe(true);
  cleanup();
  show(<Dates found={kept} />);
  expect(block()?.open).toBe(false);
});
