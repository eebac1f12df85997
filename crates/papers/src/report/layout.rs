//! Sets blocks on pages: US Letter, from top to bottom, no row cut in two unless it is longer than a page.

use super::fonts::{Face, Fonts};
use super::{Block, Table};

pub(super) const WIDTH: f32 = 612.0;
pub(super) const HEIGHT: f32 = 792.0;
pub(super) const LEFT: f32 = 66.0;
pub(super) const RIGHT: f32 = WIDTH - 66.0;
const TOP: f32 = HEIGHT - 74.0;
const BOTTOM: f32 = 74.0;
const BODY: f32 = 9.5;
const LEADING: f32 = 14.0;
const CELL: f32 = 8.0;
const CELL_LEADING: f32 = 11.0;
const GUTTER: f32 = 9.0;

/// Shades of grey, 0 black.
pub(super) const INK: f32 = 0.12;
pub(super) const QUIET: f32 = 0.40;
pub(super) const RULE: f32 = 0.80;

/// Something at a place on a page, in points from the lower left corner.
pub(super) enum Mark {
    Text { x: f32, y: f32, face: Face, size: f32, grey: f32, text: String },
    Rule { x: f32, y: f32, to_x: f32, to_y: f32, weight: f32, grey: f32 },
}

pub(super) struct Setter<'a> {
    fonts: &'a Fonts,
    pub pages: Vec<Vec<Mark>>,
    y: f32,
}

