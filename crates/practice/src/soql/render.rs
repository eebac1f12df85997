//! Shows rows the way REST shows them, and as the flat cells of Bulk.

use serde_json::{Map, Number, Value, json};

use super::aggregate::Group;
use super::plan::{Dress, Facts, Groups, ObjectIx, Piece, Select};
use super::run::Runtime;
use crate::world::{FieldIx, FieldKind, RowIx, Table, User};

/// Renders rows of one plan. `base` is the path of the version: `/services/data/v60.0`.
pub struct Renderer<'r, 'w> {
    pub runtime: &'r Runtime<'w>,
    pub base: &'r str,
}

impl Renderer<'_, '_> {
    /// One row with its attributes, parents and child rows.
    pub fn row(&self, object: ObjectIx, pieces: &[Piece], row: RowIx) -> Value {
        let Some(table) = self.runtime.table(object) else { return Value::Null };
        self.record(table, &table.def().name, object, pieces, row)
    }

    fn record(
        &self,
        table: &Table,
        shown_type: &str,
        object: ObjectIx,
        pieces: &[Piece],
        row: RowIx,
    ) -> Value {
        let mut record = Map::new();
        record.insert("attributes".to_owned(), self.attributes(table, shown_type, row));
        for piece in pieces {
            record.insert(piece.name().to_owned(), self.piece(table, object, piece, row));
        }
        Value::Object(record)
    }

    fn attributes(&self, table: &Table, shown_type: &str, row: RowIx) -> Value {
        let mut attributes = Map::new();
        attributes.insert("type".to_owned(), shown_type.into());
        // rows without an id of their own still have an address
        let id = table.id(row).or_else(|| table.named(row, "DurableId")).unwrap_or("000000000000000AAA");
        let url = format!("{}/sobjects/{}/{id}", self.base, table.def().name);
        attributes.insert("url".to_owned(), url.into());
        Value::Object(attributes)
    }

    fn piece(&self, table: &Table, object: ObjectIx, piece: &Piece, row: RowIx) -> Value {
        match piece {
            Piece::Field { name, field, kind } => self.field(table, name, *field, *kind, row),
            Piece::Call { reader, kind, dress, .. } => {
                let text = self.runtime.read(object, reader, row);
                match (dress, text) {
                    (_, None) => Value::Null,
                    (Dress::Format, Some(text)) => Value::String(formatted(*kind, &text)),
                    (Dress::Plain | Dress::Label, Some(text)) => value(*kind, &text),
                }
            }
            Piece::Compound { parts, .. } => {
                let mut any = false;
                let mut whole = Map::new();
                for (key, field, kind) in parts {
                    let part = table.value(row, *field).map_or(Value::Null, |text| value(*kind, text));
                    any |= !part.is_null();
                    whole.insert(key.clone(), part);
                }
                if any { Value::Object(whole) } else { Value::Null }
            }
            Piece::Absent { .. } => Value::Null,
            Piece::TypeName { .. } => Value::String(table.def().name.clone()),
            Piece::Parent { field, polymorphic, to, .. } => self.parent(table, *field, *polymorphic, to, row),
            Piece::Children { field, select, .. } => self.children(table, select, *field, row),
        }
    }

    fn field(&self, table: &Table, name: &str, field: FieldIx, kind: FieldKind, row: RowIx) -> Value {
        if kind == FieldKind::Base64 {
            // bodies are fetched from their own address
            let id = table.id(row).unwrap_or_default();
            return Value::String(format!("{}/sobjects/{}/{id}/{name}", self.base, table.def().name));
        }
        let text = table.value(row, field);
        if kind == FieldKind::EncryptedString && !self.runtime.user.may("ViewEncryptedData") {
            return text.map_or(Value::Null, |text| Value::String(masked(text)));
        }
        text.map_or(Value::Null, |text| value(kind, text))
    }

    fn parent(
        &self,
        table: &Table,
        field: FieldIx,
        polymorphic: bool,
        to: &[(ObjectIx, Vec<Piece>)],
        row: RowIx,
    ) -> Value {
        let Some(id) = table.value(row, field) else { return Value::Null };
        let objects: Vec<ObjectIx> = to.iter().map(|(object, _)| *object).collect();
        let Some((parent, parent_row, place)) = self.runtime.target(id, objects.into_iter()) else {
            return Value::Null;
        };
        let Some((object, pieces)) = to.get(place) else { return Value::Null };
        let shown_type = if polymorphic { "Name" } else { parent.def().name.as_str() };
        self.record(parent, shown_type, *object, pieces, parent_row)
    }

