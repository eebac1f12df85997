// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { CaseView, PreviewView } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { faults, show } from "../parts/testing";
import { Preview } from "./Preview";

const desk = vi.hoisted(() => ({ preview: async (): Promise<unknown> => null }));
vi.mock("../api", async (real) => ({ ...(await real<typeof import("../api")>()), begin: () => desk.preview() }));
afterEach(cleanup);

const field = (name: string, value: string, more = {}) => ({ name, label: name, value, inference: false, withheld: false, masked: false, ...more });
const whole: PreviewView = {
  request: "R-2026-0001",
  records: 5_001,
  sections: [
    {
      object: "Contact",
      label: "Contact",
      label_plural: "Contacts",
      records: [
        {
          id: "0035g00000ANA01",
          origin: [["Kept in", "Salesforce, Contact"]],
          fields: [
            field("Email", "ana.lindqvist@example.com"),
            field("Description", "[a Social Security number is on file]", { withheld: true }),
            field("Notes", "Call [another person's name]", { masked: true }),
            field("Score", "7", { inference: true }),
          ],
        },
      ],
    },
    {
      object: "Task",
      label: "Task",
      label_plural: "Tasks",
      records: Array.from({ length: 5_000 }, (_, n) => ({ id: `00T5g${n}`, origin: [], fields: [field("Subject", `Call ${n}`)] })),
    },
  ],
  files: [
    { name: "contract.pdf", object: "Attachment", id: "00P1", bytes: 20_480, stays_out: false },
    { name: "scan.png", object: "Attachment", id: "00P2", bytes: null, stays_out: true },
  ],
  withheld: [{ object: "Contact", field: "Description", what: "a Social Security number", records: 1 }],
  not_exported: [{ object: "Case", id: "5001", because: "the org does not show this record any more" }],
  masked: 1,
  let_stand: 0,
  api_calls: { forecast: null, spent: 3 },
};

const kept = views.case_view as unknown as CaseView;
const shown = (missing: string | null) =>
  show(<Preview found={{ ...kept, deeds: kept.deeds.map((it) => ({ ...it, missing })) }} />);

test("the package stands there as the person will read it, section by section, with what is not shown and why", async () => {
  desk.preview = async () => whole;
  const { container } = shown(null);
  fireEvent.click(screen.getByRole("button", { name: "Look at the package" }));
  const contacts = within(await screen.findByRole("region", { name: "Contacts" }));
  const facts = contacts.getAllByRole("term").map((it) => `${it.textContent}: ${it.nextElementSibling?.textContent}`);
  expect(facts).toEqual([
    "Kept in: Salesforce, Contact",
    "Email: ana.lindqvist@example.com",
    "Description: [a Social Security number is on file] · withheld",
    "Notes: Call [another person's name] · masked",
    "Score (a conclusion drawn about them): 7",
  ]);
  expect(screen.getByText(/5,001 records in 2 sections, 2 attached files\./)).toBeDefined();
  expect(screen.getByText("Contact.Description:", { exact: false }).textContent).toContain("a Social Security number (1 record)");
  const files = within(screen.getByRole("region", { name: "Attached files" }));
  expect(files.getAllByRole("listitem").map((it) => it.textContent)).toEqual([
    "contract.pdf20 KB",
    "scan.pngsize not told · stays out, as decided, if it cannot be examined",
  ]);
  expect(within(screen.getByRole("region", { name: "Not exported" })).getByText(/does not show this record any more/)).toBeDefined();

  const tasks = screen.getByText("Tasks").closest("details");
  tasks!.open = true;
  fireEvent(tasks!, new Event("toggle"));
  const rows = within(await screen.findByRole("region", { name: "Tasks" })).getAllByRole("listitem");
  expect(rows.length).toBeLessThan(100); // of 5,000, only what is in sight
  expect(await faults(container)).toEqual([]);
});

test("what is missing, what went wrong and that there is nothing are each said", async () => {
  desk.preview = async () => ({ ...whole, records: 0, sections: [], files: [], withheld: [], not_exported: [] });
  shown("The person’s records were not located yet.");
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Look at the package" });
  expect(button.disabled).toBe(true);
  expect(screen.getByText("The person’s records were not located yet.")).toBeDefined();
  cleanup();

  shown(null);
  fireEvent.click(screen.getByRole("button", { name: "Look at the package" }));
  expect(await screen.findByText(/There is nothing in it/)).toBeDefined();
  desk.preview = async () => {
    throw { code: "org_unreachable", message: "The org cannot be reached.", next_step: "Check the network." };
  };
  fireEvent.click(screen.getByRole("button", { name: "Look at it again" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The org cannot be reached.");
});
