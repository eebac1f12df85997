//! Street addresses: a street with its number and a postal code, in one form.

use crate::normal::text::ascii;

/// An address that can be compared: it has a street with a number, and a postal code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    street: Street,
    pub postal: String,
    /// The most telling word of the street, as it was written.
    pub telling: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Street {
    number: String,
    name: Vec<String>,
    kind: Option<&'static str>,
}

const KINDS: [(&str, &str); 38] = [
    ("street", "st"),
    ("str", "st"),
    ("st", "st"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("ave", "ave"),
    ("road", "rd"),
    ("rd", "rd"),
    ("boulevard", "blvd"),
    ("blvd", "blvd"),
    ("drive", "dr"),
    ("dr", "dr"),
    ("lane", "ln"),
    ("ln", "ln"),
    ("court", "ct"),
    ("ct", "ct"),
    ("place", "pl"),
    ("pl", "pl"),
    ("square", "sq"),
    ("sq", "sq"),
    ("terrace", "ter"),
    ("ter", "ter"),
    ("parkway", "pkwy"),
    ("pkwy", "pkwy"),
    ("highway", "hwy"),
    ("hwy", "hwy"),
    ("circle", "cir"),
    ("cir", "cir"),
    ("trail", "trl"),
    ("trl", "trl"),
    ("way", "way"),
    ("wy", "way"),
    ("alley", "aly"),
    ("aly", "aly"),
    ("loop", "loop"),
    ("plaza", "plz"),
    ("plz", "plz"),
    ("crescent", "cres"),
];
const WORDS: [(&str, &str); 22] = [
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("southeast", "se"),
    ("southwest", "sw"),
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("seventh", "7th"),
    ("eighth", "8th"),
    ("ninth", "9th"),
    ("tenth", "10th"),
    ("saint", "st"),
    ("mount", "mt"),
    ("fort", "ft"),
    ("mc", "mac"),
];
const UNITS: [&str; 14] = [
    "apt",
    "apartment",
    "unit",
    "suite",
    "ste",
    "floor",
    "fl",
    "room",
    "rm",
    "bldg",
    "building",
    "no",
    "lot",
    "box",
];

impl Place {
    /// `None` when the street has no number or the postal code is missing.
    pub fn read(street: &str, postal: &str) -> Option<Self> {
        let postal = postal_key(postal)?;
        let telling = telling(street)?;
        let street = street.lines().find_map(Street::read).or_else(|| Street::read(street))?;
        Some(Self { street, postal, telling })
    }

    pub fn number(&self) -> &str {
        &self.street.number
    }

    pub fn agrees(&self, street: &str, postal: &str) -> bool {
        postal_key(postal).as_deref() == Some(self.postal.as_str())
            && (street.lines().filter_map(Street::read).any(|other| self.street.same(&other))
                || Street::read(street).is_some_and(|other| self.street.same(&other)))
    }

    /// Whether the whole address stands in a text: number, then street, later the postal code.
    pub fn stands_in(&self, text: &str) -> bool {
        let words = words(text);
        words.iter().enumerate().any(|(at, word)| {
            *word == self.street.number && {
                let rest: Vec<&String> = words.iter().skip(at + 1).collect();
                let wanted = self.street.name.len();
                let named =
                    rest.iter().take(wanted).map(|word| folded(word)).eq(self.street.name.iter().cloned());
                named
                    && rest.iter().skip(wanted).take(14).any(|word| {
                        **word == self.postal || postal_key(word).as_deref() == Some(self.postal.as_str())
                    })
            }
        })
    }
}

impl Street {
    fn read(text: &str) -> Option<Self> {
        let words = words(text);
        let at = words.iter().position(|word| word.bytes().any(|byte| byte.is_ascii_digit()))?;
        // `Hauptstr. 12` has its number behind, `12 Oak St` in front.
        let number = words.get(at)?.clone();
        let mut rest: Vec<&String> =
            if at == 0 { words.iter().skip(1).collect() } else { words.iter().take(at).collect() };
        if let Some(unit) = rest.iter().position(|word| UNITS.contains(&word.as_str())) {
            rest.truncate(unit);
        }
        let mut kind = None;
        if rest.len() > 1
            && let Some(at) = rest.iter().rposition(|word| kind_of(word).is_some())
            && at > 0
        {
            kind = rest.get(at).and_then(|word| kind_of(word));
            rest.remove(at);
        }
        let name: Vec<String> = rest.iter().map(|word| folded(word)).collect();
        (!name.is_empty()).then_some(Self { number, name, kind })
    }

    fn same(&self, other: &Self) -> bool {
        let kinds = match (self.kind, other.kind) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        self.number == other.number && kinds && self.name == other.name
    }
}

fn kind_of(word: &str) -> Option<&'static str> {
    KINDS.iter().find(|(long, _)| *long == word).map(|(_, short)| *short)
}

fn folded(word: &str) -> String {
    WORDS
        .iter()
        .find(|(long, _)| *long == word)
        .map_or_else(|| word.to_owned(), |(_, short)| (*short).to_owned())
}

fn words(text: &str) -> Vec<String> {
    ascii(text)
        .replace('#', " unit ")
        .replace(['.', '\''], "")
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn telling(street: &str) -> Option<String> {
    street
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_alphabetic))
        .filter(|word| {
            let plain = ascii(word);
            kind_of(&plain).is_none() && !UNITS.contains(&plain.as_str()) && folded(&plain) == plain
        })
        .max_by_key(|word| word.chars().count())
        .or_else(|| street.split_whitespace().nth(1))
        .map(str::to_owned)
}

/// Five digits of a US code, letters and digits of any other.
pub fn postal_key(text: &str) -> Option<String> {
    let whole: String = ascii(text).chars().filter(char::is_ascii_alphanumeric).collect();
    if whole.len() == 9 && whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return whole.get(..5).map(str::to_owned);
    }
    (whole.len() >= 3 && whole.bytes().any(|byte| byte.is_ascii_digit())).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_in_its_spellings() {
        let home = Place::read("12 North Oak Street, Apt 4", "94704").unwrap();
        for (street, postal, same) in [
            ("12 N. Oak St", "94704-1234", true),
            ("12 north oak st #4", "94704", true),
            ("Attn: Ana\n12 N Oak St", "94704", true),
            ("12 N Oak", "94704", true),
            ("12 N Oak Ave", "94704", false),
            ("14 N Oak St", "94704", false),
            ("12 N Oak St", "94705", false),
            ("", "94704", false),
        ] {
            assert_eq!(home.agrees(street, postal), same, "{street} {postal}");
        }
        assert!(home.stands_in("lives at 12 N. Oak St, Berkeley, CA 94704 now"));
        assert!(!home.stands_in("12 North Oak Street"), "the postal code is missing");
        assert_eq!(Place::read("Oak Street", "94704"), None);
        assert_eq!(Place::read("12 Oak Street", ""), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(street in ".*", postal in ".*") {
            if let Some(place) = Place::read(&street, &postal) {
                place.agrees(&street, &postal);
                place.stands_in(&street);
            }
        }
    }
}
