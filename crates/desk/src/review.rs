//! Review: what happens to each match is decided here, by a person.

use casework::case::{RequestDeed, RequestKind};
use casework::found::{Confidence, Match};
use casework::review::{self, BadLine, Decided, Decision, Ground};
use casework::row::{Presence, Row};
use serde_json::json;
use vault::CaseFile;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::views::ReviewView;

impl Desk {
    /// Decides every match of the wanted confidences that nobody decided before; never a shared record.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is decided then.
    pub fn accept(&self, request: &str, confidences: &[String]) -> Result<ReviewView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Review)?;
        let wanted: Vec<Confidence> = review::confidences(&confidences.join(",")).map_err(|word| {
            Problem::new(
                "usage",
                format!("{word:?} is no confidence. Nothing was decided."),
                "Use exact, strong or possible, joined by commas.",
            )
        })?;
        let located = self.located(&case)?;
        let mut decided = self.read(|vault| vault.decisions(&case.number))?;
        decided.extend(review::accept(case.kind, &located.matches, &wanted, &decided));
        self.keep_decisions(case, &located.matches, decided)
    }

    /// Takes a file of decisions, whole or not at all.
    ///
    /// # Errors
    /// `decisions_unusable` names every faulty line; nothing is decided then.
    pub fn decide(&self, request: &str, file: &[u8]) -> Result<ReviewView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Review)?;
        let located = self.located(&case)?;
        let mut matches = located.matches.clone();
        matches.extend(related_accounts(&located.matches, &located.rows));
        let decisions = review::read(file, &matches, &grounds()?).map_err(|faults| bad_lines(&faults))?;
        let mut decided = self.read(|vault| vault.decisions(&case.number))?;
        decided.retain(|earlier| !decisions.iter().any(|it| it.id == earlier.id));
        decided.extend(decisions);
        self.keep_decisions(case, &located.matches, decided)
    }

    /// Takes matches for the person's own, one by one, under a request that deletes nothing: they are kept, and no ground is
    /// needed for that.
    ///
    /// # Errors
    /// `usage` under a request to delete, where keeping needs a ground; nothing is decided then.
    pub fn take(&self, request: &str, ids: &[String]) -> Result<ReviewView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Review)?;
        if case.kind == RequestKind::Delete {
            return Err(Problem::new(
                "usage",
                "Under a request to delete a record is kept on a ground only. Nothing was decided.",
                "Decide to delete it, or name the ground.",
            ));
        }
        let located = self.located(&case)?;
        let mut decided = self.read(|vault| vault.decisions(&case.number))?;
        decided.retain(|it| !ids.iter().any(|id| id == it.id.as_str()));
        decided.extend(located.matches.iter().filter(|it| ids.iter().any(|id| id == it.id.as_str())).map(
            |it| Decided {
                object: it.object.clone(),
                id: it.id.clone(),
                decision: Decision::Keep,
                ground: None,
                reason: "the officer took it for the person's".to_owned(),
            },
        ));
        self.keep_decisions(case, &located.matches, decided)
    }

    /// Takes decisions back: these matches are undecided again.
    ///
    /// # Errors
    /// A [`Problem`]; every decision stands then.
    pub fn undecide(&self, request: &str, ids: &[String]) -> Result<ReviewView, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Review)?;
        let located = self.located(&case)?;
        let mut decided = self.read(|vault| vault.decisions(&case.number))?;
        decided.retain(|it| !ids.iter().any(|id| id == it.id.as_str()));
        self.keep_decisions(case, &located.matches, decided)
    }

    fn keep_decisions(
        &self,
        mut case: CaseFile,
        matches: &[Match],
        decided: Vec<Decided>,
    ) -> Result<ReviewView, Problem> {
        let count = |decision| decided.iter().map(|it| u64::from(it.decision == decision)).sum::<u64>();
        let view = ReviewView {
            request: case.number.to_string(),
            delete: count(Decision::Delete),
            keep: count(Decision::Keep),
            correct: count(Decision::Correct),
            not_this_person: count(Decision::NotThisPerson),
            undecided: review::undecided(matches, &decided),
        };
        case.road.reviewed = !decided.is_empty() || matches.is_empty();
        case.road.rehearsed = None;
        case.road.approved = None;
        let detail = json!({
            "delete": view.delete, "keep": view.keep, "correct": view.correct,
            "not_this_person": view.not_this_person, "undecided": view.undecided,
        });
        self.record(&case.number, "request.reviewed", detail, |tx| {
            // A decision that was taken back is not among them.
            tx.clear_decisions(&case.number)?;
            tx.put_decisions(&case.number, &decided)?;
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(view)
    }
}

/// The business accounts that the subject's records stand under. They are no matches and are never proposed; an officer who
/// names one in a decisions file can still rehearse it and see all that would go with it.
pub(crate) fn related_accounts(matches: &[Match], rows: &[Row]) -> Vec<Match> {
    let mut accounts = std::collections::BTreeSet::new();
    for row in rows {
        accounts.extend(row.lookup("AccountId").into_iter().filter(|id| id.prefix() == "001"));
    }
    accounts
        .into_iter()
        .filter(|id| !matches.iter().any(|it| it.id == *id))
        .map(|id| Match {
            number: String::new(),
            object: "Account".to_owned(),
            id,
            confidence: Confidence::Possible,
            person: false,
            shared: true,
            presence: Presence::Live,
            reasons: Vec::new(),
        })
        .collect()
}

/// The grounds on which a record may be kept, as the law book gives them.
pub(crate) fn grounds() -> Result<Vec<Ground>, Problem> {
    let grounds = law::grounds().map_err(|_| law_files_unreadable())?;
    Ok(grounds.into_iter().map(|it| Ground { code: it.code, words: it.words }).collect())
}

pub(crate) fn law_files_unreadable() -> Problem {
    Problem::new(
        "law_file",
        "The law files built into the program cannot be read. Nothing was done.",
        "Install the program again.",
    )
}

/// Decisions of a screen as the file that a person would give: both are read by the same rules.
pub(crate) fn table<'a, const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [&'a str; N]>,
) -> Result<Vec<u8>, Problem> {
    let unwritable =
        || Problem::new("view", "The decisions could not be read. Nothing was decided.", "Try again.");
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(header).map_err(|_| unwritable())?;
    for row in rows {
        file.write_record(row).map_err(|_| unwritable())?;
    }
    file.into_inner().map_err(|_| unwritable())
}

pub(crate) fn bad_lines(faults: &[BadLine]) -> Problem {
    let first: Vec<String> = faults.iter().take(5).map(ToString::to_string).collect();
    let more = faults.len().saturating_sub(first.len());
    let more = if more == 0 { String::new() } else { format!("; and {more} more") };
    let lines: Vec<_> = faults.iter().map(|it| json!({ "line": it.line, "what": it.what })).collect();
    Problem::new(
        "decisions_unusable",
        format!("The decisions file was not taken: {}{more}. Nothing was decided.", first.join("; ")),
        "Mend the lines named and give the whole file again.",
    )
    .beside("lines", json!(lines))
}
