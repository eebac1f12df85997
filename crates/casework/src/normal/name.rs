//! Names of people: case, accents, scripts, order, titles, nicknames, initials, compound surnames.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::normal::nicknames;
use crate::normal::text::ascii;

/// A full name, in words of lower-case ASCII, given name first. A surname or first name alone is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullName {
    words: Vec<String>,
    /// `jr`, `sr`, `2`, `3`, `4`
    generation: Option<&'static str>,
    /// Written in a script without letters for each sound; compared whole.
    ideographs: Option<String>,
    latin: bool,
}

/// How a name that was read stands to the name that is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Same,
    /// Too little to tell: a surname alone, an initial, a placeholder.
    Unclear,
    Another,
}

const TITLES: [&str; 32] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "madam",
    "mme",
    "herr",
    "frau",
    "sr",
    "sra",
    "srta",
    "rev",
    "hon",
    "capt",
    "lt",
    "sgt",
    "col",
    "phd",
    "md",
    "dds",
    "esq",
    "cpa",
    "rn",
    "jd",
    "mba",
    "dvm",
    "doctor",
];
const PARTICLES: [&str; 22] = [
    "de", "del", "della", "di", "da", "das", "do", "dos", "la", "le", "las", "los", "van", "von", "der",
    "den", "ter", "bin", "al", "el", "ibn", "y",
];
const PLACEHOLDERS: [&str; 14] = [
    "unknown",
    "na",
    "none",
    "null",
    "customer",
    "guest",
    "notprovided",
    "test",
    "noname",
    "anonymous",
    "contact",
    "tbd",
    "user",
    "household",
];

