//! In which state or country a person lives, and by what that is known: an address, a postal code, an area code.
//!
//! Places are ISO 3166 codes: `US-CA`, `CA-ON`, `DE`. The tables are dated data under `assets/catalogue`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::normal::phone::Phone;
use crate::normal::text::ascii;

/// By what a residence is known, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The state, or the country where it has none of ours, stands in an address.
    Address,
    Zip,
    Phone,
}

/// A place by its number in the tables; small, so that a million people fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u16);

/// The parts of one address, as they were read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written<'a> {
    pub region: &'a str,
    pub postal: &'a str,
    pub country: &'a str,
}

struct Tables {
    codes: Vec<String>,
    names: Vec<String>,
    /// The law's name for a place where it differs: `EU`.
    laws: Vec<String>,
    /// Names of countries, in plain letters.
    countries: HashMap<String, Place>,
    /// Names and letters of states and provinces, in plain letters, by country.
    regions: HashMap<(Place, String), Place>,
    postal: Vec<(Place, String, String, Place)>,
    phones: HashMap<String, Place>,
    us: Place,
    canada: Place,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(Tables::read)
}

fn rows(table: &str) -> impl Iterator<Item = Vec<String>> {
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .flatten()
        .map(|it| it.iter().map(str::to_owned).collect())
        .collect();
    rows.into_iter()
}

impl Tables {
    fn read() -> Self {
        let mut it = Self {
            codes: Vec::new(),
            names: Vec::new(),
            laws: Vec::new(),
            countries: HashMap::new(),
            regions: HashMap::new(),
            postal: Vec::new(),
            phones: HashMap::new(),
            us: Place(u16::MAX),
            canada: Place(u16::MAX),
        };
        let mut by_code: HashMap<String, Place> = HashMap::new();
        let mut parts = Vec::new();
        for row in rows(include_str!("../../../../assets/catalogue/places.csv")) {
            let [code, names, law] = row.as_slice() else { continue };
            let place = Place(u16::try_from(it.codes.len()).unwrap_or(u16::MAX));
            it.codes.push(code.clone());
            // A country's three letters stand before its name.
            let name = names.split('|').nth(usize::from(!code.contains('-'))).unwrap_or(code);
            it.names.push(name.to_owned());
            it.laws.push(law.clone());
            by_code.insert(code.clone(), place);
            match code.split_once('-') {
                Some((country, letters)) => {
                    parts.push((country.to_owned(), letters.to_owned(), names.clone(), place))
                }
                None => {
                    it.countries.insert(plain(code), place);
                    for name in names.split('|') {
                        it.countries.entry(plain(name)).or_insert(place);
                    }
                }
            }
        }
        let of = |code: &str| by_code.get(code).copied().unwrap_or(Place(u16::MAX));
        (it.us, it.canada) = (of("US"), of("CA"));
        for (country, letters, names, place) in parts {
            for name in names.split('|').chain([letters.as_str()]) {
                it.regions.insert((of(&country), plain(name)), place);
            }
        }
        for row in rows(include_str!("../../../../assets/catalogue/postal.csv")) {
            let [country, from, to, code] = row.as_slice() else { continue };
            it.postal.push((of(country), from.clone(), to.clone(), of(code)));
        }
        // The longest prefixes first: one code inside a range of another state.
        it.postal.sort_by_key(|row| std::cmp::Reverse(row.1.len()));
        for row in rows(include_str!("../../../../assets/catalogue/phones.csv")) {
            let [prefix, code] = row.as_slice() else { continue };
            it.phones.insert(prefix.clone(), of(code));
        }
        it
    }
}

impl Place {
    /// `US-CA`
    pub fn code(self) -> &'static str {
        tables().codes.get(usize::from(self.0)).map_or("unknown", String::as_str)
    }

    /// Every place that the tables know, by code, with its English name.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        let tables = tables();
        tables.codes.iter().map(String::as_str).zip(tables.names.iter().map(String::as_str))
    }

    /// The jurisdiction of the law book: the state, the country, or the union that it belongs to.
    pub fn jurisdiction(code: &str) -> &str {
        let tables = tables();
        let country = code.split_once('-').map_or(code, |(country, _)| country);
        if country == "US" && code.len() > 2 {
            return code;
        }
        let at = tables.codes.iter().position(|it| it == country);
        at.and_then(|at| tables.laws.get(at)).filter(|it| !it.is_empty()).map_or(country, String::as_str)
    }

    /// By an address: its state, the state of its postal code, or its country.
    pub fn of_address(written: Written<'_>) -> Option<(Self, Basis)> {
        let tables = tables();
        let country = tables.countries.get(&plain(written.country)).copied();
        let region = plain(written.region);
        let divided = [tables.us, tables.canada];
        let homes = match country {
            Some(country) if divided.contains(&country) => vec![country],
            Some(country) => return Some((territory(country), Basis::Address)),
            None if written.country.trim().is_empty() => divided.to_vec(),
            // A country that no table knows.
            None => return None,
        };
        let by_name = homes.iter().find_map(|home| {
            let name = region.strip_prefix("usa").or(region.strip_prefix("us")).filter(|it| it.len() == 2);
            tables
                .regions
                .get(&(*home, region.clone()))
                .or_else(|| tables.regions.get(&(*home, name?.to_owned())))
        });
        if let Some(place) = by_name.filter(|_| !region.is_empty()) {
            return Some((*place, Basis::Address));
        }
        if country.is_none() && !region.is_empty() {
            // A region of another country, without its name.
            return None;
        }
        let place = homes.iter().find_map(|home| by_postal(*home, written.postal))?;
        Some((place, Basis::Zip))
    }

    /// By the area of a phone number; `None` for numbers that belong to no area.
    pub fn of_phone(text: &str) -> Option<(Self, Basis)> {
        let phone = Phone::parse(text, "US")?;
        let digits = phone.e164.trim_start_matches('+');
        let tables = tables();
        let longest = if digits.starts_with('1') { 4 } else { 3 };
        (1..=longest).rev().find_map(|n| tables.phones.get(digits.get(..n)?)).map(|it| (*it, Basis::Phone))
    }
}

