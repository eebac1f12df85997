//! Sets blocks on pages from top to bottom: no heading alone at a foot, no first or last line of a paragraph alone.

use std::rc::Rc;

use super::page::{ACCENT, Colour, Frame, INK, LEFT, MARGIN, Mark, Owner, Page, QUIET, TINT};
use super::picture;
use super::shape::{Lines, Shaper};
use super::tree::{Extra, NodeId, Role, Tree};
use super::{Block, Figure, Level, Paper, Text};
use crate::error::Error;

/// Size and leading of the text, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub size: f32,
    pub leading: f32,
}

pub(super) const BODY: Type = Type { size: 10.5, leading: 15.5 };
pub(super) const CELL: Type = Type { size: 9.5, leading: 13.0 };
const TITLE: Type = Type { size: 19.0, leading: 25.0 };
const SECTION: Type = Type { size: 13.5, leading: 19.0 };
const TOPIC: Type = Type { size: 11.0, leading: 16.0 };

/// The indent of lists and notes.
const INDENT: f32 = 18.0;

/// A heading as a bookmark has it.
pub(super) struct Stop {
    pub level: Level,
    pub words: String,
    pub page: usize,
    pub top: f32,
}

pub(super) struct Setter<'s, 'f> {
    pub shaper: &'s mut Shaper<'f>,
    pub paper: Paper,
    pub pages: Vec<Page>,
    pub tree: Tree,
    pub stops: Vec<Stop>,
    /// What is used of the page so far ends here.
    pub y: f32,
    depth: u8,
}

impl<'s, 'f> Setter<'s, 'f> {
    pub(super) fn new(shaper: &'s mut Shaper<'f>, paper: Paper) -> Self {
        let top = paper.size().1 - MARGIN;
        Self {
            shaper,
            paper,
            pages: vec![Page::default()],
            tree: Tree::new(),
            stops: Vec::new(),
            y: top,
            depth: 0,
        }
    }

    /// Sets all blocks.
    pub(super) fn set(&mut self, blocks: &[Block]) -> Result<(), Error> {
        for (n, block) in blocks.iter().enumerate() {
            match block {
                Block::Heading(level, words) => {
                    let next = self.start(blocks.get(n + 1..).unwrap_or_default());
                    self.heading(*level, words, next);
                }
                Block::Subtitle(words) => self.subtitle(words),
                Block::Paragraph(text) => {
                    self.space(7.0);
                    let lines = self.shaper.lines(text, BODY.size, self.paper.room());
                    let node = self.tree.add(Tree::ROOT, Role::P);
                    self.lines(&lines, LEFT, BODY, INK, node);
                }
                Block::Address(parts) => {
                    let lines = self.shaper.lines(&parts.join("\n").into(), BODY.size, self.paper.room());
                    let node = self.tree.add(Tree::ROOT, Role::P);
                    self.lines(&lines, LEFT, BODY, INK, node);
                    self.space(18.0);
                }
                Block::Bullets(items) => self.list(items, |_| "•".to_owned(), "Disc"),
                Block::Numbered(items) => self.list(items, |n| format!("{}.", n + 1), "Decimal"),
                Block::Facts(facts) => self.facts(facts),
                Block::Table(table) => self.table(table),
                Block::Note(text) => self.note(text),
                Block::Figure(figure) => self.figure(figure)?,
                Block::Signature(labels) => self.signature(labels),
                Block::NewPage => self.need(self.paper.height() + 1.0),
            }
        }
        Ok(())
    }

    pub(super) fn top(&self) -> f32 {
        self.paper.size().1 - MARGIN
    }

    /// The height that is left on this page.
    pub(super) fn left(&self) -> f32 {
        self.y - MARGIN
    }

    pub(super) fn mark(&mut self, owner: Owner, mark: Mark) {
        let n = self.pages.len().saturating_sub(1);
        if let Some(page) = self.pages.last_mut() {
            page.mark(n, owner, mark, &mut self.tree);
        }
    }

    pub(super) fn break_page(&mut self) {
        self.pages.push(Page::default());
        self.y = self.top();
    }

