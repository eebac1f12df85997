//! What a case knows for the blanks of its letters. Blanks that it does not know are left out.

use std::collections::{BTreeMap, BTreeSet};

use casework::case::RequestKind;
use casework::catalogue::Catalogue;
use casework::categories;
use casework::found::{CoverageOutcome, ReasonKind};
use casework::review::{self, Decision};
use casework::subject::Subject;
use chrono::{Days, NaiveDate};
use papers::letter::{self, Kind, Language, phrase, phrase_of};
use serde_json::Value;
use vault::CaseFile;

use super::decided::decided;
use crate::desk::Desk;
use crate::evidence::{Evidence, word};
use crate::problem::Problem;

/// Stands in a setting for "we do not do this at all".
const NONE: &str = "none";
const YES: &str = "yes";
/// Days that a person has to confirm who they are, and a provider to confirm what was done, unless set otherwise.
const REPLY_DAYS: u64 = 14;
const CONFIRM_DAYS: u64 = 10;
/// Kinds of unsearched records that a letter names one by one.
const NAMED: usize = 12;

/// Blanks filled so far; an empty value is left out.
pub(super) struct Facts {
    pub kind: Kind,
    pub language: Language,
    filled: BTreeMap<String, String>,
}

impl Facts {
    pub(super) fn put(&mut self, blank: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.filled.insert(blank.to_owned(), value);
        }
    }

    pub(super) fn flag(&mut self, blank: &str, set: bool) {
        self.put(blank, if set { YES } else { "" });
    }

    pub(super) fn say(&self, group: &str, name: &str) -> String {
        phrase(self.language, group, name)
    }

    pub(super) fn say_of(&self, group: &str, name: &str, values: &[(&str, &str)]) -> String {
        phrase_of(self.language, group, name, values)
    }

    fn day(&self, on: NaiveDate) -> String {
        letter::day(self.language, on)
    }

    /// "one record", "7 registros"
    fn records(&self, n: impl ToString) -> String {
        self.say_of("records", "found", &[("n", &n.to_string())])
    }
}

impl Desk {
    /// Every blank that this case can fill for a letter.
    pub(super) fn letter_facts(
        &self,
        case: &CaseFile,
        kind: Kind,
        language: Language,
    ) -> Result<BTreeMap<String, String>, Problem> {
        let of = self.evidence(case.clone())?;
        let subject = self.subject(case)?;
        let mut facts = Facts { kind, language, filled: BTreeMap::new() };
        self.head(&mut facts, case, &subject)?;
        self.clocks(&mut facts, case)?;
        self.answers_of_the_business(&mut facts, case)?;
        identity(&mut facts, &of);
        found(&mut facts, &of);
        exported(&mut facts, &of);
        done(&mut facts, &of);
        if let Some((at, _)) = of.certificates.last() {
            facts.put("completed_on", facts.day(self.local_day(at)?));
        }
        refused(&mut facts, &of);
        decided(&mut facts, &of);
        provider(&mut facts, case.kind, &subject);
        Ok(facts.filled)
    }

    fn head(&self, facts: &mut Facts, case: &CaseFile, subject: &Subject) -> Result<(), Problem> {
        let consumer = facts.kind != Kind::ProviderInstruction;
        facts.flag("consumer", consumer);
        facts.put("reference", case.number.to_string());
        for (blank, setting) in [
            ("business", "business.name"),
            ("business_address", "business.address"),
            ("contact", "business.contact"),
        ] {
            facts.put(blank, self.answer(facts.language, setting)?);
        }
        let (group, recipient, delivery) = if consumer {
            let unnamed = facts.say("recipient", "unnamed");
            (
                "request",
                subject.names.first().cloned().unwrap_or(unnamed),
                delivery(subject).unwrap_or_else(|| facts.say("recipient", "channel")),
            )
        } else {
            ("request_of", facts.say("recipient", "provider"), facts.say("recipient", "provider_channel"))
        };
        facts.put("recipient", recipient);
        facts.put("delivery", delivery);
        facts.put("request", facts.say(group, case.kind.as_str()));
        Ok(())
    }

