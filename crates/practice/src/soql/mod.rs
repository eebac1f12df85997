//! SOQL: reads a statement, plans it, answers it.
//!
//! [`run`] answers one statement for one user. The [`Outcome`] holds row numbers only; rows are rendered when a
//! page is asked for, so a cursor stays small whatever it found.

mod access;
mod aggregate;
mod ast;
mod build;
mod columns;
mod dates;
mod fault;
mod filter;
mod group;
mod like;
mod literal;
mod matcher;
mod names;
mod parse;
mod plan;
mod render;
mod returned;
mod rules;
mod run;
mod scene;
mod shape;
mod token;

#[cfg(test)]
pub(crate) mod tests;

use serde_json::Value;

use crate::world::{FieldKind, RowIx, SfError, User, World};
use aggregate::Group;
pub(crate) use fault::Fault;
use plan::{Plan, Shape};
use render::Renderer;
use run::Runtime;
use scene::Scene;

pub use render::{cell as csv_value, value as json_value};
pub(crate) use returned::Returned;

/// Where a word stands first in a statement that can be read, quoted text apart: its byte.
pub(crate) fn word_at(statement: &str, word: &str) -> Option<usize> {
    token::cut(statement).ok()?.into_iter().find(|it| it.kind.is_word(word)).map(|it| it.at)
}

/// Through which door a statement comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// queryAll: rows in the bin, merge losers and archived activities are seen too.
    pub all_rows: bool,
    /// A Bulk API job: no subqueries, aggregates, OFFSET, TYPEOF or compound fields.
    pub bulk: bool,
    pub tooling: bool,
    /// The version of the API in its path, such as 60 for `v60.0`.
    pub version: u16,
}

impl Default for Options {
    fn default() -> Options {
        Options { all_rows: false, bulk: false, tooling: false, version: 60 }
    }
}

/// The answer of one statement, to be rendered page by page.
#[derive(Debug, Clone)]
pub struct Outcome {
    plan: Plan,
    answer: Answer,
}

#[derive(Debug, Clone)]
enum Answer {
    Rows(Vec<RowIx>),
    Count(usize),
    Groups(Vec<Group>),
    /// Rows that stand in no table.
    Made(access::Made),
}

/// Answers a statement.
///
/// # Errors
/// What the platform refuses, in its own codes and words. Nothing was read then that could be shown.
pub fn run(world: &World, user: &User, text: &str, options: Options) -> Result<Outcome, SfError> {
    let query = parse::parse(text)?;
    if access::is_asked(&query) {
        let made = access::answer(world, text, &query)?;
        return Ok(Outcome { plan: Plan::default(), answer: Answer::Made(made) });
    }
    let plan = build::build(Scene { world, user, options }, text, &query)?;
    let runtime = Runtime::new(world, user, &plan);
    let answer = match &plan.root.shape {
        Shape::Count => Answer::Count(runtime.rows(&plan.root, None).len()),
        Shape::Rows => Answer::Rows(runtime.rows(&plan.root, None)),
        Shape::Groups(groups) => Answer::Groups(aggregate::groups(&runtime, &plan.root, groups)?),
    };
    let outcome = Outcome { plan, answer };
    outcome.one_body_only()?;
    Ok(outcome)
}

/// What `query?explain=` answers: which index leads, and how many rows it leaves.
///
/// # Errors
/// As [`run`].
pub fn explain(world: &World, user: &User, text: &str, options: Options) -> Result<Value, SfError> {
    let plan = plan(world, user, text, options)?;
    Ok(columns::explain(&Runtime::new(world, user, &plan), &plan, text))
}

fn plan(world: &World, user: &User, text: &str, options: Options) -> Result<Plan, Fault> {
    let query = parse::parse(text)?;
    build::build(Scene { world, user, options }, text, &query)
}

impl From<Fault> for SfError {
    fn from(fault: Fault) -> SfError {
        SfError::new(fault.code, fault.message)
    }
}

impl Outcome {
    /// How many rows the whole answer has; for `COUNT()` the number counted.
    pub fn total_size(&self) -> usize {
        match &self.answer {
            Answer::Count(count) => *count,
            _ => self.len(),
        }
    }

