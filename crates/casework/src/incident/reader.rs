//! Reading one log, bytes in and records out: CSV with any columns, or JSON lines. Memory stays bounded whatever the file holds.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::csv::{Csv, Line};
use super::event::LogEvent;
use super::header::{Cells, Header, Says, text};
use super::kind::{BULK_JOBS, Form, UNKNOWN, is_directory};
use super::time::read_time;

/// A longer line of JSON is cut here, and bad.
const LONGEST_LINE: usize = 16 * 1024 * 1024;
/// JSON lines with more different sets of keys than this are no log.
const MOST_SHAPES: usize = 4096;

/// One record as it was read.
#[derive(Debug)]
pub enum Read<'a> {
    /// At its time.
    Event(LogEvent<'a>),
    /// A record that says who a user or app is and has no time; `at` is the beginning of 1970.
    Entry(LogEvent<'a>),
    /// Another number of cells than the header, no readable time, or no readable JSON.
    Bad { kind: &'a str, row: u64 },
}

/// Reads one log. Feed it the file's bytes in order, in pieces of any size.
#[derive(Debug)]
pub struct LogReader {
    source: String,
    snapshot: Option<DateTime<Utc>>,
    shape: Shape,
    row: u64,
    kinds: Vec<String>,
    last_kind: usize,
    notes: Notes,
}

/// What reading met on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notes {
    /// The first line is no header that we know.
    pub unknown_header: bool,
    /// The text is UTF-16.
    pub utf16: bool,
    /// Cells that were longer than 4 MB.
    pub cut_cells: u64,
    /// Records that hold bytes of zero.
    pub nul_rows: u64,
    /// Records with letters of ISO-8859-1.
    pub latin1_rows: u64,
    /// Lines with a quote that is not closed.
    pub unclosed_lines: u64,
    /// Records whose two times are more than five minutes apart.
    pub skewed_rows: u64,
}

impl Notes {
    /// What the officer should know of the file, in sentences.
    pub fn cautions(self) -> Vec<String> {
        let mut said = Vec::new();
        if self.utf16 {
            said.push("The text is UTF-16; save it as UTF-8 and give it again.".to_owned());
        } else if self.unknown_header {
            said.push(
                "The first line is no header of a log that we know; its records are counted as bad and kept."
                    .to_owned(),
            );
        }
        for (count, what) in [
            (
                self.cut_cells,
                "records hold a cell longer than 4 MB, of which only the beginning was examined",
            ),
            (self.nul_rows, "records hold bytes of zero"),
            (self.latin1_rows, "records are no UTF-8 and were read as ISO-8859-1"),
            (
                self.unclosed_lines,
                "lines hold a quote that is not closed; each is counted as one bad row, and what follows it was read on",
            ),
            (
                self.skewed_rows,
                "records bear two times that are more than five minutes apart; the first one counts",
            ),
        ] {
            if count > 0 {
                said.push(format!("{count} {what}."));
            }
        }
        said
    }
}

#[derive(Debug)]
enum Shape {
    Unseen,
    Csv(Box<Table>),
    Json(Box<Json>),
}

#[derive(Debug, Default)]
struct Table {
    csv: Csv,
    header: Option<(Header, Option<Form>, Vec<usize>)>,
}

#[derive(Debug, Default)]
struct Json {
    line: Vec<u8>,
    overlong: bool,
    headers: HashMap<Vec<String>, (Header, Option<Form>, Vec<usize>)>,
    cells: Cells,
}

impl LogReader {
    /// `source` is how the file is named in evidence. Only the list of Bulk jobs takes something from a name: the day on which
    /// it was taken, at 06:00 UTC.
    pub fn new(source: &str) -> Self {
        let name = source.rsplit('/').next().unwrap_or_default();
        let day = name.strip_prefix("BulkJobs_").and_then(|rest| rest.get(..10));
        Self {
            source: source.to_owned(),
            snapshot: day
                .and_then(|it| NaiveDate::parse_from_str(it, "%Y-%m-%d").ok())
                .and_then(|it| it.and_hms_opt(6, 0, 0))
                .map(|it| it.and_utc()),
            shape: Shape::Unseen,
            row: 0,
            kinds: vec![UNKNOWN.to_owned()],
            last_kind: 0,
            notes: Notes::default(),
        }
    }

    /// What was met so far.
    pub fn notes(&self) -> Notes {
        self.notes
    }

    /// Columns of a CSV log, once they were read.
    pub fn header(&self) -> Option<&Header> {
        match &self.shape {
            Shape::Csv(table) => table.header.as_ref().map(|(header, _, _)| header),
            _ => None,
        }
    }

    /// Takes the next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8], each: &mut dyn FnMut(Read<'_>)) {
        let mut bytes = bytes;
        if matches!(self.shape, Shape::Unseen) {
            bytes = match bytes {
                [0xef, 0xbb, 0xbf, rest @ ..] => rest,
                [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                    self.notes.utf16 = true;
                    bytes
                }
                _ => bytes,
            };
            let Some(first) = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) else { return };
            self.shape =
                if *first == b'{' { Shape::Json(Box::default()) } else { Shape::Csv(Box::default()) };
        }
        match &mut self.shape {
            Shape::Unseen => {}
            Shape::Csv(_) => self.feed_csv(Some(bytes), each),
            Shape::Json(_) => self.feed_json(bytes, each),
        }
    }

    /// Says that the file ends here.
    pub fn finish(&mut self, each: &mut dyn FnMut(Read<'_>)) {
        match &mut self.shape {
            Shape::Unseen => {}
            Shape::Csv(_) => self.feed_csv(None, each),
            Shape::Json(_) => self.feed_json(b"\n", each),
        }
    }

    /// Without bytes the file ends.
    fn feed_csv(&mut self, bytes: Option<&[u8]>, each: &mut dyn FnMut(Read<'_>)) {
        let Self { source, snapshot, shape: Shape::Csv(table), row, kinds, last_kind, notes } = self else {
            return;
        };
        let Table { csv, header } = &mut **table;
        let mut take = |line: Line<'_>| match (line, &header) {
            (Line::Record(cells), Some((header, form, times))) => {
                *row += 1;
                notes.cut_cells += u64::from(cells.is_cut());
                let mut record = RecordAt { source, row: *row, snapshot: *snapshot, kinds, last_kind, notes };
                record.tell(header, *form, times, cells, each);
            }
            (Line::Record(cells), None) => {
                let names = (0..cells.len()).filter_map(|place| cells.text(place));
                let known = Header::new(names.map(|it| it.trim().to_owned()));
                let form = Form::of(&known);
                notes.unknown_header = form.is_none();
                let times = header_times(&known).collect();
                *header = Some((known, form, times));
            }
            (Line::Unclosed, known) => {
                if known.is_none() {
                    notes.unknown_header = true;
                    *header = Some((Header::default(), None, Vec::new()));
                } else {
                    *row += 1;
                    notes.unclosed_lines += 1;
                    each(Read::Bad {
                        kind: kinds.get(*last_kind).map_or(UNKNOWN, String::as_str),
                        row: *row,
                    });
                }
            }
        };
        match bytes {
            Some(bytes) => csv.feed(bytes, &mut take),
            None => csv.finish(&mut take),
        }
    }

    fn feed_json(&mut self, bytes: &[u8], each: &mut dyn FnMut(Read<'_>)) {
        let Self { source, snapshot, shape: Shape::Json(json), row, kinds, last_kind, notes } = self else {
            return;
        };
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = LONGEST_LINE - json.line.len().min(LONGEST_LINE);
            json.overlong |= piece.len() > room;
            json.line.extend_from_slice(piece.get(..piece.len().min(room)).unwrap_or_default());
            if piece.last() != Some(&b'\n') {
                continue;
            }
            let line = text(&json.line);
            if !line.trim().is_empty() {
                *row += 1;
                notes.cut_cells += u64::from(json.overlong);
                match serde_json::from_str::<Map<String, Value>>(&line) {
                    Ok(map) if !json.overlong => {
                        let named =
                            map.get("attributes").and_then(|it| it.get("type")).and_then(Value::as_str);
                        let named = named.and_then(Form::named);
                        let mut flat = Vec::new();
                        flatten("", map, 0, &mut flat);
                        let names: Vec<String> = flat.iter().map(|(name, _)| name.clone()).collect();
                        json.cells.clear();
                        for (_, value) in &flat {
                            json.cells.extend(value.as_bytes());
                            json.cells.end_cell();
                        }
                        if json.headers.len() > MOST_SHAPES {
                            json.headers.clear();
                        }
                        let (header, form, times) = json.headers.entry(names).or_insert_with_key(|names| {
                            let header = Header::new(names.iter().cloned());
                            let form = Form::of(&header);
                            let times = header_times(&header).collect();
                            (header, form, times)
                        });
                        let mut record =
                            RecordAt { source, row: *row, snapshot: *snapshot, kinds, last_kind, notes };
                        record.tell(header, named.or(*form), times, &json.cells, each);
                    }
                    _ => each(Read::Bad {
                        kind: kinds.get(*last_kind).map_or(UNKNOWN, String::as_str),
                        row: *row,
                    }),
                }
            }
            json.line.clear();
            json.overlong = false;
        }
    }
}

