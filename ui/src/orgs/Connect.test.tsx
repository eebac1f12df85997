// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { faults, show } from "../parts/testing";
import { Orgs } from "./Orgs";

const answers = vi.hoisted(() => ({ signIn: async (): Promise<unknown> => null, print: vi.fn(async () => undefined), orgs: [] as unknown[], check: null as unknown, looked: [] as unknown[] }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const begin = async (name: string, args: unknown) => {
    answers.looked.push([name, args]);
    return answers.check;
  };
  return { ...api, begin, call: async () => answers.orgs, own: { ...api.own, signIn: () => answers.signIn(), print: answers.print } };
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

test("an org that was just connected is looked at without a press, and says until when it keeps which logs", async () => {
  const org = { org: "alder", instance_url: "https://alder.example.com", username: "mina@example.com", user_id: "005", org_id: "00D" };
  const log = (type: string, ages_out_on: string | null) => ({ type, files: 2, from: "2026-11-20T00:00:00.000+0000", to: "2026-11-21T00:00:00.000+0000", ages_out_on });
  answers.check = { permissions: [], blind_spots: [], limits: [], logs: [log("Old", null), log("RestApi", "2026-12-20"), log("Login", "2026-12-19")] };
  answers.signIn = async () => {
    answers.orgs = [org];
    return org;
  };
  const { container } = show(<Orgs practice={false} />);
  fireEvent.change(await screen.findByLabelText("A short name for it"), { target: { value: "alder" } });
  fireEvent.change(screen.getByLabelText(/Consumer key/), { target: { value: "3MVG9" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in with the browser" }));
  const rows = within(await screen.findByRole("table", { name: /removes soonest/ })).getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    "Login2Fri, Nov 20, 2026 – Sat, Nov 21, 2026Sat, Dec 19, 2026",
    "RestApi2Fri, Nov 20, 2026 – Sat, Nov 21, 2026Sun, Dec 20, 2026",
    "Old2Fri, Nov 20, 2026 – Sat, Nov 21, 2026Not known: the org keeps them longer than 30 days",
  ]);
  expect(answers.looked).toEqual([["check_org", { name: "alder" }]]);
  expect(await faults(container)).toEqual([]);
  answers.orgs = [];
});
