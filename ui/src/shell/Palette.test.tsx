// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

// Written by the desk's own tests, so that a fake cannot drift from the truth.
import lines from "../api/views/requests.json";
import { show } from "../parts/testing";
import { Palette } from "./Palette";

// jsdom has no CSS of its own; the dialog only asks it to escape a selector.
vi.stubGlobal("CSS", { escape: (text: string) => text, supports: () => false });
vi.mock("../api", async (real) => {
  const many = Array.from({ length: 100_000 }, (_, n) => ({ ...lines[0], request: `R-2026-${String(n + 1).padStart(6, "0")}` }));
  return { ...(await real<typeof import("../api")>()), call: async (name: string) => (name === "requests" ? many : []) };
});
afterEach(cleanup);

test("among a hundred thousand requests the palette shows a few, and finds the one that is typed", async () => {
  const go = vi.fn();
  show(<Palette go={go} />);
  fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  expect(await screen.findByRole("menuitem", { name: "Today" })).toBeDefined();
  await vi.waitFor(() => expect(screen.getAllByRole("menuitem")).toHaveLength(100));
  fireEvent.change(screen.getByRole("searchbox"), { target: { value: "r-2026-098765" } });
  fireEvent.click(await screen.findByRole("menuitem", { name: /R-2026-098765/ }));
  expect(go).toHaveBeenCalledWith({ at: "case", request: "R-2026-098765", step: "" });
});
