//! The consumer's package: their data as the org holds it now, without what must never be disclosed.

mod preview;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casework::case::{RequestDeed, RequestKind};
use casework::categories;
use casework::disclosure;
use casework::file_body;
use casework::found::Confidence;
use casework::query::{Ask, Condition, Literal, Query};
use casework::record_id::RecordId;
use casework::review::Decision;
use casework::row::Row;
use casework::schema::{Field, Object, Schema};
use papers::bundle::Content;
use papers::letter::{self, Language};
use papers::package::{self, FieldColumn, Form, ObjectTable, Package, PackageFile, PackageRow};
use salesforce::Org;
use serde_json::{Value, json};
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::evidence::word;
use crate::masks::Masking;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::rehearse::ask_all;
use crate::troubles::{self, NOTHING_CHANGED};
use crate::views::export::PreviewFile;
use crate::views::{Calls, ExportView, NotExported, UnreadFile, WithheldLine};
use crate::withholding::{self, File, Tally};

const CATEGORIES_ONLY: &str = "Only categories are given: the request asks for no more, or identity did not reach the level for specific pieces (Cal. Code Regs., tit. 11, § 7024(a)).";
const NOTHING_EXPORTED: &str = "Nothing was exported.";
/// A single file's body is at most this large in a package.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;
const IDS_PER_QUESTION: usize = 200;
/// A shorter password falls to guessing.
const SHORTEST_PASSWORD: usize = 12;

