//! What the officer may set: business details, region, zone, placeholders. Each has a default that is honest.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use papers::letter::{Language, phrase};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::updates;
use crate::views::{SettingLine, SettingsView};

/// What an officer can set as text, and what it is for. A key ending in `.es` is the same for Spanish letters.
const KEYS: [(&str, &str); 22] = [
    ("business.name", "legal name of the business, on every paper"),
    ("business.address", "its postal address, in letters"),
    ("business.contact", "how it is reached about privacy: address, email, toll-free number"),
    ("business.zone", "its time zone, like America/Los_Angeles; days of law are days of this zone"),
    ("business.privacy_policy", "where its privacy policy describes what is collected"),
    ("business.appeal", "how a consumer can ask to look at a decision again"),
    ("privacy.sources", "categories of sources of personal information, one a line"),
    ("privacy.purposes", "purposes for collecting, selling or sharing it, one a line"),
    ("privacy.third_parties", "categories of third parties to whom it is disclosed, one a line"),
    (
        "privacy.sold_or_shared",
        "each category sold or shared, and to which third parties, one a line; or none",
    ),
    ("privacy.disclosed", "each category disclosed for a business purpose, and to whom, one a line; or none"),
    (
        "privacy.recipients_told",
        "which service providers, contractors and third parties are told to do the same",
    ),
    ("privacy.opt_out_how", "how a consumer opts out of sale and sharing"),
    ("drp.business_id", "our id in the service directory of the Data Rights Protocol"),
    (
        "policy.second_approval",
        "`on`: a plan is carried out only after two people approved it under their own names; else `off`",
    ),
    (
        "retention.before_image_days",
        "days for which a deleted record stays readable in this vault, 0 to 365; 30 unless set",
    ),
    (
        "retention.records_months",
        "months for which the record of a request is kept after the answer, 24 to 240; 24 unless set, and never less (Cal. Code Regs., tit. 11, § 7101)",
    ),
    (
        "lock.idle_minutes",
        "minutes without a touch after which the window locks: 5, 10, 15, 30 or 60; 10 unless set",
    ),
    ("phones.region", "where phone numbers without a country code are dialled, like US"),
    ("network.proxy", "proxy for calls to Salesforce"),
    (
        updates::ADDRESS,
        "where the publisher's notice of the newest version stands; without it nobody is ever asked",
    ),
    (updates::KEY, "the publisher's Ed25519 public key (PEM): only a notice that it signed is believed"),
];
const LONGEST: usize = 8_000;

