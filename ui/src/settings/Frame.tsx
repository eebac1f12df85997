import { useState } from "react";

import { Field } from "../parts/Field";
import { showAt, ZOOMS, zoomKept } from "../shell/frame";
import { type Language, LANGUAGES, language, speak, w } from "../words";

/** How the window looks and speaks, on this computer: nothing of it stands in the vault. */
export function Frame() {
  const [factor, setFactor] = useState(zoomKept);
  return (
    <section className="form">
      <h2>{w.frame.title}</h2>
      <div className="pair">
        <Field name={w.frame.size}>
          <select
            value={factor}
            onChange={(event) => {
              const chosen = Number(event.target.value);
              setFactor(chosen);
              void showAt(chosen);
            }}
          >
            {ZOOMS.map((it) => (
              <option key={it} value={it}>
                {w.frame.percent(it * 100)}
              </option>
            ))}
          </select>
        </Field>
        <Field name={w.frame.language} hint={w.frame.languageHint}>
          <select value={language} onChange={(event) => speak(event.target.value as Language)}>
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      </div>
    </section>
  );
}
