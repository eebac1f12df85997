import { w } from ".";

/** The desk's words as people read them. Decides nothing: a word that is not known is shown as it came. */
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).replaceAll("-", " ");

export const kindInWords = (kind: string): string => w.kinds[kind] ?? capital(kind);

/** A step of the road; the one that changes the org is named after what is asked. */
export const stepInWords = (step: string, kind: string): string =>
  (step === "delete" && kind !== "delete" ? w.road.changes[kind] : undefined) ?? w.road.steps[step] ?? capital(step);

export const stageInWords = (stage: string): string => w.stages[stage] ?? capital(stage);

/** A deed of the ledger, `request.carried_out`, as words. */
export const deedInWords = (deed: string): string => capital((deed.split(".").pop() ?? deed).replaceAll("_", " "));

/** The decision by which a match is taken for the person's, in a request of this kind. */
export const theirs = (kind: string): string => ({ delete: "delete", correct: "correct" })[kind] ?? "keep";

/** Where nothing is deleted, to keep a match only says that it is theirs. */
export const decisionInWords = (decision: string, kind: string): string =>
  decision === "keep" && kind !== "delete" ? w.review.theirs : (w.review.decisions[decision] ?? capital(decision));

/** A value of a field as people read it; empty is said, never left blank. */
export const valueInWords = (value: unknown): string =>
  value === null || value === undefined || value === ""
    ? w.parts.empty
    : typeof value === "string"
      ? value
      : typeof value === "boolean"
        ? value
          ? w.parts.yes
          : w.parts.no
        : String(value);
