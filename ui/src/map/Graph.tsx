import { type KeyboardEvent, useMemo, useRef, useState } from "react";

import type { MapIntegration, MapObjectLine } from "../api";
import { w } from "../words";
import { BOX, ends, type GraphNode, type Layout, layout, neighbour } from "./layout";

const words = w.map.graph;
const SIZES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const USUAL = SIZES.indexOf(1);
/** Names beyond this many are counted, not said. */
const SAID = 8;

/** Letters that a box holds. */
const WIDE = 24;

type Props = { objects: MapObjectLine[]; integrations: MapIntegration[]; categories: [string, string][]; open: (object: string) => void };

/** The map as a graph: one stop for the Tab key, arrows walk along the lines. The table beside says the same in words. */
export function Graph({ objects, integrations, categories, open }: Props) {
  const drawn = useMemo(() => layout(objects, integrations, categories), [objects, integrations, categories]);
  const [size, setSize] = useState(USUAL);
  const [at, setAt] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const shapes = useRef(new Map<string, SVGGElement>());
  const here = drawn.nodes.find((it) => it.id === at) ?? drawn.nodes[0];
  const picked = drawn.nodes.find((it) => it.id === chosen) ?? null;
  const linked = useMemo(() => new Set(picked ? [picked.id, ...ends(drawn.edges, picked.id)] : []), [drawn, picked]);
  if (here === undefined) {
    return <p>{words.nothing}</p>;
  }
  const factor = SIZES[size] ?? 1;
  const resize = (by: number) => setSize(Math.min(SIZES.length - 1, Math.max(0, size + by)));
  const pressed = (event: KeyboardEvent) => {
    const to = neighbour(drawn, here, event.key);
    if (to) {
      setAt(to.id);
      shapes.current.get(to.id)?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      setChosen(chosen === here.id ? null : here.id);
    } else if (event.key === "Escape") {
      setChosen(null);
    } else if (event.key === "+" || event.key === "=") {
      resize(1);
    } else if (event.key === "-") {
      resize(-1);
    } else if (event.key === "0") {
      setSize(USUAL);
    } else if (!event.key.startsWith("Arrow")) {
      return;
    }
    event.preventDefault();
  };
  return (
    <section aria-label={w.map.tabs.graph}>
      <p className="quiet">{words.how}</p>
      <div className="deeds">
        <button type="button" className="quiet-button" disabled={size === 0} onClick={() => resize(-1)}>
          {words.smaller}
        </button>
        <button type="button" className="quiet-button" disabled={size === SIZES.length - 1} onClick={() => resize(1)}>
          {words.larger}
        </button>
        <button type="button" className="quiet-button" disabled={size === USUAL} onClick={() => setSize(USUAL)}>
          {words.usual}
        </button>
        <span className="quiet" role="status">
          {words.size(Math.round(factor * 100))}
        </span>
      </div>
      <div className="chosen" role="status">
        {picked && <p>{sentence(drawn, picked)}</p>}
      </div>
      {picked?.column === 1 && (
        <button type="button" onClick={() => open(picked.name)}>
          {words.open}
        </button>
      )}
      <div className="graph">
        <svg
          viewBox={`0 0 ${drawn.width} ${drawn.height}`}
          width={drawn.width * factor}
          height={drawn.height * factor}
          role="group"
          aria-label={words.label}
          onKeyDown={pressed}
        >
          {words.columns.map((name, n) => (
            <text key={name} className="head" x={drawn.nodes.find((it) => it.column === n)?.x ?? 0} y={16}>
              {name}
            </text>
          ))}
          {drawn.areas.map((it) => (
            <text key={it.name} className="area" x={drawn.nodes.find((one) => one.column === 1)?.x ?? 0} y={it.y + 8}>
              {it.name}
            </text>
          ))}
          {drawn.edges.map((it) => (
            <path
              key={`${it.from} ${it.to}`}
              d={line(drawn, it.from, it.to)}
              className={[it.did ? "did" : "", picked && (it.from === picked.id || it.to === picked.id) ? "lit" : "", picked ? "dim" : ""].join(" ")}
            />
          ))}
          {drawn.nodes.map((it) => (
            <g
              key={it.id}
              ref={(shape) => void (shape ? shapes.current.set(it.id, shape) : shapes.current.delete(it.id))}
              role="button"
              tabIndex={it.id === here.id ? 0 : -1}
              aria-pressed={it.id === chosen}
              aria-label={`${it.name}${it.touched ? `, ${w.map.touched}` : ""}`}
              className={[it.touched ? "marked" : "", picked && !linked.has(it.id) ? "dim" : ""].join(" ")}
              transform={`translate(${it.x} ${it.y})`}
              onFocus={() => setAt(it.id)}
              onClick={() => {
                setAt(it.id);
                setChosen(chosen === it.id ? null : it.id);
              }}
            >
              <rect width={BOX.width[it.column]} height={BOX.height} rx={3} />
              {it.touched && <rect className="bar" width={5} height={BOX.height} />}
              <text x={12} y={18}>
                {short(it.name)}
                {it.touched && <tspan aria-hidden="true"> · {w.map.touched}</tspan>}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <p className="quiet">{words.legend}</p>
    </section>
  );
}

/** As much of a name as a box holds; always its beginning, so that what is seen can be said. */
function short(name: string): string {
  const first = name.split(/, | \(/)[0] ?? name;
  return first.length <= WIDE ? first : first.slice(0, Math.max(first.lastIndexOf(" ", WIDE), WIDE / 2));
}

/** A line from the right side of one box to the left side of the next. */
function line({ nodes }: Layout, from: string, to: string): string {
  const [one, other] = [nodes.find((it) => it.id === from), nodes.find((it) => it.id === to)];
  if (!one || !other) {
    return "";
  }
  const [x, y] = [one.x + (BOX.width[one.column] ?? 0), one.y + BOX.height / 2];
  const bend = (x + other.x) / 2;
  return `M${x} ${y}C${bend} ${y} ${bend} ${other.y + BOX.height / 2} ${other.x} ${other.y + BOX.height / 2}`;
}

/** What hangs on a box, in a sentence. */
function sentence(drawn: Layout, picked: GraphNode): string {
  const names = (column: number, only = (_did: boolean) => true): string => {
    const linked = ends(drawn.edges.filter((it) => only(it.did)), picked.id);
    const all = linked.flatMap((id) => drawn.nodes.filter((it) => it.id === id && it.column === column).map((it) => it.name));
    return all.length === 0 ? "" : words.more(all.slice(0, SAID).join(", "), Math.max(0, all.length - SAID));
  };
  switch (picked.column) {
    case 0: {
      const did = names(1, (it) => it);
      return `${words.reads(picked.name, names(1) || words.nothingOf)}${did ? ` ${words.did(did)}` : ""}`;
    }
    case 1:
      return words.object(picked.name, names(2), names(0) || w.map.objects.nobody);
    case 2:
      return words.held(picked.name, names(1));
  }
}
