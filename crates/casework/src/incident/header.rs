//! The columns of a log and the cells of one record. Columns are found by name: their order and number change between versions.

use std::borrow::Cow;

use super::quick::Quick;

/// The first record of a log, or the keys of its JSON lines.
#[derive(Debug, Clone, Default)]
pub struct Header {
    names: Vec<String>,
    places: Quick<u64, usize>,
    telling: Vec<(usize, u8)>,
    /// Where each of [`Says`] may stand.
    said: Vec<Vec<usize>>,
}

/// What is asked of every record, under whichever name its source has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Kind,
    UserId,
    User,
    Username,
    Address,
    ConnectedApp,
    App,
    /// Names of connected apps only, as the directory takes them.
    AppName,
    AppId,
    Client,
    Call,
    Method,
    Query,
    Rows,
    Objects,
    Session,
    Login,
    Request,
}

/// Names of columns in the order of [`Says`], for each the surest first.
const SAID: [&[&str]; 18] = [
    &["EVENT_TYPE"],
    &["USER_ID_DERIVED", "USER_ID", "UserIdentifier", "UsersId", "CreatedById"],
    &["USER_ID", "USER_ID_DERIVED", "UserIdentifier", "UsersId", "CreatedById"],
    &["USER_NAME", "UserName"],
    &["SOURCE_IP", "CLIENT_IP", "CurrentIp"],
    &["CONNECTED_APP_NAME", "AppName", "Application"],
    &["CONNECTED_APP_NAME", "AppName", "Application", "CLIENT_NAME", "Client"],
    &["CONNECTED_APP_NAME", "Application"],
    &["CONNECTED_APP_ID", "ConnectedAppIdentifier"],
    &["BROWSER_TYPE", "UserAgent", "CurrentUserAgent", "CLIENT_NAME", "Client", "Browser"],
    &["URI", "API_RESOURCE"],
    &["METHOD", "HTTP_METHOD"],
    &["QUERY"],
    &["ROWS_PROCESSED", "RECORDS_PROCESSED", "ROW_COUNT", "RowsReturned", "numberRecordsProcessed"],
    &[
        "ENTITY_NAME",
        "ENTITY_TYPE",
        "QueriedEntities",
        "ObjectName",
        "RequestedEntities",
        "Sobject",
        "Object",
    ],
    &["SESSION_KEY"],
    &["LOGIN_KEY"],
    &["REQUEST_ID", "RequestIdentifier"],
];

impl Header {
    /// Names as they stand in the file. Of two columns with one name the first counts.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let names: Vec<String> = names.into_iter().collect();
        let mut places = Quick::default();
        for (place, name) in names.iter().enumerate() {
            places.entry(key(name)).or_insert(place);
        }
        let place_of = |name: &str| places.get(&key(name)).copied();
        let telling = super::intake::telling(place_of);
        let said =
            SAID.iter().map(|names| names.iter().filter_map(|name| place_of(name)).collect()).collect();
        Self { names, places, telling, said }
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

    /// Where something may stand, the surest place first.
    pub(super) fn said(&self, what: Says) -> &[usize] {
        self.said.get(what as usize).map_or(&[], Vec::as_slice)
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

/// A longer cell is cut here.
const LONGEST_CELL: usize = 4 * 1024 * 1024;
/// A longer record keeps its cells, but empty from here on.
const LONGEST_RECORD: usize = 16 * 1024 * 1024;
/// No log has more columns.
const MOST_CELLS: usize = 4096;

/// The cells of one record, one after the other in one buffer that is used again for the next record.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    bytes: Vec<u8>,
    /// Bytes that the record has; of an overlong one more than were kept.
    length: usize,
    ends: Vec<usize>,
    count: usize,
    /// Between two cells stand a quote, a comma and a quote, and before the first a quote.
    quoted: bool,
}

impl Cells {
    pub fn clear(&mut self) {
        (self.length, self.count, self.quoted) = (0, 0, false);
    }

