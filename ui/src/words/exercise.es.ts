/** US Spanish for the tabletop exercise: every string of `exercise.ts` again. */
import type { exercise as english } from "./exercise";

const number = (count: number): string => count.toLocaleString("es-US");
const many = (count: number, one: string, more: string): string => `${number(count)} ${count === 1 ? one : more}`;

export const exercise: typeof english = {
  title: "Ejercicio de mesa",
  open: "Ejercicio de mesa",
  lead: "Un robo de la org de práctica, desde sus registros hasta la ley. Usted responde antes de ver; el programa juzga por lo que él mismo averiguó.",
  how: [
    "Primero el programa recorre todo el camino, como un incidente propio; tarda un minuto.",
    "Cada pregunta se responde una vez. Un número vale con un décimo de diferencia; un día hasta una semana antes vale la mitad, un día tarde no vale.",
    "Al final está cada pregunta con la respuesta correcta, el porqué y dónde está escrito.",
  ],
  begin: "Comenzar el ejercicio",
  noOrg: "Un ejercicio necesita la org de práctica: comience en Practicar.",
  none: "No se preparó ningún ejercicio para este incidente.",
  toExercise: "Al ejercicio",
  progress: (done, all) => `${number(done)} de ${many(all, "pregunta respondida", "preguntas respondidas")}`,
  points: (points, of) => `${number(points)} de ${many(of, "punto", "puntos")}`,
  scenario: "Lo que se le dice",
  scenarioLead: "Alguien usó el acceso de una integración para copiar datos de Salesforce. Usted se enteró el 28 de octubre de 2026. El incidente está en la lista, con todo lo hallado: mírelo después. Lo que solo usted podría saber es esto:",
  kinds: { choice: "elija una", several: "elija todas las que valen", number: "un número entero", day: "un día" },
  missing: "Primero dé una respuesta.",
  answer: "Responder",
  sofar: "Su última respuesta",
  score: (points, of) => `${number(points)} de ${many(of, "punto", "puntos")}`,
  verdict: (share) =>
    share >= 0.8
      ? "Habría cumplido todas las fechas importantes. Mire lo que está marcado."
      : share >= 0.5
        ? "El esquema es correcto. Mire lo que está marcado antes del próximo."
        : "Recorra el incidente paso a paso e inténtelo otra vez.",
  debrief: "Balance",
  walk: "Recorrer este incidente",
  worth: (points, of) => `${number(points)} de ${number(of)}`,
  given: "Su respuesta",
  right: "Correcto",
  why: "Por qué",
  citation: "Dónde está escrito",
  nothing: "ninguna",
};