/// Where a record stands, and what is noted on the way.
struct RecordAt<'r> {
    source: &'r str,
    row: u64,
    snapshot: Option<DateTime<Utc>>,
    kinds: &'r mut Vec<String>,
    last_kind: &'r mut usize,
    notes: &'r mut Notes,
}

impl RecordAt<'_> {
    fn tell(
        &mut self,
        header: &Header,
        form: Option<Form>,
        times: &[usize],
        cells: &Cells,
        each: &mut dyn FnMut(Read<'_>),
    ) {
        let kind_place = match form {
            None => 0,
            Some(Form::Object(name)) => self.kind_named(name),
            Some(Form::EventLogFile) => {
                let place = header.said(Says::Kind).first();
                let cell = place.and_then(|place| cells.raw(*place)).unwrap_or_default();
                let plausible = cell.first().is_some_and(u8::is_ascii_alphabetic)
                    && cell.len() <= 64
                    && cell.iter().all(u8::is_ascii_alphanumeric);
                if plausible { self.kind_named(&text(cell)) } else { *self.last_kind }
            }
        };
        *self.last_kind = kind_place;
        self.notes.nul_rows += u64::from(cells.has_nul());
        self.notes.latin1_rows += u64::from(!cells.is_utf8());
        let kind = self.kinds.get(kind_place).map_or(UNKNOWN, String::as_str);
        let row = self.row;
        if form.is_none() || cells.len() != header.names().len() {
            each(Read::Bad { kind, row });
            return;
        }
        let mut read = times.iter().filter_map(|place| read_time(cells.raw(*place)?));
        let first = read.next();
        if let (Some(Form::EventLogFile), Some(one), Some(other)) = (form, first, read.next()) {
            self.notes.skewed_rows += u64::from((one - other).abs() > chrono::TimeDelta::minutes(5));
        }
        let at = if kind == BULK_JOBS { self.snapshot.or(first) } else { first };
        let event = LogEvent { source: self.source, row, kind, at: at.unwrap_or_default(), header, cells };
        let untimed = times.iter().all(|place| cells.raw(*place).is_none_or(<[u8]>::is_empty));
        each(match at {
            Some(_) if kind != "User" => Read::Event(event),
            None if is_directory(kind) && untimed => Read::Entry(event),
            Some(_) => Read::Entry(event),
            None => Read::Bad { kind, row },
        });
    }

    fn kind_named(&mut self, name: &str) -> usize {
        if self.kinds.get(*self.last_kind).is_some_and(|it| it == name) {
            return *self.last_kind;
        }
        match self.kinds.iter().position(|it| it == name) {
            Some(place) => place,
            // A file with hundreds of types is no log.
            None if self.kinds.len() > 256 => 0,
            None => {
                self.kinds.push(name.to_owned());
                self.kinds.len() - 1
            }
        }
    }
}

