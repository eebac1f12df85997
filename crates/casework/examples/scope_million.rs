//! How long scope takes for a million invented people from rows in hand, and how much memory; one JSON object on one line.
//!
//! Two objects: a million contacts, of whom one in fifty is a duplicate of another, and as many cases that hang on them. What is
//! not measured is the reading from an org or an export.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement prints, needs a clock, and stops when it cannot measure"
)]

use std::collections::BTreeMap;
use std::time::Instant;

use casework::incident::elements::Mask;
use casework::incident::persons::{Gathering, Sure};
use casework::incident::reach::Reach;
use casework::incident::repeat::{Touch, judge, whole};
use casework::incident::scope::{Scope, Touched};
use casework::incident::soql::Taken;
use casework::incident::taking::Taking;
use casework::record_id::RecordId;
use casework::row::Row;
use casework::schema::{Field, Object, Schema};
use serde_json::{Value, json};

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const GIVEN: [&str; 8] = ["Ana", "Ben", "Cleo", "Dario", "Edda", "Finn", "Gwen", "Hugo"];
const STATES: [&str; 6] = ["CA", "TX", "New York", "WA", "FL", ""];
const AREAS: [&str; 4] = ["415", "212", "206", "305"];

fn main() {
    let people: usize = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(1_000_000);
    let schema =
        Schema { objects: [contact(), case()].into_iter().map(|it| (it.name.clone(), it)).collect() };
    let at = "2026-10-20T12:00:00Z".parse().expect("a time");
    let begun = Instant::now();
    let mut gathering = Gathering::default();
    let mut scope = Scope::default();
    for (name, make, fields) in [
        (
            "Contact",
            contact_row as fn(usize, usize) -> Row,
            vec!["FirstName", "LastName", "Email", "Birthdate"],
        ),
        ("Case", case_row, vec!["ContactId", "Subject", "Description"]),
    ] {
        let taken = Taken::Fields(fields.into_iter().map(str::to_owned).collect());
        let object = schema.object(name).expect("the object");
        let mut touched = Touched::new(object, &schema);
        touched.touch(Touch { at, all_rows: false }, &taken, &schema, &Reach::default());
        let dates: Vec<Row> = (0..people).map(|n| dates_of(make(n, people))).collect();
        let taking = Taking {
            at: vec![at],
            rows: u64::try_from(people).ok(),
            text: Some(String::new()),
            ..Taking::default()
        };
        let found = judge(&whole(name), &taking, &dates, true);
        drop(dates);
        touched.mark(Sure::Proved, &found.ids, &taken, &schema, &Reach::default());
        drop(found);
        (0..people).for_each(|n| touched.take(&make(n, people), Mask::default(), &mut gathering));
        scope.objects.push(touched.finish(&mut gathering).0);
    }
    let read = begun.elapsed();
    let all = gathering.people();
    scope.count(&all);
    let seconds = begun.elapsed().as_secs_f64();
    let figures = json!({
        "records": 2 * people,
        "persons": scope.persons.proved,
        "states": scope.residents.len(),
        "seconds": seconds,
        "seconds_before_merging": read.as_secs_f64(),
        "peak_mb": peak_mb(),
    });
    println!("{figures}");
}

/// The most memory that this process held, where the system tells.
fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn object(name: &str, fields: &[(&str, &str, &str)]) -> Object {
    let field = |(name, kind, to): &(&str, &str, &str)| Field {
        name: (*name).to_owned(),
        label: (*name).to_owned(),
        field_type: (*kind).to_owned(),
        reference_to: if to.is_empty() { Vec::new() } else { vec![(*to).to_owned()] },
        ..Field::default()
    };
    Object {
        name: name.to_owned(),
        queryable: true,
        fields: fields.iter().map(field).collect(),
        ..Object::default()
    }
}

fn contact() -> Object {
    object(
        "Contact",
        &[
            ("Id", "id", ""),
            ("FirstName", "string", ""),
            ("LastName", "string", ""),
            ("Email", "email", ""),
            ("Phone", "phone", ""),
            ("Birthdate", "date", ""),
            ("MailingStreet", "textarea", ""),
            ("MailingState", "string", ""),
            ("MailingPostalCode", "string", ""),
            ("CreatedDate", "datetime", ""),
            ("IsDeleted", "boolean", ""),
            ("SystemModstamp", "datetime", ""),
        ],
    )
}

fn case() -> Object {
    object(
        "Case",
        &[
            ("Id", "id", ""),
            ("ContactId", "reference", "Contact"),
            ("Subject", "string", ""),
            ("Description", "textarea", ""),
            ("CreatedDate", "datetime", ""),
            ("IsDeleted", "boolean", ""),
            ("SystemModstamp", "datetime", ""),
        ],
    )
}

fn id(prefix: &str, n: usize) -> RecordId {
    RecordId::parse(&format!("{prefix}5g{n:010}")).expect("an id")
}

fn row(object: &str, id: RecordId, values: &[(&str, String)]) -> Row {
    let filled = values.iter().filter(|(_, value)| !value.is_empty());
    let values: BTreeMap<String, Value> =
        filled.map(|(name, value)| ((*name).to_owned(), Value::String(value.clone()))).collect();
    Row { object: object.to_owned(), id, values }
}

fn contact_row(n: usize, people: usize) -> Row {
    // One in fifty is somebody who is there already.
    let who = if n % 50 == 49 && n + 7 < people { n + 7 } else { n };
    let of = |list: &[&str]| list.get(who % list.len()).copied().unwrap_or_default().to_owned();
    let values = [
        ("FirstName", of(&GIVEN)),
        ("LastName", format!("Ridge{}", who / 3)),
        ("Email", format!("p{who}@example.com")),
        ("Phone", format!("({}) 555-{:04}", of(&AREAS), who % 10_000)),
        ("Birthdate", format!("19{:02}-{:02}-{:02}", 40 + who % 60, 1 + who % 12, 1 + who % 28)),
        ("MailingStreet", format!("{} Madrone Lane", who % 9_000)),
        ("MailingState", of(&STATES)),
        (
            "MailingPostalCode",
            if who % 7 == 0 { String::new() } else { format!("{:05}", 90_001 + who % 5_000) },
        ),
        ("CreatedDate", "2026-01-01T00:00:00.000Z".to_owned()),
    ];
    row("Contact", id("003", n), &values)
}

fn case_row(n: usize, _: usize) -> Row {
    let told = if n.is_multiple_of(40) { " My SSN is 219-09-9999." } else { "" };
    let values = [
        ("ContactId", id("003", n).to_string()),
        ("Subject", format!("Tent poles {n}")),
        ("Description", format!("The spare poles for the Ridgeline are too long by a hand.{told}")),
        ("CreatedDate", "2026-01-01T00:00:00.000Z".to_owned()),
    ];
    row("Case", id("500", n), &values)
}

fn dates_of(mut row: Row) -> Row {
    row.values.retain(|name, _| name == "CreatedDate");
    row
}
