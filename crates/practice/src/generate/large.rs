//! A large org for measuring: many people, written row by row.

use std::path::Path;

use super::book::Book;
use super::customer::{self, Root};
use super::people::Person;
use super::random::Random;
use super::truth::Truth;
use super::{GenerateError, Settings, labelled, roots, setting};

/// Whose records the measurement looks for.
const SOUGHT: u64 = 1_234;

pub(super) fn write(folder: &Path, settings: Settings, records: u64) -> Result<Truth, GenerateError> {
    let mut book = Book::new(folder)?;
    let setting = setting::write(&mut book, &settings, false)?;
    let mut random = Random::new(settings.seed);
    let mut truth = Truth { variant: "large".to_owned(), ..Truth::default() };
    let mut business = String::new();
    let sought = SOUGHT.min(settings.people.saturating_sub(1));
    for n in 0..settings.people {
        if n % 40 == 0 {
            business = book.add(
                "Account",
                &[("Name", &format!("Trail Firm {n}")), ("AccountNumber", &format!("AF-B{n:06}"))],
            )?;
        }
        let person = Person::nth(n);
        let contact = roots::contact(&mut book, &person, &business, &roots::mailing(&person))?;
        let root = Root { contact: Some(contact.clone()), account: Some(business.clone()), lead: None };
        let mut added = vec![("Contact", contact.clone())];
        let whole = n == sought;
        if whole || random.chance(60) {
            added.extend(customer::case(&mut book, &mut random, &person, &root)?);
        }
        if whole || random.chance(70) {
            added.push(customer::member(&mut book, &mut random, &person, &root, &setting)?);
        }
        if whole || random.chance(40) {
            added.extend(customer::order(&mut book, &mut random, &root, &setting, "Draft")?);
        }
        if whole || random.chance(30) {
            added.extend(customer::asset(&mut book, &mut random, &root, &setting)?);
        }
        if whole || random.chance(30) {
            added.push(customer::loyalty(&mut book, &mut random, &person, &root)?);
        }
        if whole || random.chance(20) {
            added.push(customer::newsletter(&mut book, &mut random, &person.email)?);
        }
        if whole || random.chance(20) {
            added.extend(customer::event(&mut book, &mut random, &root)?);
        }
        if whole || random.chance(5) {
            let note =
                book.add("Note", &[("ParentId", &contact), ("Title", "Fitting"), ("Body", "Wide feet.")])?;
            added.push(("Note", note));
        }
        // What is still missing from the number asked for is spread over those who are still to come.
        let wanted = records.saturating_mul(n + 1) / settings.people.max(1);
        while book.total() < wanted {
            added.push(customer::task(&mut book, &mut random, &root)?);
        }
        if whole {
            truth.subject = labelled::subject(&person);
            labelled::take(&mut truth, added, "exact");
        }
    }
    book.file("truth.jsonl", format!("{}\n", serde_json::to_string(&truth)?).as_bytes())?;
    book.close()?;
    Ok(truth)
}