impl FullName {
    /// Reads a whole name. `None` for fewer than two words, unless the script writes names in one.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().count() > 120 || text.contains('@') {
            return None;
        }
        let (before, after) = text.split_once(',').unwrap_or((text, ""));
        let rest = words_of(after);
        let turned =
            !rest.is_empty() && !rest.iter().all(|word| generation(word).is_some() || is_title(word));
        let mut words = if turned { rest } else { Vec::new() };
        words.extend(words_of(before));
        if !turned {
            words.extend(words_of(after));
        }
        Self::of(words, text)
    }

    /// Reads a name whose parts stand apart.
    pub fn of_parts(given: &str, middle: &str, family: &str, suffix: &str) -> Option<Self> {
        if family.trim().is_empty() || given.trim().is_empty() {
            return Self::read(&format!("{given} {family}"));
        }
        let mut words = words_of(given);
        words.extend(words_of(middle));
        words.extend(words_of(family));
        words.extend(words_of(suffix));
        Self::of(words, &format!("{family}{given}"))
    }

    fn of(mut words: Vec<String>, original: &str) -> Option<Self> {
        let generation = words.iter().skip(2).find_map(|word| generation(word));
        let mut place = 0;
        let count = words.len();
        words.retain(|word| {
            place += 1;
            // `Sr` in front is a title, behind it tells the elder; a name may be `Lt`, so two words always stay.
            !(is_title(word) && (place == 1 || place == count)
                || place > 2 && self::generation(word).is_some())
        });
        let whole: String = original.chars().filter(|c| c.is_alphabetic()).collect();
        let ideographs = (whole.chars().count() >= 2 && whole.chars().all(is_ideograph)).then_some(whole);
        if words.len() < 2 && ideographs.is_none() {
            return None;
        }
        let longest = words.iter().map(String::len).max().unwrap_or_default();
        if longest < 2 || words.len() > 8 {
            return None;
        }
        let latin = original
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(|c| c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c));
        Some(Self { words, generation, ideographs, latin })
    }

    /// The first word: a given name or its initial.
    pub fn given(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// The last word: the surname, or the last part of it.
    pub fn family(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The words that may be the surname or a part of it, the last one first; particles are none.
    pub fn surnames(&self) -> Vec<String> {
        let rest = without_particles(self.words.get(1..).unwrap_or_default());
        rest.into_iter().rev().filter(|word| word.len() > 1).cloned().collect()
    }

    pub fn is_latin(&self) -> bool {
        self.latin
    }

    /// Whether both are one full name.
    pub fn same(&self, other: &Self) -> bool {
        if self.ideographs.is_some() && self.ideographs == other.ideographs {
            return true;
        }
        if matches!((self.generation, other.generation), (Some(mine), Some(theirs)) if mine != theirs) {
            return false;
        }
        let loose = self.latin != other.latin;
        let mut turned = other.words.clone();
        turned.rotate_right(1);
        let mut back = other.words.clone();
        back.rotate_left(1);
        [&other.words, &turned, &back].into_iter().any(|words| agree(&self.words, words, loose))
    }

    /// Under which it is kept among many names: two that are [`same`](Self::same) always meet, one by these keys and the other by
    /// its [`asked`](Self::asked).
    pub fn kept(&self) -> Vec<u64> {
        let rest = self.words.get(1..).unwrap_or_default();
        let mut keys: Vec<u64> = rest.iter().flat_map(|word| keys_of(word)).collect();
        if rest.len() > 1 {
            keys.extend(keys_of(&rest.concat()));
        }
        keys.extend(self.ideographs.as_deref().map(key_of));
        keys
    }

    /// The keys to look for among the [`kept`](Self::kept) of others, whatever the order of the words.
    pub fn asked(&self) -> Vec<u64> {
        let mut keys: Vec<u64> = self.words.iter().flat_map(|word| keys_of(word)).collect();
        if self.words.len() > 2 {
            let mut words = self.words.clone();
            words.rotate_right(1);
            for _ in 0..3 {
                keys.extend(keys_of(&words.get(1..).unwrap_or_default().concat()));
                words.rotate_left(1);
            }
        }
        keys.extend(self.ideographs.as_deref().map(key_of));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Whether the name stands in a text as a whole, in either order. Words inside other words do not count.
    pub fn stands_in(&self, words: &[Word]) -> bool {
        if let Some(whole) = &self.ideographs
            && words.iter().any(|word| word.original.contains(whole.as_str()))
        {
            return true;
        }
        let family = self.family();
        words.iter().enumerate().any(|(at, word)| {
            same_word(&word.plain, family, !self.latin || !word.original.is_ascii()) && {
                let before = words.get(at.saturating_sub(3)..at).unwrap_or_default();
                let after = words.get(at + 1..at + 3).unwrap_or_default();
                // Given name, at most two words between, surname; or surname, comma, given name.
                let joined = before.iter().rposition(|word| word.ends_here).map_or(0, |end| end + 1);
                let near = before.get(joined..).unwrap_or_default();
                near.iter().enumerate().any(|(place, given)| {
                    self.is_given(given) && near.iter().skip(place + 1).all(|between| between.capital)
                }) || (!word.ends_here
                    && after
                        .first()
                        .is_some_and(|given| self.is_given(given) && given.plain.len() > 1 && given.capital))
            }
        })
    }

    fn is_given(&self, word: &Word) -> bool {
        let given = self.given();
        if word.plain.len() == 1 {
            return word.capital && given.starts_with(word.plain.as_str());
        }
        given.len() > 1
            && (same_word(&word.plain, given, !self.latin || !word.original.is_ascii())
                || nicknames::akin(&word.plain, given))
    }
}

/// One word of a text, as it stands and in lower-case ASCII.
#[derive(Debug, Clone)]
pub struct Word {
    original: String,
    plain: String,
    capital: bool,
    /// A sentence or list item ends behind it.
    ends_here: bool,
}

/// The words of a text, for [`FullName::stands_in`].
pub fn words_in(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric()) {
        let from = rest.get(start..).unwrap_or_default();
        let end = from.find(|c: char| !(c.is_alphanumeric() || is_mark(c))).unwrap_or(from.len());
        let original = from.get(..end).unwrap_or_default();
        rest = from.get(end..).unwrap_or_default();
        let plain = plain_word(original);
        let initial = original.chars().count() == 1;
        let ends_here =
            rest.trim_start_matches([' ', '\t']).starts_with(['.', ';', '!', '?', '\n', ':', '|'])
                && !(initial && rest.starts_with('.'));
        let capital = original.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
        if !plain.is_empty() {
            words.push(Word { original: original.to_owned(), plain, capital, ends_here });
        }
    }
    words
}

/// How a name that was read stands to all names sought.
pub fn standing(read: &str, sought: &[FullName]) -> Standing {
    let words = words_of(read);
    let meaningful: Vec<&String> = words.iter().filter(|word| word.len() > 1 && !is_title(word)).collect();
    let squeezed = words.concat();
    if meaningful.is_empty()
        || read.contains('@')
        || PLACEHOLDERS.contains(&squeezed.as_str())
        || squeezed.bytes().all(|b| b.is_ascii_digit())
    {
        return Standing::Unclear;
    }
    match FullName::read(read) {
        Some(name) if sought.iter().any(|wanted| wanted.same(&name)) => Standing::Same,
        Some(_) => Standing::Another,
        None if sought.iter().any(|wanted| {
            words
                .iter()
                .all(|word| wanted.words.iter().any(|mine| mine == word || nicknames::akin(mine, word)))
        }) =>
        {
            Standing::Unclear
        }
        None => Standing::Another,
    }
}

fn agree(mine: &[String], theirs: &[String], loose: bool) -> bool {
    let (Some((my_given, my_rest)), Some((their_given, their_rest))) =
        (mine.split_first(), theirs.split_first())
    else {
        return false;
    };
    if !given_agrees(my_given, their_given, loose) {
        return false;
    }
    let (my_rest, their_rest) = (without_particles(my_rest), without_particles(their_rest));
    let (Some(my_last), Some(their_last)) = (my_rest.last(), their_rest.last()) else { return false };
    let has = |rest: &[&String], wanted: &str| {
        rest.iter().any(|word| word.len() > 1 && same_word(word, wanted, loose))
    };
    if my_last.len() < 2 || !(has(&their_rest, my_last) || has(&my_rest, their_last)) {
        // `Ana De la Cruz` and `Ana Delacruz`
        let joined = |words: &[String]| words.iter().skip(1).map(String::as_str).collect::<String>();
        return joined(mine).len() > 3 && same_word(&joined(mine), &joined(theirs), loose);
    }
    // Two different middle names are two different people; one that is missing tells nothing.
    let middle = |rest: &[&String], other: &str| -> Vec<String> {
        rest.iter().filter(|word| !same_word(word, other, loose)).map(|word| (*word).clone()).collect()
    };
    if !same_word(my_last, their_last, loose) {
        return true;
    }
    let (mine, theirs) = (middle(&my_rest, my_last), middle(&their_rest, my_last));
    mine.is_empty()
        || theirs.is_empty()
        || mine.iter().any(|a| theirs.iter().any(|b| given_agrees(a, b, loose)))
}

fn given_agrees(a: &str, b: &str, loose: bool) -> bool {
    same_word(a, b, loose)
        || ((a.len() == 1 || b.len() == 1) && a.chars().next() == b.chars().next())
        || nicknames::akin(a, b)
}

/// Equal, but for what spelling in another script or without umlauts changes.
fn same_word(a: &str, b: &str, loose: bool) -> bool {
    a == b || (!a.is_empty() && umlauts(a) == umlauts(b)) || (loose && sound(a) == sound(b))
}

/// Words that are the [`same_word`], strictly or loosely, have one of these in common.
fn keys_of(word: &str) -> [u64; 2] {
    [key_of(&umlauts(word)), key_of(&sound(word))]
}

fn key_of(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

fn umlauts(word: &str) -> Cow<'_, str> {
    rewritten(word, &[("ae", "a"), ("oe", "o"), ("ue", "u")])
}

/// Few words hold any of what is replaced, and a million names are looked at: only those that do are copied.
fn rewritten<'a>(word: &'a str, swaps: &[(&str, &str)]) -> Cow<'a, str> {
    swaps.iter().fold(Cow::Borrowed(word), |word, (from, to)| {
        if word.contains(from) { Cow::Owned(word.replace(from, to)) } else { word }
    })
}

