/** The only door of the screens to Rust. */
import { invoke } from "@tauri-apps/api/core";

import type { Problem } from "./types/Problem";
import type { RequestLine } from "./types/RequestLine";
import type { VaultView } from "./types/VaultView";

export type { Problem, RequestLine, VaultView };

/** The vault that this window opens, from the command that started it. */
export const vaultPath = (): Promise<string | null> => invoke("vault_path");

export const unlock = (passphrase: string): Promise<VaultView> => invoke("unlock", { passphrase });

export const requests = (): Promise<RequestLine[]> => invoke("requests");

/** What a refused deed throws: always a problem with a next step. */
export function asProblem(thrown: unknown): Problem {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "next_step" in thrown) {
    return thrown as Problem; // the desk sends exactly this shape
  }
  return {
    code: "window",
    message: "The window could not reach the program behind it. Nothing was changed.",
    next_step: "Close the window and open it again.",
  };
}
