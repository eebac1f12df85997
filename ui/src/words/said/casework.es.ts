/** What casework says of matches, coverage, plans and values: the sentences that stand in the case and in its evidence. */
export const casework: Record<string, string> = {
  // The ledger's chain.
  "the ledger is broken at entry {}: {}": "el libro de actos está roto en la entrada {}: {}",
  "its content does not fit its hash": "su contenido no corresponde a su huella",
  "it does not follow the entry before it": "no sigue a la entrada anterior",
  "it does not follow the entry before it in its case": "no sigue a la entrada anterior de su caso",
  "it belongs to another case": "es de otro caso",

  // Whether a deed may be done now, and what would have to be done before.
  "The request is closed": "La solicitud está cerrada",
  "Open a new request if the person asks again; proving and sealing are still possible":
    "Abra una solicitud nueva si la persona vuelve a pedirlo; todavía se puede probar y sellar",
  "The person's identity was not checked yet, or not to the level that this request needs":
    "La identidad de la persona todavía no se comprobó, o no hasta el nivel que esta solicitud necesita",
  "Record the points that were checked with `habeas request identify`, or deny with the reason insuf_verification":
    "Registre en Identidad los puntos comprobados, o niéguela porque no se pudo comprobar la identidad",
  "This kind of request must not be verified": "En esta clase de solicitud no debe comprobarse la identidad",
  "Go on without checking identity (Cal. Code Regs., tit. 11, § 7060(b))": "Siga sin comprobar la identidad (Cal. Code Regs., tit. 11, § 7060(b))",
  "The request is about a household's data, to which this right does not reach":
    "La solicitud trata de los datos de un hogar, a los que este derecho no alcanza",
  "Deny it with the reason claim_not_covered and the ground household (Civ. Code § 1798.145(p))":
    "Niéguela porque la ley no cubre esto, con el fundamento del hogar (Civ. Code § 1798.145(p))",
  "The opt-in was not confirmed in a second step": "La nueva aceptación no se confirmó en un segundo paso",
  "Ask the person to confirm the choice separately, then run `habeas request confirm` (Cal. Code Regs., tit. 11, § 7028)":
    "Pida a la persona que confirme la elección por separado y regístrelo en Identidad (Cal. Code Regs., tit. 11, § 7028)",
  "Only an opt-in is confirmed in a second step": "Solo una nueva aceptación se confirma en un segundo paso",
  "Go on with the next step that `habeas request show` names": "Siga con el paso siguiente que nombra la solicitud",
  "A law-enforcement agency directed that this data must not be deleted yet":
    "Una autoridad ordenó que estos datos todavía no se eliminen",
  "Wait for the end of the hold, or record its release with `habeas request hold --release` (Civ. Code § 1798.145(a)(1)(B))":
    "Espere el fin de la retención, o registre que fue levantada (Civ. Code § 1798.145(a)(1)(B))",
  "A law-enforcement hold stops a deletion, and this request deletes nothing":
    "La retención de una autoridad detiene una eliminación, y esta solicitud no elimina nada",
  "Keep the agency's letter with your records; the request goes on": "Guarde la carta de la autoridad con sus papeles; la solicitud sigue",
  "This kind of request cannot be extended: it must be done within 15 business days":
    "Esta clase de solicitud no puede prorrogarse: debe hacerse en 15 días hábiles",
  "Carry it out now (Cal. Code Regs., tit. 11, §§ 7026(f), 7027(g))": "Ejecútela ahora (Cal. Code Regs., tit. 11, §§ 7026(f), 7027(g))",
  "The time to answer was extended already, and the law allows that once": "El plazo para responder ya se prorrogó, y la ley lo permite una sola vez",
  "Answer by the extended date (Civ. Code § 1798.145(h)(1))": "Responda antes de la fecha prorrogada (Civ. Code § 1798.145(h)(1))",
  "The request was answered already": "La solicitud ya se respondió",
  "There is nothing to extend; close the request": "No hay nada que prorrogar; cierre la solicitud",
  "The person's records were not located yet": "Los registros de la persona todavía no se localizaron",
  "No match was decided yet": "Todavía no se decidió sobre nada de lo encontrado",
  "Decide the matches with `habeas request review` first": "Primero decida en Revisar",
  "There is no rehearsed plan": "No hay ningún plan ensayado",
  "The plan was not approved": "El plan no fue aprobado",
  "The approved plan is being carried out": "El plan aprobado se está ejecutando",
  "Finish it with `habeas request carry-out`, or take it back with `habeas request undo`": "Termínelo en Ejecutar, o recupere lo hecho",
  "The plan was not carried out yet": "El plan todavía no se ejecutó",
  "Run `habeas request carry-out` first": "Primero ejecútelo, en Ejecutar",
  "Nothing was deleted under this request": "En esta solicitud no se eliminó nada",
  "There is nothing to undo": "No hay nada que recuperar",
  "A request to know changes nothing in Salesforce, so there is no plan to make or carry out":
    "Una solicitud de saber no cambia nada en Salesforce, así que no hay plan que hacer ni ejecutar",
  "Hand over the package with `habeas request export`, and write the letter": "Entregue el paquete, en Exportar, y escriba la carta",
  "Nobody's identity is checked for this kind of request, so no personal data may be handed out under it":
    "En esta clase de solicitud no se comprueba la identidad de nadie, así que no puede entregarse ningún dato personal",
  "Open a request to know if the person wants to see the data too": "Abra una solicitud de saber si la persona quiere ver también los datos",
  "a case number looks like R-2026-0001": "un número de caso es como R-2026-0001",

  // Why a record is thought to be theirs.
  "Is the record whose id was given": "Es el registro cuyo id se dio",
  "{} holds {}, as given": "{} contiene {}, como se dio",
  "{} is the account number {}": "{} es el número de cuenta {}",
  "{} is the birthdate {}": "{} es la fecha de nacimiento {}",
  "{} holds {}, the subject's email": "{} contiene {}, el correo de la persona",
  "{} holds {}, which is {} but for its plus-tag or dots": "{} contiene {}, que es {} salvo por la etiqueta “+” o los puntos",
  "{} mentions {}": "{} menciona {}",
  "{} is {}, the subject's phone": "{} es {}, el teléfono de la persona",
  "{} mentions the account number {}": "{} menciona el número de cuenta {}",
  "{} holds the record id {}": "{} contiene el id de registro {}",
  "{} mentions the record id {}": "{} menciona el id de registro {}",
  "{} is {}, a form of the subject's name": "{} es {}, una forma del nombre de la persona",
  "{} holds the subject's street, number and postal code": "{} contiene la calle, el número y el código postal de la persona",
  "{} mentions the birthdate {}": "{} menciona la fecha de nacimiento {}",
  "{} is the subject's street and number, with the same postal code": "{} es la calle y el número de la persona, con el mismo código postal",
  "A person of another name holds it too": "También lo tiene una persona de otro nombre",
  "The record {} bears the customer number given and leads here": "El registro {} lleva el número de cliente que se dio y conduce aquí",
  "Salesforce ties it to the {} {} as one person (merge, conversion, person account or individual)":
    "Salesforce lo une a {} {} como una sola persona (fusión, conversión, cuenta personal o individuo)",
  "{} leads to the {} {}": "{} conduce a {} {}",
  "It leads to other people as well": "Conduce también a otras personas",
  "{} is also held by {} of another name, so it counts as a shared mailbox": "{} lo tiene también {} de otro nombre, así que cuenta como buzón compartido",
  "{} is also held by {} of another name": "{} lo tiene también {} de otro nombre",
  "Which of these records are the subject's?": "¿Cuáles de estos registros son de la persona?",
  "They bear the subject's name, and too little else agrees or a birthdate differs":
    "Llevan el nombre de la persona, y concuerda muy poco más o difiere una fecha de nacimiento",
  "Are they the subject or a namesake?": "¿Son la persona o alguien del mismo nombre?",
  "No unique identifier ties these person records to the subject, but two weaker agreements do":
    "Ningún dato único une estos registros a la persona, pero sí dos coincidencias más débiles",
  "Are they one person?": "¿Son una sola persona?",

  // What was looked at, and how.
  "Salesforce refused the field (INVALID_FIELD)": "Salesforce rechazó el campo (INVALID_FIELD)",
  "Followed from every person record found, and from what hangs on one": "Se siguió desde cada registro de persona encontrado, y desde lo que cuelga de él",
  "Rows in the bin, merge losers and archived rows included": "Incluidas las filas en la papelera, las fusionadas y las archivadas",
  "Salesforce refused to read it ({})": "Salesforce se negó a leerlo ({})",
  "The filter on its fields was refused ({}); only what the index or a lookup shows was read":
    "Se rechazó el filtro por sus campos ({}); solo se leyó lo que muestra el índice o una relación",
  "The locate was stopped before it was asked": "La localización se detuvo antes de preguntarlo",
  "More than 2,000 rows hold a phrase that is looked for; the index shows no more":
    "Más de 2,000 filas contienen lo que se busca; el índice no muestra más",
  "A big object is only found by its index fields; no identifier of the subject fits the first one":
    "Un objeto grande solo se encuentra por sus campos de índice; ningún dato de la persona corresponde al primero",
  "A big object is only found by its first index field, with equal values; other fields were not searched":
    "Un objeto grande solo se encuentra por su primer campo de índice, con valores iguales; los demás campos no se buscaron",
  "An external object can only be asked for equal values; its own system was not read otherwise":
    "A un objeto externo solo se le pueden preguntar valores iguales; su propio sistema no se leyó de otro modo",
  "Its fields were filtered and its lookups followed": "Se filtraron sus campos y se siguieron sus relaciones",
  "Following its lookups was refused ({})": "Se rechazó seguir sus relaciones ({})",
  "The search index was asked": "Se preguntó al índice de búsqueda",
  "It may lag behind new changes and does not hold rows in the bin, merge losers or archived rows":
    "Puede ir atrasado con los cambios nuevos y no contiene filas en la papelera, fusionadas ni archivadas",
  "Under the records found it was read by its lookups, bin and archive included":
    "Bajo los registros encontrados se leyó por sus relaciones, incluidos la papelera y el archivo",
  "Read by its lookups under every person record found and what hangs on it":
    "Se leyó por sus relaciones bajo cada registro de persona encontrado y lo que cuelga de él",
  "It has no lookup to follow, and neither filter nor index works on it": "No tiene relaciones que seguir, y ni el filtro ni el índice funcionan con él",
  "Read row by row up to the limit that is set; there are more rows": "Se leyó fila por fila hasta el límite fijado; hay más filas",
  "Every row was read and compared here": "Cada fila se leyó y se comparó aquí",
  "Classic encryption: it can be neither filtered nor searched, and a mask may stand for its value":
    "Cifrado clásico: no se puede filtrar ni buscar, y en lugar de su valor puede verse una máscara",
  "Encrypted so that equal values can be filtered; other spellings were not found by filter":
    "Cifrado de modo que se pueden filtrar valores iguales; otras formas de escribirlo no se encontraron por filtro",
  "Filtered, and each row compared here": "Se filtró, y cada fila se comparó aquí",
  "Encrypted so that it cannot be filtered; only the search index was asked": "Cifrado de modo que no se puede filtrar; solo se preguntó al índice de búsqueda",
  "Nothing known of the subject can be filtered here; compared on the rows read for other reasons":
    "Nada de lo que se sabe de la persona puede filtrarse aquí; se comparó en las filas leídas por otros motivos",
  "Neither filter nor index works on it; compared on the rows that hang on the records found":
    "Ni el filtro ni el índice funcionan con él; se comparó en las filas que cuelgan de los registros encontrados",
  "Neither filter nor index works on it, and nothing found leads to a row of it":
    "Ni el filtro ni el índice funcionan con él, y nada de lo encontrado conduce a una fila suya",
  "Describe does not show it: this user may not see it, or the feature is off":
    "La descripción no lo muestra: este usuario no puede verlo, o la función está apagada",
  "Describe says that it cannot be queried": "La descripción dice que no puede consultarse",
  "Describe does not show it although every org has it: this user may not read it":
    "La descripción no lo muestra aunque toda org lo tiene: este usuario no puede leerlo",
  "Describe does not show it: the feature is off, or this user may not read it":
    "La descripción no lo muestra: la función está apagada, o este usuario no puede leerlo",
  "Says which users may see a record; holds nothing about a person": "Dice qué usuarios pueden ver un registro; no contiene nada sobre una persona",
  "The catalogue knows that it holds nothing about a person": "El catálogo sabe que no contiene nada sobre una persona",
  "No field of it can hold an identifier or a lookup": "Ningún campo suyo puede contener un dato que identifique ni una relación",

  // Identity.
  "An agent asked, and neither the consumer's signed permission nor a power of attorney is on file (Cal. Code Regs., tit. 11, § 7063)":
    "Lo pidió un agente, y no consta ni el permiso firmado de la persona ni un poder (Cal. Code Regs., tit. 11, § 7063)",
  "A parent or guardian acts for a child under 13, and was not verified by a method of Cal. Code Regs., tit. 11, § 7070(a)(2)":
    "Un padre, madre o tutor actúa por un menor de 13 años y no se comprobó quién es por un método de Cal. Code Regs., tit. 11, § 7070(a)(2)",
  "The value given does not agree with the records located: they hold another one, or none":
    "El valor dado no concuerda con los registros localizados: tienen otro, o ninguno",
  "The records located hold nothing of this kind to compare with": "Los registros localizados no tienen nada de esta clase con que comparar",

  // What identifies the person.
  "the subject names nothing to look for: give a name, an email, a phone, an address, a number or a record id":
    "no se dio nada que buscar: dé un nombre, un correo, un teléfono, una dirección, un número o un id de registro",
  "{} {} of the subject cannot be read: {}": "{} {} de la persona no se puede leer: {}",
  "a name has a letter and at most 120 characters": "un nombre tiene alguna letra y como máximo 120 caracteres",
  "an email looks like name@example.com": "un correo es como name@example.com",
  "a phone number has its area code, and outside the home country its country code":
    "un teléfono lleva su código de área y, fuera del país propio, el del país",
  "an address has a street, a city or a postal code": "una dirección tiene una calle, una ciudad o un código postal",
  "an account number has 2 to 255 characters": "un número de cuenta tiene de 2 a 255 caracteres",
  "a record id has 15 or 18 letters and digits and fits its checksum": "un id de registro tiene 15 o 18 letras y cifras y encaja con su suma de control",
  "a field is named by its API name, like Loyalty_Number__c": "un campo se nombra por su nombre de API, como Loyalty_Number__c",
  "a record id has 15 or 18 letters and digits": "un id de registro tiene 15 o 18 letras y cifras",
  "the last three characters of the record id do not fit the first fifteen":
    "los tres últimos caracteres del id de registro no encajan con los quince primeros",

  // Review and masks.
  "line {}: {}": "línea {}: {}",
  "the file is larger than {} MB": "el archivo pasa de {} MB",
  "the file is larger than 8 MB": "el archivo pasa de 8 MB",
  "the file is not UTF-8 text": "el archivo no es texto UTF-8",
  "the file holds a zero byte and is no CSV": "el archivo contiene un byte cero y no es CSV",
  "the header must be exactly object,id,decision,reason": "el encabezado debe ser exactamente object,id,decision,reason",
  "the header must be exactly mask,decision,reason": "el encabezado debe ser exactamente mask,decision,reason",
  "the file is empty": "el archivo está vacío",
  "the file is not readable as CSV": "el archivo no se puede leer como CSV",
  "{} {} was already decided on line {}": "sobre {} {} ya se decidió en la línea {}",
  "this mask was already decided above": "sobre este dato ya se decidió más arriba",
  "the file holds no decision": "el archivo no contiene ninguna decisión",
  "there are {} cells where four belong": "hay {} celdas donde van cuatro",
  "there must be three cells": "debe haber tres celdas",
  "there is no such mask in this request": "en esta solicitud no hay tal dato por ocultar",
  "the decision must be accept or decline": "la decisión debe ser accept o decline",
  "decline needs its reason": "para dejarlo hace falta el motivo",
  "the cell {} begins like a spreadsheet formula": "la celda {} empieza como una fórmula de hoja de cálculo",
  "the reason is longer than {} characters": "el motivo pasa de {} caracteres",
  "the id is not usable: {}": "el id no sirve: {}",
  "the decision must be delete, keep, correct or not-this-person": "la decisión debe ser delete, keep, correct o not-this-person",
  "{} is not among the matches of this request": "{} no está entre lo encontrado en esta solicitud",
  "this object has no match in this request": "de este objeto no se encontró nada en esta solicitud",
  "{} is a {} record, not one of the object named": "{} es un registro de {}, no del objeto nombrado",
  "keep needs a ground in its reason: one of Civ. Code § 1798.105(d)(1) to (8), legal hold, or contract":
    "para conservarlo hace falta un fundamento: uno de Civ. Code § 1798.105(d)(1) a (8), una retención legal o un contrato",
  "accepted by its confidence": "aceptado por su certeza",
  "another person's name": "el nombre de otra persona",
  "another person's email address": "el correo electrónico de otra persona",
  "another person's phone number": "el teléfono de otra persona",
  "this address is none of the person's": "este correo no es de la persona",
  "this phone number is none of the person's": "este teléfono no es de la persona",
  "{} {} in this case is another person's record": "{} {} de este caso es un registro de otra persona",
  "this name stands beside another person's address or number": "este nombre está junto al correo o al número de otra persona",
  "another person's address spells this name": "el correo de otra persona contiene este nombre",

  // The plan: why each step, what stands in the way, whom else it touches, what is left to do by hand.
  "no match is decided \"delete\" and no value is to be set, so there is nothing to rehearse":
    "nada está decidido como “Eliminar” y no hay ningún valor por escribir, así que no hay nada que ensayar",
  "a decision speaks of {} {}, which is not among the matches": "una decisión habla de {} {}, que no está entre lo encontrado",
  "the org does not show the object {} any more": "la org ya no muestra el objeto {}",
  "the org refused to show the {} records that are to be deleted ({})": "la org se negó a mostrar los registros de {} que van a eliminarse ({})",
  "the rehearsal was ended before every question was answered": "el ensayo terminó antes de que se respondiera cada pregunta",
  "The question was not answered": "La pregunta no se respondió",
  "The officer decided so": "Así lo decidió el oficial",
  "Salesforce deletes it together with the record it belongs to": "Salesforce lo elimina junto con el registro al que pertenece",
  "Salesforce deletes it together with its {}": "Salesforce lo elimina junto con su {}",
  "the officer's decision": "la decisión del oficial",
  "Kept on the ground: {}": "Se conserva por este fundamento: {}",
  "Not deleted, because Salesforce would take a record along that was decided otherwise":
    "No se elimina, porque Salesforce se llevaría un registro sobre el que se decidió otra cosa",
  "Salesforce does not let this record be deleted, so its personal fields are emptied":
    "Salesforce no deja eliminar este registro, así que se vacían sus campos personales",
  "Rows of a big object are deleted by an administrator through SOAP or Apex, and have no recycle bin":
    "Las filas de un objeto grande las elimina un administrador por SOAP o Apex, y no tienen papelera",
  "The record lives in another system; it has to be deleted there": "El registro está en otro sistema; hay que eliminarlo allí",
  "Salesforce users cannot be deleted: deactivate the user and scramble its fields":
    "Los usuarios de Salesforce no se pueden eliminar: desactive el usuario y desfigure sus campos",
  "Salesforce keeps these security logs and does not let rows be deleted": "Salesforce guarda estos registros de seguridad y no deja eliminar filas",
  "Whether other records use this file could not be read ({})": "No se pudo leer si otros registros usan este archivo ({})",
  "The contact side of the person account goes with it": "El lado de contacto de la cuenta personal va con ella",
  "A version can only go with its whole file": "Una versión solo puede irse con su archivo entero",
  "The file stays, because {} {} uses it as well; only the link goes": "El archivo se queda, porque {} {} también lo usa; solo se va el vínculo",
  "The file hangs only on records that go": "El archivo cuelga solo de registros que se van",
  "It is activated; Salesforce deletes neither it nor the record it points at":
    "Está activado; Salesforce no lo elimina, ni tampoco el registro al que apunta",
  "Salesforce refuses the delete while this record points at it": "Salesforce rechaza la eliminación mientras este registro apunte a él",
  "An approval is waiting, so the record is locked": "Hay una aprobación pendiente, así que el registro está bloqueado",
  "It was decided to stay, but Salesforce would delete it along; so the other is held back":
    "Se decidió que se queda, pero Salesforce lo eliminaría también; por eso el otro no se toca",
  "The contact of a person account can only be deleted with the account": "El contacto de una cuenta personal solo puede eliminarse con la cuenta",
  "The signed-in user may not delete it, so Salesforce refuses the whole delete":
    "El usuario de la sesión no puede eliminarlo, así que Salesforce rechaza toda la eliminación",
  "Its field {} is emptied": "Se vacía su campo {}",
  "It belongs to other people as well, and goes": "Es también de otras personas, y se va",
  "It belongs to the company's account and goes with it": "Es de la cuenta de la empresa y se va con ella",
  "It leads to another person by {}, and goes": "Conduce a otra persona por {}, y se va",
  "It was decided to correct this record, not to delete it": "Se decidió corregir este registro, no eliminarlo",
  "Locate again: {}": "Localice otra vez: {}",
  "The org does not show this record any more": "La org ya no muestra este registro",
  "The signed-in user may neither delete nor change this record": "El usuario de la sesión no puede eliminar ni cambiar este registro",
  "The org refused the question ({}), so what hangs there is not known": "La org rechazó la pregunta ({}), así que no se sabe qué cuelga de ahí",
  "Look at {} by its field {}": "Mire {} por su campo {}",
  "{} records decided \"correct\"": "{} registros decididos como “Corregir”",
  "No value was given for them, so they are left as they are": "No se dio ningún valor para ellos, así que quedan como están",
  "Sandboxes and backups": "Sandboxes y copias de seguridad",
  "Their copies keep the old values: refresh the sandboxes; what is restored from a backup has to be set again":
    "Sus copias guardan los valores anteriores: actualice los sandboxes; lo que se restaure de una copia hay que corregirlo otra vez",
  "Connected systems": "Sistemas conectados",
  "Marketing, data cloud, warehouse, messaging and other connected systems must be told":
    "Hay que avisar a marketing, la nube de datos, el almacén de datos, la mensajería y los demás sistemas conectados",
  "Marketing, data cloud, warehouse, messaging and other connected systems must be told to delete":
    "Hay que pedir que eliminen a marketing, la nube de datos, el almacén de datos, la mensajería y los demás sistemas conectados",
  Sandboxes: "Sandboxes",
  "Copies in sandboxes are outside this org's API: refresh them or delete there":
    "Las copias en sandboxes están fuera de la API de esta org: actualícelos o elimine allí",
  "Backups and exports": "Copias de seguridad y exportaciones",
  "Backup products, weekly exports and report files hold copies":
    "Los productos de copias de seguridad, las exportaciones semanales y los archivos de informes contienen copias",
  "the rehearsal does not end": "el ensayo no termina",

  // Carrying out and proving.
  "the plan was not approved": "el plan no fue aprobado",
  "the digest given is not the one that was approved": "la huella dada no es la que se aprobó",
  "the plan kept in the vault does not fit its digest": "el plan guardado en la bóveda no corresponde a su huella",
  "The org's answer did not speak of this record": "La respuesta de la org no habló de este registro",
  "The org acknowledged the delete, but the record is still there": "La org confirmó la eliminación, pero el registro sigue ahí",
  "changed since the rehearsal": "cambió desde el ensayo",
  "The run ended before this record, or the record it would have gone with is still there":
    "La ejecución terminó antes de este registro, o el registro con el que se habría ido sigue ahí",
  "no longer there, or no longer touched by the plan": "ya no está, o el plan ya no lo toca",
  "moved into or out of the recycle bin": "entró en la papelera o salió de ella",
  "new: the plan would touch it now": "nuevo: ahora el plan lo tocaría",
  "the plan would treat it differently now": "ahora el plan lo trataría de otro modo",
  "The org acknowledged the write, but {} holds another value": "La org confirmó la escritura, pero {} tiene otro valor",
  "{} does not hold the value of the record it is copied from": "{} no tiene el valor del registro del que se copia",
  "Somebody changed it since; it was left as it is": "Alguien lo cambió desde entonces; se dejó como está",
  "What it held before is no longer kept": "Lo que tenía antes ya no se guarda",

  // Values that are set.
  "The signed-in user does not see the field {}: it does not exist, or field-level security hides it":
    "El usuario de la sesión no ve el campo {}: no existe, o lo oculta la seguridad por campo",
  "{} is a formula: it follows when the fields it is made of are corrected": "{} es una fórmula: cambia cuando se corrigen los campos de que está hecha",
  "{} is numbered by Salesforce and cannot be changed": "{} lo numera Salesforce y no se puede cambiar",
  "The signed-in user may not change records of {}": "El usuario de la sesión no puede cambiar registros de {}",
  "The signed-in user may not change {}: it is read-only, or field-level security protects it":
    "El usuario de la sesión no puede cambiar {}: es de solo lectura, o lo protege la seguridad por campo",
  "{} may not be empty": "{} no puede quedar vacío",
  "A value of {} is not a list or a group": "Un valor de {} no es una lista ni un grupo",
  "{} takes {}": "{} admite {}",
  "true or false": "verdadero o falso",
  "a number": "un número",
  "a whole number": "un número entero",
  "a day like 2026-11-21": "un día como 2026-11-21",
  "an instant like 2026-11-21T09:30:00Z": "un momento como 2026-11-21T09:30:00Z",
  "one email address": "un correo electrónico",
  "the id of a record": "el id de un registro",
  "its parts, each in a field of its own": "sus partes, cada una en un campo propio",
  "something that can be written as text": "algo que pueda escribirse como texto",
  "The value is {} characters long; {} holds at most {}": "El valor tiene {} caracteres; {} admite como máximo {}",
  "The value is not among those that {} allows: {}": "El valor no está entre los que {} admite: {}",
  "The contested value is deleted instead of corrected": "El valor disputado se elimina en lugar de corregirse",
  "The contested value is corrected": "El valor disputado se corrige",
  "{} {}, field {}": "{} {}, campo {}",
  "The same value stands here and is treated alike": "El mismo valor está aquí y se trata igual",
  "Decide the copy of {} at {}": "Decida sobre la copia de {} en {}",
  "The same value stands here; take it up by correcting again with --with-copies":
    "El mismo valor está aquí; para corregirlo igual, tómelo otra vez con la casilla marcada",
  "Correct the copy of {} at {}": "Corrija la copia de {} en {}",
  "The person's statement of dispute is made part of the record": "La declaración de disputa de la persona pasa a ser parte del expediente",
  "Name the source of {} to the consumer": "Diga a la persona de dónde vino {}",
  "The business was not the source (§ 7023(i)); tell the consumer its name, or tell the source":
    "La empresa no fue la fuente (§ 7023(i)); diga su nombre a la persona, o avise a la fuente",
  "{}: the org does not show this record any more": "{}: la org ya no muestra este registro",
  "{}: the object is gone": "{}: el objeto ya no está",
  "{}: the signed-in user does not see this field": "{}: el usuario de la sesión no ve este campo",
  "It is the other half of a person account, and follows it": "Es la otra mitad de una cuenta personal, y la sigue",
  "It is the other half of the same person account": "Es la otra mitad de la misma cuenta personal",
  "Salesforce copies it from the contested record": "Salesforce lo copia del registro disputado",
  "It is a formula and follows the fields it is made of": "Es una fórmula y sigue a los campos de que está hecha",
  "A converted lead is read-only": "Un prospecto convertido es de solo lectura",
  "The same value stands in this field of the same person": "El mismo valor está en este campo de la misma persona",
  "the file is larger than 4 MB": "el archivo pasa de 4 MB",
  "it has an unknown or missing key, or a value of the wrong kind, at {}": "tiene una clave desconocida o que falta, o un valor de otra clase, en {}",
  "it holds no correction, or more than {}": "no contiene ninguna corrección, o más de {}",
  "item {}: this field of this record is contested twice": "punto {}: este campo de este registro se disputa dos veces",
  "item {}: {}": "punto {}: {}",
  "the record is not among the matches of this request": "el registro no está entre lo encontrado en esta solicitud",
  "a note is longer than {} characters or holds a zero byte": "una nota pasa de {} caracteres o contiene un byte cero",
  "\"because\" must say how the circumstances were weighed": "hay que decir cómo se ponderaron las circunstancias",
  "\"claimed\" is a list or a group; contest each field by itself": "el valor pedido es una lista o un grupo; dispute cada campo por separado",
  "a document it names was not given with --evidence and is no SHA-256": "falta un documento que se nombra",
  "\"grant\" needs the claimed value; to empty the field decide \"delete-instead\"":
    "para corregir hace falta el valor pedido; para vaciar el campo, decida vaciarlo",
  "\"delete-instead\" needs \"instead\": no-negative-impact or consent": "para vaciar el campo hay que decir por qué puede vaciarse",
  "\"deny\" needs a \"basis\"": "para dejarlo como está hace falta un motivo",
  "\"impossible\" needs \"facts\" that show why; the bare word is not enough": "“imposible” pide hechos que muestren por qué; la sola palabra no basta",
  "\"deny\" needs \"nature\" and \"obtained\": they are part of the circumstances":
    "para dejarlo hay que decir qué clase de información es y cómo se obtuvo: son parte de las circunstancias",
  "\"basis\" belongs to \"deny\" only": "el motivo de dejarlo va solo con esa decisión",
  "the statement has {} words; at most {} are made part of the record": "la declaración tiene {} palabras; como máximo {} pasan al expediente",
  "a field for the statement is named, but there is no statement": "se nombra un campo para la declaración, pero no hay declaración",
  "the statement would be written into the contested field itself": "la declaración se escribiría en el mismo campo disputado",
  "The org does not show this record any more; locate again": "La org ya no muestra este registro; localice otra vez",
  "The record is not live: it is in the bin or archived and cannot be changed": "El registro no está vivo: está en la papelera o archivado y no puede cambiarse",
  "A converted lead is read-only; its contact and account hold the values in use":
    "Un prospecto convertido es de solo lectura; su contacto y su cuenta tienen los valores en uso",
  "The formula {} follows from {}": "La fórmula {} sale de {}",
  "It holds the wanted value already: {}": "Ya tiene el valor pedido: {}",
  "Salesforce copies it from the {}; it follows by itself": "Salesforce lo copia de {}; cambia solo",
  "May be overwritten: the cleaning service compares through {} {}": "Puede sobrescribirse: el servicio de limpieza compara por {} {}",
  "Correct the value there too or mark it as reviewed, switch off automatic updates of its data integration rule, and prove again after its next run":
    "Corrija también allí el valor o márquelo como revisado, apague las actualizaciones automáticas de su regla de integración de datos y pruebe otra vez después de su próxima ejecución",
  "May be overwritten: an integration changed {} {} last (user {})": "Puede sobrescribirse: una integración cambió {} {} por última vez (usuario {})",
  "Correct the value in the system behind it, tell its provider, and prove again after its next run":
    "Corrija el valor en el sistema que está detrás, avise a su proveedor y pruebe otra vez después de su próxima ejecución",
  "The person limited the use of sensitive information": "La persona limitó el uso de información sensible",
  "The person opted in again": "La persona volvió a aceptar",
  "The person opted out of sale and sharing": "La persona se excluyó de la venta y del intercambio",
  "{}: the signed-in user does not see this object": "{}: el usuario de la sesión no ve este objeto",
  "a record is only made where it has a person (PartyId) and a purpose": "solo se crea un registro donde tiene una persona (PartyId) y una finalidad",
  "a new record has no field {}": "un registro nuevo no tiene el campo {}",
  "Create a {} for the person": "Crear un {} para la persona",
  "Create a {} for Individual {}": "Crear un {} para el Individual {}",
  "Consents hang on an Individual, and the person has none: create one, point the contact or lead to it, then locate and rehearse again":
    "Los consentimientos cuelgan de un Individual y la persona no tiene ninguno: cree uno, enlácelo desde el contacto o el candidato, y luego localice y ensaye otra vez",
  "The org refused to show {} ({}), so whether one is there is not known": "La org no quiso mostrar {} ({}), así que no se sabe si ya hay uno",
  "The org has no data use purpose whose name contains {}: set one up, then rehearse again":
    "La org no tiene ninguna finalidad de uso de datos cuyo nombre contenga {}: créela y ensaye otra vez",
  "The signed-in user does not see this object": "El usuario de la sesión no ve este objeto",
  "Let an administrator allow it and rehearse again, or create it by hand with {} {} and the purpose {}":
    "Pida a un administrador que lo permita y ensaye otra vez, o créelo a mano con {} {} y la finalidad {}",
  "No consent record says so for the purpose {} yet": "Ningún registro de consentimiento lo dice todavía para la finalidad {}",
  "the record to be made for it is not wanted any more, or cannot be made": "el registro que se iba a crear para él ya no hace falta o no puede crearse",
  "new: the plan would make a record for it now": "nuevo: el plan crearía ahora un registro para él",
  "Another record speaks of this person and purpose by now; none was made": "Otro registro ya habla de esta persona y finalidad; no se creó ninguno",
  "Locate and rehearse again": "Localice y ensaye otra vez",
  "It was made and is no longer there": "Se creó y ya no está",
  "The org acknowledged the record, but it is not there": "La org confirmó el registro, pero no está",
  "The record was made, but {} holds another value": "El registro se creó, pero {} contiene otro valor",
  "Somebody changed the record that was made; it was left as it is": "Alguien cambió el registro creado; se dejó como está",
  "The signed-in user may not create records of {}": "El usuario de la sesión no puede crear registros de {}",
  "The signed-in user does not see the field {}": "El usuario de la sesión no ve el campo {}",
  "The signed-in user may not fill {} of a new record": "El usuario de la sesión no puede rellenar {} de un registro nuevo",
  "{} may not be empty, and no value is settled for it": "{} no puede quedar vacío y no se fijó ningún valor para él",
  "{}: this object has no purpose to be chosen by": "{}: este objeto no tiene una finalidad por la que elegir",

  "It stops messages by one channel, not sale or sharing": "Detiene mensajes por una vía, no la venta ni el intercambio",
  "Consent records whose purpose names it": "Registros de consentimiento cuya finalidad lo nombra",
  "Tracking across contexts is sharing": "Seguir a alguien entre contextos es intercambio",
  "Offers of products and services rest on shared data": "Las ofertas de productos y servicios se apoyan en datos intercambiados",
  "Profiles serve advertising and infer sensitive traits": "Los perfiles sirven a la publicidad e infieren rasgos sensibles",
  "Use beyond what was asked for is to end": "Debe terminar el uso más allá de lo pedido",
  "Precise geolocation is sensitive information": "La geolocalización precisa es información sensible",
  "It asks for deletion": "Pide la eliminación",
  "The org's own checkbox": "Casilla propia de la org",
  "Whether it speaks of sale or sharing is not clear from its name": "Por su nombre no está claro si habla de venta o intercambio",

  // What is never disclosed (Cal. Code Regs., tit. 11, § 7024(d)).
  "a Social Security number": "un número de Seguro Social",
  "a driver's license number": "un número de licencia de conducir",
  "a passport number": "un número de pasaporte",
  "a tax identification number": "un número de identificación fiscal",
  "a government-issued identification number": "un número de identificación emitido por el gobierno",
  "a payment card number": "un número de tarjeta de pago",
  "a card security code or PIN": "un código de seguridad o PIN de tarjeta",
  "an international bank account number (IBAN)": "un número internacional de cuenta bancaria (IBAN)",
  "a bank or other financial account number": "un número de cuenta bancaria o financiera",
  "a bank routing number": "un número de ruta bancaria",
  "a health insurance number": "un número de seguro médico",
  "a medical record number": "un número de historia clínica",
  "an account password": "una contraseña de cuenta",
  "a security question or its answer": "una pregunta de seguridad o su respuesta",
  "unique biometric data": "datos biométricos únicos",

  // Recipients.
  "An exception needs the ground and the purpose for which the data is kept": "Una excepción pide el fundamento y el fin con que se conservan los datos",
  "Impossible or disproportionate effort needs the facts: what would have to be done, and why it cannot be":
    "Lo imposible o el esfuerzo desproporcionado pide los hechos: qué habría que hacer y por qué no se puede",
  "the name is empty, longer than 120 characters or holds control characters": "el nombre está vacío, pasa de 120 caracteres o contiene caracteres de control",
  "the reference of the contract is empty or too long": "la referencia del contrato está vacía o es demasiado larga",
  "the channel is empty or too long": "la vía de contacto está vacía o es demasiado larga",
  "the days to confirm are not between 1 and 365": "los días para confirmar no están entre 1 y 365",

  // Requests that come by the Data Rights Protocol.
  "the agent's key is neither 32 bytes, nor their base64 or hex, nor an agent's entry of the service directory":
    "la clave del agente no son 32 bytes, ni su base64 o hex, ni una entrada del directorio de servicios",
  "the file is larger than 256 KB": "el archivo pasa de 256 KB",
  "the file is not base64 of a signature and a message": "el archivo no es el base64 de una firma y un mensaje",
  "the signature does not belong to this message and this agent's key": "la firma no corresponde a este mensaje y a la clave de este agente",
  "the signed message is not JSON with the fields of the protocol: {}": "el mensaje firmado no es JSON con los campos del protocolo: {}",
  "the message names the agent {}, and the key belongs to {}": "el mensaje nombra al agente {}, y la clave es de {}",
  "the message is for the business {}, not for {}": "el mensaje es para la empresa {}, no para {}",
  "the message says it was issued at {}, after it came in": "el mensaje dice que se emitió a las {}, después de llegar",
  "the message expired at {}, before it came in": "el mensaje venció a las {}, antes de llegar",
  "the protocol version {} is not known; 1.0 is": "no se conoce la versión {} del protocolo; sí la 1.0",
  "the right {} is none of the protocol: sale:opt_out, sale:opt_in, deletion, access, access:categories, access:specific":
    "el derecho {} no es del protocolo: sale:opt_out, sale:opt_in, deletion, access, access:categories, access:specific",
  "the legal regime {} is not known; ccpa is": "no se conoce el régimen legal {}; sí ccpa",
  "the message says nothing about the person by which they could be found": "el mensaje no dice nada de la persona por lo que pueda encontrarse",
};
