/** The frame around the page: its menu, the size of everything, and the language. None of it says anything about a person. */
import { own } from "../api";
import { w } from "../words";
import type { Place } from "./place";

export const ZOOMS = [1, 1.25, 1.5, 2] as const;

/** What the menu asks the page to do. */
export const ASKED = "habeas-asked";

const kept = (name: string): string | null => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a page without a store begins anew each time
  }
};

export function zoomKept(): number {
  const factor = Number(kept("zoom") ?? "1");
  return ZOOMS.find((it) => it === factor) ?? 1;
}

/** Shows everything at this size, now and at the next start. */
export async function showAt(factor: number): Promise<void> {
  localStorage.setItem("zoom", String(factor));
  await own.zoom(factor);
}

/** The places that a menu leads to. */
export const PLACES: Record<string, Place> = {
  open: { at: "open" },
  today: { at: "today" },
  requests: { at: "requests" },
  check: { at: "check" },
  settings: { at: "settings" },
  help: { at: "help" },
};

/** Sets the size that was kept and the menu; outside the window, in a test, there is neither. */
export function frame(): void {
  const ignore = () => undefined;
  own.zoom(zoomKept()).catch(ignore);
  own.menu(parts(), asked).catch(ignore);
}

const parts = () => {
  const item = (id: string, name: string, key: string | null = null) => ({ id, name, key });
  const m = w.menu;
  return [
    {
      name: m.file,
      items: [
        item("open", m.newRequest, "CmdOrCtrl+N"), item("check", m.check), item("print", m.print, "CmdOrCtrl+P"), item("line", ""),
        item("lock", m.lock, "CmdOrCtrl+L"), item("quit", m.quit, "CmdOrCtrl+Q"),
      ],
    },
    {
      name: m.edit,
      items: [
        item("cut", m.cut, "CmdOrCtrl+X"), item("copy", m.copy, "CmdOrCtrl+C"), item("paste", m.paste, "CmdOrCtrl+V"),
        item("select-all", m.all, "CmdOrCtrl+A"),
      ],
    },
    {
      name: m.view,
      items: [
        item("today", m.today), item("requests", m.requests), item("settings", m.settings), item("line", ""),
        item("larger", m.larger, "CmdOrCtrl+="), item("smaller", m.smaller, "CmdOrCtrl+-"), item("usual", m.usual, "CmdOrCtrl+0"),
      ],
    },
    { name: m.help, items: [item("help", m.help)] },
  ];
};

function asked(id: string): void {
  const at = ZOOMS.findIndex((it) => it === zoomKept());
  const step = { larger: ZOOMS[at + 1], smaller: ZOOMS[at - 1], usual: 1 }[id];
  if (id === "print") {
    void own.print();
  } else if (step !== undefined) {
    void showAt(step);
  } else {
    window.dispatchEvent(new CustomEvent(ASKED, { detail: id }));
  }
}
