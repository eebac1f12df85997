//! What stands around the text of every page: title, id, page n of m, and the word PRACTICE.

use std::rc::Rc;

use super::flow::CELL;
use super::page::{Frame, GHOST, Group, LEFT, Mark, Owner, Page, QUIET, RULE};
use super::shape::{Lines, Shaper};
use super::{Document, Language};

/// Words of the title at the head of the pages after the first.
const RUNNING_WORDS: usize = 6;

impl Language {
    fn page_of(self, n: usize, count: usize) -> String {
        match self {
            Language::English => format!("page {n} of {count}"),
            Language::Spanish => format!("página {n} de {count}"),
        }
    }

    fn practice(self) -> [&'static str; 2] {
        match self {
            Language::English => ["PRACTICE", "PRACTICE: invented data, not evidence"],
            Language::Spanish => ["PRÁCTICA", "PRÁCTICA: datos inventados, no es una prueba"],
        }
    }
}

/// A title as it runs over the pages: its first words.
fn running(title: &str) -> String {
    let mut words = title.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(RUNNING_WORDS).collect();
    let rest = if words.next().is_some() { " …" } else { "" };
    format!("{}{rest}", first.join(" "))
}

/// Puts the frame around all pages.
pub(super) fn around(pages: &mut [Page], document: &Document, shaper: &mut Shaper<'_>) {
    let (width, height) = document.paper.size();
    let right = width - LEFT;
    let count = pages.len();
    let [ghost, notice] = document.language.practice();
    let title = shaper.one_line(&running(&document.title), CELL.size, document.paper.room() - 230.0);
    let id = shaper.one_line(&document.id, CELL.size, document.paper.room() - 110.0);
    let notice = shaper.one_line(notice, CELL.size, 230.0);
    let reminder = shaper.one_line(ghost, CELL.size, 230.0);
    let ghost = shaper.lines(&super::Text::default().bold(ghost), 104.0, 1000.0);
    for (n, page) in pages.iter_mut().enumerate() {
        let place = shaper.one_line(&document.language.page_of(n + 1, count), CELL.size, 110.0);
        let text = |lines: &Lines, x: f32, y: f32| Mark::Line {
            lines: Rc::clone(lines),
            n: 0,
            x,
            y,
            size: CELL.size,
            colour: QUIET,
        };
        let at_right = |lines: &Lines| right - lines.first().map_or(0.0, |it| it.width);
        let rule = |y: f32| Mark::Rule { from: (LEFT, y), to: (right, y), weight: 0.5, colour: RULE };
        let mut header = Vec::new();
        if n > 0 {
            header.push(text(&title, LEFT, height - 47.0));
        }
        if document.practice {
            // The sentence stands once; a line of header that reads like prose would have to be read out on every page.
            let mark = if n == 0 { &notice } else { &reminder };
            header.push(text(mark, at_right(mark), height - 47.0));
        }
        if !header.is_empty() {
            header.push(rule(height - 55.0));
        }
        let footer = vec![rule(52.0), text(&id, LEFT, 37.0), text(&place, at_right(&place), 37.0)];
        let group = |frame, marks| Group { owner: Owner::Frame(frame), number: 0, marks };
        let mut before = Vec::new();
        if document.practice {
            // Turned around the middle of the page.
            let (along, up) = (ghost.first().map_or(0.0, |it| it.width) / 2.0, 37.0);
            let x = width / 2.0 - along * 0.643 + up * 0.766;
            let y = height / 2.0 - along * 0.766 - up * 0.643;
            let mark = Mark::Tilted { lines: Rc::clone(&ghost), x, y, size: 104.0, colour: GHOST };
            before.push(group(Frame::Watermark, vec![mark]));
        }
        before.push(group(Frame::Header, header));
        page.groups.splice(0..0, before);
        page.groups.push(group(Frame::Footer, footer));
    }
}
