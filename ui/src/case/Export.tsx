import { useCallback } from "react";

import { type CaseView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { Masks } from "./Masks";
import { missing } from "./road";

/** Writes the consumer's package and says what is in it, what is withheld, what was left out. */
export function Export({ found }: { found: CaseView }) {
  const { request } = found.request;
  const deed = useDeed(
    useCallback((run: string, say: (line: string) => void) => own.export(request, run, say), [request]),
  );
  const show = useDeed(useCallback(() => own.showFolder(request), [request]));
  const done = deed.done;
  return (
    <>
      <h2>{w.export.title}</h2>
      <p className="quiet">{w.export.lead}</p>
      <Masks found={found} />
      <h3>{w.export.write}</h3>
      <DeedButton deed={deed} missing={missing(found, "export")} long>
        {done ? w.export.again : w.export.go}
      </DeedButton>
      {done && (
        <>
          <p role="status">
            {w.export.done(done.files.length, done.rows)} {w.export.masked(done.masked, done.let_stand)}
          </p>
          <p className="file">{done.folder}</p>
          <DeedButton deed={show} quiet>
            {w.export.show}
          </DeedButton>
          {done.withheld.length > 0 && (
            <>
              <h3>{w.export.withheld}</h3>
              <ul>
                {done.withheld.map((it) => (
                  <li key={`${it.object}.${it.field}.${it.what}`}>
                    {it.object}.{it.field}: <Said>{it.what}</Said> ({w.parts.records(it.records)})
                  </li>
                ))}
              </ul>
            </>
          )}
          {done.not_exported.length > 0 && (
            <>
              <h3>{w.export.notExported}</h3>
              <ul>
                {done.not_exported.map((it) => (
                  <li key={it.id}>
                    {it.object} <code>{it.id}</code>: <Said>{it.because}</Said>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </>
  );
}
