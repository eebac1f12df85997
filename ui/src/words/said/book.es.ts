import { casework } from "./casework.es";
import { desk } from "./desk.es";
import { doors } from "./doors.es";
import { law } from "./law.es";
import { letters } from "./letters.es";
import { papers } from "./papers.es";

/** Every sentence of the desk that the Spanish window knows, by its English wording. */
export const book: Record<string, string> = { ...doors, ...papers, ...letters, ...law, ...casework, ...desk };
