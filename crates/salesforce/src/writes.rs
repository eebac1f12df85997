//! The writes: nothing goes out without a batch from an approved plan.

use casework::query::Refusal;
use casework::record_id::RecordId;
use casework::write::WriteBatch;

use crate::client::Org;
use crate::errors::Error;

/// What became of one record of a batch.
pub type RowOutcome = (RecordId, Result<(), Refusal>);

impl Org {
    /// Deletes to the bin: one call per batch, the rest of the batch goes on when one record is refused.
    ///
    /// Locked rows are tried again up to five times. `ENTITY_IS_DELETED` says that the record was gone already.
    ///
    /// # Errors
    /// [`Error::Unknown`] when the outcome must be asked for; [`Error::AnotherUser`], [`Error::WrongDeed`].
    pub async fn delete(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        let _ = batch;
        Err(Error::Stopped)
    }

    /// Writes the values of a blank or replace batch.
    ///
    /// # Errors
    /// As [`Org::delete`].
    pub async fn update(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        let _ = batch;
        Err(Error::Stopped)
    }

    /// Deletes live records past the bin, by a Bulk job.
    ///
    /// # Errors
    /// [`Error::HardDeleteNotAllowed`]: nothing was deleted, use [`Org::delete`] and [`Org::empty_bin`].
    pub async fn hard_delete(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        let _ = batch;
        Err(Error::Stopped)
    }

    /// Takes records out of the bin for good. Children that a cascade took along have no entry of their own there:
    /// leave them out, they go with their parent.
    ///
    /// # Errors
    /// As [`Org::delete`].
    pub async fn empty_bin(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        let _ = batch;
        Err(Error::Stopped)
    }

    /// Brings records back from the bin, with what a cascade took along.
    ///
    /// # Errors
    /// As [`Org::delete`].
    pub async fn undelete(&self, batch: &WriteBatch) -> Result<Vec<RowOutcome>, Error> {
        let _ = batch;
        Err(Error::Stopped)
    }
}
