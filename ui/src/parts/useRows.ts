import { useVirtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";

/** Of any number of rows of one height only those in sight of the frame, and a few beyond. */
export function useRows(frame: RefObject<HTMLElement | null>, count: number, height: number) {
  return useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 15,
    // Before the frame is measured, and where nothing ever is.
    initialRect: { width: 800, height: 600 },
  });
}
