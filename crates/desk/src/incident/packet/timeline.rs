//! The timeline of an incident: every event that a confirmed finding rests on, and how much was read when.

use casework::incident::Finding;
use papers::chart::{self, Bar};
use papers::document::{Block, Document, Level, Table};

use super::Known;
use super::papers_of::document;
use crate::desk::Desk;
use crate::incident::chronicle::{Happened, Volume};
use crate::problem::Problem;

/// Events on paper; the others are counted.
const EVENTS: usize = 300;

impl Desk {
    /// The timeline as a paper, with a chart of volume.
    pub(super) fn timeline_paper(&self, known: &Known) -> Result<Document, Problem> {
        let title = "Timeline and volume";
        let number = known.file.number.as_str();
        let confirmed: Vec<Finding> = known.confirmed.iter().map(|it| it.finding.clone()).collect();
        let (events, beyond) = self.chronicle(&known.file, &confirmed, EVENTS, false)?;
        let mut blocks =
            vec![Block::Heading(Level::One, title.to_owned()), Block::Subtitle(format!("Incident {number}"))];
        let volume = match self.taken_between(&known.file) {
            Some((from, to)) => self.volume(number, &from, &to)?,
            None => None,
        };
        match volume {
            Some(volume) => blocks.push(figure(&volume)),
            None => blocks
                .push(Block::Paragraph("No finding was confirmed, so there is no volume to show.".into())),
        }
        blocks.push(Block::Heading(Level::Two, "Events behind the confirmed findings".to_owned()));
        if events.is_empty() {
            blocks.push(Block::Paragraph("There are none.".into()));
        } else {
            blocks.push(Block::Table(Table::new(
                &[("UTC", 1.9), ("As written", 1.9), ("What", 4.0), ("Source", 2.6)],
                events.iter().map(row).collect(),
            )));
        }
        if beyond > 0 {
            let text = format!("{beyond} more events stand in the logs that the findings name.");
            blocks.push(Block::Paragraph(text.into()));
        }
        Ok(document(known, title, blocks))
    }
}

fn row(it: &Happened) -> Vec<String> {
    let event = &it.event;
    let what = [
        Some(event.kind.clone()),
        event.app.clone(),
        Some(event.objects.join(", ")).filter(|it| !it.is_empty()),
        event.rows.map(|n| format!("{n} records")),
        event.address.as_ref().map(|it| format!("from {it}")),
    ];
    vec![
        event.at.replace('T', " ").trim_end_matches('Z').to_owned(),
        event.written.clone().unwrap_or_default(),
        what.into_iter().flatten().collect::<Vec<_>>().join("; "),
        format!("{} row {}", event.source, event.row),
    ]
}

fn figure(volume: &Volume) -> Block {
    let bar = |it: &crate::incident::chronicle::VolumeBar| Bar {
        label: it.label.clone(),
        value: it.records,
        marked: it.inside,
    };
    let bars: Vec<Bar> = volume.bars.iter().map(bar).collect();
    Block::Figure(chart::figure(&bars, &volume.caption, &volume.alternative))
}
