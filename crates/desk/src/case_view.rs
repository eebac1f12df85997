//! A case as the window shows it: what is kept of each step, so that nothing has to be done again to be looked at.

use casework::case::{CaseOutcome, Reason, RequestDeed, RequestKind, done, knows, missing};
use casework::disclosure;
use casework::found::{CoverageLine, Match, Question};
use casework::row::Row;
use casework::schema::Field;
use casework::subject::Subject;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use vault::{CaseFile, Part};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::prove::proved_view;
use crate::review::table;
use crate::views::{Calls, PlanView, ProvedView, RequestView, ReviewView};

/// One case with its header: who it is about, which org, as whom we act, and what may be done now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CaseView {
    pub request: RequestView,
    /// The person, as the request names them. Shown on the screen only.
    pub about: String,
    /// The Salesforce user whose permissions every call uses.
    pub acting_as: String,
    /// What requests of this kind know; the rest stands in no road of theirs.
    pub deeds: Vec<DeedState>,
    /// How it may end, each with the reasons that it can carry.
    pub endings: Vec<Ending>,
    /// For what it may be denied.
    pub denials: Vec<Reason>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct Ending {
    pub outcome: CaseOutcome,
    pub reasons: Vec<Reason>,
}

/// Whether one deed may be done now, else what is missing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DeedState {
    pub deed: RequestDeed,
    pub done: bool,
    pub missing: Option<String>,
}

/// Everything the last locate found, with what was decided.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundView {
    pub matches: Vec<MatchCard>,
    pub questions: Vec<Question>,
    pub coverage: Vec<CoverageLine>,
    pub api_calls: Option<Calls>,
}

/// One match with its evidence beside it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MatchCard {
    #[serde(flatten)]
    #[ts(flatten)]
    pub found: Match,
    /// What the record calls itself: its name, subject or number.
    pub title: String,
    /// The record's fields as read; identifiers that are never disclosed are described instead.
    pub fields: Vec<FieldLine>,
    pub decision: Option<DecidedView>,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldLine {
    pub field: String,
    pub value: String,
    pub withheld: bool,
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct DecidedView {
    /// `delete`, `keep`, `correct`, `not-this-person`
    pub decision: String,
    pub ground: Option<String>,
    pub reason: String,
}

/// One decision as a screen gives it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Choice {
    pub object: String,
    pub id: String,
    pub decision: String,
    pub reason: String,
}

/// A ground on which a record may be kept.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GroundLine {
    pub code: String,
    pub title: String,
    pub citation: String,
}

/// One deed of the ledger, for a timeline.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TimelineLine {
    /// UTC, RFC 3339.
    pub at: String,
    pub deed: String,
    pub actor: String,
    /// Counts and names of objects; never personal data.
    pub detail: Value,
}

const DEEDS: [RequestDeed; 17] = [
    RequestDeed::Acknowledge,
    RequestDeed::Identify,
    RequestDeed::Confirm,
    RequestDeed::Extend,
    RequestDeed::Hold,
    RequestDeed::Locate,
    RequestDeed::Review,
    RequestDeed::Export,
    RequestDeed::Rehearse,
    RequestDeed::Approve,
    RequestDeed::CarryOut,
    RequestDeed::Undo,
    RequestDeed::Prove,
    RequestDeed::Deny,
    RequestDeed::Letter,
    RequestDeed::Close,
    RequestDeed::Seal,
];

/// The fields by which a record calls itself, the first that is filled.
const TITLES: [&str; 10] = [
    "Name",
    "Subject",
    "Title",
    "CaseNumber",
    "OrderNumber",
    "ContractNumber",
    "FileName",
    "PathOnClient",
    "Label",
    "Email",
];

