import { useCallback, useState } from "react";

import { begin, type OrgLine, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Administrator } from "./Administrator";
import { Connect } from "./Connect";

/** The connected orgs: who we are there, what we may see, what we cannot. */
export function Orgs({ practice }: { practice: boolean }) {
  const orgs = useView("orgs", {});
  const start = useDeed(useCallback(() => own.practise(true), []));
  const [administrator, setAdministrator] = useState(false);
  if (administrator) {
    return <Administrator onBack={() => setAdministrator(false)} />;
  }
  return (
    <>
      <h1>{w.orgs.title}</h1>
      <View of={orgs}>
        {(all) =>
          all.length === 0 ? <p>{w.orgs.none}</p> : all.map((org) => <OrgCard key={org.org} org={org} />)
        }
      </View>
      {practice ? <DeedButton deed={start} quiet>{w.orgs.practice}</DeedButton> : <Connect onAdministrator={() => setAdministrator(true)} />}
    </>
  );
}

function OrgCard({ org }: { org: OrgLine }) {
  const [ran, setRan] = useState(false);
  const look = useDeed(
    useCallback(
      (run: string, say: (line: string) => void) => {
        setRan(true);
        return begin("check_org", { name: org.org }, run, say);
      },
      [org.org],
    ),
  );
  const seen = look.done;
  return (
    <section>
      <h2>{org.org}</h2>
      <Facts facts={[[w.orgs.who, org.username], ["URL", org.instance_url]]} />
      <DeedButton deed={look} quiet={ran} long>
        {w.orgs.check}
      </DeedButton>
      {seen && (
        <>
          <h3>{w.orgs.may}</h3>
          <ul>
            {seen.permissions.map((it) => (
              <li key={it.permission}>
                {it.permission}: {it.granted === null ? w.orgs.unknown : it.granted ? w.orgs.granted : w.orgs.notGranted}{" "}
                <span className="quiet">(<Said>{it.needed_for}</Said>)</span>
              </li>
            ))}
          </ul>
          <h3>{w.orgs.blind}</h3>
          {seen.blind_spots.length === 0 ? (
            <p>{w.orgs.noBlind}</p>
          ) : (
            <ul>
              {seen.blind_spots.map((it) => (
                <li key={it.what}>
                  <Said>{it.what}</Said>:{" "}
                  <span className="quiet">
                    <Said>{it.because}</Said>
                  </span>
                </li>
              ))}
            </ul>
          )}
          <h3>{w.orgs.limits}</h3>
          <Facts facts={seen.limits.map((it) => [it.limit, `${it.remaining.toLocaleString("en-US")} / ${it.max.toLocaleString("en-US")}`])} />
          <h3>{w.orgs.logs}</h3>
          {seen.logs.length === 0 ? <p>{w.orgs.noLogs}</p> : <Facts facts={seen.logs.map((it) => [it.type, `${it.from} – ${it.to}`])} />}
        </>
      )}
    </section>
  );
}
