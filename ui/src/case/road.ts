import type { CaseView } from "../api";

/** The steps of a case in their order. Which may be done now, only the desk says. */
export const STEPS = ["identity", "locate", "review", "export", "delete", "letters", "seal", "timeline"] as const;
export type StepName = (typeof STEPS)[number];
export type Standing = "done" | "now" | "waiting" | "blocked";

/** The deed of the desk by which a step begins. */
const BEGINS: Record<StepName, string> = {
  identity: "identify",
  locate: "locate",
  review: "review",
  export: "export",
  delete: "rehearse",
  letters: "letter",
  seal: "close",
  timeline: "seal",
};

/** From which stage on a step is behind us, in the desk's own words. */
const ORDER = ["open", "identity", "located", "reviewed", "exported", "rehearsed", "approved", "carried-out", "proved", "answered", "closed"];
const ENDS: Partial<Record<StepName, string>> = {
  locate: "located",
  review: "reviewed",
  delete: "proved",
  letters: "answered",
  seal: "closed",
};

/** What is missing before a deed may be done; `null` when it may. */
export const missing = (found: CaseView, deed: string): string | null =>
  found.deeds.find((it) => it.deed === deed)?.missing ?? null;

/** How far a step has come. */
export function standing(found: CaseView, step: StepName): Standing {
  const { stage, identity } = found.request;
  const end = ENDS[step];
  if (step === "identity" && identity !== null) {
    return "done";
  }
  if (end !== undefined && ORDER.indexOf(stage) >= ORDER.indexOf(end)) {
    return "done";
  }
  if (step === "timeline") {
    return "now";
  }
  if (step === "delete" && ["rehearsed", "approved", "carried-out"].includes(stage)) {
    return "now";
  }
  return missing(found, BEGINS[step]) === null ? "waiting" : "blocked";
}

/** The step at which a case is opened. */
export function stepFor(found: CaseView): StepName {
  const deletes = found.request.kind === "delete";
  switch (found.request.stage) {
    case "open":
      return found.deeds.some((it) => it.deed === "identify" && it.missing === null) ? "identity" : "locate";
    case "identity":
      return "locate";
    case "located":
      return "review";
    case "reviewed":
      return deletes ? "delete" : "export";
    case "exported":
      return deletes ? "delete" : "letters";
    case "rehearsed":
    case "approved":
    case "carried-out":
      return "delete";
    case "proved":
      return "letters";
    default:
      return "seal";
  }
}
