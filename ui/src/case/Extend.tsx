import { useCallback, useState } from "react";

import { call, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Field } from "../parts/Field";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { knows, missing } from "./road";

/** The one extension that the law allows, with the reason that the person is told. */
export function Extend({ found }: { found: CaseView }) {
  const { request, extension } = found.request;
  const [because, setBecause] = useState("");
  const deed = useDeed(useCallback(() => call("extend", { request, because: because.trim() }), [request, because]));
  const next = found.request.duties.find((it) => it.duty === "answer_extended");
  if (!knows(found, "extend")) {
    return null;
  }
  return (
    <details className="beside">
      <summary>{w.extend.title}</summary>
      <p className="quiet">{w.extend.lead}</p>
      {extension === null ? (
        <>
          <Field name={w.extend.because}>
            <textarea dir="auto" rows={2} value={because} onChange={(event) => setBecause(event.target.value)} />
          </Field>
          <DeedButton deed={deed} missing={missing(found, "extend") ?? (because.trim() === "" ? w.extend.missing : null)}>
            {w.extend.go}
          </DeedButton>
        </>
      ) : (
        <>
          <p role="status">
            <strong>{w.extend.done(dayInWords(extension.answer_by))}</strong> {w.extend.send}
          </p>
          {next && (
            <ul>
              {[...next.path, ...next.because].map((line) => (
                <li key={line}>
                  <Said>{line}</Said>
                </li>
              ))}
              <li>{next.citation}</li>
            </ul>
          )}
        </>
      )}
    </details>
  );
}
