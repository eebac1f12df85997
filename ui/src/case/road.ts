import type { CaseView, RequestDeed } from "../api";
import { said } from "../words/said";

/** The steps of a case in their order. Which of them a kind of request has, and which may be done now, only the desk says. */
export const STEPS = ["identity", "locate", "review", "export", "delete", "letters", "seal", "timeline"] as const;
export type StepName = (typeof STEPS)[number];
export type Standing = "done" | "now" | "waiting" | "blocked";

/** The deed by which a step begins, and the one with which it is done. */
const DEEDS: Record<StepName, [RequestDeed, RequestDeed] | null> = {
  identity: ["identify", "identify"],
  locate: ["locate", "locate"],
  review: ["review", "review"],
  export: ["export", "export"],
  delete: ["rehearse", "prove"],
  letters: ["letter", "letter"],
  seal: ["close", "close"],
  timeline: null,
};

/** The steps that requests of this kind have. */
export const stepsOf = (found: CaseView): StepName[] =>
  STEPS.filter((name) => {
    const deeds = DEEDS[name];
    const confirmed = name === "identity" && knows(found, "confirm");
    return deeds === null || confirmed || knows(found, deeds[0]);
  });

/** Whether requests of this kind know a deed at all. */
export const knows = (found: CaseView, deed: RequestDeed): boolean => found.deeds.some((it) => it.deed === deed);

/** What is missing before a deed may be done; `null` when it may. */
export const missing = (found: CaseView, deed: RequestDeed): string | null =>
  inWords(found.deeds.find((it) => it.deed === deed)?.missing);

const inWords = (missing: string | null | undefined): string | null => (missing === null || missing === undefined ? null : said(missing));

const done = (found: CaseView, deed: RequestDeed): boolean => found.deeds.some((it) => it.deed === deed && it.done);

/** How far a step has come; a step without a deed of its own has no standing. */
export function standing(found: CaseView, step: StepName): Standing | null {
  const deeds = DEEDS[step];
  if (deeds === null) {
    return null;
  }
  const [first, last] = knows(found, deeds[0]) ? deeds : (["confirm", "confirm"] as const);
  if (done(found, last)) {
    return "done";
  }
  if (first !== last && done(found, first)) {
    return "now";
  }
  return missing(found, first) === null ? "waiting" : "blocked";
}

/** The step at which a case is opened: the first that is not behind us. */
export const stepFor = (found: CaseView): StepName =>
  stepsOf(found).find((name) => {
    const beside = name === "export" && knows(found, "rehearse");
    const behind = standing(found, name) === "done";
    return !beside && !behind && name !== "timeline";
  }) ?? "seal";
