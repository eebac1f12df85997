//! Case files: the record that the law asks to keep, and what a case gathers beside it.

use casework::case::{CaseNumber, CaseOutcome, Reason, RequestKind, Road};
use casework::review::Decided;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, from_word, instant, to_json, word};

/// A request. Instants are UTC, RFC 3339 with whole seconds. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    pub number: CaseNumber,
    pub org: String,
    pub kind: RequestKind,
    pub received_at: String,
    pub channel: String,
    pub opened_at: String,
    /// `None` while open.
    pub closed_at: Option<String>,
    pub outcome: Option<CaseOutcome>,
    /// Why, where the outcome has a reason.
    pub reason: Option<Reason>,
    pub road: Road,
    /// When the personal data of this case was shredded.
    pub forgotten_at: Option<String>,
    /// When the record of the request itself came to its end.
    pub shredded_at: Option<String>,
}

impl CaseFile {
    /// A request that was just opened: nothing has happened to it yet.
    pub fn opened(
        number: CaseNumber,
        org: &str,
        kind: RequestKind,
        received_at: String,
        channel: &str,
        opened_at: String,
    ) -> Self {
        Self {
            number,
            org: org.to_owned(),
            kind,
            received_at,
            channel: channel.to_owned(),
            opened_at,
            closed_at: None,
            outcome: None,
            reason: None,
            road: Road::default(),
            forgotten_at: None,
            shredded_at: None,
        }
    }
}

/// What a case gathers, one JSON document each, replaced as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// `casework::subject::Subject`
    Subject,
    /// `casework::identity::Requester`
    Requester,
    /// Which points were checked, by which declaration or agent.
    Identity,
    /// A locate that was stopped, to be resumed.
    LocateState,
    /// `casework::found::Located`
    Located,
    /// API calls forecast and spent.
    Calls,
    /// `casework::rehearse::Rehearsed`
    Rehearsed,
    /// Which digest was approved, when and by whom.
    Approval,
    /// `Vec<casework::carry_out::Outcome>` after the latest run.
    Outcomes,
    /// Counts of an export and the hash of its files.
    Export,
    /// `Vec<casework::correct::Contest>`
    Corrections,
    /// `Vec<casework::change::SetValue>`: what was set, as keyed hashes.
    SetValues,
    /// `casework::bystanders::Masks`
    Masks,
}

impl Part {
    pub const ALL: [Self; 13] = [
        Self::Subject,
        Self::Requester,
        Self::Identity,
        Self::LocateState,
        Self::Located,
        Self::Calls,
        Self::Rehearsed,
        Self::Approval,
        Self::Outcomes,
        Self::Export,
        Self::Corrections,
        Self::SetValues,
        Self::Masks,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Requester => "requester",
            Self::Identity => "identity",
            Self::LocateState => "locate-state",
            Self::Located => "located",
            Self::Calls => "calls",
            Self::Rehearsed => "rehearsed",
            Self::Approval => "approval",
            Self::Outcomes => "outcomes",
            Self::Export => "export",
            Self::Corrections => "corrections",
            Self::SetValues => "set-values",
            Self::Masks => "masks",
        }
    }

    /// Parts with personal data go when the case is forgotten; the others hold ids, counts, dates and hashes.
    fn personal(self) -> bool {
        match self {
            Self::Subject
            | Self::Identity
            | Self::LocateState
            | Self::Located
            | Self::Corrections
            | Self::Masks => true,
            Self::Requester
            | Self::Calls
            | Self::Rehearsed
            | Self::Approval
            | Self::Outcomes
            | Self::Export
            | Self::SetValues => false,
        }
    }
}

const COLUMNS: &str = "number, org, kind, received_at, channel, opened_at, closed_at, outcome, road, forgotten_at, reason, shredded_at";

