//! The repository as the rules see it: paths and texts, nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// The repository's root: the nearest folder above where this runs that holds the lock file. Not the one it was built
/// in: a build cache may serve several checkouts.
pub(crate) fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("while looking where this runs")?;
    let root = here.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    root.map(Path::to_path_buf).context("this runs inside a checkout of the repository")
}

/// Every file that is or would be committed, by its path from the root with `/`.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Reads what git knows or would add: what it ignores is nobody's concern here.
    pub(crate) fn of_git(root: &Path) -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("while listing the files of the repository")?;
        ensure!(listed.status.success(), "git could not list the files of the repository");
        let mut files = BTreeMap::new();
        for name in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|name| !name.is_empty()) {
            // A file deleted but not yet committed is still listed.
            if let Ok(bytes) = fs::read(root.join(name)) {
                files.insert(name.to_owned(), bytes);
            }
        }
        Ok(Self { files })
    }

    /// All paths, in order.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// All files that are text, with their text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
    }

    /// One file's bytes.
    pub(crate) fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The names of the folders directly under `folder`.
    pub(crate) fn folders(&self, folder: &str) -> Vec<&str> {
        let mut found: Vec<&str> = self
            .paths()
            .filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')?.split_once('/'))
            .map(|(name, _)| name)
            .collect();
        found.dedup();
        found
    }

    /// A made-up repository, for the tests of the rules.
    #[cfg(test)]
    pub(crate) fn planted(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect() }
    }
}
