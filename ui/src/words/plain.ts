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
