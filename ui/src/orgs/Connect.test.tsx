// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { faults, show } from "../parts/testing";
import { Orgs } from "./Orgs";

const answers = vi.hoisted(() => ({ signIn: async (): Promise<unknown> => null, print: vi.fn(async () => undefined) }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  return { ...api, call: async () => [], own: { ...api.own, signIn: () => answers.signIn(), print: answers.print } };
});

afterEach(cleanup);

async function refused(code: string) {
  answers.signIn = async () => {
    throw { code, message: "Nobody was signed in.", next_step: "Ask." };
  };
  const shown = show(<Orgs practice={false} />);
  fireEvent.change(await screen.findByLabelText("A short name for it"), { target: { value: "alder" } });
  fireEvent.change(screen.getByLabelText(/Consumer key/), { target: { value: "3MVG9" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in with the browser" }));
  await screen.findByRole("alert");
  return shown;
}

test.each(["sign_in_app_not_installed", "sign_in_not_approved", "sign_in_refused"])("%s says what to send to the administrator", async (code) => {
  const { container } = await refused(code);
  const letter = screen.getByLabelText<HTMLTextAreaElement>(/What to send/);
  expect(letter.value).toContain("alder");
  expect(letter.value).toContain("3MVG9");
  expect(letter.value).toContain("Nobody was signed in");
  expect(await faults(container)).toEqual([]);
});

test("a sign-in that nobody answered needs no administrator", async () => {
  await refused("sign_in_timed_out");
  expect(screen.queryByLabelText(/What to send/)).toBeNull();
});

test("the administrator has a page of their own that can be printed", async () => {
  const { container } = show(<Orgs practice={false} />);
  fireEvent.click(await screen.findByRole("button", { name: "What your Salesforce administrator has to do" }));
  expect(screen.getByRole("heading", { level: 1, name: "For the Salesforce administrator" })).toBeDefined();
  expect(screen.getByRole("row", { name: /Bulk API Hard Delete/ })).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Print this page" }));
  expect(answers.print).toHaveBeenCalledOnce();
});
