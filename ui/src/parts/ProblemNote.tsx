import type { Problem } from "../api";

/** Says what happened, what did not, and what to do next. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="problem">
      <p>
        <strong>Problem.</strong> {problem.message}
      </p>
      <p>
        <strong>Next.</strong> {problem.next_step}
      </p>
    </div>
  );
}
