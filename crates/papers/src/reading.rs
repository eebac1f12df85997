//! What a file says: its text, or a sentence why it was not read. Bytes in, text out; nothing is guessed.
//!
//! Hostile files are expected: sizes are bounded before and while something is unpacked, depth is bounded, and a fault
//! inside a library makes the file unread, never the program stop.

mod office;
mod pdf;

use std::borrow::Cow;

/// Larger files are not read.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// No file gives more text than this.
pub(crate) const LARGEST_TEXT: usize = 64 * 1024 * 1024;

/// The text of a file, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read<'a> {
    /// `pictures` counts what stands inside and was not read.
    Text {
        format: Format,
        text: Cow<'a, str>,
        pictures: usize,
    },
    Unread(Unread),
}

/// How a file that was read is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text that can be given on with parts of it replaced, and how its bytes become characters.
    Plain(Letters),
    Csv(Letters),
    Html(Letters),
    Json(Letters),
    Pdf,
    Word,
    Sheet,
}

/// How bytes become characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    Utf8,
    Utf16Little,
    Utf16Big,
    /// One byte a character.
    Latin1,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    Picture,
    Encrypted,
    Broken,
    TooLarge,
    WithoutText,
    Unknown,
}

impl Unread {
    /// As a sentence for the officer.
    pub fn words(self) -> &'static str {
        match self {
            Self::Picture => "it is a picture, a sound or a film; look at it yourself",
            Self::Encrypted => "it is encrypted; open it with its password and look at it yourself",
            Self::Broken => "it is broken or not what its beginning says",
            Self::TooLarge => "it is larger, or unpacks to more, than this program reads",
            Self::WithoutText => "it holds no text, only pictures perhaps; look at it yourself",
            Self::Unknown => "it is of a format that this program does not read",
        }
    }
}

impl Letters {
    /// The bytes of a text written this way; the opposite of reading it.
    pub fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf16Little => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Big => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Latin1 => text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect(),
        }
    }
}

/// Reads a file by what its bytes begin with; the name only tells kinds of plain text apart.
pub fn read<'a>(name: &str, bytes: &'a [u8]) -> Read<'a> {
    if bytes.len() > LARGEST_FILE {
        return Read::Unread(Unread::TooLarge);
    }
    let head = bytes.get(..bytes.len().min(16)).unwrap_or_default();
    if bytes.get(..bytes.len().min(1024)).is_some_and(|it| it.windows(5).any(|five| five == b"%PDF-")) {
        return guarded(|| pdf::read(bytes));
    }
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => guarded(|| office::read(bytes)),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Read::Unread(encrypted_office(bytes)),
        _ if is_picture(head) => Read::Unread(Unread::Picture),
        [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', ..] => {
            Read::Unread(Unread::Unknown)
        }
        _ => plain(name, bytes),
    }
}

/// An old Office file, or a new one that was encrypted: both begin alike.
fn encrypted_office(bytes: &[u8]) -> Unread {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|it| it == name.as_slice()) {
        Unread::Encrypted
    } else {
        Unread::Unknown
    }
}

fn is_picture(head: &[u8]) -> bool {
    let starts = |magic: &[u8]| head.starts_with(magic);
    starts(b"\x89PNG")
        || starts(b"\xff\xd8\xff")
        || starts(b"GIF8")
        || starts(b"II*\0")
        || starts(b"MM\0*")
        || starts(b"BM") && head.get(6..10) == Some(&[0; 4])
        || starts(b"RIFF")
        || starts(b"OggS")
        || starts(b"ID3")
        || starts(b"fLaC")
        || head.get(4..8) == Some(b"ftyp")
        || starts(b"\x1aE\xdf\xa3")
}

fn plain<'a>(name: &str, bytes: &'a [u8]) -> Read<'a> {
    let Some((text, letters)) = characters(bytes) else { return Read::Unread(Unread::Unknown) };
    let name = name.to_ascii_lowercase();
    let begins = text
        .trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t'])
        .get(..64)
        .unwrap_or(&text)
        .to_ascii_lowercase();
    let format = if name.ends_with(".csv") || name.ends_with(".tsv") {
        Format::Csv(letters)
    } else if name.ends_with(".json") {
        Format::Json(letters)
    } else if name.ends_with(".html")
        || name.ends_with(".htm")
        || begins.starts_with("<!doctype")
        || begins.starts_with("<html")
    {
        Format::Html(letters)
    } else {
        Format::Plain(letters)
    };
    Read::Text { format, text, pictures: 0 }
}

/// The characters of a text file; `None` when it is none: zero bytes or many control characters.
fn characters(bytes: &[u8]) -> Option<(Cow<'_, str>, Letters)> {
    let wide = |bytes: &[u8], join: fn([u8; 2]) -> u16| -> Option<String> {
        let units: Vec<u16> =
            bytes.chunks_exact(2).filter_map(|it| Some(join([*it.first()?, *it.get(1)?]))).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, ..] => return Some((wide(bytes, u16::from_le_bytes)?.into(), Letters::Utf16Little)),
        [0xfe, 0xff, ..] => return Some((wide(bytes, u16::from_be_bytes)?.into(), Letters::Utf16Big)),
        _ => {}
    }
    if bytes.contains(&0) || odd(bytes) * 20 > bytes.len() {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some((text.into(), Letters::Utf8)),
        Err(_) => Some((bytes.iter().map(|it| char::from(*it)).collect::<String>().into(), Letters::Latin1)),
    }
}

/// Control characters that no text has; without branches, because every byte of every file is counted.
fn odd(bytes: &[u8]) -> usize {
    let of = |byte: u8| {
        u8::from(
            (byte < 0x20)
                & (byte != b'\t')
                & (byte != b'\n')
                & (byte != b'\r')
                & (byte != 0x0c)
                & (byte != 0x1b),
        )
    };
    bytes.chunks(255).map(|part| usize::from(part.iter().map(|it| of(*it)).sum::<u8>())).sum()
}

/// A fault inside a library makes the file a broken one.
fn guarded<'a>(read: impl FnOnce() -> Read<'static> + std::panic::UnwindSafe) -> Read<'a> {
    std::panic::catch_unwind(read).unwrap_or(Read::Unread(Unread::Broken))
}

#[cfg(test)]
mod tests;