impl Desk {
    /// Every setting with its value; `null` is not set.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn settings(&self) -> Result<SettingsView, Problem> {
        let settings = KEYS
            .iter()
            .map(|(key, about)| {
                Ok(SettingLine {
                    setting: (*key).to_owned(),
                    value: self.text_setting(key)?,
                    about: (*about).to_owned(),
                    value_es: self.text_setting(&format!("{key}.es"))?,
                })
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        Ok(SettingsView { settings })
    }

    /// Sets one setting; an empty text takes it away. `\n` in the text is a line break.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was changed.
    pub fn set(&self, key: &str, text: &str) -> Result<SettingsView, Problem> {
        let plain = key.strip_suffix(".es").unwrap_or(key);
        if !KEYS.iter().any(|(known, _)| *known == plain) {
            let keys: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
            return Err(Problem::new(
                "usage",
                format!("There is no setting {key:?}. Nothing was changed."),
                format!("Settings are {}; add .es for Spanish letters.", keys.join(", ")),
            ));
        }
        let text = text.replace("\\n", "\n").trim().to_owned();
        if let Some(wanted) = unfit(key, &text) {
            return Err(Problem::new(
                "setting_unusable",
                format!("This cannot be the value of {key}. Nothing was changed."),
                wanted,
            ));
        }
        let mut detail = json!({ "setting": key });
        // A policy is no secret, and when it held is part of the evidence.
        if let Some(map) = detail.as_object_mut().filter(|_| is_policy(key)) {
            map.insert("value".into(), Value::from(text.as_str()));
        }
        let value = if text.is_empty() { Value::Null } else { Value::from(text) };
        self.record_apart("settings.changed", detail, |tx| tx.put_setting(key, &value))?;
        self.settings()
    }

    fn setting(&self, key: &str) -> Result<Option<Value>, Problem> {
        self.read(|vault| vault.setting(key))
    }

    pub(crate) fn text_setting(&self, key: &str) -> Result<Option<String>, Problem> {
        Ok(self.setting(key)?.and_then(|value| value.as_str().map(str::to_owned)))
    }

    /// The business's name on papers.
    pub(crate) fn business(&self) -> Result<String, Problem> {
        let unnamed = || match self.practice() {
            true => phrase(Language::English, "practice", "business.name"),
            false => "The business".to_owned(),
        };
        Ok(self.text_setting("business.name")?.unwrap_or_else(unnamed))
    }

    /// How a decision can be looked at again inside the business (Civ. Code § 1798.145(h)(2)).
    pub(crate) fn appeal_route(&self) -> Result<String, Problem> {
        Ok(match self.text_setting("business.appeal")? {
            Some(route) => route,
            None => format!(
                "You may ask us to look at this decision again. Write to {} and give the reference of your request.",
                self.text_setting("business.contact")?.unwrap_or_else(|| "us".to_owned())
            ),
        })
    }

    /// Our id in the service directory of the Data Rights Protocol.
    pub(crate) fn protocol_id(&self) -> Result<Option<String>, Problem> {
        self.text_setting("drp.business_id")
    }

    /// The business's time zone; days of law are days of this zone.
    pub(crate) fn zone(&self) -> Result<Tz, Problem> {
        let name = self.text_setting("business.zone")?.unwrap_or_else(|| "America/Los_Angeles".to_owned());
        name.parse().map_err(|_| {
            Problem::new(
                "zone",
                "The time zone in the settings is not known. Nothing was done.",
                "Use a name like America/Los_Angeles.",
            )
        })
    }

    /// Where phone numbers without a country code are dialled.
    pub(crate) fn region(&self) -> Result<String, Problem> {
        Ok(self.text_setting("phones.region")?.unwrap_or_else(|| "US".to_owned()))
    }

    pub(crate) fn proxy(&self) -> Result<Option<String>, Problem> {
        self.text_setting("network.proxy")
    }

    /// What blanking and replacing write, by object and field, over the program's own defaults.
    pub(crate) fn placeholders(&self) -> Result<BTreeMap<String, BTreeMap<String, Value>>, Problem> {
        let kept = self.setting("placeholders")?.unwrap_or(Value::Null);
        Ok(serde_json::from_value(kept).unwrap_or_default())
    }

    /// Days for which the image of a record before its deletion stays sealed in the vault.
    pub(crate) fn before_image_days(&self) -> Result<u64, Problem> {
        Ok(self.number_setting("retention.before_image_days")?.unwrap_or(30))
    }

    /// Months for which the officer keeps the record of a request; the law's months hold where they are more.
    pub(crate) fn records_months(&self) -> Result<Option<u32>, Problem> {
        Ok(self.number_setting("retention.records_months")?.and_then(|it| u32::try_from(it).ok()))
    }

    fn number_setting(&self, key: &str) -> Result<Option<u64>, Problem> {
        Ok(self.text_setting(key)?.and_then(|text| text.parse().ok()))
    }
}

fn is_policy(key: &str) -> bool {
    ["policy.", "retention.", "lock."].iter().any(|room| key.starts_with(room))
}

/// What a value has to look like, where the text cannot be one; no text takes the setting away.
fn unfit(key: &str, text: &str) -> Option<&'static str> {
    let within = |bounds: std::ops::RangeInclusive<u64>| text.parse().is_ok_and(|it| bounds.contains(&it));
    let (fits, wanted) = match key {
        _ if text.is_empty() => return None,
        "business.zone" => (text.parse::<Tz>().is_ok(), "A time zone looks like America/Los_Angeles."),
        "policy.second_approval" => (matches!(text, "on" | "off"), "Give on or off."),
        "lock.idle_minutes" => {
            (["5", "10", "15", "30", "60"].contains(&text), "Give 5, 10, 15, 30 or 60 minutes.")
        }
        "retention.before_image_days" => (within(0..=365), "Give a whole number of days from 0 to 365."),
        "retention.records_months" => (
            within(24..=240),
            "Give a whole number of months from 24 to 240: the regulations ask for at least 24 months (Cal. Code Regs., tit. 11, § 7101).",
        ),
        updates::ADDRESS => (
            salesforce::file_address(text).is_ok() && text.len() <= LONGEST,
            "Give the address of a file that begins with https://.",
        ),
        updates::KEY => (
            papers::release::is_key(text),
            "Give the key as openssl writes it: three lines from BEGIN PUBLIC KEY to END PUBLIC KEY, of the kind Ed25519.",
        ),
        _ => (text.len() <= LONGEST, "Give at most 8,000 characters."),
    };
    (!fits).then_some(wanted)
}

#[cfg(test)]
mod tests {
    use super::unfit;

    #[test]
    fn policies_and_retention_take_only_what_they_can_mean() {
        for (key, good, bad) in [
            ("policy.second_approval", &["on", "off", ""][..], &["yes", "ON", "1"][..]),
            ("retention.before_image_days", &["0", "30", "365", ""], &["-1", "366", "a month", "1.5"]),
            ("retention.records_months", &["24", "36", "240", ""], &["23", "0", "241", "two years"]),
            ("lock.idle_minutes", &["5", "10", "60", ""], &["0", "-5", "never", "100000"]),
            ("business.zone", &["America/Los_Angeles"], &["Pacific"]),
            (
                "updates.address",
                &["https://example.com/habeas.json", "http://127.0.0.1:8000/habeas.json", ""],
                &[
                    "example.com",
                    "http://example.com/habeas.json",
                    "https://me:word@example.com/",
                    "file:///etc/passwd",
                ],
            ),
            ("updates.key", &[""], &["-----BEGIN PUBLIC KEY-----", "a key"]),
            ("business.name", &["Example Company"], &[]),
        ] {
            assert!(good.iter().all(|it| unfit(key, it).is_none()), "{key}");
            assert!(bad.iter().all(|it| unfit(key, it).is_some()), "{key}");
        }
        assert!(unfit("business.name", &"x".repeat(8_001)).is_some());
    }
}
