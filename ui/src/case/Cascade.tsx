import { type ReactNode, useMemo, useState } from "react";

import type { Hang, Step } from "../api";
import { Lines } from "../parts/Lines";
import { w } from "../words";
import { type Branch, cascade, type Twig } from "./branches";

type Props = { steps: Step[]; hangs: Hang[]; line: (step: Step) => ReactNode };

/** What hangs on what: each object with how many of its records the plan touches, opening what goes along below. */
export function Cascade({ steps, hangs, line }: Props) {
  const branches = useMemo(() => cascade(steps, hangs), [steps, hangs]);
  return (
    <section aria-label={w.erase.tree}>
      <h3>{w.erase.tree}</h3>
      <p className="quiet">{w.erase.treeLead}</p>
      <Branches of={branches} line={line} />
    </section>
  );
}

type BranchesProps = { of: Branch[]; line: Props["line"] };

function Branches({ of, line }: BranchesProps) {
  return (
    <ul className="cascade">
      {of.map((it) => (
        <li key={`${it.object} ${it.field ?? ""}`}>
          <One branch={it} line={line} />
        </li>
      ))}
    </ul>
  );
}

function One({ branch, line }: { branch: Branch; line: Props["line"] }) {
  const [open, setOpen] = useState(false);
  const own = branch.twigs.length;
  const bearing = branch.twigs.filter((it) => it.branches.length > 0);
  const bare = branch.twigs.filter((it) => it.branches.length === 0);
  const label = `${branch.object} ${branch.field ?? ""}`.trim();
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{branch.object}</strong> {w.erase.ofObject(own)}
        {branch.field !== null && ` ${w.erase.through(branch.field)}`}
        {branch.count > own && <span className="quiet"> {w.erase.along(branch.count - own)}</span>}
      </summary>
      {open && (
        <>
          {bearing.map((it) => (
            <Bearing key={it.step.n} twig={it} line={line} />
          ))}
          {bare.length > 20 ? (
            <Lines label={label} lines={bare} height={48} keyOf={(it) => String(it.step.n)}>
              {(it) => line(it.step)}
            </Lines>
          ) : (
            bare.map((it) => <div key={it.step.n}>{line(it.step)}</div>)
          )}
        </>
      )}
    </details>
  );
}

function Bearing({ twig, line }: { twig: Twig; line: Props["line"] }) {
  return (
    <div>
      {line(twig.step)}
      <Branches of={twig.branches} line={line} />
    </div>
  );
}
