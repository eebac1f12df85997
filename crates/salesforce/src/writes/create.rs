//! Making records: the one write that must never go out twice.

use casework::query::Refusal;
use casework::record_id::RecordId;
use casework::write::{CreateBatch, NewRow};
use reqwest::Method;

use super::{RowResult, is_open, unknown};
use crate::client::{Failed, Org};
use crate::errors::Error;
use crate::retry::{self, BUSY_TRIES};

/// The id of the record made, or why it was not.
pub type NewOutcome = Result<RecordId, Refusal>;

impl Org {
    /// Makes the records of a batch, in one call; the rest goes on when one is refused.
    ///
    /// What was refused because of a lock is sent again up to five times. When it is not known whether the org carried a
    /// call out, nothing is sent again.
    ///
    /// # Errors
    /// [`Error::Unknown`], with the people the records are for: look for the records before trying again;
    /// [`Error::AnotherUser`].
    pub async fn create(&self, batch: &CreateBatch) -> Result<Vec<NewOutcome>, Error> {
        let _alone = self.inner.one_writer.lock().await;
        self.who_am_i().await?;
        let people: Vec<RecordId> = batch.rows().iter().map(|row| row.person.clone()).collect();
        let mut known: Vec<Option<NewOutcome>> = batch.rows().iter().map(|_| None).collect();
        for tries in 1.. {
            let open: Vec<(usize, &NewRow)> = batch
                .rows()
                .iter()
                .enumerate()
                .filter(|(place, _)| is_open(known.get(*place).and_then(Option::as_ref)))
                .collect();
            let results = match self.create_once(batch.object(), &open).await {
                Ok(results) => results,
                Err(Failed { error, perhaps_done: true }) => return Err(unknown(&people, error)),
                // Nothing was done in this round; what earlier rounds did is not lost.
                Err(Failed { .. }) if known.iter().any(Option::is_some) => break,
                Err(Failed { error, perhaps_done: false }) => return Err(error),
            };
            for ((place, _), result) in open.iter().zip(results) {
                if let Some(slot) = known.get_mut(*place) {
                    *slot = Some(result);
                }
            }
            let done = !known.iter().any(|it| is_open(it.as_ref()));
            if done || tries > BUSY_TRIES || retry::pause(tries, None, &self.inner.stop).await.is_err() {
                break;
            }
        }
        let unsaid = || Err(Error::own("NOT_DONE", "The org was too busy; the record was not made."));
        Ok(known.into_iter().map(|it| it.unwrap_or_else(unsaid)).collect())
    }

    async fn create_once(&self, object: &str, rows: &[(usize, &NewRow)]) -> Result<Vec<NewOutcome>, Failed> {
        let values = rows.iter().map(|(_, row)| (None, &row.values));
        let results = self.save_once(Method::POST, object, values).await?;
        let garbled = || Failed {
            error: Error::Garbled { what: "results that do not fit the records made" },
            perhaps_done: true,
        };
        if results.len() != rows.len() {
            return Err(garbled());
        }
        let read = |result: RowResult| match result.outcome() {
            Err(refusal) => Ok(Err(refusal)),
            Ok(id) => id.and_then(|it| RecordId::parse(&it).ok()).map(Ok).ok_or_else(garbled),
        };
        results.into_iter().map(read).collect()
    }
}
