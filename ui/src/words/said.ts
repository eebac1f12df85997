import { language } from ".";
import { book } from "./said/book.es";

/**
 * What the desk says in English, said in the language of the window. The desk words its sentences once, for the command line,
 * the ledger and the sealed evidence, and keeps many of them in the vault. So the English sentence is the key, with `{}` where a
 * name, a number or a path stands; these go over as they are. `said.test.ts` reads the sources and fails when a sentence is missing.
 */
export type Part = { text: string; known: boolean };

/** Abbreviations of citations: no sentence ends after them. */
const NO_END = /(?:^|[\s(])(?:Cal|Civ|Regs|tit|Art|No|Inc|U\.S)\.$/;

/** The sentences of a text, each with its full stop. */
export function sentences(text: string): string[] {
  const all: string[] = [];
  for (const piece of text.trim().split(/(?<=[.!])\s+(?=[^a-z\s])|(?<=\?)\s+/)) {
    const last = all.at(-1);
    if (last !== undefined && NO_END.test(last)) {
      all[all.length - 1] = `${last} ${piece}`;
    } else {
      all.push(piece);
    }
  }
  return all;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One sentence as the book keeps it: without its full stop, its first letter small, blanks that touch as one. */
export const key = (sentence: string): string => {
  const bare = sentence.trim().replace(/\.$/, "").replace(/(\{\})+/g, "{}");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
};

/** `opens`: a blank stands at the very beginning. */
type Phrase = { english: RegExp; spanish: string; letters: number; opens: boolean };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const exact = new Map<string, string>();
const phrases: Phrase[] = [];
for (const [english, spanish] of Object.entries(book)) {
  const at = key(english);
  if (at.includes("{}")) {
    const english = new RegExp(`^${at.split("{}").map(escaped).join("(.+?)")}$`, "s");
    phrases.push({ english, spanish, letters: at.replaceAll("{}", "").length, opens: at.startsWith("{}") });
  } else {
    exact.set(at, spanish);
  }
}
phrases.sort((one, other) => other.letters - one.letters); // the more a phrase says itself, the sooner it is tried

/** `{}` takes what stands there in order, `{2}` the second of them. */
function filled(spanish: string, held: string[]): string {
  let next = 0;
  return spanish.replace(/\{(\d?)\}/g, (_, place: string) => inside(held[place === "" ? next++ : Number(place) - 1] ?? ""));
}

/** What stands in a blank may be words of the desk, too, or several of them; one word with a capital is a name, such as a field's. */
const inside = (held: string): string => {
  const known = /^\p{Lu}\S*$/u.test(held) ? held : spoken(held);
  return known ?? held.split("; ").map((it) => spoken(it) ?? it).join("; ");
};

/** One sentence or a few words in Spanish; `null` when the book does not know them. */
function spoken(sentence: string): string | null {
  const at = key(sentence);
  let found = exact.get(at) ?? null;
  for (const { english, spanish, opens } of found === null ? phrases : []) {
    const held = english.exec(at)?.slice(1);
    if (held !== undefined) {
      if (opens) {
        held[0] = sentence.trim().slice(0, held[0]?.length); // its first letter was made small only to be looked up
      }
      found = filled(spanish, held);
      break;
    }
  }
  if (found === null) {
    return null;
  }
  const begins = /^\p{Lu}/u.test(sentence.trim()) ? capital(found) : found;
  return sentence.trimEnd().endsWith(".") ? `${begins}.` : begins;
}

const heard = new Map<string, Part[]>();

/** A text of the desk in parts that stand in the window's language, and parts that only stand in English. */
export function parts(text: string): Part[] {
  if (language === "en" || text === "") {
    return [{ text, known: true }];
  }
  const before = heard.get(text);
  if (before !== undefined) {
    return before;
  }
  const all: Part[] = [];
  const pieces = sentences(text);
  for (let from = 0; from < pieces.length; ) {
    let to = from + 1;
    let words = spoken(pieces[from] ?? "");
    // What stands in a blank may hold a full stop of its own.
    while (words === null && to < pieces.length) {
      to += 1;
      words = spoken(pieces.slice(from, to).join(" "));
    }
    all.push(words === null ? { text: pieces[from] ?? "", known: false } : { text: words, known: true });
    from = words === null ? from + 1 : to;
  }
  heard.set(text, all);
  return all;
}

/** The same as plain words, for places that take no markup. */
export const said = (text: string): string =>
  parts(text)
    .map((it) => it.text)
    .join(" ");
