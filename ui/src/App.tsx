import { useState } from "react";

import type { VaultView } from "./api";
import { RequestList } from "./requests/RequestList";
import { Unlock } from "./vault/Unlock";

/** The whole window: locked, or the list of requests. */
export function App() {
  const [vault, setVault] = useState<VaultView | null>(null);
  return vault ? <RequestList vault={vault} /> : <Unlock onUnlocked={setVault} />;
}
