//! Log files as they are given: folders, ZIPs, compressed files. Nothing is unpacked to the disk, and nothing is believed of a name.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

use flate2::read::MultiGzDecoder;

use super::events::PIECE;
use super::keep::NOTHING_KEPT;
use crate::problem::Problem;

const DEEPEST_FOLDER: usize = 12;
const MOST_FILES: usize = 200_000;
/// A file that unpacks to more than this many times its size is no log, and no export.
pub(super) const LARGEST_RATIO: u64 = 300;
/// Below this size no ratio is looked at.
pub(super) const RATIO_FROM: u64 = 64 * 1024 * 1024;
/// One file of logs is at most this large.
const LARGEST_LOG: u64 = 64 * 1024 * 1024 * 1024;

/// What is to be read, in order.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub files: Vec<GivenFile>,
    /// ZIPs as they were given, for their hashes.
    pub archives: Vec<PathBuf>,
    /// Files that were passed over, and why.
    pub cautions: Vec<String>,
}

#[derive(Debug)]
pub(super) struct GivenFile {
    /// How evidence names it.
    pub source: String,
    pub body: Body,
    /// `Hourly` or `Daily`, where the org told.
    pub interval: Option<String>,
}

#[derive(Debug)]
pub(super) enum Body {
    Path(PathBuf),
    Entry { archive: usize, place: usize },
    Bytes(Vec<u8>),
}

impl Given {
    /// Looks into folders and ZIPs.
    pub fn look(paths: &[PathBuf]) -> Result<Self, Problem> {
        let mut given = Self::default();
        for path in paths {
            let about = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
            let before = given.files.len();
            if about.is_dir() {
                given.folder(path, path, 0).map_err(|error| unreadable(path, &error))?;
            } else if starts_with(path, b"PK\x03\x04") || starts_with(path, b"PK\x05\x06") {
                given.archive(path)?;
            } else {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                given.files.push(GivenFile { source: name, body: Body::Path(path.clone()), interval: None });
            }
            given.tell_apart(path, before);
        }
        Ok(given)
    }

    fn folder(&mut self, root: &Path, at: &Path, depth: usize) -> io::Result<()> {
        let mut entries: Vec<_> = std::fs::read_dir(at)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let (path, kind) = (entry.path(), entry.file_type()?);
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let source = relative.to_string_lossy().replace('\\', "/");
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() && depth < DEEPEST_FOLDER {
                self.folder(root, &path, depth + 1)?;
            } else if kind.is_file() && starts_with(&path, b"PK\x03\x04") {
                self.pass_over(&source, "is a ZIP inside the folder; give it by itself");
            } else if kind.is_file() && self.files.len() < MOST_FILES {
                self.files.push(GivenFile { source, body: Body::Path(path), interval: None });
            } else {
                self.pass_over(&source, "is a link, lies too deep or is one file too many");
            }
        }
        Ok(())
    }

    fn archive(&mut self, path: &Path) -> Result<(), Problem> {
        let mut zip = open_zip(path)?;
        let archive = self.archives.len();
        self.archives.push(path.to_owned());
        if zip.len() > MOST_FILES {
            return Err(Problem::new(
                "logs_unreadable",
                "The ZIP holds more than 200,000 entries. Nothing was gathered.",
                "Give the log files in a folder, or in several ZIPs.",
            ));
        }
        for place in 0..zip.len() {
            let Ok(entry) = zip.by_index_raw(place) else {
                self.pass_over(&format!("entry {}", place + 1), "cannot be read");
                continue;
            };
            if entry.is_dir() {
                continue;
            }
            let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else {
                self.pass_over(&format!("entry {} of the ZIP", place + 1), "has a name that is no text");
                continue;
            };
            if entry.enclosed_name().is_none() || name.contains('\0') || name.contains('\\') {
                self.pass_over(
                    &format!("entry {} of the ZIP", place + 1),
                    "has a name that leads out of the archive",
                );
            } else if entry.encrypted() {
                self.pass_over(&name, "is locked with a password");
            } else if entry.is_symlink() {
                self.pass_over(&name, "is a link");
            } else {
                self.files.push(GivenFile {
                    source: name,
                    body: Body::Entry { archive, place },
                    interval: None,
                });
            }
        }
        Ok(())
    }

    /// Two roots may hold files of one path: the later ones get the name of their root in front.
    fn tell_apart(&mut self, root: &Path, before: usize) {
        let (earlier, new) = self.files.split_at_mut(before);
        let taken: std::collections::BTreeSet<&str> = earlier.iter().map(|it| it.source.as_str()).collect();
        if new.iter().any(|it| taken.contains(it.source.as_str())) {
            let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for file in new {
                file.source = format!("{name}/{}", file.source);
            }
        }
    }

    fn pass_over(&mut self, what: &str, why: &str) {
        self.cautions.push(format!("{what} {why}; it was not read."));
    }
}

