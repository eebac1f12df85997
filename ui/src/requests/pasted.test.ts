import { expect, test } from "vitest";

import { fromPaste, lines } from "./pasted";

test("addresses and phone numbers are taken from a pasted email, once each, and nothing else", () => {
  const text = "From: Ana <Ana.Lindqvist@Example.com>\nPlease delete. Call (415) 555-0101 or ana.lindqvist@example.com\nOrder 1234567";
  const none = { cut: false, control: false };
  expect(fromPaste(text)).toEqual({ emails: ["ana.lindqvist@example.com"], phones: ["(415) 555-0101"], ...none });
  expect(fromPaste("a@example.com\r\n\tb@example.com").control).toBe(false);
});

test("a megabyte, control characters and direction overrides do no harm", () => {
  expect(fromPaste("x".repeat(2_000_000))).toEqual({ emails: [], phones: [], cut: true, control: false });
  expect(fromPaste("a\u202eb@example.com\u0000")).toEqual({ emails: ["b@example.com"], phones: [], cut: false, control: true });
});

test("empty lines of a field are no values", () => {
  expect(lines(" Ana \n\n B ")).toEqual(["Ana", "B"]);
});
