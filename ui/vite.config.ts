import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // The window opens the built page from inside the program: no server, no remote content.
  base: "./",
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 2000 },
  // The tests read the sources of the desk beside this folder; the built page reads nothing.
  server: { fs: { allow: [".."] } },
  // A busy machine is slow, not wrong.
  test: { environment: "jsdom", testTimeout: 60_000 },
});