/// The bytes of one file after the other. ZIPs stay open between their entries.
struct Bodies<'g> {
    given: &'g Given,
    zip: Option<(usize, zip::ZipArchive<BufReader<File>>)>,
}

/// Why a file could not be read to its end. What was read until then counts.
pub(super) struct CutShort(pub &'static str);

impl<'g> Bodies<'g> {
    fn of(given: &'g Given) -> Self {
        Self { given, zip: None }
    }

    /// Reads one file in pieces of `size` bytes; compressed files are unpacked.
    fn read(
        &mut self,
        file: &GivenFile,
        size: usize,
        each: &mut dyn FnMut(Vec<u8>) -> Result<(), vault::Error>,
    ) -> Result<Result<(), CutShort>, vault::Error> {
        match &file.body {
            Body::Bytes(bytes) => {
                pieces(bytes.as_slice(), u64::try_from(bytes.len()).unwrap_or(0), size, each)
            }
            Body::Path(path) => {
                let Ok(file) = File::open(path) else { return Ok(Err(CutShort("could not be opened"))) };
                let packed = file.metadata().map_or(0, |it| it.len());
                pieces(file, packed, size, each)
            }
            Body::Entry { archive, place } => {
                if self.zip.as_ref().is_none_or(|(open, _)| open != archive) {
                    let path = self.given.archives.get(*archive).cloned().unwrap_or_default();
                    self.zip = open_zip(&path).ok().map(|zip| (*archive, zip));
                }
                let Some((_, zip)) = &mut self.zip else { return Ok(Err(CutShort("could not be opened"))) };
                let Ok(entry) = zip.by_index(*place) else { return Ok(Err(CutShort("cannot be unpacked"))) };
                let packed = entry.compressed_size();
                pieces(entry, packed, size, each)
            }
        }
    }
}

/// What comes of a file.
pub(super) enum Part {
    Piece(Vec<u8>),
    End(Result<(), CutShort>),
}

/// Reads the files in their order on a thread of its own, a little ahead: of each its pieces, then its end. The thread ends when nobody
/// listens any more.
pub(super) fn read_ahead<'scope>(
    scope: &'scope std::thread::Scope<'scope, '_>,
    given: &'scope Given,
) -> Receiver<Part> {
    let (to, parts) = sync_channel(2);
    scope.spawn(move || {
        let mut bodies = Bodies::of(given);
        for file in &given.files {
            let mut each = |piece| to.send(Part::Piece(piece)).map_err(|_| NOTHING_KEPT);
            let Ok(end) = bodies.read(file, PIECE, &mut each) else { return };
            if to.send(Part::End(end)).is_err() {
                return;
            }
        }
    });
    parts
}

fn pieces(
    mut file: impl Read,
    packed: u64,
    size: usize,
    each: &mut dyn FnMut(Vec<u8>) -> Result<(), vault::Error>,
) -> Result<Result<(), CutShort>, vault::Error> {
    let mut magic = Vec::new();
    if file.by_ref().take(2).read_to_end(&mut magic).is_err() {
        return Ok(Err(CutShort("cannot be unpacked")));
    }
    let zipped = magic == [0x1f, 0x8b];
    let whole = io::Cursor::new(magic).chain(file);
    let mut reader: Box<dyn Read + '_> =
        if zipped { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
    let mut total = 0_u64;
    loop {
        let mut piece = Vec::with_capacity(size);
        let read = reader.by_ref().take(u64::try_from(size).unwrap_or(u64::MAX)).read_to_end(&mut piece);
        total += u64::try_from(piece.len()).unwrap_or(0);
        if total > LARGEST_LOG || (total > RATIO_FROM && total / packed.max(1) > LARGEST_RATIO) {
            return Ok(Err(CutShort("unpacks to far more than a log would and was left out from there on")));
        }
        let last = piece.is_empty();
        if !last {
            each(piece)?;
        }
        match read {
            Err(_) => return Ok(Err(CutShort("is cut off or damaged; what could be read of it counts"))),
            Ok(_) if last => return Ok(Ok(())),
            Ok(_) => {}
        }
    }
}

fn starts_with(path: &Path, magic: &[u8]) -> bool {
    let mut head = Vec::new();
    File::open(path).is_ok_and(|file| file.take(4).read_to_end(&mut head).is_ok()) && head.starts_with(magic)
}

pub(super) fn open_zip(path: &Path) -> Result<zip::ZipArchive<BufReader<File>>, Problem> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    zip::ZipArchive::new(BufReader::new(file)).map_err(|_| {
        Problem::new(
            "logs_unreadable",
            "The file begins like a ZIP, but its list of entries cannot be read. Nothing was gathered.",
            "Ask for the file again; it may have been cut off on its way.",
        )
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Problem::new(
        "logs_unreadable",
        format!("{name} could not be read ({}). Nothing was gathered.", error.kind()),
        "Check the path and try again.",
    )
}
