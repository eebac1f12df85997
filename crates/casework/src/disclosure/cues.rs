//! The words that say what stands beside them, English and Spanish, found as whole words in one pass.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::kind::Kind;

/// What a phrase says about what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// This kind follows.
    Is(Kind),
    /// This kind follows when the phrase touches it; further away it means nothing.
    Touching(Kind),
    /// This kind follows where a health plan or a hospital is spoken of.
    Health(Kind),
    /// An account follows: a bank's where a bank is spoken of.
    Account,
    /// A bank is spoken of.
    Bank,
    /// A health plan or a hospital is spoken of.
    Care,
    /// An answer follows: a secret one after a security question.
    Answer,
    /// Something harmless follows: an order, a phone, a parcel.
    Friend,
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    pub start: usize,
    pub end: usize,
    pub says: Says,
}

use Says::{Account, Answer, Bank, Care, Friend, Health, Is, Touching};

/// Phrases in lower case, words apart; a phrase in capitals is meant in capitals.
const PHRASES: &[(Says, &str)] = &[
    (
        Is(Kind::SocialSecurity),
        "ssn|ssns|social security|social sec|soc sec|social number|seguro social|numero de seguro|NSS|SS#|SSNO",
    ),
    (Touching(Kind::SocialSecurity), "social|my social|your social"),
    (
        Is(Kind::TaxId),
        "itin|fein|EIN|TIN|NIF|RFC|tax id|tax identification|tax number|taxpayer|taxpayer id|taxpayer identification|employer identification|federal tax|identificacion fiscal|numero fiscal|clave fiscal",
    ),
    (
        Is(Kind::DriversLicense),
        "driver s license|drivers license|driver license|driving license|driver s licence|drivers licence|driver licence|driving licence|driver s lic|drivers lic|driver lic|driver id|dln|DL|D.L|CDL|license number|licence number|license no|licencia de conducir|licencia de manejar|licencia de conductor|state id|identification card|id card|dmv id",
    ),
    (Touching(Kind::DriversLicense), "license|licence|licencia|dl|lic"),
    (Is(Kind::Passport), "passport|passports|pasaporte|pasaportes|passport card|passport book"),
    (
        Is(Kind::GovernmentId),
        "government id|govt id|government issued id|national id|national identity|national identification|national insurance|NINO|alien registration|alien number|alien id|a-number|A#|uscis|green card|permanent resident|visa number|military id|dod id|edipi|voter id|voter registration|tribal id|known traveler|global entry|social insurance|SIN|curp|cedula|clave de elector|credencial de elector|matricula consular|DNI|NIE|INE|residence permit|identificacion oficial|identity card|identity document",
    ),
    (
        Is(Kind::PaymentCard),
        "card number|card no|card|credit card|debit card|visa|mastercard|master card|amex|american express|discover|diners|unionpay|cc|ccn|cc number|PAN|tarjeta|tarjeta de credito|tarjeta de debito|numero de tarjeta",
    ),
    (
        Touching(Kind::CardCode),
        "cvv|cvv2|cvc|cvc2|CID|csc|security code|card verification|card security code|codigo de seguridad|pin|pin number|pin code|codigo pin|nip",
    ),
    (
        Is(Kind::BankAccount),
        "bank account|bank acct|checking account|checking acct|checking|savings account|savings acct|savings|deposit account|money market account|brokerage account|investment account|retirement account|loan account|loan number|mortgage account|mortgage number|credit account|financial account|cuenta bancaria|cuenta de banco|cuenta de cheques|cuenta de ahorros|cuenta corriente|clabe|sort code",
    ),
    (
        Account,
        "account|account number|account no|acct|acct number|acct no|cuenta|numero de cuenta|account num",
    ),
    (
        Bank,
        "bank|banco|ach|wire|wire transfer|direct deposit|deposit|swift|bic|iban|payroll|autopay|refund to",
    ),
    (
        Is(Kind::Routing),
        "routing|routing number|routing no|aba|aba number|rtn|transit number|routing transit|numero de ruta",
    ),
    (
        Is(Kind::HealthInsurance),
        "health insurance|insurance member|insurance id|insurance number|insurance card|medicare|medicaid|medi cal|MBI|HICN|medical insurance|health plan|health plan id|medical id|seguro medico|seguro de salud|numero de afiliado",
    ),
    (
        Health(Kind::HealthInsurance),
        "member id|member number|member no|subscriber|subscriber id|subscriber number|policy number|policy no|policy id|policy|group number|plan id|beneficiary id|insurance policy|numero de poliza|poliza|numero de miembro|id de miembro",
    ),
    (
        Is(Kind::MedicalRecord),
        "mrn|medical record|medical record number|patient id|patient number|patient account|patient no|chart number|health record|historia clinica|expediente medico|expediente clinico|numero de expediente medico",
    ),
    (
        Care,
        "health|medical|aetna|cigna|kaiser|anthem|humana|blue cross|blue shield|bluecross|unitedhealthcare|copay|coverage|hmo|ppo|epo|doctor|physician|hospital|clinic|patient|pharmacy|prescription|salud|hospital|medico|dental|vision plan",
    ),
    (
        Is(Kind::Password),
        "password|passwords|passwd|pwd|passcode|passphrase|pass phrase|contrasena|contrasenas|clave|clave de acceso|palabra clave|temp password|login password",
    ),
    (
        Is(Kind::SecurityQuestion),
        "security question|security questions|secret question|challenge question|security answer|secret answer|challenge answer|pregunta de seguridad|pregunta secreta|respuesta de seguridad|respuesta secreta",
    ),
    (Answer, "answer|answer is|my answer|respuesta|ans"),
    (
        Is(Kind::Biometric),
        "biometric|biometrics|fingerprint|fingerprints|faceprint|voiceprint|iris|retina|retinal|face template|face embedding|facial template|huella dactilar|huella digital|palm print|palmprint|minutiae|hand geometry",
    ),
    (
        Friend,
        "order|order number|order no|order id|orders|purchase order|PO|invoice|invoice number|tracking|tracking number|tracking no|ticket|ticket number|case|case number|case no|case id|confirmation|confirmation number|reservation|booking|serial|serial number|model|sku|part|part number|part no|item|item number|imei|reference|reference number|ref|ref no|shipment|parcel|ups|fedex|usps|dhl|batch|lot|phone|telephone|tel|fax|mobile|cell|call|zip|zip code|postal code|ext|extension|loyalty|loyalty number|rewards|customer number|customer id|transaction|transaction id|product|warranty|rma|quote|software license|product license|software license number|product license number|license key|pedido|factura|numero de pedido|numero de seguimiento|rastreo|telefono|caso|codigo postal|coupon|promo|campaign member|version|build|isbn|upc|ean|asset|asset tag|vin|record id|salesforce id|delivery|policy of|privacy policy|return policy|gift receipt",
    ),
];

