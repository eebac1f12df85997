// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { CaseView, Plan } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Approve } from "./Approve";

const asked = vi.hoisted(() => ({ args: [] as unknown[] }));
vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  call: async (_name: string, args: unknown) => void asked.args.push(args),
}));

afterEach(() => {
  cleanup();
  asked.args = [];
});

const plan = views.plan.plan as unknown as Plan;
const digest = plan.digest;
const kept = views.case_view as unknown as CaseView;

/** The case under this policy, approved by these people. */
const found = (two: boolean, given: string[]): CaseView => ({
  ...kept,
  deeds: kept.deeds.map((it) => (it.deed === "approve" ? { ...it, missing: null } : it)),
  request: {
    ...kept.request,
    approved: given.length >= (two ? 2 : 1) ? digest : null,
    approval: {
      two_persons: two,
      given: given.map((by) => ({ by, at: "2026-11-03T18:00:00Z" })),
      missing: two && given.length < 2 ? "Somebody is missing." : null,
    },
  },
});

const open = (two: boolean, given: string[]) => show(<Approve found={found(two, given)} plan={plan}>{null}</Approve>);

test("without the policy one press approves, and nobody is asked for a name", async () => {
  open(false, []);
  expect(screen.queryByRole("textbox")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Approve this plan" }));
  await vi.waitFor(() => expect(asked.args).toEqual([{ request: kept.request.request, plan: digest, by: null }]));
});

test("with the policy nobody approves without a name, and the name goes along", async () => {
  const { container } = open(true, []);
  expect(screen.getByText(/Nobody has approved this plan yet/)).toBeDefined();
  const button = screen.getByRole("button", { name: "Approve this plan" });
  expect(button).toHaveProperty("disabled", true);
  expect(screen.getByText("Give your name.")).toBeDefined();
  fireEvent.change(screen.getByRole("textbox", { name: /Your name/ }), { target: { value: " Mina Oduya " } });
  expect(await faults(container)).toEqual([]);
  fireEvent.click(button);
  await vi.waitFor(() => expect(asked.args).toEqual([{ request: kept.request.request, plan: digest, by: "Mina Oduya" }]));
});

test("after the first of two it says who approved and that one more is missing; after both that it is approved", () => {
  open(true, ["Mina Oduya"]);
  expect(screen.getByText("Mina Oduya")).toBeDefined();
  expect(screen.getByText(/a second person of another name/)).toBeDefined();
  expect(screen.queryByText("This plan is approved.")).toBeNull();
  cleanup();
  open(true, ["Mina Oduya", "José Berg"]);
  expect(screen.getByText("This plan is approved.")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Approve this plan" })).toBeNull();
});
