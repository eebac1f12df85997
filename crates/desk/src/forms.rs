//! Forms of the window that are not finished, kept as they are typed.

use serde_json::Value;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::vaults;

/// A pasted letter fits; a file does not.
const LONGEST: usize = 1 << 20;

impl Desk {
    /// A form as it was left; `None` when nothing was typed, or it is done. `place` is the number of a request or incident, or empty.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn kept_form(&self, place: &str, name: &str) -> Result<Option<Value>, Problem> {
        self.read(|vault| vault.form(place, name))
    }

    /// Keeps a form as it stands; `None` forgets it.
    ///
    /// # Errors
    /// `form_unusable` when it is larger than a form can be, or a [`Problem`] when the vault cannot be written; then the form is as it was.
    pub fn keep_form(&self, place: &str, name: &str, body: Option<&Value>) -> Result<(), Problem> {
        let size = place.len() + name.len() + body.map_or(0, |it| it.to_string().len());
        if name.is_empty() || size > LONGEST {
            return Err(Problem::new(
                "form_unusable",
                "What was typed is longer than a form can keep. The last of it is on the screen only.",
                "Shorten it, or finish before leaving the screen.",
            ));
        }
        self.hold().keep_form(place, name, body).map_err(|error| vaults::problem(&error))
    }
}