    /// How many rows can be rendered; none for `COUNT()`.
    pub fn len(&self) -> usize {
        match &self.answer {
            Answer::Rows(rows) => rows.len(),
            Answer::Groups(groups) => groups.len(),
            Answer::Made(made) => made.rows.len(),
            Answer::Count(_) => 0,
        }
    }

    /// Whether there is no row to render.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// API name of the object after FROM.
    pub fn entity(&self) -> &str {
        match &self.answer {
            Answer::Made(_) => access::NAME,
            _ => self.plan.entity().map_or("", |entity| entity.name.as_str()),
        }
    }

    /// Whether rows have child rows in them: pages of such answers are smaller.
    pub fn has_children(&self) -> bool {
        self.plan.root.pieces.iter().any(|piece| matches!(piece, plan::Piece::Children { .. }))
    }

    /// At most `n` rows from number `from` on, as REST shows them. `base` is `/services/data/v60.0`.
    ///
    /// A row that was physically removed since then is left out.
    pub fn page(&self, world: &World, user: &User, from: usize, n: usize, base: &str) -> Vec<Value> {
        match &self.answer {
            Answer::Count(_) => Vec::new(),
            Answer::Made(made) => made.rows.iter().skip(from).take(n).cloned().map(Value::Object).collect(),
            Answer::Rows(rows) => {
                let runtime = Runtime::new(world, user, &self.plan);
                let renderer = Renderer { runtime: &runtime, base };
                let root = &self.plan.root;
                let present =
                    |row: &&RowIx| runtime.table(root.object).is_some_and(|table| table.is_present(**row));
                let page = rows.iter().skip(from).take(n).filter(present);
                page.map(|row| renderer.row(root.object, &root.pieces, *row)).collect()
            }
            Answer::Groups(groups) => match &self.plan.root.shape {
                Shape::Groups(plan) => {
                    groups.iter().skip(from).take(n).map(|it| render::group(plan, it)).collect()
                }
                Shape::Rows | Shape::Count => Vec::new(),
            },
        }
    }

    /// The names of the flat columns, in the order they were asked for: `Id`, `Account.Name`.
    pub fn columns(&self) -> Vec<&str> {
        if let Answer::Made(made) = &self.answer {
            return made.columns.clone();
        }
        self.plan.root.columns.iter().map(|column| column.header.as_str()).collect()
    }

    /// At most `n` rows as flat cells, unquoted; null is empty. Instants end in `Z`, booleans are words.
    pub fn cells(&self, world: &World, user: &User, from: usize, n: usize) -> Vec<Vec<String>> {
        let Answer::Rows(rows) = &self.answer else { return Vec::new() };
        let runtime = Runtime::new(world, user, &self.plan);
        let root = &self.plan.root;
        let cells = |row: &RowIx| -> Vec<String> {
            let cell = |column: &plan::Column| {
                let text = runtime.read(root.object, &column.reader, *row);
                text.map(|text| render::shown_cell(user, &column.facts, &text)).unwrap_or_default()
            };
            root.columns.iter().map(cell).collect()
        };
        rows.iter().skip(from).take(n).map(cells).collect()
    }

    /// The header line and at most `n` rows as CSV: every value quoted, quotes doubled.
    pub fn csv(
        &self,
        world: &World,
        user: &User,
        from: usize,
        n: usize,
        delimiter: char,
        line_ending: &str,
    ) -> String {
        let mut out = String::new();
        let header: Vec<String> = self.columns().into_iter().map(str::to_owned).collect();
        for row in std::iter::once(header).chain(self.cells(world, user, from, n)) {
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    out.push(delimiter);
                }
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            }
            out.push_str(line_ending);
        }
        out
    }

    /// What `?columns=true` answers.
    pub fn column_metadata(&self) -> Value {
        columns::metadata(&self.plan)
    }

    /// `Attachment.Body` is given for a single row only.
    fn one_body_only(&self) -> Result<(), SfError> {
        let body = self.entity() == "Attachment"
            && self.plan.root.columns.iter().any(|column| column.facts.kind == FieldKind::Base64);
        if body && self.len() > 1 {
            let message = "Attachment.Body can be selected only in a query that returns a single row";
            return Err(SfError::new("MALFORMED_QUERY", message));
        }
        Ok(())
    }
}
