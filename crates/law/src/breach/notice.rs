//! What a notice to individuals must hold, by jurisdiction.

use serde_json::{Map, Value, json};

use crate::answer::{Deed, Duty, State};

use super::elements::{Counts, Element, Elements};
use super::evaluate::Law;
use super::rule::{Notice, Service};

/// Adds what this law asks of the notice to what stands there for the jurisdiction.
pub(crate) fn require(into: &mut Map<String, Value>, law: &Law<'_>, notice: &Notice, duty: &Duty) {
    if duty.duty != Deed::TellIndividuals || matches!(duty.state, State::NotOwed | State::NotInForce) {
        return;
    }
    let asked = ask(law, notice, &duty.jurisdiction);
    match into.get_mut(&duty.jurisdiction).and_then(Value::as_object_mut) {
        Some(there) => unite(there, asked),
        None => {
            into.insert(duty.jurisdiction.clone(), Value::Object(asked));
        }
    }
}

/// What people of one group lost that counts, and what follows.
struct Lost<'a> {
    group: usize,
    elements: Option<&'a Elements>,
    login_only: bool,
    login: bool,
}

impl Lost<'_> {
    fn any(&self, of: &[Element]) -> bool {
        self.elements.is_some_and(|it| of.iter().any(|one| it.contains(one)))
    }

    fn months(&self, services: &[Service]) -> Option<u32> {
        services.iter().filter(|it| self.any(&it.if_any)).map(|it| it.months).max()
    }

    fn bureaus(&self, notice: &Notice) -> bool {
        notice.bureaus.as_ref().is_some_and(|it| it.if_any.is_empty() || self.any(&it.if_any))
    }

    fn variant(&self, notice: &Notice) -> &'static str {
        if notice.credentials && self.login_only { "credentials" } else { "standard" }
    }
}

fn ask(law: &Law<'_>, notice: &Notice, place: &str) -> Map<String, Value> {
    let lost: Vec<Lost<'_>> = law
        .reach
        .there(place)
        .filter_map(|(group, of, verdict)| match verdict {
            Counts::Yes { login_only, login } => {
                Some(Lost { group, elements: of.elements.as_ref(), login_only, login })
            }
            Counts::Doubtful(_) | Counts::Unknown => {
                Some(Lost { group, elements: of.elements.as_ref(), login_only: false, login: false })
            }
            Counts::No => None,
        })
        .collect();
    let facts = law.facts;
    let mailbox = lost.iter().any(|it| it.login && it.any(&[Element::Email]));
    let shut = mailbox
        && (facts.furnished_mailbox == Some(true)
            || notice.furnished_mailbox && facts.furnished_mailbox.is_none());
    let credentials = !lost.is_empty() && lost.iter().all(|it| it.variant(notice) == "credentials");
    let elements: Elements = lost.iter().filter_map(|it| it.elements).flatten().copied().collect();
    let mut asked = object(json!({
        "title": notice.title,
        "headings": notice.headings,
        "min_pt": notice.min_pt,
        "monitoring_months": lost.iter().filter_map(|it| it.months(&notice.services)).max(),
        "bureau_contacts": lost.iter().any(|it| it.bureaus(notice)),
        "prohibit": notice.prohibit,
        "variant": if credentials { "credentials" } else { "standard" },
        "never_to": if shut { vec!["breached_mailbox"] } else { Vec::new() },
        "say_delayed_by_law_enforcement": notice.law_enforcement_delay && facts.hold.is_some(),
        "content": notice.content,
        "elements": elements,
    }));
    if !notice.methods.is_empty() {
        asked.insert("methods".to_owned(), json!(notice.methods));
    }
    if let Some(substitute) = &notice.substitute {
        asked.insert("substitute".to_owned(), json!(substitute));
    }
    if facts.groups.len() > 1 {
        let groups = lost.iter().map(|it| {
            json!({
                "group": it.group,
                "elements": it.elements,
                "variant": it.variant(notice),
                "monitoring_months": it.months(&notice.services),
                "bureau_contacts": it.bureaus(notice),
            })
        });
        asked.insert("groups".to_owned(), groups.collect());
    }
    asked
}

/// A second law of the same jurisdiction: contents and prohibitions are united, the first law's form stays.
fn unite(there: &mut Map<String, Value>, asked: Map<String, Value>) {
    for (key, value) in asked {
        match (there.get_mut(&key), value) {
            (Some(Value::Array(old)), Value::Array(new)) => {
                let more: Vec<Value> = new.into_iter().filter(|it| !old.contains(it)).collect();
                old.extend(more);
            }
            (Some(old @ Value::Null), new) => *old = new,
            (Some(old @ Value::Bool(false)), new) => *old = new,
            (Some(_), _) => {}
            (None, new) => {
                there.insert(key, new);
            }
        }
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
