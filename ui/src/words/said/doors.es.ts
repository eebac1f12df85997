/** What the vault, Salesforce, the papers and the window itself say when something could not be done. */
export const doors: Record<string, string> = {
  // The vault.
  "There is no vault at this place": "En este lugar no hay ninguna bóveda",
  "Nothing was changed": "No se cambió nada",
  "There is already a file at this place": "En este lugar ya hay un archivo",
  "It was not touched": "No se tocó",
  "The file is empty (0 bytes): it is no vault": "El archivo está vacío (0 bytes): no es una bóveda",
  "The file is cut short: part of the vault is missing": "El archivo está cortado: falta una parte de la bóveda",
  "The file is no vault of this program": "El archivo no es una bóveda de este programa",
  "The passphrase does not open this vault": "La frase de contraseña no abre esta bóveda",
  "The vault was written by a newer version of this program (format {}, known up to {})":
    "La bóveda fue escrita por una versión más nueva de este programa (formato {}, conocido hasta {})",
  "The vault is damaged": "La bóveda está dañada",
  "Another window or command is writing to this vault": "Otra ventana u orden está escribiendo en esta bóveda",
  "The disk is full": "El disco está lleno",
  "Nothing was saved of this step": "No se guardó nada de este paso",
  "The vault's place does not allow writing": "El lugar de la bóveda no permite escribir",
  "The vault's file cannot be reached: it was moved, or its drive was taken out or fails":
    "No se llega al archivo de la bóveda: se movió, o su unidad se retiró o falla",
  "The passphrase is not usable: {}": "La frase de contraseña no sirve: {}",
  "it is empty": "está vacía",
  "it is longer than 1,024 bytes": "tiene más de 1,024 bytes",
  "no key can be made of it": "no se puede hacer una clave con ella",
  "The system's key store could not be used ({})": "No se pudo usar el almacén de claves del sistema ({})",
  "there is none, or it is locked": "no hay ninguno, o está bloqueado",
  "There is no {} of that name in the vault": "En la bóveda no hay {} con ese nombre",
  "A {} of that name is already in the vault": "En la bóveda ya hay {} con ese nombre",
  "What the vault holds as {} cannot be read by this version": "Esta versión no puede leer lo que la bóveda guarda como {}",
  "The vault's ledger does not fit together at entry {}": "El libro de actos de la bóveda no encaja en la entrada {}",
  "The file could not be read or written": "El archivo no se pudo leer o escribir",
  "The vault refused the step": "La bóveda rechazó el paso",
  "Check the path, or make a vault with `habeas vault create`": "Compruebe el lugar, o cree una bóveda",
  "Choose another place; nothing is ever overwritten": "Elija otro lugar; nunca se sobrescribe nada",
  "If creating a vault was interrupted, remove the file and create it again; otherwise restore a backup":
    "Si se interrumpió la creación de una bóveda, quite el archivo y créela otra vez; si no, restaure una copia de seguridad",
  "Restore the latest backup; keep this file until the backup was checked":
    "Restaure la última copia de seguridad; guarde este archivo hasta haber comprobado la copia",
  "Check the path: this file belongs to another program": "Compruebe el lugar: este archivo es de otro programa",
  "Try the passphrase again": "Escriba otra vez la frase de contraseña",
  "If it is certainly right, the file is damaged: restore a backup":
    "Si está seguro de que es correcta, el archivo está dañado: restaure una copia de seguridad",
  "Open it with the newer version of Habeas": "Ábrala con la versión más nueva de Habeas",
  "Run `habeas vault check`, keep the file, and restore the latest backup":
    "Guarde el archivo y restaure la última copia de seguridad; `habeas vault check` dice qué está dañado",
  "Wait until the other one is done or close it, then try again; it is safe":
    "Espere a que la otra termine o ciérrela, y vuelva a intentarlo; es seguro",
  "Make room on the disk, then do the step again; it is safe": "Libere espacio en el disco y repita el paso; es seguro",
  "Move the vault to a place where you may write, then do the step again":
    "Mueva la bóveda a un lugar donde usted pueda escribir y repita el paso",
  "Connect the drive or put the file back where it was, lock and unlock the vault, then do the step again":
    "Conecte la unidad o devuelva el archivo a su lugar, bloquee y abra la bóveda, y repita el paso",
  "Choose another passphrase": "Elija otra frase de contraseña",
  "Unlock the system's key store (keychain, credential manager, secret service), or go on typing the passphrase":
    "Desbloquee el almacén de claves del sistema, o siga escribiendo la frase de contraseña",
  "Look at the list of what there is, and check the spelling": "Mire la lista de lo que hay y compruebe cómo está escrito",
  "Choose another name": "Elija otro nombre",
  "Open the vault with the version of Habeas that wrote it, or restore a backup":
    "Abra la bóveda con la versión de Habeas que la escribió, o restaure una copia de seguridad",
  "Check that the disk is connected and that you may use the file, then try again":
    "Compruebe que el disco esté conectado y que usted pueda usar el archivo, y vuelva a intentarlo",
  "Try again; if it happens again, run `habeas vault check`":
    "Vuelva a intentarlo; si se repite, `habeas vault check` dice si la bóveda está bien",

  // Salesforce.
  "the address is not acceptable: {}": "la dirección no es aceptable: {}",
  "the extra certificates, the proxy or the secure channel could not be set up: {}":
    "no se pudieron preparar los certificados adicionales, el proxy o el canal seguro: {}",
  "the org could not be reached: {}": "no se pudo llegar a la org: {}",
  "the org's certificate was not accepted": "no se aceptó el certificado de la org",
  "the org did not answer in time": "la org no respondió a tiempo",
  "the org sent an address of another host; nothing was sent there": "la org envió la dirección de otro servidor; no se le envió nada",
  "the org shows a web page instead of answering; it may be under maintenance":
    "la org muestra una página web en lugar de responder; puede estar en mantenimiento",
  "the org's answer broke off": "la respuesta de la org se cortó",
  "the org's answer could not be read: {}": "no se pudo leer la respuesta de la org: {}",
  "the org's answer is larger than {} bytes": "la respuesta de la org pasa de {} bytes",
  "the org offers API version {} at most; at least {} is needed": "la org ofrece como máximo la versión {} de la API; hace falta al menos la {}",
  "the session ended and could not be renewed ({})": "la sesión terminó y no se pudo renovar ({})",
  "the org does not let this session use its API": "la org no deja que esta sesión use su API",
  "the renewed tokens could not be kept, so they were not used: {}": "no se pudieron guardar las claves renovadas, así que no se usaron: {}",
  "we are signed in as another user or to another org than before": "la sesión es de otro usuario o de otra org que antes",
  "the call ceiling is reached after {} calls": "se alcanzó el tope de llamadas después de {} llamadas",
  "stopped on request": "se detuvo a petición suya",
  "the org's daily allowance of API calls is used up": "se agotaron las llamadas diarias a la API de la org",
  "the org stayed busy after {} tries": "la org siguió ocupada después de {} intentos",
  "the org refused: {} ({})": "la org lo rechazó: {} ({})",
  "the user has no permission to delete for good through Bulk API": "el usuario no tiene permiso para eliminar para siempre por Bulk API",
  "the plan's step asks for another deed than this call does": "el paso del plan pide otro acto que el de esta llamada",
  "no answer came to a write of {} records; what became of them is not known yet":
    "no llegó respuesta a una escritura de {} registros; todavía no se sabe qué fue de ellos",
  "Check the address of the org: https, without a path": "Compruebe la dirección de la org: https, sin nada después",
  "Plain http is for loopback only": "http sin cifrar es solo para esta misma computadora",
  "Check the certificate file and the proxy of this connection": "Compruebe el archivo de certificados y el proxy de esta conexión",
  "Check the network connection, then run the command again": "Compruebe la conexión de red y vuelva a intentarlo",
  "Check the address": "Compruebe la dirección",
  "Give the org's own certificate authority if your network or practice org uses one":
    "Si su red o la org usa una autoridad de certificación propia, indíquela",
  "Check with your administrator whether the org moved to another address, and add it again":
    "Pregunte a su administrador si la org cambió de dirección, y conéctela otra vez",
  "Wait until the org answers again, then run the command again": "Espere a que la org responda y vuelva a intentarlo",
  "Run the command again": "Vuelva a intentarlo",
  "If it stays, something between this computer and the org changes the answers":
    "Si sigue igual, algo entre esta computadora y la org cambia las respuestas",
  "Connect to an org of a current Salesforce release": "Conecte una org con una versión actual de Salesforce",
  "Sign in to the org again, then run the command again": "Inicie sesión otra vez en la org y vuelva a intentarlo",
  "Ask the administrator to give the user API Enabled and the app its access, then sign in again":
    "Pida al administrador que dé API Enabled al usuario y acceso a la aplicación, y vuelva a iniciar sesión",
  "Make room on the disk or unlock the vault, then sign in to the org again":
    "Libere espacio en el disco o abra la bóveda, y vuelva a iniciar sesión en la org",
  "Sign in as the user and to the org that this case was begun with":
    "Inicie sesión con el usuario y en la org con los que empezó este caso",
  "Raise the call ceiling and run the command again; what was read is kept":
    "Suba el tope de llamadas y vuelva a intentarlo; lo leído se conserva",
  "Run the command again when you are ready": "Vuelva a intentarlo cuando quiera",
  "Wait until the org's allowance returns (it counts the last 24 hours), then run again":
    "Espere a que la org vuelva a dar llamadas (cuentan las últimas 24 horas) y vuelva a intentarlo",
  "Read the code; an administrator of the org can lift what stands in the way":
    "Lea el código; un administrador de la org puede quitar lo que lo impide",
  "Delete to the bin and empty it, or ask for the permission Bulk API Hard Delete":
    "Elimine a la papelera y vacíela, o pida el permiso Bulk API Hard Delete",
  "Rehearse the request again": "Ensaye la solicitud otra vez",
  "Run the command again: it asks the org about each record before it goes on":
    "Vuelva a intentarlo: se pregunta a la org por cada registro antes de seguir",
  "it names no user": "no nombra a ningún usuario",
  "its first person is unreadable": "su primera persona no se puede leer",

  // What Salesforce refuses.
  "A field does not exist or may not be read here": "Un campo no existe o no puede leerse aquí",
  "The object does not exist or may not be read": "El objeto no existe o no puede leerse",
  "The org does not accept this question": "La org no acepta esta pregunta",
  "The org does not accept this search": "La org no acepta esta búsqueda",
  "An id is not one of this org": "Un id no es de esta org",
  "The org could not answer this in its time": "La org no pudo responder esto en su plazo",
  "The org forgot where the reading stood": "La org perdió el punto en que iba la lectura",
  "Other records still depend on this one": "Otros registros todavía dependen de este",
  "The record is locked by an approval": "El registro está bloqueado por una aprobación",
  "The record is deleted already": "El registro ya está eliminado",
  "Somebody else kept the record locked": "Otra persona mantuvo bloqueado el registro",
  "A validation rule of the org refuses the change": "Una regla de validación de la org rechaza el cambio",
  "Automation of the org (a trigger or flow) refuses the change": "Una automatización de la org (trigger o flujo) rechaza el cambio",
  "A required field would be empty": "Un campo obligatorio quedaría vacío",
  "A value is too long for its field": "Un valor es demasiado largo para su campo",
  "The org does not take this as an email address": "La org no acepta esto como correo electrónico",
  "A duplicate rule of the org refuses the change": "Una regla de duplicados de la org rechaza el cambio",
  "A field cannot take this value": "Un campo no puede tomar este valor",
  "The user may not do this to the record": "El usuario no puede hacer esto con el registro",
  "The record belongs to an installed package and cannot be deleted": "El registro es de un paquete instalado y no puede eliminarse",
  "The org or the user does not have this function": "La org o el usuario no tiene esta función",
  "A transaction security policy of the org blocked this": "Una política de seguridad de transacciones de la org lo bloqueó",
  "The org does not show such a thing; it may be gone or out of reach": "La org no muestra tal cosa; puede haber desaparecido o no estar al alcance",
  "The record is not there or out of reach": "El registro no está o no está al alcance",
  "The record is not in the bin any more": "El registro ya no está en la papelera",
  "Too much was asked for at once": "Se pidió demasiado a la vez",
  "The org does not offer this version any more": "La org ya no ofrece esta versión",
  "The org refused this": "La org lo rechazó",

  // Signing in.
  "none of the callback ports is free": "ninguno de los puertos de retorno está libre",
  "no random numbers could be had": "no se pudieron obtener números aleatorios",
  "the app is not installed in the org": "la aplicación no está instalada en la org",
  "the user is not approved for the app": "el usuario no está aprobado para la aplicación",
  "the sign-in was declined": "el inicio de sesión fue rechazado",
  "the browser came back with the answer to another sign-in": "el navegador volvió con la respuesta a otro inicio de sesión",
  "nobody finished the sign-in in time": "nadie terminó el inicio de sesión a tiempo",
  "the org refused the sign-in ({})": "la org rechazó el inicio de sesión ({})",
  "the org's answer to the sign-in is incomplete": "la respuesta de la org al inicio de sesión está incompleta",
  "Close the program that uses the ports 1717 to 1720 on this computer, then sign in again":
    "Cierre el programa que usa los puertos 1717 a 1720 en esta computadora y vuelva a iniciar sesión",
  "Restart the computer, then sign in again": "Reinicie la computadora y vuelva a iniciar sesión",
  "Ask an administrator to install the app (Setup, Connected Apps OAuth Usage or External Client App Manager), to set Permitted Users to admin approved, and to give it to a permission set of yours":
    "Pida a un administrador que instale la aplicación (Setup, Connected Apps OAuth Usage o External Client App Manager), ponga Permitted Users en admin approved y la dé a un conjunto de permisos suyo",
  "Ask an administrator to give the app to a permission set or profile of yours":
    "Pida a un administrador que dé la aplicación a un conjunto de permisos o perfil suyo",
  "Sign in again and allow the access": "Vuelva a iniciar sesión y permita el acceso",
  "Close other sign-in pages and sign in again": "Cierre otras páginas de inicio de sesión y vuelva a iniciar sesión",
  "Sign in again": "Vuelva a iniciar sesión",
  "Check the client id and its callback addresses with an administrator":
    "Compruebe con un administrador la clave de consumidor y sus direcciones de retorno",
  "Check that the app grants the scopes api and refresh_token, then sign in again":
    "Compruebe que la aplicación concede los ámbitos api y refresh_token, y vuelva a iniciar sesión",
  "Nobody was signed in": "Nadie inició sesión",
  "Close other programs that wait for a sign-in (the Salesforce CLI uses the same port), then try again":
    "Cierre otros programas que esperan un inicio de sesión (Salesforce CLI usa el mismo puerto) y vuelva a intentarlo",
  "Ask the Salesforce administrator to open Setup > External Client App Manager (or Connected Apps OAuth Usage), install the app, set Permitted Users to \"Admin approved users are pre-authorized\" and give it to your permission set":
    "Pida al administrador de Salesforce que abra Setup > External Client App Manager (o Connected Apps OAuth Usage), instale la aplicación, ponga Permitted Users en “Admin approved users are pre-authorized” y la dé a su conjunto de permisos",
  "Ask the Salesforce administrator to assign you the permission set that opens this app":
    "Pida al administrador de Salesforce que le asigne el conjunto de permisos que abre esta aplicación",
  "Sign in again and choose Allow, or use another user": "Vuelva a iniciar sesión y elija Allow, o use otro usuario",
  "Begin the sign-in again from here, and use only the browser page that it opens":
    "Empiece otra vez el inicio de sesión desde aquí, y use solo la página que se abre",
  "Begin the sign-in again": "Empiece otra vez el inicio de sesión",
  "Begin the sign-in again when you are ready": "Empiece otra vez el inicio de sesión cuando pueda",
  "Check the login address and the client id with the Salesforce administrator":
    "Compruebe con el administrador de Salesforce la dirección de inicio de sesión y la clave de consumidor",
  "Restart the computer and begin the sign-in again": "Reinicie la computadora y empiece otra vez el inicio de sesión",
  "Check the login address; sign in again": "Compruebe la dirección de inicio de sesión; vuelva a iniciar sesión",

  // Papers and files.
  "something already stands at the place to write to; it was not touched": "ya hay algo en el lugar donde escribir; no se tocó",
  "the disk is full; nothing was left behind": "el disco está lleno; no quedó nada a medias",
  "could not write; nothing was left behind": "no se pudo escribir; no quedó nada a medias",
  "a file that is needed here could not be read": "no se pudo leer un archivo que hace falta",
  "two entries of the bundle share the name {}": "dos entradas del paquete se llaman {}",
  "an entry's name cannot stand in a bundle: {}": "el nombre de una entrada no puede estar en un paquete: {}",
  "too much for one bundle: at most 65,000 entries and 4 GiB": "demasiado para un solo paquete: como máximo 65,000 entradas y 4 GiB",
  "the file is not a readable ZIP": "el archivo no es un ZIP que pueda leerse",
  "{} holds {} in full, which must not leave the vault; nothing was written":
    "{} contiene {} por completo, y eso no debe salir de la bóveda; no se escribió nada",
  "what was about to be written could not be examined to the end; nothing was written":
    "lo que iba a escribirse no se pudo examinar hasta el final; no se escribió nada",
  "the signer file holds no Ed25519 public key in PEM form": "el archivo del firmante no contiene una clave pública Ed25519 en forma PEM",
  "a picture of the paper is not a readable PNG": "una imagen del papel no es un PNG que pueda leerse",
  "the letter has a blank that is not filled: {} ({})": "la carta tiene un espacio sin llenar: {} ({})",
  "the wording has a blank that this letter does not know: {}": "el texto tiene un espacio que esta carta no conoce: {}",
  "the wording leaves out the blank {} ({})": "el texto omite el espacio {} ({})",
  "the wording cannot be read at line {}: {}": "el texto no se puede leer en la línea {}: {}",
  "a built-in asset could not be used: {}": "no se pudo usar una parte del programa: {}",
  "Choose another name; nothing is ever overwritten": "Elija otro nombre; nunca se sobrescribe nada",
  "Make room on the disk, or write to another one": "Libere espacio en el disco, o escriba en otro",
  "Check that the folder exists and may be written to": "Compruebe que la carpeta exista y que se pueda escribir en ella",
  "Check that the file exists and may be read": "Compruebe que el archivo exista y se pueda leer",
  "This is a fault of the program; report it with this sentence": "Es un error del programa; comuníquelo con esta frase",
  "Split the case: large files can be handed over beside the bundle": "Divida el caso: los archivos grandes pueden entregarse aparte del paquete",
  "Ask for the file again; it may have been cut off on its way": "Pida otra vez el archivo; puede haberse cortado en el camino",
  "Look at that file and take the value out at its source, or decide against the record it comes from; then run this again":
    "Mire ese archivo y quite el valor en su origen, o decida en contra del registro del que viene; después vuelva a intentarlo",
  "Run this again; if it happens again, report it with this sentence": "Vuelva a intentarlo; si se repite, comuníquelo con esta frase",
  "Give the signer.pub file of a bundle, or the key its signer published":
    "Dé el archivo signer.pub de un paquete, o la clave que publicó su firmante",
  "Fill it with `{}`, or for this letter alone with --set {}=…": "Llénelo en Ajustes, o solo para esta carta en su campo ({2})",
  "Use only its blanks: {}": "Use solo sus espacios: {}",
  "The law asks for it: put the blank back into the wording": "La ley lo pide: devuelva el espacio al texto",
  "Mend the line; `habeas wording` shows ours with every blank": "Corrija la línea; “Usar otra vez nuestro texto” muestra el nuestro con todos sus espacios",
  "Give the picture as a PNG file": "Dé la imagen como archivo PNG",
  "Install the program again; this copy is damaged": "Instale otra vez el programa; esta copia está dañada",

  // The window.
  "This computer found nothing to show it with": "Esta computadora no encontró con qué mostrarlo",
  "The files are untouched": "Los archivos siguen igual",
  "There is no such letter in the folder of this case any more": "Ya no hay tal carta en la carpeta de este caso",
  "Write the letter again": "Escriba la carta otra vez",
  "Open {} yourself": "Abra usted {}",
  "The case's folder could not be made ({})": "No se pudo crear la carpeta del caso ({})",
  "Check that the folder of the vault can be written to": "Compruebe que se pueda escribir en la carpeta de la bóveda",
  "The day and time cannot be read": "No se pueden leer el día y la hora",
  "Give the day and the time": "Dé el día y la hora",
  "No browser could be opened for the sign-in": "No se pudo abrir un navegador para iniciar sesión",
  "Sign in from the command line with `habeas org login`, which prints the address":
    "Inicie sesión desde la línea de órdenes con `habeas org login`, que escribe la dirección",
  "The menu could not be shown": "No se pudo mostrar el menú",
  "Nothing else is missing": "No falta nada más",
  "Everything in it can be reached by Ctrl or Cmd with K": "A todo lo que contiene se llega con Ctrl o Cmd y K",
  "The size of the text could not be changed": "No se pudo cambiar el tamaño del texto",
  "Use the system's magnifier": "Use la lupa del sistema",
  "The print dialog could not be opened": "No se pudo abrir el diálogo de impresión",
  "Nothing was printed": "No se imprimió nada",
  "Copy the text into a document and print that": "Copie el texto en un documento e imprímalo",
  "No file was dropped here": "Aquí no se soltó ningún archivo",
  "Nothing was gathered": "No se reunió nada",
  "Drop folders, ZIPs or log files on the window, or choose them": "Suelte carpetas, ZIP o archivos de registro en la ventana, o elíjalos",
  "This vault is for real people; the logs of the practice theft belong in a practice vault":
    "Esta bóveda es para personas reales; los registros del robo de práctica van en una bóveda de práctica",
  "Create a practice vault first": "Primero cree una bóveda de práctica",
  "The logs of the practice theft could not be written: {}": "No se pudieron escribir los registros del robo de práctica: {}",
  "The practice org could not be started: {}": "No se pudo iniciar la org de práctica: {}",
  "No org is being served; the vault is unchanged": "No hay ninguna org en marcha; la bóveda sigue igual",
  "Close other copies of the window and try again": "Cierre otras copias de la ventana y vuelva a intentarlo",
  "The folder for the vault could not be made ({})": "No se pudo crear la carpeta para la bóveda ({})",
  "No vault was made": "No se creó ninguna bóveda",
  "Choose another place": "Elija otro lugar",
  "No vault was chosen": "No se eligió ninguna bóveda",
  "Nothing was opened": "No se abrió nada",
  "Create a vault or open one": "Cree una bóveda o abra una",
  "This computer names no folder for documents": "Esta computadora no indica una carpeta para documentos",
  "Nothing was made": "No se creó nada",
  "Choose a place for the vault yourself": "Elija usted un lugar para la bóveda",
  "The vault is locked": "La bóveda está bloqueada",
  "Nothing was read or changed": "No se leyó ni cambió nada",
  "Unlock it with its passphrase": "Ábrala con su frase de contraseña",
  "Something else is being done just now": "Ahora mismo se está haciendo otra cosa",
  "This was not begun": "Esto no se empezó",
  "Wait until it is finished, or stop it, and try again": "Espere a que termine, o deténgalo, y vuelva a intentarlo",
  "The window stumbled over a fault of its own": "La ventana tropezó con un error propio",
  "What was not finished was not saved": "Lo que no se terminó no se guardó",
  "Close the window, open it again, and report the fault": "Cierre la ventana, ábrala otra vez y comunique el error",
};
