import type { ExerciseQuestion } from "../api";
import { useTerms } from "../incident/useTerms";
import { dayInWords } from "../words/days";
import { said } from "../words/said";

/** What is asked, and of whom. */
export function useAsks({ asks, recipient }: Pick<ExerciseQuestion, "asks" | "recipient">): string {
  const terms = useTerms();
  return recipient === null ? said(asks) : `${terms.recipient(recipient)}: ${said(asks)}`;
}

/** An option, or an answer, in words. */
export function useAnswerWords({ kind, terms }: Pick<ExerciseQuestion, "kind" | "terms">): (value: string) => string {
  const { place, recipient } = useTerms();
  if (kind === "day") {
    return dayInWords;
  }
  return { text: (value: string) => value.split(": ").map(said).join(": "), places: place, recipients: recipient }[terms];
}
