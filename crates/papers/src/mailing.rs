//! A mailing: one letter for each person, alone and in files for the printer, made on every core.
//!
//! The printer's files hold up to [`TOGETHER`] letters after a list of their addresses; every letter begins a page.

use chrono::{DateTime, Utc};

use crate::cores;
use crate::document::{self, Block, Document, Language, Level, Paper, Table};
use crate::error::Error;
use crate::letter::{self, Letter};
use crate::new_file::PartialFolder;

/// Letters in one file for the printer.
pub const TOGETHER: usize = 250;

/// What goes to one person: the same letter in one language or two.
#[derive(Debug, Clone)]
pub struct Piece {
    /// `N-00001`; names the file.
    pub number: String,
    pub address: Vec<String>,
    pub letters: Vec<Letter>,
}

/// What all letters share.
#[derive(Debug, Clone)]
pub struct Mailing {
    /// Case number, in the footers.
    pub id: String,
    pub title: String,
    pub made_at: DateTime<Utc>,
    pub practice: bool,
}

/// The files that were written, by their paths in the folder.
#[derive(Debug, Clone, Default)]
pub struct Written {
    pub letters: u64,
    pub merged: Vec<String>,
    /// What papers could not show.
    pub warnings: Vec<String>,
}

/// Writes `letters/<number>.pdf` for each piece and `letters-001.pdf` … for the printer. Pieces are asked for by their place, each once.
///
/// # Errors
/// The first error of a letter or of the disk.
pub fn write<E: Send + From<Error>>(
    folder: &PartialFolder,
    mailing: &Mailing,
    pieces: usize,
    piece: impl Fn(usize) -> Result<Piece, E> + Sync,
) -> Result<Written, E> {
    let batches: Vec<(usize, usize)> =
        (0..pieces).step_by(TOGETHER).map(|from| (from, (from + TOGETHER).min(pieces))).collect();
    let mut written = Written::default();
    let work = |(): &mut (), (from, to): &(usize, usize)| one_batch(folder, mailing, *from, *to, &piece);
    cores::in_order(
        &batches,
        || (),
        work,
        |_, made| {
            let (name, letters, warnings) = made?;
            written.merged.push(name);
            written.letters += letters;
            for warning in warnings {
                if !written.warnings.contains(&warning) {
                    written.warnings.push(warning);
                }
            }
            Ok::<(), E>(())
        },
    )?;
    Ok(written)
}

type Made = (String, u64, Vec<String>);

fn one_batch<E: From<Error>>(
    folder: &PartialFolder,
    mailing: &Mailing,
    from: usize,
    to: usize,
    piece: &impl Fn(usize) -> Result<Piece, E>,
) -> Result<Made, E> {
    let (mut all, mut list, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
    for place in from..to {
        let piece = piece(place)?;
        let document = whole(&piece, mailing)?;
        let rendered = document::render(&document)?;
        folder.write(&format!("letters/{}.pdf", piece.number), &rendered.bytes)?;
        warnings.extend(rendered.warnings.iter().map(ToString::to_string));
        all.push(Block::NewPage);
        all.extend(document.blocks);
        list.push(vec![piece.number, piece.address.join(", ")]);
    }
    let letters = u64::try_from(to - from).unwrap_or(u64::MAX);
    let mut blocks = vec![
        Block::Heading(Level::One, format!("Addresses of {letters} letters")),
        Block::Table(Table::new(&[("Letter", 1.0), ("Address", 5.0)], list)),
    ];
    blocks.append(&mut all);
    let rendered = document::render(&Document { title: mailing.title.clone(), blocks, ..bare(mailing) })?;
    let name = format!("letters-{:03}.pdf", from / TOGETHER + 1);
    folder.write(&name, &rendered.bytes)?;
    Ok((name, letters, warnings))
}

/// One person's letter, the second language after the first.
fn whole(piece: &Piece, mailing: &Mailing) -> Result<Document, Error> {
    let mut blocks = Vec::new();
    let mut title = None;
    for letter in &piece.letters {
        let one = letter::document(letter)?;
        if !blocks.is_empty() {
            blocks.push(Block::NewPage);
        }
        title.get_or_insert(one.title);
        blocks.extend(one.blocks);
    }
    Ok(Document { title: title.unwrap_or_else(|| mailing.title.clone()), blocks, ..bare(mailing) })
}

fn bare(mailing: &Mailing) -> Document {
    Document {
        title: String::new(),
        id: mailing.id.clone(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: mailing.made_at,
        practice: mailing.practice,
        blocks: Vec::new(),
    }
}
