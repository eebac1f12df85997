//! Looks names up: fields, relationships, objects, as this user may see them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ast::{Path, Source};
use super::fault::Fault;
use super::plan::{Facts, Node, ObjectIx};
use super::scene::{Scene, is_virtual};
use crate::world::{FieldDef, FieldKind, ObjectDef};

const MAX_HOPS: usize = 5;
const MAX_RELATIONSHIPS: usize = 55;

/// Fields that can be asked of a parent whose object is not known beforehand.
const NAME_FIELDS: [&str; 14] = [
    "Id",
    "Name",
    "Type",
    "FirstName",
    "LastName",
    "Email",
    "Phone",
    "Title",
    "Alias",
    "Username",
    "IsActive",
    "ProfileId",
    "UserRoleId",
    "RecordTypeId",
];
const NAME_PARENTS: [&str; 3] = ["Profile", "UserRole", "RecordType"];

/// Looks up the names of one statement and keeps the objects it came across.
pub struct Names<'a> {
    pub scene: Scene<'a>,
    pub text: &'a str,
    pub objects: Vec<Arc<ObjectDef>>,
    relationships: BTreeSet<String>,
}

/// The names that stand for the root of a SELECT.
#[derive(Debug, Clone)]
pub struct Root {
    pub object: ObjectIx,
    name: String,
    alias: Option<String>,
    /// `FROM Contact c, c.Account a`: alias and the path it stands for.
    others: Vec<(String, Vec<String>)>,
}

/// A path that was found.
pub struct Found {
    pub node: Node,
    pub facts: Facts,
    /// The path in describe's spelling.
    pub path: Vec<String>,
}

impl<'a> Names<'a> {
    pub fn new(scene: Scene<'a>, text: &'a str) -> Names<'a> {
        Names { scene, text, objects: Vec::new(), relationships: BTreeSet::new() }
    }

    /// A refusal that points at a place of the statement.
    pub fn fault(&self, code: &'static str, at: usize, reason: impl AsRef<str>) -> Fault {
        Fault::at(code, self.text, at, reason)
    }

    /// The object at a position.
    pub fn object(&self, object: ObjectIx) -> Result<Arc<ObjectDef>, Fault> {
        self.objects
            .get(object)
            .cloned()
            .ok_or_else(|| Fault::plain("UNKNOWN_EXCEPTION", "An unexpected error occurred"))
    }

    /// The position of an object, new or known.
    pub fn keep(&mut self, object: &Arc<ObjectDef>) -> ObjectIx {
        match self.objects.iter().position(|own| own.name == object.name) {
            Some(place) => place,
            None => {
                self.objects.push(Arc::clone(object));
                self.objects.len() - 1
            }
        }
    }

    /// The object after FROM of a statement.
    pub fn from(&mut self, source: &Source, aliases: &[Source]) -> Result<Root, Fault> {
        let name = source.path.shown();
        let Some(object) = self.scene.object(&name) else { return Err(self.no_type(&name, source.path.at)) };
        let object = self.keep(&object);
        Ok(self.root(object, source, aliases))
    }

    /// The root of a SELECT whose object is known already.
    pub fn root(&self, object: ObjectIx, source: &Source, aliases: &[Source]) -> Root {
        let name = self.objects.get(object).map(|object| object.name.clone()).unwrap_or_default();
        let mut root = Root { object, name, alias: source.alias.clone(), others: Vec::new() };
        for other in aliases {
            if let Some(alias) = &other.alias {
                let path = root.without_prefix(&other.path.parts);
                root.others.push((alias.clone(), path));
            }
        }
        root
    }

    fn no_type(&self, name: &str, at: usize) -> Fault {
        let reason = format!(
            "sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
        );
        self.fault("INVALID_TYPE", at, reason)
    }

    /// Finds the field that a path names.
    pub fn find(&mut self, root: &Root, path: &Path) -> Result<Found, Fault> {
        let parts = root.without_prefix(&path.parts);
        if parts.len() > MAX_HOPS + 1 {
            return Err(self.fault(
                "MALFORMED_QUERY",
                path.at,
                format!(
                    "relationship path '{}' is too deep: at most {MAX_HOPS} levels are allowed",
                    path.shown()
                ),
            ));
        }
        for hops in 1..parts.len() {
            if let Some(prefix) = parts.get(..hops) {
                self.relationships.insert(format!("{}:{}", root.name, prefix.join(".").to_ascii_lowercase()));
            }
        }
        if self.relationships.len() > MAX_RELATIONSHIPS {
            return Err(Fault::malformed(format!(
                "SOQL statements cannot reference more than {MAX_RELATIONSHIPS} child-to-parent relationships"
            )));
        }
        self.walk(root.object, &parts, path.at, false)
    }

    fn walk(&mut self, object: ObjectIx, parts: &[String], at: usize, by_name: bool) -> Result<Found, Fault> {
        let def = self.object(object)?;
        match parts {
            [] => Err(self.no_column("", &def.name, at)),
            [leaf] => self.leaf(&def, leaf, at, by_name),
            [hop, rest @ ..] => self.hop(&def, hop, rest, at),
        }
    }

    fn leaf(&mut self, def: &Arc<ObjectDef>, name: &str, at: usize, by_name: bool) -> Result<Found, Fault> {
        if by_name && name.eq_ignore_ascii_case("Type") {
            return Ok(Found { node: Node::TypeName, facts: type_facts(), path: vec!["Type".to_owned()] });
        }
        if let Some((field, found)) = self.scene.field(def, name) {
            let path = vec![found.name.clone()];
            return Ok(Found { node: Node::Field(field), facts: facts_of(def, found), path });
        }
        if by_name && name.eq_ignore_ascii_case("Name") {
            let named = def.name_field().and_then(|field| Some((field, def.at(field)?)));
            if let Some((field, found)) = named {
                let path = vec!["Name".to_owned()];
                return Ok(Found { node: Node::Field(field), facts: facts_of(def, found), path });
            }
        }
        Err(self.no_column(name, &def.name, at))
    }

    /// Follows a reference. Where it may point at several objects, only the fields of a name are known.
    fn hop(&mut self, def: &Arc<ObjectDef>, name: &str, rest: &[String], at: usize) -> Result<Found, Fault> {
        let Some((field, reference)) = self.scene.relationship(def, name) else {
            return Err(self.no_relationship(name, at));
        };
        let relationship = reference.relationship_name.clone().unwrap_or_else(|| name.to_owned());
        let targets = self.targets(reference);
        let several = is_several(reference);
        if targets.is_empty() {
            return Err(self.no_relationship(name, at));
        }
        if several {
            self.check_name_fields(rest, at)?;
        }
        let mut to = Vec::new();
        let mut facts: Option<Facts> = None;
        let mut path = vec![relationship];
        let mut first_fault = None;
        for target in targets {
            match self.walk(target, rest, at, several) {
                Ok(found) => {
                    if facts.is_none() {
                        path.extend(found.path);
                        facts = Some(found.facts);
                    }
                    to.push((target, found.node));
                }
                Err(fault) => first_fault = first_fault.or(Some(fault)),
            }
        }
        match facts {
            Some(facts) => Ok(Found { node: Node::Hop { field, to }, facts, path }),
            None => Err(first_fault.unwrap_or_else(|| self.no_relationship(name, at))),
        }
    }

    /// The objects that a reference may point at and this user may see.
    pub fn targets(&mut self, reference: &FieldDef) -> Vec<ObjectIx> {
        let mut targets = Vec::new();
        for name in &reference.reference_to {
            if let Some(target) = self.scene.world.visible_object(self.scene.user, name).cloned() {
                targets.push(self.keep(&target));
            }
        }
        targets
    }

    fn check_name_fields(&self, rest: &[String], at: usize) -> Result<(), Fault> {
        let known = |names: &[&str], name: &String| names.iter().any(|own| own.eq_ignore_ascii_case(name));
        match rest {
            [leaf] if !known(&NAME_FIELDS, leaf) => Err(self.no_column(leaf, "Name", at)),
            [hop, _, ..] if !known(&NAME_PARENTS, hop) => Err(self.no_relationship(hop, at)),
            _ => Ok(()),
        }
    }

    /// There is no such field, or none that this user may read.
    pub fn no_column(&self, name: &str, entity: &str, at: usize) -> Fault {
        let reason = format!(
            "No such column '{name}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
        );
        self.fault("INVALID_FIELD", at, reason)
    }

    /// There is no such relationship, or none that this user may follow.
    pub fn no_relationship(&self, name: &str, at: usize) -> Fault {
        let reason = format!(
            "Didn't understand relationship '{name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
        );
        self.fault("INVALID_FIELD", at, reason)
    }
}

