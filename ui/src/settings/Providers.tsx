import { useCallback, useState } from "react";

import { call, type ProviderLine } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { Field } from "../parts/Field";
import { Foreign } from "../parts/Foreign";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";

const EMPTY: ProviderLine = { provider: "", role: "service-provider", contract: "", channel: "", consumer_key: "email", systems: [], confirm_within_days: 10 };

/** The register of those who hold the person's data for us or got it from us: listed, added to, changed, shortened. */
export function Providers() {
  const register = useView("providers", {});
  const [entry, setEntry] = useState<{ line: ProviderLine; known: boolean } | null>(null);
  const p = w.providers;
  return (
    <section aria-label={p.title}>
      <h2>{p.title}</h2>
      <p className="quiet measure">{p.lead}</p>
      <View of={register}>
        {(all) => (all.length === 0 ? <p>{p.none}</p> : <Register all={all} onChange={(line) => setEntry({ line, known: true })} />)}
      </View>
      {entry === null ? (
        <button type="button" className="quiet-button" onClick={() => setEntry({ line: EMPTY, known: false })}>
          {p.add}
        </button>
      ) : (
        <Entry key={entry.line.provider} of={entry.line} known={entry.known} onDone={() => setEntry(null)} />
      )}
    </section>
  );
}

function Register({ all, onChange }: { all: ProviderLine[]; onChange: (line: ProviderLine) => void }) {
  const p = w.providers;
  return (
    <table>
      <caption>{p.caption(all.length)}</caption>
      <ColumnHeads of={p.columns} />
      <tbody>
        {all.map((it) => (
          <tr key={it.provider}>
            <th scope="row">
              <Foreign>{it.provider}</Foreign>
              <small className="beneath">{it.systems.join(", ")}</small>
            </th>
            <td>{p.roles[it.role] ?? it.role}</td>
            <td>
              <Foreign>{it.channel}</Foreign>
            </td>
            <td>{p.days(it.confirm_within_days)}</td>
            <td>
              <button type="button" className="link" aria-label={p.changeOne(it.provider)} onClick={() => onChange(it)}>
                {p.change}
              </button>{" "}
              <Remove name={it.provider} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Taking somebody out asks once more: whom the next request tells depends on it. */
function Remove({ name }: { name: string }) {
  const [sure, setSure] = useState(false);
  const deed = useDeed(useCallback(() => call("remove_provider", { name }), [name]));
  const p = w.providers;
  return sure ? (
    <DeedButton deed={deed} quiet>
      {p.removeSure(name)}
    </DeedButton>
  ) : (
    <button type="button" className="link" aria-label={p.removeOne(name)} onClick={() => setSure(true)}>
      {p.remove}
    </button>
  );
}

function Entry({ of, known, onDone }: { of: ProviderLine; known: boolean; onDone: () => void }) {
  const { form: line, problem, change, forget, until } = useKept(
    "",
    `provider ${known ? of.provider : "new"}`,
    { ...of, named: of.systems.join("\n") },
  );
  const deed = useDeed(
    useCallback(async () => {
      const { named, ...entry } = line;
      const systems = named.split("\n").map((it) => it.trim()).filter((it) => it !== "");
      const kept = await until(call(known ? "change_provider" : "add_provider", { entry: { ...entry, systems } }));
      onDone();
      return kept;
    }, [line, known, onDone, until]),
  );
  const p = w.providers;
  const set = (name: "provider" | "role" | "contract" | "channel" | "consumer_key") => (event: { target: { value: string } }) =>
    change({ [name]: event.target.value });
  const missing = line.provider.trim() === "" ? p.missing.provider : line.contract.trim() === "" ? p.missing.contract : line.channel.trim() === "" ? p.missing.channel : null;
  return (
    <section className="form" aria-label={known ? p.changeOne(of.provider) : p.add}>
      <h3>{known ? p.changeOne(of.provider) : p.add}</h3>
      <div className="pair">
        <Field name={p.name} hint={known ? p.nameStays : ""}>
          <input dir="auto" value={line.provider} readOnly={known} maxLength={120} onChange={set("provider")} />
        </Field>
        <Field name={p.role}>
          <select value={line.role} onChange={set("role")}>
            {Object.entries(p.roles).map(([word, name]) => (
              <option key={word} value={word}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field name={p.contract} hint={p.contractHint}>
          <input dir="auto" value={line.contract} maxLength={300} onChange={set("contract")} />
        </Field>
        <Field name={p.channel} hint={p.channelHint}>
          <input dir="auto" value={line.channel} maxLength={300} onChange={set("channel")} />
        </Field>
        <Field name={p.key} hint={p.keyHint}>
          <select value={line.consumer_key} onChange={set("consumer_key")}>
            {Object.entries(p.keys).map(([word, name]) => (
              <option key={word} value={word}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field name={p.within} hint={p.withinHint}>
          <input
            type="number"
            min={1}
            max={365}
            value={line.confirm_within_days}
            onChange={(event) => change({ confirm_within_days: Math.min(365, Math.max(0, Math.trunc(Number(event.target.value)))) })}
          />
        </Field>
      </div>
      <Field name={p.systems} hint={p.systemsHint}>
        <textarea dir="auto" rows={2} value={line.named} onChange={(event) => change({ named: event.target.value })} />
      </Field>
      {problem && <ProblemNote problem={problem} />}
      <DeedButton deed={deed} missing={missing}>
        {p.keep}
      </DeedButton>
      <button
        type="button"
        className="link"
        onClick={() => {
          forget();
          onDone();
        }}
      >
        {w.parts.cancel}
      </button>
    </section>
  );
}