    fn clocks(&self, facts: &mut Facts, case: &CaseFile) -> Result<(), Problem> {
        let dates = self.dates(case)?;
        let today = self.now().with_timezone(&self.zone()?).date_naive();
        let after = |days| today.checked_add_days(Days::new(days)).unwrap_or(today);
        let extended = dates.extended_due.as_ref().map(|it| it.on);
        // A notice of extension names the new day; after the first 45 days every letter does.
        let later = facts.kind == Kind::Extension || dates.due.on < today;
        let answer_by = extended.filter(|_| later).unwrap_or(dates.due.on);
        facts.put("date", facts.day(today));
        facts.put("received_on", facts.day(dates.received_on));
        facts.put("first_answer_by", facts.day(dates.due.on));
        facts.put("answer_by", facts.day(answer_by));
        facts.put("reply_by", facts.day(after(REPLY_DAYS).min(answer_by).max(today)));
        facts.put("effective_on", facts.day(today));
        facts.put("act_by", facts.day(after(CONFIRM_DAYS)));
        facts.put("not_asked_before", facts.day(after(365).max(today)));
        if let Some(on) = extended {
            facts.put("extended_by", facts.day(on));
        }
        let received = facts.day(dates.received_on);
        facts.put("period", facts.say_of("period", "default", &[("received_on", &received)]));
        if !case.kind.needs_identity() {
            facts.put("stopped_on", facts.day(today));
        }
        Ok(())
    }

    /// What only the business can say: what it sells, to whom it discloses, how it hears an appeal.
    fn answers_of_the_business(&self, facts: &mut Facts, case: &CaseFile) -> Result<(), Problem> {
        for (blank, setting) in [
            ("sources", "privacy.sources"),
            ("purposes", "privacy.purposes"),
            ("third_parties", "privacy.third_parties"),
            ("recipients", "privacy.recipients_told"),
            ("opt_out_how", "privacy.opt_out_how"),
            ("policy", "business.privacy_policy"),
        ] {
            facts.put(blank, self.answer(facts.language, setting)?);
        }
        let appeal = match self.answer(facts.language, "business.appeal")? {
            own if !own.is_empty() => own,
            _ => facts
                .filled
                .get("contact")
                .map_or_else(String::new, |contact| facts.say_of("how", "appeal", &[("contact", contact)])),
        };
        facts.put("appeal", appeal);
        for (blank, nothing, setting) in [
            ("sold_or_shared", "nothing_sold", "privacy.sold_or_shared"),
            ("disclosed", "nothing_disclosed", "privacy.disclosed"),
        ] {
            let answer = self.answer(facts.language, setting)?;
            facts.flag(nothing, answer == NONE);
            facts.put(blank, if answer == NONE { String::new() } else { answer });
        }
        let sells = facts.filled.contains_key("sold_or_shared");
        facts.flag("sells", sells && case.kind == RequestKind::Delete);
        let (contact, reference) = (facts.filled.get("contact").cloned(), case.number.to_string());
        let contact = contact.unwrap_or_default();
        facts.put("how", facts.say_of("how", "answer", &[("contact", &contact)]));
        let confirm = [("contact", contact.as_str()), ("reference", reference.as_str())];
        facts.put("confirm_how", facts.say_of("how", "confirm", &confirm));
        facts.put("how_delivered", facts.say("how", "delivered"));
        facts.put("covers", facts.say("covers", case.kind.as_str()));
        facts.put("systems", facts.say("systems", "salesforce"));
        Ok(())
    }

    /// What the officer set for this question, in the letter's language; in a practice vault the invented business answers.
    pub(crate) fn answer(&self, language: Language, setting: &str) -> Result<String, Problem> {
        let own = match language {
            Language::Spanish => self.text_setting(&format!("{setting}.es"))?,
            Language::English => None,
        };
        let plain = self.text_setting(setting)?;
        // Names, addresses and "none" need no translation; sentences do.
        let shared = plain.filter(|text| {
            language == Language::English
                || text.as_str() == NONE
                || matches!(setting, "business.name" | "business.address" | "business.contact")
        });
        Ok(own.or(shared).unwrap_or_else(|| {
            if self.practice() { phrase(language, "practice", setting) } else { String::new() }
        }))
    }
}

