//! Locating: everything in the org that is one person's or about them.

mod board;

use casework::case::RequestDeed;
use casework::found::Located;
use casework::locate::{Locate, Settings};
use casework::query::Ask;
use serde_json::json;
use vault::{CaseFile, Part};

use self::board::{Live, lines};
use crate::desk::Desk;
use crate::evidence::word;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::troubles::{self, NOTHING_CHANGED};
use crate::views::{Calls, LocatedView};

impl Desk {
    /// Searches every object and field the org shows us. Goes on where an earlier run was stopped.
    ///
    /// # Errors
    /// `call_ceiling` and `stopped` keep everything that was read; run again to go on.
    pub async fn locate(
        &self,
        request: &str,
        ceiling: Option<u64>,
        progress: &Progress,
    ) -> Result<LocatedView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Locate)?;
        let subject = self.subject(&case)?;
        let reach = self.reach(&case.org, ceiling, progress, NOTHING_CHANGED).await?;
        let (mut search, earlier) = match self.paused(&case)? {
            Some(paused) => paused,
            None => {
                let settings = Settings { region: self.region()?, ..Settings::default() };
                let search = Locate::begin(&subject, &reach.schema, settings)
                    .map_err(|it| unusable(&it.to_string()))?;
                (search, 0)
            }
        };
        let forecast = earlier + reach.org.spent() + search.forecast_calls();
        let live = Live::begin(self, &case.number);
        let show = |search: &mut Locate| {
            let spent = earlier + reach.org.spent();
            live.show(lines(search, &reach.schema), Calls { forecast: Some(forecast), spent });
        };
        loop {
            let asks = search.next(&reach.schema);
            if asks.is_empty() {
                break;
            }
            show(&mut search);
            progress.say(&format!(
                "Locating: {} questions, {} calls used of about {forecast}",
                asks.len(),
                earlier + reach.org.spent()
            ));
            let questions: Vec<Ask> = asks.iter().map(|it| it.ask.clone()).collect();
            let asked = reach
                .org
                .ask(&questions, &mut |place, answer| {
                    if let Some(asked) = asks.get(place) {
                        search.answer(&reach.schema, asked.number, answer);
                        show(&mut search);
                    }
                })
                .await;
            if let Err(error) = asked {
                self.pause(&case, &search, earlier + reach.org.spent())?;
                let mut problem =
                    troubles::org(&error, "Nothing was changed in Salesforce; what was read so far is kept.");
                problem.next_step = format!("{} Locating goes on where it stopped.", problem.next_step);
                return Err(problem);
            }
        }
        let spent = earlier + reach.org.spent();
        let located = search.finish(&reach.schema);
        let identity = self.judged_anew(&mut case, &located)?;
        case.road.located = true;
        case.road.rehearsed = None;
        case.road.approved = None;
        self.record(&case.number, "request.located", summary(&located, spent), |tx| {
            tx.put_part(&case.number, Part::Located, &located)?;
            tx.put_part(&case.number, Part::Calls, &json!({ "forecast": forecast, "spent": spent }))?;
            tx.drop_part(&case.number, Part::LocateState)?;
            if let Some(identity) = &identity {
                tx.put_part(&case.number, Part::Identity, identity)?;
            }
            tx.put_road(&case.number, &case.road)
        })?;
        Ok(LocatedView {
            request: request.to_owned(),
            matches: located.matches,
            questions: located.questions,
            coverage: located.coverage,
            api_calls: Calls { forecast: Some(forecast), spent },
        })
    }

    pub(crate) fn paused(&self, case: &CaseFile) -> Result<Option<(Locate, u64)>, Problem> {
        let kept: Option<serde_json::Value> =
            self.read(|vault| vault.part(&case.number, Part::LocateState))?;
        // A state written by another version of the program is not worth a guess: begin again.
        Ok(kept.and_then(|state| serde_json::from_value(state).ok()))
    }

    fn pause(&self, case: &CaseFile, search: &Locate, spent: u64) -> Result<(), Problem> {
        self.record(&case.number, "request.locate_paused", json!({ "api_calls": spent }), |tx| {
            tx.put_part(&case.number, Part::LocateState, &(search, spent))
        })
    }

    /// What the last locate found.
    pub(crate) fn located(&self, case: &CaseFile) -> Result<Located, Problem> {
        self.read(|vault| vault.part(&case.number, Part::Located))?.ok_or_else(|| {
            Problem::new(
                "not_located",
                "Nothing was located yet. Nothing was done.",
                "Run `habeas request locate` first.",
            )
        })
    }
}

/// Counts only: the ledger holds no personal data.
fn summary(located: &Located, spent: u64) -> serde_json::Value {
    let mut confidence = std::collections::BTreeMap::<String, u64>::new();
    for it in &located.matches {
        *confidence.entry(word(&it.confidence)).or_default() += 1;
    }
    let mut coverage = std::collections::BTreeMap::<String, u64>::new();
    for line in &located.coverage {
        *coverage.entry(word(&line.outcome)).or_default() += 1;
    }
    json!({ "matches": confidence, "questions": located.questions.len(), "coverage": coverage, "api_calls": spent })
}

pub(crate) fn unusable(because: &str) -> Problem {
    Problem::new(
        "subject_unusable",
        format!("The subject cannot be searched for: {because}. Nothing was done."),
        "Give at least one usable email, phone, full name, address, birthdate, account number or record id.",
    )
}
