//! Where one record agrees with the subject, field by field.

use serde::{Deserialize, Serialize};

use crate::found::ReasonKind;
use crate::locate::map::{FieldPlan, Holds, ObjectPlan};
use crate::locate::sought::Sought;
use crate::normal::name::{FullName, words_in};
use crate::normal::{date, email, number, phone, text};
use crate::row::Row;

/// One agreement of a field with the subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Agreement {
    pub kind: ReasonKind,
    pub field: String,
    /// What agreed, in its compared form: tells two emails or two named fields apart.
    pub value: String,
    pub text: String,
}

/// Every agreement of the record, in the order of its fields.
pub fn agreements(row: &Row, plan: &ObjectPlan, sought: &Sought) -> Vec<Agreement> {
    let mut all = Vec::new();
    if sought.ids.contains(&row.id) {
        all.push(agreement(
            ReasonKind::RecordId,
            "Id",
            row.id.as_str(),
            "Is the record whose id was given.".into(),
        ));
    }
    for field in &plan.fields {
        let Some(value) = row.values.get(&field.name) else { continue };
        if let Some((key, wanted)) = sought.other_for(&plan.name, &field.name)
            && number::same_value(wanted, value)
        {
            all.push(agreement(
                ReasonKind::Other,
                &field.name,
                key,
                format!("{} holds {wanted}, as given.", field.name),
            ));
        }
        if let Some(written) = value.as_str().filter(|written| !written.trim().is_empty()) {
            in_text(&mut all, written, field, plan, sought);
        } else if field.holds == Holds::Number
            && let Some((key, written)) =
                sought.numbers.iter().find(|(key, _)| number::same_value(key, value))
        {
            all.push(agreement(
                ReasonKind::AccountNumber,
                &field.name,
                key,
                format!("{} is the account number {written}.", field.name),
            ));
        }
    }
    in_parts(&mut all, row, plan, sought);
    all.sort();
    all.dedup();
    all
}

fn agreement(kind: ReasonKind, field: &str, value: &str, text: String) -> Agreement {
    Agreement { kind, field: field.to_owned(), value: value.to_owned(), text }
}

fn in_text(all: &mut Vec<Agreement>, written: &str, field: &FieldPlan, plan: &ObjectPlan, sought: &Sought) {
    let name = field.name.as_str();
    match field.holds {
        Holds::Birthdate => {
            if let Some(day) = sought.birthdate.filter(|day| date::meanings(written).contains(day)) {
                all.push(agreement(
                    ReasonKind::Birthdate,
                    name,
                    &day.to_string(),
                    format!("{name} is the birthdate {day}."),
                ));
            }
            return;
        }
        Holds::Other
        | Holds::Given
        | Holds::Middle
        | Holds::Family
        | Holds::Suffix
        | Holds::Street
        | Holds::Postal => return,
        _ => {}
    }
    let plain = text::plain(written);
    let plain = plain.trim();
    emails(all, plain, field, sought);
    phones(all, plain, field, sought);
    numbers(all, plain, field, sought);
    if field.holds != Holds::Phone && field.holds != Holds::Email {
        names(all, plain, field, plan.people, sought);
        places(all, plain, field, sought);
        births(all, plain, field, sought);
    }
}

fn emails(all: &mut Vec<Agreement>, plain: &str, field: &FieldPlan, sought: &Sought) {
    if sought.emails.is_empty() || !plain.contains('@') {
        return;
    }
    let whole = field.holds == Holds::Email || email::is_address_list(plain);
    for found in email::all_in(plain) {
        let Some(wanted) = sought
            .emails
            .iter()
            .find(|wanted| wanted.whole == found.whole)
            .or_else(|| sought.emails.iter().find(|wanted| wanted.mailbox == found.mailbox))
        else {
            continue;
        };
        let same = wanted.whole == found.whole;
        let name = &field.name;
        all.push(match (whole, same) {
            (true, true) => agreement(
                ReasonKind::Email,
                name,
                &wanted.whole,
                format!("{name} holds {}, the subject's email.", wanted.whole),
            ),
            (true, false) => agreement(
                ReasonKind::EmailVariant,
                name,
                &wanted.whole,
                format!(
                    "{name} holds {}, which is {} but for its plus-tag or dots.",
                    found.whole, wanted.whole
                ),
            ),
            (false, _) => agreement(
                ReasonKind::Mention,
                name,
                &found.whole,
                format!("{name} mentions {}.", found.whole),
            ),
        });
    }
}

fn phones(all: &mut Vec<Agreement>, plain: &str, field: &FieldPlan, sought: &Sought) {
    for (wanted, whole) in phone::agreeing(plain, &sought.phones) {
        let name = &field.name;
        all.push(if whole || field.holds == Holds::Phone {
            agreement(
                ReasonKind::Phone,
                name,
                &wanted.e164,
                format!("{name} is {}, the subject's phone.", wanted.e164),
            )
        } else {
            agreement(ReasonKind::Mention, name, &wanted.e164, format!("{name} mentions {}.", wanted.e164))
        });
    }
}

