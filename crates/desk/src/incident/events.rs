//! The events of an incident, read again from the log files as they were kept.

use std::sync::atomic::{AtomicUsize, Ordering};

use casework::incident::{Finding, LogEvent, LogReader, Read};
use vault::{IncidentFile, KeptLog};

use super::pack::unpack;
use crate::desk::Desk;
use crate::problem::Problem;

/// More threads than this would only wait for the vault.
const MOST_THREADS: usize = 8;

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
        for log in self.kept_logs(file)?.iter().filter(|log| wanted(log)) {
            self.kept_log(log, each)?;
        }
        Ok(())
    }

    /// The logs that hold records, in their order.
    pub(super) fn kept_logs(&self, file: &IncidentFile) -> Result<Vec<KeptLog>, Problem> {
        let mut logs = self.read(|vault| vault.incident_logs(&file.number))?;
        logs.retain(|log| log.reading.same_as.is_none());
        Ok(logs)
    }

    /// Every record of one log that is no duplicate.
    pub(super) fn kept_log(&self, log: &KeptLog, each: &mut dyn FnMut(Read<'_>)) -> Result<(), Problem> {
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
        self.kept_bytes(log.n, &mut |bytes| {
            reader.feed(bytes, &mut fresh);
            true
        })?;
        reader.finish(&mut fresh);
        Ok(())
    }

    /// Shares logs between threads: each takes the next one that nobody has, with its number, and says at last what it found.
    pub(super) fn share_logs<'l, R: Send>(
        &self,
        logs: &'l [KeptLog],
        walk: impl Fn(&dyn Fn() -> Option<(u32, &'l KeptLog)>) -> Result<R, Problem> + Sync,
    ) -> Result<Vec<R>, Problem> {
        let taken = AtomicUsize::new(0);
        let next = || {
            let place = taken.fetch_add(1, Ordering::Relaxed);
            Some((u32::try_from(place).ok()?, logs.get(place)?))
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        std::thread::scope(|scope| {
            let (walk, next) = (&walk, &next);
            let walking: Vec<_> = (0..threads).map(|_| scope.spawn(move || walk(next))).collect();
            walking
                .into_iter()
                .map(|it| it.join().unwrap_or_else(|it| std::panic::resume_unwind(it)))
                .collect()
        })
    }

    /// The bytes of a log file, piece by piece, until `each` says no.
    pub(super) fn kept_bytes(&self, log: i64, each: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), Problem> {
        let mut bytes = Vec::with_capacity(PIECE);
        for place in 0.. {
            let Some(piece) = self.read(|vault| vault.log_piece(log, place))? else { break };
            unpack(&piece, &mut bytes).map_err(|_| {
                Problem::new(
                    "vault_damaged",
                    "A log that was kept in the vault cannot be unpacked.",
                    "Check the vault with `habeas vault check`, and go on with a backup.",
                )
            })?;
            if !each(&bytes) {
                break;
            }
        }
        Ok(())
    }
}
