//! How far a locate has come, object by object.

use std::collections::{BTreeMap, BTreeSet};

use crate::locate::Locate;
use crate::locate::asks::Purpose;
use crate::schema::Schema;

/// One object while a locate goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub object: String,
    pub label: String,
    pub state: LookState,
    /// Records of it that agree with the subject so far, or hang on one that does.
    pub records: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookState {
    Waiting,
    /// A question that reaches it is open.
    Looking,
    /// Everything that was asked of it was answered or refused; later rounds may ask again.
    Looked,
}

impl Locate {
    /// Every object that this locate may look at, in the order of their names.
    pub fn board(&mut self, schema: &Schema) -> Vec<Looked> {
        let ready = self.ready(schema);
        let open: BTreeSet<&str> = self.pending.values().flat_map(|it| reached(&it.purpose)).collect();
        let mut records = BTreeMap::<&str, usize>::new();
        for node in self.nodes.values() {
            *records.entry(node.row.object.as_str()).or_default() += 1;
        }
        let line = |name: &String| Looked {
            object: name.clone(),
            label: schema.object(name).map_or_else(|| name.clone(), |object| object.label.clone()),
            state: match name.as_str() {
                name if open.contains(name) => LookState::Looking,
                name if self.tallies.contains_key(name) => LookState::Looked,
                _ => LookState::Waiting,
            },
            records: records.get(name.as_str()).copied().unwrap_or_default(),
        };
        ready.map.objects.keys().map(line).collect()
    }
}

/// The objects that a question reads.
fn reached(purpose: &Purpose) -> Vec<&str> {
    match purpose {
        Purpose::Direct { object, children, .. } => std::iter::once(object)
            .chain(children.iter().map(|(child, _)| child))
            .map(String::as_str)
            .collect(),
        Purpose::Under { children, .. } => children.iter().map(|(child, _)| child.as_str()).collect(),
        Purpose::Index { objects } => objects.iter().map(|(object, _)| object.as_str()).collect(),
        Purpose::Scan { object } => vec![object],
    }
}
