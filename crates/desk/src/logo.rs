//! The business's logo: kept in the vault, at the head of every letter.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use papers::letter::Logo;
use serde::Serialize;
use serde_json::{Value, json};
use ts_rs::TS;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::troubles;

const SETTING: &str = "business.logo";

/// The logo as letters show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogoView {
    /// In pixels.
    #[ts(type = "number")]
    pub width: usize,
    #[ts(type = "number")]
    pub height: usize,
    /// The PNG file, as base64.
    pub png: String,
}

impl Desk {
    /// The logo, where one was taken.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn logo(&self) -> Result<Option<LogoView>, Problem> {
        let Some(png) = self.text_setting(SETTING)? else { return Ok(None) };
        Ok(self.logo_on_letters()?.map(|it| LogoView { width: it.width, height: it.height, png }))
    }

    /// Takes a PNG file as the logo, or takes the logo away. Letters that were written stay as they are.
    ///
    /// # Errors
    /// `logo_unusable` when it is no readable PNG or too large; the logo is as it was.
    pub fn set_logo(&self, png: Option<&[u8]>) -> Result<Option<LogoView>, Problem> {
        let value = match png {
            None => Value::Null,
            Some(bytes) => {
                Logo::of(bytes).map_err(|_| unusable())?;
                Value::from(STANDARD.encode(bytes))
            }
        };
        let detail = json!({ "setting": SETTING, "sha256": png.map(crate::ledger::sha256) });
        self.record_apart("settings.changed", detail, |tx| tx.put_setting(SETTING, &value))?;
        self.logo()
    }

    /// The logo as papers take it.
    pub(crate) fn logo_on_letters(&self) -> Result<Option<Logo>, Problem> {
        let Some(text) = self.text_setting(SETTING)? else { return Ok(None) };
        let png = STANDARD.decode(text).map_err(|_| unusable())?;
        Logo::of(&png).map(Some).map_err(|error| troubles::paper(&error))
    }
}

fn unusable() -> Problem {
    Problem::new(
        "logo_unusable",
        "This file cannot be the logo. Nothing was changed.",
        "Choose a PNG picture of at most 1,200 by 600 pixels and 512 KB.",
    )
}
