//! The wording of the letters: what the law asks for is there, in both languages, and nothing else gets in.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken wording should stop the test")]

use std::collections::BTreeMap;

use papers::Error;
use papers::letter::{
    Kind, Language, Letter, Part, Required, Wording, blanks, day, missing, parts, phrase, phrase_of, render,
};

/// What each letter must hold: required blanks by name, required sentences by their English words. From the law, not from
/// the files: D1 to D9 of §§ 7020–7063 and Civ. §§ 1798.105–.145.
const REQUIRED: [(Kind, &[&str], &[&str]); 10] = [
    (
        Kind::Receipt,
        &["received_on", "request", "answer_by", "identity_points"],
        &["we received your request", "What happens now", "How we confirm who you are"],
    ),
    (
        Kind::Identity,
        &[
            "received_on",
            "request",
            "level",
            "points",
            "how",
            "reply_by",
            "answer_by",
            "declaration",
            "agent",
            "parent",
        ],
        &[
            "so that nobody else can see",
            "only to confirm who you are, for security and to prevent fraud, and we delete it as soon as practical",
            "You pay nothing for this, and you do not need a notary.",
            "under penalty of perjury under the laws of the State of California that I am the consumer whose personal information is the subject of this request",
            "permission that you signed",
            "power of attorney",
            "parent or guardian",
            "does not stop the time we have to answer",
            "If we cannot confirm who you are",
        ],
    ),
    (
        Kind::Extension,
        &["received_on", "request", "first_answer_by", "answer_by", "because", "partial_results"],
        &["we are taking more time", "Why we need more time"],
    ),
    (
        Kind::KnowCategories,
        &[
            "period",
            "categories",
            "sources",
            "purposes",
            "third_parties",
            "sold_or_shared",
            "disclosed",
            "nothing_sold",
        ],
        &[
            "service providers and contractors hold for us",
            "List A: what we sold or shared",
            "We did not sell or share your personal information in this period.",
            "List B: what we disclosed for a business purpose",
        ],
    ),
    (
        Kind::KnowSpecific,
        &[
            "period",
            "records",
            "files",
            "withheld",
            "not_exported",
            "unsearched",
            "inferences",
            "how_delivered",
            "package_hash",
            "password",
        ],
        &["What we hold but may not show", "your-data.pdf", "SHA-256", "ask us to correct it"],
    ),
    (
        Kind::Deletion,
        &["done", "completed_on", "systems", "recipients", "kept", "partial", "bin", "sells", "opt_out_how"],
        &[
            "We keep a record of your request",
            "at least 24 months",
            "only for the reason named",
            "Backup copies",
            "scrambled form",
        ],
    ),
    (
        Kind::Denial,
        &[
            "denied",
            "because",
            "kept",
            "done",
            "unverified",
            "policy",
            "unfounded",
            "fee",
            "correction",
            "health",
            "sells",
            "opt_out_how",
            "appeal",
        ],
        &[
            "We could not confirm who made the request",
            "only for the reason named",
            "up to 250 words",
            "ask us to delete",
            "California Privacy Protection Agency",
            "California Attorney General",
        ],
    ),
    (
        Kind::Correction,
        &["corrected", "recipients", "source", "not_corrected", "because", "health", "appeal"],
        &[
            "stays corrected",
            "copy of the information as it stands now",
            "whether ours equals yours",
            "up to 250 words",
            "ask us to delete",
        ],
    ),
    (
        Kind::OptOut,
        &["received_on", "limit", "stopped_on", "covers", "recipients", "confirm_how", "not_asked_before"],
        &["How you can check", "We will not ask you to change your mind before"],
    ),
    (
        Kind::ProviderInstruction,
        &[
            "contract",
            "role",
            "action",
            "identifiers",
            "systems",
            "exceptions",
            "effective_on",
            "act_by",
            "cascade",
        ],
        &[
            "Pass this instruction on",
            "done, and on which day",
            "impossible or would take disproportionate effort",
        ],
    ),
];
const COMMON: [&str; 7] =
    ["business", "business_address", "contact", "date", "recipient", "delivery", "reference"];

