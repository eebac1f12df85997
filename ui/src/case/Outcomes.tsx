import type { Answer } from "../api";
import { Lines } from "../parts/Lines";
import { w } from "../words";

type Props = { of: NonNullable<Answer<"outcomes">>; busy: boolean };

/** What happened to each record, and while a run goes on what the org answered so far; a refusal carries the org's own words. */
export function Outcomes({ of, busy }: Props) {
  const title = busy || of.so_far ? w.erase.recordByRecord : w.erase.outcome;
  return (
    <>
      <h3>{title}</h3>
      {of.so_far && !busy && <p className="gap">{w.erase.cutOff(of.so_far.answered, of.so_far.of)}</p>}
      <Lines label={title} lines={of.outcomes} height={40} keyOf={(one) => `${one.object}.${one.id}`}>
        {(one) => (
          <div className="outcome">
            <span>
              {one.object} <code>{one.id}</code>
            </span>
            <span>
              <strong>{w.erase.outcomes[one.outcome] ?? one.outcome}</strong> {reason(one.error)}
            </span>
          </div>
        )}
      </Lines>
    </>
  );
}

/** What the one polite line says while a run goes on. */
export const progressOf = (of: Answer<"outcomes"> | undefined): string | null =>
  of?.so_far ? w.erase.soFar(w.erase.doing[of.so_far.doing] ?? of.so_far.doing, of.so_far.answered, of.so_far.of) : null;

const reason = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error
    ? [error.code, "message" in error ? error.message : ""].filter(Boolean).join(": ")
    : "";
