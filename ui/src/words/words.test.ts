import { expect, test } from "vitest";

import { dayInWords } from "./days";
import { en } from "./en";
import { es } from "./es";
import { countsInWords, deedInWords, kindInWords, stageInWords } from "./plain";

test("a day is written with its weekday and is never moved by a zone", () => {
  expect(dayInWords("2026-12-17")).toBe("Thu, Dec 17, 2026");
  expect(dayInWords("2026-01-01")).toBe("Thu, Jan 1, 2026");
});

test("what the screens do not know is shown as the desk said it", () => {
  expect(dayInWords("someday")).toBe("someday");
  expect(kindInWords("portability")).toBe("Portability");
  expect(stageInWords("carried-out")).toBe("Carried out");
  expect(stageInWords("half-done")).toBe("Half done");
  expect(deedInWords("request.looked_at")).toBe("Looked at");
});

test("an entry of the ledger is said in words, and digests are left out", () => {
  expect(deedInWords("request.carry_out_began")).toBe("Carrying out began");
  const detail = { matches: { exact: 7, possible: 1 }, api_calls: 1234, plan: "ab".repeat(32), complete: true, points: ["email", "name"] };
  expect(countsInWords(detail)).toBe("found: exact 7, possible 1 · API calls: 1,234 · complete: yes · points: email, name");
});

/** Every place in a catalogue where a string, a list or a sentence with blanks stands. */
const places = (words: unknown, at = ""): string[] =>
  typeof words === "object" && words !== null && !Array.isArray(words)
    ? Object.entries(words).flatMap(([name, inner]) => places(inner, `${at}.${name}`))
    : [at];

test("Spanish says everything that English says, down to each word of the desk", () => {
  expect(places(es)).toEqual(expect.arrayContaining(places(en)));
  expect(places(en)).toEqual(expect.arrayContaining(places(es)));
  expect(es.help.parts).toHaveLength(en.help.parts.length);
  expect(es.admin.parts.map(([, steps]) => steps.length)).toEqual(en.admin.parts.map(([, steps]) => steps.length));
  expect(es.masks.left(1234, 1)).toContain("1,234");
});
