//! The index of words: which rows of an object hold a word, built when it is first asked for.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::fields;
use super::term::{Find, Word};
use super::words::{phone_forms, without_tags, words};
use crate::world::{FieldKind, ObjectDef, RowIx, Table, World};

/// Keeps the indexes of one org. Share one for as long as the org is served.
#[derive(Debug, Default)]
pub struct Searcher {
    indexes: Mutex<HashMap<String, Arc<WordIndex>>>,
}

/// Rows changed since an index was built are looked at one by one, up to this many.
const MAX_CHANGED: usize = 5_000;

impl Searcher {
    /// A searcher that has indexed nothing yet.
    pub fn new() -> Searcher {
        Searcher::default()
    }

    /// Builds the indexes of all searchable objects, so that the first search need not.
    pub fn warm(&self, world: &World) {
        for object in world.objects().filter(|object| fields::is_searchable(object)) {
            if let Some(table) = world.table(&object.name) {
                self.index(world, table);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<WordIndex>>> {
        self.indexes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index of an object; rows changed since it was built come on top.
    pub fn index(&self, world: &World, table: &Table) -> Arc<WordIndex> {
        let name = &table.def().name;
        let known = self.lock().get(name).map(Arc::clone);
        if let Some(index) = known
            && table.touched().len().saturating_sub(index.seen) <= MAX_CHANGED
            && index.seen <= table.touched().len()
        {
            return index;
        }
        let index = Arc::new(WordIndex::build(world, table));
        self.lock().insert(name.clone(), Arc::clone(&index));
        index
    }
}

/// Words in order and the rows that hold each.
#[derive(Debug)]
pub struct WordIndex {
    words: Vec<Box<str>>,
    starts: Vec<usize>,
    rows: Vec<RowIx>,
    /// How many changes of the table it has seen.
    seen: usize,
}

impl WordIndex {
    fn build(world: &World, table: &Table) -> WordIndex {
        let object = table.def();
        let fields = fields::indexed(object);
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        let mut pairs: Vec<(u32, RowIx)> = Vec::new();
        for row in table.rows() {
            let mut add = |word: String| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                pairs.push((*numbers.entry(word.into_boxed_str()).or_insert(next), row));
            };
            for (field, kind) in &fields {
                if let Some(text) = table.value(row, *field) {
                    field_words(*kind, text).into_iter().for_each(&mut add);
                }
            }
            if let Some(text) = file_text(world, object, table, row) {
                words(&text).into_iter().for_each(&mut add);
            }
        }
        let mut named: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        named.sort_unstable();
        let mut places = vec![0_u32; named.len()];
        for (place, (_, number)) in named.iter().enumerate() {
            let slot = usize::try_from(*number).ok().and_then(|number| places.get_mut(number));
            if let (Some(slot), Ok(place)) = (slot, u32::try_from(place)) {
                *slot = place;
            }
        }
        for (word, _) in &mut pairs {
            *word =
                usize::try_from(*word).ok().and_then(|word| places.get(word).copied()).unwrap_or(u32::MAX);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = Vec::with_capacity(named.len() + 1);
        let mut at = 0;
        for place in 0..=named.len() {
            at += pairs
                .get(at..)
                .unwrap_or_default()
                .partition_point(|(word, _)| usize::try_from(*word).is_ok_and(|word| word < place));
            starts.push(at);
        }
        let rows = pairs.into_iter().map(|(_, row)| row).collect();
        let words = named.into_iter().map(|(word, _)| word).collect();
        WordIndex { words, starts, rows, seen: table.touched().len() }
    }

    fn rows_of(&self, place: usize) -> &[RowIx] {
        let (Some(from), Some(to)) = (self.starts.get(place), self.starts.get(place + 1)) else { return &[] };
        self.rows.get(*from..*to).unwrap_or_default()
    }

    /// Rows that may hold what is searched for, in row order; every hit must be looked at again. `None`: any row may.
    pub fn candidates(&self, find: &Find, table: &Table) -> Option<Vec<RowIx>> {
        let mut rows = self.held(find)?;
        let changed = table.touched().get(self.seen..).unwrap_or_default();
        rows.extend(changed);
        Some(rows.into_iter().collect())
    }

    fn held(&self, find: &Find) -> Option<BTreeSet<RowIx>> {
        match find {
            Find::And(parts) => {
                let sets = parts.iter().filter_map(|part| self.held(part));
                sets.min_by_key(BTreeSet::len)
            }
            Find::Or(parts) => {
                let mut all = BTreeSet::new();
                for part in parts {
                    all.extend(self.held(part)?);
                }
                Some(all)
            }
            Find::Not(_) => None,
            Find::Phone(digits) => Some(
                phone_forms(digits)
                    .iter()
                    .take(2)
                    .flat_map(|form| self.exact(form).iter().copied())
                    .collect(),
            ),
            Find::Phrase(words) => {
                // the rarest word of the phrase leads
                let sets = words.iter().map(|word| match word {
                    Word::Exact(word) => self.exact(word).len(),
                    Word::Wild(_) => self.rows.len(),
                });
                let rarest = sets.zip(words).min_by_key(|(count, _)| *count).map(|(_, word)| word)?;
                Some(match rarest {
                    Word::Exact(word) => self.exact(word).iter().copied().collect(),
                    Word::Wild(_) => self.with_prefix(rarest),
                })
            }
        }
    }

    fn exact(&self, word: &str) -> &[RowIx] {
        match self.words.binary_search_by(|own| (**own).cmp(word)) {
            Ok(place) => self.rows_of(place),
            Err(_) => &[],
        }
    }

    fn with_prefix(&self, word: &Word) -> BTreeSet<RowIx> {
        let prefix = word.prefix();
        let from = self.words.partition_point(|own| **own < *prefix);
        let near = self.words.iter().enumerate().skip(from).take_while(|(_, own)| own.starts_with(&prefix));
        near.filter(|(_, own)| word.fits(own))
            .flat_map(|(place, _)| self.rows_of(place).iter().copied())
            .collect()
    }
}

/// The words under which a value is found; phone numbers also by their digits.
pub fn field_words(kind: FieldKind, text: &str) -> Vec<String> {
    let mut all = match kind {
        FieldKind::TextArea if text.contains("</") => words(&without_tags(text)),
        _ => words(text),
    };
    if kind == FieldKind::Phone {
        all.extend(phone_forms(text));
    }
    all
}

/// The text inside a file: the latest version of a file of text.
pub fn file_text(world: &World, object: &ObjectDef, table: &Table, row: RowIx) -> Option<String> {
    let version = match object.name.as_str() {
        "ContentVersion" => (table.named(row, "IsLatest") != Some("false")).then(|| table.id(row))??,
        "ContentDocument" => table.named(row, "LatestPublishedVersionId")?,
        _ => return None,
    };
    const MAX_BYTES: usize = 4 * 1024 * 1024;
    let body = world.body(version)?;
    let body = body.get(..body.len().min(MAX_BYTES))?;
    // a file with NUL in it is no text
    let text = std::str::from_utf8(body).ok().filter(|text| !text.contains('\0'))?;
    Some(without_tags(text))
}
