//! Invented people. No two share a full name, an email address, a phone or a street address.

use chrono::{Days, NaiveDate};

use super::random::nth;

const GIVEN: &[&str] = &[
    "Adela", "Aiko", "Alma", "Amara", "Anders", "Anika", "Anselm", "Arjun", "Astrid", "Ayla", "Basil",
    "Bela", "Bodil", "Bram", "Brigid", "Cala", "Caspian", "Celeste", "Chidi", "Cyrus", "Dalia", "Darius",
    "Delphine", "Desmond", "Dimitri", "Edda", "Eero", "Efua", "Eilidh", "Elio", "Elodie", "Emeka", "Enzo",
    "Esme", "Farid", "Fatima", "Fenna", "Fiona", "Fumiko", "Galen", "Gita", "Greta", "Gustav", "Hana",
    "Hector", "Hiro", "Ibrahim", "Ilse", "Imani", "Ines", "Ingrid", "Ismail", "Ivo", "Jarek", "Jelena",
    "Jorge", "Juno", "Kaito", "Kalinda", "Keiko", "Kirsten", "Kofi", "Lars", "Laszlo", "Leila", "Linnea",
    "Lorcan", "Luisa", "Mabel", "Magnus", "Malika", "Marisol", "Mateo", "Mei", "Mila", "Mirabel", "Nadia",
    "Nikhil", "Noor", "Nuria", "Octavia", "Odette", "Olek", "Omar", "Orla", "Oskar", "Paloma", "Percival",
    "Petra", "Priya", "Quentin", "Rafael", "Ramona", "Renata", "Rhiannon", "Rohan", "Rosalind", "Rufus",
    "Sabine", "Sachin", "Salma", "Selma", "Silas", "Simone", "Stellan", "Sunniva", "Tadeo", "Tamsin",
    "Thora", "Tobias", "Ulrike", "Uma", "Valeria", "Vikram", "Wanda", "Wilhelm", "Xenia", "Yara", "Yusuf",
    "Zahra", "Zelda",
];
const FAMILY: &[&str] = &[
    "Abara",
    "Aldana",
    "Almquist",
    "Amadi",
    "Arslan",
    "Ashdown",
    "Bakari",
    "Baptiste",
    "Barrow",
    "Becerra",
    "Bellweather",
    "Bergstrom",
    "Birch",
    "Bouchard",
    "Brandvold",
    "Calloway",
    "Carrow",
    "Castellano",
    "Chaudhary",
    "Corbin",
    "Cordova",
    "Dahlgren",
    "Dauphin",
    "Delacroix",
    "Dhillon",
    "Dorrance",
    "Drummond",
    "Dunmore",
    "Eklund",
    "Ellsworth",
    "Escobedo",
    "Fairbairn",
    "Falk",
    "Farrow",
    "Ferreira",
    "Finnegan",
    "Fontaine",
    "Forsythe",
    "Gallardo",
    "Garrick",
    "Ghosh",
    "Granger",
    "Grimaldi",
    "Haddad",
    "Halloran",
    "Hargrove",
    "Hashimoto",
    "Haverford",
    "Hedlund",
    "Hirano",
    "Holloway",
    "Ibarra",
    "Inoue",
    "Iversen",
    "Jansson",
    "Jardine",
    "Kamara",
    "Kapoor",
    "Kaur",
    "Keating",
    "Kessler",
    "Kimura",
    "Kovac",
    "Lacroix",
    "Langley",
    "Larkspur",
    "Leclair",
    "Lockhart",
    "Lomax",
    "Machado",
    "Madaki",
    "Malhotra",
    "Marchetti",
    "Marlowe",
    "Mbeki",
    "Mendiola",
    "Mercado",
    "Montrose",
    "Moriyama",
    "Mwangi",
    "Nakagawa",
    "Navarrete",
    "Nilsen",
    "Novak",
    "Nwosu",
    "Oakes",
    "Obregon",
    "Odell",
    "Okonjo",
    "Oliveira",
    "Osei",
    "Ostrander",
    "Palomar",
    "Pascual",
    "Pemberton",
    "Petrakis",
    "Pinheiro",
    "Prescott",
    "Quimby",
    "Quintero",
    "Radcliffe",
    "Rahimi",
    "Rask",
    "Ravenel",
    "Redfern",
    "Renner",
    "Rivas",
    "Rosales",
    "Rutherford",
    "Sahin",
    "Salcedo",
    "Sandoval",
    "Sato",
    "Sedgwick",
    "Serrano",
    "Shirazi",
    "Sinclair",
    "Solberg",
    "Sorensen",
    "Stavros",
    "Sundaram",
    "Tanaka",
    "Tavares",
    "Thackeray",
    "Thorne",
    "Tidwell",
    "Toledano",
    "Trevino",
    "Underhill",
    "Urbina",
    "Valdivia",
    "Vance",
    "Varga",
    "Vasquez",
    "Verma",
    "Villanueva",
    "Voss",
    "Wadsworth",
    "Wakefield",
    "Walcott",
    "Weatherby",
    "Westergaard",
    "Whitlock",
    "Winslow",
    "Wolfram",
    "Yamada",
    "Yilmaz",
    "Yoder",
    "Zamora",
    "Zapata",
    "Zielinski",
    "Zuniga",
];
const STREETS: &[&str] = &[
    "Tanbark Hollow Road",
    "Kestrel Bend Lane",
    "Quillfeather Street",
    "Saltgrass Avenue",
    "Lanternfish Way",
    "Bramblewick Court",
    "Foxglove Terrace",
    "Millrace Drive",
    "Copperleaf Street",
    "Windrow Avenue",
    "Juniper Gap Road",
    "Harbor Thistle Lane",
    "Oldwell Street",
    "Pebblebrook Drive",
    "Sunmeadow Court",
    "Larkmoor Avenue",
    "Driftwood Gate Road",
    "Cinderpath Lane",
    "Marigold Rise Street",
    "Owlswick Drive",
    "Redstart Avenue",
    "Tidepool Terrace",
    "Bluestem Road",
    "Chaparral Notch Lane",
    "Heronsgate Street",
    "Manzanita Fold Drive",
    "Silverbark Avenue",
    "Yarrow Field Road",
    "Gullwing Court",
];
const PLACES: &[(&str, &str, &str)] = &[
    ("Berkeley", "CA", "94704"),
    ("Oakland", "CA", "94612"),
    ("Fresno", "CA", "93721"),
    ("San Jose", "CA", "95112"),
    ("Sacramento", "CA", "95814"),
    ("Santa Cruz", "CA", "95060"),
    ("Chico", "CA", "95926"),
    ("Redding", "CA", "96001"),
    ("Eureka", "CA", "95501"),
    ("San Diego", "CA", "92101"),
    ("Long Beach", "CA", "90802"),
    ("Bakersfield", "CA", "93301"),
    ("Modesto", "CA", "95354"),
    ("Monterey", "CA", "93940"),
    ("Santa Rosa", "CA", "95401"),
    ("Ventura", "CA", "93001"),
    ("Truckee", "CA", "96161"),
    ("Bishop", "CA", "93514"),
    ("Davis", "CA", "95616"),
    ("Petaluma", "CA", "94952"),
    ("Reno", "NV", "89501"),
    ("Portland", "OR", "97205"),
    ("Seattle", "WA", "98101"),
];
/// Area codes of invented phones; 415 is left to the planted cases.
const AREAS: &[&str] = &[
    "209", "213", "279", "310", "323", "408", "424", "442", "510", "530", "559", "562", "619", "626", "628",
    "650", "657", "661", "669", "707", "714", "747", "760", "805", "818", "831", "858", "909", "916", "925",
    "949", "951", "206", "208", "253", "303", "312", "360", "385", "404", "425", "480", "503", "505", "512",
    "520", "541", "602", "617", "702", "720", "773", "775", "801", "907", "971",
];

