//! Marks become drawing operators, and the whole a PDF file.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Object, ObjectId};
use parley::FontData;
use printpdf::Codepoint;
use printpdf::{
    Color, DictItem, ExternalStream, ExternalXObject, FontId, Line as Path, LinePoint, Mm, Op, PaintMode,
    PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, TextMatrix, XObject,
    XObjectId, XObjectTransform,
};

use super::archive::squeeze;
use super::clean::is_silent;
use super::embed::Embedded;
use super::page::{Colour, Frame, Image, Mark, Owner, Page};
use super::shape::{Line, Run};
use super::tree::{NodeId, Tree};
use crate::error::Error;

/// So many pages are held as operators, which take far more room than what is written of them.
const TOGETHER: usize = 64;

/// Pages as printpdf has written them, and what lopdf needs to finish the file.
pub(super) struct Drawn {
    pub file: lopdf::Document,
    pub fonts: Vec<Embedded>,
    /// For each page the owner of each of its numbered groups.
    pub owners: Vec<Vec<NodeId>>,
}

pub(super) fn draw(
    title: &str,
    (width, height): (f32, f32),
    pages: Vec<Page>,
    faces: Vec<FontData>,
    tree: &Tree,
) -> Result<Drawn, Error> {
    let mut pen = Pen {
        ops: Vec::new(),
        fonts: faces.into_iter().map(Embedded::new).collect(),
        images: Vec::new(),
        colour: None,
    };
    let mut owners = Vec::with_capacity(pages.len());
    let (mut made, mut contents) = (Vec::new(), Vec::new());
    let sized = |ops| PdfPage::new(Mm::from(Pt(width)), Mm::from(Pt(height)), ops);
    for page in pages {
        if made.len() == TOGETHER {
            let mut file = written(title, &pen.images, std::mem::take(&mut made));
            for id in contents_of(&file) {
                if let Some(Object::Stream(mut stream)) = file.objects.remove(&id) {
                    squeeze(&mut stream)?;
                    contents.push(stream);
                }
            }
        }
        pen.colour = None;
        for group in &page.groups {
            pen.begin(group.owner, group.number, tree);
            for mark in &group.marks {
                pen.mark(mark);
            }
            pen.ops.push(Op::EndMarkedContent);
        }
        owners.push(page.owners);
        made.push(sized(std::mem::take(&mut pen.ops)));
    }
    // The pages before the last few are written already: they come in empty, and what was written is put in.
    let all = contents.iter().map(|_| sized(Vec::new())).chain(made).collect();
    let mut file = written(title, &pen.images, all);
    for (id, stream) in contents_of(&file).into_iter().zip(contents) {
        file.objects.insert(id, Object::Stream(stream));
    }
    Ok(Drawn { file, fonts: pen.fonts, owners })
}

/// What stands on each page: printpdf gives every page one stream.
fn contents_of(file: &lopdf::Document) -> Vec<ObjectId> {
    file.page_iter().filter_map(|page| file.get_page_contents(page).first().copied()).collect()
}

/// Pages as printpdf writes them.
fn written(title: &str, images: &[Rc<Image>], pages: Vec<PdfPage>) -> lopdf::Document {
    let mut document = PdfDocument::new(title);
    for (n, image) in images.iter().enumerate() {
        document.resources.xobjects.map.insert(image_id(n), XObject::External(external(image)));
    }
    document.with_pages(pages);
    let plain = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    printpdf::to_lopdf_doc(&document, &plain, &mut Vec::new())
}

/// What a font is called on the pages.
pub(super) fn font_name(n: usize) -> String {
    format!("T{n}")
}

fn image_id(n: usize) -> XObjectId {
    XObjectId(format!("I{n}"))
}

fn external(image: &Image) -> ExternalXObject {
    let whole = |number: usize| DictItem::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let name = |name: &str| DictItem::Name(name.into());
    let dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), whole(image.width)),
        ("Height".to_owned(), whole(image.height)),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), name("DeviceRGB")),
    ]);
    let stream = ExternalStream { dict, content: image.pixels.clone(), compress: true };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

