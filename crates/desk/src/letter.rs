//! Letters: the wording of the law's papers, with the blanks filled from the case.

use std::collections::BTreeMap;
use std::path::Path;

use casework::case::{RequestDeed, RequestKind};
use papers::letter::{self, Kind, Letter};
use serde_json::json;
use vault::CaseFile;

use crate::desk::Desk;
use crate::evidence::Evidence;
use crate::ledger::write_new;
use crate::problem::Problem;
use crate::troubles;
use crate::views::WrittenView;

const NOTHING_KEPT: &str = "We kept nothing under an exception.";

/// Letters that answer the request.
const ANSWERS: [Kind; 6] =
    [Kind::KnowCategories, Kind::KnowSpecific, Kind::Deletion, Kind::Denial, Kind::Correction, Kind::OptOut];

impl Desk {
    /// Writes a letter; never overwrites. A blank that cannot be filled from the case refuses it.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn letter(
        &self,
        request: &str,
        kind: &str,
        filled: &BTreeMap<String, String>,
        to: &Path,
    ) -> Result<WrittenView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Letter)?;
        let kind = Kind::parse(kind).ok_or_else(|| {
            let kinds: Vec<&str> = Kind::ALL.iter().map(|it| it.name()).collect();
            Problem::new(
                "usage",
                "There is no letter of this kind. Nothing was written.",
                format!("Use {}.", kinds.join(", ")),
            )
        })?;
        if kind == Kind::Deletion && !case.road.proved {
            return Err(Problem::new(
                "not_yet",
                "The deletion was not proved yet, so no letter can say that it was done. Nothing was written.",
                "Run `habeas request prove` first.",
            ));
        }
        let known = self.blanks(&case)?;
        let wording = letter::blanks(kind);
        if let Some(unknown) = filled.keys().find(|blank| !wording.contains(blank)) {
            return Err(Problem::new(
                "letter_blank",
                format!("The letter has no blank {unknown:?}. Nothing was written."),
                format!("Its blanks are {}.", wording.join(", ")),
            ));
        }
        let mut blanks = BTreeMap::new();
        for blank in wording {
            let value = filled
                .get(&blank)
                .or(known.get(blank.as_str()))
                .filter(|it| !it.trim().is_empty())
                .ok_or_else(|| {
                Problem::new(
                    "letter_blank",
                    format!("The blank \"{blank}\" of the letter is not filled. Nothing was written."),
                    format!(
                        "Do the step of the request that settles it, or fill it yourself with --set {blank}=…"
                    ),
                )
            })?;
            blanks.insert(blank, value.clone());
        }
        let paper = Letter { kind, blanks, made_at: self.now(), practice: self.practice() };
        let bytes = letter::render(&paper).map_err(|error| troubles::paper(&error))?;
        let written = write_new(to, &bytes)?;
        let sent_at = crate::answering::seconds(self.now());
        if ANSWERS.contains(&kind) {
            case.road.answered = true;
            case.road.answered_at.get_or_insert(sent_at.clone());
        }
        if kind == Kind::Receipt {
            case.road.acknowledged_at.get_or_insert(sent_at);
        }
        let detail = json!({ "letter": kind.name(), "sha256": written.sha256 });
        let recorded = self.record(&case.number, "request.letter", detail, |tx| {
            tx.add_document(&case.number, kind.name(), "letter", true, &bytes)?;
            tx.put_road(&case.number, &case.road)
        });
        if let Err(problem) = recorded {
            drop(std::fs::remove_file(to));
            return Err(problem);
        }
        Ok(written)
    }

    /// Every blank that this case can fill; an empty value is one it cannot fill yet.
    fn blanks(&self, case: &CaseFile) -> Result<BTreeMap<&'static str, String>, Problem> {
        let subject = self.subject(case)?;
        let dates = self.dates(case)?;
        let long = |day: chrono::NaiveDate| day.format("%B %-d, %Y").to_string();
        let today = self.now().with_timezone(&self.zone()?).date_naive();
        let evidence = self.evidence(case.clone())?;
        let from_now = |days| today.checked_add_days(chrono::Days::new(days)).map(long).unwrap_or_default();
        let requested = if case.kind == RequestKind::OptOut || case.kind == RequestKind::Limit {
            long(today)
        } else {
            String::new()
        };
        Ok(BTreeMap::from([
            ("business", self.business()?),
            ("business_address", self.business_address()?),
            ("contact", self.business_contact()?),
            ("date", long(today)),
            ("recipient", subject.names.first().cloned().unwrap_or_else(|| "To the person who asked".to_owned())),
            ("reference", case.number.to_string()),
            ("request", spoken(case.kind.as_str()).to_owned()),
            ("received_on", long(dates.received_on)),
            ("answer_by", dates.extended_due.as_ref().filter(|_| dates.due.on < today).map_or_else(|| long(dates.due.on), |it| long(it.on))),
            ("first_answer_by", long(dates.due.on)),
            ("because", because(&evidence)),
            ("denied", denied(&evidence)),
            ("done", done(&evidence)),
            ("kept", kept(&evidence)),
            ("recipients", "none is recorded for this request.".to_owned()),
            ("further_rights", "You may write to us again, and you may turn to the California Privacy Protection Agency.".to_owned()),
            ("how", "by answering this letter in the way you wrote to us".to_owned()),
            ("points", "your full name and two more details that we already hold, such as your email address, phone number or postal address".to_owned()),
            ("reply_by", from_now(14)),
            ("act_by", from_now(10)),
            ("records", evidence.located.matches.len().to_string()),
            ("categories", categories(&evidence)),
            ("sources", "you yourself, and our staff when they worked on your orders and questions".to_owned()),
            ("purposes", "serving you as our customer".to_owned()),
            ("period", "from January 1, 2022, or earlier where it was easy to find, to the day we received your request".to_owned()),
            ("coverage", coverage(&evidence)),
            ("files", exported(&evidence, "files")),
            ("package", exported(&evidence, "rows")),
            ("withheld", withheld(&evidence)),
            ("stopped_on", requested),
            ("covers", "selling and sharing of your personal information by us".to_owned()),
            ("not_asked_before", from_now(365)),
            ("identifiers", subject.emails.first().or(subject.account_numbers.first()).cloned().unwrap_or_default()),
            ("instruction", instruction(case.kind).to_owned()),
        ]))
    }
}

