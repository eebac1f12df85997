import type { ExerciseQuestion } from "../api";
import { useTerms } from "../incident/useTerms";
import { dayInWords } from "../words/days";

/** What is asked, and of whom. */
export function useAsks({ asks, recipient }: Pick<ExerciseQuestion, "asks" | "recipient">): string {
  const terms = useTerms();
  return recipient === null ? asks : `${terms.recipient(recipient)}: ${asks}`;
}

/** An option, or an answer, in words. */
export function useAnswerWords({ kind, terms }: Pick<ExerciseQuestion, "kind" | "terms">): (value: string) => string {
  const { place, recipient } = useTerms();
  if (kind === "day") {
    return dayInWords;
  }
  return { text: (value: string) => value, places: place, recipients: recipient }[terms];
}
