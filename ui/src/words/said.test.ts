// @vitest-environment jsdom
import { expect, test, vi } from "vitest";

import { book } from "./said/book.es";
import { key, said, sentences } from "./said";

vi.hoisted(() => localStorage.setItem("language", "es"));

/** The rooms whose sentences reach the window. What stands in papers for others — letters, reports, evidence — has a language of its own. */
const sources: Record<string, string> = import.meta.glob(
  [
    "../../../src-tauri/src/*.rs",
    "../../../crates/desk/src/*.rs",
    "../../../crates/desk/src/{carry_out,data_map,incident,letter}/*.rs",
    "../../../crates/desk/src/incident/{draft,exercise,packet}/*.rs",
    "../../../crates/casework/src/*.rs",
    "../../../crates/casework/src/{bystanders,carry_out,case,change,choice,correct,identity,locate,rehearse}/*.rs",
    "../../../crates/casework/src/incident/*.rs",
    "../../../crates/casework/src/{data_map,incident/detect,incident/notice}/*.rs",
    "../../../crates/casework/src/disclosure/kind.rs",
    "../../../crates/law/src/{answer,calendar,duties,facts,lookup,period,records,request}.rs",
    "../../../crates/law/src/breach.rs",
    "../../../crates/law/src/{breach,request}/*.rs",
    "../../../crates/vault/src/{error,key,key_store}.rs",
    "../../../crates/salesforce/src/{errors,refusal,sign_in}.rs",
    "../../../crates/papers/src/{error,html,reading}.rs",
    "../../../crates/papers/src/verify/*.rs",
    "../../../crates/papers/src/bundle/{manifest.rs,limits.txt}",
    "../../../assets/letters/*.toml",
    "../../../assets/law/*/amounts.toml",
    "../../../assets/detection/*.yml",
    "!**/tests.rs",
    // Papers: the report of a sealed bundle, the yearly figures, the map's PDF.
    "!**/desk/src/{seal,figures,metrics_report}.rs",
    "!**/desk/src/data_map/paper.rs",
    "!**/desk/src/incident/packet/{letters,papers_of,sheets,timeline}.rs",
    // Words that are looked for in records, and names of objects.
    "!**/casework/src/{categories,metrics}.rs",
    "!**/casework/src/locate/budget.rs",
    // Faults of a law file or of a rule: whoever writes one sees them.
    "!**/law/src/breach/{rule,versions}.rs",
  ],
  { query: "?raw", import: "default", eager: true },
);

/** Texts in those rooms that no window shows, each with its reason. */
const SILENT = new Set([
  // Written into Salesforce or into a letter.
  "deleted consumer {}",
  "privacy request {}",
  "you may ask us to look at this decision again",
  "write to {} and give the reference of your request",
  // What Salesforce says, looked for in its answers.
  "not valid for use with the REST API",
  "no such column '",
  "on entity '",
  "sObject type '",
  "api refresh_token id",
  "must be installed",
  "not admin approved",
  "notice of Data Breach",
  "about you",
  "of yours",
  "on {}",
  // Put together with what stands before or behind it.
  "{} {} {} say so",
  ", about {} rows",
  "a person must decide by {}.{}",
  "` or `",
  // Too few words of their own to be known again: they join two names, or list words of the command line.
  "{} of {}",
  "{} on {}",
  "{} to {}",
  "in {}",
  "use {}",
  // Faults of a law file: whoever writes one sees them, nobody who uses the program.
  "`last_year` lies before `first_year`",
  "`closed`: {} is a weekend or outside the calendar's years",
  "`closed`: {} stands there twice",
  "`name` is taken by another calendar",
  "rule {}: {}",
  "rule {}: `period` names the unknown calendar {}",
  "`period`: `calendar` is needed for business days, and only for them",
  "`period`: `count` is not between 1 and 3660",
  "`period`: hours are not rolled",
  "rule {}: `trigger` names the unknown rule {}",
  "rule {}: it needs either `elements` or `any_data`",
  "rule {}: `clock` needs `period` and `from` for a count or an annual date, and only for them",
  // Faults of the program that stop its tests.
  "the gate kept out what a rule hits",
  "a log was called quiet in which a rule hits",
  "a proof is asked and answered, not iterated",
  "a rehearsal is asked and answered, not iterated",
  // Before there is a window.
  "a shell reads the clock",
  "there is no window to say it in",
  "habeas: the window could not be opened ({})",
  "no vault was touched",
  "the command line still works: habeas --help",
]);

/** Words that the desk puts together from parts. */
const MADE_UP = new Set([
  ...["{} calendar days", "{} business days", "{} hours"],
  "A person must decide by {}",
  "Fine or civil penalty ({})",
  "The same, if intentional or about a child ({})",
  "A notice that is late or left out ({})",
  "Nominal damages for medical information ({})",
  ...["{} record say so", "{} records say so", "{} record say so, about {} rows", "{} records say so, about {} rows"],
]);

