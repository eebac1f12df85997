import { useCallback } from "react";

import { type CaseView, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { Lacking } from "./Lacking";
import { Masks } from "./Masks";
import { Preview } from "./Preview";
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
      <Preview found={found} />
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
          <Lacking of={done} />
        </>
      )}
    </>
  );
}
