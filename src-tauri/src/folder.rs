//! Where this installation keeps its data.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::Failure;

/// `PRAXIS_DATA` where it is set, else `Praxis` under the platform's place for application data. Made if absent.
pub(crate) fn locate() -> Result<PathBuf, Failure> {
    let folder = match env::var_os("PRAXIS_DATA").filter(|value| !value.is_empty()) {
        Some(chosen) => std::path::absolute(chosen)?,
        None => platform().ok_or(Failure::NoDataFolder)?.join(NAME),
    };
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[cfg(target_os = "linux")]
const NAME: &str = "praxis";
#[cfg(not(target_os = "linux"))]
const NAME: &str = "Praxis";

#[cfg(target_os = "windows")]
fn platform() -> Option<PathBuf> {
    // Local, not roaming: an encrypted database must not be copied about by the system while it is open.
    env::var_os("LOCALAPPDATA").map(PathBuf::from)
}

#[cfg(target_os = "macos")]
fn platform() -> Option<PathBuf> {
    env::home_dir().map(|home| home.join("Library").join("Application Support"))
}

#[cfg(not(any(target_os = "windows", target_os = "macos")))]
fn platform() -> Option<PathBuf> {
    env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".local").join("share")))
}
