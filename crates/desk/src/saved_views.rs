//! Filters of the list of requests that the officer kept under a name.

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::desk::Desk;
use crate::problem::Problem;

const SETTING: &str = "views.requests";
const MOST: usize = 100;
const LONGEST: usize = 200;

/// What the list of requests is narrowed to; an empty text leaves everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RequestFilter {
    /// The text that is searched for in the rows.
    pub filter: String,
    /// Of [`crate::views::RequestLine`], word for word.
    pub kind: String,
    pub stage: String,
    pub org: String,
}

/// A filter under its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedView {
    pub name: String,
    #[serde(flatten)]
    pub of: RequestFilter,
}

impl Desk {
    /// The kept filters, in the order in which they were kept.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn saved_views(&self) -> Result<Vec<SavedView>, Problem> {
        Ok(self.read(|vault| vault.setting(SETTING))?.unwrap_or_default())
    }

    /// Keeps a filter under a name that is not taken.
    ///
    /// # Errors
    /// `view_unusable` or `view_taken`; the kept filters stay as they were.
    pub fn save_view(&self, name: &str, of: &RequestFilter) -> Result<Vec<SavedView>, Problem> {
        let mut views = self.saved_views()?;
        let name = free(&views, name)?;
        let of = RequestFilter { filter: of.filter.trim().to_owned(), ..of.clone() };
        let parts = [&of.filter, &of.kind, &of.stage, &of.org];
        if of == RequestFilter::default()
            || parts.iter().any(|it| it.chars().count() > LONGEST)
            || views.len() >= MOST
        {
            return Err(unusable());
        }
        views.push(SavedView { name, of });
        self.keep_views(views)
    }

    /// Gives a kept filter another name.
    ///
    /// # Errors
    /// `unknown_view`, `view_unusable` or `view_taken`; the kept filters stay as they were.
    pub fn rename_view(&self, name: &str, to: &str) -> Result<Vec<SavedView>, Problem> {
        let mut views = self.saved_views()?;
        let at = place(&views, name)?;
        let others: Vec<SavedView> = views.iter().filter(|it| it.name != name).cloned().collect();
        let to = free(&others, to)?;
        if let Some(view) = views.get_mut(at) {
            view.name = to;
        }
        self.keep_views(views)
    }

    /// Forgets a kept filter; no request is touched.
    ///
    /// # Errors
    /// `unknown_view`; the kept filters stay as they were.
    pub fn drop_view(&self, name: &str) -> Result<Vec<SavedView>, Problem> {
        let mut views = self.saved_views()?;
        let at = place(&views, name)?;
        views.remove(at);
        self.keep_views(views)
    }

    fn keep_views(&self, views: Vec<SavedView>) -> Result<Vec<SavedView>, Problem> {
        // What a filter is called may tell of a person: the ledger counts.
        self.record_apart("views.changed", json!({ "views": views.len() }), |tx| {
            tx.put_setting(SETTING, &views)
        })?;
        Ok(views)
    }
}

/// The name as it is kept, when no other filter has it.
fn free(views: &[SavedView], name: &str) -> Result<String, Problem> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        return Err(unusable());
    }
    if views.iter().any(|it| it.name.to_lowercase() == name.to_lowercase()) {
        return Err(Problem::new(
            "view_taken",
            "Another kept filter has this name. Nothing was kept.",
            "Choose another name, or rename or forget the other one first.",
        ));
    }
    Ok(name.to_owned())
}

fn place(views: &[SavedView], name: &str) -> Result<usize, Problem> {
    views.iter().position(|it| it.name == name).ok_or_else(|| {
        Problem::new(
            "unknown_view",
            "No filter is kept under this name. Nothing was changed.",
            "Choose one of the kept filters.",
        )
    })
}

fn unusable() -> Problem {
    Problem::new(
        "view_unusable",
        "A filter needs something to narrow the list by and a name of at most 200 characters in one line, and at most 100 are kept. Nothing was kept.",
        "Mend the name, or forget a filter that is not used.",
    )
}
