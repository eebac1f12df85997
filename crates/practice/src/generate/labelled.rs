//! A labelled set: for every person of the org it is known which records are theirs, and how surely the rules of
//! counting can tell.

use std::path::Path;

use super::book::Book;
use super::customer::{self, Added, Root};
use super::people::{Person, digits};
use super::random::Random;
use super::setting::{self, Setting};
use super::truth::{AddressFile, Held, Other, SubjectFile, Truth};
use super::{GenerateError, Settings, roots};

/// Invented people who are somebody's double or housemate come from this far on, so that they never meet the others.
const OTHERS_FROM: u64 = 9_000;

pub(super) fn write(folder: &Path, settings: Settings) -> Result<Vec<Truth>, GenerateError> {
    let mut book = Book::new(folder)?;
    let setting = setting::write(&mut book, &settings, false)?;
    let mut random = Random::new(settings.seed);
    let business = book.add("Account", &[("Name", "Alderpoint Guides"), ("AccountNumber", "AF-B00001")])?;
    let mut truths = Vec::new();
    for n in 0..settings.people.min(OTHERS_FROM) {
        truths.push(person(&mut book, &mut random, &setting, &business, n)?);
    }
    let mut lines = String::new();
    for truth in &truths {
        lines += &serde_json::to_string(truth)?;
        lines.push('\n');
    }
    book.file("truth.jsonl", lines.as_bytes())?;
    book.close()?;
    Ok(truths)
}

/// What the officer knows of a person: name, email, phone, home.
pub(super) fn subject(person: &Person) -> SubjectFile {
    SubjectFile {
        names: vec![person.name()],
        emails: vec![person.email.clone()],
        phones: if person.phone.is_empty() { Vec::new() } else { vec![person.phone.clone()] },
        addresses: vec![AddressFile {
            street: person.street.clone(),
            city: person.city.to_owned(),
            region: person.state.to_owned(),
            postal_code: person.zip.to_owned(),
            country: "United States".to_owned(),
        }],
        ..SubjectFile::default()
    }
}

