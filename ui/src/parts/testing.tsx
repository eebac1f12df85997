import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { configure, render, type RenderResult } from "@testing-library/react";
import axe from "axe-core";
import type { ReactNode } from "react";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 20_000 });

/** Shows a screen as the window does: with a fresh memory of views. */
export const show = (screen: ReactNode): RenderResult =>
  render(<QueryClientProvider client={new QueryClient()}>{screen}</QueryClientProvider>);

/** What axe finds wrong in what is shown, in words; colours are judged in the real window, where there is paint. */
export async function faults(container: Element): Promise<string[]> {
  const seen = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return seen.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
