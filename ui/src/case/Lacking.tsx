import type { ExportView } from "../api";
import { Lines } from "../parts/Lines";
import { Said } from "../parts/Said";
import { w } from "../words";

/** What a package describes instead of showing, and what is not in it at all. */
export function Lacking({ of }: { of: Pick<ExportView, "withheld" | "not_exported"> }) {
  return (
    <>
      {of.withheld.length > 0 && (
        <>
          <h4>{w.export.withheld}</h4>
          <ul>
            {of.withheld.map((it) => (
              <li key={`${it.object}.${it.field}.${it.what}`}>
                {it.object}.{it.field}: <Said>{it.what}</Said> ({w.parts.records(it.records)})
              </li>
            ))}
          </ul>
        </>
      )}
      {of.not_exported.length > 0 && (
        <>
          <h4>{w.export.notExported}</h4>
          <Lines label={w.export.notExported} lines={of.not_exported} height={40} keyOf={(it) => `${it.object}.${it.id}`}>
            {(it) => (
              <>
                {it.object} <code>{it.id}</code>: <Said>{it.because}</Said>
              </>
            )}
          </Lines>
        </>
      )}
    </>
  );
}
