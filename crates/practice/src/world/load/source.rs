//! Where the files of an org come from: a folder on the disk, or the program itself.

use crate::world::LoadError;
use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read};
use std::path::PathBuf;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../assets/practice"]
#[allow_missing = true]
struct BuiltIn;

/// The files of one org folder; paths are relative, with `/`.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Folder(PathBuf),
    BuiltIn,
}

/// No single file of an org may be larger.
const LARGEST_FILE_BYTES: u64 = 4 << 30;

impl Source {
    /// Names of the plain files in a subfolder, sorted, hidden ones left out; empty when there is no such folder.
    pub fn list(&self, folder: &str) -> Result<Vec<String>, LoadError> {
        let mut names: Vec<String> = match self {
            Self::Folder(root) => {
                let at = root.join(folder);
                if !at.exists() {
                    return Ok(Vec::new());
                }
                let unreadable = |_| LoadError::of(folder, "the folder cannot be read.");
                let mut names = Vec::new();
                for entry in fs::read_dir(&at).map_err(unreadable)? {
                    let entry = entry.map_err(unreadable)?;
                    if !entry.path().is_file() {
                        continue;
                    }
                    let Ok(name) = entry.file_name().into_string() else {
                        return Err(LoadError::of(folder, "a file name is not UTF-8."));
                    };
                    names.push(name);
                }
                names
            }
            Self::BuiltIn => {
                let inside = format!("{folder}/");
                BuiltIn::iter().filter_map(|it| it.strip_prefix(&inside).map(str::to_owned)).collect()
            }
        };
        names.retain(|it| !it.starts_with('.'));
        names.sort_unstable();
        Ok(names)
    }

    /// Opens a file and says how many bytes it has.
    pub fn open(&self, path: &str) -> Result<(Box<dyn Read + Send>, u64), LoadError> {
        match self {
            Self::Folder(root) => {
                let unreadable = |_| LoadError::of(path, "the file is missing or cannot be read.");
                let file = File::open(root.join(path)).map_err(unreadable)?;
                let size = file.metadata().map_err(unreadable)?.len();
                if size > LARGEST_FILE_BYTES {
                    return Err(LoadError::of(path, "the file is larger than 4 GB."));
                }
                Ok((Box::new(BufReader::with_capacity(1 << 18, file)), size))
            }
            Self::BuiltIn => {
                let Some(it) = BuiltIn::get(path) else {
                    return Err(LoadError::of(path, "the file is missing from the program."));
                };
                let size = u64::try_from(it.data.len()).unwrap_or(u64::MAX);
                Ok((Box::new(Cursor::new(it.data)), size))
            }
        }
    }

    /// The bytes of a file.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let (mut file, _) = self.open(path)?;
        let mut bytes = Vec::new();
        match file.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(_) => Err(LoadError::of(path, "the file cannot be read to its end.")),
        }
    }

    /// The text of a file, without a byte order mark.
    pub fn text(&self, path: &str) -> Result<String, LoadError> {
        match String::from_utf8(self.read(path)?) {
            Ok(it) => Ok(it.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(it)),
            Err(_) => Err(LoadError::of(path, "the text is not UTF-8.")),
        }
    }

    /// How errors name the whole source.
    pub fn exists(&self) -> bool {
        match self {
            Self::Folder(root) => root.is_dir(),
            Self::BuiltIn => true,
        }
    }
}
