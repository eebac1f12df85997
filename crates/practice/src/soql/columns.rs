//! What `?columns=true` and `?explain=` answer.

use serde_json::{Value, json};

use super::plan::{Piece, Plan, Select, Shape};
use super::run::Runtime;
use crate::world::{FieldKind, ObjectDef};

/// The metadata of the columns of a statement.
pub fn metadata(plan: &Plan) -> Value {
    let entity = plan.entity();
    let (columns, grouped) = match &plan.root.shape {
        Shape::Count => (Vec::new(), false),
        Shape::Rows => (pieces(plan, &plan.root), false),
        Shape::Groups(groups) => {
            let columns = groups.outputs.iter().map(|(name, cell, kind)| {
                let shown = match cell {
                    super::plan::Cell::Sum(place) => groups.sums.get(*place).map(|sum| sum.written.clone()),
                    super::plan::Cell::Key(_) | super::plan::Cell::Rolled(_) => None,
                };
                let aggregate = shown.is_some();
                column(name, &shown.unwrap_or_else(|| name.clone()), *kind, None, aggregate, Vec::new())
            });
            (columns.collect(), !groups.keys.is_empty())
        }
    };
    let id_selected = plan.root.columns.iter().any(|column| column.header == "Id");
    json!({
        "columnMetadata": columns,
        "entityName": entity.map(|entity| entity.name.clone()),
        "groupBy": grouped,
        "idSelected": id_selected,
        "keyPrefix": entity.and_then(|entity| entity.key_prefix.clone()),
    })
}

fn pieces(plan: &Plan, select: &Select) -> Vec<Value> {
    let object = plan.objects.get(select.object).map(|object| &**object);
    select.pieces.iter().map(|piece| describe(plan, object, piece)).collect()
}

fn describe(plan: &Plan, object: Option<&ObjectDef>, piece: &Piece) -> Value {
    let name = piece.name();
    match piece {
        Piece::Field { kind, .. } => column(name, name, *kind, object, false, Vec::new()),
        Piece::Call { kind, .. } => column(name, name, *kind, object, true, Vec::new()),
        Piece::Compound { .. } => column(name, name, FieldKind::Address, object, false, Vec::new()),
        Piece::Absent { .. } | Piece::TypeName { .. } => {
            column(name, name, FieldKind::String, object, false, Vec::new())
        }
        Piece::Parent { to, .. } => {
            // parents of several kinds are described by the one that lacks the fewest fields
            let lacking = |pieces: &[Piece]| {
                pieces.iter().filter(|piece| matches!(piece, Piece::Absent { .. })).count()
            };
            let inner = to.iter().min_by_key(|(_, pieces)| lacking(pieces));
            let inside = inner.map(|(target, pieces)| {
                let target = plan.objects.get(*target).map(|target| &**target);
                pieces.iter().map(|piece| describe(plan, target, piece)).collect()
            });
            column(name, name, FieldKind::Reference, object, false, inside.unwrap_or_default())
        }
        Piece::Children { select, .. } => {
            column(name, name, FieldKind::Reference, object, true, pieces(plan, select))
        }
    }
}

fn column(
    name: &str,
    shown: &str,
    kind: FieldKind,
    object: Option<&ObjectDef>,
    aggregate: bool,
    inside: Vec<Value>,
) -> Value {
    let field = object.and_then(|object| object.field(name));
    let foreign = object.and_then(|object| object.relationship_ix(name).and_then(|field| object.at(field)));
    json!({
        "aggregate": aggregate,
        "apexType": apex_type(kind),
        "booleanType": kind == FieldKind::Boolean,
        "columnName": name,
        "custom": field.is_some_and(|field| field.custom),
        "displayName": shown,
        "foreignKeyName": foreign.map(|field| field.name.clone()),
        "insertable": field.is_some_and(|field| field.createable),
        "joinColumns": inside,
        "numberType": kind.is_number(),
        "textType": kind.is_text() || matches!(kind, FieldKind::Id | FieldKind::Reference),
        "updatable": field.is_some_and(|field| field.updateable),
    })
}

fn apex_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Id | FieldKind::Reference => "Id",
        FieldKind::Boolean => "Boolean",
        FieldKind::Int => "Integer",
        FieldKind::Long => "Long",
        FieldKind::Double | FieldKind::Percent => "Double",
        FieldKind::Currency => "Decimal",
        FieldKind::Date => "Date",
        FieldKind::DateTime => "Datetime",
        FieldKind::Time => "Time",
        FieldKind::Base64 => "Blob",
        FieldKind::Address => "Address",
        FieldKind::Location => "Location",
        _ => "String",
    }
}

/// How the statement would be answered.
pub fn explain(runtime: &Runtime<'_>, plan: &Plan, text: &str) -> Value {
    let entity = plan.entity().map(|entity| entity.name.clone());
    let all = runtime.table(plan.root.object).map_or(0, crate::world::Table::len);
    let table = runtime.table(plan.root.object);
    let narrowed =
        table.zip(plan.root.test.as_ref()).and_then(|(table, test)| runtime.candidates(table, test));
    let (kind, cardinality) = match &narrowed {
        Some(rows) => ("Index", rows.len()),
        None => ("TableScan", all),
    };
    let cost = if all == 0 { 0.0 } else { ratio(cardinality, all) };
    json!({
        "plans": [{
            "cardinality": cardinality,
            "fields": [],
            "leadingOperationType": kind,
            "notes": [],
            "relativeCost": cost,
            "sobjectCardinality": all,
            "sobjectType": entity,
        }],
        "sourceQuery": text,
    })
}

#[allow(clippy::cast_precision_loss)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
