import type { Hang, Step } from "../api";

/** Records of one object that hang on the same record through the same lookup, or on nothing. */
export type Branch = { object: string; field: string | null; twigs: Twig[]; count: number };
/** A step with what goes along with its record. */
export type Twig = { step: Step; branches: Branch[]; count: number };

/** The steps of a plan as they hang on each other, grouped by object; each step stands once, in the order of the plan. */
export function cascade(steps: Step[], hangs: Hang[]): Branch[] {
  const going = new Set<string>(steps.filter((it) => it.deed === "delete").map((it) => it.id));
  const above = new Map(hangs.filter((it) => going.has(it.on)).map((it) => [it.id, it]));
  const hangOf = (step: Step) => (step.deed === "delete" ? above.get(step.id) : undefined);
  const below = gather(steps.filter((it) => hangOf(it) !== undefined), (it) => hangOf(it)?.on ?? "");
  const placed = new Set<Step>();
  const twig = (step: Step): Twig => {
    placed.add(step);
    const branches = grouped(step.deed === "delete" ? (below.get(step.id) ?? []) : []);
    return { step, branches, count: 1 + sum(branches) };
  };
  const grouped = (all: Step[]): Branch[] => {
    const open = all.filter((it) => !placed.has(it));
    return [...gather(open, (it) => `${it.object} ${hangOf(it)?.field ?? ""}`).values()].map((group) => {
      const twigs = group.flatMap((it) => (placed.has(it) ? [] : [twig(it)]));
      return { object: group[0]?.object ?? "", field: (group[0] && hangOf(group[0])?.field) ?? null, twigs, count: sum(twigs) };
    });
  };
  const tree = grouped(steps.filter((it) => hangOf(it) === undefined));
  // Records that hang on each other in a ring have no root, and are shown all the same.
  return [...tree, ...grouped(steps)];
}

function gather<T>(all: T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) {
      group.push(one);
    } else {
      groups.set(by(one), [one]);
    }
  }
  return groups;
}

const sum = (all: { count: number }[]): number => all.reduce((total, it) => total + it.count, 0);
