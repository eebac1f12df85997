// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { faults, show } from "../parts/testing";
import { FirstRun } from "./FirstRun";

const answers = vi.hoisted(() => ({
  start: async (): Promise<unknown> => null,
  unlock: async (): Promise<unknown> => null,
  createVault: vi.fn(async (): Promise<unknown> => ({ vault: "v", practice: true })),
  keptKey: async (): Promise<unknown> => ({ remembered: false }),
  unlockByKeptKey: async (): Promise<unknown> => null,
  practise: vi.fn(async (): Promise<unknown> => null),
}));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  return { ...api, own: { ...api.own, ...answers, start: () => answers.start(), unlock: () => answers.unlock(), keptKey: () => answers.keptKey(), unlockByKeptKey: () => answers.unlockByKeptKey() } };
});

afterEach(cleanup);

const START = { vault: null as string | null, new_vault: "Habeas/vault.habeas", new_practice_vault: "Habeas/practice.habeas", bundle: false, open: null as unknown, version: "0" };

test("a first start offers the doors, and nothing is wrong with them for a screen reader", async () => {
  answers.start = async () => START;
  const { container } = show(<FirstRun onUnlocked={() => {}} />);
  expect(await screen.findByRole("button", { name: "Practise" })).toBeDefined();
  expect(screen.getAllByRole("button")).toHaveLength(4);
  expect(await faults(container)).toEqual([]);
});

test("a practice vault is made only with a long passphrase typed twice", async () => {
  answers.start = async () => START;
  const unlocked = vi.fn();
  const { container } = show(<FirstRun onUnlocked={unlocked} />);
  fireEvent.click(await screen.findByRole("button", { name: "Practise" }));
  const create = screen.getByRole<HTMLButtonElement>("button", { name: "Create the vault" });
  expect(create.disabled).toBe(true);
  expect(screen.getByText("Use at least 12 characters.")).toBeDefined();
  fireEvent.change(screen.getByLabelText("Passphrase"), { target: { value: "seven calm otters read" } });
  expect(screen.getByText("Type the same passphrase twice.")).toBeDefined();
  fireEvent.change(screen.getByLabelText("The same again"), { target: { value: "seven calm otters read" } });
  expect(screen.getByText(/no way to recover/)).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(create);
  await vi.waitFor(() => expect(unlocked).toHaveBeenCalledOnce());
  expect(answers.createVault).toHaveBeenCalledWith("seven calm otters read", true, false);
  expect(answers.practise).toHaveBeenCalledWith(true);
});

test("a refused passphrase is cleared, explained, and can be typed again at once", async () => {
  answers.start = async () => ({ ...START, vault: "vault.habeas" });
  answers.unlock = async () => {
    throw { code: "wrong_passphrase", message: "It does not open. Nothing was changed.", next_step: "Try it again." };
  };
  const { container } = show(<FirstRun onUnlocked={() => {}} />);
  const field = await screen.findByLabelText<HTMLInputElement>("Passphrase");
  expect(screen.getByText("Type the passphrase first.")).toBeDefined();
  fireEvent.change(field, { target: { value: "wrong" } });
  fireEvent.click(screen.getByRole("button", { name: "Unlock the vault" }));
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.getByText("Try it again.")).toBeDefined();
  expect(field.value).toBe("");
  expect(document.activeElement).toBe(field);
  expect(await faults(container)).toEqual([]);
});

test("a key that the computer keeps opens; one that is refused says so, and the passphrase is still asked", async () => {
  answers.start = async () => ({ ...START, vault: "vault.habeas" });
  answers.keptKey = async () => ({ remembered: true });
  answers.unlockByKeptKey = async () => {
    throw { code: "no_kept_key", message: "Nothing was opened.", next_step: "Type the passphrase." };
  };
  const unlocked = vi.fn();
  const { container } = show(<FirstRun onUnlocked={unlocked} />);
  const button = await screen.findByRole("button", { name: "Unlock with this computer’s key store" });
  fireEvent.click(button);
  expect(await screen.findByText("Type the passphrase.")).toBeDefined();
  expect(document.activeElement).toBe(screen.getByLabelText("Passphrase"));
  expect(await faults(container)).toEqual([]);
  answers.unlockByKeptKey = async () => ({ vault: "v", practice: false });
  fireEvent.click(button);
  await vi.waitFor(() => expect(unlocked).toHaveBeenCalledWith({ vault: "v", practice: false }));
});

test("a computer without a key store asks for the passphrase and offers nothing else", async () => {
  answers.start = async () => ({ ...START, vault: "vault.habeas" });
  answers.keptKey = async () => {
    throw { code: "key_store", message: "The key store could not be used.", next_step: "Unlock it." };
  };
  show(<FirstRun onUnlocked={() => {}} />);
  expect(await screen.findByLabelText("Passphrase")).toBeDefined();
  expect(screen.queryByRole("button", { name: /key store/ })).toBeNull();
});
