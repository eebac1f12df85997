import { useEffect, useRef } from "react";

import type { SettingLine } from "../api";
import { Updates } from "../help/Updates";
import { ProblemNote } from "../parts/ProblemNote";
import { useKept } from "../parts/useKept";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";
import { Calendars } from "./Calendars";
import { Frame } from "./Frame";
import { KeyStore } from "./KeyStore";
import { Logo } from "./Logo";
import { Providers } from "./Providers";
import { Setting, type Unsaved } from "./Setting";

/** What papers and clocks take from the business. Each field saves itself when it is left. */
export function Settings() {
  const settings = useView("settings", {});
  const { form, problem, change } = useKept<{ typed: Record<string, string> }>("", "settings", { typed: {} });
  const latest = useRef(form.typed);
  latest.current = form.typed;
  /** Texts that were typed and not saved yet, by key. */
  const unsaved: Unsaved = {
    of: (key) => form.typed[key],
    type: (key, text) => change({ typed: { ...latest.current, [key]: text } }),
    saved: (key, text) => latest.current[key] === text && change({ typed: Object.fromEntries(Object.entries(latest.current).filter(([it]) => it !== key)) }),
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {w.settings.title}
      </h1>
      <Frame />
      <KeyStore />
      <p className="quiet measure">{w.settings.lead}</p>
      {problem && <ProblemNote problem={problem} />}
      <View of={settings}>
        {(it) =>
          groups(it.settings).map(([group, lines]) => (
            <section key={group} className="form">
              <h2>{w.settings.groups[group] ?? group}</h2>
              {lines.map((line) => (
                <Setting key={line.setting} line={line} unsaved={unsaved} />
              ))}
            </section>
          ))
        }
      </View>
      <Logo />
      <Calendars />
      <Providers />
      <Updates />
    </>
  );
}

/** By the word before the dot, in the desk's order. */
function groups(lines: SettingLine[]): [string, SettingLine[]][] {
  const names = [...new Set(lines.map((it) => it.setting.split(".")[0] ?? ""))];
  return names.map((name) => [name, lines.filter((it) => it.setting.startsWith(`${name}.`))]);
}