    fn children(&self, table: &Table, select: &Select, field: FieldIx, row: RowIx) -> Value {
        let Some(id) = table.id(row) else { return Value::Null };
        let rows = self.runtime.children(select, field, id);
        if rows.is_empty() {
            return Value::Null;
        }
        let records: Vec<Value> =
            rows.iter().map(|row| self.row(select.object, &select.pieces, *row)).collect();
        json!({ "totalSize": records.len(), "done": true, "records": records })
    }
}

/// A group as a row of the answer.
pub fn group(plan: &Groups, group: &Group) -> Value {
    let mut record = Map::new();
    record.insert("attributes".to_owned(), json!({ "type": "AggregateResult" }));
    for (name, cell, kind) in &plan.outputs {
        record.insert(name.clone(), group.value(*cell).map_or(Value::Null, |text| value(*kind, text)));
    }
    Value::Object(record)
}

/// A canonical text as REST shows it.
pub fn value(kind: FieldKind, text: &str) -> Value {
    match kind {
        FieldKind::Boolean => Value::Bool(text == "true"),
        FieldKind::Int | FieldKind::Long => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(number), _) => Value::Number(number.into()),
            (Err(_), Ok(number)) => double(number, text),
            _ => Value::String(text.to_owned()),
        },
        FieldKind::Double | FieldKind::Currency | FieldKind::Percent => match text.parse::<f64>() {
            Ok(number) => double(number, text),
            Err(_) => Value::String(text.to_owned()),
        },
        FieldKind::DateTime => Value::String(match text.strip_suffix('Z') {
            Some(head) => format!("{head}+0000"),
            None => text.to_owned(),
        }),
        FieldKind::ComplexValue | FieldKind::Json | FieldKind::JunctionIdList => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
        }
        FieldKind::Id
        | FieldKind::Reference
        | FieldKind::String
        | FieldKind::TextArea
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::Date
        | FieldKind::Time
        | FieldKind::Picklist
        | FieldKind::MultiPicklist
        | FieldKind::Combobox
        | FieldKind::Address
        | FieldKind::Location
        | FieldKind::EncryptedString
        | FieldKind::Base64
        | FieldKind::AnyType
        | FieldKind::DataCategoryGroup => Value::String(text.to_owned()),
    }
}

fn double(number: f64, text: &str) -> Value {
    Number::from_f64(number).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// `FORMAT()`: as an American reads it.
fn formatted(kind: FieldKind, text: &str) -> String {
    let date = |text: &str| {
        let day = chrono::NaiveDate::parse_from_str(text.get(..10).unwrap_or_default(), "%Y-%m-%d");
        day.map_or_else(|_| text.to_owned(), |day| day.format("%-m/%-d/%Y").to_string())
    };
    match kind {
        FieldKind::Date => date(text),
        FieldKind::DateTime => match chrono::DateTime::parse_from_rfc3339(text) {
            Ok(moment) => moment.format("%-m/%-d/%Y, %-I:%M %p").to_string(),
            Err(_) => text.to_owned(),
        },
        FieldKind::Int | FieldKind::Long | FieldKind::Double => grouped(text),
        FieldKind::Currency => text.parse::<f64>().map_or_else(
            |_| text.to_owned(),
            |amount| {
                let sign = if amount < 0.0 { "-" } else { "" };
                format!("{sign}${}", grouped(&format!("{:.2}", amount.abs())))
            },
        ),
        FieldKind::Percent => format!("{text}%"),
        _ => text.to_owned(),
    }
}

fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(a, b)| (a, format!(".{b}")));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

/// A canonical text as Bulk writes it into a cell.
pub fn cell(kind: FieldKind, text: &str) -> String {
    match kind {
        FieldKind::Double | FieldKind::Currency | FieldKind::Percent => match text.parse::<f64>() {
            Ok(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.1}"),
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// A cell with what this user may see of it.
pub fn shown_cell(user: &User, facts: &Facts, text: &str) -> String {
    if facts.kind == FieldKind::EncryptedString && !user.may("ViewEncryptedData") {
        return masked(text);
    }
    cell(facts.kind, text)
}

/// A classic encrypted text as those see it who may not: the last four characters stay.
fn masked(text: &str) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(at, c)| if at + 4 < length || length <= 4 { '*' } else { c }).collect()
}
