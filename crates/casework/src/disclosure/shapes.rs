//! The forms of identifiers that have no check digit: of use only beside words that say what they are.

use super::checks;
use super::kind::Kind;

/// Driver's license numbers by state: `L` letters, `D` digits, with how many. From the states' published formats.
const LICENSES: &[(&str, &[&str])] = &[
    ("AL", &["D7-8"]),
    ("AK", &["D6-7"]),
    ("AZ", &["L1 D8", "D9"]),
    ("AR", &["D8-9"]),
    ("CA", &["L1 D7"]),
    ("CO", &["D9", "L1 D5-6", "L2 D4-5"]),
    ("CT", &["D9"]),
    ("DE", &["D6-7"]),
    ("DC", &["D7", "D9"]),
    ("FL", &["L1 D12"]),
    ("GA", &["D7-9"]),
    ("HI", &["L1 D8", "D9"]),
    ("ID", &["L2 D6 L1", "D9"]),
    ("IL", &["L1 D11-12"]),
    ("IN", &["L1 D9", "D9-10"]),
    ("IA", &["D9", "D3 L2 D4"]),
    ("KS", &["L1 D1 L1 D1 L1", "L1 D8", "D9"]),
    ("KY", &["L1 D8-9", "D9"]),
    ("LA", &["D8-9"]),
    ("ME", &["D7-8", "D7 L1"]),
    ("MD", &["L1 D12", "L2 D11-12"]),
    ("MA", &["L1 D8", "L2 D7", "D9"]),
    ("MI", &["L1 D10", "L1 D12"]),
    ("MN", &["L1 D12"]),
    ("MS", &["D9"]),
    ("MO", &["D3 L1 D6", "L1 D5-9", "L1 D6 L1", "D8 L2", "D9 L1", "D9"]),
    ("MT", &["L1 D8", "D9", "D13-14"]),
    ("NE", &["L1 D6-8"]),
    ("NV", &["D9-10", "D12", "L1 D8"]),
    ("NH", &["D2 L3 D5", "L3 D8"]),
    ("NJ", &["L1 D14"]),
    ("NM", &["D8-9"]),
    ("NY", &["L1 D7", "L1 D18", "D8-9", "D16"]),
    ("NC", &["D6-12"]),
    ("ND", &["L3 D6", "D9"]),
    ("OH", &["L1 D4-8", "L2 D3-7", "D8"]),
    ("OK", &["L1 D9", "D9"]),
    ("OR", &["D6-9", "L1 D6", "L2 D5"]),
    ("PA", &["D8"]),
    ("RI", &["D7-8", "L1 D6"]),
    ("SC", &["D6-11"]),
    ("SD", &["D6-10", "D12"]),
    ("TN", &["D7-9"]),
    ("TX", &["D7-8"]),
    ("UT", &["D6-10"]),
    ("VT", &["D8", "D7 L1"]),
    ("VA", &["L1 D8-11", "D9", "D12"]),
    ("WA", &["L6-7 D3 L2", "L7 D3 L1 D1", "L3 D9", "L7 D3 L2", "L8 D1 L1 D2", "L3-7 D3 L2"]),
    ("WV", &["D7", "L1 D6", "L2 D5", "L1-2 D5-6"]),
    ("WI", &["L1 D13"]),
    ("WY", &["D9-10"]),
];

/// Whether the text can be what a phrase of this kind announces. Without separators, in upper case.
pub(super) fn announced(kind: Kind, text: &[u8]) -> bool {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let (length, letters) = (text.len(), text.len() - digits);
    match kind {
        Kind::SocialSecurity => checks::social_security(text),
        Kind::TaxId => {
            checks::itin(text)
                || checks::ein(text)
                || checks::social_security(text)
                || (matches!(length, 12 | 13)
                    && runs_fit("L3-4 D6", text.get(..length - 3).unwrap_or_default()))
        }
        Kind::DriversLicense => license(text),
        Kind::Passport => (6..=9).contains(&length) && digits >= 4 && letters <= 5,
        Kind::GovernmentId => (7..=18).contains(&length) && digits >= 5,
        Kind::PaymentCard => checks::card(text),
        Kind::CardCode => letters == 0 && (3..=8).contains(&length),
        Kind::Iban => checks::iban(text),
        Kind::BankAccount => {
            letters == 0 && (6..=17).contains(&length) || checks::clabe(text) || checks::iban(text)
        }
        Kind::Routing => checks::routing(text),
        Kind::HealthInsurance => (6..=14).contains(&length) && digits >= 4,
        Kind::MedicalRecord => (5..=12).contains(&length) && digits >= 4,
        Kind::Password | Kind::SecurityQuestion | Kind::Biometric => false,
    }
}

/// Whether the text has so much form of its own that words somewhere near are enough: letters and digits in set places.
pub(super) fn striking(kind: Kind, text: &[u8]) -> bool {
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = text.len() - digits;
    match kind {
        Kind::SocialSecurity => checks::social_security(text),
        Kind::DriversLicense => (1..=3).contains(&letters) && digits >= 6 && license(text),
        Kind::Passport => runs_fit("L1-2 D6-8", text) || runs_fit("L2 D6 L2", text),
        Kind::GovernmentId => {
            runs_fit("L1 D8-9", text) || runs_fit("L3 D10", text) || runs_fit("L2 D6 L1", text)
        }
        Kind::HealthInsurance => (1..=4).contains(&letters) && digits >= 6 && (8..=14).contains(&text.len()),
        Kind::TaxId => checks::itin(text),
        Kind::BankAccount => letters == 0 && matches!(digits, 8 | 9 | 11..=17),
        _ => false,
    }
}

fn license(text: &[u8]) -> bool {
    LICENSES.iter().any(|(_, forms)| forms.iter().any(|form| runs_fit(form, text)))
}

/// Whether the runs of letters and digits are those of a form such as `L1 D7-8`.
fn runs_fit(form: &str, text: &[u8]) -> bool {
    let mut rest = text;
    for run in form.split(' ') {
        let (class, count) = run.split_at(1);
        let (least, most) = count.split_once('-').unwrap_or((count, count));
        let length = rest
            .iter()
            .take_while(|byte| if class == "L" { byte.is_ascii_alphabetic() } else { byte.is_ascii_digit() })
            .count();
        let (Ok(least), Ok(most)) = (least.parse::<usize>(), most.parse::<usize>()) else { return false };
        if !(least..=most).contains(&length) {
            return false;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_of_every_states_license_has_a_form() {
        for sample in [
            "1234567",
            "7654321",
            "D12345678",
            "912345678",
            "D1234567",
            "123456789",
            "1234567",
            "A123456789012",
            "123456789",
            "H12345678",
            "AB123456C",
            "J12345678901",
            "1234567890",
            "123AB4567",
            "K1A2B",
            "K12345678",
            "12345678",
            "1234567A",
            "M123456789012",
            "S12345678",
            "W123456789012",
            "V123456789",
            "1234567890123",
            "12ABC34567",
            "NHL12345678",
            "A12345678901234",
            "123456789012",
            "ABC123456",
            "RR123456",
            "AB12345",
            "WDLABCD456DG",
            "LINDQAM165PN",
            "A1234567890123",
        ] {
            assert!(license(sample.as_bytes()), "{sample}");
        }
        assert!(!license(b"12345") && !license(b"ABCDEFG") && !license(b"003A00000ABCDEF"));
    }
}
