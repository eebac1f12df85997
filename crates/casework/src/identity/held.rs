//! What the located records say to each point.

use std::collections::BTreeMap;

use crate::found::{Confidence, Located, Match, ReasonKind};
use crate::identity::Point;
use crate::normal::email::Email;
use crate::row::Row;
use crate::subject::Subject;

/// How one point stands to the data held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The value given in the request stands in the records.
    Agrees,
    /// The request gives no value; the records hold one, and the officer compared it with the requester.
    Attested,
    /// The request gives a value, and the records hold another or none.
    Differs,
    /// Neither does the request give a value nor do the records hold one.
    NotHeld,
}

impl Standing {
    /// Why the point does not count; `None` when it does.
    pub(crate) fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Agrees | Self::Attested => None,
            Self::Differs => Some(
                "The value given does not agree with the records located: they hold another one, or none.",
            ),
            Self::NotHeld => Some("The records located hold nothing of this kind to compare with."),
        }
    }
}

/// The standing of every point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held(BTreeMap<Point, Standing>);

impl Held {
    pub fn of(standings: impl IntoIterator<Item = (Point, Standing)>) -> Self {
        Self(standings.into_iter().collect())
    }

    /// A fresh sign-in happens outside these records: the officer's word stands.
    pub fn standing(&self, point: Point) -> Standing {
        match point {
            Point::Login => Standing::Agrees,
            other => self.0.get(&other).copied().unwrap_or(Standing::NotHeld),
        }
    }
}

/// Compares the subject with what was located; `None` when there is no person's record to compare with.
///
/// Only records that are surely one person's count: exact and strong ones that are not shared; where there are none, the
/// records that stand for a person.
pub fn held(subject: &Subject, located: &Located) -> Option<Held> {
    let all = || located.matches.iter().zip(&located.rows).filter(|(it, _)| !it.shared);
    let mut sure: Vec<(&Match, &Row)> = all().filter(|(it, _)| it.confidence >= Confidence::Strong).collect();
    if sure.is_empty() {
        sure = all().filter(|(it, _)| it.person).collect();
    }
    if sure.is_empty() {
        return None;
    }
    Some(Held::of(Point::ALL.into_iter().map(|point| {
        let agrees =
            sure.iter().any(|(it, _)| it.reasons.iter().any(|reason| speaks(reason.kind) == Some(point)));
        let holds = || sure.iter().filter(|(it, _)| it.person).any(|(_, row)| holds(row, point));
        let standing = match (agrees, given(subject, point)) {
            (true, _) => Standing::Agrees,
            (false, true) => Standing::Differs,
            (false, false) if holds() => Standing::Attested,
            (false, false) => Standing::NotHeld,
        };
        (point, standing)
    })))
}

fn speaks(kind: ReasonKind) -> Option<Point> {
    match kind {
        ReasonKind::Email | ReasonKind::EmailVariant => Some(Point::Email),
        ReasonKind::Phone => Some(Point::Phone),
        ReasonKind::Name => Some(Point::Name),
        ReasonKind::Address => Some(Point::Address),
        ReasonKind::Birthdate => Some(Point::Birthdate),
        ReasonKind::AccountNumber | ReasonKind::OwnerOfNumber => Some(Point::AccountNumber),
        ReasonKind::SharedMailbox
        | ReasonKind::RecordId
        | ReasonKind::Other
        | ReasonKind::BelongsTo
        | ReasonKind::SamePerson
        | ReasonKind::Mention => None,
    }
}

fn given(subject: &Subject, point: Point) -> bool {
    match point {
        Point::Email => !subject.emails.is_empty(),
        Point::Phone => !subject.phones.is_empty(),
        Point::Name => !subject.names.is_empty(),
        Point::Address => !subject.addresses.is_empty(),
        Point::Birthdate => subject.birthdate.is_some(),
        Point::AccountNumber => !subject.account_numbers.is_empty(),
        Point::Login => false,
    }
}

/// Whether a person's record holds a value of this kind, by the names of its fields.
fn holds(row: &Row, point: Point) -> bool {
    let named = |words: &[&str]| {
        row.values.keys().any(|field| {
            words.iter().any(|word| field.contains(word))
                && row.values.get(field).is_some_and(|value| match value {
                    serde_json::Value::Null => false,
                    serde_json::Value::String(text) => !text.trim().is_empty(),
                    _ => true,
                })
        })
    };
    match point {
        Point::Email => row.values.values().filter_map(|it| it.as_str()).any(|it| Email::parse(it).is_some()),
        Point::Phone => named(&["Phone", "Mobile"]),
        Point::Name => named(&["LastName"]),
        Point::Address => named(&["Street", "PostalCode"]),
        Point::Birthdate => named(&["Birth"]),
        Point::AccountNumber => named(&["AccountNumber", "CustomerNumber", "Customer_Number", "Loyalty"]),
        Point::Login => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::found::Reason;
    use crate::record_id::RecordId;
    use crate::row::Presence;

    fn located(reasons: &[ReasonKind], values: serde_json::Value) -> Located {
        let id = RecordId::parse("0035g00000ANA01").unwrap();
        let reason = |kind: &ReasonKind| Reason { kind: *kind, field: None, text: String::new() };
        Located {
            matches: vec![Match {
                number: "M-0001".into(),
                object: "Contact".into(),
                id: id.clone(),
                confidence: Confidence::Exact,
                person: true,
                shared: false,
                presence: Presence::Live,
                reasons: reasons.iter().map(reason).collect(),
            }],
            rows: vec![
                serde_json::from_value(
                    serde_json::json!({ "object": "Contact", "id": id, "values": values }),
                )
                .unwrap(),
            ],
            ..Located::default()
        }
    }

    #[test]
    fn each_point_is_compared_with_the_records() {
        let subject: Subject = serde_json::from_str(
            r#"{"names":["Ana Reyes"],"emails":["ana@example.com"],"phones":["415-555-0199"]}"#,
        )
        .unwrap();
        let located = located(
            &[ReasonKind::Email, ReasonKind::Name],
            serde_json::json!({ "LastName": "Reyes", "MailingStreet": "1 Elm Street", "Birthdate": null }),
        );
        let held = held(&subject, &located).unwrap();
        let standings =
            [Point::Email, Point::Name, Point::Phone, Point::Address, Point::Birthdate, Point::Login];
        assert_eq!(
            standings.map(|it| held.standing(it)),
            [
                Standing::Agrees,
                Standing::Agrees,
                Standing::Differs,
                Standing::Attested,
                Standing::NotHeld,
                Standing::Agrees
            ]
        );
    }

    #[test]
    fn with_no_record_there_is_nothing_to_compare() {
        assert_eq!(held(&Subject::default(), &Located::default()), None);
    }
}