    /// Goes to a new page unless `height` is left on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.left() < height && self.y < self.top() {
            self.break_page();
        }
    }

    /// White, except at the head of a page.
    pub(super) fn space(&mut self, height: f32) {
        if self.y < self.top() {
            self.y -= height;
        }
    }

    pub(super) fn rule(&mut self, weight: f32, colour: Colour) {
        let (from, to) = ((LEFT, self.y), (LEFT + self.paper.room(), self.y));
        self.mark(Owner::Frame(Frame::Layout), Mark::Rule { from, to, weight, colour });
    }

    /// One line of text below what is set.
    pub(super) fn line(&mut self, lines: &Lines, n: usize, x: f32, it: Type, colour: Colour, node: NodeId) {
        self.y -= it.leading;
        // The baseline stands so that the space around the letters is even.
        let y = self.y + (it.leading - it.size) / 2.0 + it.size * 0.2;
        self.mark(Owner::Node(node), Mark::Line { lines: Rc::clone(lines), n, x, y, size: it.size, colour });
    }

    /// Lines of one paragraph. Two lines at least stay together at a foot and at a head.
    fn lines(&mut self, lines: &Lines, x: f32, it: Type, colour: Colour, node: NodeId) {
        let mut n = 0;
        while n < lines.len() {
            let rest = lines.len() - n;
            let fits = fitting(self.left(), it.leading);
            let take = match () {
                () if fits >= rest => rest,
                () if fits < 2 || rest <= 3 => 0,
                () => fits.min(rest - 2),
            };
            if take == 0 && self.y < self.top() {
                self.break_page();
                continue;
            }
            for _ in 0..take.max(1) {
                self.line(lines, n, x, it, colour, node);
                n += 1;
            }
        }
    }

    /// The least height with which a block may start, so that a heading above it does not stand alone.
    fn start(&mut self, blocks: &[Block]) -> f32 {
        let room = self.paper.room();
        let opening =
            |lines: &Lines, it: Type| it.leading * if lines.len() <= 3 { count(lines.len()) } else { 2.0 };
        match blocks.first() {
            None => 0.0,
            Some(Block::Heading(..)) => {
                24.0 + SECTION.leading + self.start(blocks.get(1..).unwrap_or_default())
            }
            Some(Block::Subtitle(_)) => 60.0,
            Some(Block::Paragraph(text)) => 7.0 + opening(&self.shaper.lines(text, BODY.size, room), BODY),
            Some(Block::Bullets(items) | Block::Numbered(items)) => items
                .first()
                .map_or(0.0, |item| 6.0 + opening(&self.shaper.lines(item, BODY.size, room - INDENT), BODY)),
            Some(Block::Note(text)) => {
                let lines = self.shaper.lines(text, BODY.size, room - 2.0 * INDENT);
                34.0 + BODY.leading * count(lines.len().min(6))
            }
            Some(Block::Table(table)) => self.table_start(table),
            Some(Block::Figure(figure)) => self.figure_size(figure).1 + 12.0,
            Some(Block::Signature(_)) => 60.0,
            Some(Block::NewPage) => 0.0,
            Some(Block::Facts(_) | Block::Address(_)) => 3.0 * BODY.leading,
        }
    }

    fn heading(&mut self, level: Level, words: &str, next: f32) {
        let (it, above, below, colour) = match level {
            Level::One => (TITLE, 26.0, 4.0, INK),
            Level::Two => (SECTION, 20.0, 2.0, ACCENT),
            Level::Three => (TOPIC, 13.0, 0.0, INK),
        };
        self.space(above);
        let lines = self.shaper.lines(&Text::default().bold(words), it.size, self.paper.room());
        self.need((it.leading * count(lines.len()) + below + next).min(self.paper.height() * 0.9));
        // A level that was skipped is not skipped for those who hear the paper.
        let depth = match level {
            Level::One => 1,
            Level::Two => 2,
            Level::Three => 3,
        }
        .min(self.depth + 1);
        self.depth = depth;
        let role = match depth {
            1 => Role::H1,
            2 => Role::H2,
            _ => Role::H3,
        };
        let node = self.tree.add(Tree::ROOT, role);
        let top = self.y;
        for n in 0..lines.len() {
            if self.left() < it.leading {
                self.break_page();
            }
            if n == 0 {
                self.stops.push(Stop { level, words: words.to_owned(), page: self.pages.len() - 1, top });
            }
            self.line(&lines, n, LEFT, it, colour, node);
        }
        self.y -= below;
    }

    fn subtitle(&mut self, words: &str) {
        let lines = self.shaper.lines(&words.into(), BODY.size, self.paper.room());
        let node = self.tree.add(Tree::ROOT, Role::P);
        self.lines(&lines, LEFT, BODY, QUIET, node);
        self.space(10.0);
        self.rule(1.2, ACCENT);
        self.space(8.0);
    }

    fn list(&mut self, items: &[Text], label: impl Fn(usize) -> String, numbering: &'static str) {
        if items.is_empty() {
            return;
        }
        self.space(4.0);
        let list = self.tree.add(Tree::ROOT, Role::L);
        self.tree.extra(list, Extra::Numbering(numbering));
        let indent = if items.len() > 99 { 2.0 * INDENT } else { INDENT };
        for (n, item) in items.iter().enumerate() {
            self.space(3.0);
            let lines = self.shaper.lines(item, BODY.size, self.paper.room() - indent);
            let fits = fitting(self.left(), BODY.leading);
            if fits < lines.len() && (fits < 2 || lines.len() <= 3) {
                self.need(self.paper.height());
            }
            let part = self.tree.add(list, Role::LI);
            let sign = self.shaper.lines(&label(n).into(), BODY.size, indent);
            let y = self.y;
            let node = self.tree.add(part, Role::Lbl);
            self.line(&sign, 0, LEFT + 3.0, BODY, ACCENT, node);
            self.y = y;
            let node = self.tree.add(part, Role::LBody);
            self.lines(&lines, LEFT + indent, BODY, INK, node);
        }
    }

    /// Words on a tint, behind a bar. Split only when longer than a third of a page.
    fn note(&mut self, text: &Text) {
        let pad = 8.0;
        self.space(9.0);
        let lines = self.shaper.lines(text, BODY.size, self.paper.room() - 2.0 * INDENT);
        let node = self.tree.add(Tree::ROOT, Role::P);
        let mut n = 0;
        while n < lines.len() {
            let rest = lines.len() - n;
            self.need((2.0 * pad + BODY.leading * count(rest)).min(self.paper.height() / 3.0));
            let take = fitting(self.left() - 2.0 * pad, BODY.leading).clamp(1, rest);
            let take = if take + 1 == rest && take > 2 { take - 1 } else { take };
            let height = 2.0 * pad + BODY.leading * count(take);
            let (x, y, width) = (LEFT, self.y - height, self.paper.room());
            let frame = Owner::Frame(Frame::Layout);
            self.mark(frame, Mark::Fill { x, y, width, height, colour: TINT });
            self.mark(frame, Mark::Fill { x, y, width: 3.0, height, colour: ACCENT });
            self.y -= pad;
            for _ in 0..take {
                self.line(&lines, n, LEFT + INDENT, BODY, INK, node);
                n += 1;
            }
            self.y -= pad;
            if n < lines.len() {
                self.break_page();
            }
        }
        self.space(5.0);
    }

    /// The size at which a figure is drawn: within the text's width and three quarters of its height.
    fn figure_size(&self, figure: &Figure) -> (f32, f32) {
        let (width, height) = (figure.width.max(1.0), figure.height.max(1.0));
        let scale = (self.paper.room() / width).min(self.paper.height() * 0.75 / height).min(1.0);
        (width * scale, height * scale)
    }

    fn figure(&mut self, figure: &Figure) -> Result<(), Error> {
        if figure.alternative.trim().is_empty() {
            return Err(Error::Picture { because: "it has no words that stand for it".to_owned() });
        }
        let (width, height) = self.figure_size(figure);
        self.space(10.0);
        let caption = self.shaper.lines(&figure.caption.as_str().into(), CELL.size, self.paper.room());
        let below = if figure.caption.is_empty() { 0.0 } else { CELL.leading * count(caption.len().min(3)) };
        self.need(height + below);
        let (x, y) = (LEFT, self.y - height);
        let node = self.tree.add(Tree::ROOT, Role::Figure);
        let words = figure.alternative.clone();
        self.tree.extra(node, Extra::Alternative { words, place: [x, y, x + width, y + height] });
        let scale = width / figure.width.max(1.0);
        for mark in picture::marks(&figure.picture, self.shaper, (x, self.y), (width, height), scale)? {
            self.mark(Owner::Node(node), mark);
        }
        self.y = y - 3.0;
        if !figure.caption.is_empty() {
            let node = self.tree.add(Tree::ROOT, Role::P);
            self.lines(&caption, LEFT, CELL, QUIET, node);
        }
        self.space(8.0);
        Ok(())
    }

    fn signature(&mut self, labels: &[String]) {
        let gap = 28.0;
        let width = (self.paper.room() - gap) / 2.0;
        for pair in labels.chunks(2) {
            let texts: Vec<Lines> =
                pair.iter().map(|it| self.shaper.lines(&it.as_str().into(), CELL.size, width)).collect();
            let deepest = texts.iter().map(|it| it.len()).max().unwrap_or(1);
            self.space(8.0);
            self.need(36.0 + CELL.leading * count(deepest));
            let line = self.y - 34.0;
            for (lines, x) in texts.iter().zip([LEFT, LEFT + width + gap]) {
                let (from, to) = ((x, line), (x + width, line));
                self.mark(Owner::Frame(Frame::Layout), Mark::Rule { from, to, weight: 0.7, colour: INK });
                self.y = line - 2.0;
                let node = self.tree.add(Tree::ROOT, Role::P);
                for n in 0..lines.len() {
                    self.line(lines, n, x, CELL, QUIET, node);
                }
            }
            self.y = line - 2.0 - CELL.leading * count(deepest);
        }
    }
}

/// How many lines fit into a height.
fn fitting(height: f32, leading: f32) -> usize {
    let mut lines = 0;
    let mut used = leading;
    // A page has at most a few dozen lines.
    while used <= height + 0.01 {
        lines += 1;
        used += leading;
    }
    lines
}

/// Exact for every number of lines that a page can have; at most 65,535.
pub(super) fn count(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}
