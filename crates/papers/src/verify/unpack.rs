//! Unpacks files within the sizes they declare, on every core, and gives their hashes.

use std::convert::Infallible;
use std::fs::File;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::archive::{Found, fill_at};
use crate::cores;
use crate::hash::Sha256;

const CHUNK: usize = 256 << 10;
/// Not a packed stream, cut short, or followed by more: a browser cannot tell these apart.
const DAMAGED: &str = "its packed bytes are damaged, cut, or followed by others";

/// What a file's content came to.
pub(super) struct Content {
    pub sha256: String,
    /// Kept only when asked for.
    pub bytes: Option<Vec<u8>>,
}

/// Each file's content in the order given, or why it could not be unpacked as declared. `keep` says whether the bytes
/// of a file are wanted as well.
pub(super) fn all(
    file: &File,
    entries: &[Found],
    keep: impl Fn(&Found) -> bool + Sync,
) -> Vec<Result<Content, &'static str>> {
    let mut contents = Vec::with_capacity(entries.len());
    let room = || Room { packed: vec![0; CHUNK], plain: vec![0; CHUNK], inflate: Decompress::new(false) };
    let Ok(()) = cores::in_order(
        entries,
        room,
        |room, found| one(file, found, keep(found), room),
        |_, content| {
            contents.push(content);
            Ok::<(), Infallible>(())
        },
    );
    contents
}

/// What a worker uses again for every file.
struct Room {
    packed: Vec<u8>,
    plain: Vec<u8>,
    inflate: Decompress,
}

struct Tally {
    crc: Crc,
    sha: Sha256,
    size: u64,
    kept: Option<Vec<u8>>,
}

impl Tally {
    fn take(&mut self, chunk: &[u8]) {
        self.crc.update(chunk);
        self.sha.update(chunk);
        self.size += u64::try_from(chunk.len()).unwrap_or_default();
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(chunk);
        }
    }
}

fn one(file: &File, found: &Found, keep: bool, room: &mut Room) -> Result<Content, &'static str> {
    if !found.sound {
        return Err("it cannot be unpacked");
    }
    let mut tally = Tally { crc: Crc::new(), sha: Sha256::new(), size: 0, kept: keep.then(Vec::new) };
    room.inflate.reset(false);
    let mut at = found.data_at;
    let mut left = found.packed;
    let mut ended = false;
    while left > 0 {
        let take = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let chunk = room.packed.get_mut(..take).ok_or("it cannot be unpacked")?;
        fill_at(file, at, chunk).map_err(|_| "it could not be read")?;
        let taken = u64::try_from(take).unwrap_or_default();
        at += taken;
        left -= taken;
        if found.method == 0 {
            tally.take(chunk);
            continue;
        }
        ended = inflate(&mut room.inflate, chunk, &mut room.plain, &mut tally, found.size)?;
        if ended && left > 0 {
            return Err(DAMAGED);
        }
    }
    if found.method == 8 && !ended {
        return Err(DAMAGED);
    }
    if tally.size != found.size {
        return Err("it unpacks to another size than declared");
    }
    if tally.crc.sum() != found.crc {
        return Err("its checksum does not fit");
    }
    Ok(Content { sha256: tally.sha.finish(), bytes: tally.kept })
}

/// Unpacks one chunk completely; `true` at the end of the packed stream.
fn inflate(
    inflate: &mut Decompress,
    mut chunk: &[u8],
    plain: &mut [u8],
    tally: &mut Tally,
    declared: u64,
) -> Result<bool, &'static str> {
    loop {
        let (read_before, made_before) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(chunk, plain, FlushDecompress::None).map_err(|_| DAMAGED)?;
        let read = usize::try_from(inflate.total_in() - read_before).unwrap_or_default();
        let made = usize::try_from(inflate.total_out() - made_before).unwrap_or_default();
        tally.take(plain.get(..made).unwrap_or_default());
        if tally.size > declared {
            return Err("it unpacks to more than declared");
        }
        chunk = chunk.get(read..).unwrap_or_default();
        match status {
            Status::StreamEnd if chunk.is_empty() => return Ok(true),
            Status::StreamEnd => return Err(DAMAGED),
            // All was taken, and there was room for more: the next chunk must bring it.
            _ if chunk.is_empty() && made < plain.len() => return Ok(false),
            _ if read == 0 && made == 0 => return Err(DAMAGED),
            _ => {}
        }
    }
}
