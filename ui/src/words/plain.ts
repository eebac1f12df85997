import { w } from ".";

/** The desk's words as people read them. Decides nothing: a word that is not known is shown as it came. */
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).replaceAll("-", " ");

export const kindInWords = (kind: string): string => w.kinds[kind] ?? capital(kind);

/** A step of the road; the one that changes the org is named after what is asked. */
export const stepInWords = (step: string, kind: string): string =>
  (step === "delete" && kind !== "delete" ? w.road.changes[kind] : undefined) ?? w.road.steps[step] ?? capital(step);

export const stageInWords = (stage: string): string => w.stages[stage] ?? capital(stage);

/** A deed of the ledger, `request.carried_out`, as words. */
export const deedInWords = (deed: string): string =>
  w.ledger.deeds[deed] ?? capital((deed.split(".").pop() ?? deed).replaceAll("_", " "));

/** Who did it; the program calls the person at the keyboard the officer. */
export const actorInWords = (actor: string): string => w.ledger.values[actor] ?? actor;

/** What an entry of the ledger counts and names; digests and lists of ids stay in the sealed ledger. */
export const countsInWords = (detail: unknown): string =>
  parted(detail)
    .flatMap(([name, value]) => {
      const said = countInWords(value);
      return said === "" ? [] : [`${w.ledger.counts[name] ?? name.replaceAll("_", " ")}: ${said}`];
    })
    .join(" · ");

const parted = (value: unknown): [string, unknown][] => (typeof value === "object" && value !== null ? Object.entries(value) : []);

function countInWords(value: unknown): string {
  if (typeof value === "number") {
    return value.toLocaleString(w.locale);
  }
  if (typeof value === "boolean") {
    return valueInWords(value);
  }
  if (typeof value === "string") {
    return value.length <= 40 ? wordInWords(value) : "";
  }
  if (Array.isArray(value)) {
    return value.every((it) => typeof it === "string" && it.length <= 40) ? value.map((it) => wordInWords(String(it))).join(", ") : "";
  }
  const counts = parted(value);
  return counts.every(([, count]) => typeof count === "number")
    ? counts.map(([name, count]) => `${wordInWords(name)} ${Number(count).toLocaleString(w.locale)}`).join(", ")
    : "";
}

/** A word of the desk that several lists of the screens may know. */
const wordInWords = (word: string): string => {
  const { ledger, kinds, stages, outcomes, erase, seal, deny, review, letters } = w;
  const known = [ledger.values, outcomes, erase.outcomes, erase.certificate, seal.outcomes, deny.reasons, stages, letters.kinds, kinds, review.groups];
  const found = known.map((it) => it[word]).find((it) => it !== undefined) ?? ledger.counts[word];
  return found === undefined ? word.replaceAll("_", " ") : small(found);
};

const small = (text: string): string => (/^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

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
