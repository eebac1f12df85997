import { useCallback, useEffect, useRef, useState } from "react";

import { asProblem, call, type Problem } from "../api";

type Form = Record<string, unknown>;

export type Kept<F extends Form> = {
  form: F;
  /** Whether something was typed that is not done yet. */
  begun: boolean;
  /** Why the last of it could not be kept. */
  problem: Problem | null;
  change: (part: Partial<F>) => void;
  /** Empties the form: it was given up. */
  forget: () => void;
  /** Empties the form once this has succeeded. */
  until: <T>(deed: Promise<T>) => Promise<T>;
};

/**
 * A form that keeps itself in the vault as it is typed: leaving the screen, locking, or closing the window loses nothing.
 * `place` is the number of a request or incident, or empty. What a name no longer has in the form is left out.
 */
export function useKept<F extends Form>(place: string, name: string, empty: F): Kept<F> {
  const [typed, setTyped] = useState<Partial<F>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef<Partial<F>>({});
  const saving = useRef(false);
  const touched = useRef(false);

  useEffect(() => {
    let here = true;
    call("kept_form", { place, name })
      .then((body) => {
        if (here && !touched.current && isForm(body)) {
          const known = Object.fromEntries(Object.entries(body).filter(([field]) => field in empty)) as Partial<F>;
          latest.current = known;
          setTyped(known);
        }
      })
      .catch(() => undefined); // a form that cannot be read begins empty; what it keeps next says what is wrong
    return () => {
      here = false;
    };
    // `empty` is the shape of the form, not a part of its name.
  }, [place, name]);

  // One at a time, and always the latest: nothing is held back by a clock.
  const save = useCallback(async () => {
    if (saving.current) {
      return;
    }
    saving.current = true;
    try {
      for (let sent: Partial<F> | null = null; sent !== latest.current; ) {
        sent = latest.current;
        await call("keep_form", { place, name, body: Object.keys(sent).length === 0 ? null : (sent as never) });
      }
      setProblem(null);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      saving.current = false;
    }
  }, [place, name]);

  const put = useCallback(
    (next: Partial<F>) => {
      touched.current = true;
      latest.current = next;
      setTyped(next);
      void save();
    },
    [save],
  );
  const change = useCallback((part: Partial<F>) => put({ ...latest.current, ...part }), [put]);
  const forget = useCallback(() => put({}), [put]);
  const until = useCallback(
    async <T>(deed: Promise<T>): Promise<T> => {
      const done = await deed;
      forget();
      return done;
    },
    [forget],
  );
  return { form: { ...empty, ...typed }, begun: Object.keys(typed).length > 0, problem, change, forget, until };
}

const isForm = (body: unknown): body is Form => typeof body === "object" && body !== null && !Array.isArray(body);
