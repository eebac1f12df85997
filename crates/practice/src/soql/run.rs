//! Finds the rows of a plan: by index where one helps, by a scan where none does.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono_tz::Tz;

use super::matcher::{Matcher, Test};
use super::plan::{Node, ObjectIx, Order, Plan, Reader, Select};
use super::scene::{is_virtual, zone_of};
use crate::world::{FieldIx, FieldKind, RowIx, Table, User, World};

/// The tables a plan reads, at one moment.
pub struct Runtime<'w> {
    pub world: &'w World,
    pub user: &'w User,
    tables: Vec<Option<&'w Table>>,
    zone: Tz,
    all_rows: bool,
}

impl<'w> Runtime<'w> {
    pub fn new(world: &'w World, user: &'w User, plan: &Plan) -> Runtime<'w> {
        let tables = plan.objects.iter().map(|object| world.table(&object.name)).collect();
        Runtime { world, user, tables, zone: zone_of(world), all_rows: plan.all_rows }
    }

    /// The rows of an object.
    pub fn table(&self, object: ObjectIx) -> Option<&'w Table> {
        self.tables.get(object).copied().flatten()
    }

    /// Reads a value, starting from a row.
    pub fn read(&self, object: ObjectIx, reader: &Reader, row: RowIx) -> Option<Cow<'w, str>> {
        let text = self.walk(self.table(object)?, &reader.node, row)?;
        match reader.call {
            None => Some(Cow::Borrowed(text)),
            Some((function, zoned)) => function.of(text, zoned.then_some(self.zone)).map(Cow::Owned),
        }
    }

    fn walk(&self, table: &'w Table, node: &Node, row: RowIx) -> Option<&'w str> {
        match node {
            Node::Field(field) => table.value(row, *field),
            Node::TypeName => Some(table.def().name.as_str()),
            Node::Hop { field, to } => {
                let id = table.value(row, *field)?;
                let (target, row, place) = self.target(id, to.iter().map(|(object, _)| *object))?;
                self.walk(target, &to.get(place)?.1, row)
            }
        }
    }

    /// The row that an id points at, among the objects it may belong to, and which of them it is.
    pub fn target(
        &self,
        id: &str,
        objects: impl ExactSizeIterator<Item = ObjectIx>,
    ) -> Option<(&'w Table, RowIx, usize)> {
        let several = objects.len() > 1;
        for (place, object) in objects.enumerate() {
            let Some(table) = self.table(object) else { continue };
            let prefix = table.def().key_prefix.as_deref();
            if several && prefix.is_some_and(|prefix| !id.starts_with(prefix)) {
                continue;
            }
            if let Some(row) = table.by_id(id) {
                return Some((table, row, place));
            }
        }
        None
    }

    fn visible(&self, table: &Table, row: RowIx) -> bool {
        (self.all_rows || !(table.is_deleted(row) || table.is_archived(row)))
            && self.world.visible_row(self.user, table, row)
    }

    fn fits(&self, table: &'w Table, reader: &Reader, matcher: &Matcher, row: RowIx) -> bool {
        let text = self.walk(table, &reader.node, row);
        match reader.call {
            None => matcher.fits(text),
            Some((function, zoned)) => {
                let zone = zoned.then_some(self.zone);
                matcher.fits(text.and_then(|text| function.of(text, zone)).as_deref())
            }
        }
    }

    fn passes(&self, table: &'w Table, select: &Select, row: RowIx) -> bool {
        let fits = |reader: &Reader, matcher: &Matcher| self.fits(table, reader, matcher, row);
        self.visible(table, row) && select.test.as_ref().is_none_or(|test| test.passes(&fits))
    }

    /// The rows of a SELECT in its order, cut by OFFSET and LIMIT. `among` narrows them beforehand.
    pub fn rows(&self, select: &Select, among: Option<Vec<RowIx>>) -> Vec<RowIx> {
        let Some(table) = self.table(select.object) else { return Vec::new() };
        let offset = usize::try_from(select.offset).unwrap_or(usize::MAX);
        let limit = select.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let enough = offset.saturating_add(limit);
        let stop = if select.order.is_empty() { enough } else { usize::MAX };
        let candidates = among.or_else(|| select.test.as_ref().and_then(|test| self.candidates(table, test)));
        let passes = |row: &RowIx| self.passes(table, select, *row);
        let mut rows: Vec<RowIx> = match candidates {
            Some(rows) => rows.into_iter().filter(passes).take(stop).collect(),
            None => table.rows().filter(passes).take(stop).collect(),
        };
        self.sort(table, select, &mut rows, enough);
        rows.truncate(enough);
        rows.drain(..offset.min(rows.len()));
        rows
    }

    /// The child rows of a parent.
    pub fn children(&self, select: &Select, field: FieldIx, parent: &str) -> Vec<RowIx> {
        let Some(table) = self.table(select.object) else { return Vec::new() };
        let among = table
            .lookup(field, parent)
            .unwrap_or_else(|| table.rows().filter(|row| table.value(*row, field) == Some(parent)).collect());
        self.rows(select, Some(among))
    }

    /// Rows among which all that pass must be, in row order; `None` when no index narrows them.
    pub fn candidates(&self, table: &'w Table, test: &Test<Reader>) -> Option<Vec<RowIx>> {
        match test {
            Test::And(parts) => {
                let mut best: Option<Vec<RowIx>> = None;
                for part in parts {
                    if let Some(rows) = self.candidates(table, part)
                        && best.as_ref().is_none_or(|best| rows.len() < best.len())
                    {
                        let done = rows.len() < 32;
                        best = Some(rows);
                        if done {
                            break;
                        }
                    }
                }
                best
            }
            Test::Or(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(self.candidates(table, part)?);
                }
                Some(ordered(all))
            }
            Test::Not(_) => None,
            Test::Leaf { reader, matcher } if reader.call.is_none() => {
                self.exact(table, &reader.node, matcher)
            }
            Test::Leaf { .. } => None,
        }
    }

    /// Rows whose value is one of those the matcher wants, by an index on the field or on the way to it.
    fn exact(&self, table: &'w Table, node: &Node, matcher: &Matcher) -> Option<Vec<RowIx>> {
        let values = matcher.exact_values()?;
        if values.len() > table.len() / 4 + 16 {
            return None;
        }
        match node {
            Node::Field(field) => {
                if !table.is_indexed(*field) {
                    return None;
                }
                let mut all = Vec::new();
                for value in values {
                    all.extend(table.lookup(*field, value)?);
                }
                Some(ordered(all))
            }
            Node::Hop { field, to } if table.is_indexed(*field) => {
                let mut all = Vec::new();
                for (object, node) in to {
                    let Some(parents) = self.table(*object) else { continue };
                    for parent in self.exact(parents, node, matcher)? {
                        all.extend(table.lookup(*field, key_of(parents, parent)?)?);
                    }
                }
                Some(ordered(all))
            }
            Node::Hop { .. } | Node::TypeName => None,
        }
    }

    fn sort(&self, table: &'w Table, select: &Select, rows: &mut Vec<RowIx>, enough: usize) {
        if select.order.is_empty() {
            return;
        }
        let keys = |row: RowIx| -> Vec<Key<'w>> {
            select
                .order
                .iter()
                .map(|order| Key::of(self.read(select.object, &order.reader, row), order.kind))
                .collect()
        };
        let by = |a: &(Vec<Key<'_>>, RowIx), b: &(Vec<Key<'_>>, RowIx)| {
            compare(&a.0, &b.0, &select.order).then(a.1.cmp(&b.1))
        };
        if let [only] = select.order.as_slice()
            && let (Node::Field(field), None, FieldKind::Id) =
                (&only.reader.node, only.reader.call, only.kind)
        {
            let mut keyed: Vec<(&str, RowIx)> =
                rows.iter().map(|row| (table.value(*row, *field).unwrap_or(""), *row)).collect();
            keyed.sort_unstable();
            rows.clear();
            rows.extend(keyed.into_iter().map(|(_, row)| row));
            if only.descending {
                rows.reverse();
            }
            return;
        }
        let mut keyed: Vec<(Vec<Key<'w>>, RowIx)> = rows.iter().map(|row| (keys(*row), *row)).collect();
        if enough > 0 && enough < keyed.len() / 4 {
            keyed.select_nth_unstable_by(enough, by);
            keyed.truncate(enough);
        }
        keyed.sort_unstable_by(by);
        rows.clear();
        rows.extend(keyed.into_iter().map(|(_, row)| row));
    }
}

