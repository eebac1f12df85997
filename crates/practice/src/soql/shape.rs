//! What a row looks like in the answer: fields, nested parents, child rows, TYPEOF.

use super::ast::{FieldsKind, Path, Query, TypeOf};
use super::build::Builder;
use super::fault::Fault;
use super::names::{Root, is_several};
use super::plan::{Column, ObjectIx, Piece, Reader, Select};
use super::rules;
use crate::world::{FieldKind, ObjectDef};

const MAX_CHILDREN: usize = 20;

/// A name asked for, before it is known for every object that a reference may point at.
#[derive(Debug, Clone)]
pub enum Want {
    Leaf { name: String, at: usize },
    Parent { name: String, at: usize, inside: Vec<Want> },
    Ready(Piece),
}

impl Want {
    /// The name under which it is shown.
    pub fn name(&self) -> &str {
        match self {
            Want::Leaf { name, .. } | Want::Parent { name, .. } => name,
            Want::Ready(piece) => piece.name(),
        }
    }
}

impl Piece {
    /// The name under which it is shown.
    pub fn name(&self) -> &str {
        match self {
            Piece::Field { name, .. }
            | Piece::Call { name, .. }
            | Piece::Compound { name, .. }
            | Piece::Absent { name }
            | Piece::TypeName { name }
            | Piece::Parent { name, .. }
            | Piece::Children { name, .. } => name,
        }
    }
}

