//! A statement as it was written, before any name in it is looked up.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::token::Text;

/// A whole statement, or a nested one.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub select: Vec<Item>,
    pub from: Source,
    /// `FROM Contact c, c.Account a`: further aliases of paths.
    pub aliases: Vec<Source>,
    pub scope: Option<String>,
    pub filter: Option<Condition>,
    pub group: Option<Grouping>,
    pub having: Option<Condition>,
    pub order: Vec<OrderKey>,
    pub limit: Option<u64>,
    pub offset: Option<u64>,
    /// `FOR VIEW`, `FOR REFERENCE` or `FOR UPDATE` was written.
    pub for_update: bool,
    pub all_rows: bool,
}

/// What stands after FROM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub path: Path,
    pub alias: Option<String>,
}

/// `Account.Owner.Name`, as written; `at` is the byte offset of its first letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub parts: Vec<String>,
    pub at: usize,
}

impl Path {
    /// The path as it was written.
    pub fn shown(&self) -> String {
        self.parts.join(".")
    }
}

/// One thing asked for between SELECT and FROM.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Value {
        value: Expr,
        alias: Option<String>,
    },
    Children(Box<Query>),
    TypeOf(TypeOf),
    /// `FIELDS(ALL)` and its two sisters.
    Fields {
        kind: FieldsKind,
        at: usize,
    },
}

/// Which fields `FIELDS()` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldsKind {
    All,
    Standard,
    Custom,
}

/// `TYPEOF What WHEN Account THEN Name ELSE Id END`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeOf {
    pub relationship: Path,
    pub when: Vec<(Path, Vec<Path>)>,
    pub otherwise: Vec<Path>,
}

/// A field or a function of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    Field(Path),
    Call { name: String, argument: Option<Box<Expr>>, at: usize },
}

impl Expr {
    /// The byte offset where it starts.
    pub fn at(&self) -> usize {
        match self {
            Expr::Field(path) => path.at,
            Expr::Call { at, .. } => *at,
        }
    }
}

/// A test that a row passes or does not pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare { left: Expr, operator: Operator, right: Literal, at: usize },
    In { left: Expr, negated: bool, set: Vec<Literal>, at: usize },
    Join { left: Expr, negated: bool, inner: Box<Query>, at: usize },
    Multi { left: Expr, negated: bool, sets: Vec<Literal>, at: usize },
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
}

/// A value written in the statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    Number(f64),
    Text(Text),
    Date(NaiveDate),
    DateTime(DateTime<Utc>),
    Time(NaiveTime),
    /// `LAST_N_DAYS:30`: the name in upper case and its number.
    Span(String, Option<i64>),
}

/// `GROUP BY`, `GROUP BY ROLLUP` or `GROUP BY CUBE`.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    pub kind: GroupingKind,
    pub keys: Vec<Expr>,
}

/// Which subtotals a grouping has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupingKind {
    Plain,
    Rollup,
    Cube,
}

/// One key of ORDER BY.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderKey {
    pub value: Expr,
    pub descending: bool,
    pub nulls_last: Option<bool>,
}
