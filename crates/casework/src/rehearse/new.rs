//! Consent records that are made: for whom and for which purpose, and what is left to do by hand where the org does not let us.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::change::{NewValue, PARTY, PURPOSE, PlannedRecord, Wish, unfit_new};
use crate::plan::{ByHand, NewRecord};
use crate::query::{Ask, Condition, Query};
use crate::record_id::RecordId;
use crate::rehearse::Rehearsal;
use crate::rehearse::asks::{self, About, Question};
use crate::row::Row;

const PURPOSES: &str = "DataUsePurpose";

/// What the org holds that speaks of the same choices.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub purposes: Vec<Row>,
    pub consents: Vec<Row>,
    /// Object and error code of a question that the org refused.
    refusal: Option<(String, String)>,
}

impl Held {
    pub(super) fn refused(&mut self, object: &str, code: String) {
        self.refusal = Some((object.to_owned(), code));
    }

    fn purposes_of<'a>(&'a self, wish: &'a Wish) -> impl Iterator<Item = &'a Row> {
        self.purposes.iter().filter(|row| {
            let name = row.text("Name").unwrap_or_default().to_lowercase();
            wish.purpose.iter().any(|word| name.contains(&word.to_lowercase()))
        })
    }

    /// Whether a consent of this person speaks of this purpose, whatever it says.
    fn speaks(&self, wish: &Wish, purpose: &RecordId) -> bool {
        self.consents.iter().any(|row| {
            wish.beside.contains(&row.object)
                && row.lookup(PARTY).as_ref() == Some(&wish.person)
                && row.lookup(PURPOSE).as_ref() == Some(purpose)
        })
    }
}

/// What the wishes come to.
#[derive(Default)]
pub(super) struct New {
    pub planned: Vec<PlannedRecord>,
    pub shown: Vec<NewRecord>,
    pub by_hand: Vec<ByHand>,
}

impl Rehearsal {
    pub(super) fn ask_for_consents(&mut self) {
        let people: BTreeSet<RecordId> = self.wishes.iter().map(|it| it.person.clone()).collect();
        if let Some(object) =
            self.schema.object(PURPOSES).filter(|it| it.queryable && !self.wishes.is_empty())
        {
            let words: BTreeSet<&String> = self.wishes.iter().flat_map(|it| &it.purpose).collect();
            let like = |word: &&String| Condition::Like {
                field: "Name".to_owned(),
                parts: vec![String::new(), (*word).clone(), String::new()],
            };
            self.waiting.push(Question {
                ask: Ask::Query(Query {
                    object: object.name.clone(),
                    fields: vec!["Name".to_owned()],
                    condition: Some(Condition::Any(words.iter().map(like).collect())),
                    children: Vec::new(),
                    all_rows: false,
                    order_by: Vec::new(),
                    limit: None,
                }),
                about: About::Purposes,
            });
        }
        let objects: BTreeSet<&String> = self.wishes.iter().flat_map(|it| &it.beside).collect();
        for object in objects.into_iter().filter_map(|it| self.schema.object(it)).filter(|it| it.queryable) {
            for people in asks::pieces(&people) {
                let fields = vec![PARTY.to_owned(), PURPOSE.to_owned()];
                let mut ask = asks::query(&object.name, fields, PARTY, &people, Vec::new());
                if let Ask::Query(query) = &mut ask {
                    query.all_rows = false;
                }
                let about = About::Consents { object: object.name.clone() };
                self.waiting.push(Question { ask, about });
            }
        }
    }
}

/// One record for each person and purpose that no consent speaks of yet.
pub(super) fn draw_up(of: &Rehearsal) -> New {
    let mut all = New::default();
    for wish in &of.wishes {
        let what = format!("Create a {} for Individual {}", wish.object, wish.person);
        let mut by_hand = |because: String| all.by_hand.push(ByHand { what: what.clone(), because });
        if let Some((object, code)) = &of.held.refusal {
            by_hand(format!(
                "The org refused to show {object} ({code}), so whether one is there is not known."
            ));
            continue;
        }
        let mut purposes = of.held.purposes_of(wish).peekable();
        if purposes.peek().is_none() {
            by_hand(format!(
                "The org has no data use purpose whose name contains {}: set one up, then rehearse again.",
                wish.purpose.join(", ")
            ));
        }
        for purpose in purposes.filter(|it| !of.held.speaks(wish, &it.id)) {
            let name = purpose.text("Name").unwrap_or_default();
            let says = wish.value.as_str().unwrap_or_default();
            let values = values(wish, &purpose.id);
            let object = of.schema.object(&wish.object);
            let unfit = object.map_or_else(
                || Some("The signed-in user does not see this object.".to_owned()),
                |object| unfit_new(object, &values),
            );
            if let Some(unfit) = unfit {
                by_hand(format!(
                    "{unfit} Let an administrator allow it and rehearse again, or create it by hand with {} {says} and the purpose {name}.",
                    wish.status
                ));
                continue;
            }
            let n = u32::try_from(all.planned.len()).unwrap_or(u32::MAX).saturating_add(1);
            all.shown.push(NewRecord {
                n,
                object: wish.object.clone(),
                person: wish.person.clone(),
                fields: values.keys().cloned().collect(),
                because: format!("{} No consent record says so for the purpose {name} yet.", wish.because),
            });
            let kind = |field: &str| {
                object.and_then(|it| it.field(field)).map(|it| it.field_type.clone()).unwrap_or_default()
            };
            let planned =
                values.into_iter().map(|(field, value)| NewValue { field_type: kind(&field), field, value });
            all.planned.push(PlannedRecord {
                n,
                object: wish.object.clone(),
                person: wish.person.clone(),
                purpose: purpose.id.clone(),
                status: wish.status.clone(),
                values: planned.collect(),
            });
        }
    }
    all
}

