import { expect, test } from "vitest";

import { dayInWords } from "./days";
import { deedInWords, kindInWords, stageInWords } from "./plain";

test("a day is written with its weekday and is never moved by a zone", () => {
  expect(dayInWords("2026-12-17")).toBe("Thu, Dec 17, 2026");
  expect(dayInWords("2026-01-01")).toBe("Thu, Jan 1, 2026");
});

test("what the screens do not know is shown as the desk said it", () => {
  expect(dayInWords("someday")).toBe("someday");
  expect(kindInWords("portability")).toBe("Portability");
  expect(stageInWords("carried-out")).toBe("Carried out");
  expect(stageInWords("half-done")).toBe("Half done");
  expect(deedInWords("request.carry_out_began")).toBe("Carry out began");
});