impl Builder<'_> {
    /// `Account.Owner.Name`.
    pub fn want_path(
        &mut self,
        root: &Root,
        path: &Path,
        wants: &mut Vec<Want>,
        select: &mut Select,
    ) -> Result<(), Fault> {
        let found = self.names.find(root, path)?;
        let bulk = self.names.scene.options.bulk;
        if bulk
            && matches!(
                found.facts.kind,
                FieldKind::Address | FieldKind::Location | FieldKind::JunctionIdList
            )
        {
            let reason =
                format!("field '{}' is not supported in Bulk Query: select its parts", found.facts.name);
            return Err(Fault::plain("API_ERROR", reason));
        }
        put(wants, &found.path, path.at)
            .map_err(|()| Fault::malformed(format!("duplicate field selected: {}", found.path.join("."))))?;
        let reader = Reader { node: found.node, call: None };
        select.columns.push(Column { header: found.path.join("."), facts: found.facts, reader });
        Ok(())
    }

    /// `FIELDS(ALL)` and its sisters: every field that this user may read.
    pub fn want_fields(
        &mut self,
        root: &Root,
        query: &Query,
        kind: FieldsKind,
        at: usize,
        wants: &mut Vec<Want>,
        select: &mut Select,
    ) -> Result<(), Fault> {
        if self.names.scene.options.version < 51 {
            return Err(self.names.fault("MALFORMED_QUERY", at, "unexpected token: 'FIELDS'"));
        }
        let bounded = query.limit.is_some_and(|limit| limit <= 200) || rules::has_few_ids(root, query, 200);
        if kind != FieldsKind::Standard {
            if self.names.scene.options.bulk {
                let reason = "The SOQL FIELDS function with ALL or CUSTOM is not supported in Bulk Query";
                return Err(Fault::plain("API_ERROR", reason));
            }
            if !bounded {
                return Err(Fault::malformed("The SOQL FIELDS function must have a LIMIT of at most 200"));
            }
        }
        let object = self.names.object(root.object)?;
        for (field, def) in object.numbered() {
            let wanted = match kind {
                FieldsKind::All => true,
                FieldsKind::Standard => !def.custom,
                FieldsKind::Custom => def.custom,
            };
            let hidden = self.names.scene.options.bulk
                && matches!(def.kind, FieldKind::Address | FieldKind::Location | FieldKind::JunctionIdList);
            if wanted && !hidden && self.names.scene.world.readable(self.names.scene.user, &object, field) {
                let path = Path { parts: vec![def.name.clone()], at };
                self.want_path(root, &path, wants, select)?;
            }
        }
        Ok(())
    }

    /// `(SELECT … FROM Contacts)`.
    pub fn want_children(&mut self, root: &Root, query: &Query, wants: &mut Vec<Want>) -> Result<(), Fault> {
        let options = self.names.scene.options;
        if options.bulk {
            return Err(Fault::plain("API_ERROR", "Aggregate Relationships not supported in Bulk Query"));
        }
        self.children += 1;
        if self.children > MAX_CHILDREN {
            return Err(Fault::malformed(format!("a query may have at most {MAX_CHILDREN} subqueries")));
        }
        let levels = if options.version >= 58 { 5 } else { 1 };
        if self.depth >= levels {
            let reason =
                format!("SOQL query nesting depth exceeded: at most {levels} level(s) of subqueries");
            return Err(self.names.fault("MALFORMED_QUERY", query.from.path.at, reason));
        }
        let parent = self.names.object(root.object)?;
        let parts = root.without_prefix(&query.from.path.parts);
        let [name] = parts.as_slice() else {
            return Err(self.names.no_relationship(&query.from.path.shown(), query.from.path.at));
        };
        let relation = parent.children.iter().find(|child| {
            let named = child.relationship_name.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
            named && self.names.scene.object(&child.child).is_some()
        });
        let found = relation.and_then(|relation| {
            let object = self.names.scene.object(&relation.child)?;
            let (field, _) = self.names.scene.field(&object, &relation.field)?;
            Some((relation.relationship_name.clone().unwrap_or_default(), object, field))
        });
        let Some((shown, child, field)) = found else {
            return Err(self.no_children(name, query.from.path.at));
        };
        let object = self.names.keep(&child);
        let inner = self.names.root(object, &query.from, &query.aliases);
        if query.group.is_some() || query.select.iter().any(super::build::is_aggregate) {
            return Err(Fault::malformed("Aggregate expressions are not allowed in a subquery"));
        }
        self.depth += 1;
        let select = self.body(&inner, query)?;
        self.depth -= 1;
        let piece = Piece::Children { name: shown.clone(), field, select: Box::new(select) };
        if wants.iter().any(|want| want.name() == shown) {
            return Err(Fault::malformed(format!("duplicate relationship selected: {shown}")));
        }
        wants.push(Want::Ready(piece));
        Ok(())
    }

    fn no_children(&self, name: &str, at: usize) -> Fault {
        let reason = format!(
            "Didn't understand relationship '{name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
        );
        self.names.fault("INVALID_TYPE", at, reason)
    }

    /// `TYPEOF What WHEN Account THEN …`.
    pub fn want_type_of(&mut self, root: &Root, it: &TypeOf, wants: &mut Vec<Want>) -> Result<(), Fault> {
        if self.names.scene.options.bulk {
            return Err(Fault::plain("API_ERROR", "TYPEOF is not supported in Bulk Query"));
        }
        let at = it.relationship.at;
        let object = self.names.object(root.object)?;
        let parts = root.without_prefix(&it.relationship.parts);
        let [relationship] = parts.as_slice() else {
            return Err(self.names.fault(
                "MALFORMED_QUERY",
                at,
                "TYPEOF is allowed on a direct relationship only",
            ));
        };
        let Some((field, reference)) = self.names.scene.relationship(&object, relationship) else {
            return Err(self.names.no_relationship(relationship, at));
        };
        if !is_several(reference) {
            let reason =
                format!("relationship '{relationship}' is not polymorphic and cannot be used with TYPEOF");
            return Err(self.names.fault("MALFORMED_QUERY", at, reason));
        }
        let name = reference.relationship_name.clone().unwrap_or_else(|| relationship.clone());
        let mut to = Vec::new();
        let targets = self.names.targets(reference);
        for (object, paths) in &it.when {
            let wanted = object.shown();
            let target = targets.iter().copied().find(|target| {
                self.names.object(*target).is_ok_and(|def| def.name.eq_ignore_ascii_case(&wanted))
            });
            let Some(target) = target else {
                let reason = format!("'{wanted}' is not a valid type for relationship '{name}' in TYPEOF");
                return Err(self.names.fault("INVALID_TYPE", object.at, reason));
            };
            to.push((target, self.type_of_pieces(target, paths, false)?));
        }
        for target in targets {
            if !to.iter().any(|(known, _)| *known == target) {
                to.push((target, self.type_of_pieces(target, &it.otherwise, true)?));
            }
        }
        wants.push(Want::Ready(Piece::Parent { name, field, polymorphic: false, to }));
        Ok(())
    }

    fn type_of_pieces(
        &mut self,
        target: ObjectIx,
        paths: &[Path],
        by_name: bool,
    ) -> Result<Vec<Piece>, Fault> {
        let mut wants = Vec::new();
        for path in paths {
            put(&mut wants, &path.parts, path.at)
                .map_err(|()| Fault::malformed(format!("duplicate field selected: {}", path.shown())))?;
        }
        self.pieces(target, &wants, by_name)
    }

    /// The pieces of a row of `object`. With `by_name`, the object is one of several and fields it lacks are null.
    pub fn pieces(&mut self, object: ObjectIx, wants: &[Want], by_name: bool) -> Result<Vec<Piece>, Fault> {
        let def = self.names.object(object)?;
        let mut pieces = Vec::new();
        for want in wants {
            pieces.push(match want {
                Want::Ready(piece) => piece.clone(),
                Want::Leaf { name, at } => self.leaf_piece(&def, name, *at, by_name)?,
                Want::Parent { name, at, inside } => {
                    let Some((field, reference)) = self.names.scene.relationship(&def, name) else {
                        if by_name {
                            pieces.push(Piece::Absent { name: name.clone() });
                            continue;
                        }
                        return Err(self.names.no_relationship(name, *at));
                    };
                    let polymorphic = is_several(reference);
                    let mut to = Vec::new();
                    for target in self.names.targets(reference) {
                        to.push((target, self.pieces(target, inside, polymorphic)?));
                    }
                    Piece::Parent { name: name.clone(), field, polymorphic, to }
                }
            });
        }
        Ok(pieces)
    }

    fn leaf_piece(&self, def: &ObjectDef, name: &str, at: usize, by_name: bool) -> Result<Piece, Fault> {
        if by_name && name.eq_ignore_ascii_case("Type") {
            return Ok(Piece::TypeName { name: "Type".to_owned() });
        }
        if let Some((field, found)) = self.names.scene.field(def, name) {
            if matches!(found.kind, FieldKind::Address | FieldKind::Location) {
                return Ok(compound(def, &found.name));
            }
            return Ok(Piece::Field { name: found.name.clone(), field, kind: found.kind });
        }
        if !by_name {
            return Err(self.names.no_column(name, &def.name, at));
        }
        let named = def.name_field().filter(|_| name.eq_ignore_ascii_case("Name"));
        Ok(match named {
            Some(field) => Piece::Field { name: "Name".to_owned(), field, kind: FieldKind::String },
            None => Piece::Absent { name: name.to_owned() },
        })
    }
}

