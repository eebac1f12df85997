//! Writing that never overwrites and leaves nothing half-written: into a temporary neighbour, synced, then moved
//! to its name only if that name is free.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Writes a new file at `to`.
///
/// # Errors
/// [`Error::AlreadyThere`], [`Error::DiskFull`], [`Error::Unwritable`]; nothing is left behind.
pub fn write(to: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut partial = Partial::begin(to)?;
    partial.file.write_all(bytes).map_err(|source| failed(to, source))?;
    partial.finish()
}

/// A file on its way to its name. Dropped before [`Partial::finish`], it removes itself.
pub(crate) struct Partial {
    pub(crate) file: File,
    at: PathBuf,
    to: PathBuf,
}

impl Partial {
    pub(crate) fn begin(to: &Path) -> Result<Self, Error> {
        refuse_taken(to)?;
        let (at, file) =
            beside(to, |at| OpenOptions::new().read(true).write(true).create_new(true).open(at))?;
        Ok(Self { file, at, to: to.to_path_buf() })
    }

    /// Syncs the file and gives it its name.
    pub(crate) fn finish(self) -> Result<(), Error> {
        self.file.sync_all().map_err(|source| failed(&self.to, source))?;
        match fs::hard_link(&self.at, &self.to) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(Error::AlreadyThere { path: self.to.clone() });
            }
            // A file system without hard links: look, then move.
            Err(_) => {
                refuse_taken(&self.to)?;
                fs::rename(&self.at, &self.to).map_err(|source| failed(&self.to, source))?;
            }
        }
        sync_folder(&self.to);
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Gone already after a move; after a link, the second name goes.
        let _ = fs::remove_file(&self.at);
    }
}

/// A folder on its way to its name. Dropped before [`PartialFolder::finish`], it removes itself.
pub struct PartialFolder {
    pub(crate) at: PathBuf,
    to: PathBuf,
    done: bool,
}

impl PartialFolder {
    /// # Errors
    /// [`Error::AlreadyThere`], [`Error::Unwritable`].
    pub fn begin(to: &Path) -> Result<Self, Error> {
        refuse_taken(to)?;
        let (at, ()) = beside(to, |at| fs::create_dir(at))?;
        Ok(Self { at, to: to.to_path_buf(), done: false })
    }

    /// Writes one file inside, making its folders; `path` is relative with `/`.
    pub(crate) fn create(&self, path: &str) -> Result<File, Error> {
        let full = self.at.join(path);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(|source| failed(&self.to, source))?;
        }
        OpenOptions::new().write(true).create_new(true).open(full).map_err(|source| failed(&self.to, source))
    }

    /// Writes one file inside, whole.
    ///
    /// # Errors
    /// [`Error::DiskFull`], [`Error::Unwritable`].
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.create(path)?.write_all(bytes).map_err(|source| failed(&self.to, source))
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`], [`Error::Unwritable`]; nothing is left behind.
    pub fn finish(mut self) -> Result<(), Error> {
        refuse_taken(&self.to)?;
        fs::rename(&self.at, &self.to).map_err(|source| failed(&self.to, source))?;
        self.done = true;
        sync_folder(&self.to);
        Ok(())
    }
}

impl Drop for PartialFolder {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.at);
        }
    }
}

/// What a failed write means.
pub(crate) fn failed(to: &Path, source: io::Error) -> Error {
    let path = to.to_path_buf();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull { path },
        _ => Error::Unwritable { path, source },
    }
}

fn refuse_taken(to: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(Error::AlreadyThere { path: to.to_path_buf() });
    }
    Ok(())
}

/// Makes something under a free temporary name beside `to`.
fn beside<T>(to: &Path, make: impl Fn(&Path) -> io::Result<T>) -> Result<(PathBuf, T), Error> {
    let Some(name) = to.file_name() else {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "the path names no file");
        return Err(Error::Unwritable { path: to.to_path_buf(), source });
    };
    for number in 0..100_u32 {
        let mut partial = std::ffi::OsString::from(".");
        partial.push(name);
        partial.push(format!(".{number}.partial"));
        let at = to.with_file_name(partial);
        match make(&at) {
            Ok(made) => return Ok((at, made)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(failed(to, source)),
        }
    }
    Err(failed(to, io::Error::from(io::ErrorKind::AlreadyExists)))
}

/// Makes the new name itself survive a power cut, where the system allows that.
fn sync_folder(to: &Path) {
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
