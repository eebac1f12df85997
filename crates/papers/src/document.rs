//! The document model: what a paper says, in reading order. How it looks is decided here and nowhere else.
//!
//! [`render`] makes a PDF of it. The same document gives the same bytes on the same machine; a machine differs only
//! where a script is set in one of its own fonts.

mod archive;
mod clean;
mod embed;
mod flow;
mod fonts;
mod frame;
mod page;
mod picture;
mod shape;
mod table;
mod tree;
mod write;

use std::fmt;

use chrono::{DateTime, Utc};

use self::flow::Setter;
pub(crate) use self::picture::size_of;
use self::shape::Shaper;
use crate::error::Error;

/// One paper.
#[derive(Debug, Clone)]
pub struct Document {
    /// Title in the document's properties, and at the head of every page but the first. It is not printed on the
    /// first page: a heading of level one says it there.
    pub title: String,
    /// Stands in the footer of every page: the bundle's id, or the case's.
    pub id: String,
    pub language: Language,
    pub paper: Paper,
    /// UTC; stands in the document's properties.
    pub made_at: DateTime<Utc>,
    /// Watermarks every page.
    pub practice: bool,
    pub blocks: Vec<Block>,
}

/// The language that a paper is written in: its words, what a screen reader speaks, and what "page 1 of 2" is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Language {
    #[default]
    English,
    /// As it is written in the United States.
    Spanish,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// `en`, `es`
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// The language of that code.
    pub fn parse(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    Letter,
    A4,
}

/// One part of a paper, from top to bottom. In every text a line feed breaks the line.
#[derive(Debug, Clone)]
pub enum Block {
    Heading(Level, String),
    /// One line under the title, in grey.
    Subtitle(String),
    Paragraph(Text),
    /// Lines that belong together and stand apart from the rest: sender, recipient, date.
    Address(Vec<String>),
    Bullets(Vec<Text>),
    /// Counted from 1.
    Numbered(Vec<Text>),
    /// Label and value.
    Facts(Vec<(String, String)>),
    Table(Table),
    /// A sentence that must not be overlooked.
    Note(Text),
    Figure(Figure),
    /// One line to write on for each label, side by side in pairs. Never split.
    Signature(Vec<String>),
    /// What follows begins on a new page.
    NewPage,
}

/// How deep a heading stands. A document starts with one of level one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    One,
    Two,
    Three,
}

/// Words in a row, some of them bold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Text {
    pub spans: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    pub text: String,
    pub bold: bool,
}

impl Text {
    /// The text with more words after it.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.and(text.into(), false)
    }

    /// The text with more words after it, in bold.
    #[must_use]
    pub fn bold(self, text: impl Into<String>) -> Self {
        self.and(text.into(), true)
    }

    fn and(mut self, text: String, bold: bool) -> Self {
        self.spans.push(Span { text, bold });
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::default().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::default().plain(text)
    }
}

#[derive(Debug, Clone)]
pub struct Table {
    pub columns: Vec<Column>,
    /// As many cells as columns; missing ones are empty.
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub title: String,
    /// Share of the width, relative to the other columns.
    pub width: f32,
}

impl Table {
    /// A table from titles and shares of the width.
    pub fn new(columns: &[(&str, f32)], rows: Vec<Vec<String>>) -> Self {
        let columns =
            columns.iter().map(|(title, width)| Column { title: (*title).to_owned(), width: *width });
        Self { columns: columns.collect(), rows }
    }
}

/// A picture with the words that stand for it where it cannot be seen.
#[derive(Debug, Clone)]
pub struct Figure {
    pub picture: Picture,
    /// What the picture tells; required.
    pub alternative: String,
    /// Printed under the picture; may be empty.
    pub caption: String,
    /// In points. A figure wider than the page's text, or higher than three quarters of it, is made smaller.
    pub width: f32,
    pub height: f32,
}

#[derive(Debug, Clone)]
pub enum Picture {
    /// A PNG file; what is transparent becomes white.
    Png(Vec<u8>),
    /// Shapes in points from the upper left corner.
    Drawing(Vec<Shape>),
}

/// Colours are red, green and blue from 0 to 1.
#[derive(Debug, Clone)]
pub enum Shape {
    Rectangle {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        fill: [f32; 3],
    },
    Line {
        from: (f32, f32),
        to: (f32, f32),
        weight: f32,
        colour: [f32; 3],
    },
    /// Words on one line, starting at `x` with their baseline at `y`; 9.5 points high.
    Words {
        x: f32,
        y: f32,
        text: String,
    },
}

/// A paper that was made.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// PDF/A-2a and PDF/UA-1.
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// What a reader of the paper should be told by hand; empty almost always.
    pub warnings: Vec<Warning>,
}

/// Something that the paper could not show as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// No font on this machine has these characters; each is printed by its code, `[U+738B]`.
    NoFont { characters: Vec<char> },
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::NoFont { characters } => {
                let codes: Vec<String> =
                    characters.iter().take(8).map(|it| format!("U+{:04X}", u32::from(*it))).collect();
                let more = if characters.len() > 8 { " and others" } else { "" };
                write!(
                    out,
                    "No font on this computer has the characters {}{more}. They are printed by their codes. \
                     Install a font that has them (for Chinese, Japanese and Korean: Noto Sans CJK) and make the paper again.",
                    codes.join(", ")
                )
            }
        }
    }
}

/// The document as PDF.
///
/// # Errors
/// [`Error::Asset`] when a built-in font is damaged, [`Error::Picture`] when a figure is no readable PNG or has no
/// alternative text.
pub fn render(document: &Document) -> Result<Rendered, Error> {
    fonts::with_fonts(|fonts| {
        let mut shaper = Shaper::new(fonts);
        let mut setter = Setter::new(&mut shaper, document.paper);
        setter.set(&document.blocks)?;
        let Setter { mut pages, tree, stops, .. } = setter;
        frame::around(&mut pages, document, &mut shaper);
        let count = pages.len();
        let Shaper { faces, lacking, .. } = shaper;
        // A file without a title would be called by its file name.
        let title = [document.title.as_str(), document.id.as_str()]
            .into_iter()
            .find(|it| !it.trim().is_empty())
            .unwrap_or("Habeas")
            .replace(|it: char| it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}'), "\u{fffd}");
        let title = title.as_str();
        let about = archive::About { title, language: document.language, made_at: document.made_at };
        let drawn = write::draw(title, document.paper.size(), pages, faces, &tree)?;
        let bytes = archive::finish(drawn, tree, &stops, &about)?;
        let warnings = if lacking.is_empty() {
            Vec::new()
        } else {
            vec![Warning::NoFont { characters: lacking.into_iter().collect() }]
        };
        Ok(Rendered { bytes, pages: count, warnings })
    })
}
