//! Plans GROUP BY, aggregates and HAVING.

use super::ast::{Condition, Expr, GroupingKind, Item, Query};
use super::build::Builder;
use super::fault::Fault;
use super::matcher::Test;
use super::names::Root;
use super::plan::{Cell, Facts, Groups, How, Order, Reader, Sum};
use crate::world::FieldKind;

const MAX_CUBE_KEYS: usize = 3;

impl Builder<'_> {
    /// The groups of a statement that has GROUP BY or an aggregate.
    pub fn groups(&mut self, root: &Root, query: &Query) -> Result<Groups, Fault> {
        if self.names.scene.options.bulk {
            return Err(Fault::plain(
                "API_ERROR",
                "Aggregate functions and GROUP BY are not supported in Bulk Query",
            ));
        }
        let mut groups = Groups {
            keys: Vec::new(),
            sums: Vec::new(),
            outputs: Vec::new(),
            having: None,
            order: Vec::new(),
            sets: vec![Vec::new()],
        };
        if let Some(grouping) = &query.group {
            for key in &grouping.keys {
                let (reader, facts, path) = self.reader(root, key)?;
                if !facts.groupable && reader.call.is_none() {
                    let reason = format!("field '{}' can not be grouped in a query call", facts.name);
                    return Err(self.names.fault("MALFORMED_QUERY", key.at(), reason));
                }
                groups.keys.push((reader, Facts { name: written(key, &path), ..facts }));
            }
            groups.sets = sets(grouping.kind, groups.keys.len())?;
        } else if query.limit.is_some() {
            return Err(Fault::malformed(
                "Non-grouped query that uses overall aggregate functions cannot also use LIMIT",
            ));
        }
        self.outputs(root, query, &mut groups)?;
        if let Some(having) = &query.having {
            let test = self.having(root, having, &mut groups)?;
            groups.having = Some(test);
        }
        for key in &query.order {
            let (cell, facts) = self.cell(root, &key.value, &mut groups)?;
            groups.order.push(Order {
                reader: cell,
                kind: facts.kind,
                descending: key.descending,
                nulls_last: key.nulls_last.unwrap_or(false),
            });
        }
        Ok(groups)
    }

    fn outputs(&mut self, root: &Root, query: &Query, groups: &mut Groups) -> Result<(), Fault> {
        let mut functions = 0;
        for item in &query.select {
            let Item::Value { value, alias } = item else {
                return Err(Fault::malformed("only fields and functions can be selected in a grouped query"));
            };
            let (cell, facts) = self.cell(root, value, groups)?;
            let name = match (alias, value) {
                (Some(alias), _) => alias.clone(),
                (None, Expr::Field(path)) => {
                    let (_, _, found) = self.reader(root, &Expr::Field(path.clone()))?;
                    found.last().cloned().unwrap_or_default()
                }
                (None, Expr::Call { .. }) => {
                    functions += 1;
                    format!("expr{}", functions - 1)
                }
            };
            if groups.outputs.iter().any(|(own, _, _)| own.eq_ignore_ascii_case(&name)) {
                return Err(Fault::malformed(format!("duplicate alias: {name}")));
            }
            groups.outputs.push((name, cell, facts.kind));
        }
        Ok(())
    }

    /// The value of a group that an expression stands for; new aggregates are added.
    fn cell(&mut self, root: &Root, expr: &Expr, groups: &mut Groups) -> Result<(Cell, Facts), Fault> {
        if let Expr::Call { name, argument, at } = expr {
            if name == "GROUPING" {
                return self.rolled(root, argument.as_deref(), *at, groups);
            }
            if let Some(how) = How::named(name) {
                return self.sum(root, how, expr, argument.as_deref(), groups);
            }
        }
        if let Expr::Field(path) = expr
            && let [alias] = path.parts.as_slice()
            && let Some((_, cell, kind)) =
                groups.outputs.iter().find(|(own, _, _)| own.eq_ignore_ascii_case(alias))
        {
            return Ok((*cell, plain_facts(alias, *kind)));
        }
        let (reader, facts, path) = self.reader(root, expr)?;
        let name = written(expr, &path);
        match groups.keys.iter().position(|(_, key)| key.name == name) {
            Some(place) => Ok((Cell::Key(place), facts)),
            None => {
                drop(reader);
                let shown = path.join(".");
                let reason = format!("Field must be grouped or aggregated: {shown}");
                Err(self.names.fault("MALFORMED_QUERY", expr.at(), reason))
            }
        }
    }

    fn rolled(
        &mut self,
        root: &Root,
        argument: Option<&Expr>,
        at: usize,
        groups: &Groups,
    ) -> Result<(Cell, Facts), Fault> {
        let key =
            argument.map(|argument| self.reader(root, argument).map(|(_, _, path)| written(argument, &path)));
        let key = key.transpose()?;
        let place = key.and_then(|key| groups.keys.iter().position(|(_, own)| own.name == key));
        match place {
            Some(place) => Ok((Cell::Rolled(place), plain_facts("GROUPING", FieldKind::Int))),
            None => Err(self.names.fault("MALFORMED_QUERY", at, "GROUPING needs a field of GROUP BY")),
        }
    }

    fn sum(
        &mut self,
        root: &Root,
        how: How,
        expr: &Expr,
        argument: Option<&Expr>,
        groups: &mut Groups,
    ) -> Result<(Cell, Facts), Fault> {
        let (reader, facts, shown): (Option<Reader>, Facts, String) = match argument {
            None if how == How::Count => (None, plain_facts("COUNT", FieldKind::Int), String::new()),
            None => return Err(self.names.fault("MALFORMED_QUERY", expr.at(), "unexpected token: ')'")),
            Some(argument) => {
                let (reader, facts, path) = self.reader(root, argument)?;
                (Some(reader), facts, path.join("."))
            }
        };
        let numeric = facts.kind.is_number();
        let fits = match how {
            How::Sum | How::Average => numeric && facts.aggregatable,
            How::Min | How::Max => facts.aggregatable && facts.kind != FieldKind::Boolean,
            How::Count | How::CountDistinct => !matches!(facts.kind, FieldKind::Address | FieldKind::Base64),
        };
        if !fits {
            let reason = format!("field {} does not support aggregate operator {}", facts.name, word(how));
            return Err(self.names.fault("MALFORMED_QUERY", expr.at(), reason));
        }
        let kind = match how {
            How::Count | How::CountDistinct => FieldKind::Int,
            How::Average => FieldKind::Double,
            How::Sum | How::Min | How::Max => facts.kind,
        };
        let written = format!("{}({})", word(how), shown.to_ascii_lowercase());
        let place = match groups.sums.iter().position(|sum| sum.written == written) {
            Some(place) => place,
            None => {
                groups.sums.push(Sum { how, reader, kind, written });
                groups.sums.len() - 1
            }
        };
        Ok((Cell::Sum(place), Facts { kind, ..facts }))
    }

    fn having(
        &mut self,
        root: &Root,
        condition: &Condition,
        groups: &mut Groups,
    ) -> Result<Test<Cell>, Fault> {
        let many = |builder: &mut Self, parts: &[Condition], groups: &mut Groups| {
            parts.iter().map(|part| builder.having(root, part, groups)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match condition {
            Condition::And(parts) => Test::And(many(self, parts, groups)?),
            Condition::Or(parts) => Test::Or(many(self, parts, groups)?),
            Condition::Not(inner) => Test::Not(Box::new(self.having(root, inner, groups)?)),
            Condition::Compare { left, operator, right, at } => {
                let (reader, facts) = self.cell(root, left, groups)?;
                Test::Leaf { reader, matcher: self.fitter().compare(&facts, *operator, right, *at)? }
            }
            Condition::In { left, negated, set, at } => {
                let (reader, facts) = self.cell(root, left, groups)?;
                Test::Leaf { reader, matcher: self.fitter().among(&facts, *negated, set, *at)? }
            }
            Condition::Multi { at, .. } | Condition::Join { at, .. } => {
                return Err(self.names.fault(
                    "MALFORMED_QUERY",
                    *at,
                    "this comparison is not allowed in HAVING",
                ));
            }
        })
    }
}

