import { useEffect } from "react";

/** How long nobody may touch the window before it locks itself. */
const IDLE_MINUTES = 10;
const TOUCHES = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Locks the vault when nobody has touched the window for a while. */
export function useIdleLock(lock: () => void): void {
  useEffect(() => {
    let timer = setTimeout(lock, IDLE_MINUTES * 60_000);
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(lock, IDLE_MINUTES * 60_000);
    };
    for (const touch of TOUCHES) {
      window.addEventListener(touch, touched, { passive: true });
    }
    return () => {
      clearTimeout(timer);
      for (const touch of TOUCHES) {
        window.removeEventListener(touch, touched);
      }
    };
  }, [lock]);
}
