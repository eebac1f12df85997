//! The package before it is written says what the written package says, and shows nothing that it withholds.

#![allow(clippy::expect_used, reason = "a test says what must be so")]

mod office;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use desk::Progress;
use desk::views::export::PreviewView;
use desk::views::{MaskChoice, WithheldLine};
use serde_json::Value;

use crate::office::{Office, office};

/// What the org holds and must never disclose (§ 7024(d)), as it is written there.
const IDENTIFIERS: [&str; 7] =
    ["219-09-9999", "219099999", "D1234567", "1111-1111", "G12345678", "DE89 3704", "hunter2!x"];

/// Object, record, field → value.
type Values = BTreeMap<(String, String, String), String>;

async fn reviewed() -> Office {
    let office = office("withheld", "know-specific").await;
    let (desk, request) = (&office.desk, office.request.as_str());
    desk.locate(request, None, &Progress::silent()).await.expect("located");
    desk.accept(request, &["exact".to_owned(), "strong".to_owned()]).expect("accepted");
    office
}

fn previewed(view: &PreviewView) -> Values {
    let mut values = Values::new();
    for section in &view.sections {
        for record in &section.records {
            for field in &record.fields {
                let place = (section.object.clone(), record.id.clone(), field.name.clone());
                assert_eq!(values.insert(place, field.value.clone()), None, "a field stands there once");
            }
        }
    }
    values
}

/// Every value of every record in the package's JSON files.
fn written(folder: &Path) -> Values {
    let mut values = Values::new();
    for entry in std::fs::read_dir(folder.join("data")).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let table: Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
        for row in table["rows"].as_array().expect("rows") {
            for field in table["fields"].as_array().expect("fields") {
                let (object, name) = (&table["object"], field["name"].as_str().expect("a name"));
                let text = match &row[name] {
                    Value::Null => continue,
                    Value::String(text) if text.is_empty() => continue,
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let word = |value: &Value| value.as_str().expect("a word").to_owned();
                values.insert((word(object), word(&row["Id"]), name.to_owned()), text);
            }
        }
    }
    values
}

/// What is withheld of fields; what files hold is known once their bodies were read.
fn of_fields(lines: &[WithheldLine]) -> BTreeSet<(&str, &str, &str, u64)> {
    let lines = lines.iter().filter(|it| it.field != "(file)");
    lines.map(|it| (it.object.as_str(), it.field.as_str(), it.what.as_str(), it.records)).collect()
}

#[tokio::test]
async fn what_is_previewed_is_what_is_written_and_nothing_withheld_shows() {
    let office = reviewed().await;
    let (desk, request) = (&office.desk, office.request.as_str());
    let masks = desk.masks(request, &Progress::silent()).await.expect("masks").masks;
    let declined = masks.iter().find(|it| it.kind == "phone").expect("a phone number of somebody else");
    let choice = MaskChoice {
        mask: declined.mask.clone(),
        decision: "decline".to_owned(),
        reason: "It is the shop's own line.".to_owned(),
    };
    desk.choose_masks(request, &[choice]).expect("decided");

    let ledger = desk.timeline(request).expect("the ledger").len();
    let files = || std::fs::read_dir(office.folder.path()).expect("a folder").count();
    let before = files();
    let preview = desk.preview(request, &Progress::silent()).await.expect("a preview");
    assert_eq!(desk.timeline(request).expect("the ledger").len(), ledger, "to look is no deed");
    assert_eq!(files(), before, "nothing is written");

    let whole = serde_json::to_string(&preview).expect("JSON");
    for raw in IDENTIFIERS {
        assert!(!whole.contains(raw), "{raw} shows");
    }
    let fields = || preview.sections.iter().flat_map(|it| &it.records).flat_map(|it| &it.fields);
    assert!(
        fields().any(|it| it.withheld && it.value.contains("a Social Security number")),
        "what is withheld is described in its place"
    );
    assert!(fields().any(|it| it.masked && it.value.contains("[another person's name]")));
    assert!(
        fields().all(|it| it.withheld || it.masked || !it.value.contains("[another person")),
        "a masked value says that it is one"
    );
    assert_eq!(preview.let_stand, 1);
    assert!(preview.files.iter().any(|it| it.bytes.is_some_and(|bytes| bytes > 0)), "{:?}", preview.files);

    let to = office.folder.path().join("package");
    let export = desk.export(request, &to, None, None, &Progress::silent()).await.expect("written");
    let (seen, given) = (previewed(&preview), written(&to));
    assert!(given.len() > 20, "there is something to compare");
    assert_eq!(seen, given, "each value as it is written");
    assert_eq!(of_fields(&preview.withheld), of_fields(&export.withheld));
    assert!(!of_fields(&preview.withheld).is_empty());
    assert_eq!((preview.masked, preview.let_stand), (export.masked, export.let_stand));
    assert_eq!(preview.records as u64, export.rows);
    let page = std::fs::read_to_string(to.join("data/Contact.html")).expect("the page of the contacts");
    let contacts = preview.sections.iter().find(|it| it.object == "Contact").expect("contacts");
    for (label, _) in contacts.records.iter().flat_map(|it| &it.origin) {
        assert!(page.contains(label.as_str()), "{label} stands on the page, too");
    }
    let handed = export.files.iter().filter(|it| it.starts_with("files/")).count();
    let kept_back = export.not_exported.len() - preview.not_exported.len();
    assert_eq!(
        preview.files.len(),
        handed + kept_back,
        "each file is named before it is handed over or withheld"
    );
}

#[tokio::test]
async fn where_only_categories_may_be_given_the_preview_shows_no_more() {
    let office = office("withheld", "know-categories").await;
    let (desk, request) = (&office.desk, office.request.as_str());
    let early = desk.preview(request, &Progress::silent()).await.expect_err("nothing was located");
    assert_eq!(early.code, "not_yet");
    desk.locate(request, None, &Progress::silent()).await.expect("located");
    desk.accept(request, &["exact".to_owned(), "strong".to_owned()]).expect("accepted");
    let preview = desk.preview(request, &Progress::silent()).await.expect("a preview");
    let objects: Vec<&str> = preview.sections.iter().map(|it| it.object.as_str()).collect();
    assert_eq!(objects, ["Categories"]);
    assert!(
        preview.note.is_some_and(|it| it.contains("Only categories are given")) && preview.files.is_empty()
    );
    let to = office.folder.path().join("package");
    desk.export(request, &to, None, None, &Progress::silent()).await.expect("written");
    let (seen, mut given) = (previewed(&preview), written_letters(&to));
    assert_eq!(seen.len(), given.len());
    given.retain(|value| !seen.values().any(|it| it == value));
    assert_eq!(given, Vec::<String>::new(), "each category as it is written");
}

/// The values of the table of categories, whose rows have no id.
fn written_letters(folder: &Path) -> Vec<String> {
    let file = std::fs::read(folder.join("data/Categories.json")).expect("the categories");
    let table: Value = serde_json::from_slice(&file).expect("JSON");
    let rows = table["rows"].as_array().expect("rows");
    rows.iter()
        .flat_map(|row| {
            ["Letter", "Category", "HeldIn"].map(|name| row[name].as_str().expect("a text").to_owned())
        })
        .collect()
}
