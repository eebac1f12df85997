const EMAIL = /^[^@]{1,64}@[^@.]+(?:\.[^@.]+)+$/;

/** More than this is not read: an email of a person is shorter, and the form stays quick. */
export const LONGEST_PASTE = 1_000_000;
// Line ends are none: every system writes its own.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export type Pasted = { emails: string[]; phones: string[]; cut: boolean; control: boolean };

/** What can be told from a pasted email without guessing: addresses and phone numbers. Control characters are dropped. */
export function fromPaste(text: string): Pasted {
  const read = text.slice(0, LONGEST_PASTE);
  const plain = read.replace(CONTROL, " ");
  // Word by word: a search over the whole text would take seconds where a megabyte has no blank in it.
  const emails = plain
    .split(/[\s<>()[\],;:"']+/)
    .map((word) => word.replace(/[.!?]+$/, ""))
    .filter((word) => word.length <= 320 && EMAIL.test(word));
  const phones = plain.match(/(?:\+?1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g) ?? [];
  return {
    emails: [...new Set(emails.map((it) => it.toLowerCase()))],
    phones: [...new Set(phones.map((it) => it.trim()))],
    cut: text.length > LONGEST_PASTE,
    control: plain !== read,
  };
}

/** The lines of a field, without empty ones. */
export const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((it) => it.trim())
    .filter((it) => it !== "");