/// A value for every blank, flags as told.
fn filled(kind: Kind, flags: bool) -> BTreeMap<String, String> {
    blanks(kind)
        .unwrap()
        .into_iter()
        .filter(|it| !it.flag || flags || it.name == "consumer")
        .map(|it| (it.name.clone(), format!("‹{}›", it.name)))
        .collect()
}

fn letter(kind: Kind, language: Language, blanks: BTreeMap<String, String>) -> Letter {
    let made_at = "2026-11-21T10:15:00Z".parse().unwrap();
    Letter { wording: Wording::ours(kind, language).unwrap(), blanks, logo: None, made_at, practice: false }
}

fn text(letter: &Letter) -> String {
    parts(letter).unwrap().iter().flat_map(Part::texts).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_required_field_of_every_letter_is_in_the_wording() {
    for (kind, names, sentences) in REQUIRED {
        let known = blanks(kind).unwrap();
        for name in names.iter().chain(&COMMON) {
            assert!(known.iter().any(|it| it.name == *name), "{} has no blank {name}", kind.name());
        }
        // Both sides of each choice together hold everything that can be said.
        let all = [filled(kind, true), filled(kind, false)]
            .map(|blanks| text(&letter(kind, Language::English, blanks)))
            .join("\n");
        for sentence in sentences {
            assert!(all.contains(sentence), "{} does not say {sentence:?}", kind.name());
        }
        for name in COMMON.iter().filter(|it| known.iter().any(|blank| blank.name == **it)) {
            assert!(all.contains(&format!("‹{name}›")), "{}: {name} is never printed", kind.name());
        }
    }
}

#[test]
fn every_letter_renders_in_both_languages_and_always_with_the_same_bytes() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(kind));
        for language in Language::ALL {
            for flags in [true, false] {
                let letter = letter(kind, language, filled(kind, flags));
                let one = render(&letter).unwrap().bytes;
                assert!(one == render(&letter).unwrap().bytes, "{}: not the same bytes", kind.name());
                assert!(one.starts_with(b"%PDF-1.7"));
                let said = text(&letter);
                assert!(!said.contains("{{") && !said.contains("{%"), "{} shows its markup", kind.name());
                assert!(letter.wording.left_out.is_empty(), "{}: {:?}", kind.name(), letter.wording.left_out);
            }
        }
    }
}

#[test]
fn the_spanish_letters_are_spanish_and_say_as_much_as_the_english_ones() {
    const ENGLISH: [&str; 14] = [
        " the ", " you ", " your ", " we ", " and ", " of ", " is ", " to ", " not ", " which ", " with ",
        " our ", " from ", " this ",
    ];
    for kind in Kind::ALL {
        for flags in [true, false] {
            let [english, spanish] =
                Language::ALL.map(|it| parts(&letter(kind, it, filled(kind, flags))).unwrap());
            assert_eq!(english.len(), spanish.len(), "{}: not as many paragraphs", kind.name());
            for (one, other) in english.iter().zip(&spanish) {
                assert_eq!(
                    std::mem::discriminant(one),
                    std::mem::discriminant(other),
                    "{}: {one:?} stands beside {other:?}",
                    kind.name()
                );
                let places = |part: &Part| {
                    let mut found: Vec<String> = Vec::new();
                    for text in part.texts() {
                        found.extend(
                            text.split('‹')
                                .skip(1)
                                .filter_map(|it| it.split_once('›'))
                                .map(|it| it.0.to_owned()),
                        );
                    }
                    found.sort();
                    found
                };
                assert_eq!(places(one), places(other), "{}: not the same blanks in {one:?}", kind.name());
                for text in other.texts() {
                    let spaced = format!(" {} ", text.to_lowercase());
                    assert!(!ENGLISH.iter().any(|word| spaced.contains(word)), "English in {text:?}");
                }
            }
        }
    }
}

