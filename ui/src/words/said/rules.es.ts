/** The rules that find suspicious use (`assets/detection`): their titles, what they saw, and what may be innocent. */
export const rules: Record<string, string> = {
  "{} record say so": "Lo dice {} registro",
  "{} records say so": "Lo dicen {} registros",
  "{} record say so, about {} rows": "Lo dice {} registro, cerca de {} filas",
  "{} records say so, about {} rows": "Lo dicen {} registros, cerca de {} filas",

  "An integration comes from a new network": "Una integración llega desde una red nueva",
  "The user and the app never came from this network before; an integration has no reason to move":
    "El usuario y la aplicación nunca habían llegado desde esta red; una integración no tiene por qué mudarse",
  "A person comes from a new network": "Una persona llega desde una red nueva",
  "The user never came from this network before": "El usuario nunca había llegado desde esta red",
  "An app calls through a client never seen before": "Una aplicación llama por un cliente nunca visto",
  "The client that calls itself by this name was never seen for the app; versions of one client count as one":
    "El cliente que se da este nombre nunca se vio en la aplicación; las versiones de un cliente cuentan como uno",
  "A script uses the token of an integration": "Un script usa la clave de una integración",
  "The token of an integration is used by a general scripting client that was never seen for the app":
    "La clave de una integración la usa un cliente general de scripts que nunca se vio en la aplicación",
  "Counts the records of an object of people": "Cuenta los registros de un objeto de personas",
  "A count of all records of an object, which the principal never asked for before": "Una cuenta de todos los registros de un objeto, que el usuario nunca había pedido",
  "Asks which objects and fields there are": "Pregunta qué objetos y campos hay",
  "The list of objects, or the fields of one, which the principal never asked for before":
    "La lista de objetos, o los campos de uno, que el usuario nunca había pedido",
  "Asks how much may still be called": "Pregunta cuánto se puede llamar todavía",
  "The limits of the org, which the principal never asked for before": "Los límites de la org, que el usuario nunca había pedido",
  "Counts several objects of people in a short time": "Cuenta varios objetos de personas en poco tiempo",
  "At least three objects of people were counted within an hour by somebody who never did so before: the size of the prey is measured":
    "Alguien que nunca lo había hecho contó al menos tres objetos de personas en una hora: se mide el tamaño de la presa",
  "Looks around in the org": "Mira alrededor en la org",
  "Objects or fields were described and the limits asked within three days by somebody who never did so before":
    "Alguien que nunca lo había hecho pidió la descripción de objetos o campos y los límites en tres días",
  "Describes, counts and asks the limits": "Describe, cuenta y pregunta los límites",
  "Objects were described, counted, and the limits asked within three days by somebody who never did so before: the order of a prepared theft":
    "Alguien que nunca lo había hecho describió y contó objetos y preguntó los límites en tres días: el orden de un robo preparado",
  "A bulk export from a new network": "Una exportación masiva desde una red nueva",
  "A bulk query that is not usual for the principal, from a network it never came from before":
    "Una consulta masiva que no es habitual en el usuario, desde una red de la que nunca había llegado",
  "A bulk job is deleted": "Se elimina un trabajo masivo",
  "A bulk job was deleted by a principal that never deleted one before; this hides it from the list of jobs, not from the logs":
    "Eliminó un trabajo masivo un usuario que nunca había eliminado uno; eso lo esconde de la lista de trabajos, no de los registros de eventos",
  "A bulk job is deleted from a new network": "Se elimina un trabajo masivo desde una red nueva",
  "A bulk job was deleted from a network that the principal never came from before": "Se eliminó un trabajo masivo desde una red de la que el usuario nunca había llegado",
  "A bulk job is gone from the list": "Un trabajo masivo ya no está en la lista",
  "The job stood on the list of one day and not on the next, before Salesforce removes jobs by itself: somebody deleted it":
    "El trabajo estaba en la lista de un día y no en la del siguiente, antes de que Salesforce quite trabajos por sí misma: alguien lo eliminó",
  "A query returns far more rows than usual": "Una consulta devuelve muchas más filas que lo habitual",
  "One query of an object of people returned more than five times the rows of any query in the thirty days before":
    "Una consulta de un objeto de personas devolvió más de cinco veces las filas de cualquier consulta en los treinta días anteriores",
  "A query from a new network returns far more rows than usual": "Una consulta desde una red nueva devuelve muchas más filas que lo habitual",
  "One query of an object of people from a network that the principal never came from before returned more than five times the usual rows":
    "Una consulta de un objeto de personas desde una red de la que el usuario nunca había llegado devolvió más de cinco veces las filas habituales",
  "A report is exported that the principal never ran before": "Se exporta un informe que el usuario nunca había ejecutado",
  "A report that the principal never ran before was exported": "Se exportó un informe que el usuario nunca había ejecutado",
  "An app is used that was never seen before": "Se usa una aplicación nunca vista",
  "Somebody authorised an app that nobody in the org used before": "Alguien autorizó una aplicación que nadie en la org había usado",
  "An app never seen before calls from a new network": "Una aplicación nunca vista llama desde una red nueva",
  "An app that nobody in the org used before calls from a network that the user never came from: so works a voice call that talks somebody into authorising a stranger":
    "Una aplicación que nadie en la org había usado llama desde una red de la que el usuario nunca llegó: así obra una llamada de voz que convence a alguien de autorizar a un extraño",
  "The token of an inactive user is used": "Se usa la clave de un usuario inactivo",
  "The user is no longer active and still calls": "El usuario ya no está activo y sigue llamando",
  "A token wakes up after a month of rest": "Una clave despierta tras un mes de reposo",
  "An integration that did nothing for thirty days calls again": "Una integración que no hizo nada en treinta días vuelve a llamar",
  "High-risk permissions are granted": "Se conceden permisos de alto riesgo",
  "A permission set, profile or user permission that opens data was changed": "Se cambió un conjunto de permisos, perfil o permiso de usuario que abre datos",
  "An administrator acts as another user": "Un administrador actúa como otro usuario",
  "An administrator signed in as another user for the first time": "Un administrador inició sesión como otro usuario por primera vez",
  "A bulk export that is not usual": "Una exportación masiva que no es habitual",
  "A bulk query by a principal that never ran one before, or of far more records than in the thirty days before":
    "Una consulta masiva de un usuario que nunca había hecho una, o de muchos más registros que en los treinta días anteriores",
  "An object of people is read whole": "Se lee entero un objeto de personas",
  "A query without a condition on an object of people, by a principal that never read it whole before":
    "Una consulta sin condición sobre un objeto de personas, de un usuario que nunca lo había leído entero",
  "A large report is exported": "Se exporta un informe grande",
  "A report that the principal never ran before was exported, or one of far more rows than usual":
    "Se exportó un informe que el usuario nunca había ejecutado, o uno de muchas más filas que lo habitual",
  "Permissions are changed and data leaves within a day": "Se cambian permisos y salen datos en un mismo día",
  "The same user changed permissions and exported data in bulk within a day, in whichever order: a right is given before, or taken back after":
    "El mismo usuario cambió permisos y exportó datos en masa en un día, en cualquier orden: un permiso se da antes, o se retira después",
  "Permissions are changed and an object is read whole within a day": "Se cambian permisos y se lee entero un objeto en un mismo día",
  "The same user changed permissions and read an object of people whole within a day, in whichever order":
    "El mismo usuario cambió permisos y leyó entero un objeto de personas en un día, en cualquier orden",
  "An administrator acts as another user and exports a report": "Un administrador actúa como otro usuario y exporta un informe",
  "An administrator signed in as another user and exported a large report within a day":
    "Un administrador inició sesión como otro usuario y exportó un informe grande en un día",
  "Many files are downloaded in a day": "Se descargan muchos archivos en un día",
  "More than fifty files in a day, and more than three times as many as on any day of the thirty before":
    "Más de cincuenta archivos en un día, y más del triple que en cualquiera de los treinta días anteriores",
  "A guest reads far more than guests do": "Un invitado lee mucho más de lo que leen los invitados",
  "Requests of a guest to a site, far more in a day than on any day of the thirty before":
    "Peticiones de un invitado a un sitio, muchas más en un día que en cualquiera de los treinta anteriores",
  "A guest lists records through Aura": "Un invitado lista registros por Aura",
  "A guest calls the parts of Lightning that list records, as the tools for scraping sites do":
    "Un invitado llama a las partes de Lightning que listan registros, como hacen las herramientas para vaciar sitios",
  "Salesforce finds the reading of a guest unusual": "Salesforce considera rara la lectura de un invitado",
  "Threat Detection reported that a guest read objects or volumes that guests do not read":
    "Threat Detection avisó de que un invitado leyó objetos o cantidades que los invitados no leen",
  "Records are deleted past the bin": "Se eliminan registros más allá de la papelera",
  "Records were deleted for good by a principal that never did so before": "Eliminó registros para siempre un usuario que nunca lo había hecho",
  "The whole org is exported": "Se exporta la org entera",
  "Somebody asked for the export of all data, who never did so before": "Pidió la exportación de todos los datos alguien que nunca lo había hecho",
  "Data is being sent elsewhere": "Se envían datos a otra parte",
  "Email forwarding, an outbound message or a named credential was changed for the first time":
    "Se cambió por primera vez un reenvío de correo, un mensaje saliente o una credencial con nombre",
  "Logs are missing for a time": "Faltan registros de un tiempo",
  "There should be a log file for this time and is none; what happened then cannot be seen":
    "Debería haber un archivo de registro de este tiempo y no lo hay; lo que pasó entonces no se puede ver",
  "Salesforce itself loses files when a site is switched": "La propia Salesforce pierde archivos al cambiar de centro",
  "Logs of a rare kind are missing for a time": "Faltan registros de una clase rara de un tiempo",
  "There is no log file for this time; the type does not come every day": "No hay archivo de registro de este tiempo; esta clase no llega todos los días",
  "Salesforce itself finds it unusual": "La propia Salesforce lo considera raro",
  "Threat Detection reported calls, reports or sign-ins that it finds unusual for the user":
    "Threat Detection avisó de llamadas, informes o inicios de sesión que considera raros en el usuario",
  "A session is used from another browser": "Una sesión se usa desde otro navegador",
  "Threat Detection reported that a session changed its browser or place": "Threat Detection avisó de que una sesión cambió de navegador o de lugar",

  // What may be innocent.
  "The vendor moved its servers or added a region; ask it for its list of addresses":
    "El proveedor mudó sus servidores o añadió una región; pídale su lista de direcciones",
  "The integration was set up anew on another machine": "La integración se instaló de nuevo en otra máquina",
  "Somebody travels, works from home, or has a new connection": "Alguien viaja, trabaja desde casa o tiene una conexión nueva",
  "The vendor rewrote its integration; ask for the name of the new client": "El proveedor reescribió su integración; pregunte el nombre del cliente nuevo",
  "A developer of the vendor tests with the production token": "Un desarrollador del proveedor prueba con la clave de producción",
  "The integration itself was rewritten as a script": "La propia integración se reescribió como script",
  "A new dashboard or a test of a connection": "Un panel nuevo o una prueba de conexión",
  "An integration after an update": "Una integración después de una actualización",
  "Monitoring that was set up anew": "Una supervisión instalada de nuevo",
  "A backup or analytics tool was set up": "Se instaló una herramienta de copias o de análisis",
  "An administrator prepares a migration": "Un administrador prepara una migración",
  "A new integration gets to know the org": "Una integración nueva conoce la org",
  "A developer tries the API": "Un desarrollador prueba la API",
  "A new backup tool that was installed with your knowledge": "Una herramienta de copias nueva, instalada con su conocimiento",
  "A vendor that moved its servers loads everything again; ask it": "Un proveedor que mudó sus servidores carga todo otra vez; pregúntele",
  "A client that tidies up after itself, in its first run": "Un cliente que limpia lo que deja, en su primera ejecución",
  "A vendor that moved its servers and tidies up after itself": "Un proveedor que mudó sus servidores y limpia lo que deja",
  "A client that tidies up after itself": "Un cliente que limpia lo que deja",
  "A monthly report or a first synchronisation": "Un informe mensual o una primera sincronización",
  "People look at new reports every day": "La gente mira informes nuevos todos los días",
  "People try apps; more than half of all connected apps are brought in by users":
    "La gente prueba aplicaciones; más de la mitad de las conectadas las traen los usuarios",
  "A new cloud service that was bought and set up with your knowledge": "Un servicio en la nube nuevo, comprado e instalado con su conocimiento",
  "The user was made inactive after the call": "El usuario se desactivó después de la llamada",
  "A yearly or quarterly job": "Un trabajo anual o trimestral",
  "Ordinary administration": "Administración corriente",
  "Support by agreement with the user": "Soporte de acuerdo con el usuario",
  "A yearly report, a migration or a new backup": "Un informe anual, una migración o una copia nueva",
  "A data warehouse that loads everything again": "Un almacén de datos que carga todo otra vez",
  "A first synchronisation of a new integration": "La primera sincronización de una integración nueva",
  "An export that an administrator was asked for": "Una exportación que se pidió a un administrador",
  "The end of a month, a quarter or a year": "El fin de un mes, un trimestre o un año",
  "A colleague stands in for another": "Un colega reemplaza a otro",
  "An administrator sets up a new integration and tests it": "Un administrador instala una integración nueva y la prueba",
  "A migration of files, or a lawyer who collects documents": "Una migración de archivos, o un abogado que reúne documentos",
  "A search engine, or a campaign that brought many visitors": "Un buscador, o una campaña que trajo muchas visitas",
  "A site that shows such lists to everybody on purpose": "Un sitio que muestra a todos esas listas a propósito",
  "A page that was changed and shows more than before, on purpose": "Una página que se cambió y muestra más que antes, a propósito",
  "A deletion request that was carried out, or a clean-up by agreement": "Una solicitud de eliminación que se ejecutó, o una limpieza acordada",
  "A first backup before a release": "Una primera copia antes de un lanzamiento",
  "A new integration or a new mail server": "Una integración nueva o un servidor de correo nuevo",
  "A switch of sites at Salesforce, or a file that was not fetched in time": "Un cambio de centro en Salesforce, o un archivo que no se trajo a tiempo",
  "Nothing of the kind happened on that day": "Ese día no pasó nada de esa clase",
  "A new duty of the user": "Una tarea nueva del usuario",
  "A browser that was updated while it was open": "Un navegador que se actualizó mientras estaba abierto",
};
