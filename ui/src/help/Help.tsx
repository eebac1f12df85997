import { Lines } from "../parts/Lines";
import { w } from "../words";
import { Updates } from "./Updates";
// Written by `cargo xtask licences` from the lock files.
import shipped from "../api/shipped.json";

/** Offline help: what a first-time user asks, and what the program is made of. */
export function Help() {
  return (
    <>
      <h1>{w.help.title}</h1>
      {w.help.parts.map(([title, text]) => (
        <section key={title}>
          <h2>{title}</h2>
          <p className="measure">{text}</p>
        </section>
      ))}
      <Updates />
      <section>
        <h2>{w.help.shipped}</h2>
        <p className="measure">{w.help.shippedLead(shipped.length)}</p>
        <Lines label={w.help.shipped} lines={shipped} height={36} keyOf={(it) => it.join(" ")}>
          {([name, version, licence]) => (
            <div className="outcome">
              <span>
                {name} <span className="quiet">{version}</span>
              </span>
              <span>{licence}</span>
            </div>
          )}
        </Lines>
      </section>
    </>
  );
}
