import type { ReactNode } from "react";

/** A field with its name and, where it helps, a hint. */
export function Field({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <label>
      {name} {hint && <span className="hint">{hint}</span>}
      {children}
    </label>
  );
}
