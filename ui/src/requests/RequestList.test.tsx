// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the desk's own tests, so that a fake cannot drift from the truth.
import lines from "../api/views/requests.json";
import type { RequestFilter } from "../api";
import { faults, show } from "../parts/testing";
import { RequestList } from "./RequestList";

type View = RequestFilter & { name: string };
const text = (filter: string): RequestFilter => ({ filter, kind: "", stage: "", org: "" });
const desk = vi.hoisted(() => ({ requests: async (): Promise<unknown> => [], views: [] as View[], asked: [] as unknown[] }));
const saved = vi.hoisted(() => ({ table: undefined as { header: string[]; rows: string[][] } | undefined }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const saveTable = async (table: typeof saved.table) => {
    saved.table = table;
    return null;
  };
  const call = async (name: string, args: Record<string, string>) => {
    if (name === "requests") {
      return desk.requests();
    }
    if (name !== "saved_views") {
      desk.asked.push([name, args]);
    }
    return desk.views;
  };
  return { ...api, call, own: { ...api.own, saveTable } };
});

beforeEach(() => {
  desk.requests = async () => lines;
  desk.views = [];
  desk.asked = [];
});
afterEach(cleanup);

test("every request of the vault stands in the table with its due day, and opens its case", async () => {
  const go = vi.fn();
  const { container } = show(<RequestList go={go} />);
  expect(await screen.findByRole("row", { name: /R-2026-0001/ })).toBeDefined();
  expect(screen.getAllByRole("row")).toHaveLength(lines.length + 1);
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "R-2026-0001" }));
  expect(go).toHaveBeenCalledWith({ at: "case", request: "R-2026-0001", step: "" });
});

test("of a hundred thousand requests only those in sight stand in the page, the last one too when it is scrolled to", async () => {
  const many = Array.from({ length: 100_000 }, (_, n) => ({ ...lines[0], request: `R-2026-${String(n + 1).padStart(6, "0")}` }));
  desk.requests = async () => many;
  const { container } = show(<RequestList go={() => {}} />);
  expect(await screen.findByRole("row", { name: /R-2026-000001/ })).toBeDefined();
  expect(screen.getAllByRole("row").length).toBeLessThan(100);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("100001");
  expect(await faults(container)).toEqual([]);
  fireEvent.scroll(screen.getByRole("region", { name: "Requests" }), { target: { scrollTop: 100_000 * 46 } });
  const last = await screen.findByRole("row", { name: /R-2026-100000/ });
  expect(last.getAttribute("aria-rowindex")).toBe("100001");
  expect(screen.queryByRole("row", { name: /R-2026-000001/ })).toBeNull();
  expect(screen.getAllByRole("row").length).toBeLessThan(100);
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "R-2026-054321" } });
  expect(await screen.findByText("One request.")).toBeDefined();
  expect(screen.getAllByRole("row")).toHaveLength(2);
});

test("the filter keeps the rows that fit", async () => {
  show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "opt out" } });
  expect(screen.getAllByRole("row")).toHaveLength(2);
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "nothing like this" } });
  expect(screen.getByText("No request fits the filter.")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Show all requests" }));
  expect(screen.getAllByRole("row")).toHaveLength(lines.length + 1);
});

test("kind, stage and org narrow the list together, and are kept together", async () => {
  const like = (n: number, kind: string, stage: string, org: string) => ({ ...lines[0], request: `R-2026-100${n}`, kind, stage, org });
  desk.requests = async () => [like(1, "delete", "located", "main"), like(2, "delete", "open", "main"), like(3, "correct", "located", "main"), like(4, "delete", "located", "uk")];
  const { container } = show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("combobox", { name: "Kind" }), { target: { value: "delete" } });
  expect(screen.getAllByRole("row")).toHaveLength(4);
  fireEvent.change(screen.getByRole("combobox", { name: "Stage" }), { target: { value: "located" } });
  fireEvent.change(screen.getByRole("combobox", { name: "Org" }), { target: { value: "uk" } });
  expect(screen.getAllByRole("row")).toHaveLength(2);
  expect(screen.getByRole("row", { name: /R-2026-1004/ })).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Keep this filter …" }));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Under which name?" }).value).toBe("Delete their data, Located, uk");
  fireEvent.click(screen.getByRole("button", { name: "Keep" }));
  const of = { filter: "", kind: "delete", stage: "located", org: "uk" };
  await vi.waitFor(() => expect(desk.asked).toEqual([["save_view", { name: "Delete their data, Located, uk", of }]]));
});

test("an empty vault says what to do first", async () => {
  desk.requests = async () => [];
  const { container } = show(<RequestList go={() => {}} />);
  expect(await screen.findByText(/No requests yet/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Open the first request" })).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a refused deed shows what happened and the next step", async () => {
  desk.requests = async () => {
    throw { code: "vault_locked", message: "The vault is locked. Nothing was read.", next_step: "Unlock it." };
  };
  show(<RequestList go={() => {}} />);
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.getByText("Unlock it.")).toBeDefined();
});

test("a filter is kept in the vault under a name of its own", async () => {
  show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "opt out" } });
  fireEvent.click(screen.getByRole("button", { name: "Keep this filter …" }));
  const name = screen.getByRole("textbox", { name: "Under which name?" });
  fireEvent.change(name, { target: { value: "This week’s opt-outs" } });
  fireEvent.click(screen.getByRole("button", { name: "Keep" }));
  await vi.waitFor(() => expect(desk.asked).toEqual([["save_view", { name: "This week’s opt-outs", of: text("opt out") }]]));
});

test("a kept filter is chosen, renamed and forgotten", async () => {
  desk.views = [{ name: "This week", ...text("opt out") }];
  const { container } = show(<RequestList go={() => {}} />);
  fireEvent.click(await screen.findByRole("button", { name: "This week" }));
  expect(screen.getAllByRole("row")).toHaveLength(2);
  expect(screen.getByRole("button", { name: "This week" }).getAttribute("aria-pressed")).toBe("true");
  fireEvent.click(screen.getByRole("button", { name: "Rename “This week” …" }));
  fireEvent.change(screen.getByRole("textbox", { name: "Under which name?" }), { target: { value: "Opt-outs" } });
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Keep" }));
  await vi.waitFor(() => expect(desk.asked).toEqual([["rename_view", { name: "This week", to: "Opt-outs" }]]));
  fireEvent.click(await screen.findByRole("button", { name: "Forget “This week”" }));
  await vi.waitFor(() => expect(desk.asked).toContainEqual(["drop_view", { name: "This week" }]));
});

test("what is saved are exactly the rows that are shown, as they are shown", async () => {
  show(<RequestList go={() => {}} />);
  fireEvent.change(await screen.findByRole("searchbox"), { target: { value: "opt out" } });
  fireEvent.click(screen.getByRole("button", { name: "Save these rows as a file …" }));
  await vi.waitFor(() => expect(saved.table).toBeDefined());
  const shown = screen.getAllByRole("row").map((row) => [...row.children].map((cell) => cell.textContent));
  expect([saved.table?.header, ...(saved.table?.rows ?? [])]).toEqual(shown);
});
