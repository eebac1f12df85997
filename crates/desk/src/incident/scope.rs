//! Scope: from confirmed findings to records, people, states and elements, in three honest numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casework::incident::access::Access;
use casework::incident::elements::Mask;
use casework::incident::persons::{Gathering, People, Sure};
use casework::incident::reach::Reach as Permitted;
use casework::incident::repeat::{Touch, judge, question, whole};
use casework::incident::scope::{FindingRung, PersonFile, Scope, TakingLine, Touched};
use casework::incident::soql::{Logged, Taken, Then};
use casework::incident::taking::{Shown, Taking, takings};
use casework::incident::{Finding, LogEvent, Read, Rung};
use casework::record_id::RecordId;
use casework::schema::Object;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde_json::json;
use vault::{IncidentFile, IncidentPart};

use super::bodies;
use super::export::Export;
use super::follow::{all_of, follow, share};
use super::records::{Records, Went, by_object};
use crate::answering::seconds;
use crate::desk::{Desk, instant};
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles::NOTHING_CHANGED;

impl Desk {
    /// Counts whose data was taken. With an export, no org is asked.
    ///
    /// # Errors
    /// `nothing_confirmed`, `no_records`, `export_unreadable`, and what the org refuses; nothing was counted then.
    pub async fn scope_incident(
        &self,
        incident: &str,
        export: Option<&Path>,
        ceiling: Option<u64>,
        progress: &Progress,
    ) -> Result<Scope, Problem> {
        let file = self.incident_file(incident)?;
        let confirmed = self.confirmed_findings(incident)?;
        if confirmed.is_empty() {
            return Err(Problem::new(
                "nothing_confirmed",
                "No finding of this incident is confirmed. Nothing was counted.",
                "Look at `habeas incident find`, then confirm with `habeas incident confirm` what was no innocent deed.",
            ));
        }
        let taken = takings(self.accesses(&file, &confirmed)?);
        let records = self.records(&file, export, ceiling, progress).await?;
        let mut work = Work::new(&records, &confirmed, self.zone()?);
        work.permissions(&taken).await?;
        for (place, taking) in taken.iter().enumerate() {
            progress.say(&format!("Repeating what was taken: {} of {}", place + 1, taken.len()));
            work.resolve(taking).await?;
        }
        let (scope, people) = work.count(progress).await?;
        let detail = json!({
            "findings": confirmed.iter().map(|it| &it.finding).collect::<Vec<_>>(),
            "persons": scope.persons, "objects": scope.objects, "api_calls": records.spent(), "export": export.is_some(),
        });
        progress.say("Keeping what was counted");
        let now = self.now();
        self.hold()
            .deed(now, Some(&file.number), "incident.scoped", detail, |tx| {
                tx.put_incident_part(&file.number, IncidentPart::Scope, &scope)?;
                tx.put_incident_people(&file.number, (0..people.len()).map(|at| PersonFile::of(&people, at)))
            })
            .map_err(|error| crate::vaults::problem(&error))?;
        Ok(scope)
    }

