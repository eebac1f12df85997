//! The data of the practice org and the rules that guard it.
//!
//! A [`World`] is loaded from an org folder (or from the one built into the program), answers what a
//! user may see, and changes only through the deeds in this folder: create, update, delete, undelete,
//! purge, merge, convert. It knows no query language, no HTTP and no clock of its own.

mod cell;
mod change;
mod children;
mod clock;
mod copies;
mod def;
mod describe;
mod error;
mod hang;
mod id;
mod load;
mod names;
mod org;
mod person;
mod see;
mod table;
#[cfg(test)]
mod tests;
mod user;
mod write;

pub use change::{Change, Deed, LeadConversion, Merge, Record, Saved, Written};
pub use clock::Clock;
pub use def::{ChildRel, FieldDef, FieldKind, ObjectDef};
pub use error::{LoadError, SfError};
pub use id::{id15, id18, is_id};
pub use org::{OrgFacts, World};
pub use table::Table;
pub use user::User;

/// Position of a field in [`ObjectDef::fields`].
pub type FieldIx = u16;
/// Position of a row in its [`Table`]; stays the same for the life of the row.
pub type RowIx = u32;
