// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { Unlock } from "./Unlock";

const answer = vi.hoisted(() => ({
  vaultPath: async (): Promise<string | null> => null,
  unlock: async (): Promise<unknown> => null,
}));
vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  vaultPath: () => answer.vaultPath(),
  unlock: () => answer.unlock(),
}));

afterEach(cleanup);

test("without a vault the window says how to name one", async () => {
  answer.vaultPath = async () => null;
  render(<Unlock onUnlocked={() => {}} />);
  expect(await screen.findByText(/No vault was named/)).toBeDefined();
});

test("the button says what is missing until there is a passphrase", async () => {
  answer.vaultPath = async () => "vault.habeas";
  render(<Unlock onUnlocked={() => {}} />);
  const button = await screen.findByRole<HTMLButtonElement>("button", { name: "Unlock the vault" });
  expect(button.disabled).toBe(true);
  expect(screen.getByText("Type the passphrase first.")).toBeDefined();
});

test("a refused passphrase is cleared, explained, and can be typed again at once", async () => {
  answer.vaultPath = async () => "vault.habeas";
  answer.unlock = async () => {
    throw { code: "wrong_passphrase", message: "It does not open. Nothing was changed.", next_step: "Try it again." };
  };
  render(<Unlock onUnlocked={() => {}} />);
  const field = await screen.findByLabelText<HTMLInputElement>("Passphrase");
  fireEvent.change(field, { target: { value: "wrong" } });
  fireEvent.click(screen.getByRole("button", { name: "Unlock the vault" }));
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.getByText("Try it again.")).toBeDefined();
  expect(field.value).toBe("");
  expect(document.activeElement).toBe(field);
});