/// A territory of the United States that ISO also lists as a country.
fn territory(country: Place) -> Place {
    let tables = tables();
    let code = tables.codes.get(usize::from(country.0)).cloned().unwrap_or_default();
    tables
        .regions
        .get(&(tables.us, plain(&code)))
        .copied()
        .filter(|_| matches!(code.as_str(), "PR" | "GU" | "VI" | "AS" | "MP"))
        .unwrap_or(country)
}

fn by_postal(home: Place, postal: &str) -> Option<Place> {
    let tables = tables();
    let code: String =
        postal.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let shaped = if home == tables.us {
        matches!(code.len(), 5 | 9) && code.bytes().all(|it| it.is_ascii_digit())
    } else {
        let letters = code.bytes().enumerate();
        matches!(code.len(), 3 | 6)
            && letters
                .into_iter()
                .all(|(at, it)| if at % 2 == 0 { it.is_ascii_alphabetic() } else { it.is_ascii_digit() })
    };
    if !shaped {
        return None;
    }
    let hit = |(country, from, to, _): &&(Place, String, String, Place)| {
        *country == home && code.get(..from.len()).is_some_and(|it| from.as_str() <= it && it <= to.as_str())
    };
    tables.postal.iter().find(hit).map(|it| it.3)
}

/// Letters and digits only, lower case, without accents.
fn plain(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    ascii(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(region: &str, postal: &str, country: &str) -> Option<(&'static str, Basis)> {
        Place::of_address(Written { region, postal, country }).map(|(place, basis)| (place.code(), basis))
    }

    #[test]
    fn an_address_names_a_state_a_province_or_a_country() {
        use Basis::{Address, Zip};
        for (region, postal, country, expected) in [
            ("CA", "94704", "United States", Some(("US-CA", Address))),
            ("california", "", "", Some(("US-CA", Address))),
            ("Calif.", "", "USA", Some(("US-CA", Address))),
            ("D.C.", "", "", Some(("US-DC", Address))),
            ("", "94704-1234", "", Some(("US-CA", Zip))),
            ("", "10001", "us", Some(("US-NY", Zip))),
            ("", "06390", "US", Some(("US-NY", Zip))),
            ("", "00901", "US", Some(("US-PR", Zip))),
            ("", "", "Puerto Rico", Some(("US-PR", Address))),
            ("ON", "", "Canada", Some(("CA-ON", Address))),
            ("Québec", "", "", Some(("CA-QC", Address))),
            ("", "M5V 2T6", "", Some(("CA-ON", Zip))),
            ("", "X0A 0H0", "CA", Some(("CA-NU", Zip))),
            ("Bayern", "80331", "Deutschland", Some(("DE", Address))),
            ("", "", "United Kingdom", Some(("GB", Address))),
            ("Bayern", "80331", "", None),
            ("", "94704", "Atlantis", None),
            ("", "9470", "", None),
            ("", "", "", None),
        ] {
            assert_eq!(address(region, postal, country), expected, "{region} {postal} {country}");
        }
    }

    #[test]
    fn an_area_code_names_a_state() {
        let of = |text: &str| Place::of_phone(text).map(|it| it.0.code());
        assert_eq!(of("(415) 555-0101"), Some("US-CA"));
        assert_eq!(of("+1 416 555 0101"), Some("CA-ON"));
        assert_eq!(of("212.555.0101"), Some("US-NY"));
        assert_eq!(of("+44 20 7946 0018"), Some("GB"));
        assert_eq!(of("800-555-0101"), None);
        assert_eq!(of("hello"), None);
    }

    #[test]
    fn the_law_book_has_its_own_names_for_some_places() {
        for (code, law) in [
            ("US-CA", "US-CA"),
            ("US-PR", "US-PR"),
            ("CA-ON", "CA"),
            ("DE", "EU"),
            ("GB", "GB"),
            ("MX", "MX"),
        ] {
            assert_eq!(Place::jurisdiction(code), law);
        }
    }

    #[test]
    fn every_row_of_the_tables_leads_somewhere() {
        let tables = tables();
        assert!(tables.codes.len() > 300);
        assert!(tables.postal.iter().all(|it| it.0 != Place(u16::MAX) && it.3 != Place(u16::MAX)));
        assert!(tables.phones.values().all(|it| *it != Place(u16::MAX)));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(region in ".*", postal in ".*", country in ".*") {
            Place::of_address(Written { region: &region, postal: &postal, country: &country });
            Place::of_phone(&region);
        }
    }
}
