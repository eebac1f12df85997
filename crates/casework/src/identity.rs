//! Checking who asks: which points agree with the data already held, which level that reaches, and what is missing.
//!
//! How many points each level takes is the law book's and comes in as [`Thresholds`].

mod held;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::case::RequestKind;

pub use held::{Held, Standing, held};

/// How sure the business is that the requester is the person (Cal. Code Regs., tit. 11, §§ 7060–7062).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    None,
    Reasonable,
    ReasonablyHigh,
}

impl Level {
    /// In the regulation's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "insufficient",
            Self::Reasonable => "reasonable",
            Self::ReasonablyHigh => "reasonably high",
        }
    }

    /// `none`, `reasonable` or `reasonably_high`; hyphens count as underscores.
    pub fn parse(word: &str) -> Option<Self> {
        match word.replace('-', "_").as_str() {
            "none" => Some(Self::None),
            "reasonable" => Some(Self::Reasonable),
            "reasonably_high" => Some(Self::ReasonablyHigh),
            _ => None,
        }
    }
}

/// How many points each level takes; the higher one may take a signed declaration too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    pub reasonable: usize,
    pub reasonably_high: usize,
    pub declaration: bool,
}

/// One kind of detail that can agree with what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Point {
    Email,
    Phone,
    Name,
    Address,
    Birthdate,
    AccountNumber,
    /// The person signed in to their account anew.
    Login,
}

impl Point {
    pub const ALL: [Self; 7] = [
        Self::Email,
        Self::Phone,
        Self::Name,
        Self::Address,
        Self::Birthdate,
        Self::AccountNumber,
        Self::Login,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::Address => "address",
            Self::Birthdate => "birthdate",
            Self::AccountNumber => "account_number",
            Self::Login => "login",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.as_str() == word)
    }
}

/// Who asks on whose behalf.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    #[default]
    #[serde(rename = "self")]
    Person,
    Agent,
    Parent,
    /// A browser's opt-out preference signal.
    Signal,
}

impl Via {
    /// `self`, `agent`, `parent` or `signal`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "self" => Some(Self::Person),
            "agent" => Some(Self::Agent),
            "parent" => Some(Self::Parent),
            "signal" => Some(Self::Signal),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub enum AgeBand {
    #[default]
    #[serde(rename = "adult")]
    Adult,
    #[serde(rename = "13-15")]
    Teen,
    #[serde(rename = "under-13")]
    Child,
}

impl AgeBand {
    /// `adult`, `13-15` or `under-13`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "adult" => Some(Self::Adult),
            "13-15" => Some(Self::Teen),
            "under-13" => Some(Self::Child),
            _ => None,
        }
    }
}

/// What the request itself says of who asks. Holds no personal data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Requester {
    pub via: Via,
    pub age_band: AgeBand,
    pub household: bool,
    pub account_holder: bool,
    /// It repeats an earlier request of the same kind on the same matter.
    pub same_matter: bool,
    /// Documents came with it that earlier requests did not have.
    pub new_documents: bool,
    /// It only confirms a correction that was made (§ 7023(j)).
    pub after_correction: bool,
}

/// By which method of § 7070(a)(2) a parent or guardian was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParentMethod {
    /// A consent form signed under penalty of perjury, by mail, fax or scan.
    SignedForm,
    /// A card transaction that is notified to the account holder.
    CardTransaction,
    /// A toll-free call to trained staff.
    TollFreeCall,
    /// A video conference with trained staff.
    VideoCall,
    InPerson,
    /// Government identification, checked and then deleted.
    GovernmentId,
}

impl ParentMethod {
    pub const ALL: [Self; 6] = [
        Self::SignedForm,
        Self::CardTransaction,
        Self::TollFreeCall,
        Self::VideoCall,
        Self::InPerson,
        Self::GovernmentId,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedForm => "signed-form",
            Self::CardTransaction => "card-transaction",
            Self::TollFreeCall => "toll-free-call",
            Self::VideoCall => "video-call",
            Self::InPerson => "in-person",
            Self::GovernmentId => "government-id",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }
}

/// What was put forward to show who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offered {
    pub points: Vec<Point>,
    pub declaration: bool,
    /// The consumer's signed permission for an agent is on file.
    pub agent_permission: bool,
    /// A power of attorney under the Probate Code is on file: then no other proof may be asked of the agent (§ 7063(b)).
    pub power_of_attorney: bool,
    /// The consumer told the business directly that the agent may act.
    pub confirmed_directly: bool,
    pub parent: Option<ParentMethod>,
}

/// A point that was put forward and does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NotCounted {
    pub point: Point,
    pub because: String,
}

/// What the check came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub counted: Vec<Point>,
    pub not_counted: Vec<NotCounted>,
    /// The points were compared with located records; until then they count as put forward.
    pub compared: bool,
    pub level: Level,
    /// What is missing besides points, in sentences: an agent's authority, a parent's verification.
    pub missing: Vec<String>,
}

impl Judged {
    pub fn reaches(&self, required: Level) -> bool {
        self.missing.is_empty() && self.level >= required
    }
}

