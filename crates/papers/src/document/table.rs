//! Tables and label-value rows: a row that fits a page is never split, and the header stands on every page.

use super::flow::{BODY, CELL, Setter, Type, count};
use super::page::{Frame, INK, LEFT, Mark, Owner, QUIET, RULE};
use super::shape::Lines;
use super::tree::{NodeId, Role, Scope, Tree};
use super::{Table, Text};

const GUTTER: f32 = 10.0;
const ABOVE: f32 = 4.0;
const BELOW: f32 = 4.5;
/// The width of the labels in label-value rows.
const LABEL: f32 = 150.0;

/// One cell's text and its place.
struct Cell {
    lines: Lines,
    x: f32,
    node: NodeId,
}

fn row_height<'l>(cells: impl Iterator<Item = &'l Lines>, it: Type) -> f32 {
    ABOVE + BELOW + it.leading * count(cells.map(|it| it.len()).max().unwrap_or(1).max(1))
}

impl Setter<'_, '_> {
    /// Place and width of each column: its share, but no less than the longest word of its title where that can be had.
    fn columns(&mut self, table: &Table) -> Vec<(f32, f32)> {
        let total: f32 = table.columns.iter().map(|column| column.width.max(0.01)).sum();
        let room = self.paper.room();
        let wanted: Vec<(f32, f32)> = table
            .columns
            .iter()
            .map(|column| {
                let words = column.title.split([' ', '\n']).map(|word| self.width(word));
                let least = words.fold(0.0, f32::max) + GUTTER + 0.5;
                (room * column.width.max(0.01) / total, least)
            })
            .collect();
        let lacking: f32 = wanted.iter().map(|(share, least)| (least - share).max(0.0)).sum();
        let spare: f32 = wanted.iter().map(|(share, least)| (share - least).max(0.0)).sum();
        let fits = lacking <= spare && spare > 0.0;
        let mut x = LEFT;
        wanted
            .into_iter()
            .map(|(share, least)| {
                let width = match () {
                    () if !fits => share,
                    () if share < least => least,
                    () => share - lacking * (share - least) / spare,
                };
                let place = (x, (width - GUTTER).max(12.0));
                x += width;
                place
            })
            .collect()
    }

    /// Width of a word of a table's header.
    fn width(&mut self, word: &str) -> f32 {
        let room = self.paper.room();
        let lines = self.shaper.lines(&Text::default().bold(word), CELL.size, room);
        lines.first().map_or(0.0, |line| line.width)
    }

    fn header_lines(&mut self, table: &Table, columns: &[(f32, f32)]) -> Vec<Lines> {
        let titles = table.columns.iter().zip(columns);
        titles
            .map(|(it, (_, width))| {
                self.shaper.lines(&Text::default().bold(it.title.as_str()), CELL.size, *width)
            })
            .collect()
    }

    fn row_lines(&mut self, row: &[String], columns: &[(f32, f32)]) -> Vec<Lines> {
        let texts = row.iter().map(String::as_str).chain(std::iter::repeat(""));
        columns
            .iter()
            .zip(texts)
            .map(|((_, width), text)| self.shaper.lines(&text.into(), CELL.size, *width))
            .collect()
    }

