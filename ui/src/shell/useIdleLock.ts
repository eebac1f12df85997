import { useEffect } from "react";

import { own } from "../api";
import { useView } from "../parts/useView";

/** The setting that says after how many minutes; what it can be, and what holds unless it is set. */
export const IDLE_SETTING = "lock.idle_minutes";
export const IDLE_MINUTES = ["5", "10", "15", "30", "60"] as const;
export const USUAL_MINUTES = "10";

/** How soon it is tried again while something is being done. */
const AGAIN_SECONDS = 5;
const TOUCHES = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Locks the vault when nobody has touched the window for a while, but never while something is being done: right after it. */
export function useIdleLock(onLocked: () => void): void {
  const settings = useView("settings", {});
  const kept = settings.data?.settings.find((it) => it.setting === IDLE_SETTING)?.value;
  const minutes = Number(kept ?? USUAL_MINUTES);
  useEffect(() => {
    const wait = () => setTimeout(() => void lock(), minutes * 60_000);
    let timer: ReturnType<typeof wait> | undefined = wait();
    const lock = async () => {
      const asked = timer;
      // A window that cannot ask shows what it would show after locking: nothing.
      const locked = await own.lockIfIdle().catch(() => true);
      if (locked) {
        onLocked();
      } else if (timer === asked && timer !== undefined) {
        timer = setTimeout(() => void lock(), AGAIN_SECONDS * 1_000);
      }
    };
    const touched = () => {
      clearTimeout(timer);
      timer = wait();
    };
    for (const touch of TOUCHES) {
      window.addEventListener(touch, touched, { passive: true });
    }
    return () => {
      clearTimeout(timer);
      timer = undefined;
      for (const touch of TOUCHES) {
        window.removeEventListener(touch, touched);
      }
    };
  }, [minutes, onLocked]);
}