impl<'a> Setter<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, pages: vec![Vec::new()], y: TOP }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn break_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// Goes to a new page unless `height` is left on this one.
    fn need(&mut self, height: f32) {
        if self.y - height < BOTTOM && self.y < TOP {
            self.break_page();
        }
    }

    fn space(&mut self, height: f32) {
        if self.y < TOP {
            self.y -= height;
        }
    }

    fn line(&mut self, text: &str, x: f32, face: Face, size: f32, leading: f32, grey: f32) {
        self.need(leading);
        self.y -= leading;
        self.text(text, x, self.y, face, size, grey);
    }

    fn text(&mut self, text: &str, x: f32, y: f32, face: Face, size: f32, grey: f32) {
        if !text.is_empty() {
            self.mark(Mark::Text { x, y, face, size, grey, text: text.to_owned() });
        }
    }

    fn rule(&mut self, y: f32, weight: f32, grey: f32) {
        self.mark(Mark::Rule { x: LEFT, y, to_x: RIGHT, to_y: y, weight, grey });
    }

    pub(super) fn title(&mut self, title: &str, subtitle: &str) {
        for line in self.fonts.lines(title, Face::Bold, 19.0, RIGHT - LEFT) {
            self.line(&line, LEFT, Face::Bold, 19.0, 24.0, INK);
        }
        self.y -= 3.0;
        for line in self.fonts.lines(subtitle, Face::Regular, 10.0, RIGHT - LEFT) {
            self.line(&line, LEFT, Face::Regular, 10.0, 15.0, QUIET);
        }
        self.y -= 12.0;
        self.rule(self.y, 0.6, RULE);
        self.y -= 6.0;
    }

    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => {
                self.space(16.0);
                let lines = self.fonts.lines(text, Face::Bold, 12.0, RIGHT - LEFT);
                // A heading never stands alone at the foot of a page.
                self.need(16.0 + 4.0 * LEADING);
                for line in lines {
                    self.line(&line, LEFT, Face::Bold, 12.0, 16.0, INK);
                }
                self.y -= 2.0;
            }
            Block::Paragraph(text) => {
                self.space(7.0);
                for line in self.fonts.lines(text, Face::Regular, BODY, RIGHT - LEFT) {
                    self.line(&line, LEFT, Face::Regular, BODY, LEADING, INK);
                }
            }
            Block::List(items) => {
                self.space(3.0);
                for item in items {
                    self.space(2.0);
                    for (n, line) in
                        self.fonts.lines(item, Face::Regular, BODY, RIGHT - LEFT - 14.0).iter().enumerate()
                    {
                        self.line(line, LEFT + 14.0, Face::Regular, BODY, LEADING, INK);
                        if n == 0 {
                            self.text("•", LEFT + 3.0, self.y, Face::Regular, BODY, QUIET);
                        }
                    }
                }
            }
            Block::Note(text) => self.note(text),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
        }
    }

    fn note(&mut self, text: &str) {
        self.space(9.0);
        for line in self.fonts.lines(text, Face::Bold, BODY, RIGHT - LEFT - 14.0) {
            self.line(&line, LEFT + 14.0, Face::Bold, BODY, LEADING, INK);
            let (x, y) = (LEFT + 3.0, self.y);
            self.mark(Mark::Rule { x, y: y - 4.0, to_x: x, to_y: y + 10.0, weight: 2.0, grey: INK });
        }
        self.space(4.0);
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        self.space(5.0);
        let column = 150.0;
        for (label, value) in facts {
            let labels = self.fonts.lines(label, Face::Regular, BODY, column - GUTTER);
            let values = self.fonts.lines(value, Face::Regular, BODY, RIGHT - LEFT - column);
            self.space(2.0);
            if values.len() <= 12 {
                self.need(LEADING * f32::from(u8::try_from(values.len()).unwrap_or(12)));
            }
            for n in 0..labels.len().max(values.len()) {
                self.line(
                    values.get(n).map_or("", String::as_str),
                    LEFT + column,
                    Face::Regular,
                    BODY,
                    LEADING,
                    INK,
                );
                let label = labels.get(n).map_or("", String::as_str);
                self.text(label, LEFT, self.y, Face::Regular, BODY, QUIET);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let total: f32 = table.columns.iter().map(|column| column.width.max(0.01)).sum();
        let room = RIGHT - LEFT;
        let mut columns = Vec::with_capacity(table.columns.len());
        let mut x = LEFT;
        for column in &table.columns {
            let width = room * column.width.max(0.01) / total;
            columns.push((x, (width - GUTTER).max(12.0)));
            x += width;
        }
        let cells = |cells: &mut dyn Iterator<Item = &str>, face| -> Vec<Vec<String>> {
            columns
                .iter()
                .map(|(_, width)| self.fonts.lines(cells.next().unwrap_or_default(), face, CELL, *width))
                .collect()
        };
        let header = cells(&mut table.columns.iter().map(|column| column.title.as_str()), Face::Bold);
        let rows: Vec<Vec<Vec<String>>> =
            table.rows.iter().map(|row| cells(&mut row.iter().map(String::as_str), Face::Regular)).collect();
        self.space(9.0);
        // The header stands with at least its first row.
        self.need(row_height(&header) + rows.first().map_or(0.0, |row| row_height(row)).min(200.0));
        self.header(&header, &columns);
        for row in &rows {
            let height = row_height(row);
            if self.y - height < BOTTOM && height < TOP - BOTTOM - row_height(&header) {
                self.break_page();
                self.header(&header, &columns);
            }
            self.row(row, &columns, &header);
        }
        self.space(6.0);
    }

    fn header(&mut self, header: &[Vec<String>], columns: &[(f32, f32)]) {
        self.cells(header, columns, Face::Bold, None);
        self.rule(self.y, 0.8, INK);
    }

    fn row(&mut self, row: &[Vec<String>], columns: &[(f32, f32)], header: &[Vec<String>]) {
        self.cells(row, columns, Face::Regular, Some(header));
        self.rule(self.y, 0.4, RULE);
    }

    /// Sets one row line by line; a row longer than a page goes on under a repeated header.
    fn cells(
        &mut self,
        row: &[Vec<String>],
        columns: &[(f32, f32)],
        face: Face,
        header: Option<&[Vec<String>]>,
    ) {
        self.y -= 2.5;
        for n in 0..row.iter().map(Vec::len).max().unwrap_or(1) {
            if let Some(header) = header
                && self.y - CELL_LEADING < BOTTOM
            {
                self.break_page();
                self.header(header, columns);
                self.y -= 2.5;
            }
            self.y -= CELL_LEADING;
            for (cell, (x, _)) in row.iter().zip(columns) {
                self.text(cell.get(n).map_or("", String::as_str), *x, self.y, face, CELL, INK);
            }
        }
        self.y -= 4.5;
    }
}

fn row_height(row: &[Vec<String>]) -> f32 {
    let lines = row.iter().map(Vec::len).max().unwrap_or(1);
    7.0 + CELL_LEADING * f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}
