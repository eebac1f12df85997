import { en } from "./en";
import { es } from "./es";

/** Every word of the screens. A second language is a second object of this shape. */
export type Words = typeof en;
export type Language = "en" | "es";

const ALL: Record<Language, Words> = { en, es };

/** Each language by its own name. */
export const LANGUAGES: Record<Language, string> = { en: "English", es: "Español" };

/** The language of this window: as it was chosen, else English. */
export const language: Language = chosen();
export const w: Words = ALL[language];

/** Speaks another language from now on: the page is loaded anew, the vault stays open. */
export function speak(wanted: Language): void {
  localStorage.setItem("language", wanted);
  location.reload();
}

function chosen(): Language {
  try {
    return localStorage.getItem("language") === "es" ? "es" : "en";
  } catch {
    return "en"; // a page without a store speaks English
  }
}