fn numbers(all: &mut Vec<Agreement>, plain: &str, field: &FieldPlan, sought: &Sought) {
    let name = &field.name;
    if matches!(field.holds, Holds::Email | Holds::Phone | Holds::Name) {
        return;
    }
    let key = number::key(plain);
    for (wanted, written) in &sought.numbers {
        // A short number in a field that is not made for numbers may be anything.
        let fitting = field.holds == Holds::Number || wanted.chars().count() >= 5;
        if key == *wanted && fitting {
            all.push(agreement(
                ReasonKind::AccountNumber,
                name,
                wanted,
                format!("{name} is the account number {written}."),
            ));
        } else if key != *wanted && wanted.chars().count() >= 4 && text::stands_whole(&key, wanted) {
            all.push(agreement(
                ReasonKind::Mention,
                name,
                wanted,
                format!("{name} mentions the account number {written}."),
            ));
        }
    }
    for id in &sought.ids {
        if plain == id.short() || plain.eq_ignore_ascii_case(id.as_str()) {
            all.push(agreement(
                ReasonKind::RecordId,
                name,
                id.as_str(),
                format!("{name} holds the record id {id}."),
            ));
        } else if text::stands_whole(plain, id.short()) || text::stands_whole(plain, id.as_str()) {
            all.push(agreement(
                ReasonKind::Mention,
                name,
                id.as_str(),
                format!("{name} mentions the record id {id}."),
            ));
        }
    }
}

fn names(all: &mut Vec<Agreement>, plain: &str, field: &FieldPlan, people: bool, sought: &Sought) {
    if sought.names.is_empty() || !plain.chars().any(char::is_alphabetic) {
        return;
    }
    let name = &field.name;
    // A display name in front of an address: `Ana Reyes <ana@example.com>`.
    let shown = plain.split('<').next().unwrap_or(plain).trim().trim_matches('"');
    let whole = (plain.len() <= 120).then(|| FullName::read(shown)).flatten();
    if let Some(read) = whole
        && sought.names.iter().any(|wanted| wanted.same(&read))
    {
        // On a person record, a name in any other field is somebody that person knows.
        let kind = if field.holds == Holds::Prose || (people && field.holds != Holds::Name) {
            ReasonKind::Mention
        } else {
            ReasonKind::Name
        };
        all.push(agreement(kind, name, "name", format!("{name} is {shown}, a form of the subject's name.")));
        return;
    }
    if matches!(field.holds, Holds::Name | Holds::Emails) {
        return;
    }
    let words = words_in(plain);
    if let Some(at) = sought.names.iter().position(|wanted| wanted.stands_in(&words)) {
        let written = sought.written_names.get(at).map_or("the subject", String::as_str);
        all.push(agreement(ReasonKind::Mention, name, "name", format!("{name} mentions {written}.")));
    }
}

fn places(all: &mut Vec<Agreement>, plain: &str, field: &FieldPlan, sought: &Sought) {
    if sought.places.iter().any(|place| place.stands_in(plain)) {
        let name = &field.name;
        let short = field.holds == Holds::Text && plain.split_whitespace().count() <= 12;
        let kind = if short { ReasonKind::Address } else { ReasonKind::Mention };
        all.push(agreement(
            kind,
            name,
            "address",
            format!("{name} holds the subject's street, number and postal code."),
        ));
    }
}

fn births(all: &mut Vec<Agreement>, plain: &str, field: &FieldPlan, sought: &Sought) {
    let Some(day) = sought.birthdate else { return };
    let lower = plain.to_lowercase();
    if !["birth", "born", "dob", "d.o.b"].iter().any(|word| lower.contains(word)) {
        return;
    }
    if date::spellings(day).iter().any(|written| text::stands_whole(&lower, &written.to_lowercase())) {
        let name = &field.name;
        all.push(agreement(
            ReasonKind::Mention,
            name,
            "birthdate",
            format!("{name} mentions the birthdate {day}."),
        ));
    }
}

/// Names and addresses whose parts stand in fields of their own.
fn in_parts(all: &mut Vec<Agreement>, row: &Row, plan: &ObjectPlan, sought: &Sought) {
    for family in plan.holding(Holds::Family) {
        let part = |holds| {
            plan.part_of(&family.name, holds).and_then(|field| row.text(&field.name)).unwrap_or_default()
        };
        let Some(last) = row.text(&family.name) else { continue };
        let read = FullName::of_parts(part(Holds::Given), part(Holds::Middle), last, part(Holds::Suffix));
        if read.is_some_and(|read| sought.names.iter().any(|wanted| wanted.same(&read))) {
            let shown = format!("{} {last}", part(Holds::Given));
            let text = format!("{} is {}, a form of the subject's name.", family.name, shown.trim());
            all.push(agreement(ReasonKind::Name, &family.name, "name", text));
        }
    }
    for street in plan.holding(Holds::Street) {
        let Some(written) = row.text(&street.name) else { continue };
        let postal = plan.postal_of(&street.name).and_then(|field| row.text(&field.name)).unwrap_or_default();
        if sought.places.iter().any(|place| place.agrees(written, postal) || place.stands_in(written)) {
            let text =
                format!("{} is the subject's street and number, with the same postal code.", street.name);
            all.push(agreement(ReasonKind::Address, &street.name, "address", text));
        }
    }
}

/// The name that a person record bears.
pub fn person_name(row: &Row) -> Option<String> {
    let part = |field: &str| row.text(field).unwrap_or_default();
    if !part("LastName").is_empty() {
        return Some(
            format!("{} {} {}", part("FirstName"), part("LastName"), part("Suffix")).trim().to_owned(),
        );
    }
    row.text("Name").map(str::to_owned)
}
