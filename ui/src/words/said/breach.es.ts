/** Why the law book says that a notice of a breach is owed or not, from when, and what would change it. */
export const breach: Record<string, string> = {
  "no fixed day": "sin día fijo",
  "due on {}": "vence el {}",
  "The breach straddles a change of the law": "La violación cae sobre un cambio de la ley",
  "The version of {} would say: {}, {}": "La versión de {} diría: {}, {}",
  "The stricter is applied": "Se aplica la más estricta",
  "The law's words on the time: {}": "Las palabras de la ley sobre el plazo: {}",
  "The law gives no number of days": "La ley no da un número de días",
  "Projected: individuals have not been told; they are expected on {}": "Previsto: todavía no se avisó a las personas; se espera avisarles el {}",
  "The clock starts with `{}`, which has not happened": "El plazo empieza con `{}`, que no ha ocurrido",
  "The date is not known: {}": "No se conoce la fecha: {}",
  "Individuals were first told on {}": "A las personas se les avisó primero el {}",
  "Projected: due with the individuals, who are expected to be told on {}": "Previsto: vence junto con el aviso a las personas, que se espera el {}",
  "Due with the individuals, whose day is not fixed": "Vence junto con el aviso a las personas, cuyo día no está fijado",
  "Due before the individuals, who were told on {}": "Vence antes del aviso a las personas, que fue el {}",
  "Due before the individuals, who are expected to be told on {}": "Vence antes del aviso a las personas, que se espera el {}",
  "Due before the individuals": "Vence antes del aviso a las personas",
  "Individuals were told on {}, sooner than the count ends": "A las personas se les avisó el {}, antes de que acabe la cuenta",

  // Damages.
  "Reasonable security was missing, and the data was exfiltrated, stolen or disclosed because of that":
    "Faltaba una seguridad razonable, y por eso los datos se sacaron, robaron o divulgaron",
  "No person's actual damages are greater": "Los daños reales de ninguna persona son mayores",
  "Newer amounts should exist and are not loaded": "Deberían existir montos más nuevos, y no están cargados",
  "The data was encrypted, but its key may have been acquired: whether it still counts as encrypted is for counsel":
    "Los datos estaban cifrados, pero pudieron llevarse la clave: si todavía cuentan como cifrados lo dice un abogado",
  "The day of the incident is not known; the day of discovery selected the amounts": "No se conoce el día del incidente; los montos se eligieron por el del descubrimiento",

  // Whether a notice is owed.
  "Not in force: {}": "No vigente: {}",
  "If the data is held for somebody else; `role` is not known": "Si los datos se tienen por cuenta de otro; no se conoce `role`",
  "If the business is one that the rule covers; `covered_entities` is not known": "Si la empresa es de las que abarca la regla; no se conoce `covered_entities`",
  "Owed once `{}` has happened": "Se debe una vez que ocurra `{}`",
  "If nobody is told because no harm is likely": "Si no se avisa a nadie porque no es probable un daño",
  "If people in {} are affected; `residents` is not known": "Si afecta a personas de {}; no se conoce `residents`",
  "The risk to individuals is high": "El riesgo para las personas es alto",
  "The risk to individuals is not high": "El riesgo para las personas no es alto",
  "If the risk to individuals is high; `high_risk` is not known": "Si el riesgo para las personas es alto; no se conoce `high_risk`",
  "{} residents of {}; the law asks {}": "{} residentes de {}; la ley pide {}",
  "If {} residents of {} are affected; the number is not known": "Si afecta a {} residentes de {}; no se conoce el número",
  "Whether {} residents of {} are affected hangs on elements that need a decision": "Que afecte a {} residentes de {} depende de elementos que piden una decisión",
  "{} residents of {}, but {} persons in all; the law asks {} persons at one time, and statutes differ on who counts":
    "{} residentes de {}, pero {} personas en total; la ley pide {} personas a la vez, y las leyes difieren en quién cuenta",
  "If {} persons in all are affected and all of them count; the number is not known": "Si afecta a {} personas en total y todas cuentan; no se conoce el número",
  "The law knows no delay for law enforcement": "La ley no conoce una espera por una autoridad",
  "As far as the book knows, a hold by law enforcement does not stop this duty; ask counsel":
    "Hasta donde sabe el libro, la espera de una autoridad no detiene este deber; pregunte a un abogado",
  "Law enforcement asked on {} to wait; the hold has not ended": "Una autoridad pidió el {} esperar; la espera no ha terminado",
  "Law enforcement asked on {} to wait; the hold ended on {}, after which the duty is due promptly":
    "Una autoridad pidió el {} esperar; la espera terminó el {}, y después el deber vence enseguida",
  "The next business day after the hold is not known: {}": "No se conoce el día hábil siguiente a la espera: {}",
  "The law sets a number of its own for the time after a hold": "La ley fija un número propio para el tiempo después de una espera",
  "The date after the hold is not known: {}": "No se conoce la fecha después de la espera: {}",
  "Individuals were told on {}; this had to come before": "A las personas se les avisó el {}; esto tenía que ir antes",
  "The facts do not say whether the data is held as owner or for somebody else; the owner's duties are shown as they stand":
    "Los hechos no dicen si los datos se tienen como propios o por cuenta de otro; se muestran los deberes del dueño",
  "`groups` stands in place of `elements` and `residents`, which were not read": "`groups` está en lugar de `elements` y `residents`, que no se leyeron",
  "the hold ends before it begins": "la espera termina antes de empezar",
  "a hold that ended has no beginning": "una espera que terminó no tiene comienzo",
  "{} is no jurisdiction of the law book, such as US-CA, US-PR, EU, GB or CA": "{} no es una jurisdicción del libro de leyes, como US-CA, US-PR, EU, GB o CA",

  // Whether it is a breach under this law.
  "An employee or agent acquired the data in good faith for the business, which is no breach as long as it is not used or disclosed further":
    "Un empleado o agente obtuvo los datos de buena fe para la empresa, lo que no es una violación mientras no se usen ni divulguen más",
  "If it was not a good-faith acquisition by an employee or agent; `good_faith` is not known":
    "Si no fue una obtención de buena fe por un empleado o agente; no se conoce `good_faith`",
  "The law binds only information brokers and public data collectors": "La ley obliga solo a intermediarios de información y a entidades públicas que recopilan datos",
  "If the business is an information broker; `information_broker` is not known": "Si la empresa es un intermediario de información; no se conoce `information_broker`",
  "If the business is one that the regime covers; `covered_entities` is not known": "Si la empresa es de las que abarca el régimen; no se conoce `covered_entities`",
  "Any data about a person counts": "Cuenta cualquier dato sobre una persona",
  "The elements are among those the law lists": "Los elementos están entre los que enumera la ley",
  "Whether the elements count needs a decision: {}": "Si los elementos cuentan pide una decisión: {}",
  "If the data holds elements that the law lists; `elements` is not known": "Si los datos contienen elementos que enumera la ley; no se conoce `elements`",
  "The elements are not among those the law lists": "Los elementos no están entre los que enumera la ley",
  "Encryption of less than {} bits is none under this law": "Un cifrado de menos de {} bits no lo es según esta ley",
  "The data was not encrypted": "Los datos no estaban cifrados",
  "Encryption does not help: its key was acquired too": "El cifrado no sirve: se llevaron también su clave",
  "The data was encrypted and its key was not acquired": "Los datos estaban cifrados y no se llevaron su clave",
  "The data was encrypted and its key was not acquired; one trigger of the law excludes that, another does not":
    "Los datos estaban cifrados y no se llevaron su clave; un supuesto de la ley lo excluye, otro no",
  "The data was encrypted and its key was not acquired; decide whether a risk remains": "Los datos estaban cifrados y no se llevaron su clave; decida si queda un riesgo",
  "Whether the data was encrypted is not known; it counts when the risk is judged": "No se sabe si los datos estaban cifrados; cuenta al juzgar el riesgo",
  "If the data was not encrypted or its key was acquired; `encryption` is not known": "Si los datos no estaban cifrados o se llevaron su clave; no se conoce `encryption`",
  "The written finding is kept {} years": "El juicio escrito se guarda {} años",
  "Harm is said to be unlikely": "Se dice que un daño es improbable",
  "A person must decide by {}": "Una persona debe decidir según {}",
  "the statute": "la ley",
  "The law has no harm test": "La ley no tiene prueba de daño",
  "Another trigger of the law has no harm test": "Otro supuesto de la ley no tiene prueba de daño",
  "The harm exemption is for inadvertent disclosures by authorised persons only": "La exención por daño es solo para divulgaciones sin querer de personas autorizadas",
  "If it was no inadvertent disclosure by an authorised person; `inadvertent_by_authorised_person` is not known":
    "Si no fue una divulgación sin querer de una persona autorizada; no se conoce `inadvertent_by_authorised_person`",
  "If harm is likely; `harm` is not known": "Si es probable un daño; no se conoce `harm`",
  "The standard: {}": "El criterio: {}",
  "An exemption may be found after an investigation of the harm; until then the duty stands":
    "Tras investigar el daño puede hallarse una exención; mientras tanto el deber sigue",
};
