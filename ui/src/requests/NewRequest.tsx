import { useCallback, useEffect, useRef, useState } from "react";

import { asProblem, type DrpOpenedView, own, type Subject } from "../api";
import { Field } from "../parts/Field";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import type { Go } from "../shell/place";
import { w } from "../words";
import { localMinute } from "../words/days";
import { Paste } from "./Paste";
import { lines, type Pasted } from "./pasted";
import { Signed, SignedOpened } from "./Signed";

/** The form as it stands; every list is text with one entry a line. */
type Form = Record<"kind" | "org" | "received" | "channel" | "names" | "emails" | "phones" | "numbers", string> &
  Record<"street" | "city" | "region" | "postal" | "birthdate", string>;

const EMPTY: Form = {
  kind: "delete", org: "", received: "", channel: w.open.channels[0] ?? "", names: "", emails: "", phones: "", numbers: "",
  street: "", city: "", region: "", postal: "", birthdate: "",
};

/** Opens a request: who asks, for what, since when. */
export function NewRequest({ go, practice }: { go: Go; practice: boolean }) {
  const orgs = useView("orgs", {});
  const [begun] = useState(() => localMinute(new Date()));
  const { form, begun: typed, problem: unkept, change, forget, until } = useKept<Form>("", "new request", { ...EMPTY, received: begun });
  const [signed, setSigned] = useState<DrpOpenedView | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [pasting, setPasting] = useState(false);
  const org = form.org || orgs.data?.[0]?.org || "";
  const set = (name: keyof Form) => (event: { target: { value: string } }) => change({ [name]: event.target.value });

  const deed = useDeed(
    useCallback(async () => {
      const opened = await until(
        own.openRequest({
          org, kind: form.kind, receivedAt: new Date(form.received).toISOString(), channel: form.channel, subject: subject(form),
        }),
      );
      go({ at: "case", request: opened.request, step: "" });
      return opened;
    }, [form, org, go, until]),
  );
  const nobody = ["names", "emails", "phones", "numbers", "street", "postal"].every((it) => form[it as keyof Form].trim() === "");
  const missing = orgs.isPending ? w.parts.reading : org === "" ? w.open.noOrg : form.received === "" ? w.open.missingDay : nobody ? w.open.missing : null;

  const takePaste = (found: Pasted) => {
    change({ emails: [...new Set([...lines(form.emails), ...found.emails])].join("\n"), phones: [...new Set([...lines(form.phones), ...found.phones])].join("\n") });
  };
  const example = async () => {
    const it = await own.practiceSubject();
    const home = it.addresses[0] ?? {};
    change({
      names: it.names.join("\n"), emails: it.emails.join("\n"), phones: it.phones.join("\n"), numbers: it.account_numbers.join("\n"),
      street: home.street ?? "", city: home.city ?? "", region: home.region ?? "", postal: home.postal_code ?? "", birthdate: it.birthdate ?? "",
    });
  };

  if (signed !== null) {
    return <SignedOpened opened={signed} go={go} />;
  }
  // A signed message lives for minutes: unless somebody says when it came in, it came in now, to the second.
  const receivedAt = form.received === "" || form.received === begun ? null : new Date(form.received).toISOString();
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === null && !deed.busy) {
          void deed.start();
        }
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {w.open.title}
      </h1>
      <p className="quiet">{w.open.lead}</p>
      {practice && (
        <button type="button" className="quiet-button" onClick={() => void example()}>
          {w.open.example}
        </button>
      )}
      <div className="pair">
        <Field name={w.open.kind}>
          <select value={form.kind} onChange={set("kind")}>
            {Object.entries(w.kinds).map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </select>
        </Field>
        <Field name={w.open.org}>
          <select value={org} onChange={set("org")}>
            {(orgs.data ?? []).map((it) => (
              <option key={it.org}>{it.org}</option>
            ))}
          </select>
        </Field>
        <Field name={w.open.received} hint={w.open.receivedHint}>
          <input type="datetime-local" value={form.received} onChange={set("received")} />
        </Field>
        <Field name={w.open.channel}>
          <select value={form.channel} onChange={set("channel")}>
            {w.open.channels.map((it) => (
              <option key={it}>{it}</option>
            ))}
          </select>
        </Field>
      </div>
      <Signed org={org} receivedAt={receivedAt} onOpened={setSigned} />
      {pasting ? (
        <Paste onTaken={takePaste} />
      ) : (
        <button type="button" className="quiet-button" onClick={() => setPasting(true)}>
          {w.open.paste}
        </button>
      )}
      <div className="pair">
        {(["names", "emails", "phones", "numbers"] as const).map((name) => (
          <Field key={name} name={w.open[name]} hint={w.open.oneALine}>
            <textarea dir="auto" rows={2} value={form[name]} onChange={set(name)} />
          </Field>
        ))}
        {(["street", "city", "region", "postal"] as const).map((name) => (
          <Field key={name} name={w.open[name]}>
            <input dir="auto" value={form[name]} onChange={set(name)} />
          </Field>
        ))}
        <Field name={w.open.birthdate}>
          <input type="date" value={form.birthdate} onChange={set("birthdate")} />
        </Field>
      </div>
      <div className="deeds">
        <button disabled={deed.busy || missing !== null}>{deed.busy ? w.parts.working : w.open.go}</button>
        {typed && (
          <button type="button" className="quiet-button" disabled={deed.busy} onClick={forget}>
            {w.parts.startOver}
          </button>
        )}
        <span className="quiet">{missing ?? ""}</span>
      </div>
      {orgs.isError && <ProblemNote problem={asProblem(orgs.error)} />}
      {unkept && <ProblemNote problem={unkept} />}
      {deed.problem && <ProblemNote problem={deed.problem} />}
    </form>
  );
}

function subject(form: Form): Subject {
  const address = { street: form.street.trim(), city: form.city.trim(), region: form.region.trim(), postal_code: form.postal.trim() };
  const filled = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== ""));
  return {
    names: lines(form.names), emails: lines(form.emails), phones: lines(form.phones), account_numbers: lines(form.numbers),
    addresses: Object.keys(filled).length > 0 ? [filled] : [], birthdate: form.birthdate || null, record_ids: [], other: {},
  };
}
