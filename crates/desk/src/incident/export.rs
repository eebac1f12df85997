//! An export that stands in for an org: one CSV file for each object, in a folder or ZIP. Hostile until parsed.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use casework::catalogue::Catalogue;
use casework::file_body::body_of;
use casework::incident::Cells;
use casework::incident::csv::{Csv, Line};
use casework::incident::evaluate::{instant, meets};
use casework::incident::repeat::condition_fields;
use casework::query::Query;
use casework::record_id::RecordId;
use casework::row::Row;
use casework::schema::{Field, Object, Schema};
use serde_json::Value;

use super::files::{Body, Given, GivenFile, LARGEST_RATIO, RATIO_FROM, open_zip};
use crate::problem::Problem;

/// Records that tell of what type a column is.
const SAMPLE: usize = 400;
/// Files are read in pieces of this size.
const PIECE: usize = 256 * 1024;
const MOST_COLUMNS: usize = 2_000;

/// The files of an export and what their columns are.
#[derive(Debug)]
pub(super) struct Export {
    given: Given,
    /// Places in `given.files`, by object.
    files: BTreeMap<String, Vec<usize>>,
    columns: BTreeMap<String, BTreeSet<String>>,
    pub schema: Schema,
}

/// What became of a question to an export.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Answered {
    /// Rows whose columns do not decide the condition; they were given all the same.
    pub doubtful: u64,
    /// Records that could not be read.
    pub bad: u64,
}

impl Export {
    /// Looks into the folder or ZIP and learns its objects and columns.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let given = Given::look(&[path.to_owned()]).map_err(|problem| {
            Problem::new(
                "export_unreadable",
                problem.message.replace("gathered", "counted"),
                problem.next_step,
            )
        })?;
        let mut files: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, file) in given.files.iter().enumerate() {
            if let Some(object) = object_of(&file.source) {
                files.entry(object).or_default().push(place);
            }
        }
        if files.is_empty() {
            return Err(Problem::new(
                "export_unreadable",
                "The export holds no CSV file named after an object, such as Contact.csv. Nothing was counted.",
                "Give the folder or ZIP of an export with one CSV file for each object and an Id column in each.",
            ));
        }
        let mut export = Self { given, files, columns: BTreeMap::new(), schema: Schema::default() };
        let mut samples = BTreeMap::new();
        for object in export.files.keys().cloned().collect::<Vec<_>>() {
            let sample = export.sample(&object)?;
            export.columns.insert(object.clone(), sample.columns.iter().cloned().collect());
            samples.insert(object, sample);
        }
        let prefixes: BTreeMap<String, String> = samples
            .iter()
            .filter_map(|(object, sample)| Some((sample.prefix.clone()?, object.clone())))
            .collect();
        for (name, sample) in &samples {
            let object = sample.object(name, &prefixes);
            export.schema.objects.insert(name.clone(), object);
        }
        Ok(export)
    }

    fn sample(&self, object: &str) -> Result<Sample, Problem> {
        let mut sample = Sample::default();
        for place in self.files.get(object).into_iter().flatten() {
            let mut seen = 0;
            self.records(*place, &mut |columns, record| {
                sample.take(columns, record);
                seen += 1;
                seen < SAMPLE
            })?;
        }
        if sample.columns.iter().any(|it| it.eq_ignore_ascii_case("Id")) {
            Ok(sample)
        } else {
            Err(Problem::new(
                "export_unreadable",
                format!("{object}.csv of the export has no column Id. Nothing was counted."),
                "Export the object again with its Id column.",
            ))
        }
    }

    /// Every record of an object that meets the condition, with the fields asked for as far as the export has them.
    /// Order and limit are not followed here.
    pub fn rows(&self, query: &Query, each: &mut (dyn FnMut(Row) + Send)) -> Result<Answered, Problem> {
        let mut answered = Answered::default();
        let none = BTreeSet::new();
        let known = self.columns.get(&query.object).unwrap_or(&none);
        let mut wanted: BTreeSet<String> = query.fields.iter().cloned().collect();
        wanted.extend(query.condition.iter().flat_map(condition_fields));
        for place in self.files.get(&query.object).into_iter().flatten() {
            answered.bad += self.records(*place, &mut |columns, record| {
                let Some(row) = row(&query.object, columns, record, &wanted) else {
                    answered.bad += 1;
                    return true;
                };
                match query.condition.as_ref().map_or(Some(true), |it| meets(it, &row, known)) {
                    Some(false) => return true,
                    None => answered.doubtful += 1,
                    Some(true) => {}
                }
                each(row);
                true
            })?;
        }
        Ok(answered)
    }

    /// The bytes of a file: they stand in a folder named after its object, under its id. Inside, why there are none.
    pub fn body(&self, object: &str, id: &RecordId, most: u64) -> Result<Vec<u8>, &'static str> {
        const ABSENT: &str = "it is not in the export";
        let is = |file: &&GivenFile| {
            let mut parts = file.source.rsplit('/');
            let stem = parts.next().map(|it| it.split('.').next().unwrap_or(it)).unwrap_or_default();
            let folder = parts.next().unwrap_or_default().trim_end_matches(['s', 'S']);
            folder.eq_ignore_ascii_case(object) && (stem == id.as_str() || stem == id.short())
        };
        let file = self.given.files.iter().find(is).ok_or(ABSENT)?;
        let read = |bytes: &mut dyn Read, _| {
            let mut body = Vec::new();
            bytes.take(most + 1).read_to_end(&mut body).map_err(|_| ABSENT)?;
            if body.len() as u64 > most { Err(super::records::TOO_LARGE) } else { Ok(body) }
        };
        self.opened(file, read).unwrap_or(Err(ABSENT))
    }

    /// Records of one file until `each` says no; gives how many had another number of cells than the header.
    fn records(&self, place: usize, each: &mut dyn FnMut(&[String], &Cells) -> bool) -> Result<u64, Problem> {
        let Some(file) = self.given.files.get(place) else { return Ok(0) };
        let read = |bytes: &mut dyn Read, believed| match believed {
            0 => Err(broken(file)),
            most => read_records(file, bytes.take(most), each),
        };
        self.opened(file, read).unwrap_or_else(|| Err(broken(file)))
    }

    /// Hands the bytes of a file to `read`, with how many of them may be believed: none of an entry that unpacks to far more
    /// than an export would. `None` when it cannot be opened.
    fn opened<T>(&self, file: &GivenFile, read: impl FnOnce(&mut dyn Read, u64) -> T) -> Option<T> {
        match &file.body {
            Body::Path(path) => Some(read(&mut BufReader::new(File::open(path).ok()?), u64::MAX)),
            Body::Entry { archive, place } => {
                let mut zip = open_zip(self.given.archives.get(*archive)?).ok()?;
                let mut entry = zip.by_index(*place).ok()?;
                let most = entry.compressed_size().max(1).saturating_mul(LARGEST_RATIO).max(RATIO_FROM);
                let believed = if entry.size() > most { 0 } else { most };
                Some(read(&mut entry, believed))
            }
            Body::Bytes(bytes) => Some(read(&mut bytes.as_slice(), u64::MAX)),
        }
    }
}

