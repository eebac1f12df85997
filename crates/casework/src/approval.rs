//! Who approved a plan, and whether that is enough under the policy of the vault.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::normal::text;

/// One person's yes to one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The digest of the plan.
    pub plan: String,
    /// The name that was given; `None` where the policy asks for none.
    pub by: Option<String>,
    /// UTC, RFC 3339.
    pub at: String,
}

/// How many people have to agree before a plan is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    OnePerson,
    /// Two who give different names.
    TwoPersons,
}

/// Why an approval is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// The policy asks for a name.
    Unnamed,
    /// Longer than a name, with control characters or overrides of direction, or without a letter.
    NoName,
    /// Whoever gives it approved this plan already.
    SamePerson,
}

/// What the policy still asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    First,
    Second,
}

/// Takes one more approval of a plan: the name as it is kept.
///
/// # Errors
/// [`NotTaken`]; the approvals stay as they were.
pub fn taken(
    given: &[Approval],
    plan: &str,
    by: Option<&str>,
    policy: Policy,
) -> Result<Option<String>, NotTaken> {
    let by = by.map(str::trim).filter(|it| !it.is_empty());
    let name = by.map(tidy).transpose()?;
    match (policy, &name) {
        (Policy::OnePerson, _) => Ok(name),
        (Policy::TwoPersons, None) => Err(NotTaken::Unnamed),
        (Policy::TwoPersons, Some(by)) if named(given, plan).contains(&person(by)) => {
            Err(NotTaken::SamePerson)
        }
        (Policy::TwoPersons, Some(_)) => Ok(name),
    }
}

/// What is missing before the plan counts as approved; `None` when nothing is.
pub fn lacking(given: &[Approval], plan: &str, policy: Policy) -> Option<Lacking> {
    match (policy, named(given, plan).len()) {
        (Policy::OnePerson, _) if given.iter().any(|it| it.plan == plan) => None,
        (Policy::OnePerson, _) | (Policy::TwoPersons, 0) => Some(Lacking::First),
        (Policy::TwoPersons, 1) => Some(Lacking::Second),
        (Policy::TwoPersons, _) => None,
    }
}

/// The people who approved this plan by name.
fn named(given: &[Approval], plan: &str) -> BTreeSet<Vec<String>> {
    given.iter().filter(|it| it.plan == plan).filter_map(|it| it.by.as_deref()).map(person).collect()
}

/// A name without regard to case, accents, punctuation and the order of its words.
fn person(name: &str) -> Vec<String> {
    let plain = text::ascii(name);
    let words = plain.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words
}

fn tidy(name: &str) -> Result<String, NotTaken> {
    let turns = |it: char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if name.chars().count() > 120
        || name.chars().any(|it| it.is_control() || turns(it))
        || person(name).is_empty()
    {
        return Err(NotTaken::NoName);
    }
    Ok(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(name: Option<&str>) -> Approval {
        Approval { plan: "d1".into(), by: name.map(str::to_owned), at: "2026-11-02T18:00:00Z".into() }
    }

    #[test]
    fn one_person_is_enough_unless_the_policy_asks_for_two() {
        assert_eq!(taken(&[], "d1", None, Policy::OnePerson), Ok(None));
        assert_eq!(lacking(&[], "d1", Policy::OnePerson), Some(Lacking::First));
        assert_eq!(lacking(&[by(None)], "d1", Policy::OnePerson), None);
        assert_eq!(lacking(&[by(None)], "d2", Policy::OnePerson), Some(Lacking::First), "another plan");
        assert_eq!(taken(&[], "d1", Some("  "), Policy::TwoPersons), Err(NotTaken::Unnamed));
        assert_eq!(lacking(&[by(None), by(None)], "d1", Policy::TwoPersons), Some(Lacking::First));
    }

    #[test]
    fn the_second_person_has_another_name_however_it_is_written() {
        let first = [by(Some("José Berg"))];
        assert_eq!(lacking(&first, "d1", Policy::TwoPersons), Some(Lacking::Second));
        for same in ["José Berg", "  jose   BERG ", "Berg, Jose", "JOSÉ BERG."] {
            assert_eq!(
                taken(&first, "d1", Some(same), Policy::TwoPersons),
                Err(NotTaken::SamePerson),
                "{same}"
            );
        }
        let second = taken(&first, "d1", Some(" Mina  Oduya "), Policy::TwoPersons);
        assert_eq!(second, Ok(Some("Mina Oduya".to_owned())));
        assert_eq!(lacking(&[by(Some("José Berg")), by(Some("Mina Oduya"))], "d1", Policy::TwoPersons), None);
        assert_eq!(
            taken(&first, "d2", Some("José Berg"), Policy::TwoPersons),
            Ok(Some("José Berg".to_owned())),
            "who approved another plan may approve this one"
        );
    }

    #[test]
    fn what_is_no_name_is_not_taken() {
        for bad in ["Ana\u{202e}greB", "a\nb", "---", &"x".repeat(121)] {
            assert_eq!(taken(&[], "d1", Some(bad), Policy::OnePerson), Err(NotTaken::NoName), "{bad:?}");
        }
        assert!(taken(&[], "d1", Some("آنا برغ"), Policy::TwoPersons).is_ok(), "names of any script");
    }
}
