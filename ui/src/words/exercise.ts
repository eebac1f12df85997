/** US English for the tabletop exercise. Merged into `en.ts`. */

const many = (count: number, one: string, more: string): string => `${count.toLocaleString("en-US")} ${count === 1 ? one : more}`;

export const exercise = {
  title: "Tabletop exercise",
  open: "Tabletop exercise",
  lead: "A theft of the practice org, from its logs to the law. You answer before you see; the program judges by what it found out itself.",
  how: [
    "The program goes through the whole road first, as an incident of its own; that takes a minute.",
    "Each question is answered once. A tenth off is right for a number; a day up to a week early is half right, a day late is wrong.",
    "In the end every question stands there with the right answer, why, and where that is written.",
  ],
  begin: "Begin the exercise",
  noOrg: "An exercise needs the practice org: begin under Practise.",
  none: "No exercise was set for this incident.",
  toExercise: "To the exercise",
  progress: (done: number, all: number) => `${done.toLocaleString("en-US")} of ${many(all, "question", "questions")} answered`,
  points: (points: number, of: number) => `${points.toLocaleString("en-US")} of ${many(of, "point", "points")}`,
  scenario: "What you are told",
  scenarioLead: "Somebody used the access of an integration to copy data from Salesforce. You learned of it on October 28, 2026. The incident stands in the list, with everything that was found: look there afterwards. What only you could know is this:",
  kinds: { choice: "choose one", several: "choose all that hold", number: "a whole number", day: "a day" } as Record<string, string>,
  missing: "Give an answer first.",
  answer: "Answer",
  sofar: "Your last answer",
  score: (points: number, of: number) => `${points.toLocaleString("en-US")} of ${many(of, "point", "points")}`,
  verdict: (share: number): string =>
    share >= 0.8
      ? "You would have kept every important date. Look at what is marked."
      : share >= 0.5
        ? "The outline is right. Look at what is marked before the next one."
        : "Walk through the incident step by step, and try again.",
  debrief: "Debrief",
  walk: "Walk through this incident",
  worth: (points: number, of: number) => `${points.toLocaleString("en-US")} of ${of.toLocaleString("en-US")}`,
  given: "Your answer",
  right: "Right",
  why: "Why",
  citation: "Where it stands",
  nothing: "none",
};