fn broken(file: &GivenFile) -> Problem {
    Problem::new(
        "export_unreadable",
        format!("{} of the export cannot be read. Nothing was counted.", file.source),
        "Export the object again.",
    )
}

fn read_records(
    file: &GivenFile,
    mut bytes: impl Read,
    each: &mut dyn FnMut(&[String], &Cells) -> bool,
) -> Result<u64, Problem> {
    let mut columns: Vec<String> = Vec::new();
    let (mut bad, going) = (0, Cell::new(true));
    let mut take = |line: Line<'_>| match line {
        _ if !going.get() => {}
        Line::Unclosed => bad += 1,
        Line::Record(cells) if columns.is_empty() => {
            let names = (0..cells.len()).filter_map(|place| cells.text(place));
            columns = names.map(|it| it.trim_start_matches('\u{feff}').trim().to_owned()).collect();
        }
        Line::Record(cells) if cells.len() != columns.len() || cells.is_cut() => bad += 1,
        Line::Record(cells) => going.set(each(&columns, cells)),
    };
    let mut csv = Csv::default();
    let mut piece = vec![0; PIECE];
    while going.get() {
        let read = bytes.read(&mut piece).map_err(|_| broken(file))?;
        match piece.get(..read).filter(|it| !it.is_empty()) {
            Some(piece) => csv.feed(piece, &mut take),
            None => break,
        }
    }
    csv.finish(&mut take);
    if columns.len() > MOST_COLUMNS { Err(broken(file)) } else { Ok(bad) }
}

fn row(object: &str, columns: &[String], record: &Cells, wanted: &BTreeSet<String>) -> Option<Row> {
    let mut id = None;
    let mut values = BTreeMap::new();
    for (name, cell) in filled(columns, record) {
        if name.eq_ignore_ascii_case("Id") {
            id = RecordId::parse(&cell).ok();
        } else if wanted.contains(name) || wanted.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            values.insert(name.to_owned(), Value::String(cell.into_owned()));
        }
    }
    Some(Row { object: object.to_owned(), id: id?, values })
}

