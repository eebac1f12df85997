import type { RequestFilter, RequestLine } from "../api";
import { Field } from "../parts/Field";
import { w } from "../words";
import { kindInWords, stageInWords } from "../words/plain";

/** What the list is narrowed by besides a text. */
export const WAYS = ["kind", "stage", "org"] as const;

const IN_WORDS = { kind: kindInWords, stage: stageInWords, org: (org: string) => org };

type Props = { all: RequestLine[]; filter: RequestFilter; onChange: (filter: RequestFilter) => void };

/** A text, and by kind, stage and org what the requests have: only what would leave a row can be chosen. */
export function Filters({ all, filter, onChange }: Props) {
  const r = w.requests;
  return (
    <div className="filters" role="group" aria-label={r.filters}>
      <Field name={r.filter}>
        <input dir="auto" type="search" value={filter.filter} onChange={(event) => onChange({ ...filter, filter: event.target.value })} />
      </Field>
      {WAYS.map((way) => (
        <Field key={way} name={r.columns[way]}>
          <select value={filter[way]} onChange={(event) => onChange({ ...filter, [way]: event.target.value })}>
            <option value="">{r.any}</option>
            {choices(all, filter, way).map((it) => (
              <option key={it} value={it}>
                {IN_WORDS[way](it)}
              </option>
            ))}
          </select>
        </Field>
      ))}
    </div>
  );
}

/** In the order of the alphabet as it is shown; what was chosen stays, even when no request has it any more. */
function choices(all: RequestLine[], filter: RequestFilter, way: (typeof WAYS)[number]): string[] {
  const there = new Set(all.map((it) => it[way]));
  if (filter[way] !== "") {
    there.add(filter[way]);
  }
  return [...there].sort((a, b) => IN_WORDS[way](a).localeCompare(IN_WORDS[way](b)));
}
