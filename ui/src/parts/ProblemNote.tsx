import type { Problem } from "../api";
import { w } from "../words";
import { Said } from "./Said";

/** Says what happened, what did not, and what to do next; where the desk names a command, the window names its own place. */
export function ProblemNote({ problem }: { problem: Problem }) {
  return (
    <div role="alert" className="problem">
      <p>
        <strong>{w.parts.problem}</strong> <Said>{problem.message}</Said>
      </p>
      <p>
        <strong>{w.parts.next}</strong> {w.nextSteps[problem.code] ?? <Said>{problem.next_step}</Said>}
      </p>
    </div>
  );
}
