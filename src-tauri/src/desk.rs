//! The open application as the window sees it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::window::Announcer;

/// Answers the window's calls.
pub(crate) struct Desk {
    folder: PathBuf,
    announce: Announcer,
}

/// Opens the application on `folder`; `announce` is told whatever changes.
pub(crate) fn open(folder: &Path, announce: Announcer) -> Desk {
    Desk { folder: folder.to_owned(), announce }
}

impl Desk {
    /// Runs one command.
    pub(crate) fn call(&self, name: &str, _input: Value) -> Value {
        if name != "system.status" {
            return json!({ "refused": { "reason": { "code": "unknown_command" } } });
        }
        (self.announce)(json!({ "topics": [] }));
        json!({ "done": { "touched": [], "value": {
            "state": if self.folder.join("clinic.db").exists() { "locked" } else { "no_folder" },
            "users": [], "organization": null, "demo": false,
            "version": env!("CARGO_PKG_VERSION"), "session": null, "problem": null,
        }}})
    }
}
