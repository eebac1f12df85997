//! Marks on pages become a PDF whose every byte follows from its input.

use chrono::{DateTime, Utc};
use printpdf::{
    Color, FontId, Greyscale, Line, LinePoint, Mm, OffsetDateTime, Op, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Point, Pt, TextItem, TextMatrix,
};
use sha2::{Digest, Sha256};

use super::fonts::{Face, Fonts};
use super::layout::{HEIGHT, LEFT, Mark, QUIET, RIGHT, RULE, WIDTH};
use crate::error::Error;

/// What stands in the document's properties and around every page.
pub(super) struct Frame<'a> {
    pub title: &'a str,
    pub id: &'a str,
    pub made_at: DateTime<Utc>,
    pub practice: bool,
    /// The title stands at the head of every page but the first.
    pub running_head: bool,
}

pub(super) fn write(mut pages: Vec<Vec<Mark>>, frame: &Frame, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let count = pages.len();
    for (n, page) in pages.iter_mut().enumerate() {
        page.extend(frame_marks(n + 1, count, frame, fonts));
    }
    let mut document = PdfDocument::new(frame.title);
    let info = &mut document.metadata.info;
    let time = OffsetDateTime::from_unix_timestamp(frame.made_at.timestamp())
        .map_err(|_| Error::Asset { what: "the date of a report".into() })?;
    info.creation_date = time;
    info.modification_date = time;
    info.metadata_date = time;
    info.creator = "Habeas".into();
    info.producer = "Habeas".into();
    info.subject = frame.id.into();
    info.identifier = frame.id.into();
    for (face, font) in [(Face::Regular, &fonts.regular), (Face::Bold, &fonts.bold)] {
        document.resources.fonts.map.insert(font_id(face), PdfFont::new(font.clone()));
    }
    document.with_pages(
        pages
            .iter()
            .map(|page| {
                let mut ops = Vec::with_capacity(page.len() * 6 + 8);
                if frame.practice {
                    watermark(&mut ops);
                }
                for mark in page {
                    draw(mark, &mut ops);
                }
                PdfPage::new(Mm::from(Pt(WIDTH)), Mm::from(Pt(HEIGHT)), ops)
            })
            .collect(),
    );
    let mut lopdf = printpdf::to_lopdf_doc(&document, &PdfSaveOptions::default(), &mut Vec::new());
    lopdf.version = "1.7".into();
    lopdf.compress();
    // printpdf draws the document's ids by lot; ours follow from what the document says.
    lopdf.trailer.remove(b"ID");
    let broken = |_| Error::Asset { what: "the making of PDF".into() };
    let mut bytes = Vec::new();
    lopdf.save_to(&mut bytes).map_err(broken)?;
    let id = Sha256::digest(&bytes).get(..16).unwrap_or_default().to_vec();
    let id = lopdf::Object::String(id, lopdf::StringFormat::Hexadecimal);
    lopdf.trailer.set("ID", lopdf::Object::Array(vec![id.clone(), id]));
    bytes.clear();
    lopdf.save_to(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// Head and foot: the document's id, "page n of m", and the word PRACTICE.
fn frame_marks(n: usize, count: usize, frame: &Frame, fonts: &Fonts) -> Vec<Mark> {
    let text = |x, y, text: String| Mark::Text { x, y, face: Face::Regular, size: 7.5, grey: QUIET, text };
    let line = |y| Mark::Rule { x: LEFT, y, to_x: RIGHT, to_y: y, weight: 0.4, grey: RULE };
    let right = |words: &str| RIGHT - fonts.width(words, Face::Regular, 7.5);
    let page = format!("page {n} of {count}");
    let short = |words: &str, room| {
        fonts.lines(words, Face::Regular, 7.5, room).into_iter().next().unwrap_or_default()
    };
    let mut marks = vec![
        line(54.0),
        text(LEFT, 41.0, short(frame.id, RIGHT - LEFT - 80.0)),
        text(right(&page), 41.0, page.clone()),
    ];
    if n > 1 && frame.running_head {
        marks.push(text(LEFT, HEIGHT - 50.0, short(frame.title, 300.0)));
        marks.push(line(HEIGHT - 57.0));
    }
    if frame.practice {
        let words = "PRACTICE: invented data, not evidence";
        marks.push(text(right(words), HEIGHT - 50.0, words.to_owned()));
    }
    marks
}

fn font_id(face: Face) -> FontId {
    match face {
        Face::Regular => FontId("NotoSans".into()),
        Face::Bold => FontId("NotoSansBold".into()),
    }
}

fn grey(percent: f32) -> Color {
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}

fn watermark(ops: &mut Vec<Op>) {
    ops.extend([
        Op::StartTextSection,
        Op::SetFillColor { col: grey(0.93) },
        Op::SetFont { font: PdfFontHandle::External(font_id(Face::Bold)), size: Pt(104.0) },
        Op::SetTextMatrix { matrix: TextMatrix::Raw(tilted(98.0, 158.0)) },
        Op::ShowText { items: vec![TextItem::Text("PRACTICE".into())] },
        Op::EndTextSection,
    ]);
}

/// Turned by 50 degrees to the left, beginning at the point given.
fn tilted(x: f32, y: f32) -> [f32; 6] {
    let (sine, cosine) = (0.766, 0.643);
    [cosine, sine, -sine, cosine, x, y]
}

fn draw(mark: &Mark, ops: &mut Vec<Op>) {
    match mark {
        Mark::Text { x, y, face, size, grey: shade, text } => ops.extend([
            Op::StartTextSection,
            Op::SetFillColor { col: grey(*shade) },
            Op::SetFont { font: PdfFontHandle::External(font_id(*face)), size: Pt(*size) },
            Op::SetTextCursor { pos: Point { x: Pt(*x), y: Pt(*y) } },
            Op::ShowText { items: vec![TextItem::Text(text.clone())] },
            Op::EndTextSection,
        ]),
        Mark::Rule { x, y, to_x, to_y, weight, grey: shade } => {
            let end = |x: f32, y: f32| LinePoint { p: Point { x: Pt(x), y: Pt(y) }, bezier: false };
            ops.extend([
                Op::SetOutlineColor { col: grey(*shade) },
                Op::SetOutlineThickness { pt: Pt(*weight) },
                Op::DrawLine {
                    line: Line { points: vec![end(*x, *y), end(*to_x, *to_y)], is_closed: false },
                },
            ]);
        }
    }
}