    /// The least height with which a table may start: its header and first row.
    pub(super) fn table_start(&mut self, table: &Table) -> f32 {
        let columns = self.columns(table);
        let header = self.header_lines(table, &columns);
        let first = table.rows.first().map(|row| self.row_lines(row, &columns)).unwrap_or_default();
        10.0 + row_height(header.iter(), CELL) + row_height(first.iter(), CELL)
    }

    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let columns = self.columns(table);
        let header = self.header_lines(table, &columns);
        let head = row_height(header.iter(), CELL);
        self.space(10.0);
        let first = table.rows.first().map(|row| self.row_lines(row, &columns)).unwrap_or_default();
        self.need(head + row_height(first.iter(), CELL).min(self.paper.height() - head));
        let node = self.tree.add(Tree::ROOT, Role::Table);
        let part = self.tree.add(node, Role::THead);
        self.header(&header, &columns, Some(part));
        let body = if table.rows.is_empty() { node } else { self.tree.add(node, Role::TBody) };
        for row in &table.rows {
            let lines = self.row_lines(row, &columns);
            let height = row_height(lines.iter(), CELL);
            if self.left() < height && height <= self.paper.height() - head {
                self.break_page();
                self.header(&header, &columns, None);
            }
            let tr = self.tree.add(body, Role::TR);
            let cells = lines.into_iter().zip(&columns);
            let cells = cells
                .map(|(lines, (x, _))| Cell { lines, x: *x, node: self.tree.add(tr, Role::TD) })
                .collect();
            self.row(cells, |setter| setter.header(&header, &columns, None));
            self.rule(0.5, RULE);
        }
        self.space(8.0);
    }

    /// The header; on further pages without `part` it is there for the eye alone.
    fn header(&mut self, header: &[Lines], columns: &[(f32, f32)], part: Option<NodeId>) {
        let top = self.y - ABOVE;
        let tr = part.map(|part| self.tree.add(part, Role::TR));
        for (lines, (x, _)) in header.iter().zip(columns) {
            self.y = top;
            let owner = tr.map(|tr| self.tree.add(tr, Role::TH(Scope::Column)));
            for n in 0..lines.len() {
                self.cell_line(lines, n, *x, owner);
            }
        }
        self.y = top + ABOVE - row_height(header.iter(), CELL);
        self.rule(0.9, INK);
    }

    fn cell_line(&mut self, lines: &Lines, n: usize, x: f32, owner: Option<NodeId>) {
        self.y -= CELL.leading;
        let y = self.y + (CELL.leading - CELL.size) / 2.0 + CELL.size * 0.2;
        let owner = owner.map_or(Owner::Frame(Frame::Layout), Owner::Node);
        self.mark(owner, Mark::Line { lines: lines.clone(), n, x, y, size: CELL.size, colour: INK });
    }

    /// Sets one row, cell by cell; what is longer than the page goes on below a repeated header.
    fn row(&mut self, cells: Vec<Cell>, mut go_on: impl FnMut(&mut Self)) {
        let longest = cells.iter().map(|it| it.lines.len()).max().unwrap_or(1).max(1);
        let mut from = 0;
        loop {
            let mut to = from;
            let mut used = ABOVE + BELOW + CELL.leading;
            while to < longest && (used <= self.left() + 0.01 || to == from) {
                to += 1;
                used += CELL.leading;
            }
            let top = self.y - ABOVE;
            for cell in &cells {
                self.y = top;
                for n in from..to.min(cell.lines.len()) {
                    self.cell_line(&cell.lines, n, cell.x, Some(cell.node));
                }
            }
            self.y = top - CELL.leading * count(to - from) - BELOW;
            from = to;
            if from >= longest {
                return;
            }
            self.break_page();
            go_on(self);
        }
    }

    /// Label and value side by side, read as a table whose rows have headers.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        if facts.is_empty() {
            return;
        }
        self.space(6.0);
        let node = self.tree.add(Tree::ROOT, Role::Table);
        for (label, value) in facts {
            let labels = self.shaper.lines(&label.as_str().into(), BODY.size, LABEL - GUTTER);
            let values = self.shaper.lines(&value.as_str().into(), BODY.size, self.paper.room() - LABEL);
            let longest = labels.len().max(values.len());
            self.space(2.0);
            let height = BODY.leading * count(longest);
            if height <= self.paper.height() {
                self.need(height);
            }
            let tr = self.tree.add(node, Role::TR);
            let th = self.tree.add(tr, Role::TH(Scope::Row));
            let td = self.tree.add(tr, Role::TD);
            let mut n = 0;
            while n < longest {
                if self.left() < BODY.leading {
                    self.break_page();
                }
                // Cell by cell as far as the page goes, so that the label is heard before its value.
                let top = self.y;
                let mut to = n;
                let mut used = BODY.leading;
                while to < longest && used <= self.left() + 0.01 {
                    to += 1;
                    used += BODY.leading;
                }
                for line in n..to.min(labels.len()) {
                    self.line(&labels, line, LEFT, BODY, QUIET, th);
                }
                self.y = top;
                for line in n..to.min(values.len()) {
                    self.line(&values, line, LEFT + LABEL, BODY, INK, td);
                }
                self.y = top - BODY.leading * count(to - n);
                n = to.max(n + 1);
            }
        }
        self.space(4.0);
    }
}
