import type { Answer } from "../api";
import { Lines } from "../parts/Lines";
import { w } from "../words";

type Props = { outcomes: NonNullable<Answer<"outcomes">>["outcomes"] };

/** What happened to each record; a refusal carries the org's own code. */
export function Outcomes({ outcomes }: Props) {
  return (
    <>
      <h3>{w.erase.outcome}</h3>
      <Lines label={w.erase.outcome} lines={outcomes} height={40} keyOf={(one) => one.id}>
        {(one) => (
          <div className="outcome">
            <span>
              {one.object} <code>{one.id}</code>
            </span>
            <span>
              <strong>{w.erase.outcomes[one.outcome] ?? one.outcome}</strong> {code(one.error)}
            </span>
          </div>
        )}
      </Lines>
    </>
  );
}

const code = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
