import { expect, test } from "vitest";

import { strength } from "./strength";

test("length and variety make a passphrase stronger; repetition does not", () => {
  expect(strength("short")).toBe(0);
  expect(strength("aaaaaaaaaaaaaaaaaaaaaaaa")).toBe(1);
  expect(strength("seven otters")).toBeGreaterThanOrEqual(1);
  expect(strength("seven calm otters read aloud")).toBe(4);
});
