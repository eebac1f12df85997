//! Builds the plan of a statement: every name looked up, every rule checked.

use super::ast::{Expr, Item, OrderKey, Query};
use super::fault::Fault;
use super::literal::Fitter;
use super::matcher::Test;
use super::names::{Names, Root};
use super::plan::{Dress, Order, Plan, Reader, Select, Shape};
use super::rules;
use super::scene::{Scene, is_virtual};
use super::shape::Want;

/// Draws up the plan of a statement.
///
/// # Errors
/// The refusal of the first thing that the platform would refuse.
pub fn build(scene: Scene<'_>, text: &str, query: &Query) -> Result<Plan, Fault> {
    let mut builder = Builder::new(scene, text);
    let root = builder.select(query, false)?;
    Ok(Plan { objects: builder.names.objects, root, all_rows: scene.options.all_rows })
}

/// Builds one statement or one nested statement.
pub struct Builder<'a> {
    pub names: Names<'a>,
    pub children: usize,
    pub depth: usize,
}

impl<'a> Builder<'a> {
    pub fn new(scene: Scene<'a>, text: &'a str) -> Builder<'a> {
        Builder { names: Names::new(scene, text), children: 0, depth: 0 }
    }

    /// Fits written values to fields.
    pub fn fitter(&self) -> Fitter<'a> {
        Fitter { scene: self.names.scene, text: self.names.text }
    }

    /// The plan of a statement, or of the inner statement of a semi-join.
    pub fn select(&mut self, query: &Query, inner: bool) -> Result<Select, Fault> {
        if query.all_rows {
            return Err(Fault::malformed("ALL ROWS not allowed in this context"));
        }
        let root = self.names.from(&query.from, &query.aliases)?;
        let object = self.names.object(root.object)?;
        rules::check(self, &root, &object, query, inner)?;
        self.body(&root, query)
    }

    /// Everything after the object is known.
    pub fn body(&mut self, root: &Root, query: &Query) -> Result<Select, Fault> {
        if query.offset.is_some_and(|offset| offset > 2000) {
            return Err(Fault::plain("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"));
        }
        let object = self.names.object(root.object)?;
        rules::check_fields(self, root, &object, query)?;
        let mut test = query.filter.as_ref().map(|filter| self.test(root, filter)).transpose()?;
        if query.scope.as_ref().is_some_and(|scope| scope.eq_ignore_ascii_case("mine"))
            && let Some(mine) = self.owned_by(root, &self.names.scene.user.id)?
        {
            test = Some(Test::And(test.into_iter().chain([mine]).collect()));
        }
        let unlimited = is_virtual(&object.name);
        let mut select = Select {
            object: root.object,
            pieces: Vec::new(),
            columns: Vec::new(),
            test,
            order: Vec::new(),
            limit: query.limit.filter(|_| !unlimited),
            offset: query.offset.filter(|_| !unlimited).unwrap_or(0),
            shape: Shape::Rows,
        };
        if is_bare_count(query) {
            select.shape = Shape::Count;
            return Ok(select);
        }
        if query.group.is_some() || query.select.iter().any(is_aggregate) {
            select.shape = Shape::Groups(Box::new(self.groups(root, query)?));
            return Ok(select);
        }
        if query.having.is_some() {
            return Err(Fault::malformed("HAVING clause requires a GROUP BY clause"));
        }
        let mut wants = Vec::new();
        self.items(root, query, &mut wants, &mut select)?;
        select.pieces = self.pieces(root.object, &wants, false)?;
        for key in &query.order {
            let order = self.order(root, key)?;
            select.order.push(order);
        }
        Ok(select)
    }

    fn items(
        &mut self,
        root: &Root,
        query: &Query,
        wants: &mut Vec<Want>,
        select: &mut Select,
    ) -> Result<(), Fault> {
        let mut functions = 0;
        for item in &query.select {
            match item {
                Item::Value { value: Expr::Field(path), alias } => {
                    if let Some(alias) = alias {
                        let reason = format!("unexpected token: '{alias}'");
                        return Err(self.names.fault("MALFORMED_QUERY", path.at, reason));
                    }
                    self.want_path(root, path, wants, select)?;
                }
                Item::Value { value, alias } => {
                    let name = alias.clone().unwrap_or_else(|| self.default_alias(value, &mut functions));
                    self.want_call(root, value, name, wants, select)?;
                }
                Item::Children(inner) => self.want_children(root, inner, wants)?,
                Item::TypeOf(it) => self.want_type_of(root, it, wants)?,
                Item::Fields { kind, at } => self.want_fields(root, query, *kind, *at, wants, select)?,
            }
        }
        Ok(())
    }

    /// `toLabel(Status)` keeps the name of its field; other functions are `expr0`, `expr1` …
    fn default_alias(&self, value: &Expr, functions: &mut usize) -> String {
        match value {
            Expr::Call { name, argument: Some(inner), .. }
                if matches!(name.as_str(), "TOLABEL" | "FORMAT") =>
            {
                if let Expr::Field(path) = &**inner
                    && let [.., last] = path.parts.as_slice()
                {
                    return last.clone();
                }
            }
            _ => {}
        }
        let name = format!("expr{functions}");
        *functions += 1;
        name
    }

    fn want_call(
        &mut self,
        root: &Root,
        value: &Expr,
        name: String,
        wants: &mut Vec<Want>,
        select: &mut Select,
    ) -> Result<(), Fault> {
        let dress = match value {
            Expr::Call { name, .. } if name == "TOLABEL" => Dress::Label,
            Expr::Call { name, .. } if name == "FORMAT" => Dress::Format,
            Expr::Call { .. } | Expr::Field(_) => Dress::Plain,
        };
        let (reader, facts, path) = self.reader(root, value)?;
        let plain = path.last().is_some_and(|last| last.eq_ignore_ascii_case(&name));
        let shown = if plain { path.last().cloned().unwrap_or_default() } else { name };
        if wants.iter().any(|want| want.name().eq_ignore_ascii_case(&shown)) {
            return Err(Fault::malformed(format!("duplicate alias: {shown}")));
        }
        let header = if plain { path.join(".") } else { shown.clone() };
        select.columns.push(super::plan::Column { header, facts: facts.clone(), reader: reader.clone() });
        let piece = super::plan::Piece::Call { name: shown, reader, kind: facts.kind, dress };
        // a dressed parent field is shown under its parent only when it is plain; otherwise at the top
        wants.push(Want::Ready(piece));
        Ok(())
    }

    fn order(&mut self, root: &Root, key: &OrderKey) -> Result<Order<Reader>, Fault> {
        let (reader, facts, _) = self.reader(root, &key.value)?;
        if !facts.sortable {
            let reason = format!("field '{}' can not be sorted in a query call", facts.name);
            return Err(self.names.fault("MALFORMED_QUERY", key.value.at(), reason));
        }
        Ok(Order {
            reader,
            kind: facts.kind,
            descending: key.descending,
            nulls_last: key.nulls_last.unwrap_or(false),
        })
    }
}

fn is_bare_count(query: &Query) -> bool {
    match query.select.as_slice() {
        [Item::Value { value: Expr::Call { name, argument: None, .. }, alias: None }] => {
            name == "COUNT" && query.group.is_none()
        }
        _ => false,
    }
}

/// Whether an item is COUNT, SUM and the like.
pub fn is_aggregate(item: &Item) -> bool {
    matches!(item, Item::Value { value: Expr::Call { name, .. }, .. }
        if super::plan::How::named(name).is_some() || name == "GROUPING")
}
