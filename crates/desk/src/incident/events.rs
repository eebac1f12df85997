//! The events of an incident, read again from the log files as they were kept.

use std::io::Read as _;

use casework::incident::{Finding, LogEvent, LogReader, Read};
use vault::{IncidentFile, KeptLog};

use crate::desk::Desk;
use crate::problem::Problem;

/// The bytes of a log file are compressed in pieces of this size, each by itself.
pub(super) const PIECE: usize = 4 * 1024 * 1024;

impl Desk {
    /// Every distinct event of an incident, file by file in the order in which they were taken in, records in the order of the
    /// file. Memory stays bounded. Records that say who a user or app is and have no time are left out.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn incident_events(
        &self,
        incident: &str,
        each: &mut dyn FnMut(&LogEvent<'_>),
    ) -> Result<(), Problem> {
        let file = self.incident_file(incident)?;
        self.kept_records(&file, |_| true, &mut |read| {
            if let Read::Event(event) = read {
                each(&event);
            }
        })
    }

    /// The events that a finding rests on, in the same order. Only the files that it names are read.
    ///
    /// # Errors
    /// A [`Problem`] when the vault cannot be read.
    pub fn incident_evidence(
        &self,
        incident: &str,
        finding: &Finding,
        each: &mut dyn FnMut(&LogEvent<'_>),
    ) -> Result<(), Problem> {
        let file = self.incident_file(incident)?;
        let named = |log: &KeptLog| finding.evidence.iter().any(|it| it.source() == log.source);
        self.kept_records(&file, named, &mut |read| {
            if let Read::Event(event) = read
                && finding.rests_on(&event)
            {
                each(&event);
            }
        })
    }

    /// Every record that is no duplicate, of the logs that `wanted` takes.
    pub(super) fn kept_records(
        &self,
        file: &IncidentFile,
        wanted: impl Fn(&KeptLog) -> bool,
        each: &mut dyn FnMut(Read<'_>),
    ) -> Result<(), Problem> {
        for log in self.read(|vault| vault.incident_logs(&file.number))? {
            if log.reading.same_as.is_some() || !wanted(&log) {
                continue;
            }
            let mut skip = log.reading.skip.iter().copied().peekable();
            let mut fresh = |read: Read<'_>| {
                let row = match &read {
                    Read::Event(event) | Read::Entry(event) => event.row,
                    Read::Bad { row, .. } => *row,
                };
                while skip.peek().is_some_and(|[_, to]| *to < row) {
                    skip.next();
                }
                if skip.peek().is_none_or(|[from, _]| row < *from) {
                    each(read);
                }
            };
            let mut reader = LogReader::new(&log.source);
            self.kept_bytes(log.n, &mut |bytes| reader.feed(bytes, &mut fresh))?;
            reader.finish(&mut fresh);
        }
        Ok(())
    }

    /// The bytes of a log file, piece by piece.
    fn kept_bytes(&self, log: i64, each: &mut dyn FnMut(&[u8])) -> Result<(), Problem> {
        let mut bytes = Vec::with_capacity(PIECE);
        for place in 0.. {
            let Some(piece) = self.read(|vault| vault.log_piece(log, place))? else { break };
            bytes.clear();
            flate2::read::DeflateDecoder::new(piece.as_slice()).read_to_end(&mut bytes).map_err(|_| {
                Problem::new(
                    "vault_damaged",
                    "A log that was kept in the vault cannot be unpacked.",
                    "Check the vault with `habeas vault check`, and go on with a backup.",
                )
            })?;
            each(&bytes);
        }
        Ok(())
    }
}
