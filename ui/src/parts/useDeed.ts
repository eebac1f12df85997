import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";

import { asProblem, type Problem, stop as stopRun } from "../api";

export type Deed<T> = {
  busy: boolean;
  /** The last line a long deed said. */
  said: string | null;
  problem: Problem | null;
  done: T | null;
  start: () => Promise<T | null>;
  /** Ends a long deed at its next safe place. */
  stop: () => void;
};

/**
 * One deed a person can start: shows that it runs, what it says, and how it ended. Whatever it changed, every view that is
 * open reads anew afterwards, after a refusal too: a deed may have got half-way.
 */
export function useDeed<T>(deed: (run: string, say: (line: string) => void) => Promise<T>): Deed<T> {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<T | null>(null);
  const queries = useQueryClient();
  const run = useRef("");

  const start = useCallback(async () => {
    run.current = crypto.randomUUID();
    setBusy(true);
    setSaid(null);
    setProblem(null);
    try {
      const answer = await deed(run.current, setSaid);
      setDone(answer);
      return answer;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return null;
    } finally {
      setBusy(false);
      await queries.invalidateQueries();
    }
  }, [deed, queries]);

  const stop = useCallback(() => void stopRun(run.current), []);
  return { busy, said, problem, done, start, stop };
}
