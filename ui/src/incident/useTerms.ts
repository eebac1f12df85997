import { useView } from "../parts/useView";
import { language, w } from "../words";
import { said } from "../words/said";

export type Terms = {
  place: (code: string) => string;
  element: (key: string) => string;
  /** Who is told, by the law book's own code. */
  recipient: (code: string) => string;
};

const countries = new Intl.DisplayNames(w.locale, { type: "region", fallback: "none" });

/** A country as the window's language calls it; the desk's own names are English. */
const country = (code: string): string | undefined => (language === "en" || !/^[A-Z]{2}$/.test(code) ? undefined : countries.of(code));

/** Codes of the law book in words; a code that nobody knows stays as it is. */
export function useTerms(): Terms {
  const { places = {}, elements = {} } = useView("incident_terms", {}).data ?? {};
  const place = (code: string): string =>
    code === "unknown" || code === "" ? w.incident.scope.unknownPlace : (w.incident.assess.places[code] ?? country(code) ?? places[code] ?? code);
  const recipient = (code: string): string => {
    const state = /^(us-[a-z]{2})-ag$/.exec(code)?.[1];
    return w.incident.recipients[code] ?? (state ? w.incident.attorneyGeneral(place(state.toUpperCase())) : code);
  };
  return { place, element: (key) => said(elements[key] ?? key), recipient };
}