impl Desk {
    /// Writes the package into the new folder `to`; with a password, as one encrypted ZIP in it.
    /// Its own words are in the language of that code, `en` when none is given.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub async fn export(
        &self,
        request: &str,
        to: &Path,
        password: Option<&str>,
        language: Option<&str>,
        progress: &Progress,
    ) -> Result<ExportView, Problem> {
        let form = match password {
            None => Form::Open,
            Some(text) if text.chars().count() < SHORTEST_PASSWORD => return Err(short_password()),
            Some(password) => Form::Locked { password },
        };
        let language = crate::letter::language(language)?;
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Export)?;
        if to.symlink_metadata().is_ok() {
            return Err(troubles::paper(&papers::Error::AlreadyThere { path: to.to_path_buf() }));
        }
        let Prepared { package, masking, left_out, unread, withheld, note, spent, .. } =
            self.prepare(&case, language, true, progress).await?;
        let written = package::write(&package, form, to).map_err(|error| troubles::paper(&error))?;
        case.road.exported = true;
        let kinds: BTreeSet<&str> = withheld.iter().map(|it| it.what.as_str()).collect();
        let (letters, inferences) = categories_of(&package);
        let detail = json!({
            "sha256": written.sha256, "encrypted": password.is_some(), "categories": letters, "inferences": inferences,
            "withheld_kinds": kinds, "rows": written.rows, "files": package.files.len(), "withheld": withheld.len(), "left_out": left_out.len(),
            "unread": unread.len(), "masked": masking.applied, "let_stand": masking.let_stand, "api_calls": spent,
        });
        self.record(&case.number, "request.exported", detail.clone(), |tx| {
            tx.put_part(&case.number, Part::Export, &detail)?;
            tx.put_part(&case.number, Part::Masks, &masking.kept)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(ExportView {
            request: request.to_owned(),
            folder: written.folder.display().to_string(),
            files: written.files,
            rows: written.rows,
            sha256: written.sha256,
            encrypted: password.is_some(),
            notes: written.warnings.iter().map(ToString::to_string).collect(),
            withheld,
            not_exported: left_out,
            note,
            unread,
            masked: masking.applied,
            let_stand: masking.let_stand,
            api_calls: Calls { forecast: None, spent },
        })
    }

    /// The package as the org's data stands now, with what was noted on the way. Without `bodies` attached files are only named.
    async fn prepare(
        &self,
        case: &CaseFile,
        language: Language,
        bodies: bool,
        progress: &Progress,
    ) -> Result<Prepared, Problem> {
        let mut wanted = self.theirs(case)?;
        let categories = self.categories_only(case, &wanted)?;
        if categories.is_some() {
            // Specific pieces are neither read nor written where only categories may be given.
            wanted.clear();
        }
        let reach = self.reach(&case.org, None, progress, NOTHING_EXPORTED).await?;
        let mut left_out = Vec::new();
        let rows = read_whole(&reach.org, &reach.schema, &wanted, &mut left_out, progress).await?;
        let (mut tally, mut unread, mut marks) = (Tally::default(), Vec::new(), Marks::new());
        let mut masking = self.masking(case, &reach.schema, &rows)?;
        let mut taken = Taken {
            tally: &mut tally,
            masking: &mut masking,
            left_out: &mut left_out,
            unread: &mut unread,
            marks: &mut marks,
        };
        let (files, attached) = if bodies {
            (self::bodies(&reach.org, &rows, progress, &mut taken).await, Vec::new())
        } else {
            (Vec::new(), attached(&rows, taken.masking))
        };
        let mut objects = tables(&reach.schema, &rows, &mut taken);
        let note = categories.is_some().then_some(CATEGORIES_ONLY);
        objects.extend(categories);
        let package = Package {
            case: case.number.to_string(),
            business: self.business()?,
            prepared_at: self.now(),
            practice: self.practice(),
            language,
            period: self.period(case, language)?,
            left_out: left_out
                .iter()
                .map(|it| (format!("{} {}", it.object, it.id), it.because.clone()))
                .collect(),
            objects,
            files,
            withheld: tally.lines(language),
        };
        let withheld = tally
            .lines(Language::English)
            .into_iter()
            .map(|it| WithheldLine { object: it.object, field: it.field, what: it.what, records: it.records })
            .collect();
        let spent = reach.org.spent();
        Ok(Prepared { package, masking, left_out, unread, withheld, note, attached, marks, spent })
    }

    /// The categories held, where the request or the level of identity allows no more; `None` where specific pieces may go.
    fn categories_only(
        &self,
        case: &CaseFile,
        theirs: &BTreeMap<String, BTreeSet<RecordId>>,
    ) -> Result<Option<ObjectTable>, Problem> {
        if case.kind != RequestKind::KnowCategories && !case.road.fallback {
            return Ok(None);
        }
        let located = self.located(case)?;
        let rows = located
            .rows
            .iter()
            .filter(|row| theirs.get(&row.object).is_some_and(|ids| ids.contains(&row.id)));
        let column = |name: &str, label: &str| FieldColumn {
            name: name.to_owned(),
            label: label.to_owned(),
            inference: false,
        };
        let rows = categories::held(rows)
            .into_iter()
            .map(|it| PackageRow {
                id: it.letter.to_string(),
                presence: "live".to_owned(),
                source: String::new(),
                collected_at: String::new(),
                values: BTreeMap::from([
                    ("Letter".to_owned(), json!(it.letter)),
                    ("Category".to_owned(), json!(it.category)),
                    ("HeldIn".to_owned(), json!(it.fields.join(", "))),
                ]),
            })
            .collect();
        Ok(Some(ObjectTable {
            object: "Categories".to_owned(),
            label: "Category of personal information".to_owned(),
            label_plural: "Categories of personal information".to_owned(),
            fields: vec![
                column("Letter", "Letter"),
                column("Category", "Category"),
                column("HeldIn", "Held in"),
            ],
            rows,
        }))
    }

    /// The period a package covers, in words.
    fn period(&self, case: &CaseFile, language: Language) -> Result<String, Problem> {
        let received = letter::day(language, self.dates(case)?.received_on);
        Ok(letter::phrase_of(language, "period", "default", &[("received_on", &received)]))
    }

    /// The records that are theirs: everything decided except "not this person"; what nobody decided only when it is
    /// exact and nobody else's.
    pub(crate) fn theirs(&self, case: &CaseFile) -> Result<BTreeMap<String, BTreeSet<RecordId>>, Problem> {
        let located = self.located(case)?;
        let decided = self.read(|vault| vault.decisions(&case.number))?;
        let mut theirs = BTreeMap::<String, BTreeSet<RecordId>>::new();
        for it in &located.matches {
            let decision = decided.iter().find(|decided| decided.id == it.id).map(|decided| decided.decision);
            let take = match decision {
                Some(Decision::NotThisPerson) => false,
                Some(Decision::Delete | Decision::Keep | Decision::Correct) => true,
                None => it.confidence == Confidence::Exact && !it.shared,
            };
            if take {
                theirs.entry(it.object.clone()).or_default().insert(it.id.clone());
            }
        }
        Ok(theirs)
    }

    /// Keeps every record of the plan as it is before the first write, sealed in the vault for a set number of days.
    pub(crate) async fn keep_before_images(
        &self,
        case: &CaseFile,
        approved: &casework::carry_out::Approved,
        reach: &crate::desk::Reach,
        progress: &Progress,
    ) -> Result<(), Problem> {
        let plan = &approved.rehearsed().plan;
        let mut wanted = BTreeMap::<String, BTreeSet<RecordId>>::new();
        for step in plan.steps.iter().filter(|step| step.deed != casework::plan::Deed::Keep) {
            wanted.entry(step.object.clone()).or_default().insert(step.id.clone());
        }
        let mut left_out = Vec::new();
        let rows = read_whole(&reach.org, &reach.schema, &wanted, &mut left_out, progress).await?;
        let days = chrono::Days::new(self.before_image_days()?);
        let shred_on = self.now().date_naive().checked_add_days(days).unwrap_or(chrono::NaiveDate::MAX);
        let detail = json!({ "plan": plan.digest, "records": rows.len(), "left_out": left_out.len(), "shred_on": shred_on.to_string() });
        self.record(&case.number, "request.before_image", detail, |tx| {
            tx.shred_due()?;
            tx.put_before_image(&case.number, &plan.digest, &rows, shred_on)
        })
    }
}

