//! Writes the ZIP of a bundle: plain headers, one fixed time, no extra field, no data descriptor, no comment.
//!
//! Everything is stored as it is. A packed stream has spare bits that nobody checks; stored, every byte of the ZIP is
//! part of a header, a name or a hashed file, and no changed byte goes unnoticed.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::Crc;

use super::Content;
use crate::cores;
use crate::error::Error;
use crate::hash::{Sha256, sha256};
use crate::new_file::failed;

const CHUNK: usize = 256 << 10;
const MOST_ENTRIES: usize = 65_000;

/// What an entry comes to, known before its header is written.
pub(crate) struct Weighed {
    pub bytes: u64,
    pub sha256: String,
    crc: u32,
}

pub(crate) struct Archive<'a> {
    out: BufWriter<&'a File>,
    to: &'a Path,
    time: u16,
    date: u16,
    at: u64,
    count: u16,
    directory: Vec<u8>,
    whole: Sha256,
}

impl<'a> Archive<'a> {
    pub(crate) fn begin(out: &'a File, to: &'a Path, when: DateTime<Utc>) -> Self {
        let (time, date) = dos_time(when);
        Self {
            out: BufWriter::with_capacity(1 << 20, out),
            to,
            time,
            date,
            at: 0,
            count: 0,
            directory: Vec::new(),
            whole: Sha256::new(),
        }
    }

    /// Writes the entries in the order given. The other cores look at the next ones and hash them meanwhile; one that
    /// `look` refuses is not written, nor any after it.
    pub(crate) fn add(
        &mut self,
        entries: &[(&str, &Content)],
        look: impl Fn(&str, &[u8]) -> Result<(), Error> + Sync,
    ) -> Result<Vec<Weighed>, Error> {
        if entries.len() + usize::from(self.count) > MOST_ENTRIES {
            return Err(Error::TooMuch);
        }
        let mut written = Vec::with_capacity(entries.len());
        cores::in_order(
            entries,
            || (),
            |(), (name, content)| {
                let bytes = content.read()?;
                look(name, &bytes)?;
                weigh(&bytes)
            },
            |(name, content), weighed| {
                let weighed = weighed?;
                self.header(name, &weighed)?;
                self.body(content, &weighed)?;
                written.push(weighed);
                Ok(())
            },
        )?;
        Ok(written)
    }

    /// Writes the central directory and everything still held back; gives the size and the hex SHA-256 of the whole.
    pub(crate) fn finish(mut self) -> Result<(u64, String), Error> {
        let start = small(self.at)?;
        let length = u32::try_from(self.directory.len()).map_err(|_| Error::TooMuch)?;
        let mut end = Vec::with_capacity(22);
        end.extend(0x0605_4b50_u32.to_le_bytes());
        end.extend([0; 4]);
        end.extend(self.count.to_le_bytes());
        end.extend(self.count.to_le_bytes());
        end.extend(length.to_le_bytes());
        end.extend(start.to_le_bytes());
        end.extend([0; 2]);
        let directory = std::mem::take(&mut self.directory);
        self.put(&directory)?;
        self.put(&end)?;
        self.out.flush().map_err(|source| failed(self.to, source))?;
        Ok((self.at, self.whole.finish()))
    }

    /// A file is read a second time here, so that not all that wait are held; it must not have changed in between.
    fn body(&mut self, content: &Content, weighed: &Weighed) -> Result<(), Error> {
        let path = match content {
            Content::Bytes(bytes) => return self.put(bytes),
            Content::File(path) => path,
        };
        let mut seen = Crc::new();
        let mut file = File::open(path).map_err(|source| unreadable(path, source))?.take(weighed.bytes + 1);
        let mut size = 0;
        let mut buffer = vec![0; CHUNK];
        while let Some(chunk) = piece(&mut file, &mut buffer).map_err(|source| unreadable(path, source))? {
            seen.update(chunk);
            size += length(chunk)?;
            self.put(chunk)?;
        }
        if size == weighed.bytes && seen.sum() == weighed.crc {
            return Ok(());
        }
        Err(unreadable(path, io::Error::other("it changed while it was being sealed")))
    }

    fn header(&mut self, name: &str, weighed: &Weighed) -> Result<(), Error> {
        let size = small(weighed.bytes)?;
        let offset = small(self.at)?;
        let name_length = u16::try_from(name.len()).map_err(|_| Error::TooMuch)?;
        let mut common = Vec::with_capacity(26);
        common.extend(20_u16.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        common.extend(self.time.to_le_bytes());
        common.extend(self.date.to_le_bytes());
        common.extend(weighed.crc.to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend(name_length.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        let mut local = Vec::with_capacity(30 + name.len());
        local.extend(0x0403_4b50_u32.to_le_bytes());
        local.extend(&common);
        local.extend(name.as_bytes());
        self.put(&local)?;
        self.directory.extend(0x0201_4b50_u32.to_le_bytes());
        self.directory.extend(0x0314_u16.to_le_bytes());
        self.directory.extend(&common);
        self.directory.extend([0; 6]);
        // A regular file that its owner may write and everybody may read.
        self.directory.extend((0o100_644_u32 << 16).to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count = self.count.checked_add(1).ok_or(Error::TooMuch)?;
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|source| failed(self.to, source))?;
        self.whole.update(bytes);
        self.at += length(bytes)?;
        Ok(())
    }
}

fn small(number: u64) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| Error::TooMuch)
}

fn length(bytes: &[u8]) -> Result<u64, Error> {
    u64::try_from(bytes.len()).map_err(|_| Error::TooMuch)
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Unreadable { path: path.to_path_buf(), source }
}

/// The next bytes of a file; `None` at its end.
fn piece<'a>(from: &mut impl Read, buffer: &'a mut [u8]) -> io::Result<Option<&'a [u8]>> {
    let read = from.read(buffer)?;
    Ok(buffer.get(..read).filter(|chunk| !chunk.is_empty()))
}

fn weigh(bytes: &[u8]) -> Result<Weighed, Error> {
    let mut crc = Crc::new();
    crc.update(bytes);
    Ok(Weighed { bytes: length(bytes)?, sha256: sha256(bytes), crc: crc.sum() })
}

/// The two halves of a ZIP time. Years before 1980 and after 2107 cannot be written and become the nearest.
fn dos_time(when: DateTime<Utc>) -> (u16, u16) {
    let year = u16::try_from(when.year().clamp(1980, 2107) - 1980).unwrap_or_default();
    let part = |number: u32| u16::try_from(number).unwrap_or_default();
    let time = (part(when.hour()) << 11) | (part(when.minute()) << 5) | (part(when.second()) / 2);
    (time, (year << 9) | (part(when.month()) << 5) | part(when.day()))
}