/// What references to a row hold: its id, or the name by which virtual objects are referred to.
fn key_of(table: &Table, row: RowIx) -> Option<&str> {
    let durable = table.named(row, "DurableId").filter(|_| is_virtual(&table.def().name));
    durable.or_else(|| table.id(row))
}

fn ordered(mut rows: Vec<RowIx>) -> Vec<RowIx> {
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// A value made ready for sorting.
#[derive(Debug, Clone)]
pub enum Key<'a> {
    Null,
    Number(f64),
    /// Compared byte by byte: ids, dates, booleans, and text in capitals.
    Raw(Cow<'a, str>),
}

impl<'a> Key<'a> {
    pub fn of(value: Option<Cow<'a, str>>, kind: FieldKind) -> Key<'a> {
        match value {
            None => Key::Null,
            Some(text) if kind.is_number() => text.parse().map_or(Key::Null, Key::Number),
            Some(text) if kind.is_text() => Key::Raw(Cow::Owned(text.to_uppercase())),
            Some(text) => Key::Raw(text),
        }
    }

    fn compare(&self, other: &Key<'_>) -> Ordering {
        match (self, other) {
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Raw(a), Key::Raw(b)) => a.cmp(b),
            _ => Ordering::Equal,
        }
    }
}

/// The order of two rows by all their keys. Nulls come first unless they were asked for last.
pub fn compare<R>(a: &[Key<'_>], b: &[Key<'_>], order: &[Order<R>]) -> Ordering {
    for ((a, b), order) in a.iter().zip(b).zip(order) {
        let nulls = if order.nulls_last { Ordering::Greater } else { Ordering::Less };
        let this = match (a, b) {
            (Key::Null, Key::Null) => Ordering::Equal,
            (Key::Null, _) => nulls,
            (_, Key::Null) => nulls.reverse(),
            _ if order.descending => b.compare(a),
            _ => a.compare(b),
        };
        if this != Ordering::Equal {
            return this;
        }
    }
    Ordering::Equal
}
