// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { NewRequest } from "./NewRequest";

const opened = vi.hoisted(() => ({ with: [] as unknown[], signed: async (): Promise<unknown> => null }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const openRequest = async (request: unknown) => {
    opened.with.push(request);
    return { request: "R-2026-0009" };
  };
  const openSigned = async (...given: unknown[]) => {
    opened.with.push(given);
    return opened.signed();
  };
  return { ...api, call: async () => views.orgs, own: { ...api.own, openRequest, openSigned } };
});

beforeEach(() => {
  opened.with = [];
});
afterEach(cleanup);

async function pasting() {
  const shown = show(<NewRequest go={() => {}} practice={false} />);
  fireEvent.click(await screen.findByRole("button", { name: "Paste an email instead" }));
  return { ...shown, field: screen.getByRole("textbox", { name: /Paste an email/ }) };
}
const paste = (field: HTMLElement, text: string) => fireEvent.change(field, { target: { value: text } });
const value = (name: RegExp) => (screen.getByRole("textbox", { name }) as HTMLTextAreaElement).value;

test("a pasted email fills in what can be told from it and says what that was", async () => {
  const { field, container } = await pasting();
  paste(field, "From: Ana <ana@example.com>\r\nCall (415) 555-0101.");
  expect(screen.getByText(/1 email address and 1 phone number were filled in/)).toBeDefined();
  expect(value(/^Email addresses/)).toBe("ana@example.com");
  expect(await faults(container)).toEqual([]);
});

test("more than a million characters are cut, and the window says so", async () => {
  const { field } = await pasting();
  paste(field, `ana@example.com ${"x".repeat(1_500_000)} late@example.com`);
  expect(screen.getByText(/only the first million were read/)).toBeDefined();
  expect(value(/^Email addresses/)).toBe("ana@example.com");
});

test("control characters are left out and told", async () => {
  const { field } = await pasting();
  paste(field, "\u0000\u202eana@example.com\u0007");
  expect(screen.getByText(/Control characters in it were left out/)).toBeDefined();
  expect(value(/^Email addresses/)).toBe("ana@example.com");
});

test("where nothing is found it is said that nothing was filled in", async () => {
  const { field } = await pasting();
  paste(field, "please delete me");
  expect(screen.getByText(/Nothing was filled in/)).toBeDefined();
});

test("a picture is refused in words and changes nothing", async () => {
  const { field } = await pasting();
  const picture = new File([new Uint8Array([137, 80, 78, 71])], "letter.png", { type: "image/png" });
  const event = createEvent.paste(field, { clipboardData: { files: [picture], types: ["Files"] } });
  fireEvent(field, event);
  expect(event.defaultPrevented).toBe(true);
  expect(screen.getByText(/A picture cannot be read here, and nothing was filled in/)).toBeDefined();
  expect(value(/^Email addresses/)).toBe("");
});

test("a name of two hundred characters and one from right to left go to the desk as they were given", async () => {
  show(<NewRequest go={() => {}} practice={false} />);
  const names = await screen.findByRole("textbox", { name: /^Names/ });
  expect(names.getAttribute("dir")).toBe("auto");
  const long = "Ana ".repeat(49) + "Berg";
  fireEvent.change(names, { target: { value: `${long}\nآنا برغ` } });
  fireEvent.click(screen.getByRole("button", { name: "Open the request" }));
  await vi.waitFor(() => expect(opened.with).toHaveLength(1));
  expect(opened.with[0]).toMatchObject({ subject: { names: [long, "آنا برغ"] } });
});

const SIGNED = {
  request: "R-2026-0009", warnings: ["The key was given without its entry of the service directory: compare the agent's id yourself."],
  drp: { agent_id: "GOOD_AGENT", agent_request_id: "a-1", exercise: "deletion", verified_by_agent: ["email"], power_of_attorney: false },
};
const signed = "Open a signed request (Data Rights Protocol) …";

test("a signed request says who sent it, what they verified and what was not checked, then leads to the case", async () => {
  opened.signed = async () => SIGNED;
  const go = vi.fn();
  const { container } = show(<NewRequest go={go} practice={false} />);
  const button = await screen.findByRole("button", { name: signed });
  await vi.waitFor(() => expect(button).toHaveProperty("disabled", false));
  fireEvent.click(button);
  expect(await screen.findByRole("heading", { name: "R-2026-0009 is open" })).toBeDefined();
  // It came in now, to the second: nobody said otherwise.
  expect(opened.with).toEqual([[views.orgs[0]?.org, null]]);
  expect(screen.getByText("GOOD_AGENT")).toBeDefined();
  expect(screen.getByText("email address")).toBeDefined();
  expect(screen.getByText(/compare the agent's id yourself/)).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Go to the request" }));
  expect(go).toHaveBeenCalledWith({ at: "case", request: "R-2026-0009", step: "" });
});

test("a forged or late message opens nothing and says what to do; a dialog that was left changes nothing", async () => {
  opened.signed = async () => null;
  show(<NewRequest go={() => {}} practice={false} />);
  const button = await screen.findByRole("button", { name: signed });
  await vi.waitFor(() => expect(button).toHaveProperty("disabled", false));
  fireEvent.click(button);
  await vi.waitFor(() => expect(opened.with).toHaveLength(1));
  expect(screen.queryByRole("alert")).toBeNull();
  opened.signed = async () => {
    throw { code: "drp_expired", message: "The message expired. Nothing was opened.", next_step: "Give --received-at." };
  };
  await vi.waitFor(() => expect(screen.getByRole("button", { name: signed })).toHaveProperty("disabled", false));
  fireEvent.change(screen.getByLabelText(/When did it reach you/), { target: { value: "2026-11-20T10:00" } });
  fireEvent.click(button);
  expect(await screen.findByText(/Set above when the message came in/)).toBeDefined();
  expect(opened.with[1]).toEqual([views.orgs[0]?.org, new Date("2026-11-20T10:00").toISOString()]);
});
