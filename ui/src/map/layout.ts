/** Where everything of the graph stands: three columns, no line longer than from one column to the next. Decides nothing about data. */
import type { MapIntegration, MapObjectLine } from "../api";

export type Column = 0 | 1 | 2;
export type GraphNode = { id: string; column: Column; name: string; touched: boolean; x: number; y: number };
export type GraphEdge = { from: string; to: string; did: boolean };
export type Layout = { width: number; height: number; nodes: GraphNode[]; edges: GraphEdge[]; areas: { name: string; y: number }[] };

export const BOX = { width: [200, 230, 190] as const, height: 26 };
const STEP = 34;
const GAP = 110;
const HEAD = 40;
const LEFT: readonly number[] = [0, BOX.width[0] + GAP, BOX.width[0] + BOX.width[1] + 2 * GAP];

export const integrationId = (name: string): string => `i:${name}`;
export const objectId = (name: string): string => `o:${name}`;
export const categoryId = (letter: string): string => `c:${letter}`;

const reads = (it: MapIntegration, object: string): boolean => object in it.can_reach || object in it.did_reach;

/** The objects stand in their areas; what is linked to them is spread over the same height. */
export function layout(objects: MapObjectLine[], integrations: MapIntegration[], categories: [string, string][]): Layout {
  const drawn = objects.filter((it) => it.categories.length > 0);
  const comes = integrations.filter((it) => drawn.some((object) => reads(it, object.object)));
  const held = categories.filter(([letter]) => drawn.some((object) => object.categories.includes(letter)));
  const nodes: GraphNode[] = [];
  const areas: Layout["areas"] = [];
  let y = HEAD;
  for (const area of [...new Set(drawn.map((it) => it.area))]) {
    areas.push({ name: area, y: y + BOX.height / 2 });
    y += STEP;
    for (const it of drawn.filter((one) => one.area === area)) {
      nodes.push({ id: objectId(it.object), column: 1, name: it.object, touched: it.touched, x: LEFT[1] ?? 0, y });
      y += STEP;
    }
  }
  const height = Math.max(y, HEAD + STEP * Math.max(comes.length, held.length));
  const spread = (n: number, of: number): number => HEAD + ((height - HEAD) * (n + 0.5)) / of - BOX.height / 2;
  const beside: GraphNode[] = [
    ...comes.map((it, n): GraphNode => ({
      id: integrationId(it.name), column: 0, name: it.name, touched: it.touched, x: LEFT[0] ?? 0, y: spread(n, comes.length),
    })),
    ...held.map(([letter, term], n): GraphNode => ({
      id: categoryId(letter), column: 2, name: `${letter} ${term}`, touched: false, x: LEFT[2] ?? 0, y: spread(n, held.length),
    })),
  ];
  const edges = drawn.flatMap((object): GraphEdge[] => [
    ...comes
      .filter((it) => reads(it, object.object))
      .map((it) => ({ from: integrationId(it.name), to: objectId(object.object), did: object.object in it.did_reach })),
    ...object.categories.map((letter) => ({ from: objectId(object.object), to: categoryId(letter), did: false })),
  ]);
  return { width: (LEFT[2] ?? 0) + BOX.width[2], height: height + STEP / 2, nodes: [...beside, ...nodes], edges, areas };
}

/** What hangs on a box, by id. */
export const ends = (edges: GraphEdge[], id: string): string[] =>
  edges.flatMap((it) => (it.from === id ? [it.to] : it.to === id ? [it.from] : []));

/** Where an arrow key leads: along the column, or along a line to the next column; `null` where there is nothing. */
export function neighbour({ nodes, edges }: Layout, from: GraphNode, key: string): GraphNode | null {
  const within = nodes.filter((it) => it.column === from.column).sort((a, b) => a.y - b.y);
  const at = within.findIndex((it) => it.id === from.id);
  switch (key) {
    case "ArrowDown":
      return within[at + 1] ?? null;
    case "ArrowUp":
      return within[at - 1] ?? null;
    case "Home":
      return within[0] ?? null;
    case "End":
      return within[within.length - 1] ?? null;
    case "ArrowLeft":
    case "ArrowRight": {
      const side = from.column + (key === "ArrowRight" ? 1 : -1);
      const linked = new Set(ends(edges, from.id));
      const over = nodes.filter((it) => it.column === side && linked.has(it.id));
      return over.sort((a, b) => Math.abs(a.y - from.y) - Math.abs(b.y - from.y))[0] ?? null;
    }
    default:
      return null;
  }
}
