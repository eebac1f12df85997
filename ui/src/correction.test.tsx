// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "./api/views/correction.json";
import { CaseScreen } from "./case/CaseScreen";
import { faults, show } from "./parts/testing";

const answers = vi.hoisted(() => ({ of: async (_name: string, _args: unknown): Promise<unknown> => null }));
vi.mock("./api", async (real) => {
  const api = await real<typeof import("./api")>();
  return { ...api, call: (name: string, args: unknown) => answers.of(name, args), begin: (name: string, args: unknown) => answers.of(name, args) };
});

/** The case as it stood before it was closed to further decisions: everything may be done. */
const open = structuredClone(views.case_view);
for (const deed of open.deeds) {
  Object.assign(deed, { missing: null });
}
const KEPT: Record<string, unknown> = { ...views, case_view: open };
const asked: [string, unknown][] = [];
const request = open.request.request;
const at = (step: string) => show(<CaseScreen request={request} step={step} go={() => {}} />);

beforeEach(() => {
  asked.length = 0;
  answers.of = async (name, args) => {
    asked.push([name, args]);
    return name === "correct" ? { request, items: views.contests, api_calls: { forecast: null, spent: 3 } } : KEPT[name];
  };
});
afterEach(cleanup);

test("contested values stand with both sides, the decision, and where else the value stands", async () => {
  const { container } = at("review");
  const mail = within(await screen.findByRole("region", { name: "Contact Email" }));
  expect(mail.getByText("Correct it as they say")).toBeDefined();
  expect(mail.getAllByText("Salesforce brings it up to date").length).toBeGreaterThan(0);
  const name = within(screen.getByRole("region", { name: "Contact LastName" }));
  expect(name.getByText("Leave it as it is")).toBeDefined();
  expect(name.getByText("I have been called Berg since May.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a value is taken with the others only when everything the law asks for is said", async () => {
  answers.of = async (name, args) => {
    asked.push([name, args]);
    return name === "contests" ? [] : name === "correct" ? { request, items: [], api_calls: { forecast: null, spent: 3 } } : KEPT[name];
  };
  const { container } = at("review");
  const go = await screen.findByRole<HTMLButtonElement>("button", { name: "Take this value" });
  expect(screen.getByText("Choose the record and the field.")).toBeDefined();
  const contact = views.found.matches.find((it) => it.object === "Contact");
  fireEvent.change(screen.getByLabelText("In which record?"), { target: { value: contact?.id } });
  fireEvent.change(screen.getByLabelText("Which field?"), { target: { value: "Email" } });
  expect(screen.getByText(contact?.fields.find((it) => it.field === "Email")?.value ?? "no such field")).toBeDefined();
  fireEvent.click(screen.getByLabelText("Leave it as it is"));
  expect(screen.getByText("Choose why it is left.")).toBeDefined();
  fireEvent.change(screen.getByLabelText("Why is it left?"), { target: { value: "impossible" } });
  expect(screen.getByText("Give the facts that show it is impossible.")).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByLabelText("Correct it as they say"));
  expect(screen.getByText("Write what it should be.")).toBeDefined();
  fireEvent.change(screen.getByLabelText("It should be"), { target: { value: "new@example.com" } });
  fireEvent.change(screen.getByLabelText(/How did you weigh it all/), { target: { value: "Her bill shows it." } });
  const bill = Object.assign(new File([], "bill.txt"), { arrayBuffer: async () => new Uint8Array([97, 98]).buffer });
  fireEvent.change(screen.getByLabelText(/Their documents/), { target: { files: [bill] } });
  expect(await screen.findByText("bill.txt")).toBeDefined();
  expect(go.disabled).toBe(false);
  fireEvent.click(go);
  await vi.waitFor(() => expect(asked.some(([name]) => name === "correct")).toBe(true));
  const given = asked.find(([name]) => name === "correct")?.[1] as { file: string; documents: [string, number[]][]; copies: boolean };
  const [item] = JSON.parse(given.file).corrections;
  expect(item).toMatchObject({ object: "Contact", field: "Email", claimed: "new@example.com", decision: "grant", basis: null });
  expect(item.evidence).toEqual([{ side: "consumer", document: "bill.txt" }]);
  expect(given.documents[0]?.[0]).toBe("bill.txt");
  expect(given.copies).toBe(true);
});

test("one value is changed, and the others are given again by the hashes of their documents", async () => {
  at("review");
  fireEvent.click(await screen.findByRole("button", { name: "Take Contact LastName off the list" }));
  await vi.waitFor(() => expect(asked.some(([name]) => name === "correct")).toBe(true));
  const given = asked.find(([name]) => name === "correct")?.[1] as { file: string };
  expect(JSON.parse(given.file).corrections.map((it: { field: string }) => it.field)).toEqual(["Email"]);
});

test.each(["delete", "letters", "seal"])("a correction at %s has nothing wrong with it for a screen reader", async (step) => {
  const { container } = at(step);
  expect(await screen.findByRole("heading", { level: 1, name: new RegExp(request) })).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a correction is rehearsed, run and proved as values, never as a deletion", async () => {
  const { container } = at("delete");
  fireEvent.click(await screen.findByRole("tab", { name: "1 Rehearse" }));
  expect(screen.getByText(/not kept/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Rehearse again" }));
  expect(await screen.findByRole("table", { name: `${views.rehearse.changes.length} values before and after` })).toBeDefined();
  fireEvent.click(screen.getByRole("tab", { name: "3 Run" }));
  expect(await screen.findByRole("button", { name: "Write the values" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Delete for good" })).toBeNull();
  fireEvent.click(screen.getByRole("tab", { name: "4 Prove" }));
  expect(await screen.findByRole("list", { name: "Every value that was set" })).toBeDefined();
  expect(screen.queryByText("purged but still visible")).toBeNull();
  expect(await faults(container)).toEqual([]);
});

const MASK = { mask: "K-1", object: "Case", id: "500", field: "Description", kind: "name", before: "ask Bo Nilsson", after: "ask [another person's name]", reason: "A person record of this case.", decision: null };

test("other people are shown as they stand and as they would be read; to leave one needs a reason", async () => {
  answers.of = async (name, args) => {
    asked.push([name, args]);
    return name === "masks" ? { request, masks: [MASK], undecided: 1, api_calls: { forecast: null, spent: 2 } } : KEPT[name];
  };
  const { container } = at("export");
  fireEvent.click(await screen.findByRole("button", { name: "Look for other people" }));
  expect(await screen.findByText("ask Bo Nilsson")).toBeDefined();
  expect(Object.keys(MASK)).toEqual(expect.arrayContaining(Object.keys(views.masks.masks[0] ?? MASK)));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Leave it" }).disabled).toBe(true);
  expect(await faults(container)).toEqual([]);
  fireEvent.change(screen.getByLabelText("Why may it stay?"), { target: { value: "joint holder" } });
  fireEvent.click(screen.getByRole("button", { name: "Leave it" }));
  expect(await screen.findByText("Left as it is")).toBeDefined();
  expect(asked.find(([name]) => name === "choose_masks")?.[1]).toMatchObject({ choices: [{ mask: "K-1", decision: "decline", reason: "joint holder" }] });
});
