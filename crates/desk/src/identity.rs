//! Identity: what was put forward, weighed against the records, and weighed again whenever something is located.

use casework::case::{RequestDeed, RequestKind};
use casework::disclosure;
use casework::found::{Confidence, Located};
use casework::identity::{
    Judged, Level, NotCounted, Offered, ParentMethod, Point, Requester, held, judge, least,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::IdentifiedView;

/// What an officer puts forward, in the words of the shell.
#[derive(Debug, Default)]
pub struct Proofs<'a> {
    /// `email`, `phone`, `name`, `address`, `birthdate`, `account_number`, `login`
    pub points: &'a [String],
    /// The declaration signed under penalty of perjury.
    pub declaration: Option<&'a [u8]>,
    /// The requester has a password-protected account and signed in anew.
    pub account_holder: bool,
    /// The consumer's signed permission for an agent.
    pub agent: Option<&'a [u8]>,
    pub power_of_attorney: Option<&'a [u8]>,
    pub confirmed_directly: bool,
    /// A method of § 7070(a)(2): `signed-form`, `card-transaction` …
    pub parent: Option<&'a str>,
    /// Ask for more than the kind does: `reasonably_high`.
    pub level: Option<&'a str>,
}

/// The identity part of a case. Points and methods only, no values.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub points: Vec<Point>,
    pub not_counted: Vec<NotCounted>,
    pub declaration: bool,
    pub agent: bool,
    /// In the regulation's words.
    pub level: String,
    pub required_level: Level,
    /// The points were compared with located records.
    pub compared: bool,
    pub missing: Vec<String>,
    pub offered: Offered,
}

impl Desk {
    /// Records what was put forward, and which of it agrees with data that was already held.
    ///
    /// # Errors
    /// A [`Problem`]; nothing was recorded.
    pub fn identify(&self, request: &str, proofs: &Proofs<'_>) -> Result<IdentifiedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Identify)?;
        let mut requester = self.requester(&case)?;
        let offered = offered(proofs)?;
        if case.kind == RequestKind::OptIn && offered.parent.is_none() {
            return Err(refuse(
                "not_yet",
                "An opt-in needs no identity check; only a child's parent is verified.",
                "Confirm the opt-in with `habeas request confirm`, or name the parent's method with --parent.",
            ));
        }
        if proofs.account_holder && !offered.points.contains(&Point::Login) {
            return Err(refuse(
                "reauthentication",
                "An account holder must sign in anew before anything is disclosed, corrected or deleted (Cal. Code Regs., tit. 11, § 7061).",
                "Let the person sign in again, then add the point login.",
            ));
        }
        requester.account_holder |= proofs.account_holder;
        let required = required(case.kind, proofs.level)?;
        let located: Option<Located> = self.read(|vault| vault.part(&case.number, Part::Located))?;
        let judged = self.judge(&case, &offered, requester, located.as_ref())?;
        let identity = settle(&mut case, offered, required, judged);
        let number = case.number.clone();
        let detail = json!({
            "points": identity.points, "not_counted": identity.not_counted.iter().map(|it| it.point).collect::<Vec<_>>(),
            "declaration": identity.declaration, "agent": identity.agent, "parent": identity.offered.parent,
            "level": identity.level, "required": required, "compared": identity.compared,
        });
        self.record(&number, "request.identified", detail, |tx| {
            for (name, kind, paper) in [
                ("declaration", "declaration", proofs.declaration),
                ("agent-authorization", "agent", proofs.agent),
                ("power-of-attorney", "agent", proofs.power_of_attorney),
            ] {
                if let Some(bytes) = paper {
                    tx.add_document(&number, name, kind, true, bytes)?;
                }
            }
            tx.put_part(&number, Part::Requester, &requester)?;
            tx.put_part(&number, Part::Identity, &identity)?;
            tx.put_road(&number, &case.road)
        })?;
        Ok(view(&case, identity, located.as_ref()))
    }

    /// What the request says of who asks.
    pub(crate) fn requester(&self, case: &CaseFile) -> Result<Requester, Problem> {
        Ok(self.read(|vault| vault.part(&case.number, Part::Requester))?.unwrap_or_default())
    }

    /// Weighs the identity anew against what was just located; `None` when none was put forward yet.
    pub(crate) fn judged_anew(
        &self,
        case: &mut CaseFile,
        located: &Located,
    ) -> Result<Option<Identity>, Problem> {
        // A vault of the first version kept points only: what was decided then stays.
        let kept: Option<serde_json::Value> = self.read(|vault| vault.part(&case.number, Part::Identity))?;
        let Some(kept) = kept.and_then(|it| serde_json::from_value::<Identity>(it).ok()) else {
            return Ok(None);
        };
        let requester = self.requester(case)?;
        let judged = self.judge(case, &kept.offered, requester, Some(located))?;
        Ok(Some(settle(case, kept.offered, kept.required_level, judged)))
    }