fn case_file(row: &Row<'_>) -> Result<CaseFile, Error> {
    Ok(CaseFile {
        number: from_word("case number", &row.get::<_, String>(0)?)?,
        org: row.get(1)?,
        kind: from_word("request kind", &row.get::<_, String>(2)?)?,
        received_at: row.get(3)?,
        channel: row.get(4)?,
        opened_at: row.get(5)?,
        closed_at: row.get(6)?,
        outcome: row.get::<_, Option<String>>(7)?.map(|text| from_word("outcome", &text)).transpose()?,
        road: from_json("road", &row.get::<_, String>(8)?)?,
        forgotten_at: row.get(9)?,
        reason: row.get::<_, Option<String>>(10)?.map(|text| from_word("reason", &text)).transpose()?,
        shredded_at: row.get(11)?,
    })
}

impl Reader<'_> {
    /// The number that the next request of a year gets.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn next_request_number(&self, year: i32) -> Result<CaseNumber, Error> {
        let last: i64 = self.connection.query_row(
            "SELECT coalesce(max(CAST(substr(number, 8) AS INTEGER)), 0) FROM case_file WHERE number GLOB ?1",
            [format!("R-{year:04}-*")],
            |row| row.get(0),
        )?;
        Ok(CaseNumber::request(year, u32::try_from(last).unwrap_or(0).saturating_add(1)))
    }

    /// # Errors
    /// [`Error::NotThere`] when there is no such case.
    pub fn case(&self, number: &CaseNumber) -> Result<CaseFile, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM case_file WHERE number = ?1"))?;
        let mut rows = statement.query([number.as_str()])?;
        rows.next()?.map_or(Err(Error::NotThere { what: "request" }), case_file)
    }

    /// Every case, oldest number first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn cases(&self) -> Result<Vec<CaseFile>, Error> {
        let mut statement =
            self.connection.prepare(&format!("SELECT {COLUMNS} FROM case_file ORDER BY number"))?;
        let mut rows = statement.query([])?;
        let mut cases = Vec::new();
        while let Some(row) = rows.next()? {
            cases.push(case_file(row)?);
        }
        Ok(cases)
    }

    /// A part of a case; `None` when it was not gathered yet or was shredded.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when it has another shape than `T`.
    pub fn part<T: DeserializeOwned>(&self, number: &CaseNumber, part: Part) -> Result<Option<T>, Error> {
        let found: Option<String> = self
            .connection
            .query_row(
                "SELECT body FROM case_part WHERE case_number = ?1 AND part = ?2",
                [number.as_str(), part.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        found.map(|text| from_json(part.as_str(), &text)).transpose()
    }

    /// The names of the parts that a case still holds.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn part_names(&self, number: &CaseNumber) -> Result<Vec<String>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT part FROM case_part WHERE case_number = ?1 ORDER BY part")?;
        Ok(statement.query_map([number.as_str()], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The decisions of a case, by object and id.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn decisions(&self, number: &CaseNumber) -> Result<Vec<Decided>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT object, record_id, decision, ground, reason FROM decision
             WHERE case_number = ?1 ORDER BY object, record_id",
        )?;
        let mut rows = statement.query([number.as_str()])?;
        let mut decided = Vec::new();
        while let Some(row) = rows.next()? {
            decided.push(Decided {
                object: row.get(0)?,
                id: from_word("record id", &row.get::<_, String>(1)?)?,
                decision: from_word("decision", &row.get::<_, String>(2)?)?,
                ground: row.get(3)?,
                reason: row.get(4)?,
            });
        }
        Ok(decided)
    }
}

impl Tx<'_> {
    /// # Errors
    /// [`Error::AlreadyThere`] when the number is taken.
    pub fn open_case(&self, case: &CaseFile) -> Result<(), Error> {
        if self.case(&case.number).is_ok() {
            return Err(Error::AlreadyThere { what: "request" });
        }
        self.connection.execute(
            &format!(
                "INSERT INTO case_file ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
            ),
            params![
                case.number.as_str(),
                case.org,
                case.kind.as_str(),
                case.received_at,
                case.channel,
                case.opened_at,
                case.closed_at,
                case.outcome.map(CaseOutcome::as_str),
                to_json("road", &case.road)?,
                case.forgotten_at,
                case.reason.map(Reason::as_str),
                case.shredded_at
            ],
        )?;
        Ok(())
    }

    /// # Errors
    /// [`Error::NotThere`] when there is no such case.
    pub fn put_road(&self, number: &CaseNumber, road: &Road) -> Result<(), Error> {
        let changed = self.connection.execute(
            "UPDATE case_file SET road = ?2 WHERE number = ?1",
            params![number.as_str(), to_json("road", road)?],
        )?;
        if changed == 0 { Err(Error::NotThere { what: "request" }) } else { Ok(()) }
    }

    /// Closes a case at the time of the deed.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is no such case.
    pub fn close_case(
        &self,
        number: &CaseNumber,
        outcome: CaseOutcome,
        reason: Option<Reason>,
    ) -> Result<(), Error> {
        let changed = self.connection.execute(
            "UPDATE case_file SET closed_at = ?2, outcome = ?3, reason = ?4 WHERE number = ?1",
            params![number.as_str(), instant(self.at), outcome.as_str(), reason.map(Reason::as_str)],
        )?;
        if changed == 0 { Err(Error::NotThere { what: "request" }) } else { Ok(()) }
    }

    /// Replaces a part of a case as a whole.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_part(&self, number: &CaseNumber, part: Part, body: &impl Serialize) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO case_part (case_number, part, personal, body, written_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (case_number, part) DO UPDATE SET body = excluded.body, written_at = excluded.written_at",
            params![number.as_str(), part.as_str(), part.personal(), to_json(part.as_str(), body)?, instant(self.at)],
        )?;
        Ok(())
    }

    /// Takes a part of a case away; it need not be there.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn drop_part(&self, number: &CaseNumber, part: Part) -> Result<(), Error> {
        self.connection.execute(
            "DELETE FROM case_part WHERE case_number = ?1 AND part = ?2",
            [number.as_str(), part.as_str()],
        )?;
        Ok(())
    }

    /// Adds decisions; a later one on the same record replaces the earlier.
    ///
    /// # Errors
    /// [`Error`] when they cannot be written.
    pub fn put_decisions(&self, number: &CaseNumber, decided: &[Decided]) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO decision (case_number, object, record_id, decision, ground, reason, decided_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (case_number, record_id) DO UPDATE SET object = excluded.object, decision = excluded.decision,
                 ground = excluded.ground, reason = excluded.reason, decided_at = excluded.decided_at",
        )?;
        for one in decided {
            statement.execute(params![
                number.as_str(),
                one.object,
                one.id.as_str(),
                word("decision", &one.decision)?,
                one.ground,
                one.reason,
                instant(self.at)
            ])?;
        }
        Ok(())
    }

    /// Takes all decisions of a case away, for a fresh locate.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn clear_decisions(&self, number: &CaseNumber) -> Result<(), Error> {
        self.connection.execute("DELETE FROM decision WHERE case_number = ?1", [number.as_str()])?;
        Ok(())
    }

    /// Shreds the personal data of a case: its personal parts, before-images, reasons and personal papers.
    ///
    /// What stays is the record of the request that the law asks to keep, the plan's ids, certificates, keyed hashes and
    /// the ledger.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is no such case.
    pub fn forget(&self, number: &CaseNumber) -> Result<(), Error> {
        let changed = self.connection.execute(
            "UPDATE case_file SET forgotten_at = ?2 WHERE number = ?1",
            params![number.as_str(), instant(self.at)],
        )?;
        if changed == 0 {
            return Err(Error::NotThere { what: "request" });
        }
        for sql in [
            "DELETE FROM case_part WHERE case_number = ?1 AND personal = 1",
            "DELETE FROM before_image WHERE case_number = ?1",
            "UPDATE decision SET reason = '' WHERE case_number = ?1",
            "UPDATE instruction SET because = '' WHERE case_number = ?1",
            // A plan keeps its steps and ids; the values that it wrote go.
            "UPDATE case_part SET body = json_set(body, '$.values', json('{}'), '$.changes', json('[]'))
             WHERE case_number = ?1 AND part = 'rehearsed'",
            "UPDATE case_event SET note = '' WHERE case_number = ?1",
            "DELETE FROM form WHERE place = ?1",
            "UPDATE document SET bytes = x'' WHERE case_number = ?1 AND personal = 1",
        ] {
            self.connection.execute(sql, [number.as_str()])?;
        }
        Ok(())
    }
}
