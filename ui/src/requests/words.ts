/** How the desk's words and days are written for people. Decides nothing: what it does not know is shown as it came. */

const KINDS: Record<string, string> = {
  "know-categories": "Know: categories",
  "know-specific": "Know: specific pieces",
  delete: "Delete",
  correct: "Correct",
  "opt-out": "Opt out",
  limit: "Limit use",
};

const STAGES: Record<string, string> = {
  open: "Opened",
  identity: "Identity checked",
  "carried-out": "Carried out",
};

export const kindInWords = (kind: string): string => KINDS[kind] ?? kind;

export const stageInWords = (stage: string): string => STAGES[stage] ?? stage.charAt(0).toUpperCase() + stage.slice(1);

const day = new Intl.DateTimeFormat("en-US", { weekday: "short", month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });

/** An ISO day (`2026-12-17`) as people write it: a day, not an instant, so no zone can move it. */
export function dayInWords(iso: string): string {
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? iso : day.format(at);
}
