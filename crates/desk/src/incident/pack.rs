//! Hashing and compressing beside the reading: one thread takes pieces of a file and gives them back packed.

use std::io::{self, Read as _};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};
use papers::Sha256;

use super::events::PIECE;

/// How a piece begins that is packed with LZ4; its length follows in four bytes, the lowest first, then one block. Earlier versions packed
/// with DEFLATE, and no stream of that begins so.
const LZ4: [u8; 4] = *b"LZ4\n";

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
            let (mut hash, mut room) = (Sha256::new(), Vec::new());
            for piece in taken {
                let packed = match piece {
                    Some(bytes) => {
                        hash.update(&bytes);
                        Packed::Piece(pack(&bytes, &mut room))
                    }
                    None => Packed::End(std::mem::replace(&mut hash, Sha256::new()).finish()),
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

/// `room` is used again for each piece.
fn pack(bytes: &[u8], room: &mut Vec<u8>) -> Vec<u8> {
    room.resize(get_maximum_output_size(bytes.len()), 0);
    // There is always room enough.
    let packed = compress_into(bytes, room).unwrap_or_default();
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    [LZ4.as_slice(), &length, room.get(..packed).unwrap_or_default()].concat()
}

/// Puts what was packed into `bytes`, in place of what was there.
pub(super) fn unpack(piece: &[u8], bytes: &mut Vec<u8>) -> io::Result<()> {
    let damaged = || io::Error::from(io::ErrorKind::InvalidData);
    let Some((length, block)) = piece.strip_prefix(&LZ4).and_then(|it| it.split_first_chunk::<4>()) else {
        bytes.clear();
        return flate2::read::DeflateDecoder::new(piece).read_to_end(bytes).map(drop);
    };
    let length =
        usize::try_from(u32::from_le_bytes(*length)).ok().filter(|it| *it <= PIECE).ok_or_else(damaged)?;
    bytes.resize(length, 0);
    match decompress_into(block, bytes) {
        Ok(unpacked) if unpacked == length => Ok(()),
        _ => Err(damaged()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_piece_comes_back_whichever_version_packed_it() {
        let text = "\"RestApi\",\"20261020120000.050\",\"/services/data\"\n".repeat(5_000).into_bytes();
        let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflated.write_all(&text).unwrap();
        for piece in [pack(&text, &mut Vec::new()), deflated.finish().unwrap()] {
            let mut bytes = Vec::new();
            unpack(&piece, &mut bytes).unwrap();
            assert!(bytes == text && piece.len() * 10 < text.len());
            assert!(unpack(piece.split_last().unwrap().1, &mut bytes).is_err(), "a piece that was cut");
        }
    }
}
