//! Files on their way into the vault: pieces packed beside the reading, hashes, and files that came before.

use std::collections::VecDeque;
use std::sync::Arc;

use casework::incident::Reading;
use serde_json::{Value, json};
use vault::Tx;

use super::pack::{Packed, Packer};

/// Ends the transaction; what is said instead stands beside it.
pub(super) const NOTHING_KEPT: vault::Error = vault::Error::NotThere { what: "log" };

/// Files on their way into the vault. While one is being read, the pieces of the one before may still be packed.
pub(super) struct Keeping<'t, 'v> {
    tx: &'t Tx<'v>,
    packer: Packer,
    /// In the order in which they were read; the packer gives pieces and ends in that order.
    read: VecDeque<Taken>,
    /// Logs by their hash.
    known: Vec<(String, i64)>,
}

#[derive(Default)]
struct Taken {
    log: i64,
    places: u64,
    bytes: u64,
    /// Once it was read to its end.
    reading: Option<Reading>,
    sha256: Option<String>,
}

impl<'t, 'v> Keeping<'t, 'v> {
    /// `known` are the logs that are kept already, by their hash.
    pub fn start<'scope>(
        scope: &'scope std::thread::Scope<'scope, '_>,
        tx: &'t Tx<'v>,
        known: Vec<(String, i64)>,
    ) -> Self {
        Self { tx, packer: Packer::start(scope), read: VecDeque::new(), known }
    }

    /// The next file begins.
    pub fn begin(&mut self, log: i64) {
        self.read.push_back(Taken { log, ..Taken::default() });
    }

    /// A piece of it.
    pub fn give(&mut self, piece: &Arc<Vec<u8>>) -> Result<(), vault::Error> {
        self.packer.give(Some(Arc::clone(piece)));
        while let Some(packed) = self.packer.ready() {
            self.put(packed)?;
        }
        Ok(())
    }

    /// The last file was read to its end.
    pub fn end(&mut self, bytes: u64, reading: Reading) -> Result<(), vault::Error> {
        self.packer.give(None);
        let last = self.read.back_mut().ok_or(NOTHING_KEPT)?;
        (last.bytes, last.reading) = (bytes, Some(reading));
        Ok(())
    }

    fn put(&mut self, packed: Packed) -> Result<(), vault::Error> {
        let under_way = self.read.iter_mut().find(|it| it.sha256.is_none()).ok_or(NOTHING_KEPT)?;
        match packed {
            Packed::Piece(body) => {
                self.tx.add_log_piece(under_way.log, under_way.places, &body)?;
                under_way.places += 1;
            }
            Packed::End(sha256) => under_way.sha256 = Some(sha256),
        }
        Ok(())
    }

    /// Notes the files that are packed; all of them when it waits, else all but the last.
    pub fn keep(
        &mut self,
        readings: &mut Vec<Reading>,
        hashes: &mut Vec<Value>,
        wait: bool,
    ) -> Result<(), vault::Error> {
        while self.read.len() > usize::from(!wait) {
            while self.read.front().is_some_and(|it| it.sha256.is_none()) {
                let packed = self.packer.wait().ok_or(NOTHING_KEPT)?;
                self.put(packed)?;
            }
            let Some(Taken { log, bytes, reading: Some(mut reading), sha256: Some(sha256), .. }) =
                self.read.pop_front()
            else {
                return Err(NOTHING_KEPT);
            };
            match self.known.iter().find(|(hash, _)| *hash == sha256) {
                // Two days may have the same list of jobs; each list is an observation of its own.
                Some((_, twin)) if bytes > 0 && reading.kinds.values().all(|it| it.rows == 0) => {
                    reading.same_as = Some(*twin);
                    self.tx.drop_log_pieces(log)?;
                }
                _ => self.known.push((sha256.clone(), log)),
            }
            self.tx.end_log(log, &sha256, bytes, &reading)?;
            hashes.push(json!({ "sha256": sha256, "bytes": bytes, "records": records(&reading) }));
            readings.push(reading);
        }
        Ok(())
    }
}

fn records(reading: &Reading) -> u64 {
    reading.kinds.values().map(|it| it.rows + it.duplicates + it.bad_rows).sum()
}