    /// Adds bytes to the cell under way.
    pub fn extend(&mut self, bytes: &[u8]) {
        let kept = self.length.min(LONGEST_RECORD);
        self.bytes.truncate(kept);
        self.bytes.extend_from_slice(bytes.get(..bytes.len().min(LONGEST_RECORD - kept)).unwrap_or_default());
        self.length += bytes.len();
    }

    /// Ends the cell under way.
    pub fn end_cell(&mut self) {
        if self.count < MOST_CELLS {
            self.ends.truncate(self.count);
            self.ends.push(self.length);
            self.count += 1;
        }
    }

    /// Takes a line whose cells all stand in quotes, with a comma between them; `None` for one that is too long to be kept whole.
    pub(super) fn begin_line(&mut self, line: &[u8]) -> Option<()> {
        // A line so short holds no cell too long.
        if line.len() > LONGEST_CELL {
            return None;
        }
        while line.len() > self.bytes.len() {
            self.grow();
        }
        self.bytes.get_mut(..line.len())?.copy_from_slice(line);
        (self.length, self.count, self.quoted) = (line.len(), 0, true);
        Some(())
    }

    /// Ends a cell of such a line at the place of its closing quote; `None` for one too many.
    pub(super) fn end_in_line(&mut self, at: usize) -> Option<()> {
        if self.count >= self.ends.len() {
            self.grow();
        }
        *self.ends.get_mut(self.count).filter(|_| self.count < MOST_CELLS)? = at;
        self.count += 1;
        Some(())
    }

    /// Where the next bytes and ends of cells go. What is written past the longest record is not kept.
    pub(super) fn room(&mut self) -> (&mut [u8], &mut [usize]) {
        if self.bytes.is_empty() {
            self.grow();
        }
        let (from, place) = (self.length.min(LONGEST_RECORD), self.count.min(MOST_CELLS));
        (self.bytes.get_mut(from..).unwrap_or_default(), self.ends.get_mut(place..).unwrap_or_default())
    }

    /// Says how much of the room was used.
    pub(super) fn wrote(&mut self, bytes: usize, ends: usize) {
        self.length += bytes;
        self.count = (self.count + ends).min(MOST_CELLS);
    }

    /// Makes more room: twice as much, up to the longest record and a margin that is written over again and again.
    pub(super) fn grow(&mut self) {
        let most = LONGEST_RECORD + 65_536;
        self.bytes.resize((self.bytes.len() * 2).clamp(8_192, most), 0);
        self.ends.resize((self.ends.len() * 2).clamp(64, MOST_CELLS + 64), 0);
    }

    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a cell is longer than what was kept of it.
    pub fn is_cut(&self) -> bool {
        self.length > LONGEST_CELL
            && (self.length > LONGEST_RECORD
                || (0..self.count)
                    .any(|place| self.span(place).is_some_and(|[from, to]| to - from > LONGEST_CELL)))
    }

    pub fn has_nul(&self) -> bool {
        memchr::memchr(0, self.kept()).is_some()
    }

    pub fn is_utf8(&self) -> bool {
        self.kept().is_ascii() || std::str::from_utf8(self.kept()).is_ok()
    }

    fn kept(&self) -> &[u8] {
        self.bytes.get(..self.length.min(LONGEST_RECORD)).unwrap_or_default()
    }

    fn span(&self, place: usize) -> Option<[usize; 2]> {
        let ends = self.ends.get(..self.count)?;
        let end = *ends.get(place)?;
        let [before, between] = if self.quoted { [1, 3] } else { [0, 0] };
        Some([if place == 0 { before } else { *ends.get(place - 1)? + between }, end])
    }

    /// A cell's bytes as they stand in the file, without quotes; of an overlong one the beginning.
    pub fn raw(&self, place: usize) -> Option<&[u8]> {
        let [from, to] = self.span(place)?;
        let kept = self.kept();
        kept.get(from.min(kept.len())..to.min(from + LONGEST_CELL).min(kept.len()))
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
