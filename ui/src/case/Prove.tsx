import { useCallback } from "react";

import { begin, type CaseView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { missing } from "./road";

/** What a certificate says of records that were deleted, and of values that were set. */
const RECORDS = new Set(["gone", "in_bin", "still_there", "refused", "reappeared", "purged_but_visible"]);
const VALUES = new Set(["as_set", "overwritten", "refused", "still_there", "gone"]);

/** Looking again by other ways; the certificate counts what is gone and what is not. */
export function Prove({ found }: { found: CaseView }) {
  const { request } = found.request;
  const deed = useDeed(
    useCallback((run: string, say: (line: string) => void) => begin("prove", { request }, run, say), [request]),
  );
  const latest = useView("latest_proof", { request });
  return (
    <>
      <p className="quiet">{found.request.kind === "delete" ? w.erase.proveLead : w.changes.proveLead}</p>
      <DeedButton deed={deed} missing={missing(found, "prove")} long quiet={Boolean(latest.data)}>
        {latest.data ? w.erase.proveAgain : w.erase.prove}
      </DeedButton>
      <View of={latest}>
        {(it) =>
          it && (
            <>
              <Facts
                facts={Object.entries(w.erase.certificate)
                  .filter(([state]) => (found.request.kind === "delete" ? RECORDS : VALUES).has(state))
                  .map(([state, words]): [string, string] => [words, String(it.certificate[state as "gone"])])}
              />
              {it.values.length > 0 && (
                <ul aria-label={w.changes.proved}>
                  {it.values.map((one) => (
                    <li key={`${one.id} ${one.field}`}>
                      {one.object} {one.field}: <strong>{w.erase.certificate[one.state] ?? one.state}</strong>
                    </li>
                  ))}
                </ul>
              )}
              <ul>
                {it.records
                  .filter((one) => one.state !== "gone")
                  .map((one) => (
                    <li key={one.id}>
                      {one.object} <code>{one.id}</code>: {w.erase.certificate[one.state] ?? one.state}
                    </li>
                  ))}
              </ul>
            </>
          )
        }
      </View>
    </>
  );
}
