import { useCallback, useEffect, useRef, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";

import { begin, type MapOverview, own } from "../api";
import { DeedButton } from "../parts/DeedButton";
import { Facts } from "../parts/Facts";
import { Said } from "../parts/Said";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { plainInstant } from "../incident/Instant";
import type { Go } from "../shell/place";
import { w } from "../words";
import { Drift, Limits, Who } from "./Beside";
import { Graph } from "./Graph";
import { MapObject } from "./MapObject";
import { Objects } from "./Objects";

const words = w.map;

type Props = { org: string; object: string | null; incident: string | null; go: Go };

/** The map of one org: built, looked at as a table or as a graph, corrected, exported. */
export function MapScreen({ org, object, incident, go }: Props) {
  const view = useView("map_overview", { org, incident });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [object]);
  return (
    <>
      <button type="button" className="link" onClick={() => go(object === null ? { at: "maps" } : { at: "map", org, object: null, incident })}>
        {object === null ? words.back : words.object.back}
      </button>
      <h1 ref={heading} tabIndex={-1}>
        {object === null ? words.of(org) : `${object} · ${org}`}
      </h1>
      <View of={view}>
        {(it) =>
          it !== null && object !== null ? (
            <MapObject org={org} object={object} it={it} />
          ) : (
            <>
              <Build org={org} it={it} />
              {it === null ? (
                <>
                  <p>{words.none}</p>
                  <p className="quiet measure">{words.noneWhy}</p>
                </>
              ) : (
                <Whole it={it} incident={incident} go={go} />
              )}
            </>
          )
        }
      </View>
    </>
  );
}

function Build({ org, it }: { org: string; it: MapOverview | null }) {
  const build = useDeed(useCallback((run: string, say: (line: string) => void) => begin("build_map", { org }, run, say), [org]));
  const write = useDeed(useCallback(() => own.exportMap(org), [org]));
  return (
    <>
      {it !== null && (
        <p className="quiet">
          {words.built(plainInstant(it.built_at))} {words.againWhy}
        </p>
      )}
      <DeedButton deed={build} long quiet={it !== null}>
        {it === null ? words.build : words.again}
      </DeedButton>
      {build.done && (
        <p className="result" role="status">
          {words.builtNow(build.done.counts.objects, build.done.api_calls.spent)}
        </p>
      )}
      {it !== null && <DeedButton deed={write}>{words.export}</DeedButton>}
      {write.done && (
        <>
          <p className="result" role="status">
            {words.exported(write.done.files.length)}
          </p>
          <p className="file">{write.done.folder}</p>
          <ul>
            {write.done.notes.map((note) => (
              <li key={note}>
                <Said>{note}</Said>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What of a map is shown: what holds this category, what this integration can read. */
function Whole({ it, incident, go }: { it: MapOverview; incident: string | null; go: Go }) {
  const [category, setCategory] = useState("");
  const [integration, setIntegration] = useState("");
  const incidents = useView("incidents", {});
  const reader = it.integrations.find((one) => one.name === integration);
  const objects = it.objects.filter(
    (one) =>
      (category === "" || one.categories.includes(category)) &&
      (reader === undefined || one.object in reader.can_reach || one.object in reader.did_reach),
  );
  const integrations = reader === undefined ? it.integrations : [reader];
  const open = (object: string) => go({ at: "map", org: it.org, object, incident });
  const terms = Object.entries(it.categories).map(([letter, term]): [string, string] => [letter, term ?? ""]);
  return (
    <>
      <Facts
        facts={[
          [words.counts.objects, it.counts.objects.toLocaleString("en-US")],
          [words.counts.personal, words.counts.personalOf(it.counts.personal_fields, it.counts.fields)],
          [words.counts.confirmed, it.counts.confirmed.toLocaleString("en-US")],
          [words.counts.open, it.counts.not_yet_known.toLocaleString("en-US")],
        ]}
      />
      <fieldset className="filters">
        <legend>{words.filters}</legend>
        <Choice name={words.category} value={category} none={words.all} options={terms.map(([letter, term]) => [letter, `${letter} ${term}`])} onChange={setCategory} />
        <Choice name={words.integration} value={integration} none={words.all} options={it.integrations.map((one) => [one.name, one.name])} onChange={setIntegration} />
        <Choice
          name={words.mark}
          value={incident ?? ""}
          none={words.markNone}
          options={(incidents.data ?? []).filter((one) => one.org === it.org || one.org === null).map((one) => [one.incident, `${one.incident} · ${one.title}`])}
          onChange={(chosen) => go({ at: "map", org: it.org, object: null, incident: chosen || null })}
        />
      </fieldset>
      {it.incident !== null && (
        <p className="note">{words.touchedBy(it.incident, it.objects.filter((one) => one.touched).length)}</p>
      )}
      <p role="status">{words.shown(objects.length, it.objects.length)}</p>
      <Tabs>
        <TabList aria-label={words.title}>
          <Tab id="table">{words.tabs.table}</Tab>
          <Tab id="graph">{words.tabs.graph}</Tab>
        </TabList>
        <TabPanel id="table">
          <Objects objects={objects} integrations={integrations} open={open} />
        </TabPanel>
        <TabPanel id="graph">
          <Graph objects={objects} integrations={integrations} categories={terms} open={open} />
        </TabPanel>
      </Tabs>
      <Who it={it} integrations={integrations} />
      <Drift it={it} />
      <Limits it={it} />
    </>
  );
}

type ChoiceProps = { name: string; value: string; none: string; options: [string, string][]; onChange: (value: string) => void };

const Choice = ({ name, value, none, options, onChange }: ChoiceProps) => (
  <label>
    {name}
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{none}</option>
      {options.map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  </label>
);