/// Every field of every record, as the org holds them now, the bin included.
pub(crate) async fn read_whole(
    org: &Org,
    schema: &Schema,
    wanted: &BTreeMap<String, BTreeSet<RecordId>>,
    left_out: &mut Vec<NotExported>,
    progress: &Progress,
) -> Result<Vec<Row>, Problem> {
    let mut asks = Vec::new();
    let mut about: Vec<(&str, Vec<&RecordId>)> = Vec::new();
    for (name, ids) in wanted {
        let ids: Vec<&RecordId> = ids.iter().collect();
        let Some(object) = schema.object(name) else {
            left_out.extend(ids.iter().map(|id| not(name, id, "the org does not show this object any more")));
            continue;
        };
        for part in ids.chunks(IDS_PER_QUESTION) {
            let values = part.iter().map(|id| Literal::Text(id.to_string())).collect();
            asks.push(Ask::Query(Query {
                object: name.clone(),
                fields: readable(object),
                condition: Some(Condition::In { field: "Id".to_owned(), values }),
                children: Vec::new(),
                all_rows: true,
                order_by: Vec::new(),
                limit: None,
            }));
            about.push((name, part.to_vec()));
        }
    }
    progress.say(&format!("Reading {} objects whole", wanted.len()));
    let mut rows = Vec::new();
    for (answer, (object, ids)) in ask_all(org, &asks, NOTHING_CHANGED).await?.into_iter().zip(about) {
        match answer {
            Ok(answer) => {
                for id in ids.iter().filter(|id| !answer.rows.iter().any(|row| row.id == ***id)) {
                    left_out.push(not(object, id, "the org does not show this record any more"));
                }
                rows.extend(answer.rows);
            }
            Err(refusal) => {
                left_out.extend(
                    ids.iter().map(|id| not(object, id, &format!("the org refused ({})", refusal.code))),
                );
            }
        }
    }
    rows.sort_by(|one, other| (&one.object, &one.id).cmp(&(&other.object, &other.id)));
    Ok(rows)
}