impl Desk {
    /// One case with its header.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn case_view(&self, request: &str) -> Result<CaseView, Problem> {
        let case = self.case(request)?;
        let acting_as = self.org_file(&case.org)?.username.unwrap_or_default();
        let about = self.subject(&case).map(|subject| about(&subject)).unwrap_or_default();
        let today = self.today()?;
        let shown = self.request(request)?;
        // With one of two approvals there is more to say than that the plan was not approved.
        let half = shown
            .approval
            .missing
            .clone()
            .filter(|_| !shown.approval.given.is_empty() || shown.approved.is_some());
        let deeds = DEEDS
            .into_iter()
            .filter(|deed| knows(case.kind, *deed))
            .map(|deed| DeedState {
                deed,
                done: done(&case.road, deed),
                missing: match (&half, deed) {
                    (Some(half), RequestDeed::CarryOut) => Some(half.clone()),
                    _ => missing(case.kind, &case.road, deed, today).first().map(|it| it.what.to_owned()),
                },
            })
            .collect();
        let reasons =
            |fits: &dyn Fn(Reason) -> bool| Reason::ALL.into_iter().filter(|it| fits(*it)).collect();
        let endings = CaseOutcome::ALL
            .into_iter()
            .filter(|it| *it != CaseOutcome::DeletedInstead || case.kind == RequestKind::Correct)
            .map(|outcome| Ending { outcome, reasons: reasons(&|it| outcome.allows(it, case.kind)) })
            .collect();
        let denials = reasons(&|it| it.denies(case.kind));
        Ok(CaseView { request: shown, about, acting_as, deeds, endings, denials })
    }

    /// What the last locate found; `None` before it.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn found(&self, request: &str) -> Result<Option<FoundView>, Problem> {
        let case = self.case(request)?;
        if !case.road.located {
            return Ok(None);
        }
        let located = self.located(&case)?;
        let decided = self.read(|vault| vault.decisions(&case.number))?;
        let cards = located.matches.into_iter().zip(located.rows).map(|(found, row)| MatchCard {
            title: title(&row),
            fields: fields(&row),
            decision: decided.iter().find(|it| it.id == found.id).map(|it| DecidedView {
                decision: it.decision.as_str().to_owned(),
                ground: it.ground.clone(),
                reason: it.reason.clone(),
            }),
            found,
        });
        Ok(Some(FoundView {
            matches: cards.collect(),
            questions: located.questions,
            coverage: located.coverage,
            api_calls: self.read(|vault| vault.part(&case.number, Part::Calls))?,
        }))
    }

    /// Decides matches one by one or many at once; whole or not at all.
    ///
    /// # Errors
    /// `decisions_unusable` as for a file of decisions; nothing is decided then.
    pub fn choose(&self, request: &str, choices: &[Choice]) -> Result<ReviewView, Problem> {
        let rows = choices
            .iter()
            .map(|it| [it.object.as_str(), it.id.as_str(), it.decision.as_str(), it.reason.as_str()]);
        self.decide(request, &table(["object", "id", "decision", "reason"], rows)?)
    }

    /// The grounds on which a record may be kept, with where each stands.
    ///
    /// # Errors
    /// A [`Problem`] when the law files cannot be read.
    pub fn grounds_to_keep(&self) -> Result<Vec<GroundLine>, Problem> {
        let all = law::grounds().map_err(|_| crate::review::law_files_unreadable())?;
        Ok(all
            .into_iter()
            .map(|it| GroundLine { code: it.code, title: it.title, citation: it.citation })
            .collect())
    }

    /// The plan that was rehearsed last; `None` when there is none that still holds.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn plan(&self, request: &str) -> Result<Option<PlanView>, Problem> {
        let case = self.case(request)?;
        if case.road.rehearsed.is_none() && !case.road.started {
            return Ok(None);
        }
        Ok(Some(crate::rehearse::plan_view(&case, self.rehearsed(&case)?, 0)))
    }

    /// The latest certificate; `None` before the first.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn latest_proof(&self, request: &str) -> Result<Option<ProvedView>, Problem> {
        let case = self.case(request)?;
        let last = self.read(|vault| vault.certificates(&case.number))?.pop();
        Ok(last.map(|it| proved_view(&case, &it.proved, &it.at, 0)))
    }

    /// Every deed of one case, the first one first.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request.
    pub fn timeline(&self, request: &str) -> Result<Vec<TimelineLine>, Problem> {
        let case: CaseFile = self.case(request)?;
        let entries = self.read(|vault| vault.ledger(Some(&case.number)))?;
        Ok(entries.into_iter().map(TimelineLine::from).collect())
    }
}

impl From<casework::ledger::Entry> for TimelineLine {
    fn from(it: casework::ledger::Entry) -> Self {
        Self { at: it.at, deed: it.deed, actor: it.actor, detail: it.detail }
    }
}

fn about(subject: &Subject) -> String {
    [&subject.names, &subject.emails, &subject.phones, &subject.account_numbers, &subject.record_ids]
        .into_iter()
        .find_map(|list| list.first().cloned())
        .unwrap_or_default()
}

fn title(row: &Row) -> String {
    TITLES.iter().find_map(|field| row.text(field)).unwrap_or(row.id.as_str()).to_owned()
}

/// Every filled field but the keys of the machine room.
fn fields(row: &Row) -> Vec<FieldLine> {
    row.values
        .iter()
        .filter(|(name, value)| {
            !value.is_null() && !name.contains('.') && *name != "Id" && *name != "attributes"
        })
        .map(|(name, value)| {
            let kind =
                disclosure::by_name(&Field { name: name.clone(), label: name.clone(), ..Field::default() });
            let shown = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match kind {
                Some(kind) => {
                    FieldLine { field: name.clone(), value: kind.words().to_owned(), withheld: true }
                }
                None => FieldLine { field: name.clone(), value: shown, withheld: false },
            }
        })
        .collect()
}
