//! Many questions in few calls.

use casework::query::{Answer, Ask, Query, Refusal};
use casework::record_id::RecordId;
use casework::row::Row;

use crate::client::Org;
use crate::errors::Error;

impl Org {
    /// Asks everything in as few calls as Salesforce allows and gives each answer as soon as it is complete.
    ///
    /// `on_answer` gets the place in `asks`, at most once for each place, in any order. When the call ends early
    /// (ceiling, stop, daily limit …), answers given so far stay good and the others are asked again by the caller.
    ///
    /// # Errors
    /// As every call. A refused question is no error: it is that question's answer.
    pub async fn ask(
        &self,
        asks: &[Ask],
        on_answer: &mut (dyn FnMut(usize, Result<Answer, Refusal>) + Send),
    ) -> Result<(), Error> {
        let _ = (asks, on_answer);
        Err(Error::Stopped)
    }

    /// The records of these ids, rows in the bin included. Ids that the org does not show are absent.
    ///
    /// # Errors
    /// As every call; [`Error::Refused`] when the org refuses the question.
    pub async fn read(&self, object: &str, ids: &[RecordId], fields: &[String]) -> Result<Vec<Row>, Error> {
        let _ = (object, ids, fields);
        Err(Error::Stopped)
    }

    /// Reads a whole object through Bulk API 2.0, page by page; gives the number of rows.
    ///
    /// Null and empty are the same here, every value is text, and children are not possible.
    /// An error of `on_rows` (the disk is full …) ends the reading.
    ///
    /// # Errors
    /// As every call.
    pub async fn ask_large(
        &self,
        query: &Query,
        on_rows: &mut (dyn FnMut(Vec<Row>) -> Result<(), Error> + Send),
    ) -> Result<u64, Error> {
        let _ = (query, on_rows);
        Err(Error::Stopped)
    }

    /// The body of a file: `ContentVersion.VersionData`, `Attachment.Body`, `EventLogFile.LogFile`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] above `max_bytes`.
    pub async fn file_body(
        &self,
        object: &str,
        id: &RecordId,
        field: &str,
        max_bytes: u64,
    ) -> Result<Vec<u8>, Error> {
        let _ = (object, id, field, max_bytes);
        Err(Error::Stopped)
    }
}
