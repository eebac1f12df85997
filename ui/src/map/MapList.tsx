import { useEffect, useRef } from "react";

import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { Instant } from "../incident/Instant";
import type { Go } from "../shell/place";
import { w } from "../words";

const words = w.map;

/** Every org, and whether it was mapped. */
export function MapList({ go }: { go: Go }) {
  const maps = useView("maps", {});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p className="quiet measure">{words.lead}</p>
      <View of={maps}>
        {(all) =>
          all.length === 0 ? (
            <>
              <p>{words.noOrg}</p>
              <p className="quiet measure">{words.noOrgWhy}</p>
              <button type="button" onClick={() => go({ at: "orgs" })}>
                {words.toOrgs}
              </button>
            </>
          ) : (
            <table>
              <caption>{words.caption(all.length)}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.columns.org}</th>
                  <th scope="col">{words.columns.built}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((it) => (
                  <tr key={it.org}>
                    <th scope="row">
                      <button type="button" className="link" onClick={() => go({ at: "map", org: it.org, object: null, incident: null })}>
                        {it.org}
                      </button>
                    </th>
                    <td>{it.built_at ? <Instant at={it.built_at} /> : words.notBuilt}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </View>
    </>
  );
}
