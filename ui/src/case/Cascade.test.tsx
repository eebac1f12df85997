// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import type { Hang, Step } from "../api";
import { faults, show } from "../parts/testing";
import { Cascade } from "./Cascade";
import { cascade } from "./branches";

afterEach(cleanup);

const step = (n: number, object: string, id: string, cause: Step["cause"]): Step => ({
  n, object, id, cause, deed: "delete", presence: "live", fields: [], because: "", last_modified: null,
});
const STEPS = [
  step(1, "EmailMessage", "02s1", "cascade"),
  step(2, "Task", "00T1", "cascade"),
  step(3, "Task", "00T2", "cascade"),
  step(4, "Case", "5001", "cascade"),
  step(5, "Contact", "0031", "asked"),
];
const HANGS: Hang[] = [
  { id: "02s1", on: "5001", field: "ParentId" },
  { id: "00T1", on: "0031", field: "WhoId" },
  { id: "00T2", on: "0031", field: "WhoId" },
  { id: "5001", on: "0031", field: "ContactId" },
];

test("every record stands once, under the one that it goes along with", () => {
  const [contacts, ...rest] = cascade(STEPS, HANGS);
  expect(rest).toEqual([]);
  expect([contacts?.object, contacts?.count]).toEqual(["Contact", 5]);
  const below = contacts?.twigs[0]?.branches.map((it) => [it.object, it.field, it.twigs.length, it.count]);
  expect(below).toEqual([["Task", "WhoId", 2, 2], ["Case", "ContactId", 1, 2]]);
});

test("records that hang on each other in a ring are shown, each once", () => {
  const ring = [step(1, "Case", "5001", "asked"), step(2, "Case", "5002", "asked")];
  const all = cascade(ring, [{ id: "5001", on: "5002", field: "ParentId" }, { id: "5002", on: "5001", field: "ParentId" }]);
  expect(all.reduce((sum, it) => sum + it.count, 0)).toBe(2);
});

test("the tree counts by object, and opens what goes along", async () => {
  const { container } = show(<Cascade steps={STEPS} hangs={HANGS} line={(it) => <p>{it.id}</p>} />);
  const contact = screen.getByText("Contact");
  expect(contact.closest("summary")?.textContent).toContain("and 4 records that go along with them");
  const open = (word: string) => {
    const details = screen.getByText(word).closest("details") as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event("toggle"));
  };
  open("Contact");
  expect((await screen.findByText("Task")).closest("summary")?.textContent).toContain("2 records through WhoId");
  open("Case");
  open("EmailMessage");
  expect(await screen.findByText("02s1")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});
