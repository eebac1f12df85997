import type { Problem } from "../api";
import { w } from "../words";

/** Says what happened, what did not, and what to do next. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="problem">
      <p>
        <strong>{w.parts.problem}</strong> {problem.message}
      </p>
      <p>
        <strong>{w.parts.next}</strong> {problem.next_step}
      </p>
    </div>
  );
}
