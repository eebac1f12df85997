import { useCallback, useState } from "react";

import { begin, type CaseView, type PreviewRecord, type PreviewSection, type PreviewView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Lines } from "../parts/Lines";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { Lacking } from "./Lacking";
import { missing } from "./road";

/** The package as the person would read it, before it is written: built by the same rules, and nothing leaves the window. */
export function Preview({ found }: { found: CaseView }) {
  const { request } = found.request;
  const deed = useDeed(
    useCallback((run: string, say: (line: string) => void) => begin("preview", { request }, run, say), [request]),
  );
  return (
    <section aria-label={w.asRead.title}>
      <h3>{w.asRead.title}</h3>
      <p className="quiet measure">{w.asRead.lead}</p>
      <DeedButton deed={deed} missing={missing(found, "export")} quiet long>
        {deed.done ? w.asRead.again : w.asRead.look}
      </DeedButton>
      {deed.done && !deed.busy && <Shown of={deed.done} />}
    </section>
  );
}

function Shown({ of }: { of: PreviewView }) {
  return (
    <>
      <p role="status">
        {of.records + of.files.length === 0 ? w.asRead.none : w.asRead.count(of.records, of.sections.length, of.files.length)}{" "}
        {w.export.masked(of.masked, of.let_stand)}
      </p>
      {of.note !== undefined && (
        <p>
          <Said>{of.note}</Said>
        </p>
      )}
      {of.sections.map((it, place) => (
        <Section key={it.object} of={it} first={place === 0} />
      ))}
      <Files of={of} />
      <Lacking of={of} />
    </>
  );
}

/** The records of one object; they stand in the page only while they are opened. */
function Section({ of, first }: { of: PreviewSection; first: boolean }) {
  const [open, setOpen] = useState(first);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {of.label_plural} <span className="quiet">{w.parts.records(of.records.length)}</span>
      </summary>
      {open && (
        <Lines label={of.label_plural} lines={of.records} height={220} tall keyOf={(it) => it.id}>
          {(it) => <Record of={it} label={of.label} />}
        </Lines>
      )}
    </details>
  );
}

/** In the words of the package, which is written in English. */
function Record({ of, label }: { of: PreviewRecord; label: string }) {
  return (
    <div lang="en">
      <h4>
        {label} <code>{of.id}</code>
      </h4>
      <dl className="facts">
        {of.origin.map(([name, value]) => (
          <div key={name} className="quiet">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {of.fields.map((it) => (
          <div key={it.name}>
            <dt>
              {it.label}
              {it.inference && ` (${w.asRead.inference})`}
            </dt>
            <dd>
              {it.value}
              {it.withheld && <span className="gap"> · {w.asRead.withheld}</span>}
              {it.masked && <span className="gap"> · {w.asRead.masked}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Files({ of }: { of: PreviewView }) {
  return (
    of.files.length > 0 && (
      <>
        <h4>{w.asRead.files}</h4>
        <p className="quiet measure">{w.asRead.unread}</p>
        <Lines label={w.asRead.files} lines={of.files} height={40} keyOf={(it) => it.id}>
          {(it) => (
            <div className="outcome">
              <span>{it.name}</span>
              <span className="quiet">
                {it.bytes === null ? w.asRead.noSize : w.asRead.size(it.bytes)}
                {it.stays_out && ` · ${w.asRead.staysOut}`}
              </span>
            </div>
          )}
        </Lines>
      </>
    )
  );
}
