use std::collections::BTreeMap;

use serde_json::json;

use super::*;

const HEAD: &str = "name,email,street,city,region,postal,country,place,language,elements\n";

fn people() -> Vec<Addressee> {
    read(format!(
        "{HEAD}Ana Reyes,ana@example.com,1 Elm St,Fresno,CA,93701,US,US-CA,es,name;ssn\nBo Lee,bo@example.com,,,,,,US-MA,,name;ssn\nCy Ott,,,,,,,,en,name;email\n"
    )
    .as_bytes())
    .unwrap()
}

fn places() -> BTreeSet<String> {
    ["US-CA", "US-MA", "US-WY"].map(str::to_owned).into()
}

#[test]
fn a_list_is_read_and_every_fault_is_named_by_its_line() {
    let people = people();
    assert_eq!((people.len(), people[0].spanish, people[2].place.as_deref()), (3, true, None));
    assert_eq!(people[0].lines(), ["1 Elm St", "Fresno, CA 93701"]);
    for (row, what) in [
        (",a@example.com,,,,,,,en,name", "no name"),
        ("A,,,,,,,,fr,name", "language"),
        ("A,,,,,,,,en,shoe_size", "elements"),
        ("A,,,,,,,,en,", "elements"),
        ("A,b", "2 cells"),
    ] {
        let faults = read(format!("{HEAD}{row}\n").as_bytes()).unwrap_err();
        assert_eq!((faults.len(), faults[0].line), (1, 2), "{row}");
        assert!(faults[0].what.contains(what), "{}", faults[0].what);
    }
    assert_eq!(read(b"a,b\n1,2\n").unwrap_err()[0].line, 1);
    assert!(read(HEAD.as_bytes()).is_err());
    assert!(read(&[0xff]).is_err());
}

#[test]
fn what_a_place_asks_is_read_from_the_law_book_by_group() {
    let (groups, numbers) = groups(&people(), &places());
    assert_eq!(groups[numbers[&people()[0].elements]]["residents"], json!({ "US-CA": 1, "US-MA": 1 }));
    let notice = json!({ "US-MA": { "prohibit": ["nature", "count"], "content": ["police-report"], "groups": [
        { "group": 1, "variant": "standard", "monitoring_months": 18, "bureau_contacts": true } ] } });
    let of = asked(Some(&notice), &places(), Some("US-MA"), 1).unwrap();
    assert!(of.plain && of.bureaus && of.content.contains("police-report"));
    assert_eq!(of.months, Some(18));
    assert_eq!(asked(Some(&notice), &places(), Some("US-MA"), 0), Err(NoLetter::NotAsked));
    assert_eq!(asked(Some(&notice), &places(), Some("US-WY"), 1), Err(NoLetter::NotAsked));
    assert_eq!(asked(Some(&notice), &places(), None, 1), Err(NoLetter::UnknownResidence));
    assert_eq!(asked(Some(&notice), &places(), Some("MX"), 1), Err(NoLetter::Elsewhere));
}

#[test]
fn a_person_is_reached_by_mail_or_email_and_never_through_the_breached_mailbox() {
    let [ana, bo, cy] = people().try_into().unwrap();
    let open = Asked::default();
    let shut = Asked { not_by_email: true, ..Asked::default() };
    assert_eq!(
        (ana.route(&open), bo.route(&open), cy.route(&open)),
        (Route::Mail, Route::Email, Route::Unreachable)
    );
    assert_eq!(bo.route(&shut), Route::Unreachable);
}

#[test]
fn a_letter_that_says_more_or_less_than_was_found_is_refused() {
    let phrases: BTreeMap<String, String> =
        [("Your name", "name"), ("Your number", "ssn"), ("Your address", "email")]
            .map(|(phrase, element)| (phrase.to_owned(), element.to_owned()))
            .into();
    let ana = &people()[0];
    let said = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert!(faults(ana, &said(&["Your name", "Your number"]), &phrases).is_empty());
    assert_eq!(faults(ana, &said(&["Your name"]), &phrases), ["it does not name ssn, which was found"]);
    assert_eq!(
        faults(ana, &said(&["Your name", "Your number", "Your address", "Your shoe"]), &phrases).len(),
        2
    );
}

#[test]
fn the_register_moves_the_facts_of_the_law_book() {
    let told = |recipient: &str, at: &str| Told {
        recipient: recipient.to_owned(),
        at: at.to_owned(),
        reference: "x".to_owned(),
        recorded_at: at.to_owned(),
    };
    let facts = with_register(
        json!({ "family": "breach" }),
        &[told("individuals", "2026-11-18T17:00:00Z"), told("us-ca-ag", "2026-11-20T17:00:00Z")],
    );
    assert_eq!(facts["consumers_told_at"], json!(["2026-11-18T17:00:00Z"]));
    assert_eq!(facts["told_at"]["us-ca-ag"], json!(["2026-11-20T17:00:00Z"]));
}
