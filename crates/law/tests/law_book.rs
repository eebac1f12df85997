//! `docs/law-book.md`: the book as a lawyer reads and signs it, written from the rule files.
//!
//! `HABEAS_WRITE_LAW_BOOK=1 cargo nextest run -p law --test law_book` writes it anew; a page that lags behind fails.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests; clippy excuses only the test functions themselves"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use law::Confidence;
use law::lookup::RuleView;
use serde_json::Value;

const PREFACE: &str = "# The law book

Every rule that the program follows when it says what must be done, by when, and towards whom. This page is written from the files in
`assets/law`, which are what the program runs on; it is not edited by hand. It is no legal advice. A licensed lawyer should read
it, against the linked sources, before anybody relies on it, and sign at the end.

How to read an entry: its id · the version, named by its first day · what selects the version · how well it was checked, on which
day, and by when it is to be read again. **Confirmed** means against the text of the law or word-for-word quotations of it;
**secondary** means in law firms' summaries and charts only; **memory** means not yet checked; **conflict** means that sources disagree.
";

/// What the codes of jurisdictions stand for.
const PLACES: &[(&str, &str)] = &[
    ("US", "United States, federal"),
    ("US-AK", "Alaska"),
    ("US-AL", "Alabama"),
    ("US-AR", "Arkansas"),
    ("US-AZ", "Arizona"),
    ("US-CA", "California"),
    ("US-CO", "Colorado"),
    ("US-CT", "Connecticut"),
    ("US-DC", "District of Columbia"),
    ("US-DE", "Delaware"),
    ("US-FL", "Florida"),
    ("US-GA", "Georgia"),
    ("US-GU", "Guam"),
    ("US-HI", "Hawaii"),
    ("US-IA", "Iowa"),
    ("US-ID", "Idaho"),
    ("US-IL", "Illinois"),
    ("US-IN", "Indiana"),
    ("US-KS", "Kansas"),
    ("US-KY", "Kentucky"),
    ("US-LA", "Louisiana"),
    ("US-MA", "Massachusetts"),
    ("US-MD", "Maryland"),
    ("US-ME", "Maine"),
    ("US-MI", "Michigan"),
    ("US-MN", "Minnesota"),
    ("US-MO", "Missouri"),
    ("US-MS", "Mississippi"),
    ("US-MT", "Montana"),
    ("US-NC", "North Carolina"),
    ("US-ND", "North Dakota"),
    ("US-NE", "Nebraska"),
    ("US-NH", "New Hampshire"),
    ("US-NJ", "New Jersey"),
    ("US-NM", "New Mexico"),
    ("US-NV", "Nevada"),
    ("US-NY", "New York"),
    ("US-OH", "Ohio"),
    ("US-OK", "Oklahoma"),
    ("US-OR", "Oregon"),
    ("US-PA", "Pennsylvania"),
    ("US-PR", "Puerto Rico"),
    ("US-RI", "Rhode Island"),
    ("US-SC", "South Carolina"),
    ("US-SD", "South Dakota"),
    ("US-TN", "Tennessee"),
    ("US-TX", "Texas"),
    ("US-UT", "Utah"),
    ("US-VA", "Virginia"),
    ("US-VI", "U.S. Virgin Islands"),
    ("US-VT", "Vermont"),
    ("US-WA", "Washington"),
    ("US-WI", "Wisconsin"),
    ("US-WV", "West Virginia"),
    ("US-WY", "Wyoming"),
    ("EU", "European Union"),
    ("GB", "United Kingdom"),
    ("CA", "Canada"),
];

