//! What the officer may set: business details, region, zone, placeholders. Each has a default that is honest.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde_json::Value;

use crate::desk::Desk;
use crate::problem::Problem;

impl Desk {
    fn setting(&self, key: &str) -> Result<Option<Value>, Problem> {
        self.read(|vault| vault.setting(key))
    }

    fn text_setting(&self, key: &str) -> Result<Option<String>, Problem> {
        Ok(self.setting(key)?.and_then(|value| value.as_str().map(str::to_owned)))
    }

    /// The business's name on papers.
    pub(crate) fn business(&self) -> Result<String, Problem> {
        Ok(self.text_setting("business.name")?.unwrap_or_else(|| "The business".to_owned()))
    }

    /// How the business is reached, for letters.
    pub(crate) fn business_contact(&self) -> Result<String, Problem> {
        Ok(self.text_setting("business.contact")?.unwrap_or_else(|| "privacy office".to_owned()))
    }

    pub(crate) fn business_address(&self) -> Result<String, Problem> {
        Ok(self.text_setting("business.address")?.unwrap_or_else(|| "(address on file)".to_owned()))
    }

    /// How a decision can be looked at again inside the business (Civ. Code § 1798.145(h)(2)).
    pub(crate) fn appeal_route(&self) -> Result<String, Problem> {
        Ok(match self.text_setting("business.appeal")? {
            Some(route) => route,
            None => format!(
                "You may ask us to look at this decision again. Write to {} and give the reference of your request.",
                self.business_contact()?
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
        Ok(self.setting("retention.before_image_days")?.and_then(|value| value.as_u64()).unwrap_or(30))
    }
}
