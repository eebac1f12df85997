//! What of a record or a file may be handed to the person, and what is described instead.

use std::collections::BTreeMap;

use casework::disclosure::{self, Kind};
use casework::schema::Field;
use papers::letter::{Language, phrase, translated};
use papers::package::Withheld;
use papers::reading::{self, Format, Read};
use serde_json::Value;

/// Why something is not shown: names of phrases in the group `withheld_because`.
const BECAUSE: &str = "identifier";
const FILE_BECAUSE: &str = "file";
const OTHERS: &str = "others";

/// What becomes of a file.
pub(crate) enum File {
    Handed(Vec<u8>),
    /// A text file with descriptions in the place of what must not be shown.
    Masked(Vec<u8>, Vec<Kind>),
    Withheld(Vec<Kind>),
    /// Handed as it is, and listed for the officer: why nobody but a person can examine it.
    Unread(Vec<u8>, &'static str),
}

/// Examines a file by its text.
pub(crate) fn file(name: &str, bytes: Vec<u8>) -> File {
    const PICTURES: &str = "it holds pictures that this program does not read; look at them yourself";
    let (masked, kinds, letters) = match reading::read(name, &bytes) {
        Read::Unread(because) => return File::Unread(bytes, because.words()),
        Read::Text { format: Format::Pdf | Format::Word | Format::Sheet, text, pictures } => {
            let mut kinds: Vec<Kind> = disclosure::find(&text).into_iter().map(|it| it.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            return match (kinds.is_empty(), pictures) {
                (false, _) => File::Withheld(kinds),
                (true, 0) => File::Handed(bytes),
                (true, _) => File::Unread(bytes, PICTURES),
            };
        }
        Read::Text { format: Format::Csv(letters), text, .. } => {
            let (masked, kinds) = disclosure::mask_csv(&text);
            (masked, kinds, letters)
        }
        Read::Text {
            format: Format::Plain(letters) | Format::Html(letters) | Format::Json(letters),
            text,
            ..
        } => {
            let (masked, kinds) = disclosure::mask(&text);
            (masked, kinds, letters)
        }
    };
    if kinds.is_empty() { File::Handed(bytes) } else { File::Masked(letters.bytes(&masked), kinds) }
}

/// What was withheld, counted by object, field and kind.
#[derive(Default)]
pub(crate) struct Tally(BTreeMap<(String, String, String, &'static str), (String, u64)>);

impl Tally {
    /// Notes each kind once for one record.
    pub fn field(&mut self, object: &str, field: &Field, kinds: &[Kind]) {
        let mut kinds = kinds.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            self.note(object, &field.name, &field.label, kind.words(), BECAUSE);
        }
    }

    /// Notes what a file holds; `whole` when the file itself is withheld.
    pub fn file(&mut self, object: &str, kinds: &[Kind], whole: bool) {
        let mut kinds = kinds.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            self.note(
                object,
                "(file)",
                "Attached file",
                kind.words(),
                if whole { FILE_BECAUSE } else { BECAUSE },
            );
        }
    }

    /// Notes what is another person's, each sort once for one record.
    pub fn others(&mut self, object: &str, field: &Field, words: &[&'static str]) {
        let words: std::collections::BTreeSet<&str> = words.iter().copied().collect();
        for what in words {
            self.note(object, &field.name, &field.label, what, OTHERS);
        }
    }

    fn note(&mut self, object: &str, field: &str, label: &str, what: &str, because: &'static str) {
        let key = (object.to_owned(), field.to_owned(), what.to_owned(), because);
        self.0.entry(key).or_insert_with(|| (label.to_owned(), 0)).1 += 1;
    }

    /// The lines as the person reads them.
    pub fn lines(&self, language: Language) -> Vec<Withheld> {
        self.0
            .iter()
            .map(|((object, field, what, because), (label, records))| Withheld {
                object: object.clone(),
                field: field.clone(),
                label: label.clone(),
                what: translated(language, "withheld", what),
                because: phrase(language, "withheld_because", because),
                records: *records,
            })
            .collect()
    }
}

/// A field's value as it may be shown, and the kinds that are described instead. The field's name and label speak first.
pub(crate) fn value(field: &Field, value: &Value) -> (Value, Vec<Kind>) {
    if value.is_null() {
        return (Value::Null, Vec::new());
    }
    if let Some(kind) = disclosure::by_name(field) {
        return (Value::String(disclosure::description(kind)), vec![kind]);
    }
    match value {
        Value::String(text) => {
            let (masked, kinds) = text_of(field, text);
            (Value::String(masked), kinds)
        }
        Value::Number(number) => match text_of(field, &number.to_string()) {
            (_, kinds) if kinds.is_empty() => (value.clone(), kinds),
            (masked, kinds) => (Value::String(masked), kinds),
        },
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => (value.clone(), Vec::new()),
    }
}

/// Both names stand beside the value in what is handed over: the label on the page, the API name in the JSON.
fn text_of(field: &Field, text: &str) -> (String, Vec<Kind>) {
    if matches!(field.field_type.as_str(), "id" | "reference" | "date" | "datetime" | "time") {
        return (text.to_owned(), Vec::new());
    }
    let (once, mut kinds) = disclosure::mask_labelled(&field.label, text);
    if field.name == field.label {
        return (once, kinds);
    }
    let (twice, more) = disclosure::mask_labelled(&field.name, &once);
    kinds.extend(more);
    (twice, kinds)
}
