import { useCallback, useState } from "react";

import { type IncidentView, own, type RegisterView } from "../api";
import { Verdict } from "../check/CheckBundle";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { said } from "../words/said";
import { missing } from "./IncidentScreen";
import { Declined } from "./NotToNotify";
import { Told } from "./Told";

const words = w.incident.packet;

/** Assembling, noting who was told, sealing, and what checking the sealed file says. */
export function Packet({ found }: { found: IncidentView }) {
  const barred = missing(found, "packet");
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      {barred === null ? <Register incident={found.incident} /> : <p>{barred}</p>}
    </>
  );
}

function Register({ incident }: { incident: string }) {
  const view = useView("incident_register", { incident });
  return (
    <View of={view}>
      {(it) => (
        <>
          <Assemble incident={incident} it={it} />
          <Told incident={incident} it={it} />
          <section>
            <h3>{w.incident.decline.title}</h3>
            <Declined decisions={it.decisions} />
          </section>
          <Seal incident={incident} it={it} />
        </>
      )}
    </View>
  );
}

function Assemble({ incident, it }: { incident: string; it: RegisterView }) {
  const [factsOnly, setFactsOnly] = useState(false);
  const deed = useDeed(useCallback(() => own.assemblePacket(incident, factsOnly), [incident, factsOnly]));
  const done = deed.done;
  const again = it.packet.length > 0;
  return (
    <section>
      <label className="choice">
        <input type="checkbox" checked={factsOnly} onChange={() => setFactsOnly(!factsOnly)} /> {words.factsOnly}
      </label>
      <DeedButton deed={deed} quiet={again}>
        {again ? words.assembleAgain : words.assemble}
      </DeedButton>
      {again && (
        <>
          <p className="result" role="status">
            {words.assembled(it.packet.length)}
          </p>
          <details>
            <summary>{words.papers}</summary>
            <Names names={it.packet} />
            {it.counsel.length > 0 && (
              <>
                <h3>{words.counsel}</h3>
                <Names names={it.counsel} />
              </>
            )}
          </details>
        </>
      )}
      {done && (
        <>
          <p className="file">{done.folder}</p>
          {done.not_yet_known.length > 0 && (
            <details>
              <summary>
                {words.open} ({done.not_yet_known.length})
              </summary>
              <Names names={done.not_yet_known} />
            </details>
          )}
          {done.notes.length > 0 && (
            <>
              <h3>{words.notes}</h3>
              <Names names={done.notes.map(said)} />
            </>
          )}
        </>
      )}
    </section>
  );
}

const Names = ({ names }: { names: string[] }) => (
  <ul>
    {names.map((name) => (
      <li key={name}>{name}</li>
    ))}
  </ul>
);

function Seal({ incident, it }: { incident: string; it: RegisterView }) {
  const seal = useDeed(useCallback(() => own.sealPacket(incident), [incident]));
  const show = useDeed(useCallback(() => own.showIncidentFolder(incident), [incident]));
  const done = seal.done;
  return (
    <section>
      <h3>{words.seal}</h3>
      <DeedButton deed={seal} missing={it.packet.length === 0 ? words.sealMissing : null}>
        {done ? words.sealAgain : words.seal}
      </DeedButton>
      {done && (
        <>
          <h3>{words.sealed}</h3>
          <Facts
            facts={[
              [w.seal.file, done.sealed.file],
              [w.seal.bundle, done.sealed.bundle],
              [w.seal.sha256, <code key="sum">{done.sealed.sha256}</code>],
            ]}
          />
          <Verdict seen={done.verdict} />
          <DeedButton deed={show} quiet>
            {w.export.show}
          </DeedButton>
        </>
      )}
    </section>
  );
}
