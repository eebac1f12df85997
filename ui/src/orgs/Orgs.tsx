import { useCallback, useEffect, useState } from "react";

import { begin, type OrgCheck, type OrgLine, own } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { Administrator } from "./Administrator";
import { Connect } from "./Connect";

/** The connected orgs: who we are there, what we may see, what we cannot. */
export function Orgs({ practice }: { practice: boolean }) {
  const orgs = useView("orgs", {});
  const [fresh, setFresh] = useState<string | null>(null);
  const start = useDeed(
    useCallback(async () => {
      const org = await own.practise(true);
      setFresh(org?.org ?? null);
      return org;
    }, []),
  );
  const [administrator, setAdministrator] = useState(false);
  if (administrator) {
    return <Administrator onBack={() => setAdministrator(false)} />;
  }
  return (
    <>
      <h1>{w.orgs.title}</h1>
      <View of={orgs}>
        {(all) =>
          all.length === 0 ? <p>{w.orgs.none}</p> : all.map((org) => <OrgCard key={org.org} org={org} atOnce={org.org === fresh} />)
        }
      </View>
      {practice ? <DeedButton deed={start} quiet>{w.orgs.practice}</DeedButton> : <Connect onConnected={setFresh} onAdministrator={() => setAdministrator(true)} />}
    </>
  );
}

/** One org. `atOnce`: it was connected just now, and is looked at without being asked: what it keeps for a day is gone tomorrow. */
function OrgCard({ org, atOnce }: { org: OrgLine; atOnce: boolean }) {
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
  const { start } = look;
  useEffect(() => {
    if (atOnce) {
      void start();
    }
  }, [atOnce, start]);
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
          {seen.logs.length === 0 ? <p>{w.orgs.noLogs}</p> : <Logs logs={seen.logs} />}
        </>
      )}
    </section>
  );
}

/** Which event logs there are, and until when: what Salesforce removes soonest stands first. */
function Logs({ logs }: { logs: OrgCheck["logs"] }) {
  const sorted = [...logs].sort((one, other) => (one.ages_out_on ?? "9").localeCompare(other.ages_out_on ?? "9"));
  return (
    <table className="dense">
      <caption>{w.orgs.logsCaption}</caption>
      <ColumnHeads of={w.orgs.logColumns} />
      <tbody>
        {sorted.map((it) => (
          <tr key={it.type}>
            <th scope="row">{it.type}</th>
            <td>{it.files.toLocaleString(w.locale)}</td>
            <td>
              {dayInWords(it.from.slice(0, 10))} – {dayInWords(it.to.slice(0, 10))}
            </td>
            <td>{it.ages_out_on === null ? w.orgs.keptLonger : <time dateTime={it.ages_out_on}>{dayInWords(it.ages_out_on)}</time>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
