//! Writes the ZIP of a bundle: plain headers, one fixed time, no extra field, no data descriptor, no comment.
//!
//! Everything is stored as it is. A packed stream has spare bits that nobody checks; stored, every byte of the ZIP is
//! part of a header, a name or a hashed file, and no changed byte goes unnoticed.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Datelike, Timelike, Utc};
use flate2::Crc;
use sha2::{Digest, Sha256};

use super::Content;
use crate::error::Error;
use crate::hash::hex;
use crate::new_file::failed;

/// Files above this size are hashed while they are written.
const LARGE: u64 = 32 << 20;
/// Hashed side by side, then written, this many bytes at a time.
const BATCH: u64 = 64 << 20;
const MOST_ENTRIES: usize = 65_000;

/// What a written entry came to.
pub(crate) struct Written {
    pub bytes: u64,
    pub sha256: String,
}

struct Packed<'a> {
    crc: u32,
    size: u64,
    sha256: String,
    data: Cow<'a, [u8]>,
}

pub(crate) struct Archive<'a> {
    out: BufWriter<&'a File>,
    to: &'a Path,
    time: u16,
    date: u16,
    at: u64,
    count: u16,
    directory: Vec<u8>,
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
        }
    }

    /// Writes the entries in the order given.
    pub(crate) fn add(&mut self, entries: &[(&str, &Content)]) -> Result<Vec<Written>, Error> {
        if entries.len() + usize::from(self.count) > MOST_ENTRIES {
            return Err(Error::TooMuch);
        }
        let mut written = Vec::with_capacity(entries.len());
        let mut rest = entries;
        while let Some(((name, content), _)) = rest.split_first() {
            if size(content)? > LARGE {
                written.push(self.stream(name, content)?);
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let mut total = 0;
            let mut count = 0;
            for (_, content) in rest {
                let size = size(content)?;
                if size > LARGE || (count > 0 && total + size > BATCH) {
                    break;
                }
                total += size;
                count += 1;
            }
            let (batch, after) = rest.split_at(count);
            for ((name, _), packed) in batch.iter().zip(pack_all(batch)?) {
                self.write(name, &packed)?;
                written.push(Written { bytes: packed.size, sha256: packed.sha256 });
            }
            rest = after;
        }
        Ok(written)
    }

    /// Writes the central directory and everything still held back.
    pub(crate) fn finish(mut self) -> Result<u64, Error> {
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
        Ok(self.at)
    }

    fn write(&mut self, name: &str, packed: &Packed<'_>) -> Result<(), Error> {
        self.header(name, packed.crc, packed.size)?;
        self.put(&packed.data)
    }

    /// Hashes a large file while writing it, then fills in its header.
    fn stream(&mut self, name: &str, content: &Content) -> Result<Written, Error> {
        let header_at = self.at;
        let directory_at = self.directory.len();
        self.header(name, 0, 0)?;
        let (mut crc, mut sha, mut size) = (Crc::new(), Sha256::new(), 0_u64);
        let mut reader: Box<dyn Read> = match content {
            Content::Bytes(bytes) => Box::new(bytes.as_slice()),
            Content::File(path) => Box::new(open(path)?),
        };
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = reader.read(&mut buffer).map_err(|source| unreadable(content, source))?;
            let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
            crc.update(chunk);
            sha.update(chunk);
            size += u64::try_from(read).map_err(|_| Error::TooMuch)?;
            self.put(chunk)?;
        }
        let end = self.at;
        let failed = |source| failed(self.to, source);
        let length = small(size)?;
        let mut fields = Vec::with_capacity(12);
        fields.extend(crc.sum().to_le_bytes());
        fields.extend(length.to_le_bytes());
        fields.extend(length.to_le_bytes());
        self.out.seek(SeekFrom::Start(header_at + 14)).map_err(failed)?;
        self.out.write_all(&fields).map_err(failed)?;
        self.out.seek(SeekFrom::Start(end)).map_err(failed)?;
        if let Some(place) = self.directory.get_mut(directory_at + 16..directory_at + 28) {
            place.copy_from_slice(&fields);
        }
        Ok(Written { bytes: size, sha256: hex(&sha.finalize()) })
    }

    fn header(&mut self, name: &str, crc: u32, size: u64) -> Result<(), Error> {
        let offset = small(self.at)?;
        let name_length = u16::try_from(name.len()).map_err(|_| Error::TooMuch)?;
        let mut common = Vec::with_capacity(26);
        common.extend(20_u16.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        common.extend(self.time.to_le_bytes());
        common.extend(self.date.to_le_bytes());
        common.extend(crc.to_le_bytes());
        common.extend(small(size)?.to_le_bytes());
        common.extend(small(size)?.to_le_bytes());
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
        self.at += u64::try_from(bytes.len()).map_err(|_| Error::TooMuch)?;
        Ok(())
    }
}

fn small(number: u64) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| Error::TooMuch)
}

fn size(content: &Content) -> Result<u64, Error> {
    match content {
        Content::Bytes(bytes) => u64::try_from(bytes.len()).map_err(|_| Error::TooMuch),
        Content::File(path) => {
            std::fs::metadata(path).map(|data| data.len()).map_err(|source| unreadable(content, source))
        }
    }
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|source| Error::Unreadable { path: path.to_path_buf(), source })
}

fn unreadable(content: &Content, source: std::io::Error) -> Error {
    let path = match content {
        Content::Bytes(_) => std::path::PathBuf::new(),
        Content::File(path) => path.clone(),
    };
    Error::Unreadable { path, source }
}

/// Hashes a batch on every core; the order of the result is the order given.
fn pack_all<'a>(batch: &[(&str, &'a Content)]) -> Result<Vec<Packed<'a>>, Error> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(batch.len()));
    let workers = std::thread::available_parallelism().map_or(1, |cores| cores.get()).min(8).min(batch.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut mine = Vec::new();
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some((_, content)) = batch.get(place) else { break };
                    mine.push((place, pack(content)));
                }
                done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).append(&mut mine);
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, packed)| packed).collect()
}

fn pack(content: &Content) -> Result<Packed<'_>, Error> {
    let bytes = match content {
        Content::Bytes(bytes) => Cow::Borrowed(bytes.as_slice()),
        Content::File(path) => Cow::Owned(std::fs::read(path).map_err(|source| unreadable(content, source))?),
    };
    let mut crc = Crc::new();
    crc.update(&bytes);
    let size = u64::try_from(bytes.len()).map_err(|_| Error::TooMuch)?;
    Ok(Packed { crc: crc.sum(), size, sha256: crate::hash::sha256(&bytes), data: bytes })
}

/// The two halves of a ZIP time. Years before 1980 and after 2107 cannot be written and become the nearest.
fn dos_time(when: DateTime<Utc>) -> (u16, u16) {
    let year = u16::try_from(when.year().clamp(1980, 2107) - 1980).unwrap_or_default();
    let part = |number: u32| u16::try_from(number).unwrap_or_default();
    let time = (part(when.hour()) << 11) | (part(when.minute()) << 5) | (part(when.second()) / 2);
    (time, (year << 9) | (part(when.month()) << 5) | part(when.day()))
}
