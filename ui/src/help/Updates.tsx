import { useQuery } from "@tanstack/react-query";

import { own } from "../api";
import { w } from "../words";

/** Which version this is, that it never looks for another one by itself, and how a new one is got and checked. */
export function Updates() {
  const start = useQuery({ queryKey: ["start"], queryFn: own.start, retry: false });
  const u = w.updates;
  return (
    <section>
      <h2>{u.title}</h2>
      <p>{start.data ? u.version(start.data.version) : start.isPending ? w.parts.reading : u.unknown}</p>
      <p className="measure">{u.never}</p>
      <p className="measure">{u.how}</p>
    </section>
  );
}
