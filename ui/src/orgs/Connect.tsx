import { useCallback } from "react";

import { own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { w } from "../words";
import { AskAdministrator } from "./AskAdministrator";

const LOGINS = { production: "https://login.salesforce.com", sandbox: "https://test.salesforce.com", domain: "" };
type Kind = keyof typeof LOGINS;
type Form = { name: string; kind: Kind; domain: string; client: string };

/** Connects a real org: the sign-in itself happens in the system's browser. */
export function Connect({ onConnected, onAdministrator }: { onConnected: (org: string) => void; onAdministrator: () => void }) {
  const { form, problem, change, until } = useKept<Form>("", "new org", { name: "", kind: "production", domain: "https://", client: "" });
  const { name, kind, domain, client } = form;
  const url = kind === "domain" ? domain.trim() : LOGINS[kind];
  const deed = useDeed(
    useCallback(async () => {
      const org = await until(own.signIn(name.trim(), url, client.trim()));
      onConnected(org.org);
      return org;
    }, [name, url, client, onConnected, until]),
  );
  const missing = name.trim() === "" || client.trim() === "" ? w.orgs.missing : null;
  return (
    <section className="form">
      <h2>{w.orgs.connect}</h2>
      <label>
        {w.orgs.name}
        <input value={name} onChange={(event) => change({ name: event.target.value })} />
      </label>
      <fieldset>
        <legend>{w.orgs.login}</legend>
        {(Object.keys(LOGINS) as Kind[]).map((it) => (
          <label key={it} className="choice">
            <input type="radio" name="login" checked={kind === it} onChange={() => change({ kind: it })} /> {w.orgs.logins[it]}
          </label>
        ))}
      </fieldset>
      {kind === "domain" && (
        <label>
          {w.orgs.domain}
          <input type="url" value={domain} onChange={(event) => change({ domain: event.target.value })} />
        </label>
      )}
      <label>
        {w.orgs.client} <span className="hint">{w.orgs.clientHint}</span>
        <input value={client} onChange={(event) => change({ client: event.target.value })} />
      </label>
      {problem && <ProblemNote problem={problem} />}
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
