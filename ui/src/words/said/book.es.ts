import { breach } from "./breach.es";
import { casework } from "./casework.es";
import { desk } from "./desk.es";
import { doors } from "./doors.es";
import { incident } from "./incident.es";
import { law } from "./law.es";
import { letters } from "./letters.es";
import { papers } from "./papers.es";
import { rules } from "./rules.es";
import { terms } from "./terms.es";

/** Every sentence of the desk that the Spanish window knows, by its English wording. */
export const book: Record<string, string> = {
  ...doors,
  ...papers,
  ...letters,
  ...rules,
  ...terms,
  ...law,
  ...breach,
  ...incident,
  ...casework,
  ...desk,
};