fn values(wish: &Wish, purpose: &RecordId) -> BTreeMap<String, Value> {
    let mut values = wish.values.clone();
    values.insert(PARTY.to_owned(), Value::from(wish.person.as_str()));
    values.insert(PURPOSE.to_owned(), Value::from(purpose.as_str()));
    values.insert(wish.status.clone(), wish.value.clone());
    values
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::carry_out::{Approved, NewStanding};
    use crate::rehearse::world::{World, id};
    use crate::review::Decision;

    const CONSENT: &str = "ContactPointTypeConsent";

    /// A person without a consent, in an org with two purposes.
    fn world() -> World {
        let mut world = World::default()
            .object("Individual", "0PK", &["LastName"])
            .object("DataUsePurpose", "0ZW", &["Name"])
            .object(
                CONSENT,
                "0ZY",
                &[
                    "Name",
                    "PartyId->Individual",
                    "DataUsePurposeId->DataUsePurpose",
                    "PrivacyConsentStatus:picklist",
                ],
            )
            .row("Individual", &id("0PK", 1), json!({"LastName": "Berg"}))
            .row("DataUsePurpose", &id("0ZW", 1), json!({"Name": "Sale and sharing"}))
            .row("DataUsePurpose", &id("0ZW", 2), json!({"Name": "Newsletter"}))
            .decide("Individual", &id("0PK", 1), Some(Decision::Keep));
        world.wishes.push(Wish {
            object: CONSENT.into(),
            person: id("0PK", 1),
            status: "PrivacyConsentStatus".into(),
            value: json!("OptOut"),
            purpose: vec!["SALE".into()],
            values: [("Name".to_owned(), json!("Opt-out R-1"))].into(),
            beside: vec![CONSENT.into()],
            because: "The person opted out.".into(),
        });
        world
    }

    fn consent(world: World, n: u32, purpose: u32, name: &str, says: &str) -> World {
        let values = json!({"Name": name, "PartyId": id("0PK", 1), "DataUsePurposeId": id("0ZW", purpose), "PrivacyConsentStatus": says});
        world.row(CONSENT, &id("0ZY", n), values)
    }

    #[test]
    fn one_record_for_each_purpose_that_nothing_speaks_of_yet() {
        let rehearsed = world().rehearse();
        let made = &rehearsed.plan.creates;
        assert_eq!((made.len(), &made[0].person, made[0].fields.len()), (1, &id("0PK", 1), 4));
        let other = consent(world(), 1, 2, "Letters", "OptOut").rehearse();
        assert_eq!(other.plan.creates.len(), 1, "a consent for another purpose says nothing");
        let there = consent(world(), 1, 1, "By phone", "OptIn").rehearse();
        assert!(there.plan.creates.is_empty(), "what speaks of it is changed, not doubled");
        let mut altered = rehearsed;
        altered.new[0].values[0].value = json!("another");
        assert!(!altered.fits_its_digest(), "the digest covers what the record will hold");
    }

    #[test]
    fn what_is_not_allowed_or_not_known_is_left_to_hands() {
        let said = |world: &World| {
            let plan = world.rehearse().plan;
            assert!(plan.creates.is_empty());
            plan.by_hand
                .iter()
                .find(|it| it.what.contains(CONSENT))
                .map(|it| it.because.clone())
                .unwrap_or_default()
        };
        let mut closed = world();
        closed.schema.objects.get_mut(CONSENT).unwrap().createable = false;
        assert!(said(&closed).contains("may not create records"));
        let mut needy = world();
        let fields = &mut needy.schema.objects.get_mut(CONSENT).unwrap().fields;
        fields.iter_mut().find(|it| it.name == "Name").unwrap().nillable = false;
        needy.wishes[0].values.clear();
        assert!(said(&needy).contains("no value is settled for it"));
        let mut aimless = world();
        aimless.wishes[0].purpose = vec!["profiling".into()];
        assert!(said(&aimless).contains("no data use purpose"));
        let mut silent = world();
        silent.refuse.push(CONSENT.into());
        assert!(said(&silent).contains("whether one is there is not known"));
    }

    #[test]
    fn what_stands_is_never_made_a_second_time() {
        let rehearsed = world().rehearse();
        let digest = rehearsed.plan.digest.clone();
        let plan = Approved::check(rehearsed, Some(&digest), &digest).unwrap();
        let look = |world: &World| {
            plan.new_standings(plan.new_asks().iter().map(|it| world.answer(it)).collect()).unwrap()
        };
        assert_eq!(plan.creates(&look(&world()), &[]).len(), 1);
        let ours = consent(world(), 1, 1, "Opt-out R-1", "OptIn");
        assert_eq!(look(&ours)[&1], NewStanding::Ours(id("0ZY", 1)), "whatever it says by now");
        assert!(plan.creates(&look(&ours), &[]).is_empty());
        let theirs = consent(world(), 2, 1, "By phone", "OptIn");
        assert_eq!(look(&theirs)[&1], NewStanding::Anothers(id("0ZY", 2)));
        assert!(plan.creates(&look(&theirs), &[]).is_empty());
        let (_, set) = plan.settle_new(&look(&ours), &[], &[], b"key");
        assert!(plan.creates(&look(&world()), &set).is_empty(), "made once, and gone since");
        let (outcomes, _) = plan.settle_new(&look(&world()), &[], &set, b"key");
        assert_eq!(outcomes[0].error.as_ref().map(|it| it.code.as_str()), Some("GONE_SINCE"));
    }
}