/// The level that a kind asks for at least. Delete and correct go by sensitivity: an officer can ask for more.
pub fn least(kind: RequestKind) -> Level {
    match kind {
        RequestKind::KnowCategories | RequestKind::Delete | RequestKind::Correct => Level::Reasonable,
        RequestKind::KnowSpecific | RequestKind::AdmtAccess => Level::ReasonablyHigh,
        RequestKind::OptOut | RequestKind::Limit | RequestKind::OptIn | RequestKind::AdmtOptOut => {
            Level::None
        }
    }
}

/// Weighs what was put forward against the data held; `None` when nothing was located to compare with.
pub fn judge(offered: &Offered, requester: Requester, thresholds: Thresholds, held: Option<&Held>) -> Judged {
    let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
    for point in &offered.points {
        let standing = held.map_or(Standing::Agrees, |it| it.standing(*point));
        match standing.refusal() {
            None => counted.push(*point),
            Some(because) => {
                not_counted.push(NotCounted { point: *point, because: because.to_owned() });
            }
        }
    }
    let signed_in = counted.contains(&Point::Login);
    let declared = offered.declaration || !thresholds.declaration;
    let level = if (signed_in && requester.account_holder)
        || (counted.len() >= thresholds.reasonably_high && declared)
    {
        Level::ReasonablyHigh
    } else if signed_in || counted.len() >= thresholds.reasonable {
        Level::Reasonable
    } else {
        Level::None
    };
    Judged { counted, not_counted, compared: held.is_some(), level, missing: authority(offered, requester) }
}

fn authority(offered: &Offered, requester: Requester) -> Vec<String> {
    let mut missing = Vec::new();
    if requester.via == Via::Agent && !offered.agent_permission && !offered.power_of_attorney {
        missing.push(
            "An agent asked, and neither the consumer's signed permission nor a power of attorney is on file (Cal. Code Regs., tit. 11, § 7063).".to_owned(),
        );
    }
    let for_a_child = requester.age_band == AgeBand::Child || requester.via == Via::Parent;
    if for_a_child && offered.parent.is_none() {
        missing.push(
            "A parent or guardian acts for a child under 13, and was not verified by a method of Cal. Code Regs., tit. 11, § 7070(a)(2).".to_owned(),
        );
    }
    if requester.account_holder && !offered.points.contains(&Point::Login) {
        missing.push(
            "An account holder must sign in anew before anything is disclosed, corrected or deleted (Cal. Code Regs., tit. 11, § 7061).".to_owned(),
        );
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: Thresholds = Thresholds { reasonable: 2, reasonably_high: 3, declaration: true };

    fn offered(points: &[Point], declaration: bool) -> Offered {
        Offered { points: points.to_vec(), declaration, ..Offered::default() }
    }

    #[test]
    fn two_points_are_reasonable_and_three_with_a_declaration_reasonably_high() {
        let three = [Point::Email, Point::Phone, Point::Name];
        for (points, declaration, level) in [
            (&three[..1], true, Level::None),
            (&three[..2], true, Level::Reasonable),
            (&three[..], false, Level::Reasonable),
            (&three[..], true, Level::ReasonablyHigh),
        ] {
            let judged = judge(&offered(points, declaration), Requester::default(), LAW, None);
            assert_eq!(judged.level, level, "{points:?} {declaration}");
        }
    }

    #[test]
    fn a_point_that_the_records_contradict_or_cannot_bear_out_does_not_count() {
        let held = Held::of([
            (Point::Email, Standing::Agrees),
            (Point::Phone, Standing::Differs),
            (Point::Birthdate, Standing::NotHeld),
            (Point::Name, Standing::Attested),
        ]);
        let all = [Point::Email, Point::Phone, Point::Birthdate, Point::Name];
        let judged = judge(&offered(&all, true), Requester::default(), LAW, Some(&held));
        assert_eq!(judged.counted, [Point::Email, Point::Name]);
        let refused: Vec<Point> = judged.not_counted.iter().map(|it| it.point).collect();
        assert_eq!(refused, [Point::Phone, Point::Birthdate]);
        assert_eq!(judged.level, Level::Reasonable, "the declaration alone lifts nothing");
    }

    #[test]
    fn an_account_holder_signs_in_anew_and_that_suffices() {
        let requester = Requester { account_holder: true, ..Requester::default() };
        let without = judge(&offered(&[Point::Email, Point::Name], false), requester, LAW, None);
        assert!(!without.reaches(Level::Reasonable), "{without:?}");
        let with = judge(&offered(&[Point::Login], false), requester, LAW, None);
        assert!(with.reaches(Level::ReasonablyHigh), "{with:?}");
    }

    #[test]
    fn an_agent_needs_authority_and_a_child_a_parent() {
        let two = [Point::Email, Point::Name];
        let agent = Requester { via: Via::Agent, ..Requester::default() };
        assert!(!judge(&offered(&two, false), agent, LAW, None).reaches(Level::Reasonable));
        let attorney = Offered { power_of_attorney: true, ..offered(&two, false) };
        assert!(judge(&attorney, agent, LAW, None).reaches(Level::Reasonable));
        let child = Requester { age_band: AgeBand::Child, ..Requester::default() };
        assert!(!judge(&offered(&two, false), child, LAW, None).reaches(Level::Reasonable));
        let parent = Offered { parent: Some(ParentMethod::VideoCall), ..offered(&two, false) };
        assert!(judge(&parent, child, LAW, None).reaches(Level::Reasonable));
    }
}