/// An invented person.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub given: String,
    pub family: String,
    pub email: String,
    /// `(510) 555-0123`; empty when the invented numbers have run out.
    pub phone: String,
    pub street: String,
    pub city: &'static str,
    pub state: &'static str,
    pub zip: &'static str,
    pub born: String,
    /// The customer number.
    pub number: String,
}

impl Person {
    /// The nth invented person, always the same.
    pub fn nth(n: u64) -> Self {
        let (givens, families) = (GIVEN.len() as u64, FAMILY.len() as u64);
        // Each given name meets each surname once before any pair comes again.
        let place = n / givens + n % givens * 7;
        let round = n / (givens * families);
        let given = nth(GIVEN, n);
        let family = match round {
            0 => nth(FAMILY, place).to_owned(),
            _ => format!("{}-{}", nth(FAMILY, place), nth(FAMILY, place + round)),
        };
        let areas = AREAS.len() as u64;
        let phone = if n < areas * 100 {
            format!("({}) 555-01{:02}", nth(AREAS, n), n / areas)
        } else {
            String::new()
        };
        let place = usize::try_from(n % (PLACES.len() as u64)).unwrap_or_default();
        let (city, state, zip) = PLACES.get(place).copied().unwrap_or(("Berkeley", "CA", "94704"));
        let domain = nth(&["example.com", "example.org", "example.net"], n);
        let born = NaiveDate::from_ymd_opt(1946, 1, 1)
            .and_then(|it| it.checked_add_days(Days::new(n * 37 % 21_900)));
        Self {
            email: format!("{}.{}{n}@{domain}", given.to_lowercase(), family.to_lowercase()),
            given: given.to_owned(),
            family,
            phone,
            street: format!("{} {}", 100 + n / (STREETS.len() as u64), nth(STREETS, n)),
            city,
            state,
            zip,
            born: born.map(|it| it.to_string()).unwrap_or_default(),
            number: format!("AF-{:06}", 100_000 + n),
        }
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// The ten digits of a phone.
pub(super) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn invented_people_share_nothing_that_names_them() {
        let people: Vec<Person> = (0..18_000).map(Person::nth).collect();
        let distinct = |what: fn(&Person) -> String| people.iter().map(what).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|it| it.name().to_lowercase()), people.len(), "full names");
        assert_eq!(distinct(|it| it.email.clone()), people.len(), "email addresses");
        assert_eq!(distinct(|it| format!("{} {}", it.street, it.zip)), people.len(), "street addresses");
        let phones: BTreeSet<_> =
            people.iter().map(|it| it.phone.clone()).filter(|it| !it.is_empty()).collect();
        assert_eq!(phones.len() as u64, AREAS.len() as u64 * 100, "each number of the invented range once");
    }
}
