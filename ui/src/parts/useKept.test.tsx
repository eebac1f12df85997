// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useKept } from "./useKept";

const vault = vi.hoisted(() => ({ forms: new Map<string, unknown>(), full: false }));
vi.mock("../api", async (real) => {
  const call = async (deed: string, { place, name, body }: { place: string; name: string; body?: unknown }) => {
    const key = `${place} ${name}`;
    if (deed === "kept_form") {
      return vault.forms.get(key) ?? null;
    }
    if (vault.full) {
      throw { code: "disk_full", message: "The disk is full.", next_step: "Make room." };
    }
    return body === null ? vault.forms.delete(key) : vault.forms.set(key, body);
  };
  return { ...(await real<typeof import("../api")>()), call };
});

const EMPTY = { reason: "", scope: "" };
const open = (place = "R-2026-0001") => renderHook(() => useKept(place, "denial", EMPTY)).result;

beforeEach(() => {
  vault.forms.clear();
  vault.full = false;
});
afterEach(cleanup);

test("what was typed is there when the form is opened again, and nowhere else", async () => {
  const first = open();
  act(() => first.current.change({ reason: "late" }));
  act(() => first.current.change({ scope: "the invoices" }));
  await waitFor(() => expect(vault.forms.get("R-2026-0001 denial")).toEqual({ reason: "late", scope: "the invoices" }));
  const again = open();
  await waitFor(() => expect(again.current.form).toEqual({ reason: "late", scope: "the invoices" }));
  expect(again.current.begun).toBe(true);
  expect(open("R-2026-0002").current.form).toEqual(EMPTY);
});

test("a form that is done leaves nothing behind", async () => {
  const form = open();
  act(() => form.current.change({ reason: "late" }));
  act(() => form.current.forget());
  await waitFor(() => expect(vault.forms.size).toBe(0));
  expect(form.current.form).toEqual(EMPTY);
});

test("what is typed before the vault answers is not taken away by its answer", async () => {
  vault.forms.set("R-2026-0001 denial", { reason: "old", gone: "a field of another version" });
  const form = open();
  act(() => form.current.change({ reason: "new" }));
  await waitFor(() => expect(vault.forms.get("R-2026-0001 denial")).toEqual({ reason: "new" }));
  expect(form.current.form).toEqual({ reason: "new", scope: "" });
});

test("a form that cannot be kept says why and stays on the screen", async () => {
  vault.full = true;
  const form = open();
  act(() => form.current.change({ reason: "late" }));
  await waitFor(() => expect(form.current.problem?.message).toBe("The disk is full."));
  expect(form.current.form.reason).toBe("late");
});