/// Where a letter to the person goes: their postal address, else their email.
fn delivery(subject: &Subject) -> Option<String> {
    let postal = subject.addresses.iter().find_map(|it| {
        let street = it.street.clone()?;
        let parts = [it.city.as_deref(), it.region.as_deref(), it.postal_code.as_deref()];
        let place: Vec<&str> = parts.into_iter().flatten().collect();
        let lines = [Some(street), (!place.is_empty()).then(|| place.join(" ")), it.country.clone()];
        Some(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
    });
    postal.or_else(|| subject.emails.first().cloned())
}

fn identity(facts: &mut Facts, of: &Evidence) {
    let specific = of.case.kind == RequestKind::KnowSpecific;
    facts.flag("verify", of.case.kind.needs_identity());
    facts.flag("specific", specific);
    facts.flag("declaration", specific);
    facts.flag("correction", of.case.kind == RequestKind::Correct);
    facts.flag("limit", of.case.kind == RequestKind::Limit);
    let agent = of.identity.as_ref().and_then(|it| it.get("agent")).and_then(Value::as_bool);
    facts.flag("agent", agent.unwrap_or(false));
    facts.put("level", facts.say("level", if specific { "high" } else { "reasonable" }));
    // What agreed with records that were found is held already; before a search these three are the likeliest.
    let held: BTreeSet<&str> =
        of.located.matches.iter().flat_map(|it| &it.reasons).filter_map(|it| point(it.kind)).collect();
    let held = if held.len() < 2 { BTreeSet::from(["name", "email", "phone"]) } else { held };
    let points: Vec<String> = held.iter().map(|it| facts.say("point", it)).collect();
    facts.put("identity_points", points.join(", "));
    facts.put("points", points.join("\n"));
}

fn point(kind: ReasonKind) -> Option<&'static str> {
    match kind {
        ReasonKind::Email | ReasonKind::EmailVariant => Some("email"),
        ReasonKind::Name => Some("name"),
        ReasonKind::Phone => Some("phone"),
        ReasonKind::Address => Some("address"),
        ReasonKind::Birthdate => Some("birthdate"),
        ReasonKind::AccountNumber | ReasonKind::OwnerOfNumber => Some("account_number"),
        ReasonKind::SharedMailbox
        | ReasonKind::RecordId
        | ReasonKind::Other
        | ReasonKind::BelongsTo
        | ReasonKind::SamePerson
        | ReasonKind::Mention => None,
    }
}

/// What the search tells: categories, what could not be searched, why more time is needed.
fn found(facts: &mut Facts, of: &Evidence) {
    if facts.kind == Kind::Extension {
        let because = more_time(facts, of);
        facts.put("because", because);
    }
    if !of.case.road.located {
        return;
    }
    let letters = of.category_letters();
    let lines: Vec<String> = letters.iter().map(|it| facts.say("category", &it.to_string())).collect();
    let none = facts.say("category", "none");
    facts.put("categories", if lines.is_empty() { none } else { lines.join("\n") });
    facts.put("unsearched", unsearched(facts, of));
}

/// Why the answer takes longer, as the case itself shows it.
fn more_time(facts: &Facts, of: &Evidence) -> String {
    let undecided = review::undecided(&of.located.matches, &of.decided);
    match (unverified(of), of.case.road.located, undecided) {
        (true, _, _) => facts.say("extension", "identity"),
        (_, false, _) => facts.say("extension", "searching"),
        (_, _, 1..) => facts.say_of("extension", "examining", &[("n", &undecided.to_string())]),
        (_, _, 0) => facts.say("extension", "doing"),
    }
}

fn unverified(of: &Evidence) -> bool {
    of.case.kind.needs_identity() && !of.case.road.identified
}

