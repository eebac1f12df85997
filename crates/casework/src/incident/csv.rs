//! CSV as logs and exports write it, bytes in and records out. A quote that is never closed costs its own line, not the rest of
//! the file; memory stays bounded whatever the file holds.

use csv_core::ReadRecordResult as Got;

use super::header::Cells;

/// A run of lines longer than this is no record: a quote in its first line is not closed.
const LONGEST_RUN: usize = 16 * 1024 * 1024;
/// So many bytes of one file are read again for the sake of quotes that are not closed.
const MOST_READ_AGAIN: usize = 1 << 30;

/// What was read.
#[derive(Debug)]
pub enum Line<'a> {
    Record(&'a Cells),
    /// One line, a quote of which is not closed.
    Unclosed,
}

/// Reads CSV. Feed it the bytes in order, in pieces of any size.
#[derive(Debug)]
pub struct Csv {
    core: csv_core::Reader,
    cells: Cells,
    /// The beginning of a record whose end has not come yet.
    held: Vec<u8>,
    /// The record under way is one line too long to be held; it is read as it comes.
    overlong: bool,
    /// Cells of the first record.
    width: Option<usize>,
    read_again: usize,
}

impl Default for Csv {
    fn default() -> Self {
        Self {
            // Its own `default` has no tables and would never come to an end.
            core: csv_core::Reader::new(),
            cells: Cells::default(),
            held: Vec::new(),
            overlong: false,
            width: None,
            read_again: 0,
        }
    }
}