/// A rough key under which spellings of one foreign word meet.
fn sound(word: &str) -> String {
    let word =
        rewritten(word, &[("kh", "h"), ("ks", "x"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("w", "v")]);
    let mut key = String::with_capacity(word.len());
    for letter in word.chars() {
        let letter = match letter {
            'y' | 'j' => 'i',
            'k' | 'q' => 'k',
            'c' => 'c',
            other => other,
        };
        if !key.ends_with(letter) {
            key.push(letter);
        }
    }
    rewritten(&key, &[("ii", "i"), ("ie", "e"), ("ei", "e")]).into_owned()
}

fn without_particles(words: &[String]) -> Vec<&String> {
    let kept: Vec<&String> = words.iter().filter(|word| !PARTICLES.contains(&word.as_str())).collect();
    if kept.is_empty() { words.iter().collect() } else { kept }
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || is_mark(c)))
        .map(plain_word)
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '`' | '\u{2b9}' | '\u{2bc}') || ('\u{300}'..='\u{36f}').contains(&c)
}

fn plain_word(word: &str) -> String {
    ascii(word).chars().filter(char::is_ascii_alphanumeric).collect()
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

fn generation(word: &str) -> Option<&'static str> {
    Some(match word {
        "jr" | "junior" => "jr",
        "sr" | "senior" => "sr",
        "ii" | "2nd" => "2",
        "iii" | "3rd" => "3",
        "iv" | "4th" => "4",
        _ => return None,
    })
}

