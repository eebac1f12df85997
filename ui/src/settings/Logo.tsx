import { useCallback, useEffect, useRef } from "react";

import { call, type LogoView } from "../api";
import { ProblemNote } from "../parts/ProblemNote";
import { useDeed } from "../parts/useDeed";
import { useView } from "../parts/useView";
import { View } from "../parts/View";
import { w } from "../words";

const l = w.settings.logo;

/** The picture at the head of letters: shown as it is, taken from a file, taken away again. */
export function Logo() {
  const logo = useView("logo", {});
  const chosen = useRef<File | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const take = useDeed(
    useCallback(async () => {
      const bytes = chosen.current && [...new Uint8Array(await chosen.current.arrayBuffer())];
      return { taken: (await call("set_logo", { png: bytes })) !== null };
    }, []),
  );
  const start = (file: File | null) => {
    chosen.current = file;
    void take.start();
  };
  return (
    <section className="form" aria-label={l.title}>
      <h2>{l.title}</h2>
      <p className="quiet measure">{l.lead}</p>
      <View of={logo}>{(it) => (it === null ? <p>{l.none}</p> : <Picture of={it} />)}</View>
      <label>
        {logo.data ? l.other : l.choose} <span className="hint">{l.limits}</span>
        <input
          ref={field}
          type="file"
          accept="image/png"
          disabled={take.busy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) {
              start(file);
            }
            event.target.value = ""; // the same file can be chosen again
          }}
        />
      </label>
      {logo.data && (
        <button
          type="button"
          className="quiet-button"
          disabled={take.busy}
          onClick={() => {
            start(null);
            field.current?.focus(); // this button goes away
          }}
        >
          {l.remove}
        </button>
      )}
      <p role="status" className="hint">
        {take.busy ? w.settings.saving : take.done ? (take.done.taken ? l.taken : l.removed) : ""}
      </p>
      {take.problem && <ProblemNote problem={take.problem} />}
    </section>
  );
}

/** Painted from its bytes: the page loads no picture from anywhere. */
function Picture({ of }: { of: LogoView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let here = true;
    const paint = async () => {
      const bytes = Uint8Array.from(atob(of.png), (it) => it.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      if (here) {
        canvas.current?.getContext("2d")?.drawImage(bitmap, 0, 0);
      }
    };
    paint().catch(() => undefined); // its size still stands beside it
    return () => {
      here = false;
    };
  }, [of.png]);
  return (
    <figure className="logo">
      <canvas ref={canvas} width={of.width} height={of.height} role="img" aria-label={l.title} />
      <figcaption className="quiet">{l.size(of.width, of.height)}</figcaption>
    </figure>
  );
}
