import { w } from "../words";

/** Offline help: what a first-time user asks. */
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
    </>
  );
}
