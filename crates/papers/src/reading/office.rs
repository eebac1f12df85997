//! The text of Word and spreadsheet files (Office Open XML): a ZIP of XML parts, by zip and quick-xml.
//!
//! Every part is unpacked against one budget, so that a file of a few kilobytes cannot become one of gigabytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Format, LARGEST_TEXT, Read, Unread};

const MOST_PARTS: usize = 10_000;
const DEEPEST: usize = 200;
/// Between cells and rows, nothing speaks for its neighbour: the recogniser knows this mark.
const APART: char = '\u{1e}';

pub(super) fn read(bytes: &[u8]) -> Read<'static> {
    match parts(bytes).and_then(|(parts, pictures)| Ok((text(&parts)?, pictures))) {
        Ok(((format, text), pictures)) if text.chars().any(|it| it != APART && !it.is_whitespace()) => {
            Read::Text { format, text: Cow::Owned(text), pictures }
        }
        Ok(_) => Read::Unread(Unread::WithoutText),
        Err(because) => Read::Unread(because),
    }
}

/// The XML parts by name, and how many pictures stand beside them.
fn parts(bytes: &[u8]) -> Result<(BTreeMap<String, String>, usize), Unread> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Unread::TooLarge);
    }
    let (mut parts, mut pictures, mut left) = (BTreeMap::new(), 0, LARGEST_TEXT);
    for n in 0..archive.len() {
        let file = archive.by_index(n).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword => Unread::Encrypted,
            _ => Unread::Broken,
        })?;
        let name = file.name().map_err(|_| Unread::Broken)?.into_owned();
        if name.contains("/media/") || name.contains("/embeddings/") {
            pictures += 1;
        }
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let mut part = Vec::new();
        let limit = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(limit).read_to_end(&mut part).map_err(|_| Unread::Broken)?;
        left = left.checked_sub(part.len()).ok_or(Unread::TooLarge)?;
        parts.insert(name, String::from_utf8_lossy(&part).into_owned());
    }
    Ok((parts, pictures))
}

fn text(parts: &BTreeMap<String, String>) -> Result<(Format, String), Unread> {
    let sheet = parts.contains_key("xl/workbook.xml");
    if !sheet
        && !parts.contains_key("word/document.xml")
        && !parts.contains_key("content.xml")
        && !parts.contains_key("ppt/presentation.xml")
    {
        return Err(Unread::Unknown);
    }
    let mut text = String::new();
    let shared =
        parts.get("xl/sharedStrings.xml").map(|it| shared_strings(it)).transpose()?.unwrap_or_default();
    for (name, part) in parts {
        if name.starts_with("xl/worksheets/") && name.ends_with(".xml") {
            rows(part, &shared, &mut text)?;
        } else if !name.starts_with("xl/styles")
            && !name.ends_with("sharedStrings.xml")
            && !name.contains("theme/")
        {
            written(part, &mut text)?;
        }
        text.push(APART);
        if text.len() > LARGEST_TEXT {
            return Err(Unread::TooLarge);
        }
    }
    Ok((if sheet { Format::Sheet } else { Format::Word }, text))
}

/// Every piece of a part, in order.
fn events(part: &str, mut each: impl FnMut(&Event<'_>) -> Result<(), Unread>) -> Result<(), Unread> {
    let mut reader = Reader::from_str(part);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| Unread::Broken)?;
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Unread::TooLarge);
        }
        each(&event)?;
    }
}

/// All words of a part, also deleted and hidden ones; links and their targets.
fn written(part: &str, text: &mut String) -> Result<(), Unread> {
    events(part, |event| {
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                b"br" | b"cr" | b"tab" => text.push(' '),
                b"Relationship" => {
                    text.push_str(&attribute(tag, b"Target"));
                    text.push(APART);
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                b"p" | b"h" | b"si" | b"comment" => text.push('\n'),
                b"tc" => text.push(' '),
                b"tr" | b"table-row" => text.push(APART),
                _ => {}
            },
            other => text.push_str(&characters(other)),
        }
        Ok(())
    })
}

fn shared_strings(part: &str) -> Result<Vec<String>, Unread> {
    let mut all = Vec::new();
    let mut one = String::new();
    events(part, |event| {
        match event {
            Event::End(tag) if tag.local_name().as_ref() == b"si" => all.push(std::mem::take(&mut one)),
            other => one.push_str(&characters(other)),
        }
        Ok(())
    })?;
    Ok(all)
}

/// A sheet: each cell with the head of its column, then each row as a line.
fn rows(part: &str, shared: &[String], text: &mut String) -> Result<(), Unread> {
    let (mut heads, mut row) = (BTreeMap::<String, String>::new(), Vec::<(String, String)>::new());
    let (mut column, mut kind, mut value, mut first) = (String::new(), String::new(), String::new(), true);
    let mut in_value = false;
    events(part, |event| {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"c" => {
                    column = attribute(tag, b"r").chars().filter(char::is_ascii_alphabetic).collect();
                    kind = attribute(tag, b"t");
                    value.clear();
                }
                b"v" | b"t" => in_value = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                b"v" | b"t" => in_value = false,
                b"c" => {
                    let shown = if kind == "s" {
                        value
                            .trim()
                            .parse::<usize>()
                            .ok()
                            .and_then(|it| shared.get(it))
                            .cloned()
                            .unwrap_or_default()
                    } else {
                        std::mem::take(&mut value)
                    };
                    row.push((std::mem::take(&mut column), shown));
                }
                b"row" => {
                    for (column, cell) in &row {
                        match heads.get(column).filter(|_| !first) {
                            Some(head) => text.push_str(&format!("{APART}{head}: {cell}")),
                            None => text.push_str(&format!("{APART}{cell}")),
                        }
                    }
                    text.push(APART);
                    text.push_str(&row.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(" "));
                    if first {
                        heads = row.iter().cloned().collect();
                    }
                    first = row.is_empty() && first;
                    row.clear();
                    if text.len() > LARGEST_TEXT {
                        return Err(Unread::TooLarge);
                    }
                }
                _ => {}
            },
            other if in_value => value.push_str(&characters(other)),
            _ => {}
        }
        Ok(())
    })
}

/// The characters of a piece: text, `&amp;` and its like, `CDATA`.
fn characters(event: &Event<'_>) -> String {
    match event {
        Event::Text(it) => it.decode().map(Cow::into_owned).unwrap_or_default(),
        Event::CData(it) => it.decode().map(Cow::into_owned).unwrap_or_default(),
        Event::GeneralRef(it) => match (it.resolve_char_ref(), it.decode().as_deref()) {
            (Ok(Some(letter)), _) => letter.to_string(),
            (_, Ok("amp")) => "&".to_owned(),
            (_, Ok("lt")) => "<".to_owned(),
            (_, Ok("gt")) => ">".to_owned(),
            (_, Ok("quot")) => "\"".to_owned(),
            (_, Ok("apos")) => "'".to_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> String {
    tag.attributes()
        .flatten()
        .find(|it| it.key.local_name().as_ref() == name)
        .and_then(|it| it.unescape_value().ok().map(Cow::into_owned))
        .unwrap_or_default()
}
