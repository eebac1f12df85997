import { useCallback, useEffect, useRef, useState } from "react";

import { call, type SettingLine } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Frame } from "./Frame";

/** What papers and clocks take from the business. Each field saves itself when it is left. */
export function Settings() {
  const settings = useView("settings", {});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.settings.title}
      </h1>
      <Frame />
      <p className="quiet measure">{w.settings.lead}</p>
      <View of={settings}>
        {(it) =>
          groups(it.settings).map(([group, lines]) => (
            <section key={group} className="form">
              <h2>{w.settings.groups[group] ?? group}</h2>
              {lines.map((line) => (
                <Setting key={line.setting} line={line} />
              ))}
            </section>
          ))
        }
      </View>
    </>
  );
}

/** By the word before the dot, in the desk's order. */
function groups(lines: SettingLine[]): [string, SettingLine[]][] {
  const names = [...new Set(lines.map((it) => it.setting.split(".")[0] ?? ""))];
  return names.map((name) => [name, lines.filter((it) => it.setting.startsWith(`${name}.`))]);
}

function Setting({ line }: { line: SettingLine }) {
  const [text, setText] = useState(line.value ?? "");
  const save = useDeed(useCallback(() => call("set", { key: line.setting, text }), [line.setting, text]));
  const changed = text.trim() !== (line.value ?? "");
  return (
    <label>
      {w.settings.names[line.setting] ?? line.setting} <span className="hint">{line.about}</span>
      <textarea
        rows={text.includes("\n") ? 4 : 1}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => changed && void save.start()}
      />
      <span role="status" className="hint">
        {save.busy ? w.settings.saving : save.done && !changed ? w.settings.saved : ""}
      </span>
      {save.problem && <ProblemNote problem={save.problem} />}
    </label>
  );
}
