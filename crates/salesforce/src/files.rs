//! The bodies of files.

use casework::record_id::RecordId;

use crate::client::{Call, Org, only_error};
use crate::errors::Error;
use crate::soql;

impl Org {
    /// The body of a file: `ContentVersion.VersionData`, `Attachment.Body`, `EventLogFile.LogFile`.
    ///
    /// Compare its length with the record's own: a page shown during maintenance cannot be told from a file.
    ///
    /// # Errors
    /// [`Error::TooLarge`] above `max_bytes`; [`Error::Refused`] when the file is gone or out of reach.
    pub async fn file_body(
        &self,
        object: &str,
        id: &RecordId,
        field: &str,
        max_bytes: u64,
    ) -> Result<Vec<u8>, Error> {
        let named = |name| soql::name(name).map_err(|refusal| Error::Refused { status: 400, refusal });
        let path = self.data(&format!("/sobjects/{}/{id}/{}", named(object)?, named(field)?));
        let call = Call { limit: max_bytes, ..Call::get(&path) };
        self.inner.call(&call, |reply| Ok(reply.body.clone())).await.map_err(only_error)
    }
}