/// Where times stand in a record, the one that counts first.
pub(super) fn header_times(header: &Header) -> impl Iterator<Item = usize> {
    [
        "TIMESTAMP",
        "TIMESTAMP_DERIVED",
        "EventDate",
        "LoginTime",
        "LastUsedDate",
        "CreatedDate",
        "LastModifiedDate",
        "SystemModstamp",
    ]
    .into_iter()
    .filter_map(|name| header.place(name))
}

fn flatten(prefix: &str, map: Map<String, Value>, depth: u32, flat: &mut Vec<(String, String)>) {
    for (name, value) in map {
        if name == "attributes" {
            continue;
        }
        let name = format!("{prefix}{name}");
        match value {
            Value::Object(inner) if inner.contains_key("attributes") && depth < 3 => {
                flatten(&format!("{name}."), inner, depth + 1, flat);
            }
            Value::Null => flat.push((name, String::new())),
            Value::String(text) => flat.push((name, text)),
            other => flat.push((name, other.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::intake::{Intake, Tally};
    use super::super::{Reading, sources};
    use super::*;

    const HEAD: &str = "\"EVENT_TYPE\",\"TIMESTAMP\",\"REQUEST_ID\",\"USER_ID\",\"URI\",\"QUERY\"\n";

    fn row(request: &str, query: &str) -> String {
        format!("\"RestApi\",\"20261020120000.050\",\"{request}\",\"0055g00000002bP\",\"/x\",\"{query}\"\n")
    }

    fn read(intake: &mut Intake, bytes: &[u8], piece: usize) -> Reading {
        let (mut reader, mut tally) = (LogReader::new("a/b.csv"), Tally::default());
        for part in bytes.chunks(piece) {
            reader.feed(part, &mut |read| {
                let _ = intake.count(&read, &mut tally);
            });
        }
        reader.finish(&mut |read| {
            let _ = intake.count(&read, &mut tally);
        });
        tally.done(&reader)
    }

    #[test]
    fn records_are_counted_alike_in_pieces_of_any_size() {
        let text = format!(
            "{HEAD}{}{}{}\"RestApi\",\"x\"\n{}",
            row("A", "SELECT 1"),
            row("B", "a \"\"b\"\"\n c"),
            row("A", "SELECT 1"),
            row("C", "").replace("20261020120000.050", "yesterday")
        );
        for piece in [1, 3, 64, 1_000_000] {
            let kinds = read(&mut Intake::default(), text.as_bytes(), piece).kinds;
            let rest = &kinds["RestApi"];
            assert_eq!((rest.rows, rest.duplicates, rest.bad_rows), (2, 1, 2), "{piece}: {kinds:?}");
        }
    }

    #[test]
    fn a_later_file_with_another_column_repeats_the_same_events() {
        let mut intake = Intake::default();
        let hourly = format!("{HEAD}{}", row("A", "SELECT 1"));
        let daily = format!("\"NEW\",{}\"n\",{}\"n\",{}", HEAD, row("A", "SELECT 1"), row("B", "SELECT 1"));
        let readings = [read(&mut intake, hourly.as_bytes(), 999), read(&mut intake, daily.as_bytes(), 999)];
        let all = sources(&readings);
        assert_eq!((all[0].files, all[0].rows, all[0].duplicates), (2, 2, 1));
        assert_eq!(readings[1].skip, [[1, 1]]);
    }

    #[test]
    fn a_line_of_a_hundred_megabytes_is_a_record_like_any_other() {
        let mut text = HEAD.as_bytes().to_vec();
        text.extend_from_slice(row("A", &"x".repeat(100_000_000)).as_bytes());
        text.extend_from_slice(row("B", "y").as_bytes());
        let reading = read(&mut Intake::default(), &text, 1 << 20);
        assert_eq!(reading.kinds["RestApi"].rows, 2);
        assert!(reading.cautions.iter().any(|it| it.contains("longer than 4 MB")), "{:?}", reading.cautions);
    }

    #[test]
    fn zeros_other_letters_and_foreign_headers_are_told() {
        let mut text = format!("{HEAD}{}", row("A", "Jos?")).into_bytes();
        for byte in &mut text {
            if *byte == b'?' {
                *byte = 0xe9;
            }
        }
        text.extend_from_slice(row("B", "\0").as_bytes());
        let told = read(&mut Intake::default(), &text, 9).cautions.join(" ");
        assert!(told.contains("ISO-8859-1") && told.contains("bytes of zero"), "{told}");
        let foreign = read(&mut Intake::default(), b"a,b\n1,2\n3,4\n", 9);
        assert_eq!(foreign.kinds[UNKNOWN].bad_rows, 2);
        assert!(foreign.cautions[0].contains("no header"));
        assert!(read(&mut Intake::default(), b"\xff\xfea\0", 9).cautions[0].contains("UTF-16"));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_one_bad_row() {
        let open = "Login,20261020120000.000,R1,\"0055g00000002bP\n";
        let good = |n: u32| format!("Login,20261020120000.{n:03},G{n},0055g00000002bP\n");
        let mut text = "EVENT_TYPE,TIMESTAMP,REQUEST_ID,USER_ID\n".to_owned();
        text += &(good(1) + open + &good(2) + &good(3) + open);
        text += &(4..500).map(good).collect::<String>();
        for piece in [64, 1 << 20] {
            let reading = read(&mut Intake::default(), text.as_bytes(), piece);
            let login = &reading.kinds["Login"];
            assert_eq!((login.rows, login.bad_rows), (499, 2), "{:?}", reading.cautions);
            assert!(reading.cautions.iter().any(|it| it.contains("not closed")), "{:?}", reading.cautions);
        }
    }

    #[test]
    fn json_lines_say_their_own_type_and_a_broken_line_is_counted() {
        let text = b"{\"attributes\":{\"type\":\"LoginHistory\"},\"Id\":\"0Ya5g00000002bPAAQ\",\"UserId\":\"0055g00000002bPAAQ\",\"LoginTime\":\"2026-10-20T12:00:00.000+0000\",\"SourceIp\":\"203.0.113.5\"}\n{broken\n";
        let reading = read(&mut Intake::default(), text, 7);
        assert_eq!((reading.kinds["LoginHistory"].rows, reading.kinds["LoginHistory"].bad_rows), (1, 1));
    }
}
