import { Field } from "../parts/Field";
import { w } from "../words";
import type { Form } from "./Contest";

/** Where the wrong value came from, and the person's own statement of dispute. */
export function Statement({ form, put }: { form: Form; put: (more: Partial<Form>) => void }) {
  const words = form.statement.trim() === "" ? 0 : form.statement.trim().split(/\s+/).length;
  return (
    <details className="beside" open={form.statement !== "" || form.source !== "" ? true : undefined}>
      <summary>{w.correct.more}</summary>
      <Field name={w.correct.source} hint={w.correct.sourceHint}>
        <input value={form.source} onChange={(event) => put({ source: event.target.value })} />
      </Field>
      {form.source.trim() !== "" && (
        <label className="choice">
          <input type="checkbox" checked={form.told} onChange={() => put({ told: !form.told })} /> {w.correct.told}
        </label>
      )}
      <Field name={w.correct.statement} hint={w.correct.statementWords(words)}>
        <textarea rows={3} value={form.statement} onChange={(event) => put({ statement: event.target.value })} />
      </Field>
      <label className="choice">
        <input type="checkbox" checked={form.health} onChange={() => put({ health: !form.health })} /> {w.correct.health}
      </label>
      <Field name={w.correct.statementField} hint={w.correct.statementFieldHint}>
        <input value={form.statementField} onChange={(event) => put({ statementField: event.target.value })} />
      </Field>
    </details>
  );
}
