//! WHERE clauses out of identifiers. They may bring in too much, never too little: every row is compared again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::locate::map::{FieldPlan, Holds, Kind, ObjectPlan};
use crate::locate::sought::Sought;
use crate::normal::name::FullName;
use crate::normal::{nicknames, text};
use crate::query::{Condition, Literal, Operator};
use crate::record_id::RecordId;

/// How much is asked of the org at once. After a refusal the next one is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ease {
    /// Equality and patterns.
    Full,
    /// Equality only.
    Equality,
    /// Ids and lookups only.
    Links,
}

/// Conditions on an object's own fields.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// On fields made for identifiers: worth a question of their own.
    pub telling: Vec<Condition>,
    /// On other text; asked along.
    pub along: Vec<Condition>,
    /// Fields that the conditions look into.
    pub fields: BTreeSet<String>,
}

/// What asking an object's own fields is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    Nothing,
    /// Words that may mention anybody.
    Text,
    /// Nothing but addresses, beside a lookup that leads to whoever lives there.
    Address,
    /// Identifiers, or fields of the org's own making.
    Question,
}

impl Own {
    pub fn worth(&self, plan: &ObjectPlan) -> Worth {
        if self.telling.is_empty() {
            return Worth::Nothing;
        }
        let asked = || plan.fields.iter().filter(|field| self.fields.contains(&field.name));
        let by_id = self.telling.iter().any(|it| matches!(it, Condition::In { field, .. } if field == "Id"));
        let words = |field: &FieldPlan| {
            matches!(field.holds, Holds::Text | Holds::Prose | Holds::Number) && !field.custom
        };
        if by_id
            || plan.lookups.is_empty()
            || asked().any(|field| !words(field) && field.holds != Holds::Street)
        {
            Worth::Question
        } else if asked().any(|field| field.holds == Holds::Street) {
            Worth::Address
        } else {
            Worth::Text
        }
    }

    pub fn all(self) -> Vec<Condition> {
        self.telling.into_iter().chain(self.along).collect()
    }
}

/// What can be asked of the object's own fields.
pub fn own(plan: &ObjectPlan, sought: &Sought, ease: Ease) -> Own {
    let mut own = Own::default();
    if ease == Ease::Links {
        return own;
    }
    if plan.kind == Kind::Big {
        return first_index_field(plan, sought);
    }
    let ids: Vec<RecordId> =
        sought.ids.iter().filter(|id| plan.prefix.as_deref() == Some(id.prefix())).cloned().collect();
    if !ids.is_empty() {
        own.telling.push(ids_in("Id", &ids));
    }
    for field in plan.fields.iter().filter(|field| field.filterable && !field.masked) {
        let patterns = ease == Ease::Full && plan.kind == Kind::Plain && !field.shielded;
        let mut found = Vec::new();
        if let Some((_, value)) = sought.other_for(&plan.name, &field.name) {
            found.extend(named_value(field, value));
        }
        on_field(&mut found, plan, field, sought, patterns);
        if found.is_empty() {
            continue;
        }
        own.fields.insert(field.name.clone());
        let plain_text = field.holds == Holds::Text
            || field.holds == Holds::Prose
            || (field.holds == Holds::Number && !field.custom);
        // Text that no index reaches is worth a question of its own.
        if plain_text
            && !field.custom
            && plan.searchable
            && sought.other_for(&plan.name, &field.name).is_none()
        {
            own.along.append(&mut found);
        } else {
            own.telling.append(&mut found);
        }
    }
    own
}

fn on_field(
    found: &mut Vec<Condition>,
    plan: &ObjectPlan,
    field: &FieldPlan,
    sought: &Sought,
    patterns: bool,
) {
    let name = field.name.as_str();
    match field.holds {
        Holds::Email => emails(found, name, sought, patterns),
        Holds::Emails if patterns => email_lists(found, name, sought),
        Holds::Emails => emails(found, name, sought, false),
        Holds::Phone if patterns => {
            for phone in &sought.phones {
                let groups = phone.groups();
                found.push(like(
                    name,
                    [String::new()].into_iter().chain(groups).chain([String::new()]).collect(),
                ));
            }
        }
        Holds::Phone => {
            let all: Vec<String> = sought.phones.iter().flat_map(|phone| phone.spellings()).collect();
            found.extend(texts_in(name, all));
        }
        Holds::Name if patterns => names_whole(found, name, sought),
        Holds::Name => found.extend(texts_in(name, sought.written_names.clone())),
        Holds::Family => names_in_parts(found, plan, field, sought, patterns),
        Holds::Street if patterns => streets(found, plan, field, sought),
        Holds::Birthdate => births(found, field, sought),
        Holds::Number if !field.textual => {
            let numbers: Vec<Literal> = sought
                .numbers
                .iter()
                .filter(|(key, _)| key.bytes().all(|byte| byte.is_ascii_digit()) && key.len() <= 15)
                .map(|(key, _)| Literal::Number(key.clone()))
                .collect();
            found
                .extend((!numbers.is_empty()).then(|| Condition::In { field: name.into(), values: numbers }));
        }
        Holds::Number | Holds::Text | Holds::Prose => {
            let mut values = sought.whole_values();
            if field.custom {
                values.extend(sought.written_names.clone());
            }
            found.extend(texts_in(name, values));
            if patterns && !plan.searchable && field.holds != Holds::Number {
                for email in &sought.emails {
                    found.push(like(name, vec![String::new(), email.whole.clone(), String::new()]));
                }
                for person in &sought.names {
                    found.push(like(
                        name,
                        vec![String::new(), person.given().into(), person.family().into(), String::new()],
                    ));
                }
            }
        }
        _ => {}
    }
}

