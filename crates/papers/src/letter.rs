//! Plain letters as PDF, from a wording with named blanks (`assets/letters/<kind>.txt`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::error::Error;
use crate::report::{self, Block};

const HEAD: &str = include_str!("../../../assets/letters/_head.txt");
const FOOT: &str = include_str!("../../../assets/letters/_foot.txt");

/// The letters there are, in the contract's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Receipt,
    Identity,
    Extension,
    KnowCategories,
    KnowSpecific,
    Deletion,
    Denial,
    Correction,
    OptOut,
    ProviderInstruction,
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Receipt,
        Kind::Identity,
        Kind::Extension,
        Kind::KnowCategories,
        Kind::KnowSpecific,
        Kind::Deletion,
        Kind::Denial,
        Kind::Correction,
        Kind::OptOut,
        Kind::ProviderInstruction,
    ];

    /// `know-categories`
    pub fn name(self) -> &'static str {
        match self {
            Kind::Receipt => "receipt",
            Kind::Identity => "identity",
            Kind::Extension => "extension",
            Kind::KnowCategories => "know-categories",
            Kind::KnowSpecific => "know-specific",
            Kind::Deletion => "deletion",
            Kind::Denial => "denial",
            Kind::Correction => "correction",
            Kind::OptOut => "opt-out",
            Kind::ProviderInstruction => "provider-instruction",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One letter to be made.
#[derive(Debug, Clone)]
pub struct Letter {
    pub kind: Kind,
    /// Blank → what stands there. A blank without a value is an error; a value may have several lines.
    pub blanks: BTreeMap<String, String>,
    pub made_at: DateTime<Utc>,
    pub practice: bool,
}

/// The blanks of a letter's wording, each once, in order of appearance.
pub fn blanks(kind: Kind) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let whole = whole_wording(kind);
    let mut text = whole.as_str();
    while let Some((_, after)) = text.split_once("[[") {
        let Some((blank, behind)) = after.split_once("]]") else { break };
        if !found.iter().any(|known| known == blank) {
            found.push(blank.to_owned());
        }
        text = behind;
    }
    found
}

/// The letter as PDF.
///
/// # Errors
/// [`Error::BlankMissing`] names the first blank without a value.
pub fn render(letter: &Letter) -> Result<Vec<u8>, Error> {
    let mut blocks = Vec::new();
    let mut title = String::new();
    let gap = || Block::Paragraph(String::new());
    for paragraph in whole_wording(letter.kind).split("\n\n") {
        let paragraph = paragraph.trim_matches('\n');
        if let Some(heading) = paragraph.strip_prefix("# ") {
            title = fill(heading, &letter.blanks)?;
            blocks.push(Block::Heading(title.clone()));
        } else if paragraph.starts_with("- ") {
            let items: Result<Vec<String>, Error> = paragraph
                .split("\n")
                .map(|line| fill(line.trim_start_matches("- "), &letter.blanks))
                .collect();
            blocks.push(Block::List(items?));
        } else if !paragraph.is_empty() {
            blocks.push(Block::Paragraph(fill(paragraph, &letter.blanks)?));
            // The parts of the head stand apart; below the title a paragraph's own space is enough.
            if title.is_empty() {
                blocks.push(gap());
            }
        }
    }
    let reference = letter.blanks.get("reference").cloned().unwrap_or_default();
    report::render_letter(&title, &reference, letter.made_at, letter.practice, &blocks)
}

/// Head, wording and foot of a letter.
fn whole_wording(kind: Kind) -> String {
    format!("{HEAD}\n\n{}\n\n{FOOT}", wording(kind))
}

/// The text with every `[[blank]]` filled. What a blank is filled with is never searched for blanks again.
fn fill(text: &str, blanks: &BTreeMap<String, String>) -> Result<String, Error> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((blank, behind)) = after.split_once("]]") else { break };
        let value = blanks
            .get(blank)
            .filter(|value| !value.trim().is_empty())
            .ok_or_else(|| Error::BlankMissing { blank: blank.to_owned() })?;
        out.push_str(before);
        out.push_str(value);
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

fn wording(kind: Kind) -> &'static str {
    match kind {
        Kind::Receipt => include_str!("../../../assets/letters/receipt.txt"),
        Kind::Identity => include_str!("../../../assets/letters/identity.txt"),
        Kind::Extension => include_str!("../../../assets/letters/extension.txt"),
        Kind::KnowCategories => include_str!("../../../assets/letters/know-categories.txt"),
        Kind::KnowSpecific => include_str!("../../../assets/letters/know-specific.txt"),
        Kind::Deletion => include_str!("../../../assets/letters/deletion.txt"),
        Kind::Denial => include_str!("../../../assets/letters/denial.txt"),
        Kind::Correction => include_str!("../../../assets/letters/correction.txt"),
        Kind::OptOut => include_str!("../../../assets/letters/opt-out.txt"),
        Kind::ProviderInstruction => include_str!("../../../assets/letters/provider-instruction.txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_made_once_all_blanks_are_filled_and_names_the_first_that_is_not() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(kind));
            let made_at = "2026-11-21T10:15:00Z".parse().unwrap();
            let mut letter = Letter { kind, blanks: BTreeMap::new(), made_at, practice: true };
            let names = blanks(kind);
            assert!(names.iter().any(|name| name == "reference"), "{}", kind.name());
            let missing = render(&letter).unwrap_err();
            assert!(matches!(missing, Error::BlankMissing { blank } if blank == names[0]));
            letter.blanks = names.into_iter().map(|name| (name.clone(), format!("<{name}> [[x]]"))).collect();
            let one = render(&letter).unwrap();
            assert_eq!(one, render(&letter).unwrap(), "the same letter has the same bytes");
            assert!(one.starts_with(b"%PDF-1.7"));
        }
    }
}
