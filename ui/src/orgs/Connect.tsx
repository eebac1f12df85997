import { useCallback, useState } from "react";

import { own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { useDeed } from "../parts/useDeed";
import { w } from "../words";
import { AskAdministrator } from "./AskAdministrator";

const LOGINS = { production: "https://login.salesforce.com", sandbox: "https://test.salesforce.com", domain: "" };
type Kind = keyof typeof LOGINS;

/** Connects a real org: the sign-in itself happens in the system's browser. */
export function Connect({ onConnected, onAdministrator }: { onConnected: (org: string) => void; onAdministrator: () => void }) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("production");
  const [domain, setDomain] = useState("https://");
  const [client, setClient] = useState("");
  const url = kind === "domain" ? domain.trim() : LOGINS[kind];
  const deed = useDeed(
    useCallback(async () => {
      const org = await own.signIn(name.trim(), url, client.trim());
      onConnected(org.org);
      return org;
    }, [name, url, client, onConnected]),
  );
  const missing = name.trim() === "" || client.trim() === "" ? w.orgs.missing : null;
  return (
    <section className="form">
      <h2>{w.orgs.connect}</h2>
      <label>
        {w.orgs.name}
        <input value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <fieldset>
        <legend>{w.orgs.login}</legend>
        {(Object.keys(LOGINS) as Kind[]).map((it) => (
          <label key={it} className="choice">
            <input type="radio" name="login" checked={kind === it} onChange={() => setKind(it)} /> {w.orgs.logins[it]}
          </label>
        ))}
      </fieldset>
      {kind === "domain" && (
        <label>
          {w.orgs.domain}
          <input type="url" value={domain} onChange={(event) => setDomain(event.target.value)} />
        </label>
      )}
      <label>
        {w.orgs.client} <span className="hint">{w.orgs.clientHint}</span>
        <input value={client} onChange={(event) => setClient(event.target.value)} />
      </label>
      <DeedButton deed={deed} missing={missing}>
        {w.orgs.go}
      </DeedButton>
      {deed.problem && <AskAdministrator problem={deed.problem} name={name.trim()} url={url} client={client.trim()} />}
      <p>
        <button type="button" className="link" onClick={onAdministrator}>
          {w.admin.open}
        </button>
      </p>
      {deed.busy && <p role="status">{w.orgs.waiting}</p>}
    </section>
  );
}
