import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, type RenderResult } from "@testing-library/react";
import axe from "axe-core";
import type { ReactNode } from "react";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 20_000 });

// jsdom lays nothing out, and a list of any length shows only what is in sight: a frame is as high as a small window here, a row as a line.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: (): number => 600 },
  clientWidth: { configurable: true, get: (): number => 800 },
});
for (const row of [HTMLTableRowElement, HTMLLIElement]) {
  Object.defineProperty(row.prototype, "offsetHeight", { configurable: true, get: (): number => 46 });
}

/** Shows a screen as the window does: with a fresh memory of views. */
export const show = (screen: ReactNode): RenderResult =>
  render(<QueryClientProvider client={new QueryClient()}>{screen}</QueryClientProvider>);

/** What axe finds wrong in what is shown, in words; colours are judged in the real window, where there is paint. */
export async function faults(container: Element): Promise<string[]> {
  const seen = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return seen.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