fn place(code: &str) -> &str {
    PLACES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

fn page() -> String {
    let rules: Vec<RuleView> = law::book().expect("the book loads").rules().collect();
    let mut page = PREFACE.to_owned();
    summary(&mut page, &rules);
    unconfirmed(&mut page, &rules);
    let mut files: BTreeMap<(bool, String, String), Vec<&RuleView>> = BTreeMap::new();
    for rule in &rules {
        // California stands first: the program was made for it.
        let key = (rule.jurisdiction != "US-CA", rule.jurisdiction.clone(), rule.subject.clone());
        files.entry(key).or_default().push(rule);
    }
    let mut last = String::new();
    for ((_, jurisdiction, subject), rules) in &files {
        if *jurisdiction != last {
            let _ = write!(page, "\n## {}\n", place(jurisdiction));
            last.clone_from(jurisdiction);
        }
        let first = rules.first().expect("a file has rules");
        let _ = write!(page, "\n### {}: {}\n\n", place(jurisdiction), spoken(subject));
        let _ = writeln!(page, "`assets/law/{}`, SHA-256 `{}`", first.rule_file, first.rule_file_sha256);
        for rule in rules {
            entry(&mut page, rule);
        }
    }
    page.push_str(SIGNATURE);
    page
}

const SIGNATURE: &str = "
## Read and approved

By signing, the reader says to have read the entries of the jurisdictions named against their sources, in the versions and with the
file hashes printed above. What was found wrong is written beside the signature.

| Jurisdictions | Name, bar and number | Date | Remarks | Signature |
| --- | --- | --- | --- | --- |
|  |  |  |  |  |
|  |  |  |  |  |
";

fn summary(page: &mut String, rules: &[RuleView]) {
    let places: BTreeSet<&str> = rules.iter().map(|it| it.jurisdiction.as_str()).collect();
    let ids: BTreeSet<&str> = rules.iter().map(|it| it.header.id.as_str()).collect();
    let count = |of: Confidence| rules.iter().filter(|it| it.header.confidence == of).count();
    let soonest = rules.iter().map(|it| it.header.review_by).min().expect("there are rules");
    let _ = write!(
        page,
        "\n{} rules in {} versions from {} jurisdictions: {} confirmed, {} secondary, {} memory, {} conflict. The first is to be read \
         again by {soonest}.\n",
        ids.len(),
        rules.len(),
        places.len(),
        count(Confidence::Confirmed),
        count(Confidence::Secondary),
        count(Confidence::Memory),
        count(Confidence::Conflict),
    );
}

/// What must be looked at first: where sources disagree, then what was not checked, then what was checked at second hand.
fn unconfirmed(page: &mut String, rules: &[RuleView]) {
    page.push_str("\n## Not confirmed\n\nEvery paper that relies on one of these says so.\n");
    for (confidence, title) in [
        (Confidence::Conflict, "Sources disagree"),
        (Confidence::Memory, "Written from memory"),
        (Confidence::Secondary, "From secondary sources only"),
    ] {
        let these: Vec<&RuleView> = rules.iter().filter(|it| it.header.confidence == confidence).collect();
        if these.is_empty() {
            continue;
        }
        let _ = write!(
            page,
            "\n### {title}\n\n| rule | says | citation | read again by |\n| --- | --- | --- | --- |\n"
        );
        for it in these {
            let header = &it.header;
            let _ = writeln!(
                page,
                "| `{}` ({}) | {} | [{}]({}) | {} |",
                header.id,
                header.in_force_from,
                cell(&header.about),
                cell(&header.citation),
                header.source,
                header.review_by
            );
        }
    }
}

fn entry(page: &mut String, rule: &RuleView) {
    let header = &rule.header;
    let until = header.in_force_to.map_or_else(|| "onwards".to_owned(), |last| format!("to {last}"));
    let _ = write!(
        page,
        "\n**{}** · `{}`  \n{} {until} · by {} · **{}**, looked at {}, read again by {} · [{}]({})\n",
        header.about,
        header.id,
        header.in_force_from,
        word(&serde_json::to_value(header.select_by).expect("a word")),
        word(&serde_json::to_value(header.confidence).expect("a word")),
        header.verified_on,
        header.review_by,
        header.citation,
        header.source,
    );
    if let Some(note) = &header.note {
        let _ = write!(page, "\n> {note}\n");
    }
    if !rule.body.is_empty() {
        page.push('\n');
    }
    for (key, value) in &rule.body {
        if rule.table == "calendar" && key == "closed" {
            closed(page, value);
        } else {
            item(page, rule, key, value, 0);
        }
    }
}

/// A key of the body as a line of a list; what has parts gets a line for each.
fn item(page: &mut String, rule: &RuleView, key: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let label = label(key);
    let money = ["amount", "damages"].contains(&rule.table.as_str()) && ["min", "max", "cap"].contains(&key);
    match value {
        _ if money => {
            let _ = writeln!(page, "{indent}- {label}: ${}", number(value));
        }
        Value::Object(map) if phrase(map).is_none() && map.len() > 1 => {
            let _ = writeln!(page, "{indent}- {label}:");
            for (key, it) in map {
                item(page, rule, key, it, depth + 1);
            }
        }
        Value::Array(list)
            if list.iter().any(|it| it.is_object() || it.as_str().is_some_and(|it| it.len() > 40)) =>
        {
            let _ = writeln!(page, "{indent}- {label}:");
            for it in list {
                let _ = writeln!(page, "{indent}  - {}", in_words(it));
            }
        }
        _ if key.ends_with("year") => {
            let _ = writeln!(page, "{indent}- {label}: {value}");
        }
        _ => {
            let _ = writeln!(page, "{indent}- {label}: {}", in_words(value));
        }
    }
}

/// The name of a key for reading.
fn label(key: &str) -> String {
    match key {
        "kinds" => "requests".to_owned(),
        "max" => "at most".to_owned(),
        "min" => "at least".to_owned(),
        "cap" => "altogether at most".to_owned(),
        "min_pt" => "smallest type, in points".to_owned(),
        "any" => "any of".to_owned(),
        "name" => "with the name".to_owned(),
        _ => spoken(key),
    }
}

fn closed(page: &mut String, value: &Value) {
    let holidays = value.as_array().expect("a list");
    if holidays.is_empty() {
        page.push_str("- closed: only Saturdays and Sundays\n");
        return;
    }
    page.push_str("- closed:\n");
    for it in holidays {
        let _ = writeln!(page, "  - {}: {}", word(&it["name"]), in_words(&it["on"]));
    }
}

/// Any value of a body in words.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::Array(list) => list.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(map) => phrase(map).unwrap_or_else(|| {
            map.iter()
                .map(|(key, it)| format!("{}: {}", label(key), in_words(it)))
                .collect::<Vec<_>>()
                .join("; ")
        }),
        Value::Number(_) => number(value),
        Value::String(text) => said(text),
    }
}

