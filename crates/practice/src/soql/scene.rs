//! What a statement is looked up in: the org as one user sees it.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Options;
use crate::world::{FieldDef, FieldIx, FieldKind, ObjectDef, User, World};

/// The org as one user sees it, through one door.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub world: &'a World,
    pub user: &'a User,
    pub options: Options,
}

impl Scene<'_> {
    /// An object that this user may query.
    pub fn object(&self, name: &str) -> Option<Arc<ObjectDef>> {
        self.world.visible_object(self.user, name).filter(|object| object.queryable).cloned()
    }

    /// A field that this user may read, with its position.
    pub fn field<'o>(&self, object: &'o ObjectDef, name: &str) -> Option<(FieldIx, &'o FieldDef)> {
        let field = object.field_ix(name)?;
        let def = object.at(field)?;
        self.world.readable(self.user, object, field).then_some((field, def))
    }

    /// The reference behind a relationship name, if this user may read it.
    pub fn relationship<'o>(&self, object: &'o ObjectDef, name: &str) -> Option<(FieldIx, &'o FieldDef)> {
        let field = object.relationship_ix(name)?;
        let def = object.at(field)?;
        let readable = self.world.readable(self.user, object, field);
        (readable && def.kind == FieldKind::Reference).then_some((field, def))
    }

    /// The zone in which days begin.
    pub fn zone(&self) -> Tz {
        zone_of(self.world)
    }

    /// The day it is in the org.
    pub fn today(&self) -> NaiveDate {
        self.world.now().with_timezone(&self.zone()).date_naive()
    }
}

/// The org's zone; UTC when it names none that exists.
pub fn zone_of(world: &World) -> Tz {
    world.facts().zone.parse().unwrap_or(Tz::UTC)
}

/// Objects that describe other objects: their rows have no ids of the usual shape.
pub fn is_virtual(object: &str) -> bool {
    const VIRTUAL: [&str; 9] = [
        "EntityDefinition",
        "FieldDefinition",
        "EntityParticle",
        "RelationshipInfo",
        "RelationshipDomain",
        "PicklistValueInfo",
        "DataType",
        "UserEntityAccess",
        "UserFieldAccess",
    ];
    VIRTUAL.iter().any(|name| name.eq_ignore_ascii_case(object))
}
