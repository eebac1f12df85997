const EMAIL = /^[^@]{1,64}@[^@.]+(?:\.[^@.]+)+$/;

/** What can be told from a pasted email without guessing: addresses and phone numbers. Control characters are dropped. */
export function fromPaste(text: string): { emails: string[]; phones: string[] } {
  const plain = text.slice(0, 1_000_000).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, " ");
  // Word by word: a search over the whole text would take seconds where a megabyte has no blank in it.
  const emails = plain
    .split(/[\s<>()[\],;:"']+/)
    .map((word) => word.replace(/[.!?]+$/, ""))
    .filter((word) => word.length <= 320 && EMAIL.test(word));
  const phones = plain.match(/(?:\+?1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/g) ?? [];
  return { emails: [...new Set(emails.map((it) => it.toLowerCase()))], phones: [...new Set(phones.map((it) => it.trim()))] };
}

/** The lines of a field, without empty ones. */
export const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((it) => it.trim())
    .filter((it) => it !== "");
