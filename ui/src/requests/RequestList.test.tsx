// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

// Written by the desk's own tests, so that a fake cannot drift from the truth.
import lines from "../api/views/requests.json";
import { faults, show } from "../parts/testing";
import { RequestList } from "./RequestList";

const answer = vi.hoisted(() => ({ call: async (): Promise<unknown> => [] }));
const saved = vi.hoisted(() => ({ table: undefined as { header: string[]; rows: string[][] } | undefined }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const saveTable = async (table: typeof saved.table) => {
    saved.table = table;
    return null;
  };
  return { ...api, call: () => answer.call(), own: { ...api.own, saveTable } };
});

afterEach(cleanup);

test("every request of the vault stands in the table with its due day, and opens its case", async () => {
  answer.call = async () => lines;
  const go = vi.fn();
  const { container } = show(<RequestList go={go} />);
  expect(await screen.findByRole("row", { name: /R-2026-0001/ })).toBeDefined();
  expect(screen.getAllByRole("row")).toHaveLength(lines.length + 1);
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "R-2026-0001" }));
  expect(go).toHaveBeenCalledWith({ at: "case", request: "R-2026-0001", step: "" });
});

test("the filter keeps the rows that fit", async () => {
  answer.call = async () => lines;
  show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "opt out" } });
  expect(screen.getAllByRole("row")).toHaveLength(2);
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "nothing like this" } });
  expect(screen.getByText("No request fits the filter.")).toBeDefined();
});

test("an empty vault says what to do first", async () => {
  answer.call = async () => [];
  const { container } = show(<RequestList go={() => {}} />);
  expect(await screen.findByText(/No requests yet/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Open the first request" })).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a refused deed shows what happened and the next step", async () => {
  answer.call = async () => {
    throw { code: "vault_locked", message: "The vault is locked. Nothing was read.", next_step: "Unlock it." };
  };
  show(<RequestList go={() => {}} />);
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.getByText("Unlock it.")).toBeDefined();
});

test("a filter is kept under its own words, and used and forgotten again", async () => {
  localStorage.clear();
  answer.call = async () => lines;
  show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "opt out" } });
  fireEvent.click(screen.getByRole("button", { name: "Keep the filter “opt out”" }));
  cleanup();
  const { container } = show(<RequestList go={() => {}} />);
  fireEvent.click(await screen.findByRole("button", { name: "opt out" }));
  expect(screen.getAllByRole("row")).toHaveLength(2);
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Forget the filter “opt out”" }));
  expect(screen.queryByRole("button", { name: "opt out" })).toBeNull();
});

test("what is saved are exactly the rows that are shown, as they are shown", async () => {
  answer.call = async () => lines;
  show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "opt out" } });
  fireEvent.click(screen.getByRole("button", { name: "Save these rows as a file …" }));
  await vi.waitFor(() => expect(saved.table).toBeDefined());
  const shown = screen.getAllByRole("row").map((row) => [...row.children].map((cell) => cell.textContent));
  expect([saved.table?.header, ...(saved.table?.rows ?? [])]).toEqual(shown);
});
