// @vitest-environment jsdom
import { act, cleanup } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { show } from "../parts/testing";
import { useIdleLock } from "./useIdleLock";

const MINUTE = 60_000;
const desk = vi.hoisted(() => ({ minutes: null as string | null, busy: false, asked: 0 }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  const lockIfIdle = async () => {
    desk.asked += 1;
    return !desk.busy;
  };
  const call = async () => ({ settings: [{ setting: "lock.idle_minutes", value: desk.minutes, about: "" }] });
  return { ...api, call, own: { ...api.own, lockIfIdle } };
});

const locked = vi.fn();
function Idle() {
  useIdleLock(locked);
  return null;
}
const after = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));

beforeEach(async () => {
  vi.useFakeTimers();
  Object.assign(desk, { minutes: null, busy: false, asked: 0 });
  locked.mockReset();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("an untouched window locks after ten minutes; a touch begins them anew", async () => {
  show(<Idle />);
  await after(9 * MINUTE);
  window.dispatchEvent(new Event("keydown"));
  await after(9 * MINUTE);
  expect(locked).not.toHaveBeenCalled();
  await after(MINUTE);
  expect(locked).toHaveBeenCalledOnce();
});

test("while something is being done it stays open, and locks right after it", async () => {
  desk.busy = true;
  show(<Idle />);
  await after(45 * MINUTE);
  expect(desk.asked).toBeGreaterThan(1);
  expect(locked).not.toHaveBeenCalled();
  desk.busy = false;
  await after(5_000);
  expect(locked).toHaveBeenCalledOnce();
});

test("a touch while something is being done begins the minutes anew", async () => {
  desk.busy = true;
  show(<Idle />);
  await after(11 * MINUTE);
  window.dispatchEvent(new Event("pointermove"));
  desk.busy = false;
  await after(9 * MINUTE);
  expect(locked).not.toHaveBeenCalled();
  await after(MINUTE);
  expect(locked).toHaveBeenCalledOnce();
});

test("the vault's setting says how many minutes", async () => {
  desk.minutes = "30";
  show(<Idle />);
  await after(29 * MINUTE);
  expect(locked).not.toHaveBeenCalled();
  await after(2 * MINUTE);
  expect(locked).toHaveBeenCalledOnce();
});