struct Phrase {
    says: Says,
    words: Vec<&'static str>,
}

/// The first words, and for each the phrases that begin with it, the longest first.
struct Book {
    automaton: Option<AhoCorasick>,
    phrases: Vec<Vec<Phrase>>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let mut firsts: Vec<String> = Vec::new();
    let mut phrases: Vec<Vec<Phrase>> = Vec::new();
    for (says, list) in PHRASES {
        for phrase in list.split('|') {
            let words: Vec<&'static str> = phrase.split(' ').collect();
            let first = words.first().copied().unwrap_or_default().to_ascii_lowercase();
            let place = firsts.iter().position(|it| *it == first).unwrap_or_else(|| {
                firsts.push(first);
                phrases.push(Vec::new());
                firsts.len() - 1
            });
            if let Some(same) = phrases.get_mut(place) {
                same.push(Phrase { says: *says, words });
            }
        }
    }
    for same in &mut phrases {
        same.sort_by_key(|it| std::cmp::Reverse(it.words.iter().map(|word| word.len() + 1).sum::<usize>()));
    }
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(&firsts)
        .ok();
    Book { automaton, phrases }
});

/// Every phrase of a text in order, none inside another.
pub(super) fn find(bytes: &[u8]) -> Vec<Cue> {
    let mut cues = Vec::new();
    let Some(automaton) = &BOOK.automaton else { return cues };
    let mut from = 0;
    for hit in automaton.find_iter(bytes) {
        let (start, end) = (hit.start(), hit.end());
        if start < from || !boundary(bytes, start) {
            continue;
        }
        let phrases = BOOK.phrases.get(hit.pattern().as_usize()).map(Vec::as_slice).unwrap_or_default();
        if let Some((phrase, end)) = phrases.iter().find_map(|it| Some((it, reaches(bytes, start, end, it)?)))
        {
            cues.push(Cue { start, end, says: phrase.says });
            from = end;
        }
    }
    cues
}

