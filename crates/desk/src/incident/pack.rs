//! Hashing and compressing beside the reading: one thread takes pieces of a file and gives them back packed.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use casework::ledger::hex;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

/// What comes back.
pub(super) enum Packed {
    Piece(Vec<u8>),
    /// The file's SHA-256, after its last piece.
    End(String),
}

/// `None` ends a file.
pub(super) struct Packer {
    to: SyncSender<Option<Arc<Vec<u8>>>>,
    from: Receiver<Packed>,
}

impl Packer {
    /// Starts the thread within a scope; it ends when the packer is dropped.
    pub fn start<'scope>(scope: &'scope std::thread::Scope<'scope, '_>) -> Self {
        let (to, taken) = sync_channel::<Option<Arc<Vec<u8>>>>(2);
        let (given, from) = channel();
        scope.spawn(move || {
            let mut hash = Sha256::new();
            for piece in taken {
                let packed = match piece {
                    Some(bytes) => {
                        hash.update(bytes.as_slice());
                        let mut out =
                            DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
                        // Writing to memory cannot fail.
                        drop(out.write_all(&bytes));
                        Packed::Piece(out.finish().unwrap_or_default())
                    }
                    None => Packed::End(hex(&std::mem::take(&mut hash).finalize())),
                };
                if given.send(packed).is_err() {
                    return;
                }
            }
        });
        Self { to, from }
    }

    /// Hands over the next piece, or the end of the file.
    pub fn give(&self, piece: Option<Arc<Vec<u8>>>) {
        // The thread lives as long as this packer.
        drop(self.to.send(piece));
    }

    /// What is ready by now.
    pub fn ready(&self) -> Option<Packed> {
        self.from.try_recv().ok()
    }

    /// Waits for what comes next.
    pub fn wait(&self) -> Option<Packed> {
        self.from.recv().ok()
    }
}
