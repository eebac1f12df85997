//! What a field's name, label or type says of everything in it, English and Spanish, in whole words.

use super::kind::{Element, Kind};
use crate::schema::Field;

/// Runs of words, each meaning one kind. The first that stands in a name decides.
const NAMES: &[(Kind, &str)] = &[
    (Kind::SocialSecurity, "social security|ssn|soc sec|seguro social|nss|social sec"),
    (Kind::CardCode, "cvv|cvv2|cvc|cvc2|card verification|card security code|security code|pin|pin code|nip"),
    (
        Kind::DriversLicense,
        "drivers license|driver license|driver s license|driving license|drivers licence|driver licence|driver s licence|driving licence|driver lic|drivers lic|dl number|dl no|dl|dln|license number|licence number|licencia conducir|licencia de conducir|licencia de manejar|licencia",
    ),
    (Kind::Passport, "passport|pasaporte"),
    (
        Kind::TaxId,
        "tax id|tax identification|tax number|taxpayer|itin|ein|fein|tin|rfc|nif|identificacion fiscal|vat id",
    ),
    (
        Kind::GovernmentId,
        "government id|govt id|gov id|government issued|national id|national identity|national identification|state id|alien registration|alien number|a number|uscis|green card|military id|dod id|edipi|voter id|visa number|curp|cedula|dni|nie|sin number|social insurance|national insurance|nino|identity document|identity number|id document|id card|identification card|identification number|identificacion oficial|matricula consular|clave elector|clave de elector|residence permit|birth certificate number|known traveler",
    ),
    (Kind::Iban, "iban"),
    (Kind::Routing, "routing|aba|sort code|bank code"),
    (
        Kind::PaymentCard,
        "card number|card no|card num|credit card|debit card|cc number|cc num|ccn|pan|tarjeta|payment card|card pan",
    ),
    (
        Kind::BankAccount,
        "bank account|bank acct|checking account|savings account|brokerage account|investment account|financial account|loan account|loan number|mortgage account|deposit account|account routing|cuenta bancaria|cuenta de banco|numero de cuenta|numero cuenta|cuenta cheques|cuenta ahorros|clabe|direct deposit account|ach account",
    ),
    (
        Kind::HealthInsurance,
        "health insurance|medical insurance|insurance member|insurance id|insurance number|insurance policy|insurance subscriber|subscriber id|subscriber number|medicare|medicaid|mbi|hicn|health plan|plan member id|policy number|seguro medico|numero afiliado|numero de afiliado|numero de poliza|numero poliza|medical id|medi cal",
    ),
    (
        Kind::MedicalRecord,
        "medical record|mrn|patient id|patient number|patient no|chart number|health record|historia clinica|expediente medico|expediente clinico",
    ),
    (
        Kind::SecurityQuestion,
        "security question|security answer|secret question|secret answer|challenge question|challenge answer|pregunta seguridad|pregunta de seguridad|pregunta secreta|respuesta seguridad|respuesta de seguridad|respuesta secreta",
    ),
    (Kind::Password, "password|passwd|pwd|passcode|passphrase|contrasena|clave acceso|clave de acceso"),
    (
        Kind::Biometric,
        "fingerprint|biometric|biometrics|faceprint|voiceprint|voice print|face print|iris|retina|retinal|face template|facial template|face embedding|palm print|huella dactilar|huella digital|huella",
    ),
];

/// The same for the elements that may be shown to the person but count when data leaks.
const ELEMENTS: &[(Element, &str)] = &[
    (Element::Dob, "birthdate|birth date|date of birth|dob|birthday|fecha nacimiento|fecha de nacimiento"),
    (
        Element::Mmn,
        "mothers maiden|mother s maiden|mother maiden|maiden name|mmn|apellido soltera|apellido de soltera",
    ),
    (
        Element::Esig,
        "electronic signature|digital signature|e signature|esignature|esig|firma electronica|firma digital",
    ),
    (
        Element::EmployeeId,
        "employee id|employee number|employee no|personnel number|badge number|numero empleado|numero de empleado",
    ),
    (Element::StudentId, "student id|student number|student no|matricula escolar|matricula estudiante"),
    (
        Element::Location,
        "latitude|longitude|geolocation|geo location|gps|precise location|coordinates|latitud|longitud",
    ),
    (Element::PrivateKey, "private key|secret key|signing key|llave privada|clave privada"),
    (Element::Genetic, "genetic|genome|genomic|dna|genetico|adn"),
    (Element::Alpr, "alpr|license plate|plate reader|placa"),
    (
        Element::Medical,
        "diagnosis|medical history|medical condition|medical treatment|treatment|medication|prescription|icd|allergies|allergy|diagnostico|medicamento|health condition|disability",
    ),
    (
        Element::Username,
        "username|user name|login|login name|login id|user id|usuario|nombre usuario|nombre de usuario",
    ),
    (Element::Email, "email|e mail|email address|correo|correo electronico"),
];

