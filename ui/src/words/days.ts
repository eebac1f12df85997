import { w } from ".";

const day = new Intl.DateTimeFormat(w.locale, { weekday: "short", month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });

const said = new Map<string, string>();

/** An ISO day (`2026-12-17`) as people write it: a day, not an instant, so no zone can move it. A long list says few days often. */
export function dayInWords(iso: string): string {
  const known = said.get(iso);
  if (known !== undefined) {
    return known;
  }
  const at = new Date(`${iso}T00:00:00Z`);
  const words = Number.isNaN(at.getTime()) ? iso : day.format(at);
  said.set(iso, words);
  return words;
}

/** The value of a `datetime-local` field for this moment, in this computer's zone. */
export function localMinute(at: Date): string {
  const moved = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return moved.toISOString().slice(0, 16);
}
