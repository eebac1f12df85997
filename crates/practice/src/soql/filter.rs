//! Turns the conditions of a statement into tests of rows.

use std::collections::HashSet;
use std::sync::Arc;

use super::ast::{Condition, Expr, Query};
use super::build::Builder;
use super::dates::DateFunction;
use super::fault::Fault;
use super::matcher::{Matcher, Test};
use super::names::Root;
use super::plan::{Facts, Plan, Reader};
use super::run::Runtime;
use crate::world::{FieldKind, id15};

/// Objects that may not stand inside a semi-join.
const NOT_INSIDE: [&str; 6] = ["Task", "Event", "Note", "Attachment", "ActivityHistory", "OpenActivity"];
const MAX_JOINS: usize = 2;

impl Builder<'_> {
    /// Where an expression is read, what is known of it, and its path in describe's spelling.
    pub fn reader(&mut self, root: &Root, expr: &Expr) -> Result<(Reader, Facts, Vec<String>), Fault> {
        match expr {
            Expr::Field(path) => {
                let found = self.names.find(root, path)?;
                Ok((Reader { node: found.node, call: None }, found.facts, found.path))
            }
            Expr::Call { name, argument, at } => self.call(root, name, argument.as_deref(), *at),
        }
    }

    fn call(
        &mut self,
        root: &Root,
        name: &str,
        argument: Option<&Expr>,
        at: usize,
    ) -> Result<(Reader, Facts, Vec<String>), Fault> {
        let Some(argument) = argument else {
            return Err(self.names.fault("MALFORMED_QUERY", at, "unexpected token: ')'"));
        };
        if name == "CONVERTCURRENCY" {
            let reason = "convertCurrency() needs an organization with multiple currencies, which this one has not enabled";
            return Err(self.names.fault("MALFORMED_QUERY", at, reason));
        }
        if matches!(name, "TOLABEL" | "FORMAT") {
            return self.reader(root, argument);
        }
        let Some(function) = DateFunction::named(name) else {
            return Err(self.names.fault("MALFORMED_QUERY", at, format!("unexpected token: '{name}'")));
        };
        let (inner, zoned) = match argument {
            Expr::Call { name, argument: Some(inner), .. } if name == "CONVERTTIMEZONE" => (&**inner, true),
            other => (other, false),
        };
        let (reader, mut facts, path) = self.reader(root, inner)?;
        let fits = facts.kind == FieldKind::DateTime
            || (facts.kind == FieldKind::Date && !function.needs_time() && !zoned);
        if !fits || reader.call.is_some() {
            let reason = format!("field '{}' does not support the date function {name}", facts.name);
            return Err(self.names.fault("INVALID_FIELD", at, reason));
        }
        facts.kind = if function == DateFunction::DayOnly { FieldKind::Date } else { FieldKind::Int };
        Ok((Reader { node: reader.node, call: Some((function, zoned)) }, facts, path))
    }

    /// The test that WHERE stands for.
    pub fn test(&mut self, root: &Root, condition: &Condition) -> Result<Test<Reader>, Fault> {
        let mut joins = 0;
        self.part(root, condition, true, &mut joins)
    }

    fn part(
        &mut self,
        root: &Root,
        condition: &Condition,
        top: bool,
        joins: &mut usize,
    ) -> Result<Test<Reader>, Fault> {
        match condition {
            Condition::And(parts) => {
                let parts = parts.iter().map(|part| self.part(root, part, top, joins));
                Ok(Test::And(parts.collect::<Result<_, _>>()?))
            }
            Condition::Or(parts) => {
                let parts = parts.iter().map(|part| self.part(root, part, false, joins));
                Ok(Test::Or(parts.collect::<Result<_, _>>()?))
            }
            Condition::Not(inner) => Ok(Test::Not(Box::new(self.part(root, inner, false, joins)?))),
            Condition::Compare { left, operator, right, at } => {
                let (reader, facts) = self.filterable(root, left)?;
                let matcher = self.fitter().compare(&facts, *operator, right, *at)?;
                Ok(Test::Leaf { reader, matcher })
            }
            Condition::In { left, negated, set, at } => {
                let (reader, facts) = self.filterable(root, left)?;
                let matcher = self.fitter().among(&facts, *negated, set, *at)?;
                Ok(Test::Leaf { reader, matcher })
            }
            Condition::Multi { left, negated, sets, at } => {
                let (reader, facts) = self.filterable(root, left)?;
                let matcher = self.fitter().multi(&facts, *negated, sets, *at)?;
                Ok(Test::Leaf { reader, matcher })
            }
            Condition::Join { left, negated, inner, at } => {
                *joins += 1;
                if !top {
                    return Err(self.names.fault(
                        "MALFORMED_QUERY",
                        *at,
                        "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.",
                    ));
                }
                if *joins > MAX_JOINS {
                    let reason =
                        format!("at most {MAX_JOINS} semi join or anti join sub-selects are allowed");
                    return Err(self.names.fault("MALFORMED_QUERY", *at, reason));
                }
                self.join(root, left, *negated, inner, *at)
            }
        }
    }

    fn filterable(&mut self, root: &Root, left: &Expr) -> Result<(Reader, Facts), Fault> {
        let (reader, facts, _) = self.reader(root, left)?;
        if !facts.filterable {
            let reason = format!("field '{}' can not be filtered in a query call", facts.name);
            return Err(self.names.fault("INVALID_FIELD", left.at(), reason));
        }
        Ok((reader, facts))
    }

    /// `field IN (SELECT …)`: the inner statement is answered here and becomes a set of ids.
    fn join(
        &mut self,
        root: &Root,
        left: &Expr,
        negated: bool,
        inner: &Query,
        at: usize,
    ) -> Result<Test<Reader>, Fault> {
        let malformed =
            |names: &super::names::Names<'_>, reason: String| names.fault("MALFORMED_QUERY", at, reason);
        let (reader, facts) = self.filterable(root, left)?;
        if !matches!(facts.kind, FieldKind::Id | FieldKind::Reference) {
            let reason = format!(
                "The left operand '{}' in the where expression for semi join should be an id or reference field",
                facts.name
            );
            return Err(malformed(&self.names, reason));
        }
        if !inner.order.is_empty() || inner.limit.is_some() || inner.offset.is_some() {
            return Err(malformed(
                &self.names,
                "Semi join sub-selects cannot have ORDER BY, LIMIT or OFFSET".into(),
            ));
        }
        if inner.group.is_some() || inner.having.is_some() || inner.select.len() != 1 {
            return Err(malformed(&self.names, "Semi join sub-selects must select exactly one field".into()));
        }
        if inner.filter.as_ref().is_some_and(has_join) {
            return Err(malformed(&self.names, "Nesting of semi join sub-selects is not supported".into()));
        }
        let inner_name = inner.from.path.shown();
        if NOT_INSIDE.iter().any(|name| name.eq_ignore_ascii_case(&inner_name)) {
            let reason = format!("Entity '{inner_name}' is not supported for semi join inner selects");
            return Err(malformed(&self.names, reason));
        }
        let outer = self.names.object(root.object)?;
        if outer.name.eq_ignore_ascii_case(&inner_name) {
            let reason = "The inner and outer selects should not be on the same object type";
            return Err(malformed(&self.names, reason.to_owned()));
        }
        let mut builder = Builder::new(self.names.scene, self.names.text);
        let select = builder.select(inner, true)?;
        let Some(column) = select.columns.first().cloned() else {
            return Err(malformed(&self.names, "Semi join sub-selects must select exactly one field".into()));
        };
        if !matches!(column.facts.kind, FieldKind::Id | FieldKind::Reference) {
            let reason =
                format!("The inner select field '{}' must be an id or reference field", column.header);
            return Err(malformed(&self.names, reason));
        }
        let all_rows = self.names.scene.options.all_rows;
        let plan = Plan { objects: builder.names.objects, root: select, all_rows };
        let runtime = Runtime::new(self.names.scene.world, self.names.scene.user, &plan);
        let mut set: HashSet<Box<str>> = HashSet::new();
        for row in runtime.rows(&plan.root, None) {
            if let Some(id) = runtime.read(plan.root.object, &column.reader, row) {
                set.insert(Box::from(id15(&id).unwrap_or(&id)));
            }
        }
        Ok(Test::Leaf { reader, matcher: Matcher::Id { set, null: false, negated } })
    }

    /// A test that rows belong to one owner: `USING SCOPE mine`.
    pub fn owned_by(&self, root: &Root, owner: &str) -> Result<Option<Test<Reader>>, Fault> {
        let object = self.names.object(root.object)?;
        let Some((field, _)) = self.names.scene.field(&Arc::clone(&object), "OwnerId") else {
            return Ok(None);
        };
        let set = HashSet::from([Box::from(id15(owner).unwrap_or(owner))]);
        let reader = Reader { node: super::plan::Node::Field(field), call: None };
        Ok(Some(Test::Leaf { reader, matcher: Matcher::Id { set, null: false, negated: false } }))
    }
}

fn has_join(condition: &Condition) -> bool {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().any(has_join),
        Condition::Not(inner) => has_join(inner),
        Condition::Join { .. } => true,
        Condition::Compare { .. } | Condition::In { .. } | Condition::Multi { .. } => false,
    }
}
