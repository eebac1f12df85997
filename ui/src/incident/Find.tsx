import { useCallback, useState } from "react";

import { begin, type HeldFinding, type IncidentFound, type IncidentView } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { said } from "../words/said";
import { FindingCard } from "./FindingCard";
import { missing } from "./IncidentScreen";

const words = w.incident.find;

/** The rules' findings: each with its evidence, its innocent causes, and the officer's decision. */
export function Find({ found }: { found: IncidentView }) {
  const { incident } = found;
  const [strength, setStrength] = useState("balanced");
  const view = useView("incident_found", { incident, strength });
  const deed = useDeed(
    useCallback(
      (run: string, say: (line: string) => void) => begin("examine", { incident, strength }, run, say),
      [incident, strength],
    ),
  );
  const again = view.data !== null && view.data !== undefined;
  return (
    <>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      <div className="deeds">
        <DeedButton deed={deed} missing={missing(found, "find")} long quiet={again}>
          {again ? words.again : words.go}
        </DeedButton>
        <label className="filter">
          {words.strength}
          <select value={strength} onChange={(event) => setStrength(event.target.value)}>
            {Object.entries(words.strengths).map(([word, name]) => (
              <option key={word} value={word}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <View of={view}>{(it) => (it === null ? <p>{words.notYet}</p> : <Result incident={incident} it={it} />)}</View>
    </>
  );
}

function Result({ incident, it }: { incident: string; it: IncidentFound }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const card = it.findings.find((one) => one.finding === chosen) ?? it.findings[0];
  const open = it.findings.filter((one) => one.status === "open").length;
  return (
    <>
      <p className="result" role="status">
        {words.count(it.findings.length, open)} {it.not_shown > 0 && <span className="quiet">{words.notShown(it.not_shown)}</span>}
      </p>
      {card && (
        <div className="triage">
          <List findings={it.findings} at={card.finding} choose={setChosen} />
          <FindingCard key={card.finding} incident={incident} it={card} />
        </div>
      )}
      <section>
        <h3>{words.cannot}</h3>
        <ul>
          {it.cannot_see.map((one) => (
            <li key={one.type}>
              <strong>{words.cannotLine(one.type)}</strong> <Said>{one.what_it_would_show}</Said>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

type ListProps = { findings: HeldFinding[]; at: string; choose: (finding: string) => void };

/** Findings one under the other; arrow keys move. */
function List({ findings, at, choose }: ListProps) {
  const pressed = (event: React.KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const place = findings.findIndex((it) => it.finding === at);
    const next = move === undefined ? undefined : findings[place + move];
    if (next) {
      event.preventDefault();
      choose(next.finding);
      document.getElementById(next.finding)?.focus();
    }
  };
  return (
    <div className="matches findings" onKeyDown={pressed}>
      <h3>{words.list}</h3>
      <ul>
        {findings.map((it) => (
          <li key={it.finding}>
            <button
              type="button"
              id={it.finding}
              aria-pressed={it.finding === at}
              tabIndex={it.finding === at ? 0 : -1}
              onClick={() => choose(it.finding)}
            >
              <span className="title">{said(it.title)}</span>
              <span className="object">
                {words.levels[it.level]} · {it.app ?? it.principal ?? it.rule}
              </span>
              <small data-status={it.status}>{words.statuses[it.status]}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
