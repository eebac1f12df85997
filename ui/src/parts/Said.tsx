import { Fragment } from "react";

import { parts } from "../words/said";

/** A sentence of the desk in the window's language; what is only known in English is marked as such for a screen reader. */
export function Said({ children }: { children: string }) {
  return parts(children).map((it, place) => (
    <Fragment key={place}>
      {place > 0 && " "}
      {it.known ? it.text : <span lang="en">{it.text}</span>}
    </Fragment>
  ));
}
