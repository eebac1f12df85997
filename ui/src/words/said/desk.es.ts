/** What the desk says of requests, orgs, letters and settings: refusals, next steps, notes. */
export const desk: Record<string, string> = {
  // What a refusal left as it was.
  "Nothing was done": "No se hizo nada",
  "Nothing was recorded": "No se registró nada",
  "Nothing was extended": "No se prorrogó nada",
  "Nothing was denied": "No se negó nada",
  "Nothing was approved": "No se aprobó nada",
  "Nothing more was brought back": "No se recuperó nada más",
  "Nothing was taken": "No se tomó nada",
  "Nothing was written": "No se escribió nada",
  "Nothing was written for it": "Para ese no se escribió nada",
  "Nothing was exported": "No se exportó nada",
  "Nothing was computed": "No se calculó nada",
  "Nothing was decided": "No se decidió nada",
  "Nothing was confirmed": "No se confirmó nada",
  "Nothing was kept": "No se guardó nada",
  "Nothing was shown": "No se mostró nada",
  "Nothing was checked": "No se comprobó nada",
  "Nothing was looked for": "No se buscó nada",
  "Nothing more was written": "No se escribió nada más",
  "Nothing was changed in Salesforce": "No se cambió nada en Salesforce",
  "No org was added": "No se conectó ninguna org",
  "The request stays open": "La solicitud sigue abierta",
  "The register stays as it was": "El registro de destinatarios sigue igual",
  "The mapping stays as it was": "La asignación sigue igual",
  "Nothing was changed in Salesforce; what was read so far is kept": "No se cambió nada en Salesforce; lo leído hasta ahora se conserva",
  "Nothing more was written; what was written before stays, and the next run goes on from there":
    "No se escribió nada más; lo ya escrito queda, y la próxima vez se sigue desde ahí",
  "Locating goes on where it stopped": "La localización sigue donde se detuvo",
  "This batch was not written": "Este lote no se escribió",
  "This batch was not written; earlier batches stay as they are": "Este lote no se escribió; los lotes anteriores quedan como están",

  // Answering.
  "how receipt was confirmed": "cómo se confirmó la recepción",
  "the reason for the extension": "el motivo de la prórroga",
  "the agency's case number": "el número de caso de la autoridad",
  "the ground": "el fundamento",
  "Receipt was confirmed on {}": "La recepción se confirmó el {}",
  "Go on with the next step of the request": "Siga con el paso siguiente de la solicitud",
  "No rule allows extending this kind of request": "Ninguna regla permite prorrogar esta clase de solicitud",
  "Answer by the date that `habeas request show` gives": "Responda antes de la fecha que muestra la solicitud",
  "The person must be told of an extension, with the reason, within the first {} days, which ended on {} ({})":
    "A la persona hay que avisarle de una prórroga, con el motivo, en los primeros {} días, que terminaron el {} ({})",
  "Answer now; the request is overdue": "Responda ahora; la solicitud está vencida",
  "Send the extension letter today: `habeas request letter --kind extension`": "Envíe hoy la carta de prórroga, en Cartas",
  "The data is held until {}": "Los datos están retenidos hasta {}",
  "Renew the hold with --renew, or end it with --release": "Renueve la retención o póngale fin",
  "No law-enforcement hold is recorded for this request": "Para esta solicitud no consta ninguna retención de una autoridad",
  "Place one with --agency-case and --from": "Registre una, con el número de caso y el día",
  "For a child under 13 a parent or guardian opts in, and was not verified yet":
    "Por un menor de 13 años acepta su padre, madre o tutor, y todavía no se comprobó quién es",
  "Record the method with `habeas request identify --parent` (Cal. Code Regs., tit. 11, § 7070)":
    "Registre el método de comprobación del padre, madre o tutor (Cal. Code Regs., tit. 11, § 7070)",
  "Do the rest of the request, then write the denial letter and close it as partially_granted":
    "Haga el resto de la solicitud, escriba la carta de negativa y ciérrela como cumplida en parte",
  "Write the denial letter with `habeas request letter --kind denial`, then close the request as denied":
    "Escriba la carta de negativa en Cartas y cierre la solicitud como negada",
  "A request of the kind {} cannot be denied for this reason": "Una solicitud de la clase {} no puede negarse por este motivo",
  "{} is empty, longer than {} characters or holds control characters": "{} está vacío, pasa de {} caracteres o contiene caracteres de control",
  "Say it in a sentence": "Dígalo en una frase",
  "Install the program again": "Instale otra vez el programa",

  // Two people.
  "Approve the plan with `habeas request approve --plan DIGEST --by NAME`, each of the two people under their own name":
    "Aprueben el plan en Aprobar, cada una de las dos personas con su propio nombre",
  "The policy of this vault asks for two people, and nobody has approved this plan by name":
    "La regla de esta bóveda pide dos personas, y nadie ha aprobado este plan con su nombre",
  "The policy of this vault asks for two people, and only one has approved this plan":
    "La regla de esta bóveda pide dos personas, y solo una ha aprobado este plan",
  "A second person of another name has to": "Tiene que hacerlo una segunda persona, de otro nombre",
  "The policy of this vault asks for two people, and nobody was named": "La regla de esta bóveda pide dos personas, y no se dio ningún nombre",
  "Name yourself: `habeas request approve --plan DIGEST --by NAME`": "Dé su nombre en Aprobar",
  "This is no name: it is longer than 120 characters, holds control characters or has no letter":
    "Esto no es un nombre: pasa de 120 caracteres, contiene caracteres de control o no tiene letras",
  "Give the name that you sign with": "Dé el nombre con el que firma",
  "This person has approved the plan already; the policy of this vault asks for a second one":
    "Esta persona ya aprobó el plan; la regla de esta bóveda pide una segunda",
  "Let somebody else look at the plan and approve it under another name": "Que otra persona mire el plan y lo apruebe con otro nombre",

  // Carrying out.
  "The org refused to say where the plan's records stand ({})": "La org se negó a decir cómo están los registros del plan ({})",
  "Check the Salesforce user's permissions with `habeas org check`, then run this again":
    "Mire en Orgs los permisos del usuario de Salesforce y vuelva a intentarlo",
  "Emptying the bin": "Vaciando la papelera",
  "The org changed since the plan was rehearsed: {}": "La org cambió desde que se ensayó el plan: {}",
  "What the plan had not yet written was not written": "Lo que el plan todavía no había escrito no se escribió",
  "Rehearse again, look at the new plan and approve it": "Ensaye otra vez, mire el plan nuevo y apruébelo",
  "If part of the plan was already written, take that back with `habeas request undo` first":
    "Si ya se escribió una parte, recupérela primero en Ejecutar",
  "The plan was not approved": "El plan no fue aprobado",
  "Approve it with `habeas request approve` and the digest that the rehearsal showed": "Apruébelo en Aprobar",
  "The plan kept in the vault does not fit its digest": "El plan guardado en la bóveda no corresponde a su huella",
  "Check the vault with `habeas vault check`, then rehearse again": "Compruebe la bóveda con `habeas vault check` y ensaye otra vez",
  "; and {} more": "; y {} más",

  // Choices and the clock.
  "The file of choices was not taken: {}": "El archivo de asignaciones no se tomó: {}",
  "Mend it; `habeas org choices NAME --json` shows the shape and what the org offers":
    "Corríjalo; `habeas org choices NOMBRE --json` muestra la forma y lo que la org ofrece",
  "it is larger than 1 MB": "pasa de 1 MB",
  "line {}, column {}: {}": "línea {}, columna {}: {}",
  "line {}, column {}": "línea {}, columna {}",
  "No field of this person's records stands for this choice": "Ningún campo de los registros de esta persona representa esta elección",
  "Look at `habeas org choices {}` and settle which fields do; then review and rehearse again":
    "Decida con `habeas org choices {}` qué campos la representan; después revise y ensaye otra vez",
  "an unknown or missing key, or a value of the wrong kind": "una clave desconocida o que falta, o un valor de otra clase",
  "this is not JSON": "esto no es JSON",
  "The clock of this computer says {} UTC, and the last entry of this vault was made at {} UTC":
    "El reloj de esta computadora dice {} UTC, y la última entrada de esta bóveda se hizo a las {} UTC",
  "Nothing is lost, but what is done now would bear a wrong time, and days that are left would be counted wrongly":
    "No se pierde nada, pero lo que se haga ahora llevaría una hora falsa, y los días que quedan se contarían mal",
  "Set date and time of the computer right, then lock and unlock the vault":
    "Ponga bien la fecha y la hora de la computadora; después bloquee y abra la bóveda",

  // Corrections.
  "The org refused to show the person's records ({})": "La org se negó a mostrar los registros de la persona ({})",
  "Check the Salesforce user's permissions with `habeas org check`, then try again":
    "Mire en Orgs los permisos del usuario de Salesforce y vuelva a intentarlo",
  "contested value {}": "valor disputado {}",
  "{}: the org holds another value than the file says; look at it again": "{}: la org tiene otro valor que el que se dijo; mírelo otra vez",
  "The file of contested values was not taken: {}": "Los valores disputados no se tomaron: {}",
  "Mend the items named and give the whole file again": "Corrija lo que se nombra y vuelva a intentarlo",

  // The data map.
  "not yet known": "todavía no se sabe",
  "Counting the records of {} objects": "Contando los registros de {} objetos",
  "Building the map: {} questions, {} calls used": "Construyendo el mapa: {} preguntas, {} llamadas usadas",
  "There is a map of more than one org": "Hay un mapa de más de una org",
  "Name the org: `habeas map show NAME`": "Elija la org",
  "No map of this org was built yet": "Todavía no se construyó un mapa de esta org",
  "Run `habeas map build {}` first": "Primero construya el mapa en Mapa de datos",
  "records shared with it": "los registros compartidos con ella",
  "These answers were not taken: {}": "Estas respuestas no se tomaron: {}",
  "Mend them and confirm again": "Corríjalas y confírmelas otra vez",
  "The map has no such object or field": "El mapa no tiene ese objeto o campo",
  "Build the map anew: the org may have changed": "Construya el mapa de nuevo: la org puede haber cambiado",

  // The desk itself.
  "There is no such request in this vault": "En esta bóveda no hay tal solicitud",
  "List the requests with `habeas request list`; a number looks like R-2026-0001": "Mire la lista en Solicitudes",
  "The person's identifiers were shredded after this request ended": "Los datos que identifican a la persona se destruyeron al terminar esta solicitud",
  "Open a new request if the person asks again": "Abra una solicitud nueva si la persona vuelve a pedirlo",
  "There is no session for this org": "No hay ninguna sesión con esta org",
  "Sign in with `habeas org login`": "Inicie sesión en Orgs",
  "No org of this name is connected": "No hay ninguna org conectada con este nombre",
  "List the orgs with `habeas org list`, or add one with `habeas org add` or `habeas org login`": "Mire las orgs en Orgs, o conecte una",
  "Tell the person from when the right applies; open the request if it comes again then":
    "Diga a la persona desde cuándo vale el derecho; abra la solicitud si vuelve a llegar entonces",
  "The law book does not say how identity is checked for this request": "El libro de leyes no dice cómo se comprueba la identidad en esta solicitud",
  "Ask counsel, and note how identity was checked": "Pregunte a un abogado y anote cómo se comprobó la identidad",
  "The law book does not say how long such a hold binds": "El libro de leyes no dice cuánto obliga tal retención",
  "Ask counsel, and do not carry out the deletion meanwhile": "Pregunte a un abogado y, mientras tanto, no ejecute la eliminación",
  "Count the days by hand and note how": "Cuente los días a mano y anote cómo",
  "The facts are no JSON document ({})": "Los hechos no son un documento JSON ({})",
  "Mend the fact named and give the whole file again": "Corrija el hecho que se nombra y vuelva a intentarlo",
  "Ask counsel for the date, and note how it was found": "Pregunte la fecha a un abogado y anote cómo se obtuvo",
  "The law files built into the program cannot be read": "No se pueden leer los archivos de leyes del programa",
  "overdue since {}": "vencido desde {}",
  "in law until {}": "según la ley, hasta {}",
  "weekdays only: {}": "solo días de semana: {}",
  "Look in docs/law-book.md for the ids of rules": "Busque la regla en Libro de leyes",
  "Give a day on which a version is in force": "Dé un día en el que haya una versión vigente",
  "Name one of those calendars": "Nombre uno de esos calendarios",
  "A spreadsheet cannot hold this list: it has too many rows, or a cell that is too long":
    "Una hoja de cálculo no puede contener esta lista: tiene demasiadas filas, o una celda demasiado larga",
  "Save it as CSV, or filter the list first": "Guárdela como CSV, o filtre antes la lista",

  // Exporting.
  "Only categories are given: the request asks for no more, or identity did not reach the level for specific pieces (Cal. Code Regs., tit. 11, § 7024(a))":
    "Solo se dan categorías: la solicitud no pide más, o la identidad no alcanzó el nivel para los datos mismos (Cal. Code Regs., tit. 11, § 7024(a))",
  "Category of personal information": "Categoría de información personal",
  "Categories of personal information": "Categorías de información personal",
  "the org does not show this object any more": "la org ya no muestra este objeto",
  "Reading {} objects whole": "Leyendo {} objetos por completo",
  "the org does not show this record any more": "la org ya no muestra este registro",
  "the org refused ({})": "la org lo rechazó ({})",
  "Reading the body of a {}": "Leyendo el contenido de un {}",
  "its body was not given: {}": "no se dio su contenido: {}",
  "the file is withheld: its text holds {}": "el archivo se retiene: su texto contiene {}",
  "the file was not examined and was left out as decided": "el archivo no se examinó y quedó fuera, como se decidió",
  "the file was not examined: {}": "el archivo no se examinó: {}",
  "it holds pictures that this program does not read; look at them yourself": "contiene imágenes que este programa no lee; mírelas usted",
  "The password has fewer than {} characters": "La contraseña tiene menos de {} caracteres",
  "Choose a longer one, and send it to the person by another way than the package":
    "Elija una más larga, y envíela a la persona por otra vía que el paquete",

  // Identity.
  "An opt-in needs no identity check; only a child's parent is verified": "Volver a aceptar no pide comprobar la identidad; solo se comprueba al padre o la madre de un menor",
  "Confirm the opt-in with `habeas request confirm`, or name the parent's method with --parent":
    "Confirme que vuelve a aceptar, o diga con qué método se comprobó al padre o la madre",
  "An account holder must sign in anew before anything is disclosed, corrected or deleted (Cal. Code Regs., tit. 11, § 7061)":
    "Quien tiene una cuenta debe iniciar sesión de nuevo antes de que algo se divulgue, corrija o elimine (Cal. Code Regs., tit. 11, § 7061)",
  "Let the person sign in again, then add the point login": "Que la persona inicie sesión otra vez; después marque ese punto",
  "The points are compared with the records when the person is located; until then they count as put forward":
    "Los puntos se comparan con los registros al localizar a la persona; hasta entonces cuentan como se presentaron",
  "Specific pieces must not be disclosed at this level; the request is answered as one for categories (Cal. Code Regs., tit. 11, § 7024(a))":
    "Con este nivel no deben divulgarse los datos mismos; la solicitud se responde como una de categorías (Cal. Code Regs., tit. 11, § 7024(a))",
  "The level that this request needs was not reached; ask for more points, or deny with the reason insuf_verification":
    "No se alcanzó el nivel que esta solicitud necesita; pida más puntos, o niéguela porque no se pudo comprobar la identidad",
  "The records hold identifiers whose misuse does harm; consider asking for the reasonably high level with --level reasonably_high":
    "Los registros contienen datos cuyo mal uso hace daño; considere pedir el nivel razonablemente alto",
  "{} is no point of identity": "{} no es un punto de identidad",
  "This is no method of verifying a parent (Cal. Code Regs., tit. 11, § 7070(a)(2))":
    "Esto no es un método para comprobar a un padre o una madre (Cal. Code Regs., tit. 11, § 7070(a)(2))",
  "This is no level of identity": "Esto no es un nivel de identidad",
  "Use reasonable or reasonably_high": "Use reasonable o reasonably_high",
  "A request of the kind {} needs at least the {} level": "Una solicitud de la clase {} necesita al menos el nivel {}",
  "reasonably high": "razonablemente alto",
  reasonable: "razonable",
  "Leave --level out, or ask for more": "Deje el nivel sin decir, o pida más",

  // Letters.
  "Your wording no longer says: {}": "Su texto ya no dice: {}",
  "This is a request of the kind {}: the law forbids asking for proof of identity (Cal. Code Regs., tit. 11, § 7060(b))":
    "Es una solicitud de la clase {}: la ley prohíbe pedir pruebas de identidad (Cal. Code Regs., tit. 11, § 7060(b))",
  "Carry the request out": "Ejecute la solicitud",
  "If something needed to do so is missing, ask for that alone": "Si falta algo necesario para hacerlo, pida solo eso",
  "The time for a request of the kind {} cannot be extended": "El plazo de una solicitud de la clase {} no puede prorrogarse",
  "Answer the request": "Responda la solicitud",
  "The notice of extension had to be sent within the first 45 days, by {}; sent now, it extends nothing ({})":
    "El aviso de prórroga tenía que enviarse en los primeros 45 días, antes de {}; enviado ahora no prorroga nada ({})",
  "Answer the request at once, and note why it is late": "Responda la solicitud enseguida y anote por qué llega tarde",
  "The first 45 days ended on {}": "Los primeros 45 días terminaron el {}",
  "The notice counts only because that was no working day: send it today, {} at the latest":
    "El aviso vale solo porque ese día no era hábil: envíelo hoy, a más tardar {}",
  "The deletion was not proved yet, so no letter can say that it was done": "La eliminación todavía no se probó, así que ninguna carta puede decir que se hizo",
  "Run `habeas request prove` first": "Primero pruébela en Probar",
  "This letter does not answer a request of the kind {}": "Esta carta no responde a una solicitud de la clase {}",
  "Send it only if the person asked for this too": "Envíela solo si la persona pidió también esto",
  "The letter has no blank {}": "La carta no tiene el espacio {}",
  "Its blanks are {}": "Sus espacios son {}",
  "The blank \"{}\" of the letter is not filled ({})": "El espacio “{}” de la carta está sin llenar ({})",
  "There is no letter of this kind": "No hay ninguna carta de esta clase",
  "This letter belongs to an incident, not to a request": "Esta carta es de un incidente, no de una solicitud",
  "Draft it with `habeas incident draft` or `habeas incident assemble`": "Redáctela en el incidente, en Avisos",
  "Letters and packages are not written in this language": "Las cartas y los paquetes no se escriben en este idioma",
  "Use en for English or es for Spanish": "Use en para inglés o es para español",
  "The blank \"{}\"": "El espacio “{}”",
  "{} holds {}, which no letter may show (Cal. Code Regs., tit. 11, § 7024(d))":
    "{} contiene {}, que ninguna carta puede mostrar (Cal. Code Regs., tit. 11, § 7024(d))",
  "Take it out and say instead that you hold it": "Quítelo y diga en su lugar que lo tiene",

  // Locating, rehearsing, proving: progress and refusals.
  "Locating: {} questions, {} calls used of about {}": "Localizando: {} preguntas, {} llamadas usadas de unas {}",
  "Rehearsing: {} questions, {} calls used": "Ensayando: {} preguntas, {} llamadas usadas",
  "Looking again: {} questions, {} calls used": "Mirando otra vez: {} preguntas, {} llamadas usadas",
  "Nothing was located yet": "Todavía no se localizó nada",
  "Run `habeas request locate` first": "Primero localice, en Localizar",
  "The subject cannot be searched for: {}": "No se puede buscar a la persona: {}",
  "Give at least one usable email, phone, full name, address, birthdate, account number or record id":
    "Dé al menos un correo, teléfono, nombre completo, dirección, fecha de nacimiento, número de cuenta o id de registro que sirva",
  "No mask was proposed": "No se propuso ocultar nada",
  "No mask was proposed for this request yet": "Para esta solicitud todavía no se buscó a otras personas",
  "Run `habeas request masks` without a file first; it lists the masks with their ids": "Primero busque a otras personas, en Exportar",
  "There is no rehearsed plan": "No hay ningún plan ensayado",
  "Run `habeas request rehearse` and look at the plan first": "Primero ensaye, en Ensayar, y mire el plan",
  "The digest given is not that of the plan": "La huella dada no es la del plan",
  "Look at the plan again with `habeas request rehearse` and use the digest it shows": "Mire otra vez el plan en Ensayar y apruebe ese",
  "The org gave no answer": "La org no respondió",
  "Decide which matches to delete with `habeas request review`, or give the contested values with `habeas request correct`":
    "Decida en Revisar qué se elimina, o qué valores se corrigen",
  "Locate and review again": "Localice y revise otra vez",
  "Check the Salesforce user's permissions, then locate again": "Compruebe los permisos del usuario de Salesforce y localice otra vez",
  "Check the Salesforce user's permissions with `habeas org check`, then rehearse again":
    "Mire en Orgs los permisos del usuario de Salesforce y ensaye otra vez",
  "Run the rehearsal again": "Ensaye otra vez",
  "{}: {} records": "{}: {} registros",
  "{}: {} rows": "{}: {} filas",
  "{}: refused ({})": "{}: rechazado ({})",

  // Orgs.
  "any call at all": "cualquier llamada",
  "finding every record": "encontrar todos los registros",
  "finding private files": "encontrar archivos privados",
  "reading classic encrypted fields": "leer campos con cifrado clásico",
  "limits and set-up objects": "límites y objetos de configuración",
  "deleting records of other owners": "eliminar registros de otros propietarios",
  "deleting past the bin": "eliminar más allá de la papelera",
  "reading event logs": "leer registros de eventos",
  "The access token file does not hold one token": "El archivo de la clave de acceso no contiene una sola clave",
  "The file holds the token alone, in one line": "El archivo contiene solo la clave, en una línea",
  "An org's name is made of letters, digits, hyphens, underscores and dots":
    "El nombre de una org se forma con letras, cifras, guiones, guiones bajos y puntos",
  "Choose a name like practice or production-us": "Elija un nombre como practice o production-us",
  "An org of this name is already connected": "Ya hay una org conectada con este nombre",
  "the org's own record": "el registro de la propia org",
  "our own permissions": "nuestros propios permisos",
  "the org's limits": "los límites de la org",
  "event log files": "los archivos de registro de eventos",
  "The certificate authority file holds no certificate in PEM form": "El archivo de la autoridad de certificación no contiene un certificado en forma PEM",
  "Give a file that begins with -----BEGIN CERTIFICATE-----": "Dé un archivo que empiece con -----BEGIN CERTIFICATE-----",
  "the object {}": "el objeto {}",
  "describe does not show it: the org does not use it, or this user may not see it":
    "la descripción no lo muestra: la org no lo usa, o este usuario no puede verlo",
  "This is a practice vault, and an org at Salesforce may hold real people":
    "Esta es una bóveda de práctica, y una org en Salesforce puede tener personas reales",
  "Create a vault for real requests and connect the org there": "Cree una bóveda para solicitudes reales y conecte la org allí",
  "What was typed is longer than a form can keep": "Lo escrito es más largo de lo que un formulario puede guardar",
  "The last of it is on the screen only": "Lo último está solo en la pantalla",
  "Shorten it, or finish before leaving the screen": "Acórtelo, o termine antes de salir de la pantalla",
  "This vault is for real people; the practice org belongs in a practice vault":
    "Esta bóveda es para personas reales; la org de práctica va en una bóveda de práctica",

  // Requests that come by the Data Rights Protocol.
  "This very message was opened already as {}": "Este mismo mensaje ya se abrió como {}",
  "Go on with that request": "Siga con esa solicitud",
  "It was not checked whether the message is for this business: keep your id of the service directory in the settings, or give it with --business-id":
    "No se comprobó si el mensaje es para esta empresa: guarde en Ajustes su identificador del directorio de servicios",
  "The key was given without its entry of the service directory: compare the agent's id yourself":
    "La clave se dio sin su entrada del directorio de servicios: compare usted el identificador del agente",
  "The file could not be read ({})": "No se pudo leer el archivo ({})",
  "Choose it again, or save it anew": "Elíjalo otra vez, o guárdelo de nuevo",
  "Take the agent's verify_key from the service directory": "Tome el verify_key del agente del directorio de servicios",
  "Ask the agent to send the message again, as one file of base64 text": "Pida al agente que envíe otra vez el mensaje, como un archivo de texto base64",
  "Do not act on it": "No actúe por él",
  "Check the agent's key in the service directory, and ask the agent": "Compruebe la clave del agente en el directorio de servicios y pregunte al agente",
  "Tell the agent that the message went to the wrong business": "Diga al agente que el mensaje llegó a la empresa equivocada",
  "Give --received-at when the message came in; if it was over then, ask the agent to send it anew":
    "Diga cuándo llegó el mensaje; si entonces ya había vencido, pida al agente que lo envíe de nuevo",
  "Ask the agent to use version 1.0": "Pida al agente que use la versión 1.0",
  "Read the message yourself, and open the request by hand if the law gives the right":
    "Lea usted el mensaje y abra la solicitud a mano si la ley da ese derecho",
  "Ask the agent for a name and an email, phone number or address": "Pida al agente un nombre y un correo, un teléfono o una dirección",

  // Recipients.
  "A connected application may read or write the org's data": "Una aplicación conectada puede leer o escribir los datos de la org",
  "Somebody signed this application in": "Alguien inició sesión con esta aplicación",
  "The org sends data to this address": "La org envía datos a esta dirección",
  "{}: the signed-in user does not see it": "{}: el usuario de la sesión no lo ve",
  "This kind of request asks nothing of recipients": "Esta clase de solicitud no pide nada a los destinatarios",
  "Instructions go out for delete, correct, opt-out and limit": "Se dan instrucciones al eliminar, corregir, excluir y limitar",
  "The register holds nobody whom this request concerns": "En el registro de destinatarios no hay nadie a quien toque esta solicitud",
  "Add recipients with `habeas provider add`, or note that there are none when you close":
    "Añada destinatarios en Ajustes, o anote al cerrar que no los hay",
  "The folder could not be made ({})": "No se pudo crear la carpeta ({})",
  "Name another folder": "Elija otra carpeta",
  "{} knows consumers by {}, and the request holds none": "{} conoce a las personas por {}, y la solicitud no lo tiene",
  "Name another key in the register, or write to this recipient by hand": "Elija otro dato en el registro de destinatarios, o escriba a mano a este destinatario",
  "This is no answer of a recipient": "Esto no es una respuesta de un destinatario",
  "Use done, exception or impossible": "Use done, exception o impossible",
  "This recipient was not instructed under this request": "A este destinatario no se le dio ninguna instrucción en esta solicitud",
  "Instruct it first with `habeas request instruct`": "Primero déle la instrucción",
  "The answer would have come before the instruction went out": "La respuesta habría llegado antes de que saliera la instrucción",
  "Check the instant and its zone": "Compruebe el momento y su zona horaria",
  "Give them with --because": "Dígalos",
  "{} has not confirmed yet; it should by {}": "{} todavía no ha confirmado; debería hacerlo antes de {}",
  "{} was not told about this request": "A {} no se le avisó de esta solicitud",
  "The register holds no recipient of this name": "En el registro de destinatarios no hay nadie con este nombre",
  "List the register with `habeas provider list`": "Mire el registro en Ajustes",
  "This is no role of a recipient": "Esto no es un papel de un destinatario",
  "This is no key by which a consumer is named": "Esto no es un dato con el que se nombre a una persona",
  "The entry cannot be used: {}": "La entrada no sirve: {}",
  "Mend what is named": "Corrija lo que se nombra",
  "The subject file cannot be used: {}": "Los datos de la persona no sirven: {}",
  "Keep the records, and ask counsel for how long": "Guarde los registros y pregunte a un abogado cuánto tiempo",

  // Opening and closing.
  "This is no kind of request": "Esto no es una clase de solicitud",
  "Mend subject.json; its keys are names, emails, phones, addresses, birthdate, account_numbers, record_ids, other":
    "Corrija lo que se nombra en los datos de la persona",
  "Mend subject.json": "Corrija los datos de la persona",
  "The channel is empty, longer than 200 characters or holds control characters":
    "La vía está vacía, pasa de 200 caracteres o contiene caracteres de control",
  "Say in a few words how the request came in": "Diga en pocas palabras cómo llegó la solicitud",
  "The same person has a request of this kind open: {}": "La misma persona tiene abierta una solicitud de esta clase: {}",
  "If it is the same, close this one as cancelled with the reason duplicate": "Si es la misma, cierre esta como cancelada, por estar ya abierta",
  "This right does not reach a household's data (Civ. Code § 1798.145(p)): deny it with the reason claim_not_covered and the ground household":
    "Este derecho no alcanza los datos de un hogar (Civ. Code § 1798.145(p)): niéguela porque la ley no cubre esto, con el fundamento del hogar",
  "This request may be refused: {}": "Esta solicitud puede rechazarse: {}",
  "The request is said to be received later than now: check the date and its zone":
    "Se dice que la solicitud llegó después de ahora: compruebe la fecha y su zona horaria",
  "This is no outcome": "Esto no es un final",
  "{} cannot carry this reason here": "{} no puede llevar aquí este motivo",
  "Leave --reason out": "Deje el motivo sin decir",
  "Only a correction can end with deleting the contested data instead": "Solo una corrección puede terminar eliminando los datos disputados",
  "Use granted or partially_granted": "Elija cumplida o cumplida en parte",
  "{} records are not as the plan says": "{} registros no están como dice el plan",
  "Carry out the rest, or close it as partially_granted": "Ejecute el resto, o ciérrela como cumplida en parte",
  "it has an unknown key or a value of the wrong kind at {}": "tiene una clave desconocida o un valor de otra clase en {}",
  "it is not JSON, at {}": "no es JSON, en {}",
  "it holds no identifier at all": "no contiene nada que identifique a la persona",
  "It is not known on whose behalf this is": "No se sabe en nombre de quién es",
  "Use self, agent, parent or signal": "Use self, agent, parent o signal",
  "This is no age band": "Esto no es un grupo de edad",
  "Use adult, 13-15 or under-13": "Use adult, 13-15 o under-13",
  "Seal the evidence, and prove again later": "Selle las pruebas, y pruebe otra vez más adelante",
  "Seal the evidence": "Selle las pruebas",
  "Close the request": "Cierre la solicitud",
  "Write the letter, close and seal": "Escriba la carta, cierre y selle",
  "Prove it": "Pruébelo",
  "Carry out the approved plan": "Ejecute el plan aprobado",
  "Check the person's identity, then approve the plan": "Compruebe la identidad de la persona; después apruebe el plan",
  "Look at the plan and approve it by its digest": "Mire el plan y apruébelo",
  "Rehearse the plan": "Ensaye el plan",
  "Check the person's identity, then export the package": "Compruebe la identidad de la persona; después exporte el paquete",
  "Export the consumer's package": "Exporte el paquete de la persona",
  "Write the letter": "Escriba la carta",
  "Review the matches": "Revise lo encontrado",
  "Locate the person's records": "Localice los registros de la persona",
  "Check the person's identity; locating may begin at once": "Compruebe la identidad de la persona; localizar puede empezar ya",

  // Review and kept filters.
  "{} is no confidence": "{} no es una certeza",
  "Use exact, strong or possible, joined by commas": "Use exact, strong o possible, separados por comas",
  "Under a request to delete a record is kept on a ground only": "En una solicitud de eliminar, un registro se conserva solo con un fundamento",
  "Decide to delete it, or name the ground": "Decida eliminarlo, o elija el fundamento",
  "the officer took it for the person's": "el oficial lo tomó por de la persona",
  "The decisions could not be read": "No se pudieron leer las decisiones",
  "Try again": "Vuelva a intentarlo",
  "The decisions file was not taken: {}": "Las decisiones no se tomaron: {}",
  "Mend the lines named and give the whole file again": "Corrija lo que se nombra y vuelva a intentarlo",
  "Another kept filter has this name": "Otro filtro guardado tiene este nombre",
  "Choose another name, or rename or forget the other one first": "Elija otro nombre, o cambie u olvide primero el otro",
  "No filter is kept under this name": "No hay ningún filtro guardado con este nombre",
  "Choose one of the kept filters": "Elija uno de los filtros guardados",
  "Give the address of a file that begins with https://": "Escriba la dirección de un archivo que empiece por https://",
  "Give the key as openssl writes it: three lines from BEGIN PUBLIC KEY to END PUBLIC KEY, of the kind Ed25519":
    "Escriba la clave como la da openssl: tres líneas de BEGIN PUBLIC KEY a END PUBLIC KEY, del tipo Ed25519",
  "Looking for updates is off: no address or no publisher's key is set": "La búsqueda de actualizaciones está desactivada: falta la dirección o la clave de quien publica",
  "Nobody was asked": "No se preguntó a nadie",
  "Set both in the settings, as your publisher names them, or get a new version as you got this one":
    "Escriba ambas en los ajustes, como las indica quien publica, o consiga la versión nueva como consiguió esta",
  "The notice of the newest version could not be read at its address": "No se pudo leer el aviso de la versión más nueva en su dirección",
  "Nothing was downloaded or installed": "No se descargó ni se instaló nada",
  "Check the network and the address in the settings, or get a new version as you got this one":
    "Revise la red y la dirección en los ajustes, o consiga la versión nueva como consiguió esta",
  "The publisher's key in the settings cannot be read": "No se puede leer la clave de quien publica que está en los ajustes",
  "The notice of the newest version is not signed by the publisher's key": "El aviso de la versión más nueva no está firmado con la clave de quien publica",
  "Do not install what it names": "No instale lo que nombra",
  "The notice of the newest version is signed but says no version": "El aviso de la versión más nueva está firmado, pero no dice ninguna versión",
  "Ask the publisher, in another way than this address, for the key and the version":
    "Pregunte a quien publica, por otra vía que esta dirección, la clave y la versión",
  "where the publisher's notice of the newest version stands; without it nobody is ever asked":
    "dónde está el aviso de la versión más nueva; sin esto nunca se pregunta a nadie",
  "the publisher's Ed25519 public key (PEM): only a notice that it signed is believed":
    "la clave pública Ed25519 (PEM) de quien publica: solo se cree un aviso firmado con ella",
  "This file cannot be the logo": "Este archivo no puede ser el logotipo",
  "Choose a PNG picture of at most 1,200 by 600 pixels and 512 KB": "Elija una imagen PNG de hasta 1,200 por 600 píxeles y 512 KB",
  "A filter needs something to narrow the list by and a name of at most 200 characters in one line, and at most 100 are kept":
    "Un filtro necesita algo que limite la lista y un nombre de hasta 200 caracteres en una línea, y se guardan hasta 100",
  "Mend the name, or forget a filter that is not used": "Corrija el nombre, u olvide un filtro que no use",

  // Settings, vaults, bundles. What a setting is: letters name it where they need it.
  "legal name of the business, on every paper": "nombre legal de la empresa, en todos los papeles",
  "its postal address, in letters": "su dirección postal, en las cartas",
  "how it is reached about privacy: address, email, toll-free number": "cómo se la contacta sobre privacidad: dirección, correo, número gratuito",
  "its time zone, like America/Los_Angeles; days of law are days of this zone":
    "su zona horaria, como America/Los_Angeles; los días de la ley son días de esta zona",
  "where its privacy policy describes what is collected": "dónde describe su política de privacidad lo que se recopila",
  "how a consumer can ask to look at a decision again": "cómo puede pedir una persona que se revise una decisión",
  "categories of sources of personal information, one a line": "categorías de fuentes de información personal, una por línea",
  "purposes for collecting, selling or sharing it, one a line": "fines para recopilarla, venderla o compartirla, uno por línea",
  "categories of third parties to whom it is disclosed, one a line": "categorías de terceros a quienes se divulga, una por línea",
  "each category sold or shared, and to which third parties, one a line; or none":
    "cada categoría vendida o compartida, y a qué terceros, una por línea; o ninguna",
  "each category disclosed for a business purpose, and to whom, one a line; or none":
    "cada categoría divulgada con fines comerciales, y a quién, una por línea; o ninguna",
  "which service providers, contractors and third parties are told to do the same":
    "a qué proveedores de servicios, contratistas y terceros se les dice que hagan lo mismo",
  "how a consumer opts out of sale and sharing": "cómo se excluye una persona de la venta y del intercambio",
  "our id in the service directory of the Data Rights Protocol": "nuestro identificador en el directorio de servicios del Data Rights Protocol",
  "`on`: a plan is carried out only after two people approved it under their own names; else `off`":
    "sí: un plan se ejecuta solo después de que dos personas lo aprobaron con su propio nombre; si no, no",
  "days for which a deleted record stays readable in this vault, 0 to 365; 30 unless set":
    "días que un registro eliminado sigue legible en esta bóveda, de 0 a 365; 30 si no se dice otra cosa",
  "months for which the record of a request is kept after the answer, 24 to 240; 24 unless set, and never less (Cal. Code Regs., tit. 11, § 7101)":
    "meses que se guarda el registro de una solicitud después de la respuesta, de 24 a 240; 24 si no se dice otra cosa, y nunca menos (Cal. Code Regs., tit. 11, § 7101)",
  "minutes without a touch after which the window locks: 5, 10, 15, 30 or 60; 10 unless set":
    "minutos sin que nadie toque la ventana tras los que se bloquea: 5, 10, 15, 30 o 60; 10 si no se dice otra cosa",
  "Give 5, 10, 15, 30 or 60 minutes": "Elija 5, 10, 15, 30 o 60 minutos",
  "where phone numbers without a country code are dialled, like US": "dónde se marcan los números sin prefijo de país, como US",
  "proxy for calls to Salesforce": "proxy para las llamadas a Salesforce",
  "The key store of this computer did not give a key that opens this vault":
    "El almacén de claves de esta computadora no dio una clave que abra esta bóveda",
  "Type the passphrase": "Escriba la frase de contraseña",
  "There is no setting {}": "No hay ningún ajuste {}",
  "Settings are {}; add .es for Spanish letters": "Los ajustes son {}; añada .es para las cartas en español",
  "This cannot be the value of {}": "Este no puede ser el valor de {}",
  "The time zone in the settings is not known": "No se conoce la zona horaria de los ajustes",
  "Use a name like America/Los_Angeles": "Use un nombre como America/Los_Angeles",
  "A time zone looks like America/Los_Angeles": "Una zona horaria es como America/Los_Angeles",
  "Give on or off": "Elija sí o no",
  "Give a whole number of days from 0 to 365": "Dé un número entero de días, de 0 a 365",
  "Give a whole number of months from 24 to 240: the regulations ask for at least 24 months (Cal. Code Regs., tit. 11, § 7101)":
    "Dé un número entero de meses, de 24 a 240: el reglamento pide al menos 24 meses (Cal. Code Regs., tit. 11, § 7101)",
  "Give at most 8,000 characters": "Dé como máximo 8,000 caracteres",
  "The copy was written but could not be read again": "La copia se escribió, pero no se pudo volver a leer",
  "Check the disk, then back up to another place": "Compruebe el disco y haga la copia en otro lugar",
  "Pretending another time is for practice vaults only": "Fingir otra hora es solo para bóvedas de práctica",
  "Leave out --now": "No finja otra hora",
  "The bundle could not be read ({})": "El paquete no se pudo leer ({})",
  "Check the path: a bundle is one ZIP file that may be read": "Compruebe el archivo: un paquete es un solo ZIP que pueda leerse",

  // Records that a choice makes.
  "Taking back what was created": "Se retira lo que se creó",
  "The org refused to say whether the records to be made are there already ({})": "La org no quiso decir si los registros por crear ya están ({})",
  "None was made": "No se creó ninguno",
};