fn emails(found: &mut Vec<Condition>, field: &str, sought: &Sought, patterns: bool) {
    let mut values: Vec<String> = Vec::new();
    for email in &sought.emails {
        values.push(email.whole.clone());
        values.push(email.mailbox.clone());
    }
    values.sort();
    values.dedup();
    found.extend(texts_in(field, values));
    if !patterns {
        return;
    }
    for email in &sought.emails {
        let base = email.mailbox.rsplit_once('@').map_or("", |(local, _)| local);
        if email.dotless() {
            for domain in ["@gmail.com", "@googlemail.com"] {
                found.push(like(field, base.chars().map(String::from).chain([domain.to_owned()]).collect()));
            }
        } else {
            found.push(like(field, vec![format!("{base}+"), format!("@{}", email.domain())]));
        }
    }
}

fn email_lists(found: &mut Vec<Condition>, field: &str, sought: &Sought) {
    for email in &sought.emails {
        let base = email.mailbox.rsplit_once('@').map_or("", |(local, _)| local);
        found.push(like(field, vec![String::new(), email.whole.clone(), String::new()]));
        if email.mailbox != email.whole {
            found.push(like(field, vec![String::new(), email.mailbox.clone(), String::new()]));
        }
        found.push(like(
            field,
            vec![String::new(), format!("{base}+"), format!("@{}", email.domain()), String::new()],
        ));
    }
}

/// `Ana Reyes`, `A. Reyes`, `Reyes, Ana` in one field.
fn names_whole(found: &mut Vec<Condition>, field: &str, sought: &Sought) {
    found.extend(texts_in(field, sought.written_names.clone()));
    for name in &sought.names {
        for family in families(name) {
            let bones = bones(&family);
            for initial in initials(name) {
                let mut straight = vec![initial.clone()];
                straight.extend(bones.clone());
                straight.push(String::new());
                found.push(like(field, straight));
                let mut turned = bones.clone();
                turned.push(format!(" {initial}"));
                turned.push(String::new());
                found.push(like(field, turned));
            }
        }
    }
}

fn names_in_parts(
    found: &mut Vec<Condition>,
    plan: &ObjectPlan,
    family: &FieldPlan,
    sought: &Sought,
    patterns: bool,
) {
    let given = plan.part_of(&family.name, Holds::Given).filter(|given| given.filterable);
    let last = family.name.as_str();
    for name in &sought.names {
        if !patterns {
            found.extend(texts_in(last, families(name)));
            continue;
        }
        for surname in families(name) {
            let mut bones = bones(&surname);
            bones.push(String::new());
            let starts = |field: &str| -> Condition {
                Condition::Any(
                    initials(name)
                        .into_iter()
                        .map(|initial| like(field, vec![initial, String::new()]))
                        .collect(),
                )
            };
            match given {
                Some(given) => {
                    found.push(Condition::All(vec![like(last, bones.clone()), starts(&given.name)]));
                    found.push(Condition::All(vec![like(&given.name, bones.clone()), starts(last)]));
                }
                None => found.push(like(last, bones.clone())),
            }
            // The whole name in the field for the surname.
            for initial in initials(name) {
                found.push(like(last, [initial].into_iter().chain(bones.clone()).collect()));
            }
        }
    }
    // Names in other scripts sort behind every Latin letter; they are compared by their sound.
    if patterns && plan.people && sought.names.iter().any(FullName::is_latin) {
        found.push(Condition::Compare {
            field: last.into(),
            operator: Operator::Greater,
            value: Literal::Text("zzzz".into()),
        });
    }
}

/// The words of a name that may stand as its surname.
fn families(name: &FullName) -> Vec<String> {
    let mut all = name.surnames();
    all.dedup();
    all.truncate(3);
    all
}

/// First letters of the given name and of its other forms, plain and with the accents people write.
fn initials(name: &FullName) -> Vec<String> {
    let mut letters: BTreeSet<char> = name.given().chars().next().into_iter().collect();
    letters.extend(nicknames::others(name.given()).iter().filter_map(|other| other.chars().next()));
    let mut all = Vec::new();
    for letter in letters {
        all.push(letter.to_string());
        let accented = match letter {
            'a' => "áàäâå",
            'e' => "éèêë",
            'i' => "íî",
            'o' => "óöôø",
            'u' => "úü",
            'c' => "çč",
            's' => "š",
            'z' => "ž",
            _ => "",
        };
        all.extend(accented.chars().map(String::from));
    }
    all
}