fn unsearched(facts: &Facts, of: &Evidence) -> String {
    let mut kinds = BTreeMap::<&str, BTreeSet<String>>::new();
    for line in of.located.coverage.iter().filter(|it| it.field.is_none()) {
        let why = match line.outcome {
            CoverageOutcome::Searched | CoverageOutcome::HoldsNoPerson => continue,
            CoverageOutcome::Partly => "partly",
            CoverageOutcome::NotReadable => "not-readable",
            CoverageOutcome::Encrypted => "encrypted",
            CoverageOutcome::NotSearchable => "not-searchable",
            CoverageOutcome::OverLimit => "over-limit",
            CoverageOutcome::Outside => "outside",
        };
        kinds.entry(why).or_default().insert(label(&line.object));
    }
    let line = |(why, objects): (&str, BTreeSet<String>)| {
        let named = objects.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = objects.len().saturating_sub(NAMED).to_string();
        let named = match more.as_str() {
            "0" => named,
            more => facts.say_of("unsearched", "more", &[("objects", &named), ("n", more)]),
        };
        facts.say_of("unsearched", "line", &[("objects", &named), ("because", &facts.say("unsearched", why))])
    };
    kinds.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What the package holds and what was held back from it.
fn exported(facts: &mut Facts, of: &Evidence) {
    let Some(export) = &of.export else { return };
    let number = |key: &str| export.get(key).and_then(Value::as_u64).unwrap_or_default();
    facts.put("records", number("rows").to_string());
    facts.put("files", number("files").to_string());
    facts.put("package_hash", export.get("sha256").and_then(Value::as_str).unwrap_or_default());
    facts.flag("password", export.get("encrypted").and_then(Value::as_bool).unwrap_or(false));
    facts.flag("inferences", number("inferences") > 0);
    let kinds = export.get("withheld_kinds").and_then(Value::as_array).cloned().unwrap_or_default();
    let withheld: Vec<String> = kinds
        .iter()
        .filter_map(Value::as_str)
        .map(|words| letter::translated(facts.language, "withheld", words))
        .collect();
    facts.flag("nothing_withheld", withheld.is_empty());
    facts.put("withheld", withheld.join("\n"));
    if number("left_out") > 0 {
        let records = facts.records(number("left_out"));
        facts.put("not_exported", facts.say_of("left_out", "lost", &[("records", &records)]));
    }
}

/// What was deleted, kept and corrected, as the outcomes and the last proof tell it.
fn done(facts: &mut Facts, of: &Evidence) {
    let mut kept = kept(facts, of);
    if let Some((_, proved)) = of.certificates.last() {
        let it = &proved.certificate;
        let deleted = it.gone + it.in_bin + it.purged_but_visible;
        let mut sentences = vec![if deleted == 0 {
            facts.say("done", "nothing")
        } else {
            facts.say_of("done", "deleted", &[("records", &facts.records(deleted))])
        }];
        if it.in_bin > 0 {
            sentences.push(facts.say_of("done", "in_bin", &[("records", &facts.records(it.in_bin))]));
        }
        facts.flag("bin", it.in_bin > 0);
        facts.put("done", sentences.join(" "));
        let open = it.still_there + it.refused + it.reappeared;
        if open > 0 {
            let states = [
                casework::prove::ProvedState::StillThere,
                casework::prove::ProvedState::Refused,
                casework::prove::ProvedState::Reappeared,
            ];
            let objects = proved.records.iter().filter(|it| states.contains(&it.state));
            let objects = labels(objects.map(|it| it.object.as_str()));
            let values = [("records", facts.records(open)), ("objects", objects)];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, it)| (*name, it.as_str())).collect();
            kept.push(facts.say_of("records", "open", &values));
        }
    } else if of.case.road.exported {
        let rows = of.export.as_ref().and_then(|it| it.get("rows")).and_then(Value::as_u64);
        let records = facts.records(rows.unwrap_or_default());
        facts.put("done", facts.say_of("done", "exported", &[("records", &records)]));
    }
    // A deletion with something kept is partial; a denial beside which something was done is.
    let acted = facts.filled.contains_key("done");
    facts.flag("partial", if facts.kind == Kind::Denial { acted } else { !kept.is_empty() });
    let list = kept.join("\n");
    let exceptions = match kept.is_empty() {
        true => facts.say("provider", "no_exceptions"),
        false => facts.say_of("provider", "exceptions", &[("kept", &kept.join("; "))]),
    };
    facts.put("kept", list);
    facts.put("exceptions", exceptions);
}

