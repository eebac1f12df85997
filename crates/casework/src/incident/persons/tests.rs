use super::*;
use crate::schema::{Field, Object, Schema};
use serde_json::json;

fn roles(name: &str) -> Roles {
    let fields = match name {
        "Contact" => vec![
            ("FirstName", "string"),
            ("LastName", "string"),
            ("Email", "email"),
            ("Phone", "phone"),
            ("Birthdate", "date"),
            ("MailingState", "string"),
            ("MailingPostalCode", "string"),
            ("MasterRecordId", "reference"),
            ("AccountId", "reference"),
        ],
        "Lead" => vec![
            ("FirstName", "string"),
            ("LastName", "string"),
            ("Email", "email"),
            ("Phone", "phone"),
            ("State", "string"),
            ("ConvertedContactId", "reference"),
        ],
        "Account" => vec![
            ("Name", "string"),
            ("LastName", "string"),
            ("PersonEmail", "email"),
            ("PersonContactId", "reference"),
        ],
        _ => vec![
            ("ContactId", "reference"),
            ("AccountId", "reference"),
            ("ParentId", "reference"),
            ("SuppliedEmail", "email"),
            ("SuppliedName", "string"),
        ],
    };
    let field = |(name, kind): &(&str, &str)| Field {
        name: (*name).into(),
        field_type: (*kind).into(),
        reference_to: if *kind == "reference" { vec!["Contact".into()] } else { vec![] },
        ..Field::default()
    };
    let object =
        Object { name: name.into(), fields: fields.iter().map(field).collect(), ..Object::default() };
    Roles::of(&object, &Schema::default())
}

fn row(object: &str, id: &str, values: &[(&str, &str)]) -> Row {
    Row {
        object: object.into(),
        id: RecordId::parse(id).unwrap(),
        values: values.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect(),
    }
}

fn gather(rows: &[Row]) -> People {
    let mut all = Gathering::default();
    let taken = Taken { sure: Some(Sure::Proved), ..Taken::default() };
    for row in rows {
        all.add(row, &roles(&row.object), taken);
    }
    all.people()
}

const ANA: [(&str, &str); 3] = [("FirstName", "Ana"), ("LastName", "Reyes"), ("Email", "ana@example.com")];

#[test]
fn duplicates_are_one_person_and_a_shared_mailbox_is_two() {
    let people = gather(&[
        row("Contact", "003000000000001", &ANA),
        row(
            "Lead",
            "00Q000000000001",
            &[("FirstName", "Ana M."), ("LastName", "Reyes"), ("Email", "ANA@example.com")],
        ),
        row(
            "Contact",
            "003000000000002",
            &[("FirstName", "Ben"), ("LastName", "Reyes"), ("Email", "ana@example.com")],
        ),
    ]);
    assert_eq!(people.len(), 2);
    assert_eq!(people.records(0).len(), 2);
}

#[test]
fn two_weaker_agreements_are_one_person_and_one_is_none() {
    let of = |id: &str, first: &str, phone: &str, born: &str| {
        row(
            "Contact",
            id,
            &[("FirstName", first), ("LastName", "Reyes"), ("Phone", phone), ("Birthdate", born)],
        )
    };
    let people = gather(&[
        of("003000000000001", "Ana", "(415) 555-0101", ""),
        of("003000000000002", "Ana", "+1 415 555 0101", "1988-04-17"),
        of("003000000000003", "Ben", "415-555-0101", ""),
        of("003000000000004", "Ana", "", "1988-04-17"),
        of("003000000000005", "Ana", "", ""),
    ]);
    assert_eq!(people.len(), 3);
    assert_eq!(people.records(0).len(), 3);
}