struct Pen {
    ops: Vec<Op>,
    fonts: Vec<Embedded>,
    images: Vec<Rc<Image>>,
    /// The colour that fills now.
    colour: Option<Colour>,
}

impl Pen {
    fn begin(&mut self, owner: Owner, number: usize, tree: &Tree) {
        let (tag, properties) = match owner {
            Owner::Node(node) => {
                let role = tree.nodes.get(node).map_or("P", |it| it.role.name());
                let number = DictItem::Int(i64::try_from(number).unwrap_or(i64::MAX));
                (role, BTreeMap::from([("MCID".to_owned(), number)]))
            }
            Owner::Frame(frame) => ("Artifact", artifact(frame)),
        };
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict { map: properties },
        });
    }

    fn fill(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.colour = Some(colour);
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Line { lines, n, x, y, size, colour } => {
                if let Some(line) = lines.get(*n).filter(|it| !it.runs.is_empty()) {
                    self.fill(*colour);
                    self.text(line, *size, |dx, dy| [1.0, 0.0, 0.0, 1.0, x + dx, y + dy]);
                }
            }
            Mark::Tilted { lines, x, y, size, colour } => {
                if let Some(line) = lines.first() {
                    let (sine, cosine) = (0.766, 0.643);
                    self.fill(*colour);
                    self.text(line, *size, |dx, dy| {
                        [
                            cosine,
                            sine,
                            -sine,
                            cosine,
                            x + dx * cosine - dy * sine,
                            y + dx * sine + dy * cosine,
                        ]
                    });
                }
            }
            Mark::Rule { from, to, weight, colour } => {
                let end = |(x, y): (f32, f32)| LinePoint { p: point(x, y), bezier: false };
                self.ops.extend([
                    Op::SetOutlineColor { col: rgb(*colour) },
                    Op::SetOutlineThickness { pt: Pt(*weight) },
                    Op::DrawLine { line: Path { points: vec![end(*from), end(*to)], is_closed: false } },
                ]);
            }
            Mark::Fill { x, y, width, height, colour } => {
                self.fill(*colour);
                let (x, y, width, height) =
                    (Pt(round(*x)), Pt(round(*y)), Pt(round(*width)), Pt(round(*height)));
                let mode = Some(PaintMode::Fill);
                let rectangle = Rect { x, y, width, height, mode, winding_order: None };
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Mark::Image { image, x, y, width, height } => {
                self.images.push(Rc::clone(image));
                let transform = XObjectTransform {
                    translate_x: Some(Pt(round(*x))),
                    translate_y: Some(Pt(round(*y))),
                    scale_x: Some(round(*width)),
                    scale_y: Some(round(*height)),
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                };
                self.ops.push(Op::UseXobject { id: image_id(self.images.len() - 1), transform });
            }
        }
    }

    fn text(&mut self, line: &Line, size: f32, place: impl Fn(f32, f32) -> [f32; 6]) {
        self.ops.push(Op::StartTextSection);
        for run in &line.runs {
            self.run(run, size, &place);
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Glyphs of one font. What several glyphs say together, or one glyph says only here, is said in words beside them.
    fn run(&mut self, run: &Run, size: f32, place: &impl Fn(f32, f32) -> [f32; 6]) {
        let Some(font) = self.fonts.get_mut(run.face) else { return };
        let id = FontId(font_name(run.face));
        self.ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(size) });
        let mut show = Show { items: Vec::new(), from: (run.x, 0.0), pen: run.x };
        let mut x = run.x;
        let mut glyphs = run.glyphs.iter();
        for cluster in &run.clusters {
            let whole = run.text(cluster);
            let text: String = whole.chars().filter(|it| !is_silent(*it)).collect();
            if text.is_empty() {
                x += glyphs.by_ref().take(cluster.glyphs).map(|it| it.advance).sum::<f32>();
                continue;
            }
            let drawn: Vec<_> = glyphs.by_ref().take(cluster.glyphs).collect();
            // A letter and its marks speak for themselves; from right to left they stand last first.
            let mut alone: Vec<String> = match () {
                () if drawn.len() == 1 => vec![text.clone()],
                () if drawn.len() == whole.chars().count() => whole.chars().map(String::from).collect(),
                () => Vec::new(),
            };
            if run.is_rtl {
                alone.reverse();
            }
            let one_by_one = drawn.len() == 1
                || !alone.is_empty()
                    && drawn.iter().zip(&alone).all(|(it, char)| run.is_rtl || font.is_glyph_of(it.id, char));
            let mut plain = one_by_one;
            let drawn: Vec<_> = drawn
                .into_iter()
                .enumerate()
                .filter(|(n, _)| !(one_by_one && alone.get(*n).is_some_and(|it| it.chars().all(is_silent))))
                .map(|(n, glyph)| {
                    let (number, width) = font.take(glyph.id);
                    plain &= font.says(number, alone.get(n).filter(|_| one_by_one).unwrap_or(&text));
                    (glyph, (number, width))
                })
                .collect();
            if !plain {
                show.flush(&mut self.ops, place);
                let words = text.encode_utf16().flat_map(u16::to_be_bytes);
                let data = [0xfe, 0xff].into_iter().chain(words).collect();
                let words = DictItem::String { data, literal: false };
                self.ops.push(Op::BeginMarkedContentWithProperties {
                    tag: "Span".to_owned(),
                    properties: DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), words)]) },
                });
            }
            for (glyph, (number, width)) in drawn {
                show.go(x + glyph.x, glyph.y, size, &mut self.ops, place);
                show.glyph(number);
                show.pen += f32::from(i16::try_from(width).unwrap_or_default()) * size / 1000.0;
                x += glyph.advance;
            }
            if !plain {
                show.flush(&mut self.ops, place);
                self.ops.push(Op::EndMarkedContent);
            }
        }
        show.flush(&mut self.ops, place);
    }
}

