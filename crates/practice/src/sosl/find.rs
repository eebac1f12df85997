//! Goes through the rows that the index names and keeps those that really hold what is searched for.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::fields;
use super::index::{Searcher, field_words, file_text};
use super::statement::FieldGroup;
use super::term::{Find, Word};
use super::words::{phone_forms, words};
use crate::world::{FieldIx, FieldKind, ObjectDef, RowIx, Table, User, World};

/// One search in one org by one user.
pub struct Hunt<'a> {
    pub searcher: &'a Searcher,
    pub world: &'a World,
    pub user: &'a User,
    pub group: FieldGroup,
    pub seen_until: Option<DateTime<Utc>>,
}

impl Hunt<'_> {
    /// The rows of an object that match, at most `most`, in row order.
    pub fn rows(&self, object: &Arc<ObjectDef>, find: &Find, most: usize) -> Vec<RowIx> {
        let Some(table) = self.world.table(&object.name) else { return Vec::new() };
        let fields: Vec<(FieldIx, FieldKind)> = fields::indexed(object)
            .into_iter()
            .filter(|(ix, _)| object.at(*ix).is_some_and(|field| fields::is_in(self.group, object, field)))
            .filter(|(ix, _)| self.world.readable(self.user, object, *ix))
            .collect();
        let latest = self.seen_until.map(|at| at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string());
        let matches = |row: &RowIx| {
            self.is_seen(table, *row, latest.as_deref())
                && holds(find, &self.texts(object, table, &fields, *row))
        };
        match self.searcher.index(self.world, table).candidates(find, table) {
            Some(rows) => rows.into_iter().filter(matches).take(most).collect(),
            None => table.rows().filter(matches).take(most).collect(),
        }
    }

    fn is_seen(&self, table: &Table, row: RowIx, latest: Option<&str>) -> bool {
        let modified = || table.named(row, "SystemModstamp").or_else(|| table.named(row, "LastModifiedDate"));
        table.is_present(row)
            && !table.is_deleted(row)
            && !table.is_archived(row)
            && latest.is_none_or(|latest| modified().is_none_or(|modified| modified <= latest))
            && !(table.def().name == "ContentVersion" && table.named(row, "IsLatest") == Some("false"))
            && self.world.visible_row(self.user, table, row)
    }

    fn texts(
        &self,
        object: &ObjectDef,
        table: &Table,
        fields: &[(FieldIx, FieldKind)],
        row: RowIx,
    ) -> Vec<Vec<String>> {
        let mut texts: Vec<Vec<String>> = fields
            .iter()
            .filter_map(|(field, kind)| Some(field_words(*kind, table.value(row, *field)?)))
            .collect();
        if let Some(text) = file_text(self.world, object, table, row) {
            texts.push(words(&text));
        }
        texts
    }
}

fn holds(find: &Find, texts: &[Vec<String>]) -> bool {
    match find {
        Find::And(parts) => parts.iter().all(|part| holds(part, texts)),
        Find::Or(parts) => parts.iter().any(|part| holds(part, texts)),
        Find::Not(inner) => !holds(inner, texts),
        Find::Phrase(phrase) => texts.iter().any(|text| has_phrase(phrase, text)),
        Find::Phone(digits) => {
            let forms = phone_forms(digits);
            texts.iter().any(|text| text.iter().any(|word| forms.iter().take(2).any(|form| form == word)))
        }
    }
}

fn has_phrase(phrase: &[Word], text: &[String]) -> bool {
    !phrase.is_empty()
        && text
            .windows(phrase.len())
            .any(|window| phrase.iter().zip(window).all(|(own, word)| own.fits(word)))
}