fn is_ideograph(c: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&c)
        || ('\u{3400}'..='\u{9fff}').contains(&c)
        || ('\u{ac00}'..='\u{d7a3}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_its_spellings() {
        for (sought, read, same) in [
            ("Ana Reyes", "ANA REYES", true),
            ("Ana Reyes", "Reyes, Ana", true),
            ("Ana Reyes", "Reyes Ana", true),
            ("Ana Reyes", "Dr. Ana Reyes", true),
            ("Ana Reyes", "Ms. Ana M. Reyes", true),
            ("Ana Reyes", "A. Reyes", true),
            ("Ana Reyes", "Annie Reyes", true),
            ("Ana Reyes", "Ana Reyes-Ortega", true),
            ("Ana María Muñoz", "ana munoz", true),
            ("Jürgen Müller", "Juergen Mueller", true),
            ("Jürgen Müller", "Jurgen Muller", true),
            ("Olena Kovalenko", "Олена Коваленко", true),
            ("Dmitri Petrov", "Дмитрий Петров", true),
            ("Robert O'Brien", "Bob OBrien", true),
            ("Ludwig van Beethoven", "Ludwig Beethoven", true),
            ("Maria de la Cruz", "Maria Delacruz", true),
            ("山田太郎", "山田太郎", true),
            ("Ana Reyes", "Reyes", false),
            ("Ana Reyes", "Ana", false),
            ("Ana Reyes", "Ben Reyes", false),
            ("Ana Reyes", "Ana Whitfield", false),
            ("Ana Reyes", "Anatole Reyesman", false),
            ("John Smith Jr", "John Smith Sr", false),
            ("Ana B Reyes", "Ana C Reyes", false),
        ] {
            let sought_name = FullName::read(sought).unwrap();
            let read_name = FullName::read(read);
            let found = read_name.as_ref().is_some_and(|read| sought_name.same(read));
            assert_eq!(found, same, "{sought} / {read}");
            assert!(read_name.is_none_or(|read| meet_if_same(&sought_name, &read)), "{sought} / {read}");
        }
    }

    #[test]
    fn a_name_in_a_text_stands_there_whole() {
        let ana = FullName::read("Ana Reyes").unwrap();
        for (text, found) in [
            ("Spoke with Ana Reyes today", true),
            ("Spoke with Ana M. Reyes today", true),
            ("from: reyes, Ana (call)", true),
            ("A. Reyes called", true),
            ("Annie Reyes called", true),
            ("Reyes called about Ana", false),
            ("Havana Reyes", false),
            ("Ana Reyesman", false),
            ("a reyes family matter", false),
            ("Ask Ana. Reyes knows", false),
        ] {
            assert_eq!(ana.stands_in(&words_in(text)), found, "{text}");
        }
    }

    #[test]
    fn a_placeholder_is_nobody_elses_name() {
        let ana = [FullName::read("Ana Reyes").unwrap()];
        for (read, expected) in [
            ("Ana Reyes", Standing::Same),
            ("Reyes", Standing::Unclear),
            ("Ana", Standing::Unclear),
            ("Unknown", Standing::Unclear),
            ("ana@example.com", Standing::Unclear),
            ("[not provided]", Standing::Unclear),
            ("Ben Reyes", Standing::Another),
            ("Whitfield", Standing::Another),
        ] {
            assert_eq!(standing(read, &ana), expected, "{read}");
        }
    }

    /// What is the same must never be missed by the keys.
    fn meet_if_same(kept: &FullName, asked: &FullName) -> bool {
        let keys = kept.kept();
        !kept.same(asked) || asked.asked().iter().any(|key| keys.contains(key))
    }

    proptest::proptest! {
        #[test]
        fn names_that_are_the_same_meet_by_their_keys(
            a in "(Ana|Annie|A|Jürgen|Olena|Олена|de|Mr|Jr)( (María|M|de la|Müller|Mueller|Коваленко)){0,2} (Kovalenko|Muñoz|Munoz-Cruz|Muller|delacruz|la Cruz|van Tuer|Reyes)",
            b in "(Ana|Annie|A|Juergen|Olena|Reyes,|de)( (Maria|B|de la|Muller|Kovalenko)){0,2} (Коваленко|Munoz|Cruz|Müller|Delacruz|Ana|Tur|Reyes)",
        ) {
            if let (Some(a), Some(b)) = (FullName::read(&a), FullName::read(&b)) {
                proptest::prop_assert!(meet_if_same(&a, &b) && meet_if_same(&b, &a));
            }
        }

        #[test]
        fn no_text_makes_it_stumble(a in ".*", b in ".*") {
            let words = words_in(&a);
            if let (Some(a), Some(b)) = (FullName::read(&a), FullName::read(&b)) {
                proptest::prop_assert!(meet_if_same(&a, &b));
                b.stands_in(&words);
            }
            standing(&a, &[FullName::read("Ana Reyes").unwrap()]);
        }
    }
}