    /// The last scope of an incident.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident_scope(&self, incident: &str) -> Result<Option<Scope>, Problem> {
        let file = self.incident_file(incident)?;
        self.read(|vault| vault.incident_part(&file.number, IncidentPart::Scope))
    }

    /// The people of the last scope, in their order.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident_people(&self, incident: &str, each: &mut dyn FnMut(PersonFile)) -> Result<(), Problem> {
        let file = self.incident_file(incident)?;
        self.read(|vault| vault.incident_people(&file.number, each))
    }

    /// What the logs say was read in the confirmed findings: their evidence, the sessions around it, and what the same
    /// principal did from the same addresses in that time; the free logs know no sessions.
    fn accesses(&self, file: &IncidentFile, confirmed: &[Finding]) -> Result<Vec<Access>, Problem> {
        let mut all = Vec::new();
        let confirmed: Vec<Suspect<'_>> = confirmed.iter().map(Suspect::of).collect();
        self.kept_records(file, |_| true, &mut |read| {
            let Read::Event(event) = read else { return };
            let findings: Vec<usize> = confirmed
                .iter()
                .enumerate()
                .filter(|(_, it)| it.did(&event))
                .map(|(place, _)| place)
                .collect();
            if !findings.is_empty()
                && let Some(access) = Access::of(&event)
            {
                all.push(Access { findings, ..access });
            }
        })?;
        Ok(all)
    }

    async fn records(
        &self,
        file: &IncidentFile,
        export: Option<&Path>,
        ceiling: Option<u64>,
        progress: &Progress,
    ) -> Result<Records, Problem> {
        match (export, &file.org) {
            (Some(path), _) => Ok(Records::Export(Box::new(Export::open(path)?))),
            (None, Some(org)) => {
                Ok(Records::Org(Box::new(self.reach(org, ceiling, progress, NOTHING_CHANGED).await?)))
            }
            (None, None) => Err(Problem::new(
                "no_records",
                "This incident has no org within reach, so there are no records to count. Nothing was counted.",
                "Give an export with --export, one CSV file for each object, or open the incident with --org.",
            )),
        }
    }
}

/// Who a confirmed finding is about, and when.
struct Suspect<'a> {
    finding: &'a Finding,
    user: Option<RecordId>,
    span: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl<'a> Suspect<'a> {
    fn of(finding: &'a Finding) -> Self {
        let user = finding.principal_id.as_deref().and_then(|it| RecordId::parse(it).ok());
        Self { finding, user, span: instant(&finding.from).zip(instant(&finding.to)) }
    }

    fn did(&self, event: &LogEvent<'_>) -> bool {
        let listed = self.finding.evidence.iter().chain(&self.finding.session);
        if listed.into_iter().any(|it| it.covers(event.source, event.row)) {
            return true;
        }
        let then =
            self.span.is_some_and(|(from, to)| from <= event.at && event.at <= to + TimeDelta::seconds(1));
        then && self.user.is_some()
            && self.user == event.user_id()
            && event.address().is_some_and(|it| self.finding.addresses.iter().any(|one| *one == it))
    }
}

struct Work<'a> {
    records: &'a Records,
    confirmed: &'a [Finding],
    zone: Tz,
    touched: BTreeMap<String, Touched>,
    permitted: BTreeMap<RecordId, Permitted>,
    rungs: Vec<Rung>,
    lines: Vec<TakingLine>,
    notes: BTreeSet<String>,
}

impl<'a> Work<'a> {
    fn new(records: &'a Records, confirmed: &'a [Finding], zone: Tz) -> Self {
        Self {
            records,
            confirmed,
            zone,
            touched: BTreeMap::new(),
            permitted: BTreeMap::new(),
            rungs: confirmed.iter().map(|it| it.rung).collect(),
            lines: Vec::new(),
            notes: BTreeSet::new(),
        }
    }

    /// What each principal could read of the objects that were touched.
    async fn permissions(&mut self, taken: &[Taking]) -> Result<(), Problem> {
        let mut objects: BTreeMap<RecordId, BTreeSet<String>> = BTreeMap::new();
        let schema = self.records.schema();
        for taking in taken {
            let Some(user) = &taking.user else { continue };
            let named = taking.objects.iter().filter_map(|it| schema.object(it)).map(|it| it.name.clone());
            let by_text = taking
                .text
                .as_deref()
                .and_then(casework::incident::from_object)
                .and_then(|it| schema.object(it));
            objects.entry(user.clone()).or_default().extend(named.chain(by_text.map(|it| it.name.clone())));
        }
        for (user, names) in objects {
            let names: Vec<String> = names.into_iter().collect();
            let permitted = self.records.permissions(&user, &names).await?;
            if !permitted.is_known() {
                self.notes.insert("What the principal could read is not known; every record of a touched object counts as readable.".to_owned());
            }
            self.permitted.insert(user, permitted);
        }
        if matches!(self.records, Records::Org(_)) && !self.permitted.is_empty() {
            self.notes.insert("Permissions are those of today; the org keeps no earlier ones.".to_owned());
        }
        Ok(())
    }

