//! What came of an incident: the people behind its records, and every assessment.

use casework::case::CaseNumber;
use casework::incident::scope::PersonFile;
use rusqlite::params;
use serde_json::Value;

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, instant, to_json};

impl Reader<'_> {
    /// The people of an incident's scope, in their order.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn incident_people(
        &self,
        number: &CaseNumber,
        each: &mut dyn FnMut(PersonFile),
    ) -> Result<(), Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT body FROM incident_person WHERE incident = ?1 ORDER BY n")?;
        let mut rows = statement.query([number.as_str()])?;
        while let Some(row) = rows.next()? {
            each(from_json("person", &row.get::<_, String>(0)?)?);
        }
        Ok(())
    }

    /// Every assessment of an incident with its time (UTC, RFC 3339), oldest first.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn incident_assessments(&self, number: &CaseNumber) -> Result<Vec<(String, Value)>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT at, body FROM incident_assessment WHERE incident = ?1 ORDER BY n")?;
        let mut rows = statement.query([number.as_str()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push((row.get(0)?, from_json("assessment", &row.get::<_, String>(1)?)?));
        }
        Ok(all)
    }
}

impl Tx<'_> {
    /// Replaces the people of an incident.
    ///
    /// # Errors
    /// [`Error`] when they cannot be written.
    pub fn put_incident_people(
        &self,
        number: &CaseNumber,
        people: impl Iterator<Item = PersonFile>,
    ) -> Result<(), Error> {
        self.connection.execute("DELETE FROM incident_person WHERE incident = ?1", [number.as_str()])?;
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO incident_person (incident, n, body) VALUES (?1, ?2, ?3)")?;
        for (n, person) in people.enumerate() {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            statement.execute(params![number.as_str(), n, to_json("person", &person)?])?;
        }
        Ok(())
    }

    /// Adds an assessment, at the time of the deed.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn add_incident_assessment(&self, number: &CaseNumber, body: &Value) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO incident_assessment (incident, body, at) VALUES (?1, ?2, ?3)",
            params![number.as_str(), to_json("assessment", body)?, instant(self.at)],
        )?;
        Ok(())
    }
}