/// Words that turn a name into one about the identifier, not the identifier itself.
const ABOUT: &[&str] = &[
    "country",
    "expiry",
    "expires",
    "expiration",
    "exp",
    "date",
    "status",
    "type",
    "brand",
    "issuer",
    "issued",
    "issuing",
    "state",
    "count",
    "flag",
    "reset",
    "consent",
    "verified",
    "required",
    "received",
    "provided",
    "changed",
    "attempts",
    "policy",
    "hint",
    "provider",
    "carrier",
    "plan",
    "name",
    "holder",
    "color",
    "pais",
    "vencimiento",
    "fecha",
    "estado",
    "tipo",
    "requested",
    "valid",
    "validated",
    "on",
    "has",
    "is",
];

/// Whether the whole field must be withheld, by its type, name and label.
pub fn by_name(field: &Field) -> Option<Kind> {
    if matches!(
        field.field_type.as_str(),
        "boolean"
            | "date"
            | "datetime"
            | "time"
            | "reference"
            | "id"
            | "base64"
            | "address"
            | "location"
            | "currency"
            | "percent"
    ) {
        return None;
    }
    let listed = matches!(field.field_type.as_str(), "picklist" | "multipicklist");
    [&field.name, &field.label]
        .into_iter()
        .find_map(|name| named(name))
        .filter(|kind| !listed || *kind == Kind::SecurityQuestion)
        .or_else(|| by_mask(field))
}

/// What a column or key of this name holds, by its words alone.
pub fn named(name: &str) -> Option<Kind> {
    let words = words(name);
    let kind = NAMES.iter().find(|(_, runs)| has_run(&words, runs)).map(|(kind, _)| *kind)?;
    let number = words
        .iter()
        .any(|word| matches!(word.as_str(), "number" | "no" | "num" | "id" | "numero" | "answer"));
    let about = words.iter().any(|word| ABOUT.contains(&word.as_str()));
    let plan_is_kind = matches!(
        kind,
        Kind::HealthInsurance | Kind::GovernmentId | Kind::SecurityQuestion | Kind::BankAccount
    );
    (!about
        || number && !words.last().is_some_and(|it| ABOUT.contains(&it.as_str()))
        || plan_is_kind && number)
        .then_some(kind)
}

/// A field that Salesforce itself hides behind a mask (classic encryption).
fn by_mask(field: &Field) -> Option<Kind> {
    match (field.field_type.as_str(), field.mask.as_deref()) {
        ("encryptedstring", Some(mask)) if mask.contains("-XX-") => Some(Kind::SocialSecurity),
        _ => None,
    }
}

/// The element of the breach law that a field's name tells, beside the kinds of [`by_name`].
pub(super) fn element_named(name: &str) -> Option<Element> {
    let words = words(name);
    ELEMENTS.iter().find(|(_, runs)| has_run(&words, runs)).map(|(element, _)| *element)
}

/// `Bank_Account__c`, `BankAccount` and `SSNNumber` become `bank account` and `ssn number`.
fn words(name: &str) -> Vec<String> {
    let plain = any_ascii::any_ascii(name);
    let plain = plain.trim_end_matches("__c").trim_end_matches("__pc");
    let letters: Vec<char> = plain.chars().collect();
    let mut words = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| letters.get(it)).copied().unwrap_or(' ');
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        let begins = letter.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_digit()
                || (before.is_ascii_uppercase() && after.is_ascii_lowercase()));
        if !letter.is_ascii_alphanumeric() || begins {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn has_run(words: &[String], runs: &str) -> bool {
    runs.split('|').any(|run| {
        let length = run.split(' ').count();
        words.windows(length).any(|window| window.iter().map(String::as_str).eq(run.split(' ')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, label: &str, field_type: &str) -> Field {
        Field { name: name.into(), label: label.into(), field_type: field_type.into(), ..Field::default() }
    }

    #[test]
    fn a_fields_name_or_label_speaks_in_whole_words() {
        for (name, label, kind) in [
            ("SSN__c", "SSN", Some(Kind::SocialSecurity)),
            ("X1__c", "Driver's License", Some(Kind::DriversLicense)),
            ("BankAccount__c", "Pay-out", Some(Kind::BankAccount)),
            ("Numero_de_Seguro_Social__c", "Número de Seguro Social", Some(Kind::SocialSecurity)),
            ("Contrasena__c", "Contraseña", Some(Kind::Password)),
            ("X2__c", "Número de póliza", Some(Kind::HealthInsurance)),
            ("Security_Answer__c", "Answer", Some(Kind::SecurityQuestion)),
            ("PassportNumber__c", "Passport", Some(Kind::Passport)),
            ("Driver_License_State__c", "License state", None),
            ("Passport_Expiry__c", "Passport expiry", None),
            ("Card_Type__c", "Card type", None),
            ("Mission__c", "Mission", None),
            ("AccountNumber", "Account Number", None),
            ("Drivers_License_State_Number__c", "", Some(Kind::DriversLicense)),
            ("Opinion__c", "Opinion", None),
        ] {
            assert_eq!(by_name(&field(name, label, "string")), kind, "{name} {label}");
        }
        assert_eq!(by_name(&field("Has_Passport__c", "Has passport", "boolean")), None);
        assert_eq!(
            by_name(&field("Security_Question__c", "Question", "picklist")),
            Some(Kind::SecurityQuestion)
        );
    }
}