/// Glyphs on the way to one operator.
struct Show {
    items: Vec<TextItem>,
    /// Where the first of them stands.
    from: (f32, f32),
    /// Where the next one would stand by itself.
    pen: f32,
}

impl Show {
    /// Moves to the place of the next glyph.
    fn go(&mut self, x: f32, y: f32, size: f32, ops: &mut Vec<Op>, place: &impl Fn(f32, f32) -> [f32; 6]) {
        if (y - self.from.1).abs() > 0.005 {
            self.flush(ops, place);
        }
        if self.items.is_empty() {
            self.from = (x, y);
            self.pen = x;
        } else if (x - self.pen).abs() > size / 2000.0 {
            self.items.push(TextItem::Offset(((self.pen - x) * 1000.0 / size).round()));
            self.pen = x;
        }
    }

    fn glyph(&mut self, number: u16) {
        let glyph = Codepoint::new(number, 0.0);
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(row)) => row.push(glyph),
            _ => self.items.push(TextItem::GlyphIds(vec![glyph])),
        }
    }

    fn flush(&mut self, ops: &mut Vec<Op>, place: &impl Fn(f32, f32) -> [f32; 6]) {
        if self.items.is_empty() {
            return;
        }
        let matrix = TextMatrix::Raw(place(self.from.0, self.from.1).map(round));
        ops.push(Op::SetTextMatrix { matrix });
        ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
    }
}

fn artifact(frame: Frame) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.into());
    let pagination = |subtype: &str| {
        BTreeMap::from([("Type".to_owned(), name("Pagination")), ("Subtype".to_owned(), name(subtype))])
    };
    match frame {
        Frame::Header => pagination("Header"),
        Frame::Footer => pagination("Footer"),
        Frame::Watermark => pagination("Watermark"),
        Frame::Layout => BTreeMap::from([("Type".to_owned(), name("Layout"))]),
    }
}

fn rgb([r, g, b]: Colour) -> Color {
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(round(x)), y: Pt(round(y)) }
}

/// To a thousandth of a point: no eye and no printer sees less.
fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}