    fn touch(&mut self, object: &Object, taking: &Taking, all_rows: bool, taken: &Taken) {
        let schema = self.records.schema();
        let reach = taking.user.as_ref().and_then(|it| self.permitted.get(it)).cloned().unwrap_or_default();
        let touched = self.touched.entry(object.name.clone()).or_insert_with(|| Touched::new(object, schema));
        for at in &taking.at {
            touched.touch(Touch { at: *at, all_rows: all_rows || taking.all_rows }, taken, schema, &reach);
        }
    }

    fn mark(&mut self, object: &Object, taking: &Taking, sure: Sure, ids: &[RecordId], taken: &Taken) {
        let schema = self.records.schema();
        let reach = taking.user.as_ref().and_then(|it| self.permitted.get(it)).cloned().unwrap_or_default();
        let touched = self.touched.entry(object.name.clone()).or_insert_with(|| Touched::new(object, schema));
        touched.mark(sure, ids, taken, schema, &reach);
    }

    fn note(&mut self, taking: &Taking, object: &str, rung: Rung, records: usize, why: String) {
        for place in &taking.findings {
            if let Some(known) = self.rungs.get_mut(*place) {
                *known = (*known).min(rung);
            }
        }
        let name = |place: &usize| self.confirmed.get(*place).map(|it| it.finding.clone());
        self.lines.push(TakingLine {
            at: taking.at.first().map(|it| seconds(*it)).unwrap_or_default(),
            object: object.to_owned(),
            findings: taking.findings.iter().filter_map(name).collect(),
            rung,
            records: u64::try_from(records).unwrap_or(u64::MAX),
            logged: taking.rows,
            why,
        });
    }

    async fn resolve(&mut self, taking: &Taking) -> Result<(), Problem> {
        let logged = taking.text.as_deref().map(|text| self.read(text, taking));
        let taken = match (&logged, &taking.shown) {
            (Some(Ok(logged)), _) => logged.taken.clone(),
            _ => Taken::Everything,
        };
        if taken == Taken::Nothing {
            if let Some(Ok(logged)) = &logged {
                self.listed(&logged.object);
            }
            return Ok(());
        }
        self.named(taking, logged.as_ref().and_then(|it| it.as_ref().ok()), &taken);
        let known = u64::try_from(taking.ids.len()).unwrap_or(u64::MAX);
        if known > 0 && taking.rows.is_none_or(|rows| rows <= known) {
            return Ok(());
        }
        match logged {
            Some(Ok(logged)) => self.asked(taking, &logged).await,
            Some(Err(why)) => self.without_text(taking, Some(why.0)).await,
            None => self.without_text(taking, None).await,
        }
    }

    /// An object that is named and of which nothing was taken stands in the list with its zeros.
    fn listed(&mut self, name: &str) {
        let schema = self.records.schema();
        if let Some(object) = schema.object(name) {
            self.touched.entry(object.name.clone()).or_insert_with(|| Touched::new(object, schema));
        }
    }

