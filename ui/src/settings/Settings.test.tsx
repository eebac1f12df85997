// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Settings } from "./Settings";

const desk = vi.hoisted(() => ({ asked: [] as [string, unknown][], forms: [] as [string, unknown][], typed: null as unknown, refuse: null as unknown, logo: null as unknown, providers: [] as unknown[], settings: {} as unknown, kept: (): unknown => ({ remembered: false }) }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const call = async (name: string, args: unknown) => {
    if (name === "settings") {
      return desk.settings;
    }
    if (name === "law_calendars") {
      return views.law_calendars;
    }
    if (name === "logo") {
      return desk.logo;
    }
    if (name === "providers") {
      return desk.providers;
    }
    if (name.endsWith("_form")) {
      return desk.forms.push([name, args]) && desk.typed;
    }
    desk.asked.push([name, args]);
    if (desk.refuse) {
      throw desk.refuse;
    }
    return name === "set" ? views.settings : desk.providers;
  };
  const keepKey = async (keep: boolean) => {
    desk.asked.push(["keep_key", { keep }]);
    desk.kept = () => ({ remembered: keep });
    return desk.kept();
  };
  const saveTable = async (table: unknown) => {
    desk.asked.push(["save_table", table]);
    return { file: "days.csv" };
  };
  const begin = async () => ({
    version: "9.8.7", newest: "9.9.0", newer: true, published_on: "2026-12-01", notes: "Finds more.",
    packages: [{ file: "habeas_9.9.0_amd64.deb", sha256: "0123abcd" }],
  });
  return { ...api, call, begin, own: { ...api.own, saveTable, keepKey, keptKey: async () => desk.kept(), start: async () => ({ version: "9.8.7" }) } };
});

beforeEach(() => {
  desk.asked = [];
  desk.forms = [];
  desk.typed = null;
  desk.logo = null;
  desk.settings = views.settings;
  desk.refuse = null;
  desk.kept = () => ({ remembered: false });
  desk.providers = views.providers;
});
afterEach(cleanup);

const picture = (name: string, bytes: number[]): File => Object.assign(new File([], name), { arrayBuffer: async () => new Uint8Array(bytes).buffer });

test("the second approval is a switch that saves itself", async () => {
  const { container } = show(<Settings />);
  fireEvent.click(await screen.findByRole("checkbox", { name: "A second person approves" }));
  await vi.waitFor(() => expect(desk.asked).toEqual([["set", { key: "policy.second_approval", text: "on" }]]));
  expect(await faults(container)).toEqual([]);
});

test("the key is kept in the computer's key store only where that is switched on, and taken out again", async () => {
  const { container } = show(<Settings />);
  const name = "Keep the key in this computer’s key store";
  const keep = await screen.findByRole<HTMLInputElement>("checkbox", { name });
  await vi.waitFor(() => expect(keep.disabled).toBe(false));
  expect(keep.checked).toBe(false);
  expect(screen.getByText(/whoever can use your session/)).toBeDefined();
  fireEvent.click(keep);
  await vi.waitFor(() => expect(keep.checked).toBe(true));
  await vi.waitFor(() => expect(keep.disabled).toBe(false));
  fireEvent.click(keep);
  await vi.waitFor(() => expect(keep.checked).toBe(false));
  expect(desk.asked).toEqual([["keep_key", { keep: true }], ["keep_key", { keep: false }]]);
  expect(await faults(container)).toEqual([]);
});

test("a computer without a key store says so beside the switch, which cannot be used", async () => {
  desk.kept = () => {
    throw { code: "key_store", message: "The system's key store could not be used.", next_step: "Go on typing the passphrase." };
  };
  show(<Settings />);
  expect(await screen.findByText(/could not be used.*Go on typing the passphrase/)).toBeDefined();
  expect(screen.getByRole("checkbox", { name: /key store/ })).toHaveProperty("disabled", true);
});

test("how soon the window locks is chosen, and ten minutes unless it was", async () => {
  show(<Settings />);
  const minutes = await screen.findByRole("combobox", { name: /Lock when nobody touches the window/ });
  expect(minutes).toHaveProperty("value", "10");
  fireEvent.change(minutes, { target: { value: "30" } });
  await vi.waitFor(() => expect(desk.asked).toEqual([["set", { key: "lock.idle_minutes", text: "30" }]]));
});

