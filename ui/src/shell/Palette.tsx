import { useEffect, useState } from "react";
import { Autocomplete, Dialog, Input, Label, Menu, MenuItem, Modal, SearchField, useFilter } from "react-aria-components";

import { useView } from "../parts/useView";
import { w } from "../words";
import { kindInWords } from "../words/plain";
import type { Go, Place } from "./place";

type Entry = { id: string; name: string; place: Place };

const ROOMS: Entry[] = [
  { id: "today", name: w.shell.today, place: { at: "today" } },
  { id: "requests", name: w.shell.requests, place: { at: "requests" } },
  { id: "open", name: w.shell.newRequest, place: { at: "open" } },
  { id: "incidents", name: w.shell.incidents, place: { at: "incidents" } },
  { id: "open-incident", name: w.incident.open.title, place: { at: "open-incident" } },
  { id: "maps", name: w.map.title, place: { at: "maps" } },
  { id: "orgs", name: w.shell.orgs, place: { at: "orgs" } },
  { id: "law", name: w.shell.law, place: { at: "law" } },
  { id: "settings", name: w.shell.settings, place: { at: "settings" } },
  { id: "check", name: w.shell.check, place: { at: "check" } },
  { id: "help", name: w.shell.help, place: { at: "help" } },
];

const MOST = 100;

/** Ctrl or Cmd with K: type where to go. */
export function Palette({ go }: { go: Go }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const { contains } = useFilter({ sensitivity: "base" });
  const requests = useView("requests", {});
  const incidents = useView("incidents", {});

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setText("");
        setOpen((was) => !was);
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);

  const cases: Entry[] = (requests.data ?? []).map((it) => ({
    id: it.request,
    name: `${it.request} · ${kindInWords(it.kind)}`,
    place: { at: "case", request: it.request, step: "" },
  }));
  const leaks: Entry[] = (incidents.data ?? []).map((it) => ({
    id: it.incident,
    name: `${it.incident} · ${it.title}`,
    place: { at: "incident", incident: it.incident, step: "" },
  }));
  // Whoever types one word more sees the others.
  const entries = [...ROOMS, ...cases, ...leaks].filter((it) => contains(it.name, text)).slice(0, MOST);

  return (
    <Modal isOpen={open} onOpenChange={setOpen} isDismissable className="modal palette">
      <Dialog aria-label={w.shell.findDeed}>
        <Autocomplete inputValue={text} onInputChange={setText}>
          <SearchField autoFocus>
            <Label>{w.shell.findDeed}</Label>
            <Input />
          </SearchField>
          <Menu
            aria-label={w.shell.rooms}
            items={entries}
            renderEmptyState={() => w.shell.noDeed}
            onAction={(id) => {
              const entry = entries.find((it) => it.id === id);
              if (entry) {
                setOpen(false);
                go(entry.place);
              }
            }}
          >
            {(entry) => <MenuItem id={entry.id}>{entry.name}</MenuItem>}
          </Menu>
        </Autocomplete>
      </Dialog>
    </Modal>
  );
}
