//! Our own records: what we keep about requests, found by person, and ended when the law lets them end.

use casework::case::RequestKind;
use chrono::{Months, NaiveDate};
use serde_json::json;
use vault::CaseFile;

use crate::desk::Desk;
use crate::duties::answered_at;
use crate::problem::Problem;
use crate::requests::read_subject;
use crate::views::asking::{FoundLine, FoundView, KeptLine, SweptView};

impl Desk {
    /// Every request and paper of ours about a person, recognised by keyed hashes.
    ///
    /// # Errors
    /// A [`Problem`] when the subject or the vault cannot be read.
    pub fn find_records(&self, subject: &[u8]) -> Result<FoundView, Problem> {
        let subject = read_subject(subject).map_err(|error| {
            Problem::new(
                "subject_unusable",
                format!("The subject file cannot be used: {error}. Nothing was looked for."),
                "Mend subject.json.",
            )
        })?;
        let mut records = Vec::new();
        for (case, same) in self.cases_of(&subject)? {
            let papers = self.read(|vault| vault.documents(&case.number))?;
            let (parts, events) =
                self.read(|vault| Ok((vault.part_names(&case.number)?, vault.events(&case.number)?.len())))?;
            records.push(FoundLine {
                line: self.earlier_line(&case, &same)?,
                holds: parts,
                papers: papers.iter().map(|it| format!("{} of {}", it.name, it.at)).collect(),
                events: u64::try_from(events).unwrap_or(u64::MAX),
                keep_until: self.keep_until(&case)?,
            });
        }
        Ok(FoundView { records })
    }

    /// Ends the records whose time is over: everything gathered goes, the ledger and the bare dates stay.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was shredded.
    pub fn sweep_records(&self) -> Result<SweptView, Problem> {
        let today = self.today()?;
        let (mut due, mut kept) = (Vec::new(), Vec::new());
        for case in self.read(|vault| vault.cases())?.into_iter().filter(|it| it.shredded_at.is_none()) {
            match self.keep_until(&case)? {
                Some(until) if until < today => due.push(case),
                until => kept.push(KeptLine { request: case.number.to_string(), keep_until: until }),
            }
        }
        let numbers: Vec<String> = due.iter().map(|it| it.number.to_string()).collect();
        let mut images = 0;
        self.hold()
            .deed_telling(self.now(), None, "records.swept", |tx| {
                for case in &due {
                    // A record may be kept so that what was deleted stays deleted (§ 7022(e)): hashes only.
                    tx.shred_record(&case.number, case.kind == RequestKind::Delete)?;
                }
                images = tx.shred_due()?;
                Ok(((), json!({ "requests": numbers, "before_images": images })))
            })
            .map_err(|error| crate::vaults::problem(&error))?;
        Ok(SweptView { shredded: numbers, before_images: images, kept })
    }

    /// The last day on which the record of a request must be kept; `None` while it is open.
    fn keep_until(&self, case: &CaseFile) -> Result<Option<NaiveDate>, Problem> {
        let Some(closed) = case.closed_at.as_deref() else { return Ok(None) };
        let last = answered_at(case).map_or(closed, |it| it.max(closed));
        let book = law::book()
            .map_err(|error| Problem::new("law_file", format!("{error}."), "Install the program again."))?;
        let kept = book.keep_until(self.local_day(last)?).map_err(|error| {
            Problem::new("no_rule", error.to_string(), "Keep the records, and ask counsel for how long.")
        })?;
        // The officer may keep records longer than the law asks, never shorter.
        let longer = self.records_months()?.map_or(0, |it| it.saturating_sub(kept.months));
        Ok(kept.until.checked_add_months(Months::new(longer)))
    }
}
