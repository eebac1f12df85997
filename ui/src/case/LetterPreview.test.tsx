// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { Page } from "../parts/pdf";
import { faults, show } from "../parts/testing";
import { LetterPreview } from "./LetterPreview";

const answers = vi.hoisted(() => ({ pages: async (): Promise<unknown> => [] }));
vi.mock("../api", async (real) => {
  const api = await real<typeof import("../api")>();
  return { ...api, own: { ...api.own, letterPreview: async () => new ArrayBuffer(8) } };
});
vi.mock("../parts/pdf", async (real) => {
  const pdf = await real<typeof import("../parts/pdf")>();
  return { pagesOf: (bytes: ArrayBuffer) => answers.pages().then((it) => it ?? pdf.pagesOf(bytes)) };
});

afterEach(cleanup);

const order = { request: "R-2026-0001", kind: "receipt", language: "en", filled: {}, wording: null };

test("each page is painted, numbered and can be heard", async () => {
  const pages: Page[] = [{ text: "Dear Ana", paint: () => {} }, { text: "Yours", paint: () => {} }];
  answers.pages = async () => pages;
  const { container } = show(<LetterPreview order={order} missing={null} />);
  fireEvent.click(screen.getByRole("button", { name: "Look at it first" }));
  expect(await screen.findByText("Page 2 of 2")).toBeDefined();
  expect(screen.getByText("Dear Ana")).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("bytes that are no PDF are a problem with a next step, and the letter can still be written", async () => {
  answers.pages = async () => null;
  const { container } = show(<LetterPreview order={order} missing={null} />);
  fireEvent.click(screen.getByRole("button", { name: "Look at it first" }));
  expect(await screen.findByText(/could not be shown/)).toBeDefined();
  expect(screen.getByText(/open it with another program/)).toBeDefined();
  expect(await faults(container)).toEqual([]);
});

test("a letter with an empty blank is not previewed; the blank is named", () => {
  show(<LetterPreview order={order} missing="Fill in: the reason." />);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Look at it first" }).disabled).toBe(true);
  expect(screen.getByText("Fill in: the reason.")).toBeDefined();
});