impl Root {
    /// The path without the alias or object name in front of it.
    pub fn without_prefix(&self, parts: &[String]) -> Vec<String> {
        let [first, rest @ ..] = parts else { return Vec::new() };
        if rest.is_empty() {
            return parts.to_vec();
        }
        let is_alias = self.alias.as_ref().is_some_and(|alias| alias.eq_ignore_ascii_case(first));
        if is_alias || self.name.eq_ignore_ascii_case(first) {
            return rest.to_vec();
        }
        match self.others.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(first)) {
            Some((_, path)) => path.iter().chain(rest).cloned().collect(),
            None => parts.to_vec(),
        }
    }
}

/// Whether the object behind a reference is known only row by row.
pub fn is_several(reference: &FieldDef) -> bool {
    reference.reference_to.len() > 1
}

/// What is known about a field's values.
pub fn facts_of(object: &ObjectDef, field: &FieldDef) -> Facts {
    let compound = matches!(field.kind, FieldKind::Address | FieldKind::Location | FieldKind::Base64);
    let closed = compound || field.kind == FieldKind::EncryptedString;
    Facts {
        name: field.name.clone(),
        kind: field.kind,
        case_sensitive: field.case_sensitive,
        filterable: field.filterable && !closed,
        sortable: field.sortable && !closed,
        groupable: field.groupable && !closed,
        aggregatable: field.aggregatable && !closed,
        loose_id: is_virtual(&object.name) || field.reference_to.iter().any(|to| is_virtual(to)),
    }
}

fn type_facts() -> Facts {
    Facts {
        name: "Type".to_owned(),
        kind: FieldKind::Picklist,
        case_sensitive: false,
        filterable: true,
        sortable: true,
        groupable: true,
        aggregatable: true,
        loose_id: true,
    }
}