/// The cells that are not empty, with their columns.
fn filled<'r>(columns: &'r [String], record: &'r Cells) -> impl Iterator<Item = (&'r str, Cow<'r, str>)> {
    let named = columns.iter().enumerate();
    named
        .filter_map(|(place, name)| Some((name.as_str(), record.text(place)?)))
        .filter(|(_, cell)| !cell.is_empty())
}

/// `records/Contact.csv` → `Contact`.
fn object_of(source: &str) -> Option<String> {
    let name = source.rsplit('/').next()?;
    let stem = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".CSV"))?;
    let word = !stem.is_empty() && stem.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    word.then(|| stem.to_owned())
}

/// What the first records of an object show.
#[derive(Debug, Default)]
struct Sample {
    columns: Vec<String>,
    prefix: Option<String>,
    values: BTreeMap<String, Seen>,
}

/// What the values of a column look like.
#[derive(Debug, Default)]
struct Seen {
    filled: usize,
    ids: usize,
    emails: usize,
    dates: usize,
    flags: usize,
    prefixes: BTreeSet<String>,
    longest: usize,
}

impl Sample {
    fn take(&mut self, columns: &[String], record: &Cells) {
        for name in columns {
            if !self.columns.contains(name) {
                self.columns.push(name.clone());
            }
        }
        for (name, text) in filled(columns, record) {
            let id = RecordId::parse(&text).ok().filter(|_| text.len() == 18);
            if name.eq_ignore_ascii_case("Id") {
                self.prefix = self.prefix.take().or_else(|| id.map(|it| it.prefix().to_owned()));
                continue;
            }
            let seen = self.values.entry(name.to_owned()).or_default();
            seen.filled += 1;
            seen.longest = seen.longest.max(text.len());
            seen.ids += usize::from(id.is_some());
            seen.prefixes.extend(id.map(|it| it.prefix().to_owned()));
            seen.emails += usize::from(casework::normal::email::Email::parse(&text).is_some());
            seen.dates += usize::from(text.len() >= 10 && instant(&text).is_some());
            seen.flags +=
                usize::from(matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "0" | "1"));
        }
    }

    fn object(&self, name: &str, prefixes: &BTreeMap<String, String>) -> Object {
        let known = Catalogue::standard().object(name);
        let fields = self.columns.iter().map(|column| {
            let standard = known.and_then(|it| it.field(column));
            let seen = self.values.get(column);
            let field_type = match standard {
                _ if column.eq_ignore_ascii_case("Id") => "id".to_owned(),
                Some(field) => field.field_type.clone(),
                None => seen.map_or("string", Seen::guess).to_owned(),
            };
            let reference_to = if field_type == "reference" {
                let targets = seen.into_iter().flat_map(|it| &it.prefixes);
                targets.map(|prefix| target(prefix, prefixes)).filter(|it| !it.is_empty()).collect()
            } else {
                Vec::new()
            };
            Field {
                name: column.clone(),
                label: standard
                    .map_or_else(|| column.trim_end_matches("__c").replace('_', " "), |it| it.label.clone()),
                field_type,
                custom: column.ends_with("__c"),
                filterable: true,
                nillable: true,
                encrypted: standard.is_some_and(|it| it.traits.split(' ').any(|it| it == "encrypted")),
                reference_to,
                ..Field::default()
            }
        });
        let mut fields: Vec<Field> = fields.collect();
        // The bytes of files stand beside the CSV, not in it.
        if let Some(body) = body_of(name) {
            fields.retain(|it| it.name != body);
            fields.push(Field { name: body.to_owned(), field_type: "base64".to_owned(), ..Field::default() });
        }
        Object {
            name: name.to_owned(),
            label: known.map_or_else(|| name.to_owned(), |it| it.label.clone()),
            key_prefix: self.prefix.clone(),
            custom: name.ends_with("__c"),
            queryable: true,
            fields,
            ..Object::default()
        }
    }
}

impl Seen {
    fn guess(&self) -> &'static str {
        let all = |count: usize| self.filled > 0 && count == self.filled;
        match () {
            () if all(self.ids) => "reference",
            () if all(self.emails) => "email",
            () if all(self.dates) && self.longest <= 10 => "date",
            () if all(self.dates) => "datetime",
            () if all(self.flags) => "boolean",
            () if self.longest > 255 => "textarea",
            () => "string",
        }
    }
}

fn target(prefix: &str, prefixes: &BTreeMap<String, String>) -> String {
    let standard = match prefix {
        "003" => "Contact",
        "00Q" => "Lead",
        "001" => "Account",
        "0PK" => "Individual",
        "005" => "User",
        _ => "",
    };
    prefixes.get(prefix).map_or_else(|| standard.to_owned(), Clone::clone)
}