/// A period, a threshold or a clock as people say it; `None` for anything else.
fn phrase(map: &serde_json::Map<String, Value>) -> Option<String> {
    let of = |key: &str| map.get(key);
    match (of("count"), of("unit"), of("op"), of("value"), of("kind")) {
        (Some(count), Some(unit), ..) => Some(period(count, unit, map)),
        (Some(count), None, Some(op), ..) | (_, _, Some(op), Some(count), _) => {
            let what = of("metric").map_or_else(|| "consumers".to_owned(), |it| spoken(&word(it)));
            Some(if op == "gte" {
                format!("{} {what} or more", number(count))
            } else {
                format!("more than {} {what}", number(count))
            })
        }
        (.., Some(kind)) if of("period").is_some() || of("from").is_some() || map.len() <= 2 => {
            let first = match word(kind).as_str() {
                "count" => in_words(of("period")?),
                "none" => "no number of days".to_owned(),
                "immediate" => "at once".to_owned(),
                other => spoken(other),
            };
            let rest: Vec<String> = map
                .iter()
                .filter(|(key, _)| !["kind", "period"].contains(&key.as_str()))
                .map(|(key, it)| format!("{} {}", spoken(key), in_words(it)))
                .collect();
            Some(if rest.is_empty() { first } else { format!("{first}, {}", rest.join(", ")) })
        }
        _ => None,
    }
}

/// A word of the files as people say it; sentences, names and ids stay as they are.
fn said(text: &str) -> String {
    let request = match text {
        "KNOW_CAT" => "know (categories)",
        "KNOW_SPEC" => "know (specific pieces)",
        "DELETE" => "delete",
        "CORRECT" => "correct",
        "OPT_OUT" => "opt out",
        "LIMIT_SPI" => "limit",
        "OPT_IN" => "opt in",
        "ADMT_ACCESS" => "access to automated decisionmaking",
        "ADMT_OPT_OUT" => "opt out of automated decisionmaking",
        "" => "none",
        _ if text.contains([' ', '.']) => text,
        _ => return text.replace('_', " ").replace('+', " with ").replace('|', " or "),
    };
    request.to_owned()
}

fn period(count: &Value, unit: &Value, map: &serde_json::Map<String, Value>) -> String {
    let mut text = format!("{} {}", number(count), spoken(&word(unit)));
    if count.as_u64() != Some(1) {
        text.push('s');
    }
    let rest: Vec<String> = map
        .iter()
        .filter(|(key, _)| !["count", "unit"].contains(&key.as_str()))
        .map(|(key, it)| match key.as_str() {
            "calendar" => format!("by the calendar {}", word(it)),
            "lawful_roll" => format!("in law moved off the closed days of {}", word(it)),
            other => format!("{} {}", spoken(other), in_words(it)),
        })
        .collect();
    if rest.is_empty() { text } else { format!("{text}, {}", rest.join(", ")) }
}

/// A whole number with commas.
fn number(value: &Value) -> String {
    let Some(n) = value.as_u64() else { return value.to_string() };
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn spoken(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_page_says_what_the_files_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/law-book.md");
    let page = page();
    if std::env::var_os("HABEAS_WRITE_LAW_BOOK").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = page.lines().zip(stands.lines()).find(|(new, old)| new != old);
    assert!(
        page == stands,
        "docs/law-book.md lags behind assets/law; write it anew with HABEAS_WRITE_LAW_BOOK=1. First difference: {differs:?}"
    );
}

#[test]
fn every_rule_stands_on_the_page_and_every_place_has_a_name() {
    let page = page();
    for rule in law::book().unwrap().rules() {
        assert!(page.contains(&format!("`{}`", rule.header.id)), "{}", rule.header.id);
        assert_ne!(place(&rule.jurisdiction), rule.jurisdiction, "no name for this place");
    }
}
