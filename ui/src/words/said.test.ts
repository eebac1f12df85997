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
    "../../../crates/desk/src/{data_map,letter}/*.rs",
    "../../../crates/casework/src/*.rs",
    "../../../crates/casework/src/{bystanders,carry_out,case,change,correct,identity,locate,rehearse}/*.rs",
    "../../../crates/casework/src/disclosure/kind.rs",
    "../../../crates/law/src/{answer,calendar,duties,facts,lookup,period,records,request}.rs",
    "../../../crates/law/src/request/*.rs",
    "../../../crates/vault/src/{error,key,key_store}.rs",
    "../../../crates/salesforce/src/{errors,refusal,sign_in}.rs",
    "../../../crates/papers/src/{error,html,reading}.rs",
    "../../../crates/papers/src/verify/*.rs",
    "../../../crates/papers/src/bundle/{manifest.rs,limits.txt}",
    "../../../assets/letters/*.toml","!**/letters/phrases.toml",
    "!**/tests.rs",
    // Papers: the report of a sealed bundle, the yearly figures, the map's PDF.
    "!**/desk/src/{seal,figures,metrics_report}.rs",
    "!**/desk/src/data_map/paper.rs",
    // Words that are looked for in records, and names of objects.
    "!**/casework/src/{categories,metrics}.rs",
    "!**/casework/src/locate/budget.rs",
  ],
  { query: "?raw", import: "default", eager: true },
);

/** Texts in those rooms that no window shows, each with its reason. */
const SILENT = new Set([
  // Written into Salesforce or into a letter.
  "deleted consumer {}",
  "you may ask us to look at this decision again",
  "write to {} and give the reference of your request",
  "data Rights Protocol 1.0",
  // What Salesforce says, looked for in its answers.
  "not valid for use with the REST API",
  "no such column '",
  "on entity '",
  "sObject type '",
  "api refresh_token id",
  "must be installed",
  "not admin approved",
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
  // Titles of the system's own dialogs, which speak the system's language beside it.
  "check a sealed bundle",
  "take in event logs",
  "the folder of an export, one CSV file for each object",
  "the folder in which the data map shall stand",
  "text with commas",
  "where shall the vault stand?",
  "open a vault",
  // Faults of the program that stop its tests.
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
const MADE_UP = new Set(["{} calendar days", "{} business days", "{} hours"]);

/** The texts of a source: the lines of a text, what the blanks of a letter are about, the string literals of Rust before its tests. */
function literals(file: string, source: string): string[] {
  if (file.endsWith(".txt")) {
    return source.split("\n");
  }
  if (file.endsWith(".toml")) {
    return [...source.matchAll(/^about = "(.*)"$/gm)].map(([, about = ""]) => about);
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
  /[A-Za-z’)}] [a-z{(`"A-Z\d]/.test(text) && text.split(/\s+/).length >= 3 && !/\b(SELECT|INSERT|PRAGMA|ATTACH|DETACH)\b|[|<>]/.test(text);

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

test("a sentence is said in Spanish with what stands in its blanks", () => {
  expect(said("Email holds ana@example.com, the subject's email.")).toBe("Email contiene ana@example.com, el correo de la persona.");
  expect(said("3 records are not as the plan says. The request stays open.")).toBe(
    "3 registros no están como dice el plan. La solicitud sigue abierta.",
  );
  expect(said("Nobody wrote this sentence.")).toBe("Nobody wrote this sentence.");
});