fn not(object: &str, id: &RecordId, because: &str) -> NotExported {
    NotExported { object: object.to_owned(), id: id.to_string(), because: because.to_owned() }
}

/// Fields that can stand in a query: bodies of files come by their own road, compounds by their parts.
fn readable(object: &Object) -> Vec<String> {
    let compounds: BTreeSet<&str> =
        object.fields.iter().filter_map(|field| field.compound_field_name.as_deref()).collect();
    object
        .fields
        .iter()
        .filter(|field| {
            !matches!(
                field.field_type.as_str(),
                "base64" | "address" | "location" | "complexvalue" | "JunctionIdList"
            )
        })
        .filter(|field| {
            field.name == "Name" || !compounds.contains(field.name.as_str()) || field.field_type == "string"
        })
        .map(|field| field.name.clone())
        .collect()
}

/// A package that is ready to be written, or to be looked at.
struct Prepared {
    package: Package,
    masking: Masking,
    left_out: Vec<NotExported>,
    unread: Vec<UnreadFile>,
    withheld: Vec<WithheldLine>,
    note: Option<&'static str>,
    /// Files whose bodies were not read.
    attached: Vec<PreviewFile>,
    marks: Marks,
    spent: u64,
}

/// Which values are not shown as they are, by record and field.
type Marks = BTreeMap<(String, String), Mark>;

/// What of a value is not shown as it is.
struct Mark {
    withheld: bool,
    masked: bool,
}

/// What an export takes note of on its way.
struct Taken<'a> {
    tally: &'a mut Tally,
    masking: &'a mut Masking,
    left_out: &'a mut Vec<NotExported>,
    unread: &'a mut Vec<UnreadFile>,
    marks: &'a mut Marks,
}

/// The files among the records by name and size.
fn attached(rows: &[Row], masking: &mut Masking) -> Vec<PreviewFile> {
    rows.iter()
        .filter(|row| file_body::body_of(&row.object).is_some())
        .map(|row| PreviewFile {
            name: disclosure::mask(file_body::name_of(row)).0,
            object: row.object.clone(),
            id: row.id.to_string(),
            bytes: file_body::size_of(row),
            stays_out: masking.file(&row.object, row.id.as_str()).1,
        })
        .collect()
}

/// The bodies of files among the records, each examined.
async fn bodies(org: &Org, rows: &[Row], progress: &Progress, taken: &mut Taken<'_>) -> Vec<PackageFile> {
    let mut files = Vec::new();
    for row in rows {
        let Some(field) = file_body::body_of(&row.object) else { continue };
        let name = file_body::name_of(row);
        progress.say(&format!("Reading the body of a {}", row.object));
        let bytes = match org.file_body(&row.object, &row.id, field, LARGEST_FILE).await {
            Ok(bytes) => bytes,
            Err(error) => {
                taken.left_out.push(not(&row.object, &row.id, &format!("its body was not given: {error}")));
                continue;
            }
        };
        let bytes = match withholding::file(name, bytes) {
            File::Handed(bytes) => bytes,
            File::Masked(bytes, kinds) => {
                taken.tally.file(&row.object, &kinds, false);
                bytes
            }
            File::Withheld(kinds) => {
                taken.tally.file(&row.object, &kinds, true);
                let words: Vec<&str> = kinds.iter().map(|it| it.words()).collect();
                taken.left_out.push(not(
                    &row.object,
                    &row.id,
                    &format!("the file is withheld: its text holds {}", words.join(", ")),
                ));
                continue;
            }
            File::Unread(bytes, because) => {
                let (mask, out) = taken.masking.file(&row.object, row.id.as_str());
                if out {
                    taken.left_out.push(not(
                        &row.object,
                        &row.id,
                        "the file was not examined and was left out as decided",
                    ));
                    continue;
                }
                taken.unread.push(UnreadFile {
                    mask,
                    object: row.object.clone(),
                    id: row.id.to_string(),
                    because: format!("the file was not examined: {because}"),
                });
                bytes
            }
        };
        files.push(PackageFile {
            name: disclosure::mask(name).0,
            object: row.object.clone(),
            id: row.id.to_string(),
            content: Content::Bytes(bytes),
        });
    }
    files
}

