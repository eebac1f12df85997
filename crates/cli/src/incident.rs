//! The words of `habeas incident`, each one call into the desk.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::{Args, Subcommand};
use desk::problem::Problem;
use desk::{Desk, NewIncident, Span};
use serde_json::json;

use crate::Told;
use crate::deeds::{instant, progress, view};

#[derive(Debug, Subcommand)]
pub enum Incident {
    /// Opens an incident.
    Open {
        /// What happened, in a few words, without names of people.
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// When it became known.
        #[arg(long, value_name = "RFC3339")]
        discovered_at: String,
        /// A connected org; without one, logs come from files.
        #[arg(long, value_name = "NAME")]
        org: Option<String>,
    },
    /// All incidents.
    List,
    /// Takes in logs: from folders and ZIPs, or from the org.
    Gather {
        incident: String,
        /// Folders, ZIPs or single files.
        #[arg(long, value_name = "DIR|ZIP", num_args = 1.., required_unless_present = "from_org", conflicts_with = "from_org")]
        logs: Vec<PathBuf>,
        /// Fetches what the incident's org still keeps.
        #[arg(long)]
        from_org: bool,
        /// The first day (UTC) or instant that matters.
        #[arg(long, value_name = "DATE|RFC3339", requires = "from_org")]
        since: Option<String>,
        /// The last one, inclusive.
        #[arg(long, value_name = "DATE|RFC3339", requires = "from_org")]
        until: Option<String>,
        /// Event log files only of days on which something was found that nobody dismissed.
        #[arg(long, requires = "from_org")]
        suspect_days: bool,
    },
    /// Counts whose data was taken: records, people, states, elements; proved, probable, at most.
    Scope {
        incident: String,
        /// An export that stands in for the org: one CSV file for each object.
        #[arg(long, value_name = "DIR|ZIP")]
        export: Option<PathBuf>,
        /// No more API calls than this.
        #[arg(long, value_name = "N")]
        max_calls: Option<u64>,
    },
    /// What the law asks after this leak, how severe it is, what it may cost.
    Assess {
        incident: String,
        /// What the program cannot know: the facts of `habeas law duties`, as far as they are known.
        #[arg(long, value_name = "FILE")]
        facts: PathBuf,
    },
    /// Runs every rule over the logs.
    Find {
        incident: String,
        /// strong, balanced or everything
        #[arg(long, default_value = "balanced", value_name = "WORD")]
        strength: String,
    },
    /// Confirms a finding: what it rests on goes into the scope.
    Confirm(Decision),
    /// Dismisses a finding.
    Dismiss(Decision),
    /// A tabletop exercise about an incident that was confirmed, counted and assessed: sets the questions, or answers the one in hand.
    Exercise {
        incident: String,
        /// The question in hand; without it the questions are set anew, or shown when they are.
        #[arg(long, value_name = "ID", requires = "answer")]
        question: Option<String>,
        /// An option, a number or a day; given again where several hold.
        #[arg(long, value_name = "WORD", requires = "question")]
        answer: Vec<String>,
    },
    /// One incident and what comes next.
    Show { incident: String },
    #[command(flatten)]
    Packet(crate::packet::Packet),
}

#[derive(Debug, Args)]
pub struct Decision {
    pub incident: String,
    #[arg(long, value_name = "F-…")]
    pub finding: String,
    /// What you checked.
    #[arg(long, value_name = "TEXT")]
    pub because: String,
}

pub async fn run(desk: &Desk, deed: Incident) -> Result<Told, Problem> {
    match deed {
        Incident::Open { title, discovered_at, org } => {
            let discovered_at = instant(&discovered_at, "--discovered-at")?;
            view(&desk.open_incident(&NewIncident { title: &title, discovered_at, org: org.as_deref() })?)
        }
        Incident::Gather { incident, from_org: true, since, until, suspect_days, .. } => {
            let span = Span {
                since: since.map(|it| end(&it, "--since", NaiveTime::MIN)).transpose()?,
                until: until.map(|it| end(&it, "--until", LAST_SECOND)).transpose()?,
                only_suspects: suspect_days,
            };
            view(&desk.gather_from_org(&incident, span, &progress()).await?)
        }
        // Clap forgives `requires` where --logs shuts out --from-org.
        Incident::Gather { since, until, suspect_days, .. }
            if since.is_some() || until.is_some() || suspect_days =>
        {
            Err(Problem::new(
                "usage",
                "--since, --until and --suspect-days say what to fetch from the org; files are taken in whole. Nothing was gathered.",
                "Leave them out, or fetch from the org with --from-org instead of --logs.",
            ))
        }
        Incident::Gather { incident, logs, .. } => view(&desk.gather_files(&incident, &logs, &progress())?),
        Incident::Scope { incident, export, max_calls } => {
            view(&desk.scope_incident(&incident, export.as_deref(), max_calls, &progress()).await?)
        }
        Incident::Assess { incident, facts } => {
            view(&desk.assess_incident(&incident, &crate::deeds::read(&facts, "facts")?)?)
        }
        Incident::Find { incident, strength } => view(&desk.find(&incident, &strength, &progress())?),
        Incident::Confirm(it) => view(&desk.confirm_finding(&it.incident, &it.finding, &it.because)?),
        Incident::Dismiss(it) => view(&desk.dismiss_finding(&it.incident, &it.finding, &it.because)?),
        Incident::Exercise { incident, question: Some(question), answer } => {
            view(&desk.answer_exercise(&incident, &question, &answer)?)
        }
        Incident::Exercise { incident, .. } => match desk.exercise(&incident)? {
            Some(set) => view(&set),
            None => view(&desk.set_exercise(&incident)?),
        },
        Incident::List => view(&json!({ "incidents": desk.incidents()? })),
        Incident::Show { incident } => view(&desk.incident(&incident)?),
        Incident::Packet(deed) => crate::packet::run(desk, deed),
    }
}

const LAST_SECOND: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// A day of UTC, with the time that its end has, or an instant.
fn end(text: &str, flag: &str, time: NaiveTime) -> Result<DateTime<Utc>, Problem> {
    match text.parse::<NaiveDate>() {
        Ok(day) => Ok(day.and_time(time).and_utc()),
        Err(_) => instant(text, flag),
    }
}
