//! The facts of a request, read strictly.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::Kind;
use crate::facts::{Count, FactsProblem, Moment, Zone, read};

/// What is known of a request. An event that is `None` has not happened; a property that is `None` is not known.
pub(super) struct Facts {
    pub kind: Kind,
    pub zone: Zone,
    pub today: Option<NaiveDate>,
    pub received: Option<Moment>,
    pub acknowledged: Option<Moment>,
    pub answered: Option<Moment>,
    pub extension_notice: Option<Moment>,
    pub earlier: Vec<Earlier>,
    pub requester: Requester,
    pub matched_points: Option<u64>,
    pub signed_declaration: Option<bool>,
    pub range_from: Option<NaiveDate>,
    pub range_to: Option<NaiveDate>,
    pub hold: Option<Hold>,
}

/// A request the same person made before.
pub(super) struct Earlier {
    pub kind: Kind,
    pub received: Option<Moment>,
    pub decided: Option<Moment>,
    pub outcome: Option<Outcome>,
    pub rediscovery_after_correction: Option<bool>,
    pub same_matter: Option<bool>,
    pub new_documents: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Answered,
    Denied,
}

/// Who asks.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Requester {
    pub account_holder: Option<bool>,
    pub via: Option<Via>,
    pub age_band: Option<AgeBand>,
    pub household: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Via {
    #[serde(rename = "self")]
    Oneself,
    Agent,
    Parent,
    Signal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum AgeBand {
    #[serde(rename = "adult")]
    Adult,
    #[serde(rename = "13-15")]
    From13To15,
    #[serde(rename = "under-13")]
    Under13,
}

/// A direction of law enforcement not to delete, with its renewals.
pub(super) struct Hold {
    pub directed: Vec<Moment>,
    pub released: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "family")]
    _family: String,
    kind: Kind,
    zone: Option<String>,
    today: Option<String>,
    received_at: Option<String>,
    acknowledged_at: Option<String>,
    answered_at: Option<String>,
    extension_notice_sent_at: Option<String>,
    earlier_requests: Option<Vec<WrittenEarlier>>,
    requester: Option<Requester>,
    matched_points: Option<Count>,
    signed_declaration: Option<bool>,
    range: Option<WrittenRange>,
    law_enforcement_hold: Option<WrittenHold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEarlier {
    kind: Kind,
    received_at: Option<String>,
    decided_at: Option<String>,
    outcome: Option<Outcome>,
    rediscovery_after_correction: Option<bool>,
    same_matter: Option<bool>,
    new_documents: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRange {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHold {
    from: String,
    renewed_at: Option<Vec<String>>,
    released_at: Option<String>,
}

impl Facts {
    pub(super) fn read(value: &Value) -> Result<Self, FactsProblem> {
        let it: Written = read(value)?;
        let zone = Zone::read(it.zone.as_deref())?;
        let range = it.range.unwrap_or_default();
        let facts = Self {
            kind: it.kind,
            zone,
            today: zone.day("today", it.today.as_deref())?,
            received: zone.event("received_at", it.received_at.as_deref())?,
            acknowledged: zone.event("acknowledged_at", it.acknowledged_at.as_deref())?,
            answered: zone.event("answered_at", it.answered_at.as_deref())?,
            extension_notice: zone
                .event("extension_notice_sent_at", it.extension_notice_sent_at.as_deref())?,
            earlier: it
                .earlier_requests
                .unwrap_or_default()
                .into_iter()
                .enumerate()
                .map(|(n, earlier)| earlier.read(n, zone))
                .collect::<Result<_, _>>()?,
            requester: it.requester.unwrap_or_default(),
            matched_points: it.matched_points.map(|Count(points)| points),
            signed_declaration: it.signed_declaration,
            range_from: zone.day("range.from", range.from.as_deref())?,
            range_to: zone.day("range.to", range.to.as_deref())?,
            hold: it.law_enforcement_hold.map(|hold| hold.read(zone)).transpose()?,
        };
        facts.fits()?;
        Ok(facts)
    }

    /// Refuses facts that contradict each other.
    fn fits(&self) -> Result<(), FactsProblem> {
        for (at, event) in [
            ("acknowledged_at", self.acknowledged),
            ("answered_at", self.answered),
            ("extension_notice_sent_at", self.extension_notice),
        ] {
            let Some(event) = event else { continue };
            match self.received {
                None => {
                    return Err(FactsProblem::fact(at, "`received_at` is missing, so nothing can follow it"));
                }
                Some(received) if event.on < received.on => {
                    return Err(FactsProblem::fact(
                        at,
                        format!("{} lies before the request was received on {}", event.on, received.on),
                    ));
                }
                Some(_) => {}
            }
        }
        if self.range_from.zip(self.range_to).is_some_and(|(from, to)| to < from) {
            return Err(FactsProblem::fact("range", "it ends before it begins"));
        }
        if self.hold.is_some() && self.kind != Kind::Delete {
            return Err(FactsProblem::fact("law_enforcement_hold", "it has a meaning for deletions only"));
        }
        Ok(())
    }
}

impl WrittenEarlier {
    fn read(self, n: usize, zone: Zone) -> Result<Earlier, FactsProblem> {
        let at = |key: &str| format!("earlier_requests[{n}].{key}");
        Ok(Earlier {
            kind: self.kind,
            received: zone.event(&at("received_at"), self.received_at.as_deref())?,
            decided: zone.event(&at("decided_at"), self.decided_at.as_deref())?,
            outcome: self.outcome,
            rediscovery_after_correction: self.rediscovery_after_correction,
            same_matter: self.same_matter,
            new_documents: self.new_documents,
        })
    }
}

impl WrittenHold {
    fn read(self, zone: Zone) -> Result<Hold, FactsProblem> {
        let mut directed = vec![zone.moment("law_enforcement_hold.from", &self.from)?];
        for renewed in self.renewed_at.unwrap_or_default() {
            directed.push(zone.moment("law_enforcement_hold.renewed_at", &renewed)?);
        }
        let released = zone.event("law_enforcement_hold.released_at", self.released_at.as_deref())?;
        Ok(Hold { directed, released })
    }
}
