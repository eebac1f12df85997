//! Text becomes lines of glyphs of at most a given width.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use fontique::FontWeight;
use parley::style::{FontFamily, LineHeight, OverflowWrap, StyleProperty};
use parley::{BaseDirection, FontData};

use super::clean::clean;
use super::fonts::Fonts;
use super::{Span, Text};

/// A word longer than this gets places where it may break.
const LONG_WORD: usize = 16;

/// One line of glyphs, in points from its left end.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub width: f32,
    pub runs: Vec<Run>,
}

/// Glyphs of one font, from left to right.
#[derive(Debug)]
pub(super) struct Run {
    pub face: usize,
    pub x: f32,
    pub clusters: Vec<Cluster>,
    pub glyphs: Vec<Glyph>,
    pub is_rtl: bool,
    text: Rc<str>,
}

/// Characters that are drawn together, and how many glyphs that takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    from: usize,
    to: usize,
    pub glyphs: usize,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub id: u16,
    /// Off its place by so much, to the right and up.
    pub x: f32,
    pub y: f32,
    pub advance: f32,
}

impl Run {
    /// The characters of a cluster, those that leave no mark included.
    pub(super) fn text(&self, cluster: &Cluster) -> &str {
        self.text.get(cluster.from..cluster.to).unwrap_or_default()
    }
}

/// Lines of shaped text, shared by all places that say the same.
pub(super) type Lines = Rc<Vec<Line>>;

/// Shapes text and remembers it for the time of one paper.
pub(super) struct Shaper<'a> {
    fonts: &'a mut Fonts,
    pub faces: Vec<FontData>,
    pub lacking: BTreeSet<char>,
    known: HashMap<(Text, u32, u32), Lines>,
}

impl<'a> Shaper<'a> {
    pub(super) fn new(fonts: &'a mut Fonts) -> Self {
        Self { fonts, faces: Vec::new(), lacking: BTreeSet::new(), known: HashMap::new() }
    }

    /// The text in lines of at most `width` points; `size` in points. Empty text has one line without glyphs.
    pub(super) fn lines(&mut self, text: &Text, size: f32, width: f32) -> Lines {
        let key = (text.clone(), size.to_bits(), width.to_bits());
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let lines = Rc::new(self.shape(&text.spans, size, width.max(size * 2.0)));
        self.known.insert(key, Rc::clone(&lines));
        lines
    }

    /// As much of the text as one line of `width` points holds.
    pub(super) fn one_line(&mut self, text: &str, size: f32, width: f32) -> Lines {
        let flat = text.replace('\n', " ");
        let whole = self.lines(&flat.as_str().into(), size, width);
        if whole.len() < 2 {
            return whole;
        }
        let mut short: String = flat.chars().take(160).collect();
        while short.pop().is_some() {
            let lines = self.lines(&format!("{}…", short.trim_end()).into(), size, width);
            if lines.len() < 2 {
                return lines;
            }
        }
        whole
    }

    fn shape(&mut self, spans: &[Span], size: f32, width: f32) -> Vec<Line> {
        let mut text = String::new();
        let mut bold = Vec::new();
        for span in spans {
            let from = text.len();
            text.push_str(&breakable(&clean(&span.text, self.fonts, &mut self.lacking)));
            if span.bold {
                bold.push(from..text.len());
            }
        }
        let text: Rc<str> = text.into();
        let Fonts { context, layouts, families, .. } = &mut *self.fonts;
        let mut builder = layouts.ranged_builder(context, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(families.as_slice().into())));
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(size)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for range in bold {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range);
        }
        // A name in another script stands in a line that reads from left to right, unless it stands alone.
        let alone = !text.bytes().any(|byte| byte.is_ascii_alphanumeric());
        builder.set_base_direction(if alone { BaseDirection::Auto } else { BaseDirection::Ltr });
        let mut layout = builder.build(&*text);
        layout.break_all_lines(Some(width));
        layout.lines().map(|line| self.line(&line, &text)).collect()
    }

    fn line(&mut self, line: &parley::Line<'_, ()>, text: &Rc<str>) -> Line {
        let mut x = 0.0;
        let mut runs = Vec::new();
        for run in line.runs() {
            let mut clusters: Vec<Cluster> = Vec::new();
            let mut glyphs: Vec<Vec<Glyph>> = Vec::new();
            for cluster in run.clusters() {
                let range = cluster.text_range();
                if let Some(last) = clusters.last_mut().filter(|_| cluster.is_ligature_continuation()) {
                    last.from = last.from.min(range.start);
                    last.to = last.to.max(range.end);
                    continue;
                }
                let drawn: Vec<Glyph> = cluster
                    .glyphs()
                    .map(|it| Glyph {
                        id: u16::try_from(it.id).unwrap_or_default(),
                        x: it.x,
                        y: -it.y,
                        advance: it.advance,
                    })
                    .collect();
                clusters.push(Cluster { from: range.start, to: range.end, glyphs: drawn.len() });
                glyphs.push(drawn);
            }
            if run.is_rtl() {
                clusters.reverse();
                glyphs.reverse();
            }
            let face = self.face(run.font());
            runs.push(Run {
                face,
                x,
                is_rtl: run.is_rtl(),
                clusters,
                glyphs: glyphs.into_iter().flatten().collect(),
                text: Rc::clone(text),
            });
            x += run.advance();
        }
        Line { width: line.metrics().advance, runs }
    }

    fn face(&mut self, font: &FontData) -> usize {
        if let Some(place) = self.faces.iter().position(|it| it == font) {
            return place;
        }
        self.faces.push(font.clone());
        self.faces.len() - 1
    }
}

/// The text with a place to break behind the joints of long words (ids, addresses, paths), and none behind "§ ".
fn breakable(text: &str) -> String {
    if !text.contains("§ ") && !text.split([' ', '\n']).any(|word| word.len() > LONG_WORD) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive([' ', '\n']) {
        if word.ends_with("§ ") {
            out.push_str(word);
            out.push('\u{2060}');
            continue;
        }
        if word.len() <= LONG_WORD {
            out.push_str(word);
            continue;
        }
        for character in word.chars() {
            out.push(character);
            if matches!(character, '/' | '_' | '.' | '@' | ',' | ':' | '=' | '&') {
                out.push('\u{200b}');
            }
        }
    }
    out
}
