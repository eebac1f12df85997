//! The practice org that the window itself serves: it stands at another address each time the window starts.

use serde_json::json;
use vault::Token;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::OrgLine;

/// The name under which a practice vault knows the built-in org.
const NAME: &str = "practice";
const SETTING: &str = "practice.built_in_org";

impl Desk {
    /// Whether this vault works on the practice org that the window serves.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn wants_practice_org(&self) -> Result<bool, Problem> {
        Ok(self.practice() && self.read(|vault| vault.setting::<bool>(SETTING))?.unwrap_or(false))
    }

    /// Connects the practice org that was just started on this machine, or follows it to its new address.
    ///
    /// # Errors
    /// `practice_only` in a vault for real people; a [`Problem`] when the org does not answer.
    pub async fn join_practice_org(
        &self,
        instance_url: &str,
        access_token: &str,
    ) -> Result<OrgLine, Problem> {
        if !self.practice() {
            return Err(Problem::new(
                "practice_only",
                "This vault is for real people; the practice org belongs in a practice vault. No org was added.",
                "Create a practice vault first.",
            ));
        }
        if let Ok(mut known) = self.org_file(NAME) {
            known.instance_url = instance_url.trim_end_matches('/').to_owned();
            known.access_token = Some(Token::new(access_token.to_owned()));
            known.refresh_token = None;
            self.record_apart("org.moved", json!({ "org": known.org_id }), |tx| tx.change_org(&known))?;
            return Ok(crate::orgs::line(&known));
        }
        let line = self.add_org(NAME, instance_url, access_token.to_owned(), None).await?;
        self.record_apart("setting.changed", json!({ "setting": SETTING }), |tx| {
            tx.put_setting(SETTING, &true)
        })?;
        Ok(line)
    }
}
