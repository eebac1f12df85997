//! How far a search has come, to be looked at while it goes on and while it is stopped.

use std::sync::PoisonError;

use casework::case::CaseNumber;
use casework::locate::{Locate, LookState};
use casework::schema::Schema;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::{Calls, LocatingLine, LocatingView};

impl Desk {
    /// How far the search of this request has come; `None` when none goes on and none was stopped half-way.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn locating(&self, request: &str) -> Result<Option<LocatingView>, Problem> {
        let case = self.case(request)?;
        let live = self.locating.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((number, view)) = live
            && number == case.number
        {
            return Ok(Some(view));
        }
        let Some((mut search, spent)) = self.paused(&case)? else { return Ok(None) };
        let kept = self.read(|vault| vault.describe_cache(&case.org))?;
        let schema = kept.and_then(|kept| serde_json::from_value::<salesforce::CachedSchema>(kept.body).ok());
        Ok(schema.map(|kept| LocatingView {
            running: false,
            objects: lines(&mut search, &kept.schema),
            api_calls: Calls { forecast: None, spent },
        }))
    }
}

/// A search that goes on; when this is dropped there is nothing more to look at.
pub(super) struct Live<'a> {
    desk: &'a Desk,
    case: CaseNumber,
}

impl<'a> Live<'a> {
    pub fn begin(desk: &'a Desk, case: &CaseNumber) -> Self {
        Self { desk, case: case.clone() }
    }

    pub fn show(&self, objects: Vec<LocatingLine>, api_calls: Calls) {
        self.set(Some((self.case.clone(), LocatingView { running: true, objects, api_calls })));
    }

    fn set(&self, view: Option<(CaseNumber, LocatingView)>) {
        *self.desk.locating.lock().unwrap_or_else(PoisonError::into_inner) = view;
    }
}

impl Drop for Live<'_> {
    fn drop(&mut self) {
        self.set(None);
    }
}

pub(super) fn lines(search: &mut Locate, schema: &Schema) -> Vec<LocatingLine> {
    let line = |it: casework::locate::Looked| LocatingLine {
        object: it.object,
        label: it.label,
        state: match it.state {
            LookState::Waiting => "waiting",
            LookState::Looking => "looking",
            LookState::Looked => "looked",
        },
        records: it.records,
    };
    search.board(schema).into_iter().map(line).collect()
}
