//! The planted cases of the built-in org: people for whom it is known what finding them should give.

mod ana;
mod others;

use serde::Serialize;

use super::GenerateError;
use super::book::{Book, Cell};
use super::people::Person;
use super::setting::Setting;
use super::truth::Truth;

/// The address whose newsletter sign-up the mailing system brings back.
pub(super) const RECREATED: &str = "tilda.brook@example.com";

#[derive(Serialize)]
struct Planted {
    person: Vec<Truth>,
}

/// Adds the planted people and gives the text of `PLANTED.toml`.
pub(super) fn write(book: &mut Book, setting: &Setting) -> Result<String, GenerateError> {
    let firm = book.add(
        "Account",
        &[
            ("Name", "Quillwater Adventure School"),
            ("AccountNumber", "AF-B99001"),
            ("Industry", "Education"),
            ("BillingStreet", "9 Boathouse Landing Road"),
            ("BillingCity", "Monterey"),
            ("BillingState", "CA"),
            ("BillingPostalCode", "93940"),
        ],
    )?;
    let mut person = vec![ana::write(book, setting, &firm)?];
    person.extend(others::write(book, setting, &firm)?);
    let text = toml::to_string(&Planted { person })?;
    Ok(format!(
        "# What is true about the planted people: who they are, which records are theirs, how surely the rules of counting\n\
         # can tell (`grade`, and `or` where a careful reader may say otherwise), and what must never be taken for theirs.\n\
         # The org does not load this file.\n\n{text}"
    ))
}

/// An invented person with nothing but a name, an address and a phone.
fn somebody(given: &str, family: &str, email: &str, phone: &str) -> Person {
    Person {
        given: given.to_owned(),
        family: family.to_owned(),
        email: email.to_owned(),
        phone: phone.to_owned(),
        street: String::new(),
        city: "Berkeley",
        state: "CA",
        zip: "94704",
        born: String::new(),
        number: String::new(),
    }
}

/// A case without anything below it.
fn case(book: &mut Book, subject: &str, words: &str, more: &[Cell<'_>]) -> Result<String, GenerateError> {
    let number = format!("{:08}", super::customer::number_of(book, "Case")?);
    let mut cells: Vec<Cell<'_>> = vec![
        ("CaseNumber", &number),
        ("Subject", subject),
        ("Description", words),
        ("Status", "Working"),
        ("Origin", "Web"),
        ("Priority", "Medium"),
        ("IsClosed", "false"),
        ("CreatedDate", "2026-08-11T16:20:00.000Z"),
        ("LastModifiedDate", "2026-08-12T09:05:00.000Z"),
    ];
    cells.extend_from_slice(more);
    book.add("Case", &cells)
}
