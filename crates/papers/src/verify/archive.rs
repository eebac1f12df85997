//! Reads the structure of a ZIP and names everything in it that a sealed bundle never has.
//!
//! `bundle/verify/archive.js` does the same in a browser: change both or neither.

use std::fs::File;
use std::io;

use super::{Check, Outcome};
use crate::names;

/// How far from the end the directory's end is looked for.
const TAIL: u64 = 16 << 20;
const MOST_DIRECTORY: u64 = 64 << 20;
/// The most that all files together may unpack to.
const MOST_TOTAL: u64 = 4 << 30;
/// The attributes we write, and those of a plain repacking by the zipfile module of Python.
const ATTRIBUTES: [u32; 2] = [0o100_644 << 16, 0o600 << 16];
pub(super) const ARCHIVE: &str = "(archive)";

/// A ZIP's files and what is wrong with its structure.
pub(super) struct Archive {
    pub entries: Vec<Found>,
    pub faults: Vec<Check>,
    /// Whether the contents may be unpacked: no overlap, not too much in all.
    pub bounded: bool,
}

/// One file as the central directory names it.
pub(super) struct Found {
    pub name: String,
    pub method: u16,
    pub crc: u32,
    pub packed: u64,
    pub size: u64,
    pub data_at: u64,
    /// Its headers can be trusted enough to unpack it.
    pub sound: bool,
    header_at: u64,
}

pub(super) enum NoZip {
    Form(&'static str),
    Io(io::Error),
}

impl From<io::Error> for NoZip {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => NoZip::Form("the file ends too early"),
            _ => NoZip::Io(error),
        }
    }
}

