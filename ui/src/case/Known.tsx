import type { CaseView, EarlierLine } from "../api";
import { Foreign } from "../parts/Foreign";
import { Said } from "../parts/Said";
import type { Go } from "../shell/place";
import { w } from "../words";
import { dayInWords } from "../words/days";
import { kindInWords, stageInWords } from "../words/plain";

/** What is known about the request beside its road: other requests of the same person, a hold, warnings, recipients that were told. */
export function Known({ found, go }: { found: CaseView; go: Go }) {
  const { known, hold, warnings, providers } = found.request;
  const twins = known.earlier.filter((it) => known.duplicates.includes(it.request));
  const others = known.earlier.filter((it) => !twins.includes(it));
  if ([known.earlier, known.may_refuse, warnings, providers].every((it) => it.length === 0) && hold === null) {
    return null;
  }
  return (
    <section className="note known" aria-labelledby="known">
      <h2 id="known">{w.known.title}</h2>
      <ul>
        {twins.map((it) => (
          <li key={it.request}>
            {w.known.twin} <Other it={it} go={go} /> {w.known.twinNext}
          </li>
        ))}
        {known.may_refuse.map((it) => (
          <li key={it.rule}>
            {w.known.mayRefuse} <Said>{it.because.join(" ")}</Said> {it.citation}
          </li>
        ))}
        {hold && <li>{w.known.hold(hold.reference, dayInWords(hold.until))}</li>}
        {others.map((it) => (
          <li key={it.request}>
            {w.known.earlier} <Other it={it} go={go} />
          </li>
        ))}
        {warnings.map((line) => (
          <li key={line}>
            <Said>{line}</Said>
          </li>
        ))}
        {providers.map((it) => (
          <li key={it.provider}>
            <Foreign>{it.provider}</Foreign>: {w.known.told(dayInWords(it.sent_at.slice(0, 10)), w.known.states[it.state] ?? it.state)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Another request, to be opened from here, and why it is taken for the same person's. */
function Other({ it, go }: { it: EarlierLine; go: Go }) {
  const same = it.same.map((kind) => w.known.same[kind] ?? kind).join(", ");
  return (
    <>
      <button type="button" className="link" onClick={() => go({ at: "case", request: it.request, step: "" })}>
        {it.request}
      </button>{" "}
      <span className="quiet">
        {kindInWords(it.kind)} · {dayInWords(it.received_on)} · {it.outcome === null ? stageInWords(it.stage) : (w.seal.outcomes[it.outcome] ?? it.outcome)} ·{" "}
        {w.known.sameOf(same)}
      </span>
    </>
  );
}
