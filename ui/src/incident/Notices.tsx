import { useCallback, useMemo, useState } from "react";

import { type IncidentView, type NoticeBlank, type NoticesView, own } from "../api";
import { ColumnHeads } from "../parts/ColumnHeads";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { ProblemNote } from "../parts/ProblemNote";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import type { Go } from "../shell/place";
import { w } from "../words";
import { said } from "../words/said";
import { missing } from "./IncidentScreen";
import { plainInstant } from "./Instant";
import { NoticePreview } from "./NoticePreview";
import { type Terms, useTerms } from "./useTerms";

const words = w.incident.notices;

type Props = { found: IncidentView; go: Go; practice: boolean };

/** Who gets a letter, what the letters still need, and drafting them. */
export function Notices({ found, go, practice }: Props) {
  const barred = missing(found, "notices");
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      {barred === null ? <Draft incident={found.incident} go={go} practice={practice} /> : <p>{barred}</p>}
    </>
  );
}

function Draft({ incident, go, practice }: { incident: string; go: Go; practice: boolean }) {
  const [spanish, setSpanish] = useState(false);
  const view = useView("notices", { incident, spanish });
  const terms = useTerms();
  return (
    <View of={view}>
      {(it) => (
        <>
          <Who it={it} terms={terms} />
          <label className="choice">
            <input type="checkbox" checked={spanish} onChange={() => setSpanish(!spanish)} /> {words.spanish}
          </label>
          <Blanks incident={incident} it={it} spanish={spanish} terms={terms} go={go} practice={practice} />
        </>
      )}
    </View>
  );
}

function Who({ it, terms }: { it: NoticesView; terms: Terms }) {
  const columns = words.columns;
  return (
    <section>
      <h3>{words.who}</h3>
      {it.places.length === 0 ? (
        <p>{words.nobody}</p>
      ) : (
        <table className="dense">
          <caption>{words.whoCaption(it.letters)}</caption>
          <ColumnHeads of={[columns.place, columns.mail, columns.email, columns.unreachable]} />
          <tbody>
            {it.places.map((one) => (
              <tr key={one.place}>
                <th scope="row">{terms.place(one.place)}</th>
                {[one.mail, one.email, one.unreachable].map((count, n) => (
                  <td key={n}>{count.toLocaleString("en-US")}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {Object.keys(it.left_out).length > 0 && (
        <>
          <h4>{words.leftOut}</h4>
          <ul>
            {Object.entries(it.left_out).map(([why, count]) => (
              <li key={why}>{words.leftOutLine(count ?? 0, said(why))}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

type BlanksProps = { incident: string; it: NoticesView; spanish: boolean; terms: Terms; go: Go; practice: boolean };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function Blanks({ incident, it, spanish, terms, go, practice }: BlanksProps) {
  const { form, problem, change, until } = useKept<{ filled: Record<string, string> }>(incident, "notices", { filled: {} });
  const { filled } = form;
  const value = (blank: NoticeBlank) => filled[blank.blank] ?? blank.given;
  const ours = it.blanks.filter((one) => one.setting === null);
  const business = it.blanks.filter((one) => one.setting !== null);
  const set = useMemo(() => {
    const given = it.blanks.filter((one) => one.setting === null).map((one): [string, string] => [one.blank, filled[one.blank] ?? one.given]);
    return Object.fromEntries(given.filter(([, text]) => text.trim() !== ""));
  }, [it, filled]);
  const deed = useDeed(useCallback(() => until(own.draftNotices(incident, set, spanish)), [incident, set, spanish, until]));
  const show = useDeed(useCallback(() => own.showIncidentFolder(incident), [incident]));
  const lacking = business.filter((one) => one.given === "").map((one) => said(one.about));
  const empty = ours.filter((one) => one.needed && value(one).trim() === "").map((one) => said(one.about));
  const barred = lacking.length > 0 ? words.businessMissing(lacking.join("; ")) : empty.length > 0 ? words.missing(empty.join("; ")) : null;
  const done = deed.done;
  return (
    <>
      <h3>{words.blanks}</h3>
      {practice && (
        <button
          type="button"
          className="quiet-button"
          onClick={() => {
            const examples = ours.map((one): [string, string] => [one.blank, value(one) || (words.examples[one.blank] ?? "")]);
            change({ filled: Object.fromEntries(examples) });
          }}
        >
          {words.example}
        </button>
      )}
      {ours.map((one) => (
        <label key={one.blank}>
          {capital(said(one.about))}{" "}
          <span className="hint">
            {one.needed ? words.needed : words.optional}
            {one.places.length > 0 && `, ${words.onlyFor(one.places.map(terms.place).join(", "))}`}
          </span>
          <textarea
            rows={value(one).length > 90 ? 3 : 1}
            value={value(one)}
            onChange={(event) => change({ filled: { ...filled, [one.blank]: event.target.value } })}
          />
        </label>
      ))}
      {problem && <ProblemNote problem={problem} />}
      <h4>{words.business}</h4>
      <Facts facts={business.map((one) => [capital(said(one.about)), one.given || w.parts.notYet])} />
      {lacking.length > 0 && (
        <button type="button" className="link" onClick={() => go({ at: "settings" })}>
          {words.toSettings}
        </button>
      )}
      <NoticePreview incident={incident} it={it} set={set} spanish={spanish} missing={barred === null ? null : words.preview.missing} terms={terms} />
      <DeedButton deed={deed} missing={barred} quiet={it.drafted_at !== null}>
        {it.drafted_at === null ? words.go : words.again}
      </DeedButton>
      {it.drafted_at !== null && <p className="quiet">{words.drafted(plainInstant(it.drafted_at))}</p>}
      {done && (
        <section>
          <p className="result" role="status">
            {words.done(done.letters)}
          </p>
          <p className="file">{done.folder}</p>
          <ul>
            {done.notes.map((note) => (
              <li key={note}>
                <Said>{note}</Said>
              </li>
            ))}
          </ul>
          <DeedButton deed={show} quiet>
            {w.export.show}
          </DeedButton>
        </section>
      )}
    </>
  );
}
