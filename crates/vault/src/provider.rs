//! The register of service providers, contractors and third parties, and what each was told about a case.

use casework::case::CaseNumber;
use casework::provider::{Instruction, Provider};
use rusqlite::{Row, params};

use crate::deed::{Reader, Tx};
use crate::error::Error;
use crate::sql::{from_json, from_word, instant, to_json, word};

const COLUMNS: &str = "name, role, contract, channel, consumer_key, systems, confirm_within_days";

fn provider(row: &Row<'_>) -> Result<Provider, Error> {
    Ok(Provider {
        name: row.get(0)?,
        role: from_word("provider", &row.get::<_, String>(1)?)?,
        contract: row.get(2)?,
        channel: row.get(3)?,
        consumer_key: from_word("provider", &row.get::<_, String>(4)?)?,
        systems: from_json("provider", &row.get::<_, String>(5)?)?,
        confirm_within_days: row.get(6)?,
    })
}

impl Reader<'_> {
    /// Everybody in the register, by name.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn providers(&self) -> Result<Vec<Provider>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM provider WHERE removed_at IS NULL ORDER BY name"
        ))?;
        let mut rows = statement.query([])?;
        let mut providers = Vec::new();
        while let Some(row) = rows.next()? {
            providers.push(provider(row)?);
        }
        Ok(providers)
    }

    /// What recipients were told about a case, by name.
    ///
    /// # Errors
    /// [`Error`] when the file cannot be read.
    pub fn instructions(&self, number: &CaseNumber) -> Result<Vec<Instruction>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT provider, role, action, sent_at, confirm_by, letter, answer, answered_at, because
             FROM instruction WHERE case_number = ?1 ORDER BY provider",
        )?;
        let mut rows = statement.query([number.as_str()])?;
        let mut instructions = Vec::new();
        while let Some(row) = rows.next()? {
            let answer: Option<String> = row.get(6)?;
            instructions.push(Instruction {
                provider: row.get(0)?,
                role: from_word("instruction", &row.get::<_, String>(1)?)?,
                action: from_word("instruction", &row.get::<_, String>(2)?)?,
                sent_at: row.get(3)?,
                confirm_by: from_word("instruction", &row.get::<_, String>(4)?)?,
                letter: row.get(5)?,
                answer: answer.map(|it| from_word("instruction", &it)).transpose()?,
                answered_at: row.get(7)?,
                because: row.get(8)?,
            });
        }
        Ok(instructions)
    }
}

impl Tx<'_> {
    /// Adds a recipient to the register. One that was removed comes back with what is said now.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when the name is in the register.
    pub fn add_provider(&self, it: &Provider) -> Result<(), Error> {
        if self.providers()?.iter().any(|known| known.name.eq_ignore_ascii_case(&it.name)) {
            return Err(Error::AlreadyThere { what: "provider" });
        }
        self.connection.execute(
            &format!(
                "INSERT INTO provider ({COLUMNS}, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (name) DO UPDATE SET role = excluded.role, contract = excluded.contract,
                     channel = excluded.channel, consumer_key = excluded.consumer_key, systems = excluded.systems,
                     confirm_within_days = excluded.confirm_within_days, added_at = excluded.added_at, removed_at = NULL"
            ),
            params![
                it.name,
                word("provider", &it.role)?,
                it.contract,
                it.channel,
                word("provider", &it.consumer_key)?,
                to_json("provider", &it.systems)?,
                it.confirm_within_days,
                instant(self.at)
            ],
        )?;
        Ok(())
    }

    /// Replaces what the register says about a recipient.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the register holds no such name.
    pub fn change_provider(&self, it: &Provider) -> Result<(), Error> {
        let changed = self.connection.execute(
            "UPDATE provider SET role = ?2, contract = ?3, channel = ?4, consumer_key = ?5, systems = ?6,
                 confirm_within_days = ?7 WHERE name = ?1 AND removed_at IS NULL",
            params![
                it.name,
                word("provider", &it.role)?,
                it.contract,
                it.channel,
                word("provider", &it.consumer_key)?,
                to_json("provider", &it.systems)?,
                it.confirm_within_days
            ],
        )?;
        if changed == 0 { Err(Error::NotThere { what: "provider" }) } else { Ok(()) }
    }

    /// # Errors
    /// [`Error::NotThere`] when the register holds no such name.
    pub fn remove_provider(&self, name: &str) -> Result<(), Error> {
        let changed = self.connection.execute(
            "UPDATE provider SET removed_at = ?2 WHERE name = ?1 AND removed_at IS NULL",
            params![name, instant(self.at)],
        )?;
        if changed == 0 { Err(Error::NotThere { what: "provider" }) } else { Ok(()) }
    }

    /// Keeps what a recipient was told, or what it answered.
    ///
    /// # Errors
    /// [`Error`] when it cannot be written.
    pub fn put_instruction(&self, number: &CaseNumber, it: &Instruction) -> Result<(), Error> {
        self.connection.execute(
            "INSERT INTO instruction
                 (case_number, provider, role, action, sent_at, confirm_by, letter, answer, answered_at, because)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (case_number, provider) DO UPDATE SET role = excluded.role, action = excluded.action,
                 sent_at = excluded.sent_at, confirm_by = excluded.confirm_by, letter = excluded.letter,
                 answer = excluded.answer, answered_at = excluded.answered_at, because = excluded.because",
            params![
                number.as_str(),
                it.provider,
                word("instruction", &it.role)?,
                word("instruction", &it.action)?,
                it.sent_at,
                it.confirm_by.to_string(),
                it.letter,
                it.answer.as_ref().map(|answer| word("instruction", answer)).transpose()?,
                it.answered_at,
                it.because
            ],
        )?;
        Ok(())
    }
}