/// Reads exactly `length` bytes at `at`.
pub(super) fn read_at(file: &File, at: u64, length: u64) -> io::Result<Vec<u8>> {
    let length = usize::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
    let mut bytes = vec![0; length];
    fill_at(file, at, &mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
pub(super) fn fill_at(file: &File, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
pub(super) fn fill_at(file: &File, mut at: u64, mut bytes: &mut [u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        at += u64::try_from(read).unwrap_or_default();
        bytes = bytes.get_mut(read..).unwrap_or_default();
    }
    Ok(())
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn archive_fault(because: &str) -> Check {
    Check { file: ARCHIVE.into(), outcome: Outcome::Altered, because: Some(because.into()) }
}

pub(super) fn read(file: &File) -> Result<Archive, NoZip> {
    let length = file.metadata()?.len();
    let tail_at = length.saturating_sub(TAIL);
    let tail = read_at(file, tail_at, length - tail_at)?;
    // The last end record that belongs to a readable directory counts, as for common unpackers.
    let ends = tail.windows(4).enumerate().rev().filter(|(_, four)| *four == b"PK\x05\x06").take(16);
    for (place, _) in ends {
        let Some(end) = tail.get(place..place + 22) else { continue };
        let end_at = tail_at + u64::try_from(place).unwrap_or_default();
        if let Some(archive) = read_directory(file, end, end_at, length)? {
            return Ok(archive);
        }
    }
    Err(NoZip::Form("no directory of a ZIP was found in it"))
}

fn read_directory(file: &File, end: &[u8], end_at: u64, length: u64) -> Result<Option<Archive>, NoZip> {
    let count = usize::from(u16_at(end, 10));
    let size = u64::from(u32_at(end, 12));
    let offset = u64::from(u32_at(end, 16));
    if size > MOST_DIRECTORY || size > end_at {
        return Ok(None);
    }
    // Bytes put before everything shift all offsets; bytes put before the end record do not.
    for (at, shift) in [(end_at - size, (end_at - size).checked_sub(offset)), (offset, Some(0))] {
        let Some(shift) = shift else { continue };
        if at + size > end_at {
            continue;
        }
        let directory = read_at(file, at, size)?;
        let Some(mut archive) = parse(&directory, count, shift) else { continue };
        let faults = &mut archive.faults;
        if u16_at(end, 4) != 0 || u16_at(end, 6) != 0 || u16_at(end, 8) != u16_at(end, 10) {
            faults.push(archive_fault("the directory speaks of other disks"));
        }
        if u16_at(end, 20) != 0 {
            faults.push(archive_fault("the archive has a comment"));
        }
        if end_at + 22 != length {
            faults.push(archive_fault("there are bytes after the archive"));
        }
        if at + size != end_at {
            faults.push(archive_fault("there are bytes between the directory and its end"));
        }
        check_layout(file, &mut archive, at)?;
        return Ok(Some(archive));
    }
    Ok(None)
}

/// The central directory's records; `None` when it does not consist of exactly `count` of them.
fn parse(directory: &[u8], count: usize, shift: u64) -> Option<Archive> {
    let mut archive = Archive { entries: Vec::with_capacity(count), faults: Vec::new(), bounded: true };
    let mut rest = directory;
    for _ in 0..count {
        let record = rest.get(..46).filter(|record| record.starts_with(b"PK\x01\x02"))?;
        let name_length = usize::from(u16_at(record, 28));
        let extra = usize::from(u16_at(record, 30));
        let comment = usize::from(u16_at(record, 32));
        let name: String = rest.get(46..46 + name_length)?.iter().copied().map(shown).collect();
        rest = rest.get(46 + name_length + extra + comment..)?;
        let method = u16_at(record, 10);
        let (packed, size) = (u64::from(u32_at(record, 20)), u64::from(u32_at(record, 24)));
        let attributes = u32_at(record, 38);
        let mode = attributes >> 28;
        let mut fault = |outcome, because: &str| {
            archive.faults.push(Check { file: name.clone(), outcome, because: Some(because.into()) });
        };
        if let Some(because) = names::unsafe_because(&name) {
            fault(Outcome::Unsafe, because);
        }
        if mode != 0 && mode != 8 {
            fault(Outcome::Unsafe, "it is a link or a device, not a file");
        }
        let usual = u16_at(record, 4) == 0x0314
            && u16_at(record, 6) == 20
            && u16_at(record, 36) == 0
            && ATTRIBUTES.contains(&attributes);
        if !usual {
            fault(Outcome::Altered, "its header has a version or attributes that a bundle never has");
        }
        let flags = u16_at(record, 8);
        let mut sound = true;
        if flags & 0x2041 != 0 {
            fault(Outcome::Altered, "it is encrypted");
            sound = false;
        }
        if flags & !0x2847 != 0 {
            fault(
                Outcome::Altered,
                "its header has a data descriptor or another flag that a bundle never has",
            );
        }
        if method != 0 && method != 8 {
            fault(Outcome::Altered, "it is packed in an unknown way");
            sound = false;
        }
        if method == 0 && packed != size {
            fault(Outcome::Altered, "its header gives two sizes");
            sound = false;
        }
        if extra != 0 || comment != 0 || u16_at(record, 34) != 0 {
            fault(Outcome::Altered, "its header has a comment or an extra field");
        }
        let header_at = u64::from(u32_at(record, 42)) + shift;
        let crc = u32_at(record, 16);
        archive.entries.push(Found { name, method, crc, packed, size, data_at: 0, sound, header_at });
        if let Some(found) = archive.entries.last_mut() {
            // Remembered for the comparison with the local header: version, flags, method, time, date.
            found.data_at = u64::from(u16_at(record, 6)) << 48
                | u64::from(flags) << 32
                | u64::from(u16_at(record, 12)) << 16
                | u64::from(u16_at(record, 14));
        }
    }
    rest.is_empty().then_some(archive)
}

/// How a byte of a name is shown: other than printable ASCII becomes one character of its own.
fn shown(byte: u8) -> char {
    if (0x20..=0x7e).contains(&byte) { char::from(byte) } else { '\u{fffd}' }
}

/// Local headers agree with the directory, and the files lie one after the other without gap from the first byte on.
fn check_layout(file: &File, archive: &mut Archive, directory_at: u64) -> Result<(), NoZip> {
    let mut order: Vec<usize> = (0..archive.entries.len()).collect();
    order.sort_by_key(|place| archive.entries.get(*place).map_or(0, |found| found.header_at));
    let mut reached = 0_u64;
    let mut total = 0_u64;
    for place in order {
        let Some(found) = archive.entries.get_mut(place) else { continue };
        total += found.size;
        if found.header_at > reached {
            archive.faults.push(archive_fault("there are bytes that belong to no file"));
            archive.faults.extend(hidden(file, reached, found.header_at)?);
        } else if found.header_at < reached {
            archive.faults.push(archive_fault("files overlap"));
            archive.bounded = false;
        }
        let header = if found.header_at + 30 <= directory_at {
            read_at(file, found.header_at, 30)?
        } else {
            Vec::new()
        };
        if !header.starts_with(b"PK\x03\x04") {
            found.sound = false;
            reached = reached.max(found.header_at);
            archive.faults.push(Check {
                file: found.name.clone(),
                outcome: Outcome::Altered,
                because: Some("its own header is missing".into()),
            });
            continue;
        }
        let name_length = u64::from(u16_at(&header, 26));
        let extra = u64::from(u16_at(&header, 28));
        let remembered = u64::from(u16_at(&header, 4)) << 48
            | u64::from(u16_at(&header, 6)) << 32
            | u64::from(u16_at(&header, 10)) << 16
            | u64::from(u16_at(&header, 12));
        let name_at = found.header_at + 30;
        let agrees = remembered == found.data_at
            && u16_at(&header, 8) == found.method
            && u32_at(&header, 14) == found.crc
            && u64::from(u32_at(&header, 18)) == found.packed
            && u64::from(u32_at(&header, 22)) == found.size
            && extra == 0
            && name_at + name_length <= directory_at
            && read_at(file, name_at, name_length)?.into_iter().map(shown).eq(found.name.chars());
        if !agrees {
            archive.faults.push(Check {
                file: found.name.clone(),
                outcome: Outcome::Altered,
                because: Some("its own header disagrees with the directory".into()),
            });
        }
        found.data_at = name_at + name_length + extra;
        let end = found.data_at + found.packed;
        if end > directory_at {
            found.sound = false;
            archive.faults.push(archive_fault("files overlap"));
            archive.bounded = false;
        }
        reached = reached.max(end);
    }
    if reached < directory_at {
        archive.faults.push(archive_fault("there are bytes that belong to no file"));
        archive.faults.extend(hidden(file, reached, directory_at)?);
    }
    if total > MOST_TOTAL {
        archive.faults.push(archive_fault("it would unpack to more than 4 GiB"));
        archive.bounded = false;
    }
    Ok(())
}

/// A file in a gap, which the directory does not name, or names no longer.
fn hidden(file: &File, from: u64, to: u64) -> Result<Option<Check>, NoZip> {
    if from + 30 > to {
        return Ok(None);
    }
    let header = read_at(file, from, 30)?;
    let length = u64::from(u16_at(&header, 26));
    if !header.starts_with(b"PK\x03\x04") || from + 30 + length > to {
        return Ok(None);
    }
    let name: String = read_at(file, from + 30, length)?.into_iter().map(shown).collect();
    let because = Some("hidden: it lies in the archive but not in its directory".into());
    Ok(Some(Check { file: name, outcome: Outcome::Added, because }))
}
