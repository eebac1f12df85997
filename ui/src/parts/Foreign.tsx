import { Fragment } from "react";

/** What came from outside — a name, a title, an address — in its own direction of writing, whatever stands beside it. */
export function Foreign({ children }: { children: string }) {
  return (
    <bdi>
      {children.split(/(?<=[@.])/).map((piece, place) => (
        <Fragment key={place}>
          {place > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </bdi>
  );
}
