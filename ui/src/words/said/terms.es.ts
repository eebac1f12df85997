/** Categories of personal information and elements of a breach, by the names that the letters' phrases give them. */
export const terms: Record<string, string> = {
  // Categories (Cal. Civ. Code § 1798.140(v)(1)).
  "Identifiers, such as a name, postal address, email address, account name or similar (category A)":
    "Identificadores, como nombre, dirección postal, correo electrónico, nombre de cuenta o similares (categoría A)",
  "Information in customer records under Civil Code § 1798.80(e), such as a telephone number (category B)":
    "Información de registros de clientes según el Código Civil § 1798.80(e), como un número de teléfono (categoría B)",
  "Characteristics of protected classifications under California or federal law, such as age or sex (category C)":
    "Características de clasificaciones protegidas por las leyes de California o federales, como la edad o el sexo (categoría C)",
  "Commercial information, such as products or services bought or considered (category D)":
    "Información comercial, como productos o servicios comprados o considerados (categoría D)",
  "Biometric information (category E)":
    "Información biométrica (categoría E)",
  "Internet or other electronic network activity, such as emails opened or pages visited (category F)":
    "Actividad en internet u otras redes electrónicas, como correos abiertos o páginas visitadas (categoría F)",
  "Geolocation data (category G)":
    "Datos de geolocalización (categoría G)",
  "Audio, electronic, visual, thermal, olfactory or similar information, such as call recordings (category H)":
    "Información de audio, electrónica, visual, térmica, olfativa o similar, como grabaciones de llamadas (categoría H)",
  "Professional or employment-related information, such as a job title (category I)":
    "Información profesional o laboral, como un puesto de trabajo (categoría I)",
  "Education information that is not publicly available (category J)":
    "Información educativa que no es de acceso público (categoría J)",
  "Inferences drawn to create a profile, such as a score or a segment (category K)":
    "Inferencias para crear un perfil, como una puntuación o un segmento (categoría K)",
  "Sensitive personal information (category L)":
    "Información personal sensible (categoría L)",

  // Elements.
  "name": "nombre",
  "Social Security number": "número de Seguro Social",
  "driver's license or state identification card number": "número de licencia de conducir o de identificación estatal",
  "tax identification number": "número de identificación fiscal",
  "passport, military or other government identification number": "número de pasaporte, militar u otra identificación oficial",
  "financial account or payment card number": "número de cuenta financiera o de tarjeta de pago",
  "A security code, access code or PIN of the account or card": "Un código de seguridad, de acceso o PIN de la cuenta o tarjeta",
  "Medical information": "Información médica",
  "health insurance information": "información del seguro de salud",
  "Biometric data": "Datos biométricos",
  "Genetic data": "Datos genéticos",
  "License plate recognition data about the vehicle": "Datos de reconocimiento de la placa del vehículo",
  "user name": "nombre de usuario",
  "email address": "correo electrónico",
  "password for an online account": "contraseña de una cuenta en línea",
  "security question or its answer": "pregunta de seguridad o su respuesta",
  "date of birth": "fecha de nacimiento",
  "mother's maiden name": "apellido de soltera de la madre",
  "electronic signature": "firma electrónica",
  "employee number": "número de empleado",
  "student number": "número de estudiante",
  "location": "ubicación",
  "A private key": "Una clave privada",
};
