// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import views from "./api/views/case.json";
import corrected from "./api/views/correction.json";
import incidents from "./api/views/incident.json";
import maps from "./api/views/map.json";
import lines from "./api/views/requests.json";
import { CaseScreen } from "./case/CaseScreen";
import { STEPS } from "./case/road";
import { ExerciseScreen } from "./exercise/ExerciseScreen";
import { IncidentScreen, ROOMS as ROAD } from "./incident/IncidentScreen";
import { MapScreen } from "./map/MapScreen";
import { Orgs } from "./orgs/Orgs";
import { ProblemNote } from "./parts/ProblemNote";
import { faults, show } from "./parts/testing";
import { NewRequest } from "./requests/NewRequest";
import { Settings } from "./settings/Settings";
import { Today } from "./today/Today";

vi.hoisted(() => localStorage.setItem("language", "es"));
const answers = vi.hoisted(() => ({ of: async (_name: string): Promise<unknown> => null }));
vi.mock("./api", async (real) => {
  const api = await real<typeof import("./api")>();
  return { ...api, call: (name: string) => answers.of(name), begin: (name: string) => answers.of(name), own: { ...api.own, keptKey: async () => ({ remembered: false }), start: async () => ({ version: "0.1.0" }) } };
});

const KEPT: Record<string, unknown> = { ...views, requests: lines, outcomes: null, locating: null, logo: null, latest_proof: null };

beforeEach(() => {
  answers.of = async (name) => KEPT[name];
});
afterEach(cleanup);

const go = () => {};
const ENGLISH = /\b(the|is|are|was|were|not|and|with|this|that|of|for|by|nothing|request|record)\b/i;

/** Where the words of others stand: names, values, titles of rules, a letter's own wording, kept filters. */
const FOREIGN = "bdi, [lang=en], .title, textarea, input, code, option, dd";

/** What an officer wrote. */
const WRITTEN = ["A token was stolen", "Nobody of them was touched."];

/** English that stands on the screen as if it were ours. */
function english(container: Element): string[] {
  const texts = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (texts.nextNode()) {
    const text = (texts.currentNode.textContent ?? "").replace(/[\w-]+(\.[\w-]+)+/g, ""); // ids of rules
    if (ENGLISH.test(text) && !WRITTEN.includes(text) && texts.currentNode.parentElement?.closest(FOREIGN) === null) {
      found.push(text);
    }
  }
  return found;
}

/** What the law book's own sources say; titles of rules and their notes stay in the language of the law. */
const OF_THE_LAW = new Set([...incidents.latest_assessment.duties.map((it) => it.about), ...incidents.latest_assessment.exposure.assumptions]);

/** What is only known in English. */
const leftInEnglish = (container: Element): string[] =>
  [...container.querySelectorAll("[lang=en]:not(option)")]
    .filter((it) => it.closest(".how > p") === null)
    .map((it) => it.textContent ?? "")
    .filter((it) => !OF_THE_LAW.has(it));

const ROOMS: [string, ReactNode, RegExp][] = [
  ["today", <Today key="t" go={go} />, /Cómo se calculó/],
  ["new request", <NewRequest key="n" go={go} practice />, /Nombres/],
  ["orgs", <Orgs key="o" practice={false} />, /Conectar Salesforce/],
  ["settings", <Settings key="s" />, /Nombre legal/],
];

test.each(ROOMS)("%s speaks Spanish alone", async (_name, room, words) => {
  const { container } = show(room);
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
  expect(english(container)).toEqual([]);
  expect(leftInEnglish(container)).toEqual([]);
  expect(await faults(container)).toEqual([]);
});

test.each(STEPS.flatMap((step) => [[step, "deletion", views], [step, "correction", corrected]] as const))(
  "%s of a %s speaks Spanish alone",
  async (step, _kind, kept) => {
    answers.of = async (name) => ({ ...KEPT, ...(kept as Record<string, unknown>) })[name];
    const { container } = show(<CaseScreen request="R-2026-0001" step={step} go={go} />);
    expect(await screen.findByRole("heading", { level: 1, name: /R-2026-0001/ })).toBeDefined();
    await vi.waitFor(() => expect(screen.queryByText("Leyendo la bóveda …")).toBeNull());
    expect(english(container)).toEqual([]);
    expect(leftInEnglish(container)).toEqual([]);
  },
);

