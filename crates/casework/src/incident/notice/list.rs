//! A list of people from a file: what a vendor or another system says of whose data was taken.

use std::collections::BTreeSet;

use super::Addressee;
use crate::disclosure::Element;
use crate::incident::persons::Contact;
use crate::review::{BadLine, csv_text};

/// A million people.
const MAX_FILE_BYTES: usize = 512 * 1024 * 1024;
const MAX_CELL_CHARS: usize = 500;
const COLUMNS: [&str; 10] =
    ["name", "email", "street", "city", "region", "postal", "country", "place", "language", "elements"];

/// Reads a list, `name,email,street,city,region,postal,country,place,language,elements`: `place` as in the law book (`US-CA`,
/// empty where it is not known), `language` `en` or `es`, `elements` joined by `;`.
///
/// # Errors
/// Every fault of the file in order; then nothing of it may be used. No sentence repeats a cell.
pub fn read(file: &[u8]) -> Result<Vec<Addressee>, Vec<BadLine>> {
    let whole = |what: &str| vec![BadLine::whole(what)];
    let text = csv_text(file, MAX_FILE_BYTES).map_err(|fault| vec![fault])?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| whole("the file is not readable as CSV"))?.clone();
    if !header.iter().map(str::trim).eq(COLUMNS) {
        return Err(vec![BadLine {
            line: 1,
            what: format!("the header must be exactly {}", COLUMNS.join(",")),
        }]);
    }
    let (mut people, mut faults) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let Ok(row) = row else {
            faults.push(BadLine { line: 0, what: "the file is not readable as CSV".to_owned() });
            break;
        };
        let line = row.position().map_or(0, csv::Position::line);
        match person(&row) {
            Ok(person) => people.push(person),
            Err(what) => faults.push(BadLine { line, what }),
        }
    }
    match (faults.is_empty(), people.is_empty()) {
        (false, _) => Err(faults),
        (true, true) => Err(whole("the file names nobody")),
        (true, false) => Ok(people),
    }
}

fn person(row: &csv::StringRecord) -> Result<Addressee, String> {
    let cells: Vec<&str> = row.iter().map(str::trim).collect();
    let [name, email, street, city, region, postal, country, place, language, elements] = cells.as_slice()
    else {
        return Err(format!("there are {} cells where ten belong", cells.len()));
    };
    if cells.iter().any(|it| it.chars().count() > MAX_CELL_CHARS) {
        return Err("a cell is longer than 500 characters".to_owned());
    }
    if name.is_empty() {
        return Err("it has no name".to_owned());
    }
    let spanish = match *language {
        "" | "en" => false,
        "es" => true,
        _ => return Err("the language must be en or es".to_owned()),
    };
    let good =
        |it: &&str| *it == "name" || serde_json::from_value::<Element>(serde_json::Value::from(*it)).is_ok();
    let elements: BTreeSet<&str> = crate::data_map::words(elements).into_iter().collect();
    if elements.is_empty() || !elements.iter().all(good) {
        return Err("its elements are missing or none of the law book's".to_owned());
    }
    let own = |it: &str| it.to_owned();
    Ok(Addressee {
        contact: Contact {
            name: own(name),
            email: own(email),
            street: own(street),
            city: own(city),
            region: own(region),
            postal: own(postal),
            country: own(country),
        },
        place: Some(own(place)).filter(|it| !it.is_empty()),
        spanish,
        elements: elements.into_iter().map(own).collect(),
    })
}
