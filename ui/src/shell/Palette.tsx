import { useEffect, useMemo, useState } from "react";
import { Autocomplete, Dialog, Input, Label, Menu, MenuItem, Modal, SearchField } from "react-aria-components";

import type { IncidentLine, RequestLine } from "../api";
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

function everyPlace(requests: RequestLine[], incidents: IncidentLine[]): Entry[] {
  return [
    ...ROOMS,
    ...requests.map((it): Entry => ({
      id: it.request,
      name: `${it.request} · ${kindInWords(it.kind)}`,
      place: { at: "case", request: it.request, step: "" },
    })),
    ...incidents.map((it): Entry => ({
      id: it.incident,
      name: `${it.incident} · ${it.title}`,
      place: { at: "incident", incident: it.incident, step: "" },
    })),
  ];
}

/** Without accents and capitals: comparing a hundred thousand names by the language's rules would hold up the typing. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The first places that fit; whoever types one word more sees the others. */
function fitting(places: Entry[], text: string): Entry[] {
  const wanted = plain(text);
  const found: Entry[] = [];
  for (const place of places) {
    if (found.length === MOST) {
      break;
    }
    if (plain(place.name).includes(wanted)) {
      found.push(place);
    }
  }
  return found;
}

/** Ctrl or Cmd with K: type where to go. */
export function Palette({ go }: { go: Go }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
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

  const places = useMemo(() => (open ? everyPlace(requests.data ?? [], incidents.data ?? []) : []), [open, requests.data, incidents.data]);
  const entries = useMemo(() => fitting(places, text), [places, text]);

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