test("a logo is taken from a file, shown with its size, and taken away again", async () => {
  const { container } = show(<Settings />);
  const part = within(await screen.findByRole("region", { name: "Logo on letters" }));
  expect(await part.findByText("Letters have no logo.")).toBeDefined();
  const file = picture("logo.png", [137, 80, 78, 71]);
  desk.logo = { width: 300, height: 90, png: btoa("picture") };
  fireEvent.change(part.getByLabelText(/Choose a picture/), { target: { files: [file] } });
  expect(await part.findByText("300 by 90 pixels")).toBeDefined();
  expect(desk.asked).toEqual([["set_logo", { png: [137, 80, 78, 71] }]]);
  expect(await faults(container)).toEqual([]);
  fireEvent.click(part.getByRole("button", { name: "Take the logo away" }));
  await vi.waitFor(() => expect(desk.asked.at(-1)).toEqual(["set_logo", { png: null }]));
});

test("a picture that cannot be the logo is refused in words", async () => {
  desk.refuse = { code: "logo_unusable", message: "This file cannot be the logo. Nothing was changed.", next_step: "Choose a PNG picture of at most 1,200 by 600 pixels and 512 KB." };
  show(<Settings />);
  const part = within(await screen.findByRole("region", { name: "Logo on letters" }));
  fireEvent.change(await part.findByLabelText(/Choose a picture/), { target: { files: [picture("logo.gif", [71, 73, 70])] } });
  expect(await part.findByText("Choose a PNG picture of at most 1,200 by 600 pixels and 512 KB.")).toBeDefined();
});

test("a text that was typed and not saved stands in its field again, and leaving the field saves it", async () => {
  desk.typed = { typed: { "business.name": "Example Outfitters, Inc" } };
  const { container } = show(<Settings />);
  const name = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: /^Legal name(?!.*Spanish)/ });
  await vi.waitFor(() => expect(name.value).toBe("Example Outfitters, Inc"));
  expect(screen.getByText("typed, not saved yet")).toBeDefined();
  expect(await faults(container)).toEqual([]);
  fireEvent.change(name, { target: { value: "Example Outfitters, Inc." } });
  expect(desk.forms.at(-1)).toEqual(["keep_form", { place: "", name: "settings", body: { typed: { "business.name": "Example Outfitters, Inc." } } }]);
  fireEvent.blur(name);
  await vi.waitFor(() => expect(desk.asked).toEqual([["set", { key: "business.name", text: "Example Outfitters, Inc." }]]));
  await vi.waitFor(() => expect(desk.forms.at(-1)).toEqual(["keep_form", { place: "", name: "settings", body: { typed: {} } }]));
});

test("what Spanish letters say has a field of its own; what is no text of a letter has none", async () => {
  const { container } = show(<Settings />);
  const spanish = await screen.findByRole("textbox", { name: /^Sources, in Spanish letters/ });
  fireEvent.change(spanish, { target: { value: "Usted mismo" } });
  fireEvent.blur(spanish);
  await vi.waitFor(() => expect(desk.asked).toEqual([["set", { key: "privacy.sources.es", text: "Usted mismo" }]]));
  expect(screen.queryByRole("textbox", { name: /^Time zone, in Spanish/ })).toBeNull();
  expect(screen.queryByRole("textbox", { name: /^Proxy, in Spanish/ })).toBeNull();
  expect(await faults(container)).toEqual([]);
});

test("the days that do not count are shown by calendar, until when they are known, and can be saved", async () => {
  show(<Settings />);
  const which = await screen.findByRole("combobox", { name: "Calendar" });
  expect(which).toHaveProperty("value", "us-ca-state-office");
  expect(screen.getByText(/known from 2025 to 2028/)).toBeDefined();
  fireEvent.change(which, { target: { value: "us-federal" } });
  const table = screen.getByRole("table", { name: "Weekdays that do not count by us-federal", hidden: true });
  expect(within(table).getAllByText(/Juneteenth/)).toHaveLength(4);
  fireEvent.click(screen.getByRole("button", { name: "Save these days …" }));
  expect(await screen.findByText("Saved as days.csv")).toBeDefined();
  const federal = views.law_calendars.find((it) => it.calendar === "us-federal")?.closed ?? [];
  const rows = federal.map((it) => [it.on, it.name]);
  expect(desk.asked).toEqual([["save_table", { name: "us-federal", header: ["Day", "Holiday"], rows }]]);
});

