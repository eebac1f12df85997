import { w } from ".";

const day = new Intl.DateTimeFormat(w.locale, { weekday: "short", month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });

/** An ISO day (`2026-12-17`) as people write it: a day, not an instant, so no zone can move it. */
export function dayInWords(iso: string): string {
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? iso : day.format(at);
}

/** The value of a `datetime-local` field for this moment, in this computer's zone. */
export function localMinute(at: Date): string {
  const moved = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return moved.toISOString().slice(0, 16);
}