    fn read(&self, text: &str, taking: &Taking) -> Result<Logged, casework::incident::soql::Unreadable> {
        let zone = self.zone;
        let at = taking.at.first().copied().unwrap_or_default();
        let object = casework::incident::from_object(text).and_then(|it| self.records.schema().object(it));
        let midnight = |day: NaiveDate| {
            let local = day.and_time(NaiveTime::MIN);
            zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |it| it.to_utc())
        };
        let holds_time = |field: &str| match object.and_then(|it| it.field(field)) {
            Some(field) => field.field_type == "datetime",
            None => field.ends_with("Date") && field.contains("ed") || field.ends_with("Modstamp"),
        };
        let then = Then {
            today: at.with_timezone(&zone).date_naive(),
            midnight: &midnight,
            holds_time: &holds_time,
        };
        Logged::read(text, &then)
    }

    /// Records whose ids stand in the log.
    fn named(&mut self, taking: &Taking, logged: Option<&Logged>, taken: &Taken) {
        let schema = self.records.schema();
        let mut known = 0;
        for (name, ids) in by_object(schema, taking.ids.iter()) {
            let Some(object) = schema.object(&name) else { continue };
            let main = logged.is_some_and(|it| it.object.eq_ignore_ascii_case(&name));
            let taken = match &taking.shown {
                Shown::Labels(labels) => labelled(object, labels),
                Shown::Whole => Taken::Record,
                _ if main || logged.is_none() => taken.clone(),
                // The id of a parent or child beside the record asked for.
                _ => Taken::Fields(Vec::new()),
            };
            known += ids.len();
            self.mark(object, taking, Sure::Proved, &ids, &taken);
            let about =
                taking.objects.is_empty() || taking.objects.iter().any(|it| it.eq_ignore_ascii_case(&name));
            if main || about {
                self.touch(object, taking, false, &taken);
            }
            self.note(
                taking,
                &name,
                Rung::Ids,
                ids.len(),
                format!("The log names {} records by their ids.", ids.len()),
            );
        }
        if known < taking.ids.len() {
            self.notes.insert(
                "Some ids in the logs belong to objects that are not shown; they are not counted.".to_owned(),
            );
        }
    }

    /// Repeats a logged query.
    async fn asked(&mut self, taking: &Taking, logged: &Logged) -> Result<(), Problem> {
        let schema = self.records.schema();
        let Some(object) = schema.object(&logged.object) else {
            self.unknown(&logged.object);
            return Ok(());
        };
        self.touch(object, taking, logged.all_rows, &logged.taken);
        for (relationship, fields) in &logged.children {
            let child = object.child_relationships.iter().find(|it| {
                it.relationship_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(relationship))
            });
            if let Some(child) = child.and_then(|it| schema.object(&it.child_object)) {
                self.touch(child, taking, false, &Taken::Fields(fields.clone()));
                self.note(
                    taking,
                    &child.name,
                    Rung::QueryText,
                    0,
                    "Read as child records of another query; which ones is not followed.".to_owned(),
                );
            }
        }
        let query = match question(logged, object) {
            Ok(query) => query,
            Err(why) => {
                self.note(taking, &object.name, Rung::QueryText, 0, why);
                return Ok(());
            }
        };
        let mut rows = Vec::new();
        match self.records.rows(&query, &mut |row| rows.push(row)).await? {
            Went::Well { exact, .. } => {
                let found = judge(logged, taking, &rows, exact);
                let sure = if found.rung == Rung::QueryRepeated { Sure::Proved } else { Sure::Probable };
                self.mark(object, taking, sure, &found.ids, &logged.taken);
                self.note(taking, &object.name, found.rung, found.ids.len(), found.why);
            }
            Went::Refused(why) => self.note(taking, &object.name, Rung::QueryText, 0, why),
        }
        Ok(())
    }

    /// A log without a readable query text: at most an object and a count.
    async fn without_text(&mut self, taking: &Taking, unreadable: Option<String>) -> Result<(), Problem> {
        let schema = self.records.schema();
        let why =
            |sentence: String| unreadable.iter().cloned().chain([sentence]).collect::<Vec<_>>().join(" ");
        let alone = taking.objects.len() == 1;
        for name in &taking.objects {
            let Some(object) = schema.object(name) else {
                self.unknown(name);
                continue;
            };
            let taken = match &taking.shown {
                Shown::Labels(labels) => labelled(object, labels),
                _ => Taken::Everything,
            };
            self.touch(object, taking, false, &taken);
            let countable = alone && taking.rows.is_some() && taking.shown != Shown::Reached;
            let wide = whole(&object.name);
            let query = question(&wide, object).ok().filter(|_| countable);
            let Some(query) = query else {
                let rung = if taking.rows.is_some() { Rung::ObjectCount } else { Rung::Reach };
                self.note(taking, &object.name, rung, 0, why("The log names the object only.".to_owned()));
                continue;
            };
            let mut rows = Vec::new();
            match self.records.rows(&query, &mut |row| rows.push(row)).await? {
                Went::Well { exact, .. } => {
                    let counted = Taking { text: None, ..taking.clone() };
                    let found = judge(&wide, &counted, &rows, exact);
                    self.mark(object, taking, Sure::Probable, &found.ids, &taken);
                    self.note(taking, &object.name, Rung::ObjectCount, found.ids.len(), why(found.why));
                }
                Went::Refused(refused) => self.note(taking, &object.name, Rung::ObjectCount, 0, why(refused)),
            }
        }
        Ok(())
    }

    fn unknown(&mut self, object: &str) {
        self.notes.insert(format!(
            "{object} is not shown by the org or not in the export; its records could not be counted."
        ));
    }

    /// Reads every touched object once, then who the people behind the records are.
    async fn count(self, progress: &Progress) -> Result<(Scope, People), Problem> {
        let Self { records, confirmed, touched, rungs, lines, mut notes, .. } = self;
        let mut people = Gathering::default();
        let mut scope = Scope { takings: lines, ..Scope::default() };
        let mut read: BTreeSet<String> = BTreeSet::new();
        for (name, mut one) in touched {
            progress.say(&format!("Reading {name}"));
            if one.is_needed() {
                let query = all_of(&name, one.select());
                let went = if one.body().is_some() {
                    let mut rows = Vec::new();
                    let went = records.rows(&query, &mut |row| rows.push(row)).await?;
                    for row in &rows {
                        let body = bodies::look(records, &one, row, &mut scope.files, progress).await?;
                        one.take(row, body, &mut people);
                    }
                    went
                } else {
                    records.rows(&query, &mut |row| one.take(&row, Mask::default(), &mut people)).await?
                };
                match went {
                    Went::Well { bad, .. } => {
                        read.insert(name.clone());
                        if bad > 0 {
                            notes.insert(format!("{bad} records of {name} in the export could not be read; they are not counted."));
                        }
                    }
                    Went::Refused(why) => {
                        notes.insert(format!("{why} Only records that the logs name are counted of it."));
                    }
                }
            }
            let (numbers, gone) = one.finish(&mut people);
            if gone > 0 {
                notes.insert(format!("{gone} records of {name} stand in the logs and are gone for good; they are counted, and no more is known of them."));
            }
            scope.objects.push(numbers);
        }
        notes.extend(bodies::note(&scope.files));
        share(records, &mut people, &mut notes).await?;
        follow(records, &mut people, &mut read, progress).await?;
        let people = people.people();
        scope.count(&people);
        scope.findings = confirmed
            .iter()
            .zip(rungs)
            .map(|(it, rung)| FindingRung { finding: it.finding.clone(), rung })
            .collect();
        scope.notes = notes.into_iter().collect();
        Ok((scope, people))
    }
}

/// The fields behind the heads of a report's columns; anything when none of them is known.
fn labelled(object: &Object, labels: &[String]) -> Taken {
    let is = |label: &String, name: &str| label.eq_ignore_ascii_case(name);
    let fields: Vec<String> = object
        .fields
        .iter()
        .filter(|field| labels.iter().any(|label| is(label, &field.label) || is(label, &field.name)))
        .map(|field| field.name.clone())
        .collect();
    if fields.is_empty() { Taken::Everything } else { Taken::Fields(fields) }
}
