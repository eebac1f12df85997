/** Where in the window one is. */
export type Place =
  | { at: "today" }
  | { at: "requests" }
  | { at: "open" }
  | { at: "case"; request: string; step: string }
  | { at: "incidents" }
  | { at: "open-incident" }
  | { at: "incident"; incident: string; step: string }
  | { at: "exercise"; incident: string | null }
  | { at: "maps" }
  | { at: "map"; org: string; object: string | null; incident: string | null }
  | { at: "orgs" }
  | { at: "law" }
  | { at: "settings" }
  /** `given`: the system opened the window with a bundle, for the so-manieth time; it is checked at once. */
  | { at: "check"; given?: number }
  | { at: "help" };

export type Go = (place: Place) => void;