fn spoken(kind: &str) -> &'static str {
    match kind {
        "know-categories" => "to know the categories of personal information we hold",
        "know-specific" => "to know the specific pieces of personal information we hold",
        "delete" => "to delete your personal information",
        "correct" => "to correct your personal information",
        "opt-out" => "to opt out of the sale and sharing of your personal information",
        _ => "to limit the use of your sensitive personal information",
    }
}

/// What the last proof says, in a sentence; empty before there is one.
fn done(of: &Evidence) -> String {
    let Some((_, proved)) = of.certificates.last() else {
        return if of.outcomes.is_empty() && of.case.road.located {
            "Nothing was deleted.".to_owned()
        } else {
            String::new()
        };
    };
    let it = &proved.certificate;
    let mut sentence =
        format!("We deleted {} records about you. ", it.gone + it.in_bin + it.purged_but_visible);
    if it.in_bin > 0 {
        sentence.push_str(&format!(
            "{} of them are in a recycle bin that empties itself after 15 days. ",
            it.in_bin
        ));
    }
    let open = it.still_there + it.refused + it.reappeared;
    if open > 0 {
        sentence.push_str(&format!(
            "{open} records could not be deleted yet; we will write to you again about them. "
        ));
    }
    sentence.trim_end().to_owned()
}

fn kept(of: &Evidence) -> String {
    let grounds = law::grounds().unwrap_or_default();
    let mut lines: Vec<String> = of
        .decided
        .iter()
        .filter_map(|it| it.ground.as_deref())
        .filter_map(|code| grounds.iter().find(|ground| ground.code == code))
        .map(|ground| format!("{} ({})", ground.title, ground.citation))
        .collect();
    lines.sort();
    lines.dedup();
    if lines.is_empty() {
        NOTHING_KEPT.to_owned()
    } else {
        format!("We kept some records, because of: {}.", lines.join("; "))
    }
}

fn categories(of: &Evidence) -> String {
    let mut objects: Vec<&str> = of.located.matches.iter().map(|it| it.object.as_str()).collect();
    objects.sort_unstable();
    objects.dedup();
    if objects.is_empty() {
        "We found no records about you.".to_owned()
    } else {
        format!("We hold records about you of these kinds: {}.", objects.join(", "))
    }
}

fn withheld(of: &Evidence) -> String {
    let lines: Vec<String> = of
        .export
        .as_ref()
        .and_then(|it| it.get("withheld_kinds"))
        .and_then(|it| it.as_array())
        .map(|kinds| kinds.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    if lines.is_empty() {
        "Nothing was withheld.".to_owned()
    } else {
        format!("We hold the following, which the law does not allow us to send: {}.", lines.join("; "))
    }
}

/// Why a request is refused in whole or in part, or needs more time; in the order in which it matters.
fn because(of: &Evidence) -> String {
    if of.located.matches.is_empty() && of.case.road.located {
        return "We found no record that we could match to you.".to_owned();
    }
    if of.case.kind.needs_identity() && !of.case.road.identified {
        return "We could not yet confirm that you are the person the information is about.".to_owned();
    }
    let kept = kept(of);
    if kept == NOTHING_KEPT {
        "The search through all our records takes longer than we expected.".to_owned()
    } else {
        kept
    }
}

fn denied(of: &Evidence) -> String {
    if of.outcomes.is_empty() {
        "your request as a whole".to_owned()
    } else {
        "your request for the records named below".to_owned()
    }
}

fn coverage(of: &Evidence) -> String {
    let objects: std::collections::BTreeSet<&str> =
        of.located.coverage.iter().map(|it| it.object.as_str()).collect();
    if objects.is_empty() {
        String::new()
    } else {
        format!("We looked through {} kinds of records.", objects.len())
    }
}

fn exported(of: &Evidence, what: &str) -> String {
    of.export
        .as_ref()
        .and_then(|it| it.get(what))
        .and_then(serde_json::Value::as_u64)
        .map(|it| it.to_string())
        .unwrap_or_default()
}

fn instruction(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Delete => {
            "Delete the personal information of this consumer, and tell us when it is done."
        }
        RequestKind::Correct => {
            "Correct the personal information of this consumer as we describe, and tell us when it is done."
        }
        RequestKind::OptOut => "Stop selling and sharing the personal information of this consumer.",
        RequestKind::Limit => {
            "Use the sensitive personal information of this consumer only as the law allows after a request to limit."
        }
        RequestKind::OptIn => {
            "This consumer has opted in again to the sale and sharing of their personal information."
        }
        RequestKind::AdmtOptOut => "Stop using automated decision-making technology on this consumer.",
        RequestKind::KnowCategories | RequestKind::KnowSpecific | RequestKind::AdmtAccess => {
            "Send us what you hold about this consumer on our behalf."
        }
    }
}
