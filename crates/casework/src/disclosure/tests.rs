use super::*;

#[test]
fn each_kind_is_withheld_exactly_and_described() {
    let mut wrong = Vec::new();
    for (text, masked) in [
        (
            "My SSN is 219-09-9999, call (415) 555-0132.",
            "My SSN is [withheld: a Social Security number], call (415) 555-0132.",
        ),
        ("Card 4111 1111 1111 1111!", "Card [withheld: a payment card number]!"),
        ("amex 3782-822463-10005 ok", "amex [withheld: a payment card number] ok"),
        ("ssn 219099999 thanks", "ssn [withheld: a Social Security number] thanks"),
        ("219.09.9999", "[withheld: a Social Security number]"),
        ("２１９－０９－９９９９", "[withheld: a Social Security number]"),
        ("219&#45;09&#45;9999", "[withheld: a Social Security number]"),
        ("SSN: 219-\n09-9999", "SSN: [withheld: a Social Security number]"),
        ("What is your social? 219099999", "What is your social? [withheld: a Social Security number]"),
        (
            "número de seguro social: 219 09 9999",
            "número de seguro social: [withheld: a Social Security number]",
        ),
        ("<p>SSN</p><p><b>219</b>-09-9999</p>", "<p>SSN</p><p><b>[withheld: a Social Security number]</p>"),
        ("My driver's license is D1234567.", "My driver's license is [withheld: a driver's license number]."),
        (
            "Florida DL# S123-456-78-901-0 (valid)",
            "Florida DL# [withheld: a driver's license number] (valid)",
        ),
        ("driver license W 123 456 789 012", "driver license [withheld: a driver's license number]"),
        (
            "Driver's license number in Texas: 12345678",
            "Driver's license number in Texas: [withheld: a driver's license number]",
        ),
        (
            "licencia de conducir número B7654321",
            "licencia de conducir número [withheld: a driver's license number]",
        ),
        ("Passport No. 512345678", "Passport No. [withheld: a passport number]"),
        ("pasaporte: G12345678", "pasaporte: [withheld: a passport number]"),
        ("ITIN 912-70-1234", "ITIN [withheld: a tax identification number]"),
        ("our EIN is 12-3456789", "our EIN is [withheld: a tax identification number]"),
        ("A-number A123456789", "A-number [withheld: a government-issued identification number]"),
        ("CURP HEGG560427MVZRRL04", "CURP [withheld: a government-issued identification number]"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN [withheld: an international bank account number (IBAN)]"),
        ("pay to GB82WEST12345698765432", "pay to [withheld: an international bank account number (IBAN)]"),
        (
            "checking account 000123456789",
            "checking account [withheld: a bank or other financial account number]",
        ),
        (
            "Routing number 021000021, account number 000123456789",
            "Routing number [withheld: a bank routing number], account number [withheld: a bank or other financial account number]",
        ),
        ("Medicare 1EG4-TE5-MK73", "Medicare [withheld: a health insurance number]"),
        ("Blue Cross member ID: XYZ123456789", "Blue Cross member ID: [withheld: a health insurance number]"),
        ("MRN 00123456", "MRN [withheld: a medical record number]"),
        ("password: hunter2", "password: [withheld: an account password]"),
        ("my password is Sunshine.", "my password is [withheld: an account password]."),
        ("la contraseña es Girasol77 y", "la contraseña es [withheld: an account password] y"),
        ("PIN is 4821", "PIN is [withheld: a card security code or PIN]"),
        ("CVV 123", "CVV [withheld: a card security code or PIN]"),
        (
            "Security question: What was your first pet? Answer: Fluffy",
            "Security question: [withheld: a security question or its answer] Answer: [withheld: a security question or its answer]",
        ),
        (
            "fingerprint template: Rk1SACAyMAAAAAFOAAA",
            "fingerprint template: [withheld: unique biometric data]",
        ),
        ("scan_219-09-9999.pdf", "scan_[withheld: a Social Security number].pdf"),
        (
            r#"{"socialSecurityNumber":"219099999"}"#,
            r#"{"socialSecurityNumber":"[withheld: a Social Security number]"}"#,
        ),
    ] {
        let got = mask(text).0;
        if got != masked {
            wrong.push(format!("{got}\n   not {masked}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_only_looks_like_an_identifier_stays() {
    let mut wrong = Vec::new();
    for plain in [
        "order 000-12-3456",
        "666-12-3456 and 900-12-3456 and 987-65-4321",
        "SSN 000-12-3456",
        "4111 1111 1111 1112",
        "A219-09-9999",
        "219-09-99991",
        "1-219-09-9999",
        "2026-11-02",
        "ünïcødé 12",
        "call 415-555-0132 or +1 (415) 555-0132",
        "Order number 123456789",
        "Order no. 123-45-6789",
        "tracking 1Z999AA10123456784 or 9400 1000 0000 0000 0000 00",
        "case 00001026, record 0035g00000ANA01AAQ",
        "5005g00000CAS01 003000000000001",
        "my account number 12345678",
        "Loyalty member ID 12345678",
        "I forgot my password. Please reset it.",
        "My password is not working",
        "password reset link was sent on 2026-11-02",
        "Password: required",
        "passport renewal took 6 weeks",
        "I lost my driver's license. Call me at 4155550132",
        "the security question was changed",
        "mission lessons 123456789",
        "invoice 4155550132 of $123456.78",
        "a passport number. R-2026-0001",
        "zip 94105-1234",
        "Visa ending in 1111",
        "software license ABC1234567",
    ] {
        let got = mask(plain).0;
        if got != plain {
            wrong.push(got);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn json_values_do_not_speak_for_each_other() {
    let text = r#"{"Passport_Country__c":"SE","Membership__c":"A1234567","Note":"x\u0032\u0031\u0039"}"#;
    assert_eq!(find_in_json(text), []);
    let text = r#"{"Note":"\u0032\u0031\u0039-09-9999","Passport__c":"A1234567"}"#;
    let found: Vec<Kind> = find_in_json(text).into_iter().map(|it| it.kind).collect();
    assert_eq!(found, [Kind::SocialSecurity, Kind::Passport]);
}

#[test]
fn a_label_stands_before_its_value() {
    assert_eq!(find_labelled("Order Number", "219-09-9999"), []);
    let found = find_labelled("Reisepass / Passport", "C01X00T47");
    assert_eq!(
        found.iter().map(|it| (it.kind, it.span.clone())).collect::<Vec<_>>(),
        [(Kind::Passport, 0..9)]
    );
}

#[test]
fn the_elements_of_the_breach_law_have_their_basis() {
    let field = |name: &str, field_type: &str| Field {
        name: name.into(),
        label: name.into(),
        field_type: field_type.into(),
        ..Field::default()
    };
    let told = |field: Option<&Field>, value: &str| -> Vec<(Element, Basis)> {
        elements(field, value).into_iter().collect()
    };
    assert_eq!(told(Some(&field("SSN__c", "string")), "219-09-9999"), [(Element::Ssn, Basis::FieldName)]);
    assert_eq!(told(None, "219-09-9999"), [(Element::Ssn, Basis::Value)]);
    assert_eq!(told(None, "driver's license D1234567"), [(Element::Dl, Basis::Context)]);
    assert_eq!(told(Some(&field("Email", "email")), "ana@example.com"), [(Element::Email, Basis::FieldName)]);
    assert_eq!(told(Some(&field("Birthdate", "date")), "1984-03-09"), [(Element::Dob, Basis::FieldName)]);
    assert_eq!(told(Some(&field("SSN__c", "string")), ""), []);
    assert_eq!(told(None, "CVV 123"), [(Element::AccountCode, Basis::Context)]);
    assert_eq!(told(None, "-----BEGIN PRIVATE KEY-----"), [(Element::PrivateKey, Basis::Value)]);
    assert_eq!(serde_json::json!(Element::AccountCode), "account_code");
}

#[test]
fn ten_megabytes_are_no_trouble() {
    let mut text = "The tent arrived late and the pole was broken again. ".repeat(200_000);
    text.push_str("SSN 219-09-9999");
    let (masked, kinds) = mask(&text);
    assert_eq!(kinds, [Kind::SocialSecurity]);
    assert!(masked.ends_with("SSN [withheld: a Social Security number]"));
}

const VALUES: [(&str, &str); 8] = [
    ("", "219-09-9999"),
    ("SSN ", "219099999"),
    ("", "4111 1111 1111 1111"),
    ("", "DE89370400440532013000"),
    ("driver's license ", "D1234567"),
    ("passport ", "G12345678"),
    ("", "1EG4-TE5-MK73"),
    ("password: ", "hunter2!x"),
];

proptest::proptest! {
    #[test]
    fn any_text_is_masked_without_stumbling_and_masking_again_changes_nothing(text in "(\\PC|[0-9A-Za-z <>&\\-:\n]){0,120}") {
        let (once, _) = mask(&text);
        let (twice, again) = mask(&once);
        proptest::prop_assert_eq!(&once, &twice);
        proptest::prop_assert!(again.is_empty());
        elements(None, &text);
        find_in_json(&text);
    }

    #[test]
    fn digits_and_phrases_in_any_order_are_masked_once(text in "((SSN|passport|password|is|:|account|bank|DL|card|answer|security question|[0-9]{1,9}|[A-Z][0-9]{6,8}|219-09-9999|4111111111111111)[ \n:.-]{0,2}){0,14}") {
        let (once, _) = mask(&text);
        proptest::prop_assert_eq!(&mask(&once).0, &once);
    }

    #[test]
    fn a_masked_text_never_holds_the_value(n in 0_usize..8, before in "([a-z ,]{0,20} )?", after in "( [a-z ,]{0,20})?") {
        let (label, value) = VALUES[n];
        let text = format!("{before}{label}{value}{after}");
        proptest::prop_assert!(!mask(&text).0.contains(value), "{}", text);
    }
}
