//! The columns of a log and the cells of one record. Columns are found by name: their order and number change between versions.

use std::borrow::Cow;
use std::collections::HashMap;

/// The first record of a log, or the keys of its JSON lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
    places: HashMap<u64, usize>,
    telling: Vec<(usize, u8)>,
}

impl Header {
    /// Names as they stand in the file. Of two columns with one name the first counts.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let names: Vec<String> = names.into_iter().collect();
        let mut places = HashMap::with_capacity(names.len());
        for (place, name) in names.iter().enumerate() {
            places.entry(key(name)).or_insert(place);
        }
        let telling = super::intake::telling(|name| places.get(&key(name)).copied());
        Self { names, places, telling }
    }

    /// Where a column stands. `USER_NAME`, `UserName` and `Username` are one name: event log files write the first way,
    /// objects of the same events the others.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(&key(name)).copied()
    }

    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Columns that tell one event from another: place, and a number for the name.
    pub(super) fn telling(&self) -> &[(usize, u8)] {
        &self.telling
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// FNV-1a over the letters and digits of a name, in capitals.
fn key(name: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'.') {
        hash = (hash ^ u64::from(byte.to_ascii_uppercase())).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// The cells of one record, one after the other in one buffer that is used again for the next record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// Adds bytes to the cell under way.
    pub fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Ends the cell under way.
    pub fn end_cell(&mut self) {
        self.ends.push(self.bytes.len());
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of the whole record so far.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    pub fn has_nul(&self) -> bool {
        self.bytes.contains(&0)
    }

    pub fn is_utf8(&self) -> bool {
        std::str::from_utf8(&self.bytes).is_ok()
    }

    /// Bytes of the cell under way so far.
    pub fn under_way(&self) -> usize {
        self.bytes.len() - self.ends.last().copied().unwrap_or(0)
    }

    /// A cell's bytes as they stand in the file, without quotes.
    pub fn raw(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(place)?;
        let start = if place == 0 { 0 } else { *self.ends.get(place - 1)? };
        self.bytes.get(start..end)
    }

    /// A cell as text. What is no UTF-8 is read as ISO-8859-1.
    pub fn text(&self, place: usize) -> Option<Cow<'_, str>> {
        Some(text(self.raw(place)?))
    }
}

/// UTF-8, else ISO-8859-1, in which every byte is a letter.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_several_spellings() {
        let header = Header::new(["EVENT_TYPE".to_owned(), "USER_NAME".to_owned(), "user_name".to_owned()]);
        assert_eq!(header.place("Username"), Some(1));
        assert_eq!(header.place("USER_ID"), None);
    }

    #[test]
    fn a_cell_that_is_no_utf8_is_read_as_latin_1() {
        let mut cells = Cells::default();
        cells.extend(b"a");
        cells.end_cell();
        cells.extend(b"Jos\xe9");
        cells.end_cell();
        assert_eq!(cells.text(1).unwrap(), "José");
        assert_eq!(cells.text(2), None);
    }
}
