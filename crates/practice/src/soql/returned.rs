//! The parentheses of RETURNING in a search: fields, filter, order and limit for rows already found.

use std::sync::Arc;

use super::Options;
use super::build::Builder;
use super::fault::Fault;
use super::parse::parse_returning;
use super::plan::{Plan, Shape};
use super::render::Renderer;
use super::run::Runtime;
use super::scene::Scene;
use crate::world::{ObjectDef, RowIx, User, World};

/// What is to be returned of one object.
pub(crate) struct Returned {
    plan: Plan,
    object: Arc<ObjectDef>,
    has_offset: bool,
}

impl Returned {
    /// Plans `Contact(Id, Name WHERE … LIMIT n)`; an empty `inside` asks for the id.
    pub(crate) fn plan(
        world: &World,
        user: &User,
        object: &str,
        inside: &str,
        version: u16,
    ) -> Result<Returned, Fault> {
        let options = Options { version, ..Options::default() };
        let inside = if inside.trim().is_empty() { "Id" } else { inside };
        let query = parse_returning(object, inside)?;
        let mut builder = Builder::new(Scene { world, user, options }, inside);
        let root = builder.names.from(&query.from, &query.aliases)?;
        let object = builder.names.object(root.object)?;
        let select = builder.body(&root, &query)?;
        if !matches!(select.shape, Shape::Rows) {
            return Err(Fault::malformed("aggregate functions are not allowed in RETURNING"));
        }
        let has_offset = select.offset > 0;
        Ok(Returned {
            plan: Plan { objects: builder.names.objects, root: select, all_rows: false },
            object,
            has_offset,
        })
    }

    /// The object.
    pub(crate) fn object(&self) -> &Arc<ObjectDef> {
        &self.object
    }

    /// Whether rows are filtered by WHERE.
    pub(crate) fn has_filter(&self) -> bool {
        self.plan.root.test.is_some()
    }

    /// Whether rows are ordered, or skipped by OFFSET.
    pub(crate) fn has_order(&self) -> bool {
        !self.plan.root.order.is_empty() || self.has_offset
    }

    /// The fields asked for.
    pub(crate) fn columns(&self) -> Vec<&str> {
        self.plan.root.columns.iter().map(|column| column.header.as_str()).collect()
    }

    /// Filters, orders, cuts and renders rows, at most `most`.
    pub(crate) fn records(
        &self,
        world: &World,
        user: &User,
        matched: Vec<RowIx>,
        most: usize,
        base: &str,
    ) -> Vec<serde_json::Value> {
        let runtime = Runtime::new(world, user, &self.plan);
        let renderer = Renderer { runtime: &runtime, base };
        let root = &self.plan.root;
        let rows = runtime.rows(root, Some(matched));
        rows.into_iter().take(most).map(|row| renderer.row(root.object, &root.pieces, row)).collect()
    }
}
