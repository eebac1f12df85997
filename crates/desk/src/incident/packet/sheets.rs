//! The regulators' sheets: every question of the form in its own order, with "not yet known" and who settles it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use law::answer::Duty;
use papers::document::{Block, Document, Level, Table};
use serde::Deserialize;

use super::papers_of::document;
use super::{Known, NOT_YET, dated, types};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "read_on")]
    _read_on: Option<toml::value::Datetime>,
    #[serde(default)]
    form: Vec<Form>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(deny_unknown_fields)]
struct Form {
    recipient: String,
    name: String,
    portal: String,
    fields: Vec<Field>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Field {
    label: String,
    from: String,
    settles: String,
}

fn forms() -> &'static [Form] {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let file = include_str!("../../../../../assets/notices/regulators.toml");
        // A test reads the file, so that only a wrong build of the program has none.
        toml::from_str::<File>(file).unwrap_or_default().form
    })
}

fn form(recipient: &str) -> Form {
    let find = |wanted: &str| forms().iter().find(|it| it.recipient == wanted).cloned();
    find(recipient).or_else(|| find("*")).unwrap_or_default()
}

/// The sheet for one regulator, and its open questions.
pub(super) fn sheet(known: &Known, recipient: &str, duties: &[&Duty]) -> (Document, Vec<String>) {
    let form = form(recipient);
    let place = duties.first().map(|it| it.jurisdiction.clone()).unwrap_or_default();
    let about = duties.first().map(|it| it.about.clone()).unwrap_or_default();
    let name = if form.name.is_empty() { about.clone() } else { form.name.clone() };
    let answers = answers(known, &place);
    let mut open = Vec::new();
    let rows = form
        .fields
        .iter()
        .enumerate()
        .map(|(n, field)| {
            let answer = answers.get(field.from.as_str()).filter(|it| !it.trim().is_empty());
            if answer.is_none() {
                open.push(format!("{recipient}: {} (settled by {})", field.label, field.settles));
            }
            let settled = if answer.is_some() { String::new() } else { field.settles.clone() };
            vec![
                (n + 1).to_string(),
                field.label.clone(),
                answer.cloned().unwrap_or_else(|| NOT_YET.to_owned()),
                settled,
            ]
        })
        .collect();
    let duties = duties.iter().map(|it| {
        let threshold = it.threshold.as_ref().map_or_else(
            || "any number".to_owned(),
            |t| {
                let have = t.have.map_or_else(|| NOT_YET.to_owned(), |n| n.to_string());
                format!("{} {} ({have})", t.op.words(), t.count)
            },
        );
        vec![it.citation.clone(), threshold, dated(it), it.because.join(" ")]
    });
    let title = format!("Submission sheet: {name}");
    let blocks = vec![
        Block::Heading(Level::One, title.clone()),
        Block::Subtitle(format!("Incident {}, {place}", known.file.number)),
        Block::Facts(vec![
            ("Portal".to_owned(), form.portal),
            ("Duty".to_owned(), about),
            ("Confirmation number".to_owned(), register_of(known, recipient)),
        ]),
        Block::Heading(Level::Two, "Why and by when".to_owned()),
        Block::Table(Table::new(
            &[("Law", 2.4), ("From how many on", 1.8), ("State", 2.2), ("Because", 3.6)],
            duties.collect(),
        )),
        Block::Heading(Level::Two, "The form, in its own order".to_owned()),
        Block::Table(Table::new(
            &[("", 0.4), ("Question", 3.4), ("Answer", 4.2), ("Who settles it", 2.0)],
            rows,
        )),
        Block::Note("Forms change: compare with the form before filling it in. The sample holds no personal information.".into()),
        Block::Signature(vec!["Submitted by".to_owned(), "Date and time".to_owned()]),
    ];
    (document(known, &title, blocks), open)
}

fn register_of(known: &Known, recipient: &str) -> String {
    let told: Vec<String> = known
        .register
        .iter()
        .filter(|it| it.recipient == recipient)
        .map(|it| format!("{} ({})", it.reference, it.at))
        .collect();
    if told.is_empty() { NOT_YET.to_owned() } else { told.join("; ") }
}

/// What the incident can answer, by the names of `regulators.toml`.
fn answers<'a>(known: &'a Known, place: &str) -> BTreeMap<&'a str, String> {
    let mut all: BTreeMap<&str, String> =
        known.drafted.set.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    for name in ["business", "contact", "occurred", "what_happened", "doing", "service"] {
        if let Some(value) = known.blanks.get(name) {
            all.insert(name, value.clone());
        }
    }
    if let (Some(name), Some(address)) = (known.blanks.get("business"), known.blanks.get("business_address"))
    {
        all.insert("business", format!("{name}\n{address}"));
    }
    all.insert("discovered", known.blanks.get("discovered_on").cloned().unwrap_or_default());
    let waves: Vec<String> =
        known.register.iter().filter(|it| it.recipient == "individuals").map(|it| it.at.clone()).collect();
    all.insert("told", waves.join(", "));
    let residents: u64 = known.drafted.letters.get(place).into_iter().flatten().map(|(_, n)| n).sum();
    if residents > 0 {
        all.insert("residents", residents.to_string());
    }
    all.insert("elements", types(known, Some(place)).replace("Your ", "").replace(" about you", ""));
    let held = known.drafted.facts.get("law_enforcement_hold").is_some_and(|it| !it.is_null());
    all.insert("delayed", if held { "yes" } else { "no" }.to_owned());
    let prefix = format!("notice-{}", place.to_lowercase());
    let samples: Vec<String> = known.samples.keys().filter(|it| it.starts_with(&prefix)).cloned().collect();
    all.insert("sample", samples.join(", "));
    if let Some(at) = known.drafted.facts.get("determined_at").and_then(serde_json::Value::as_str) {
        all.insert("determined", at.to_owned());
    }
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_of_forms_is_read_and_the_form_of_california_has_its_order() {
        assert!(super::forms().len() > 3);
        let form = super::form("us-ca-ag");
        let froms: Vec<&str> = form.fields.iter().map(|it| it.from.as_str()).collect();
        assert_eq!(froms.first(), Some(&"sample"), "section 1 is the sample");
        assert!(froms.contains(&"small_business"));
        assert!(!super::form("us-xx-ag").fields.is_empty(), "everybody else has the common form");
    }
}
