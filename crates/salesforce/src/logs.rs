//! Rows of logs: read as they come, one JSON document a line. Some of these objects have no ids.

use casework::query::Query;
use serde::Deserialize;
use serde_json::Value;

use crate::client::{Call, Org, only_error};
use crate::errors::Error;
use crate::soql;

/// More pages than this have no end.
const MOST_PAGES: usize = 20_000;

#[derive(Deserialize)]
struct Page {
    records: Vec<Value>,
    #[serde(rename = "nextRecordsUrl")]
    next: Option<String>,
}

impl Org {
    /// The rows of an object as JSON lines, `attributes` included.
    ///
    /// # Errors
    /// As every call; [`Error::Refused`] when the org refuses the question.
    pub async fn lines(&self, query: &Query) -> Result<Vec<u8>, Error> {
        let statement = soql::statement(query).map_err(|refusal| Error::Refused { status: 400, refusal })?;
        let first = self.data(&format!("/query?q={}", soql::encoded(&statement)));
        self.pages(first).await
    }

    /// The list of Bulk API 2.0 query jobs of the last seven days, as JSON lines.
    ///
    /// # Errors
    /// As every call.
    pub async fn bulk_job_lines(&self) -> Result<Vec<u8>, Error> {
        self.pages(self.data("/jobs/query")).await
    }

    async fn pages(&self, first: String) -> Result<Vec<u8>, Error> {
        let (mut path, mut lines) = (first, Vec::new());
        for _ in 0..MOST_PAGES {
            let page: Page = self.json(&Call::get(&path)).await.map_err(only_error)?;
            for record in page.records {
                lines.extend(record.to_string().into_bytes());
                lines.push(b'\n');
            }
            match page.next {
                Some(next) if next != path => path = next,
                Some(_) => break,
                None => return Ok(lines),
            }
        }
        Err(Error::Garbled { what: "pages that never end" })
    }
}