/** The texts of a source: the lines of a text, what the blanks of a letter are about, the string literals of Rust before its tests. */
function literals(file: string, source: string): string[] {
  if (file.endsWith(".txt")) {
    return source.split("\n");
  }
  if (file.endsWith("phrases.toml")) {
    const named = (section: string) =>
      [...(source.split(`[${section}]\n`)[1]?.split("\n[")[0] ?? "").matchAll(/en = "(.*?)", es/g)].map(([, text = ""]) => text);
    // An element of a letter is a heading in the window: "Your name" is "name".
    const heading = (text: string) => text.replace(/^Your /, "").replace("your ", "the ").replace(/ (about you|of yours)$/, "");
    return [...named("category").filter((it) => it.endsWith(")")), ...named("element").map(heading)];
  }
  if (file.endsWith("amounts.toml")) {
    return [...source.matchAll(/^per = "(.*)"$/gm)].map(([, per = ""]) => per);
  }
  if (file.endsWith(".toml")) {
    return [...source.matchAll(/^about = "(.*)"$/gm)].map(([, about = ""]) => about);
  }
  if (file.endsWith(".yml")) {
    return [...source.matchAll(/^(?:title: |description: | {4}- )"(.*)"$/gm)].map(([, text = ""]) => text);
  }
  const code = source.split(/#\[cfg\(test\)\]\s*mod \w+ \{/)[0] ?? "";
  const tokens = /'(?:\\.|[^'\\])'|\/\/[^\n]*|r#+"[\s\S]*?"#+|"((?:[^"\\]|\\[\s\S])*)"/g;
  return [...code.matchAll(tokens)].flatMap(([, text]) => (text === undefined ? [] : [text])).map((text) =>
    text
      .replace(/\\\n\s*/g, "")
      .replace(/\\"/g, '"')
      .replace(/\\n/g, "\n")
      .replace(/\{[^{}]*\}/g, "{}"),
  );
}

/** Three words or more that are no query and no list of words. */
const isSentence = (text: string): boolean =>
  /(^|\s)[a-z{]/.test(text) && /[A-Za-z’)}] [a-z{(`"A-Z\d]/.test(text) && text.split(/\s+/).length >= 3 && !/\b(SELECT|INSERT|PRAGMA|ATTACH|DETACH)\b|[|<>]/.test(text);

const known = new Set(Object.keys(book).map(key));

/** What of a literal the book does not know: it is taken apart as the window takes a text apart. */
function unknown(literal: string): string[] {
  // A whole sentence may stand in a blank, before or behind another.
  const pieces = sentences(literal).flatMap((piece) => (known.has(key(piece)) ? [piece] : piece.split(/(?<=\{\})\s+(?=[A-Z])/)));
  const lost: string[] = [];
  for (let from = 0; from < pieces.length; ) {
    let to = from + 1;
    while (to <= pieces.length && !known.has(key(pieces.slice(from, to).join(" ")))) {
      to += 1;
    }
    if (to > pieces.length) {
      const piece = pieces[from] ?? "";
      lost.push(...(/\p{L}/u.test(piece.replaceAll("{}", "")) && !SILENT.has(key(piece)) ? [piece] : []));
      from += 1;
    } else {
      from = to;
    }
  }
  return lost;
}

test("every sentence of the desk that can reach a screen is in the Spanish book", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(80);
  const lost = Object.entries(sources).flatMap(([file, source]) =>
    literals(file, source).filter(isSentence).flatMap(unknown).map((it) => `${file.replace("../../../", "")}: ${it}`),
  );
  expect([...new Set(lost)]).toEqual([]);
});

test("the book holds nothing that the desk no longer says", () => {
  const all = Object.entries(sources).flatMap(([file, source]) => literals(file, source));
  const text = new Set(all.flatMap((it) => [it, ...sentences(it), ...it.split(/(?<=\{\})\s+(?=[A-Z])/)]).map(key));
  const whole = all.map(key).join("\n");
  const stale = [...Object.keys(book), ...SILENT].filter((it) => !text.has(key(it)) && !whole.includes(key(it)));
  expect(stale.filter((it) => !MADE_UP.has(it))).toEqual([]);
});

test("no translation loses or invents a blank", () => {
  const blanks = (text: string): string[] => {
    let next = 0;
    return [...text.matchAll(/\{(\d?)\}/g)].map(([, place]) => (place ? place : String(++next))).sort();
  };
  // The window has a place where the command needs a name.
    const fewer = ["fill it with `{}`, or for this letter alone with --set {}=…", "run `habeas map build {}` first"];
  const wrong = Object.entries(book).filter(([english, spanish]) => {
    const wanted = blanks(english.replace(/(\{\})+/g, "{}")).join();
    return blanks(spanish).join() !== wanted && !fewer.includes(key(english));
  });
  expect(wrong).toEqual([]);
});

test("no phrase has so few words of its own that it would take another sentence for its own", () => {
  const short = Object.keys(book).filter((it) => /^\{\} \w{1,3} \{\}$/.test(it) || /^\w{1,3} \{\}$/.test(it));
  expect(short).toEqual([]);
});

test("a sentence is said in Spanish with what stands in its blanks", () => {
  expect(said("Email holds ana@example.com, the subject's email.")).toBe("Email contiene ana@example.com, el correo de la persona.");
  expect(said("Name is Ana, a form of the subject's name.")).toBe("Name es Ana, una forma del nombre de la persona.");
  expect(said("3 records are not as the plan says. The request stays open.")).toBe(
    "3 registros no están como dice el plan. La solicitud sigue abierta.",
  );
  expect(said("Nobody wrote this sentence.")).toBe("Nobody wrote this sentence.");
});
