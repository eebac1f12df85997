//! The facts of a breach, read strictly.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use crate::facts::{Count, FactsProblem, Moment, Zone, read};

use super::elements::Elements;

/// A business that particular rules reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Covered {
    Hipaa,
    Nydfs,
    Sec,
    CaClinic,
    Glba,
    Bank,
    FtcPhr,
    RegSp,
    MeDpfr,
    VtDfr,
    Circia,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    Owner,
    Maintainer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Harm {
    Likely,
    Unlikely,
    Unknown,
}

/// What a clock starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Event {
    /// Own discovery or the vendor's notice, the earlier.
    Discovery,
    Determination,
    ScopeIdentified,
    HarmDetermination,
    MaterialityDetermination,
    /// The first wave of notices.
    ConsumersTold,
    HhsTold,
    RansomPaid,
}

/// By jurisdiction; a count of `None` is not known.
pub(crate) type Residents = BTreeMap<String, Option<u64>>;

/// People who lost the same things.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// `None`: not known.
    pub elements: Option<Elements>,
    /// `None`: not known where they live.
    pub residents: Option<Residents>,
}

/// A hold by law enforcement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    pub from: Moment,
    pub released: Option<Moment>,
}

/// Events that are `None` have not happened; properties that are `None` are not known.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub zone: Zone,
    pub today: Option<NaiveDate>,
    pub role: Option<Role>,
    pub occurred_from: Option<Moment>,
    pub discovered: Option<Moment>,
    pub determined: Option<Moment>,
    pub told_by_vendor: Option<Moment>,
    pub scope_identified: Option<Moment>,
    pub harm_determined: Option<Moment>,
    pub materiality_determined: Option<Moment>,
    pub ransom_paid: Option<Moment>,
    /// The first wave.
    pub consumers_told: Option<Moment>,
    /// By recipient or rule.
    pub told: BTreeMap<String, Moment>,
    pub hold: Option<Hold>,
    pub groups: Vec<Group>,
    pub encrypted: Option<bool>,
    pub key_acquired: Option<bool>,
    pub good_faith: Option<bool>,
    pub harm: Option<Harm>,
    pub high_risk: Option<bool>,
    pub inadvertent: Option<bool>,
    pub information_broker: Option<bool>,
    pub furnished_mailbox: Option<bool>,
    pub covered: Option<BTreeSet<Covered>>,
    /// What must be said of every duty.
    pub cautions: Vec<String>,
}