fn word(how: How) -> &'static str {
    match how {
        How::Count => "COUNT",
        How::CountDistinct => "COUNT_DISTINCT",
        How::Sum => "SUM",
        How::Average => "AVG",
        How::Min => "MIN",
        How::Max => "MAX",
    }
}

fn plain_facts(name: &str, kind: FieldKind) -> Facts {
    Facts {
        name: name.to_owned(),
        kind,
        case_sensitive: false,
        filterable: true,
        sortable: true,
        groupable: true,
        aggregatable: true,
        loose_id: false,
    }
}

/// An expression in one spelling, to recognise it again.
fn written(expr: &Expr, path: &[String]) -> String {
    match expr {
        Expr::Field(_) => path.join(".").to_ascii_lowercase(),
        Expr::Call { name, argument, .. } => {
            let inner = argument.as_deref().map(|argument| written(argument, path)).unwrap_or_default();
            format!("{}({inner})", name.to_ascii_lowercase())
        }
    }
}

/// Which keys take part in each grouping set, the full one first.
fn sets(kind: GroupingKind, keys: usize) -> Result<Vec<Vec<bool>>, Fault> {
    if kind != GroupingKind::Plain && keys > MAX_CUBE_KEYS {
        return Err(Fault::malformed(format!("ROLLUP and CUBE allow at most {MAX_CUBE_KEYS} fields")));
    }
    Ok(match kind {
        GroupingKind::Plain => vec![vec![true; keys]],
        GroupingKind::Rollup => (0..=keys).rev().map(|n| (0..keys).map(|key| key < n).collect()).collect(),
        GroupingKind::Cube => {
            let all = 1_usize << keys;
            (0..all).rev().map(|mask| (0..keys).map(|key| mask & (1 << key) != 0).collect()).collect()
        }
    })
}
