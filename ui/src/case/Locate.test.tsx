// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { CaseView } from "../api";
// Written by the tests of the real window, so that a fake cannot drift from the truth.
import views from "../api/views/case.json";
import { show } from "../parts/testing";
import { Locate } from "./Locate";

vi.mock("../api", async (real) => ({
  ...(await real<typeof import("../api")>()),
  call: async () => ({ ...views.found, api_calls: { forecast: 41, spent: 38 } }),
  begin: async () => {
    throw { code: "stopped", message: "It was stopped.", next_step: "Locating goes on where it stopped." };
  },
}));
afterEach(cleanup);

test("what was spent stands beside the forecast, and a stopped search says that it goes on", async () => {
  const kept = views.case_view as unknown as CaseView;
  show(<Locate found={{ ...kept, deeds: kept.deeds.map((it) => ({ ...it, missing: null })) }} />);
  expect(await screen.findByText(/38 API calls used; 41 were forecast/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Locate again" }));
  expect(await screen.findByRole("button", { name: "Go on where it stopped" })).toBeDefined();
});
