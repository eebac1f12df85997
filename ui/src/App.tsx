import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";

import type { VaultView } from "./api";
import { FirstRun } from "./first/FirstRun";
import { Shell } from "./shell/Shell";

/** The whole window: locked, or at work. Locking forgets every view that was read. */
export function App() {
  const [vault, setVault] = useState<VaultView | null>(null);
  const [queries, setQueries] = useState(() => new QueryClient());
  const lock = () => {
    setVault(null);
    setQueries(new QueryClient());
  };
  return (
    <QueryClientProvider client={queries}>
      {vault ? <Shell vault={vault} onLocked={lock} /> : <FirstRun onUnlocked={setVault} />}
    </QueryClientProvider>
  );
}