/// The letters of a word that no accent changes, to be joined by `%`. Short words stay whole.
fn bones(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut open = true;
    for (place, letter) in word.chars().enumerate() {
        if matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'n' | 'c') && place > 0 || "aeiouc".contains(letter)
        {
            open = true;
        } else if open {
            parts.push(letter.to_string());
            open = false;
        } else if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    if parts.iter().map(String::len).sum::<usize>() < 2 {
        return vec![word.to_owned()];
    }
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'c']) {
        parts.insert(0, String::new());
    }
    parts
}

fn streets(found: &mut Vec<Condition>, plan: &ObjectPlan, street: &FieldPlan, sought: &Sought) {
    let postal = plan.postal_of(&street.name).filter(|postal| postal.filterable && !postal.shielded);
    for place in &sought.places {
        let wanted = like(&street.name, vec![String::new(), place.number().to_owned(), String::new()]);
        let telling: Vec<String> = text::ascii(&place.telling).chars().take(3).map(String::from).collect();
        match postal {
            Some(postal) => {
                let mut code = place.postal.to_uppercase();
                let foreign = !code.bytes().all(|byte| byte.is_ascii_digit());
                // `SW1A 1AA` is written with a blank, `SW1A1AA` without.
                code.truncate(if foreign { 2 } else { 5 });
                found.push(Condition::All(vec![like(&postal.name, vec![code, String::new()]), wanted]));
            }
            None if telling.len() == 3 => {
                found.push(like(
                    &street.name,
                    vec![String::new(), place.number().to_owned(), place.telling.clone(), String::new()],
                ));
            }
            None => {}
        }
    }
}

fn births(found: &mut Vec<Condition>, field: &FieldPlan, sought: &Sought) {
    let Some(day) = sought.birthdate else { return };
    if field.textual {
        let spellings = crate::normal::date::spellings(day);
        found.extend(texts_in(&field.name, spellings));
    } else if field.date_time {
        found.extend(within_day(&field.name, day));
    } else {
        found.push(Condition::In { field: field.name.clone(), values: vec![Literal::Date(day)] });
    }
}

fn within_day(field: &str, day: chrono::NaiveDate) -> Option<Condition> {
    let start = day.and_hms_opt(0, 0, 0)?.and_utc();
    let bound = |operator, value| Condition::Compare {
        field: field.to_owned(),
        operator,
        value: Literal::DateTime(value),
    };
    let end = start.checked_add_signed(chrono::TimeDelta::days(1))?;
    Some(Condition::All(vec![bound(Operator::GreaterOrEqual, start), bound(Operator::Less, end)]))
}

fn named_value(field: &FieldPlan, value: &str) -> Option<Condition> {
    let literal = if field.textual {
        Literal::Text(value.to_owned())
    } else if field.flag {
        Literal::Flag(value.eq_ignore_ascii_case("true"))
    } else if let Ok(day) = value.parse::<chrono::NaiveDate>() {
        if field.date_time {
            return within_day(&field.name, day);
        }
        Literal::Date(day)
    } else {
        value.parse::<f64>().ok().filter(|number| number.is_finite())?;
        Literal::Number(value.to_owned())
    };
    Some(Condition::In { field: field.name.clone(), values: vec![literal] })
}

/// A big object is only found by its first index field, with `=`.
fn first_index_field(plan: &ObjectPlan, sought: &Sought) -> Own {
    let mut own = Own::default();
    let Some(field) = plan.fields.iter().find(|field| field.filterable && field.textual) else { return own };
    let values = match field.holds {
        Holds::Email | Holds::Emails => sought.emails.iter().map(|email| email.whole.clone()).collect(),
        Holds::Phone => sought.phones.iter().map(|phone| phone.e164.clone()).collect(),
        _ => sought.whole_values(),
    };
    if let Some(condition) = texts_in(&field.name, values) {
        own.fields.insert(field.name.clone());
        own.telling.push(condition);
    }
    own
}

pub fn ids_in(field: &str, ids: &[RecordId]) -> Condition {
    let values = ids.iter().map(|id| Literal::Text(id.as_str().to_owned())).collect();
    Condition::In { field: field.to_owned(), values }
}

fn texts_in(field: &str, values: Vec<String>) -> Option<Condition> {
    let values: Vec<Literal> =
        values.into_iter().filter(|value| value.len() < 4000).map(Literal::Text).collect();
    (!values.is_empty()).then(|| Condition::In { field: field.to_owned(), values })
}

fn like(field: &str, parts: Vec<String>) -> Condition {
    Condition::Like { field: field.to_owned(), parts }
}