#[test]
fn a_required_blank_that_is_empty_refuses_the_letter_and_says_how_to_fill_it() {
    for kind in Kind::ALL {
        let all = filled(kind, true);
        for blank in blanks(kind).unwrap().iter().filter(|it| it.required == Required::Always) {
            let mut blanks = all.clone();
            blanks.insert(blank.name.clone(), " \n ".to_owned());
            match render(&letter(kind, Language::English, blanks)) {
                Err(Error::BlankMissing { blank: named, fill, .. }) => {
                    assert_eq!(named, blank.name);
                    assert!(fill.contains("habeas") || fill.contains("--set"), "{fill}");
                }
                other => panic!("{} without {} gave {other:?}", kind.name(), blank.name),
            }
        }
    }
    // A blank that hangs on another is required only beside it.
    let mut some = filled(Kind::Denial, false);
    some.remove("policy");
    assert_eq!(missing(Kind::Denial, &some).unwrap(), None);
    some.insert("specific".into(), "yes".into());
    assert_eq!(missing(Kind::Denial, &some).unwrap().unwrap().name, "policy");
    // Nothing sold must be said, never guessed.
    let mut some = filled(Kind::KnowCategories, false);
    some.remove("sold_or_shared");
    assert_eq!(missing(Kind::KnowCategories, &some).unwrap().unwrap().name, "sold_or_shared");
}

#[test]
fn an_edited_wording_may_not_name_unknown_blanks_nor_lose_required_ones() {
    let edited = |text: &str| Wording::edited(Kind::Receipt, Language::English, text);
    let ours = Wording::ours(Kind::Receipt, Language::English).unwrap();
    assert_eq!(ours.changes(), None);
    let unknown = edited(&format!("{}\n\nYour {{{{ shoe_size }}}}.\n", ours.text()));
    assert!(matches!(unknown, Err(Error::BlankUnknown { blank, .. }) if blank == "shoe_size"));
    let lost = edited(&ours.text().replace("{{ answer_by }}", "soon"));
    assert!(matches!(lost, Err(Error::BlankLeftOut { blank, .. }) if blank == "answer_by"));
    for broken in ["", "{% if verify %}", "{{ received_on", "{{ received_on|upper }}", "{% include 'x' %}"] {
        assert!(edited(broken).is_err(), "{broken:?}");
    }
    let kind = edited(&ours.text().replace("This letter confirms it", "We gladly confirm it")).unwrap();
    assert!(kind.left_out.is_empty());
    let changes = kind.changes().unwrap();
    assert!(changes.contains("\n-On {{") && changes.contains("\n+On {{") && changes.contains("We gladly"));
    let poorer = edited(&ours.text().replace("## How we confirm who you are", "## Checks")).unwrap();
    assert_eq!(poorer.left_out, ["how identity is checked, in general (§ 7021(a))"]);
}

#[test]
fn what_stands_in_a_blank_is_never_read_as_wording() {
    let mut blanks = filled(Kind::Receipt, false);
    blanks.insert("recipient".into(), "# Ana\u{202e} {{ reference }}\u{7} {% if x %}\n- Zoë".into());
    let parts = parts(&letter(Kind::Receipt, Language::English, blanks)).unwrap();
    let address = parts.iter().find(|it| it.texts().iter().any(|text| text.contains("Ana"))).unwrap();
    assert_eq!(*address, Part::Paragraph("# Ana {{ reference }} {% if x %}\n- Zoë\n‹delivery›".into()));
    assert_eq!(parts.iter().filter(|it| matches!(it, Part::Title(_))).count(), 1);
}

#[test]
fn days_and_phrases_are_there_in_both_languages() {
    let on = "2026-11-02".parse().unwrap();
    assert_eq!(day(Language::English, on), "November 2, 2026");
    assert_eq!(day(Language::Spanish, on), "2 de noviembre de 2026");
    assert_eq!(phrase_of(Language::English, "records", "found", &[("n", "1")]), "one record");
    assert_eq!(phrase_of(Language::Spanish, "records", "found", &[("n", "7")]), "7 registros");
    for letter in 'A'..='L' {
        for language in Language::ALL {
            assert!(
                phrase(language, "category", &letter.to_string()).contains(&format!("{letter})")),
                "{letter}"
            );
        }
    }
}