/// Where the phrase ends, when all its words stand there whole.
fn reaches(bytes: &[u8], start: usize, first_end: usize, phrase: &Phrase) -> Option<usize> {
    let mut place = start;
    for (n, word) in phrase.words.iter().enumerate() {
        if n > 0 {
            place += bytes
                .get(place..)?
                .iter()
                .take(3)
                .take_while(|byte| {
                    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'_' | b'-' | b'.' | b'\'' | b'`')
                })
                .count();
        }
        let stands = bytes.get(place..place + word.len())?;
        let capitals = word.bytes().any(|byte| byte.is_ascii_uppercase());
        let same =
            if capitals { stands == word.as_bytes() } else { stands.eq_ignore_ascii_case(word.as_bytes()) };
        let touches_before = n > 0 && place == first_end && !boundary(bytes, place);
        place += word.len();
        let whole =
            !word.bytes().next_back().is_some_and(|it| it.is_ascii_alphanumeric()) || boundary(bytes, place);
        if !same || !whole || touches_before {
            return None;
        }
    }
    Some(place)
}

/// Whether a word may begin or end here: nothing that continues it stands on both sides. `licenseNumber` is two words.
fn boundary(bytes: &[u8], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|it| bytes.get(it)).copied().unwrap_or(b' ');
    let after = bytes.get(place).copied().unwrap_or(b' ');
    !before.is_ascii_alphanumeric()
        || !after.is_ascii_alphanumeric()
        || (before.is_ascii_lowercase() && after.is_ascii_uppercase())
        || (before.is_ascii_alphabetic() && after.is_ascii_digit())
}

/// Words that may stand between a phrase and its value; sorted.
const FILLERS: &[&str] = &[
    "a",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "c",
    "ca",
    "california",
    "card",
    "code",
    "con",
    "current",
    "de",
    "del",
    "dmv",
    "el",
    "en",
    "es",
    "for",
    "from",
    "gave",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "i",
    "id",
    "identification",
    "identifier",
    "ids",
    "in",
    "is",
    "issued",
    "it",
    "its",
    "la",
    "las",
    "los",
    "me",
    "mi",
    "my",
    "n",
    "nbr",
    "new",
    "no",
    "nr",
    "num",
    "number",
    "numbers",
    "numero",
    "of",
    "old",
    "on",
    "or",
    "our",
    "para",
    "personal",
    "please",
    "reads",
    "s",
    "said",
    "says",
    "she",
    "state",
    "su",
    "that",
    "the",
    "their",
    "they",
    "this",
    "tiene",
    "to",
    "u",
    "us",
    "usa",
    "use",
    "valid",
    "value",
    "was",
    "we",
    "with",
    "would",
    "y",
    "your",
];

