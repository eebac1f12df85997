import { useEffect } from "react";

import { ASKED } from "./frame";

/** Hears what was chosen in the menu, by its id. */
export function useAsked(heard: (id: string) => void): void {
  useEffect(() => {
    const hear = (event: Event) => heard(String((event as CustomEvent).detail)); // the frame sends only these
    window.addEventListener(ASKED, hear);
    return () => window.removeEventListener(ASKED, hear);
  }, [heard]);
}
