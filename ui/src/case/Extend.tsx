import { useCallback } from "react";

import { call, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Field } from "../parts/Field";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { knows, missing } from "./road";

/** The one extension that the law allows, with the reason that the person is told. */
export function Extend({ found }: { found: CaseView }) {
  const { request, extension } = found.request;
  const { form, problem, change, until } = useKept(request, "extension", { because: "" });
  const because = form.because.trim();
  const deed = useDeed(useCallback(() => until(call("extend", { request, because })), [request, because, until]));
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
            <textarea dir="auto" rows={2} value={form.because} onChange={(event) => change({ because: event.target.value })} />
          </Field>
          {problem && <ProblemNote problem={problem} />}
          <DeedButton deed={deed} missing={missing(found, "extend") ?? (because === "" ? w.extend.missing : null)}>
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