/// The fifty states and the District, by name and by letters, as words; sorted.
const STATES: &[&str] = &[
    "ak",
    "al",
    "alabama",
    "alaska",
    "ar",
    "arizona",
    "arkansas",
    "az",
    "carolina",
    "co",
    "colorado",
    "columbia",
    "connecticut",
    "ct",
    "dakota",
    "dc",
    "de",
    "delaware",
    "district",
    "fl",
    "florida",
    "ga",
    "georgia",
    "hampshire",
    "hawaii",
    "hi",
    "ia",
    "idaho",
    "il",
    "illinois",
    "indiana",
    "iowa",
    "island",
    "jersey",
    "kansas",
    "kentucky",
    "ks",
    "ky",
    "louisiana",
    "ma",
    "maine",
    "maryland",
    "massachusetts",
    "md",
    "mexico",
    "mi",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "mn",
    "mo",
    "montana",
    "ms",
    "mt",
    "nc",
    "nd",
    "ne",
    "nebraska",
    "nevada",
    "new",
    "nh",
    "nj",
    "nm",
    "north",
    "nv",
    "ny",
    "oh",
    "ohio",
    "ok",
    "oklahoma",
    "oregon",
    "pa",
    "pennsylvania",
    "rhode",
    "ri",
    "sc",
    "sd",
    "south",
    "tennessee",
    "texas",
    "tn",
    "tx",
    "ut",
    "utah",
    "va",
    "vermont",
    "virginia",
    "vt",
    "wa",
    "washington",
    "west",
    "wi",
    "wisconsin",
    "wv",
    "wy",
    "wyoming",
    "york",
];

/// Whether nothing but small words and marks stands from the end of a phrase to the beginning of its value.
pub(super) fn touching(bytes: &[u8], from: usize, to: usize) -> bool {
    const LONGEST: usize = 60;
    let Some(between) =
        bytes.get(from..to).filter(|it| it.len() <= LONGEST && !it.contains(&super::fold::BREAK))
    else {
        return false;
    };
    // A full stop ends the sentence, but for that of "No." and "Num.".
    let stops = between.windows(2).enumerate().any(|(at, pair)| {
        let before =
            bytes.get((from + at).saturating_sub(4)..from + at).unwrap_or_default().to_ascii_lowercase();
        let shortened =
            [b"no".as_slice(), b"num", b"nr", b" n", b"d.l"].iter().any(|it| before.ends_with(it));
        matches!(pair, [b'.' | b'!' | b';', b' ' | b'\n']) && !shortened
    });
    let small = |word: &[u8]| {
        word.is_empty()
            || std::str::from_utf8(word).is_ok_and(|word| {
                let word = word.to_ascii_lowercase();
                FILLERS.binary_search(&word.as_str()).is_ok() || STATES.binary_search(&word.as_str()).is_ok()
            })
    };
    !stops && between.split(|byte| !byte.is_ascii_alphanumeric()).all(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_the_automaton_stands() {
        assert!(FILLERS.is_sorted() && STATES.is_sorted());
        assert!(BOOK.automaton.is_some());
    }

    #[test]
    fn phrases_are_whole_words_in_any_joining() {
        let says = |text: &str| find(text.as_bytes()).into_iter().map(|it| it.says).collect::<Vec<_>>();
        for text in [
            "social security",
            "Social_Security",
            "socialSecurityNumber",
            "SOCIAL\nSECURITY",
            "SSN",
            "ssn:",
            "SSN219",
        ] {
            assert_eq!(says(text).first(), Some(&Is(Kind::SocialSecurity)), "{text}");
        }
        assert_eq!(says("mission lessons cancel public licensee"), []);
        assert_eq!(says("driver's license"), [Is(Kind::DriversLicense)]);
        assert_eq!(says("my ein Hund"), [], "EIN is meant in capitals");
        assert_eq!(says("software license number"), [Friend]);
    }

    #[test]
    fn small_words_keep_a_phrase_at_its_value() {
        let small = |between: &str| touching(between.as_bytes(), 0, between.len());
        assert!(small(" number in California is: ") && small(" No. ") && small("\n"));
        assert!(!small(" was lost. The order ") && !small(" renewal for ") && !small(". "));
    }
}