#[test]
fn what_hangs_on_a_person_is_theirs_and_a_business_joins_nobody() {
    let people = gather(&[
        row("Account", "001000000000001", &[("Name", "Quillwater School")]),
        row("Case", "500000000000001", &[("ContactId", "003000000000001"), ("AccountId", "001000000000001")]),
        row(
            "Case",
            "500000000000002",
            &[("AccountId", "001000000000001"), ("SuppliedEmail", "ben@example.com")],
        ),
        row("Case", "500000000000003", &[("AccountId", "001000000000001")]),
        row("CaseComment", "00a000000000001", &[("ParentId", "500000000000001")]),
        row("Contact", "003000000000001", &ANA),
        row(
            "Contact",
            "003000000000002",
            &[("FirstName", "Ben"), ("LastName", "Orr"), ("AccountId", "001000000000001")],
        ),
    ]);
    assert_eq!(people.len(), 2, "Ana with case and comment, Ben; the school and its case are nobody's");
    let all: Vec<usize> = (0..people.len()).map(|at| people.records(at).len()).collect();
    assert_eq!(all, [3, 1]);
}

#[test]
fn a_person_account_and_its_contact_are_one_and_users_stand_apart() {
    let people = gather(&[
        row(
            "Account",
            "001000000000001",
            &[("LastName", "Reyes"), ("PersonContactId", "003000000000001"), ("Name", "Ana Reyes")],
        ),
        row(
            "Contact",
            "003000000000001",
            &[
                ("FirstName", "Ana"),
                ("LastName", "Reyes"),
                ("IsPersonAccount", "true"),
                ("AccountId", "001000000000001"),
            ],
        ),
        row("Order", "801000000000001", &[("AccountId", "001000000000001")]),
    ]);
    assert_eq!((people.len(), people.records(0).len()), (1, 3));
    let mut all = Gathering::default();
    let user = Object { name: "User".into(), ..Object::default() };
    all.add(
        &row("User", "005000000000001", &[]),
        &Roles::of(&user, &Schema::default()),
        Taken { sure: Some(Sure::Probable), ..Taken::default() },
    );
    let people = all.people();
    assert_eq!((people.len(), people.users), (0, [0, 1, 1]));
}

#[test]
fn a_person_lives_where_the_surest_record_says() {
    let people = gather(&[
        row("Contact", "003000000000001", &[ANA.as_slice(), &[("Phone", "212-555-0101")]].concat()),
        row("Lead", "00Q000000000001", &[ANA.as_slice(), &[("State", "TX")]].concat()),
        row(
            "Contact",
            "003000000000009",
            &[("FirstName", "Bo"), ("LastName", "Lind"), ("Email", "bo@example.com")],
        ),
    ]);
    let homes: Vec<Option<&str>> = people.each().map(|it| it.residence.map(|it| it.1.code())).collect();
    assert_eq!(homes, [Some("US-TX"), None]);
    assert_eq!(people.contact(0).email, "ana@example.com");
    assert_eq!(people.contact(0).name, "Ana Reyes");
}

#[test]
fn a_record_that_is_gone_is_still_somebody() {
    let mut all = Gathering::default();
    let id = RecordId::parse("003000000000001").unwrap();
    all.gone(Key::of(&id), "Contact", Sure::Proved, Kind::Person);
    let people = all.people();
    assert_eq!((people.len(), people.records(0)), (1, vec![("Contact", id, Sure::Proved)]));
}

proptest::proptest! {
    #[test]
    fn the_order_of_reading_changes_nothing(
        rows in proptest::collection::vec((0..6_usize, 0..3_usize, 0..4_usize), 1..12),
        turn in 0..12_usize,
    ) {
        let names = ["Ana", "Ben", "Cleo"];
        let emails = ["a@example.com", "b@example.com", "", "c@example.com"];
        let made: Vec<Row> = rows.iter().enumerate().map(|(n, (phone, name, email))| {
            row("Contact", &format!("0030000000000{n:02}"), &[
                ("FirstName", names[*name]), ("LastName", "Reyes"), ("Email", emails[*email]),
                ("Phone", &format!("415-555-010{phone}")),
            ])
        }).collect();
        let mut turned = made.clone();
        turned.rotate_left(turn % made.len());
        let (a, b) = (gather(&made), gather(&turned));
        proptest::prop_assert_eq!(a.len(), b.len());
        let held: usize = (0..a.len()).map(|at| a.records(at).len()).sum();
        proptest::prop_assert_eq!(held, made.len(), "every record is one person's");
    }
}
