//! A filled letter, part by part.

use std::collections::BTreeMap;

use minijinja::Value;

use super::wording::{Wording, blanks, missing};
use crate::document::{Block, Level};
use crate::error::Error;

/// Stands before every value, so that no value can begin a heading or a list.
const GUARD: char = '\u{e000}';
/// A line break inside a value.
const BREAK: char = '\u{2028}';

/// One part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// `# …`, once.
    Title(String),
    /// `## …`
    Heading(String),
    Paragraph(String),
    /// `- …`; a blank of several lines becomes as many items.
    List(Vec<String>),
    /// `Label :: value`
    Rows(Vec<(String, String)>),
    /// `> …`: words to be signed.
    Quote(String),
    /// `____ label`: lines to sign on.
    Sign(Vec<String>),
}

impl Part {
    pub(super) fn title(&self) -> Option<&str> {
        match self {
            Self::Title(text) => Some(text),
            Self::Heading(_)
            | Self::Paragraph(_)
            | Self::List(_)
            | Self::Rows(_)
            | Self::Quote(_)
            | Self::Sign(_) => None,
        }
    }

    /// Every text of this part, in reading order.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Title(text) | Self::Heading(text) | Self::Paragraph(text) | Self::Quote(text) => vec![text],
            Self::List(items) | Self::Sign(items) => items.iter().map(String::as_str).collect(),
            Self::Rows(rows) => {
                rows.iter().flat_map(|(label, value)| [label.as_str(), value.as_str()]).collect()
            }
        }
    }
}

/// The parts as a document has them; what stands above the title is the head of the letter.
pub(super) fn blocks(parts: Vec<Part>) -> Vec<Block> {
    let mut titled = false;
    parts
        .into_iter()
        .map(|part| match part {
            Part::Title(text) => {
                titled = true;
                Block::Heading(Level::One, text)
            }
            Part::Heading(text) => Block::Heading(Level::Two, text),
            Part::Paragraph(text) if !titled => Block::Address(text.lines().map(str::to_owned).collect()),
            Part::Paragraph(text) => Block::Paragraph(text.into()),
            Part::List(items) => Block::Bullets(items.into_iter().map(Into::into).collect()),
            Part::Rows(rows) => Block::Facts(rows),
            Part::Quote(text) => Block::Note(text.into()),
            Part::Sign(labels) => Block::Signature(labels),
        })
        .collect()
}

/// The wording with its blanks filled.
pub(super) fn of(wording: &Wording, filled: &BTreeMap<String, String>) -> Result<Vec<Part>, Error> {
    if let Some(blank) = missing(wording.kind, filled)? {
        return Err(Error::BlankMissing { blank: blank.name, about: blank.about, fill: blank.fill });
    }
    let values = blanks(wording.kind)?
        .into_iter()
        .map(|blank| {
            let value = filled.get(&blank.name).map(|value| guarded(value)).unwrap_or_default();
            (blank.name, Value::from(value))
        })
        .collect();
    let whole = wording.fill(values)?;
    let mut parts = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in whole.lines().map(str::trim_end).chain([""]) {
        if line.is_empty() {
            parts.extend(part(&std::mem::take(&mut lines)));
        } else {
            lines.push(line);
        }
    }
    Ok(parts)
}

/// One paragraph of the wording. A title or heading is a paragraph of its own even without an empty line after it.
fn part(lines: &[&str]) -> Vec<Part> {
    let Some((first, rest)) = lines.split_first() else { return Vec::new() };
    let under = |mark: &str| -> Option<Vec<&str>> {
        lines.iter().map(|line| line.trim_start().strip_prefix(mark)).collect()
    };
    if let Some(heading) = first.strip_prefix("## ") {
        return [vec![Part::Heading(plain(heading))], part(rest)].concat();
    }
    if let Some(title) = first.strip_prefix("# ") {
        return [vec![Part::Title(plain(title))], part(rest)].concat();
    }
    if let Some(items) = under("- ") {
        let items = items.iter().flat_map(|item| item.split(BREAK)).map(plain);
        return vec![Part::List(items.filter(|item| !item.is_empty()).collect())];
    }
    if let Some(quoted) = under("> ") {
        return vec![Part::Quote(plain(&quoted.join(" ")))];
    }
    if let Some(labels) = under("____ ") {
        return vec![Part::Sign(labels.into_iter().map(plain).collect())];
    }
    let rows: Option<Vec<(String, String)>> = lines
        .iter()
        .map(|line| line.split_once(" :: ").map(|(label, value)| (plain(label), plain(value))))
        .collect();
    match rows {
        Some(rows) => vec![Part::Rows(rows)],
        None => vec![Part::Paragraph(plain(&lines.join("\n")))],
    }
}

/// A value as it may stand in a letter: no control characters, nothing that turns the direction of what follows.
fn guarded(value: &str) -> String {
    let mut clean = String::with_capacity(value.len());
    for letter in value.trim().replace("\r\n", "\n").chars() {
        match letter {
            '\n' | '\u{2028}' | '\u{2029}' => clean.push(BREAK),
            '\t' => clean.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | GUARD => {}
            other if other.is_control() => {}
            other => clean.push(other),
        }
    }
    if clean.is_empty() { clean } else { format!("{GUARD}{clean}") }
}

fn plain(text: &str) -> String {
    text.replace(GUARD, "").replace(BREAK, "\n").trim().to_owned()
}