test.each(ROAD.map((step) => [step]))("an incident at %s speaks Spanish alone", async (step) => {
  answers.of = async (name) => ({ ...incidents, orgs: [] } as Record<string, unknown>)[name];
  const { container } = show(<IncidentScreen incident="I-2026-0001" step={step} go={go} practice />);
  expect(await screen.findByRole("heading", { level: 1, name: /I-2026-0001/ })).toBeDefined();
  await vi.waitFor(() => expect(screen.queryByText("Leyendo la bóveda …")).toBeNull());
  expect(english(container)).toEqual([]);
  expect(leftInEnglish(container)).toEqual([]);
});

test("the exercise and the data map speak Spanish alone", async () => {
  answers.of = async (name) => ({ ...incidents, ...maps, orgs: [] } as Record<string, unknown>)[name];
  const exercise = show(<ExerciseScreen incident="I-2026-0001" go={go} />);
  await vi.waitFor(() => expect(screen.queryByText("Leyendo la bóveda …")).toBeNull());
  expect(english(exercise.container)).toEqual([]);
  exercise.unmount();
  const map = show(<MapScreen org="practice" object="Contact" incident={null} go={go} />);
  await vi.waitFor(() => expect(screen.queryByText("Leyendo la bóveda …")).toBeNull());
  expect(english(map.container)).toEqual([]);
  expect(leftInEnglish(map.container)).toEqual([]);
});

test("why a record is theirs, what a deed was and what was looked at are said in Spanish", async () => {
  const { unmount } = show(<CaseScreen request="R-2026-0001" step="review" go={go} />);
  expect(await screen.findByText(/contiene ana\.lindqvist@example\.com, el correo de la persona\./)).toBeDefined();
  unmount();
  const timeline = show(<CaseScreen request="R-2026-0001" step="timeline" go={go} />);
  expect(await screen.findByRole("rowheader", { name: "Localizada" })).toBeDefined();
  expect(screen.getByText(/encontrado: exactas 7, posibles 1 · .*llamadas a la API: 7/)).toBeDefined();
  timeline.unmount();
  show(<CaseScreen request="R-2026-0001" step="locate" go={go} />);
  expect((await screen.findAllByText(/Se filtró, y cada fila se comparó aquí\./)).length).toBeGreaterThan(0);
});

test("a problem is told in Spanish with its particulars; a sentence nobody translated is marked as English", async () => {
  const problem = { code: "not_complied", message: "3 records are not as the plan says. The request stays open.", next_step: "Carry out the rest, or close it as partially_granted." };
  const { container } = show(<ProblemNote problem={problem} />);
  expect(screen.getByRole("alert").textContent).toBe(
    "Problema. 3 registros no están como dice el plan. La solicitud sigue abierta.Qué hacer. Ejecute el resto, o ciérrela como cumplida en parte.",
  );
  expect(english(container)).toEqual([]);
  cleanup();
  show(<ProblemNote problem={{ code: "new", message: "A wholly new fault. Nothing was changed.", next_step: "Try again." }} />);
  expect(screen.getByText("A wholly new fault.").getAttribute("lang")).toBe("en");
  expect(screen.getByText(/No se cambió nada\./)).toBeDefined();
});

test("a refused deed says in Spanish what went wrong and what to do", async () => {
  answers.of = async (name) => {
    if (name === "locate") {
      throw { code: "org_timed_out", message: "The org did not answer in time. Nothing was changed in Salesforce; what was read so far is kept.", next_step: "Check the network connection and run the command again; it goes on where it stopped." };
    }
    return KEPT[name];
  };
  show(<CaseScreen request="R-2026-0001" step="locate" go={go} />);
  fireEvent.click(await screen.findByRole("button", { name: /Localizar otra vez/ }));
  expect((await screen.findByRole("alert")).textContent).toMatch(/La org no respondió a tiempo\. No se cambió nada en Salesforce; lo leído hasta ahora se conserva\./);
});
