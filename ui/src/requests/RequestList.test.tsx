// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

// Written by the desk's own tests, so that a fake cannot drift from the truth.
import lines from "../api/views/requests.json";
import { RequestList } from "./RequestList";

const answer = vi.hoisted(() => ({ requests: async (): Promise<unknown> => [] }));
vi.mock("../api", async (real) => ({ ...(await real<typeof import("../api")>()), requests: () => answer.requests() }));

afterEach(cleanup);

test("every request of the vault stands in the table with its due day", async () => {
  answer.requests = async () => lines;
  render(<RequestList vault={{ vault: "v", practice: true }} />);
  expect(await screen.findByRole("row", { name: /R-2026-0001/ })).toBeDefined();
  expect(screen.getAllByRole("row")).toHaveLength(lines.length + 1);
  expect(screen.getByText(/nothing here is about real people/)).toBeDefined();
});

test("an empty vault says what to do first", async () => {
  answer.requests = async () => [];
  render(<RequestList vault={{ vault: "v", practice: false }} />);
  expect(await screen.findByText(/No requests yet/)).toBeDefined();
});

test("a refused deed shows what happened and the next step", async () => {
  answer.requests = async () => {
    throw { code: "vault_locked", message: "The vault is locked. Nothing was read.", next_step: "Unlock it." };
  };
  render(<RequestList vault={{ vault: "v", practice: false }} />);
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.getByText("Unlock it.")).toBeDefined();
});
