//! The yearly figures as a paper, to be published with the privacy policy or kept.

use std::path::Path;

use casework::metrics::Figures;
use papers::document::{self, Block, Document, Language, Level, Paper, Table};

use crate::desk::Desk;
use crate::ledger::write_new;
use crate::problem::Problem;
use crate::troubles;
use crate::views::asking::MetricsView;

/// What the columns of time mean, below the table that has them.
const HOW_COUNTED: [&str; 3] = [
    "A request stands in the year in which it was received. Requests to opt in are not part of these figures.",
    "Days are calendar days from receipt to the answer of substance; median and mean are of the requests that were answered.",
    "A request is overdue when it was answered after its last day, or is open past it; an extension that was told in time moves that day.",
];

impl Desk {
    /// The figures of § 7102 for a year, written as a PDF too; never overwrites.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn metrics_report(
        &self,
        year: i32,
        consumers: Option<u64>,
        to: &Path,
    ) -> Result<MetricsView, Problem> {
        let view = self.metrics(year, consumers)?;
        let paper = self.paper(&view)?;
        let rendered = document::render(&paper).map_err(|error| troubles::paper(&error))?;
        let written = write_new(to, &rendered.bytes)?;
        Ok(MetricsView { written: Some(written), ..view })
    }

    fn paper(&self, of: &MetricsView) -> Result<Document, Problem> {
        let heading = |text: &str| Block::Heading(Level::Two, text.to_owned());
        let title = format!("Privacy requests of {}", of.year);
        Ok(Document {
            title: title.clone(),
            id: format!("Metrics {}", of.year),
            language: Language::English,
            paper: Paper::Letter,
            made_at: self.now(),
            practice: self.practice(),
            blocks: vec![
                Block::Heading(Level::One, title),
                Block::Subtitle(self.business()?),
                Block::Note(of.note.clone().into()),
                Block::Facts(vec![
                    ("Requests received from".into(), format!("January 1 to December 31, {}", of.year)),
                    ("As it stands on".into(), self.today()?.to_string()),
                    ("Source".into(), format!("{} (rule {})", of.citation, of.rule)),
                ]),
                heading("What was asked and how it ended"),
                outcomes(&of.figures),
                heading("How long it took"),
                times(&of.figures),
                heading("Why requests were denied"),
                denials(&of.figures),
                heading("How this is counted"),
                Block::Bullets(HOW_COUNTED.iter().map(|it| (*it).into()).collect()),
            ],
        })
    }
}

fn name(of: &Figures) -> String {
    format!("({}) {}", of.letter, of.requests)
}

fn table(columns: &[(&str, f32)], figures: &[Figures], cells: impl Fn(&Figures) -> Vec<String>) -> Block {
    let rows = figures.iter().map(|of| std::iter::once(name(of)).chain(cells(of)).collect()).collect();
    Block::Table(Table::new(columns, rows))
}

fn outcomes(figures: &[Figures]) -> Block {
    let columns = [
        ("Request to", 3.0),
        ("Received", 1.1),
        ("Complied with", 1.2),
        ("In part", 0.9),
        ("Denied", 0.9),
        ("Withdrawn", 1.2),
        ("Open", 0.8),
    ];
    table(&columns, figures, |of| {
        [of.received, of.complied, of.complied_in_part, of.denied, of.withdrawn, of.open]
            .map(|it| it.to_string())
            .to_vec()
    })
}

fn times(figures: &[Figures]) -> Block {
    let days = |of: Option<f64>| of.map_or_else(|| "none answered".to_owned(), |it| format!("{it:.1}"));
    let columns =
        [("Request to", 3.0), ("Median days", 1.3), ("Mean days", 1.3), ("Overdue", 1.0), ("Extended", 1.0)];
    table(&columns, figures, |of| {
        vec![days(of.median_days), days(of.mean_days), of.overdue.to_string(), of.extended.to_string()]
    })
}

fn denials(figures: &[Figures]) -> Block {
    let columns = [
        ("Request to", 3.0),
        ("Not verifiable", 1.2),
        ("Not a consumer", 1.3),
        ("Information exempt", 1.5),
        ("Other grounds", 1.2),
    ];
    table(&columns, figures, |of| {
        let of = of.denied_because;
        [of.unverifiable, of.not_a_consumer, of.exempt, of.other].map(|it| it.to_string()).to_vec()
    })
}
