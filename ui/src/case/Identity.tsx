import { useCallback, useState } from "react";

import { call, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { knows, missing } from "./road";

/** Who asks: which points agreed with data already held, or the second yes of an opt-in. */
export function Identity({ found }: { found: CaseView }) {
  return knows(found, "identify") ? <Points found={found} /> : <SecondYes found={found} />;
}

function Points({ found }: { found: CaseView }) {
  const { request } = found.request;
  const { form, begun, problem, change, until } = useKept<{ points: string[] }>(request, "identity", { points: [] });
  const [declaration, setDeclaration] = useState<{ name: string; bytes: number[] } | null>(null);
  const deed = useDeed(
    useCallback(
      () => until(call("identify", { request, points: form.points, declaration: declaration?.bytes ?? null })),
      [request, form.points, declaration, until],
    ),
  );
  // What was recorded last stays ticked.
  const points = !begun && deed.done ? deed.done.points : form.points;
  const barred = missing(found, "identify");
  const toggle = (point: string) =>
    change({ points: points.includes(point) ? points.filter((it) => it !== point) : [...points, point] });
  const take = async (file: File | undefined) =>
    setDeclaration(file ? { name: file.name, bytes: [...new Uint8Array(await file.arrayBuffer())] } : null);

  return (
    <>
      <h2>{w.identity.title}</h2>
      <p className="quiet">{w.identity.lead}</p>
      <fieldset disabled={barred !== null}>
        <legend className="quiet">{barred ?? ""}</legend>
        {Object.entries(w.identity.points).map(([point, words]) => (
          <label key={point} className="choice">
            <input type="checkbox" checked={points.includes(point)} onChange={() => toggle(point)} /> {words}
          </label>
        ))}
        <label>
          {w.identity.declaration} <span className="hint">{w.identity.declarationHint}</span>
          <input type="file" onChange={(event) => void take(event.target.files?.[0])} />
        </label>
      </fieldset>
      {declaration && <p role="status">{w.identity.declarationTaken(declaration.name)}</p>}
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={deed} missing={barred ?? (form.points.length === 0 ? (deed.done && !begun ? w.identity.again : w.identity.missing) : null)}>
        {w.identity.go}
      </DeedButton>
      {deed.done && (
        <>
          <p role="status">{w.identity.recorded(w.ledger.values[deed.done.level] ?? deed.done.level, deed.done.points.length)}</p>
          <ul>
            {deed.done.notes.map((note) => (
              <li key={note}>
                <Said>{note}</Said>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function SecondYes({ found }: { found: CaseView }) {
  const { request } = found.request;
  const deed = useDeed(useCallback(() => call("confirm", { request }), [request]));
  return (
    <>
      <h2>{w.identity.confirmTitle}</h2>
      <p className="quiet">{w.identity.confirmLead}</p>
      <DeedButton deed={deed} missing={missing(found, "confirm")}>
        {w.identity.confirm}
      </DeedButton>
    </>
  );
}