impl Csv {
    /// Takes the next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8], each: &mut dyn FnMut(Line<'_>)) {
        let mut bytes = bytes;
        if self.overlong {
            let Some(taken) = self.record(bytes) else { return };
            self.tell(each);
            self.overlong = false;
            bytes = bytes.get(taken..).unwrap_or_default();
        }
        if self.held.is_empty() {
            self.run(bytes, false, each);
        } else {
            let mut whole = std::mem::take(&mut self.held);
            whole.extend_from_slice(bytes);
            self.run(&whole, false, each);
        }
    }

    /// Says that the file ends here.
    pub fn finish(&mut self, each: &mut dyn FnMut(Line<'_>)) {
        if self.overlong {
            self.end();
            self.tell(each);
        } else {
            let rest = std::mem::take(&mut self.held);
            self.run(&rest, true, each);
        }
    }

    /// Every record of these bytes; what follows the last one is held, unless the file ends.
    fn run(&mut self, bytes: &[u8], ending: bool, each: &mut dyn FnMut(Line<'_>)) {
        let mut rest = bytes;
        self.begin();
        loop {
            // The line break of the record before may be left over.
            let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            rest = rest.get(breaks..).unwrap_or_default();
            if rest.is_empty() {
                return;
            }
            if let Some(taken) = self.plain_line(rest) {
                self.tell(each);
                rest = rest.get(taken..).unwrap_or_default();
                continue;
            }
            self.cells.clear();
            let taken = match self.record(rest) {
                Some(taken) => taken,
                None if ending => {
                    self.end();
                    rest.len()
                }
                None if rest.len() <= LONGEST_RUN => {
                    self.held = rest.to_vec();
                    return;
                }
                None => match self.first_line(rest, true) {
                    Some(line) => {
                        rest = self.give_up(rest, line, each);
                        continue;
                    }
                    None => {
                        self.overlong = true;
                        return;
                    }
                },
            };
            let (run, after) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
            match self.first_line(run, false) {
                Some(line) => rest = self.give_up(rest, line, each),
                None => {
                    self.tell(each);
                    rest = after;
                }
            }
        }
    }

    /// A record at the beginning of the bytes that is one line and has every cell in quotes, with no quote in any of them, as event log
    /// files nearly always are; gives how many bytes it took. `None` for every other.
    fn plain_line(&mut self, bytes: &[u8]) -> Option<usize> {
        let taken = memchr::memchr(b'\n', bytes)? + 1;
        let line = bytes.get(..taken)?;
        let line = line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n"))?;
        let mut at = 0;
        self.cells.begin_line(line)?;
        loop {
            let cell = line.get(at..)?.strip_prefix(b"\"")?;
            at += 1 + memchr::memchr(b'"', cell)?;
            self.cells.end_in_line(at)?;
            match line.get(at + 1..)? {
                [] => return Some(taken),
                [b',', ..] => at += 2,
                _ => return None,
            }
        }
    }

    /// Reads on until a record ends; gives how many bytes that took, `None` when there are not enough of them.
    fn record(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            // To csv-core an empty piece is the end of the file.
            let rest = bytes.get(at..).filter(|it| !it.is_empty())?;
            let (output, ends) = self.cells.room();
            let (got, taken, written, ended) = self.core.read_record(rest, output, ends);
            self.cells.wrote(written, ended);
            at += taken;
            match got {
                Got::InputEmpty => return None,
                Got::OutputFull | Got::OutputEndsFull => self.cells.grow(),
                Got::Record | Got::End => return Some(at),
            }
        }
    }

    fn end(&mut self) {
        loop {
            let (output, ends) = self.cells.room();
            let (got, _, written, ended) = self.core.read_record(&[], output, ends);
            self.cells.wrote(written, ended);
            match got {
                Got::OutputFull | Got::OutputEndsFull => self.cells.grow(),
                Got::InputEmpty | Got::Record | Got::End => return,
            }
        }
    }

    /// Where the first line of a run of lines ends, when the run is no record: it has another number of cells than the header,
    /// a quote where none may stand, or no end.
    fn first_line(&self, run: &[u8], endless: bool) -> Option<usize> {
        // Nearly every record is one line, and `contains` looks at many bytes at once.
        if !run.get(..run.len().saturating_sub(1))?.contains(&b'\n') {
            return None;
        }
        let line = run.iter().position(|byte| *byte == b'\n')?;
        let width = self.width.is_some_and(|width| width != self.cells.len());
        (self.read_again < MOST_READ_AGAIN && (endless || width || !well_quoted(run))).then_some(line)
    }

    /// Leaves the first line and gives what follows it.
    fn give_up<'b>(&mut self, run: &'b [u8], line: usize, each: &mut dyn FnMut(Line<'_>)) -> &'b [u8] {
        self.read_again += run.len().min(LONGEST_RUN);
        // A header of several lines is none, and no record has its width.
        self.width.get_or_insert(0);
        each(Line::Unclosed);
        self.begin();
        run.get(line + 1..).unwrap_or_default()
    }

    fn tell(&mut self, each: &mut dyn FnMut(Line<'_>)) {
        if !self.cells.is_empty() {
            self.width.get_or_insert(self.cells.len());
            each(Line::Record(&self.cells));
        }
        self.cells.clear();
    }

    fn begin(&mut self) {
        self.core.reset();
        self.cells.clear();
    }
}

/// Whether every quote of a record opens a cell, closes it, or stands twice within it.
fn well_quoted(record: &[u8]) -> bool {
    let mut rest = record;
    while let Some((first, after)) = rest.split_first() {
        if *first != b'"' {
            let end = rest.iter().position(|byte| matches!(byte, b',' | b'\n' | b'"')).unwrap_or(rest.len());
            if rest.get(end) == Some(&b'"') {
                return false;
            }
            rest = rest.get(end + 1..).unwrap_or_default();
            continue;
        }
        rest = after;
        loop {
            let Some(quote) = rest.iter().position(|byte| *byte == b'"') else { return false };
            rest = rest.get(quote + 1..).unwrap_or_default();
            match rest {
                [b'"', more @ ..] => rest = more,
                [b',' | b'\n', more @ ..] | [b'\r', b'\n', more @ ..] => {
                    rest = more;
                    break;
                }
                [] | [b'\r'] => return true,
                _ => return false,
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, piece: usize) -> Vec<String> {
        let (mut csv, mut all) = (Csv::default(), Vec::new());
        let mut each = |line: Line<'_>| {
            all.push(match line {
                Line::Record(cells) => {
                    let texts: Vec<_> = (0..cells.len()).filter_map(|place| cells.text(place)).collect();
                    texts.join("|")
                }
                Line::Unclosed => "unclosed".to_owned(),
            });
        };
        for part in text.as_bytes().chunks(piece) {
            csv.feed(part, &mut each);
        }
        csv.finish(&mut each);
        all
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line() {
        for (text, expected) in [
            ("a,b\n1,2\n3,\"4\n5,6\n7,8\n", &["a|b", "1|2", "unclosed", "5|6", "7|8"][..]),
            ("a,b\r\n1,\"2\r\n3,4\r\n", &["a|b", "unclosed", "3|4"]),
            ("\"a\",\"b\"\n\"1\",\"2\n\"3\",\"4\"\n", &["a|b", "unclosed", "3|4"]),
            ("a,b\n1,\"two\nlines \"\"or\"\" more\"\n3,4", &["a|b", "1|two\nlines \"or\" more", "3|4"]),
            ("a,b\n1,\"2\n3,4\n5,\"6\n7,8\n", &["a|b", "unclosed", "3|4", "unclosed", "7|8"]),
            ("a,b\n\n1,2\n\n", &["a|b", "1|2"]),
            ("a,b\n1,\"2", &["a|b", "1|2"]),
        ] {
            for piece in [1, 2, 7, 1000] {
                assert_eq!(read(text, piece), expected, "{piece}");
            }
        }
    }

    #[test]
    fn a_quote_opened_before_megabytes_of_lines_is_given_up() {
        let mut text = "a,b\n1,\"2\n".to_owned();
        for n in 0..2_000_000 {
            text += &format!("{n},other\n");
        }
        let all = read(&text, 1 << 22);
        assert_eq!((all.len(), all[1].as_str(), all[2].as_str()), (2_000_002, "unclosed", "0|other"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_well_written_is_read_back_in_pieces_of_any_size(
            rows in proptest::collection::vec(proptest::collection::vec("[a-z\",\n]{0,6}", 3), 1..20),
            piece in 1..40_usize,
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: String = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect();
            let expected: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
            proptest::prop_assert_eq!(read(&text, piece), expected);
        }
    }
}
