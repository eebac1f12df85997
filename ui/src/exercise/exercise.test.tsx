// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { ExerciseView } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/incident.json";
import { faults, show } from "../parts/testing";
import { ExerciseScreen } from "./ExerciseScreen";

const answers = vi.hoisted(() => ({ of: async (_name: string): Promise<unknown> => null, asked: [] as [string, unknown][] }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const call = (name: string, args: unknown) => {
    answers.asked.push([name, args]);
    return answers.of(name);
  };
  return { ...api, call };
});

const KEPT = views.exercise as unknown as ExerciseView; // the file says texts where the type says words
const judged = { answer: ["x"], right: ["y"], points: 5, why: "Because of the logs.", citation: "Cal. Civ. Code § 1798.82" };
const DONE = { ...KEPT, next: null, points: 5 * KEPT.questions.length, of: 10 * KEPT.questions.length, questions: KEPT.questions.map((it) => ({ ...it, judged })) };

beforeEach(() => {
  answers.of = async (name) => ({ exercise: KEPT, incident_terms: views.incident_terms, orgs: [] })[name] ?? null;
  answers.asked = [];
});
afterEach(cleanup);

test("without a practice org an exercise cannot begin, and says so", async () => {
  const { container } = show(<ExerciseScreen incident={null} go={() => {}} />);
  expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Begin the exercise" })).disabled).toBe(true);
  expect(screen.getByText(/needs the practice org/)).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("an incident without an exercise says so; one that cannot be read says what to do", async () => {
  answers.of = async () => null;
  const none = show(<ExerciseScreen incident="I-2026-0001" go={() => {}} />);
  expect(screen.getByText("Reading the vault …")).toBeDefined();
  expect(await screen.findByText("No exercise was set for this incident.")).toBeDefined();
  none.unmount();
  answers.of = async () => {
    throw { code: "vault_locked", message: "The vault is locked.", next_step: "Unlock it." };
  };
  const { container } = show(<ExerciseScreen incident="I-2026-0001" go={() => {}} />);
  expect(await screen.findByText("Unlock it.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("the question in hand is answered once something is chosen, and no right answer is on the page before", async () => {
  const { container } = show(<ExerciseScreen incident="I-2026-0001" go={() => {}} />);
  const hand = KEPT.questions.find((it) => it.question === KEPT.next)!;
  expect(await screen.findByRole("heading", { name: new RegExp(hand.asks.replace("?", "\\?")) })).toBeDefined();
  const answer = screen.getByRole<HTMLButtonElement>("button", { name: "Answer" });
  expect(answer.disabled).toBe(true);
  expect(screen.queryByText("Where it stands") === null).toBe(KEPT.questions.every((it) => it.judged === null));
  expect(await faults(container)).toEqual([]);
  const input = container.querySelector<HTMLInputElement>("section.form input")!;
  if (input.type === "text" || input.type === "date") {
    fireEvent.change(input, { target: { value: input.type === "text" ? "12" : "2026-11-27" } });
  } else {
    fireEvent.click(input);
  }
  fireEvent.click(answer);
  await vi.waitFor(() => expect(answers.asked.some(([name, args]) => name === "answer_exercise" && (args as { question: string }).question === hand.question)).toBe(true));
});

test("the debrief has every question with what is right, why, and where it stands", async () => {
  answers.of = async (name) => ({ exercise: DONE, incident_terms: views.incident_terms })[name] ?? null;
  const { container } = show(<ExerciseScreen incident="I-2026-0001" go={() => {}} />);
  expect(await screen.findByRole("heading", { name: "Debrief" })).toBeDefined();
  expect(screen.getAllByText("Cal. Civ. Code § 1798.82")).toHaveLength(DONE.questions.length);
  expect(screen.getByText(`${DONE.points} of ${DONE.of} points`, { selector: ".result" })).toBeDefined();
  expect(await faults(container)).toEqual([]);
});