fn person(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    business: &str,
    n: u64,
) -> Result<Truth, GenerateError> {
    let person = Person::nth(n);
    let mut truth = Truth { subject: subject(&person), ..Truth::default() };
    // What stands in the org may be written differently from what the officer was told.
    let mut written = person.clone();
    let mut grade = "exact";
    let mut more: Vec<(&'static str, String)> = Vec::new();
    let variant = match n % 16 {
        1 => {
            written.email = person.email.to_uppercase();
            "email-case"
        }
        2 => {
            written.email = person.email.replace('@', "+trails@");
            written.phone = String::new();
            grade = "strong";
            "plus-tag"
        }
        3 if !person.phone.is_empty() => {
            written.email = other_email(n);
            written.phone = format!("+1 {}", digits(&person.phone));
            grade = "strong";
            "name-and-phone"
        }
        4 => {
            written.email = other_email(n);
            written.phone = String::new();
            more.extend(roots::mailing(&person).into_iter().map(|(field, value)| (field, value.to_owned())));
            grade = "strong";
            "name-and-address"
        }
        5 => {
            written.email = String::new();
            written.phone = String::new();
            more.push(("Birthdate", person.born.clone()));
            truth.subject.birthdate = Some(person.born.clone());
            grade = "strong";
            "name-and-birthdate"
        }
        6 => {
            written.family = format!("{}-Quillon", person.family);
            truth.subject.names.push(written.name());
            "married-name"
        }
        7 => {
            written.email = other_email(n);
            written.phone = String::new();
            grade = "possible";
            "name-only"
        }
        8 if !person.phone.is_empty() => {
            written.email = other_email(n);
            written.given = accented(&person.given);
            written.phone = digits(&person.phone);
            grade = "strong";
            "accents"
        }
        9 if !person.phone.is_empty() => {
            written.email = String::new();
            written.given = person.given.chars().take(1).collect();
            written.phone = person.phone.replace(['(', ')'], "").replace(' ', "-") + " x12";
            grade = "strong";
            "initial-and-extension"
        }
        10 => "person-account",
        11 => "converted-lead",
        12 => "merge-loser",
        13 => "shared-mailbox",
        14 => "namesake",
        15 => "customer-number",
        _ => "plain",
    };
    truth.variant = variant.to_owned();
    match variant {
        "person-account" => account(book, random, setting, &person, &mut truth)?,
        "converted-lead" => converted(book, random, setting, &person, &mut truth)?,
        "customer-number" => numbered(book, random, &person, &mut truth)?,
        "shared-mailbox" => household(book, random, setting, &person, business, n, &mut truth)?,
        _ => {
            let cells: Vec<(&'static str, &str)> =
                more.iter().map(|(field, value)| (*field, value.as_str())).collect();
            let contact = roots::contact(book, &written, business, &cells)?;
            truth.records.push(Held::live("Contact", &contact, grade));
            let root =
                Root { contact: Some(contact.clone()), account: Some(business.to_owned()), lead: None };
            // Names and addresses on what hangs below are left out where the contact itself is only weakly known.
            hang(book, random, setting, &written, &root, grade, &mut truth)?;
            if variant == "merge-loser" {
                let loser = roots::contact(
                    book,
                    &Person { email: other_email(n), phone: String::new(), ..person.clone() },
                    business,
                    &[("MasterRecordId", &contact), ("IsDeleted", "true")],
                )?;
                truth.records.push(Held::live("Contact", &loser, "exact").presence("merged"));
            }
            if variant == "namesake" {
                let mut double = Person::nth(OTHERS_FROM + n);
                double.given.clone_from(&person.given);
                double.family.clone_from(&person.family);
                let other = roots::contact(book, &double, business, &roots::mailing(&double))?;
                truth.never.push(Other {
                    object: "Contact",
                    id: other,
                    because: "another person of the same name".to_owned(),
                });
            }
        }
    }
    if random.chance(30) && variant != "shared-mailbox" {
        let (object, id) = customer::newsletter(book, random, &person.email)?;
        truth.records.push(Held::live(object, &id, "exact"));
    }
    Ok(truth)
}

fn other_email(n: u64) -> String {
    format!("box{n}@example.org")
}

fn accented(given: &str) -> String {
    let mut done = false;
    given
        .chars()
        .map(|letter| {
            let with = match letter {
                'a' => 'á',
                'e' => 'é',
                'i' => 'í',
                'o' => 'ö',
                'u' => 'ü',
                other => other,
            };
            if done || with == letter {
                letter
            } else {
                done = true;
                with
            }
        })
        .collect()
}

/// Adds what hangs under a person record; it has the grade of that record.
fn hang(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    written: &Person,
    root: &Root,
    grade: &'static str,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    let mut added: Vec<Added> = Vec::new();
    if random.chance(70) {
        added.extend(customer::case(book, random, written, root)?);
    }
    if random.chance(50) {
        added.push(customer::task(book, random, root)?);
    }
    if random.chance(25) {
        added.extend(customer::event(book, random, root)?);
    }
    if random.chance(40) {
        added.push(customer::member(book, random, written, root, setting)?);
    }
    if random.chance(20) {
        added.extend(customer::order(book, random, root, setting, "Draft")?);
    }
    if random.chance(20) {
        added.extend(customer::asset(book, random, root, setting)?);
    }
    if random.chance(10) {
        added.extend(customer::file(
            book,
            "Fitting sheet",
            "txt",
            "Pack size M, hip belt 2.\n",
            &[root.who()],
        )?);
    }
    take(truth, added, grade);
    Ok(())
}

/// Notes records that have the grade of the person record they hang under.
pub(super) fn take(truth: &mut Truth, added: Vec<Added>, grade: &'static str) {
    for (object, id) in added {
        let held = match object.split_once('/') {
            Some((_, presence)) => {
                let object = if object.starts_with("Task") { "Task" } else { "Event" };
                Held::live(object, &id, grade).presence(if presence == "archived" {
                    "archived"
                } else {
                    "live"
                })
            }
            None => Held::live(object, &id, grade),
        };
        truth.records.push(held);
    }
}

fn account(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    person: &Person,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    let root = roots::person_account(book, person, "")?;
    truth.records.push(Held::live("Account", root.account.as_deref().unwrap_or_default(), "exact"));
    truth.records.push(Held::live("Contact", root.contact.as_deref().unwrap_or_default(), "exact"));
    hang(book, random, setting, person, &root, "exact", truth)
}

fn converted(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    person: &Person,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    let root = roots::person_account(book, person, "")?;
    let (account, contact) =
        (root.account.clone().unwrap_or_default(), root.contact.clone().unwrap_or_default());
    // The lead kept the address that the person used before.
    let before = Person { email: format!("before.{}", person.email), phone: String::new(), ..person.clone() };
    let lead = roots::lead(
        book,
        &before,
        &[
            ("IsConverted", "true"),
            ("ConvertedDate", "2026-03-02"),
            ("ConvertedAccountId", &account),
            ("ConvertedContactId", &contact),
            ("Status", "Closed - Converted"),
        ],
    )?;
    let member = customer::member(
        book,
        random,
        &before,
        &Root { lead: Some(lead.clone()), ..Root::default() },
        setting,
    )?;
    truth.records.push(Held::live("Account", &account, "exact"));
    truth.records.push(Held::live("Contact", &contact, "exact"));
    truth.records.push(Held::live("Lead", &lead, "exact"));
    take(truth, vec![member], "exact");
    hang(book, random, setting, person, &root, "exact", truth)
}

fn numbered(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    truth.subject.account_numbers.push(person.number.clone());
    let unknown = Person { email: String::new(), phone: String::new(), ..person.clone() };
    let (object, id) = customer::loyalty(book, random, &unknown, &Root::default())?;
    truth.records.push(Held::live(object, &id, "exact"));
    Ok(())
}

fn household(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    person: &Person,
    business: &str,
    n: u64,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    let mailbox = format!("household{n}@example.net");
    truth.subject.emails = vec![mailbox.clone()];
    let mine = Person { email: mailbox.clone(), ..person.clone() };
    let mate = Person { email: mailbox, ..Person::nth(OTHERS_FROM + n) };
    let own = roots::contact(book, &mine, business, &[])?;
    let other = roots::contact(book, &mate, business, &[])?;
    truth.records.push(Held::live("Contact", &own, "strong"));
    truth.never.push(Other {
        object: "Contact",
        id: other,
        because: "somebody else who uses the same mailbox".to_owned(),
    });
    let root = Root { contact: Some(own), account: Some(business.to_owned()), lead: None };
    let task = customer::task(book, random, &root)?;
    let asset = customer::asset(book, random, &root, setting)?;
    take(truth, vec![task], "strong");
    take(truth, asset, "strong");
    Ok(())
}