test("the version is shown, and that nobody is asked for another one", async () => {
  show(<Settings />);
  expect(await screen.findByText("This is Habeas 9.8.7.")).toBeDefined();
  expect(screen.getByText(/never looks for updates/)).toBeDefined();
  const look = screen.getByRole<HTMLButtonElement>("button", { name: "Look for a newer version" });
  expect(look.disabled).toBe(true);
  expect(screen.getByText("Looking for updates is off: no address or no key is set.")).toBeDefined();
});

test("where an address and a key are set, a newer version is told with the hashes of its packages", async () => {
  const set = { ...views.settings, settings: [...views.settings.settings.filter((it) => !it.setting.startsWith("updates."))] };
  desk.settings = { settings: [...set.settings, ...["updates.address", "updates.key"].map((setting) => ({ setting, value: "set", value_es: null, about: "" }))] };
  const { container } = show(<Settings />);
  const look = await screen.findByRole<HTMLButtonElement>("button", { name: "Look for a newer version" });
  await vi.waitFor(() => expect(look.disabled).toBe(false));
  fireEvent.click(look);
  expect(await screen.findByText(/Version 9.9.0 was published on/)).toBeDefined();
  expect(screen.getByRole("row", { name: /habeas_9.9.0_amd64.deb 0123abcd/ })).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a retention that the law forbids is refused in words, and the others stay", async () => {
  desk.refuse = { code: "setting_unusable", message: "Nothing was changed.", next_step: "Give a whole number of months from 24 to 240." };
  show(<Settings />);
  const months = await screen.findByRole("textbox", { name: /Months records of requests are kept/ });
  fireEvent.change(months, { target: { value: "12" } });
  fireEvent.blur(months);
  expect(await screen.findByText("Give a whole number of months from 24 to 240.")).toBeDefined();
  expect(desk.asked).toEqual([["set", { key: "retention.records_months", text: "12" }]]);
});

test("an empty register says so, and a recipient is added", async () => {
  desk.providers = [];
  const { container } = show(<Settings />);
  expect(await screen.findByText(/The register is empty/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Add a recipient" }));
  const form = within(screen.getByRole("region", { name: "Add a recipient" }));
  const keep = form.getByRole("button", { name: "Keep this entry" });
  expect(keep).toHaveProperty("disabled", true);
  const write = (name: RegExp, value: string) => fireEvent.change(form.getByRole("textbox", { name }), { target: { value } });
  write(/^Name/, "Mailhouse Example");
  write(/^Contract/, "DPA 2026-03");
  write(/^How are they reached/, "privacy@mailhouse.example.com");
  write(/^Their apps/, "Mail Connector\n\n Letter Shop ");
  fireEvent.change(form.getByRole("spinbutton"), { target: { value: "900" } });
  expect(await faults(container)).toEqual([]);
  fireEvent.click(keep);
  const entry = {
    provider: "Mailhouse Example", role: "service-provider", contract: "DPA 2026-03", channel: "privacy@mailhouse.example.com",
    consumer_key: "email", systems: ["Mail Connector", "Letter Shop"], confirm_within_days: 365,
  };
  await vi.waitFor(() => expect(desk.asked).toEqual([["add_provider", { entry }]]));
});

test("a recipient is changed under its name, and taken out only after a second yes", async () => {
  const { container } = show(<Settings />);
  fireEvent.click(await screen.findByRole("button", { name: "Change Mailhouse Example" }));
  const form = within(screen.getByRole("region", { name: "Change Mailhouse Example" }));
  expect(form.getByRole("textbox", { name: /^Name/ })).toHaveProperty("readOnly", true);
  fireEvent.change(form.getByRole("combobox", { name: "What are they to you?" }), { target: { value: "contractor" } });
  fireEvent.click(form.getByRole("button", { name: "Keep this entry" }));
  await vi.waitFor(() => expect(desk.asked).toEqual([["change_provider", { entry: { ...views.providers[0], role: "contractor" } }]]));
  fireEvent.click(await screen.findByRole("button", { name: "Take out Mailhouse Example" }));
  expect(desk.asked).toHaveLength(1);
  expect(await faults(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: /Really take out Mailhouse Example/ }));
  await vi.waitFor(() => expect(desk.asked[1]).toEqual(["remove_provider", { name: "Mailhouse Example" }]));
});