/// Who made, changed or owns a record, and the machinery of the org: not the person's data.
const MACHINERY: [&str; 8] = [
    "OwnerId",
    "CreatedById",
    "LastModifiedById",
    "SystemModstamp",
    "IsDeleted",
    "LastViewedDate",
    "LastReferencedDate",
    "UserRecordAccessId",
];

fn tables(schema: &Schema, rows: &[Row], taken: &mut Taken<'_>) -> Vec<ObjectTable> {
    let mut tables = Vec::new();
    for rows in rows.chunk_by(|one, other| one.object == other.object) {
        let Some(object) = rows.first().and_then(|row| schema.object(&row.object)) else { continue };
        let used: BTreeSet<&str> =
            rows.iter().flat_map(|row| row.values.keys().map(String::as_str)).collect();
        let fields: Vec<&Field> = object
            .fields
            .iter()
            .filter(|field| {
                field.name == "Id"
                    || (used.contains(field.name.as_str()) && !MACHINERY.contains(&field.name.as_str()))
            })
            .collect();
        let rows = rows.iter().map(|row| package_row(row, &fields, taken)).collect();
        tables.push(ObjectTable {
            object: object.name.clone(),
            label: object.label.clone(),
            label_plural: object.label_plural.clone(),
            fields: fields
                .iter()
                .map(|it| FieldColumn {
                    name: it.name.clone(),
                    label: it.label.clone(),
                    inference: categories::is_inference(&object.name, &it.name, &it.field_type),
                })
                .collect(),
            rows,
        });
    }
    tables
}

fn package_row(row: &Row, fields: &[&Field], taken: &mut Taken<'_>) -> PackageRow {
    let mut values = BTreeMap::new();
    for field in fields {
        let Some(value) = row.values.get(&field.name) else { continue };
        let (value, others) = taken.masking.apply(row, field, value);
        let (shown, kinds) = withholding::value(field, &value);
        taken.tally.field(&row.object, field, &kinds);
        taken.tally.others(&row.object, field, &others);
        if !kinds.is_empty() || !others.is_empty() {
            let mark = Mark { withheld: !kinds.is_empty(), masked: !others.is_empty() };
            taken.marks.insert((row.id.to_string(), field.name.clone()), mark);
        }
        values.insert(field.name.clone(), shown);
    }
    let first = |fields: &[&str]| {
        fields
            .iter()
            .find_map(|field| values.get(*field).and_then(Value::as_str))
            .unwrap_or_default()
            .to_owned()
    };
    PackageRow {
        id: row.id.to_string(),
        presence: word(&row.presence()),
        source: first(&["LeadSource", "AccountSource", "Origin", "Source"]),
        collected_at: first(&["CreatedDate"]),
        values,
    }
}

/// The letters of the categories that a package holds, and how many of its columns are inferences.
fn categories_of(package: &Package) -> (String, usize) {
    let mut letters = BTreeSet::new();
    for table in &package.objects {
        letters.extend(categories::of_object(&table.object));
        for field in &table.fields {
            let holds = |row: &PackageRow| row.values.get(&field.name).is_some_and(|value| !value.is_null());
            if table.rows.iter().any(holds) {
                letters.extend(categories::of_field(&table.object, &field.name, ""));
            }
        }
    }
    let inferences =
        package.objects.iter().flat_map(|table| &table.fields).filter(|field| field.inference).count();
    (letters.into_iter().collect(), inferences)
}

fn short_password() -> Problem {
    Problem::new(
        "password_short",
        format!("The password has fewer than {SHORTEST_PASSWORD} characters. Nothing was exported."),
        "Choose a longer one, and send it to the person by another way than the package.",
    )
}
