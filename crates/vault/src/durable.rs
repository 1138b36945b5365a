//! Putting files on disk so that they stay: the one place that knows how file systems differ.
//!
//! On Unix a renamed file is only safe after its folder was synced too. Windows has no such call; there NTFS
//! journals the rename and the file itself is flushed again after it, and a virus scanner that holds the target
//! open for a moment is waited for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces the file at `path` by one with exactly `bytes`, or leaves the old one: never a mixture, never none.
/// On Unix the file is readable by its owner only.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path)?;
    let written = write_new(&beside, bytes).and_then(|()| rename(&beside, path));
    if written.is_err() {
        // Best effort: the leftover is never read, and the first error is the one that matters.
        drop(fs::remove_file(&beside));
    }
    written
}

/// Renames `from` to `to` (a file over a file, or a folder over nothing) and makes the rename last.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    rename_patiently(from, to)?;
    match to.parent() {
        Some(folder) => sync_folder(folder),
        None => Ok(()),
    }
}

/// Appends `bytes` to the file at `path`, creating it if needed, and syncs before returning.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let existed = path.exists();
    let mut file = private(OpenOptions::new().append(true).create(true)).open(path)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    match path.parent() {
        Some(folder) if !existed => sync_folder(folder),
        _ => Ok(()),
    }
}

/// Makes the names in `folder` (created, renamed, removed) last.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

/// Makes the names in `folder` last: on Windows the file system's own journal does.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Creates `folder` and its missing parents; on Unix the new ones are the owner's only.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    match folder.parent() {
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

/// Options for a file that only its owner may read.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// The temporary name next to `path`: same folder, so that the rename stays on one file system.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(".new");
    Ok(path.with_file_name(temporary))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private(OpenOptions::new().write(true).create(true).truncate(true)).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(not(windows))]
fn rename_patiently(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

#[cfg(windows)]
fn rename_patiently(from: &Path, to: &Path) -> io::Result<()> {
    for pause_ms in [1, 5, 20, 100, 400] {
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(std::time::Duration::from_millis(pause_ms));
            }
            done => return done.and_then(|()| flush(to)),
        }
    }
    fs::rename(from, to).and_then(|()| flush(to))
}

#[cfg(windows)]
fn flush(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(path) {
        Ok(file) => file.sync_all(),
        // A folder cannot be opened this way and needs no flush.
        Err(_) if path.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_replaced_file_is_the_new_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");

        replace(&path, b"old").unwrap();
        replace(&path, b"new").unwrap();

        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_replace_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::create_dir(&path).unwrap();

        replace(&path, b"new").unwrap_err();

        assert!(path.is_dir());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the temporary file is gone again");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("desk");

        create_folder(&inner).unwrap();
        replace(&inner.join("a"), b"x").unwrap();
        append(&inner.join("b"), b"x").unwrap();

        assert_eq!(inner.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(inner.join("a").metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(inner.join("b").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}