/// Adds a path to what is wanted; fails when it is there already.
fn put(wants: &mut Vec<Want>, path: &[String], at: usize) -> Result<(), ()> {
    let [name, rest @ ..] = path else { return Ok(()) };
    let known = wants.iter_mut().find(|want| want.name().eq_ignore_ascii_case(name));
    match (known, rest.is_empty()) {
        (Some(Want::Parent { inside, .. }), false) => put(inside, rest, at),
        (Some(_), _) => Err(()),
        (None, true) => {
            wants.push(Want::Leaf { name: name.clone(), at });
            Ok(())
        }
        (None, false) => {
            let mut inside = Vec::new();
            put(&mut inside, rest, at)?;
            wants.push(Want::Parent { name: name.clone(), at, inside });
            Ok(())
        }
    }
}

/// Address and location values are put together from the fields that name them as their compound.
fn compound(def: &ObjectDef, name: &str) -> Piece {
    const KEYS: [(&str, &str); 10] = [
        ("GeocodeAccuracy", "geocodeAccuracy"),
        ("CountryCode", "countryCode"),
        ("StateCode", "stateCode"),
        ("PostalCode", "postalCode"),
        ("Latitude", "latitude"),
        ("Longitude", "longitude"),
        ("Country", "country"),
        ("State", "state"),
        ("Street", "street"),
        ("City", "city"),
    ];
    let mut parts = Vec::new();
    for (field, part) in def.parts_of(name) {
        let plain = part.name.trim_end_matches("__s").trim_end_matches('_');
        let suffix = |own: &str| {
            plain.len() >= own.len()
                && plain.get(plain.len() - own.len()..).is_some_and(|end| end.eq_ignore_ascii_case(own))
        };
        if let Some((_, key)) = KEYS.iter().find(|(own, _)| suffix(own)) {
            parts.push(((*key).to_owned(), field, part.kind));
        }
    }
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    Piece::Compound { name: name.to_owned(), parts }
}
