/** An instant as the desk writes it, UTC, without the letters between. */
export const Instant = ({ at }: { at: string }) => <time dateTime={at}>{plainInstant(at)}</time>;

export const plainInstant = (at: string): string => at.replace("T", " ").replace(/(\.\d+)?Z$/, "").replace(/:00$/, "");
