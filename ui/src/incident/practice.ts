/** When the theft of the practice org became known. */
export const PRACTICE_DISCOVERED = "2026-10-28T16:00:00Z";
