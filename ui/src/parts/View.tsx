import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { asProblem } from "../api";
import { w } from "../words";
import { ProblemNote } from "./ProblemNote";

type Props<T> = { of: UseQueryResult<T>; children: (answer: T) => ReactNode };

/** The states every screen has: waiting, a problem, ready. What "nothing yet" looks like only the screen knows. */
export function View<T>({ of, children }: Props<T>) {
  if (of.isPending) {
    return <p role="status">{w.parts.reading}</p>;
  }
  if (of.isError) {
    return <ProblemNote problem={asProblem(of.error)} />;
  }
  return <>{children(of.data)}</>;
}
