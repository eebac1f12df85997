import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { begin, own, type UpdateView } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { w } from "../words";
import { dayInWords } from "../words/days";

/** Which version this is, how a new one is got and checked, and the button that looks for one where that was set up. */
export function Updates() {
  const start = useQuery({ queryKey: ["start"], queryFn: own.start, retry: false });
  const settings = useView("settings", {});
  const deed = useDeed(useCallback((run: string, say: (line: string) => void) => begin("look_for_update", {}, run, say), []));
  const u = w.updates;
  const set = (key: string) => settings.data?.settings.some((it) => it.setting === key && it.value !== null) === true;
  return (
    <section>
      <h2>{u.title}</h2>
      <p>{start.data ? u.version(start.data.version) : start.isPending ? w.parts.reading : u.unknown}</p>
      <p className="measure">{u.never}</p>
      <DeedButton deed={deed} missing={set("updates.address") && set("updates.key") ? null : u.off} quiet>
        {u.look}
      </DeedButton>
      {deed.done && <Newest it={deed.done} />}
      <p className="measure">{u.how}</p>
    </section>
  );
}

function Newest({ it }: { it: UpdateView }) {
  const u = w.updates;
  const on = dayInWords(it.published_on);
  return (
    <>
      <p role="status">
        <strong>{it.newer ? u.newer(it.newest, on) : u.none(it.version)}</strong> {it.newer && it.notes}
      </p>
      {it.newer && (
        <table className="dense wide">
          <ColumnHeads of={u.packages} />
          <tbody>
            {it.packages.map((one) => (
              <tr key={one.file}>
                <th scope="row">{one.file}</th>
                <td>
                  <code>{one.sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