    fn judge(
        &self,
        case: &CaseFile,
        offered: &Offered,
        requester: Requester,
        located: Option<&Located>,
    ) -> Result<Judged, Problem> {
        let held = match located {
            Some(located) => held(&self.subject(case)?, located),
            None => None,
        };
        Ok(judge(offered, requester, self.thresholds(case)?, held.as_ref()))
    }
}

/// Writes the outcome of weighing onto the road.
fn settle(case: &mut CaseFile, offered: Offered, required: Level, judged: Judged) -> Identity {
    case.road.level = if judged.missing.is_empty() { judged.level } else { Level::None };
    case.road.identified = judged.reaches(required);
    case.road.fallback = case.kind == RequestKind::KnowSpecific
        && !case.road.identified
        && judged.reaches(least(RequestKind::KnowCategories));
    Identity {
        points: judged.counted,
        not_counted: judged.not_counted,
        declaration: offered.declaration,
        agent: offered.agent_permission || offered.power_of_attorney,
        level: judged.level.words().to_owned(),
        required_level: required,
        compared: judged.compared,
        missing: judged.missing,
        offered,
    }
}

fn view(case: &CaseFile, identity: Identity, located: Option<&Located>) -> IdentifiedView {
    let mut notes = identity.missing.clone();
    if !identity.compared {
        notes.push(
            "The points are compared with the records when the person is located; until then they count as put forward.".to_owned(),
        );
    }
    if case.road.fallback {
        notes.push(
            "Specific pieces must not be disclosed at this level; the request is answered as one for categories (Cal. Code Regs., tit. 11, § 7024(a)).".to_owned(),
        );
    } else if !case.road.identified {
        notes.push(
            "The level that this request needs was not reached; ask for more points, or deny with the reason insuf_verification.".to_owned(),
        );
    }
    if identity.required_level < Level::ReasonablyHigh && located.is_some_and(sensitive) {
        notes.push(
            "The records hold identifiers whose misuse does harm; consider asking for the reasonably high level with --level reasonably_high.".to_owned(),
        );
    }
    IdentifiedView {
        request: case.number.to_string(),
        level: identity.level,
        required_level: identity.required_level,
        identified: case.road.identified,
        fallback: case.road.fallback,
        points: identity.points.iter().map(|it| it.as_str().to_owned()).collect(),
        not_counted: identity.not_counted,
        compared: identity.compared,
        declaration: identity.declaration,
        agent: identity.agent,
        notes,
    }
}

/// Whether the records that are surely the person's hold what § 7024(d) protects.
fn sensitive(located: &Located) -> bool {
    located
        .matches
        .iter()
        .zip(&located.rows)
        .filter(|(it, _)| it.confidence >= Confidence::Strong)
        .flat_map(|(_, row)| row.values.values())
        .filter_map(|value| value.as_str())
        .any(|text| !disclosure::mask(text).1.is_empty())
}

fn offered(proofs: &Proofs<'_>) -> Result<Offered, Problem> {
    let mut points = Vec::new();
    for word in proofs.points.iter().map(|it| it.trim()) {
        let point = Point::parse(word).ok_or_else(|| {
            let all: Vec<&str> = Point::ALL.iter().map(|it| it.as_str()).collect();
            refuse(
                "usage",
                &format!("{word:?} is no point of identity."),
                &format!("Use {}.", all.join(", ")),
            )
        })?;
        if !points.contains(&point) {
            points.push(point);
        }
    }
    let parent = proofs
        .parent
        .map(|word| {
            ParentMethod::parse(word).ok_or_else(|| {
                let all: Vec<&str> = ParentMethod::ALL.iter().map(|it| it.as_str()).collect();
                refuse(
                    "usage",
                    "This is no method of verifying a parent (Cal. Code Regs., tit. 11, § 7070(a)(2)).",
                    &format!("Use {}.", all.join(", ")),
                )
            })
        })
        .transpose()?;
    Ok(Offered {
        points,
        declaration: proofs.declaration.is_some(),
        agent_permission: proofs.agent.is_some(),
        power_of_attorney: proofs.power_of_attorney.is_some(),
        confirmed_directly: proofs.confirmed_directly,
        parent,
    })
}

/// The level of the kind, or the higher one that the officer asks for.
fn required(kind: RequestKind, asked: Option<&str>) -> Result<Level, Problem> {
    let least = least(kind);
    let asked = asked
        .map(|word| {
            Level::parse(word).ok_or_else(|| {
                refuse("usage", "This is no level of identity.", "Use reasonable or reasonably_high.")
            })
        })
        .transpose()?
        .unwrap_or(least);
    if asked < least {
        return Err(refuse(
            "identity_level",
            &format!("A request of the kind {} needs at least the {} level.", kind.as_str(), least.words()),
            "Leave --level out, or ask for more.",
        ));
    }
    Ok(asked)
}

fn refuse(code: &'static str, message: &str, next_step: &str) -> Problem {
    Problem::new(code, format!("{message} Nothing was recorded."), next_step)
}