type WrittenResidents = BTreeMap<String, Option<Count>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "family")]
    _family: String,
    zone: Option<String>,
    today: Option<String>,
    role: Option<Role>,
    occurred_from: Option<String>,
    discovered_at: Option<String>,
    determined_at: Option<String>,
    told_by_vendor_at: Option<String>,
    scope_identified_at: Option<String>,
    harm_determined_at: Option<String>,
    materiality_determined_at: Option<String>,
    ransom_paid_at: Option<String>,
    consumers_told_at: Option<Vec<String>>,
    told_at: Option<BTreeMap<String, Vec<String>>>,
    law_enforcement_hold: Option<WrittenHold>,
    elements: Option<Elements>,
    residents: Option<WrittenResidents>,
    groups: Option<Vec<WrittenGroup>>,
    encryption: Option<WrittenEncryption>,
    good_faith: Option<bool>,
    harm: Option<Harm>,
    high_risk: Option<bool>,
    inadvertent_by_authorised_person: Option<bool>,
    information_broker: Option<bool>,
    furnished_mailbox: Option<bool>,
    covered_entities: Option<BTreeSet<Covered>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHold {
    from: Option<String>,
    released_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenGroup {
    elements: Option<Elements>,
    residents: Option<WrittenResidents>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WrittenEncryption {
    encrypted: Option<bool>,
    key_acquired: Option<bool>,
}

impl Facts {
    /// Reads the facts; `knows` tells the jurisdictions of the book.
    pub(crate) fn read(facts: &Value, knows: impl Fn(&str) -> bool) -> Result<Self, FactsProblem> {
        let it: Written = read(facts)?;
        let zone = Zone::read(it.zone.as_deref())?;
        let event = |at: &str, text: &Option<String>| zone.event(at, text.as_deref());
        let first = |at: &str, texts: &[String]| {
            let all = texts.iter().enumerate().map(|(n, text)| zone.moment(&format!("{at}[{n}]"), text));
            Ok::<_, FactsProblem>(all.collect::<Result<Vec<_>, _>>()?.into_iter().min_by_key(|it| it.at))
        };
        let mut told = BTreeMap::new();
        for (whom, texts) in it.told_at.iter().flatten() {
            if let Some(moment) = first(&format!("told_at.{whom}"), texts)? {
                told.insert(whom.clone(), moment);
            }
        }
        let mut cautions: Vec<String> = zone.caution().into_iter().collect();
        if it.role.is_none() {
            cautions.push("The facts do not say whether the data is held as owner or for somebody else; the owner's duties are shown as they stand.".to_owned());
        }
        if it.groups.is_some() && (it.elements.is_some() || it.residents.is_some()) {
            cautions.push(
                "`groups` stands in place of `elements` and `residents`, which were not read.".to_owned(),
            );
        }
        let in_groups = it.groups.is_some();
        let groups = it
            .groups
            .unwrap_or_else(|| vec![WrittenGroup { elements: it.elements, residents: it.residents }])
            .into_iter()
            .enumerate()
            .map(|(n, group)| {
                let at = if in_groups { format!("groups[{n}].residents") } else { "residents".to_owned() };
                known_places(&at, group, &knows)
            })
            .collect::<Result<_, _>>()?;
        let encryption = it.encryption.unwrap_or_default();
        Ok(Self {
            zone,
            today: zone.day("today", it.today.as_deref())?,
            role: it.role,
            occurred_from: event("occurred_from", &it.occurred_from)?,
            discovered: event("discovered_at", &it.discovered_at)?,
            determined: event("determined_at", &it.determined_at)?,
            told_by_vendor: event("told_by_vendor_at", &it.told_by_vendor_at)?,
            scope_identified: event("scope_identified_at", &it.scope_identified_at)?,
            harm_determined: event("harm_determined_at", &it.harm_determined_at)?,
            materiality_determined: event("materiality_determined_at", &it.materiality_determined_at)?,
            ransom_paid: event("ransom_paid_at", &it.ransom_paid_at)?,
            consumers_told: first("consumers_told_at", &it.consumers_told_at.unwrap_or_default())?,
            told,
            hold: it.law_enforcement_hold.map(|it| hold(&it, zone)).transpose()?.flatten(),
            groups,
            encrypted: encryption.encrypted,
            key_acquired: encryption.key_acquired,
            good_faith: it.good_faith,
            harm: it.harm.filter(|it| *it != Harm::Unknown),
            high_risk: it.high_risk,
            inadvertent: it.inadvertent_by_authorised_person,
            information_broker: it.information_broker,
            furnished_mailbox: it.furnished_mailbox,
            covered: it.covered_entities,
            cautions,
        })
    }

    /// Whether the business is one of these; `None`: not known.
    pub(crate) fn is_any(&self, of: &[Covered]) -> Option<bool> {
        self.covered.as_ref().map(|it| of.iter().any(|one| it.contains(one)))
    }

    /// The event and the fact that tells of it. A maintainer's discovery is its own.
    pub(crate) fn event(&self, event: Event) -> (&'static str, Option<Moment>) {
        match event {
            Event::Discovery => match (self.discovered, self.told_by_vendor) {
                (None, Some(told)) => ("told_by_vendor_at", Some(told)),
                (Some(own), Some(told)) if self.role != Some(Role::Maintainer) && told.at < own.at => {
                    ("told_by_vendor_at", Some(told))
                }
                (own, _) => ("discovered_at", own),
            },
            Event::Determination => ("determined_at", self.determined),
            Event::ScopeIdentified => ("scope_identified_at", self.scope_identified),
            Event::HarmDetermination => ("harm_determined_at", self.harm_determined),
            Event::MaterialityDetermination => ("materiality_determined_at", self.materiality_determined),
            Event::ConsumersTold => ("consumers_told_at", self.consumers_told),
            Event::HhsTold => ("told_at.us-hhs", self.told.get("us-hhs").copied()),
            Event::RansomPaid => ("ransom_paid_at", self.ransom_paid),
        }
    }
}

fn hold(written: &WrittenHold, zone: Zone) -> Result<Option<Hold>, FactsProblem> {
    let released = zone.event("law_enforcement_hold.released_at", written.released_at.as_deref())?;
    let from = zone.event("law_enforcement_hold.from", written.from.as_deref())?;
    match (from, released) {
        (Some(from), Some(released)) if released.at < from.at => {
            Err(FactsProblem::fact("law_enforcement_hold.released_at", "the hold ends before it begins"))
        }
        (None, Some(_)) => {
            Err(FactsProblem::fact("law_enforcement_hold.from", "a hold that ended has no beginning"))
        }
        (from, released) => Ok(from.map(|from| Hold { from, released })),
    }
}

fn known_places(at: &str, group: WrittenGroup, knows: &impl Fn(&str) -> bool) -> Result<Group, FactsProblem> {
    let unknown = group.residents.iter().flat_map(BTreeMap::keys).find(|it| !knows(it));
    if let Some(place) = unknown {
        return Err(FactsProblem::fact(
            format!("{at}.{place}"),
            format!("{place:?} is no jurisdiction of the law book, such as US-CA, US-PR, EU, GB or CA"),
        ));
    }
    let residents = group
        .residents
        .map(|it| it.into_iter().map(|(place, count)| (place, count.map(|it| it.0))).collect());
    Ok(Group { elements: group.elements, residents })
}