/// One line for each ground: how many records of which kinds are kept on it.
fn kept(facts: &Facts, of: &Evidence) -> Vec<String> {
    let mut grounds = BTreeMap::<&str, Vec<&str>>::new();
    for it in of.decided.iter().filter(|it| it.decision == Decision::Keep) {
        grounds.entry(it.ground.as_deref().unwrap_or_default()).or_default().push(&it.object);
    }
    grounds
        .into_iter()
        .map(|(code, objects)| {
            let records = facts.records(objects.len());
            let (objects, ground) = (labels(objects.into_iter()), facts.say("ground", code));
            facts.say_of(
                "records",
                "kept",
                &[("records", &records), ("objects", &objects), ("ground", &ground)],
            )
        })
        .collect()
}

/// What is denied, and why, where the case itself knows.
fn refused(facts: &mut Facts, of: &Evidence) {
    let nothing_done = !facts.filled.contains_key("done");
    facts.put("denied", facts.say("denied", if nothing_done { "whole" } else { "rest" }));
    facts.flag("unverified", unverified(of));
    facts.flag("fallback", unverified(of) && of.case.kind == RequestKind::KnowSpecific);
    if facts.kind == Kind::Denial {
        let because = if unverified(of) {
            facts.say("because", "unverified")
        } else if of.case.road.located && of.located.matches.is_empty() {
            facts.say("because", "nothing_found")
        } else if facts.filled.contains_key("kept") {
            facts.say("because", "kept")
        } else {
            String::new()
        };
        facts.put("because", because);
    }
}

fn provider(facts: &mut Facts, kind: RequestKind, subject: &Subject) {
    if facts.kind != Kind::ProviderInstruction {
        return;
    }
    facts.put("systems", facts.say("systems", "provider"));
    let known = [&subject.account_numbers, &subject.emails, &subject.phones, &subject.names];
    facts.put("identifiers", known.iter().find_map(|it| it.first().cloned()).unwrap_or_default());
    facts.put("action", facts.say("action", kind.as_str()));
    facts.put("role", facts.say("provider", "role"));
    facts.put("contract", facts.say("provider", "contract"));
    facts.flag("cascade", kind.needs_identity());
}

impl Evidence {
    /// The categories of personal information that were found, A to L: from the package where there is one, else from
    /// what the search read.
    pub(crate) fn category_letters(&self) -> BTreeSet<char> {
        let mut letters: BTreeSet<char> = self
            .export
            .as_ref()
            .and_then(|it| it.get("categories"))
            .and_then(Value::as_str)
            .map(|letters| letters.chars().collect())
            .unwrap_or_default();
        let theirs = self.located.matches.iter().zip(&self.located.rows).filter(|(found, _)| {
            let decision = self.decided.iter().find(|it| it.id == found.id).map(|it| it.decision);
            match decision {
                Some(decision) => decision != Decision::NotThisPerson,
                None => word(&found.confidence) != "possible" && !found.shared,
            }
        });
        for (found, row) in theirs {
            letters.extend(categories::of_object(&found.object));
            letters
                .extend(row.values.keys().flat_map(|field| categories::of_field(&found.object, field, "")));
        }
        letters
    }
}

/// What an object is called: the catalogue's word for a standard one, its own name for another.
pub(super) fn label(object: &str) -> String {
    match Catalogue::standard().object(object) {
        Some(known) if !known.label.is_empty() => known.label.clone(),
        _ => object.trim_end_matches("__c").replace('_', " "),
    }
}

fn labels<'a>(objects: impl Iterator<Item = &'a str>) -> String {
    objects.map(label).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}
