//! A statement whose names are all looked up: what is read, tested, sorted and shown.
//!
//! A plan holds descriptions of objects and positions of fields, never rows, so it stays valid while the
//! data changes.

use std::sync::Arc;

use super::dates::DateFunction;
use super::matcher::Test;
use crate::world::{FieldIx, FieldKind, ObjectDef};

/// Position of an object in [`Plan::objects`].
pub type ObjectIx = usize;

/// A statement ready to be answered.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub objects: Vec<Arc<ObjectDef>>,
    pub root: Select,
    /// Rows in the bin and archived rows are seen too.
    pub all_rows: bool,
}

impl Plan {
    /// The object that the statement is FROM.
    pub fn entity(&self) -> Option<&Arc<ObjectDef>> {
        self.objects.get(self.root.object)
    }
}

/// One SELECT, of the statement or of child rows in it.
#[derive(Debug, Clone, Default)]
pub struct Select {
    pub object: ObjectIx,
    pub pieces: Vec<Piece>,
    /// The values asked for in order, for flat output.
    pub columns: Vec<Column>,
    pub test: Option<Test<Reader>>,
    pub order: Vec<Order<Reader>>,
    pub limit: Option<u64>,
    pub offset: u64,
    pub shape: Shape,
}

/// What kind of answer a SELECT gives.
#[derive(Debug, Clone, Default)]
pub enum Shape {
    #[default]
    Rows,
    /// `COUNT()`: a number and no rows.
    Count,
    Groups(Box<Groups>),
}

/// Where a value is read, starting from a row.
#[derive(Debug, Clone)]
pub struct Reader {
    pub node: Node,
    /// A date function over it, and whether days are those of the org's zone.
    pub call: Option<(DateFunction, bool)>,
}

/// One step of reading.
#[derive(Debug, Clone)]
pub enum Node {
    Field(FieldIx),
    /// The name of the object that the row belongs to: `Who.Type`.
    TypeName,
    /// Follow a reference; which way goes on depends on what the reference points at.
    Hop {
        field: FieldIx,
        to: Vec<(ObjectIx, Node)>,
    },
}

/// What is known about a value before it is read.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The field's API name, or the function as written.
    pub name: String,
    pub kind: FieldKind,
    pub case_sensitive: bool,
    pub filterable: bool,
    pub sortable: bool,
    pub groupable: bool,
    pub aggregatable: bool,
    /// A reference whose values need not be ids, as in virtual objects.
    pub loose_id: bool,
}

/// One key of an order.
#[derive(Debug, Clone)]
pub struct Order<R> {
    pub reader: R,
    pub kind: FieldKind,
    pub descending: bool,
    pub nulls_last: bool,
}

/// A flat column of the answer.
#[derive(Debug, Clone)]
pub struct Column {
    /// `Account.Name` in describe's spelling, or an alias.
    pub header: String,
    pub facts: Facts,
    pub reader: Reader,
}

/// A part of a rendered row.
#[derive(Debug, Clone)]
pub enum Piece {
    Field {
        name: String,
        field: FieldIx,
        kind: FieldKind,
    },
    /// A function of a value, under its alias or `expr0`.
    Call {
        name: String,
        reader: Reader,
        kind: FieldKind,
        dress: Dress,
    },
    /// Address or location, put together from its parts.
    Compound {
        name: String,
        parts: Vec<(String, FieldIx, FieldKind)>,
    },
    /// A field that this kind of parent does not have.
    Absent {
        name: String,
    },
    TypeName {
        name: String,
    },
    Parent {
        name: String,
        field: FieldIx,
        polymorphic: bool,
        to: Vec<(ObjectIx, Vec<Piece>)>,
    },
    Children {
        name: String,
        field: FieldIx,
        select: Box<Select>,
    },
}

/// How a function changes the looks of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    Plain,
    Label,
    Format,
}

/// GROUP BY and aggregates.
#[derive(Debug, Clone)]
pub struct Groups {
    pub keys: Vec<(Reader, Facts)>,
    pub sums: Vec<Sum>,
    /// Name, and which key or sum it shows.
    pub outputs: Vec<(String, Cell, FieldKind)>,
    pub having: Option<Test<Cell>>,
    pub order: Vec<Order<Cell>>,
    /// For each grouping set, which keys take part in it.
    pub sets: Vec<Vec<bool>>,
}

/// A value of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Key(usize),
    Sum(usize),
    /// `GROUPING(key)`: 1 in a subtotal over that key.
    Rolled(usize),
}

/// One aggregate.
#[derive(Debug, Clone)]
pub struct Sum {
    pub how: How,
    /// `None` for `COUNT()`.
    pub reader: Option<Reader>,
    pub kind: FieldKind,
    /// The expression as written, to recognise it again.
    pub written: String,
}

/// How values are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Count,
    CountDistinct,
    Sum,
    Average,
    Min,
    Max,
}

impl How {
    /// The aggregate of this name, in upper case.
    pub fn named(name: &str) -> Option<How> {
        Some(match name {
            "COUNT" => How::Count,
            "COUNT_DISTINCT" => How::CountDistinct,
            "SUM" => How::Sum,
            "AVG" => How::Average,
            "MIN" => How::Min,
            "MAX" => How::Max,
            _ => return None,
        })
    }
}
