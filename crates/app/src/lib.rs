//! The open application: which folder is open and for whom, the catalogue of commands and the one router through
//! which every host calls them, the TypeScript types, sync in the background.
//!
//! Hosts (the window, the command line, the browser tests) make a [`Desk`] and call [`Desk::call`]. They know no
//! rule and no SQL.

pub mod bindings;
mod catalogue;
mod desk;
mod host;
mod keychain;
mod reply;
mod router;
pub mod sync;
pub mod system;

pub use catalogue::names;
pub use desk::{Announcement, Desk, DeskError, OpenFolder};
pub use host::{Host, Printer, PrinterRefusal, SystemHost};
pub use keychain::SystemKeychain;
// What a host needs to name: the shell knows no other crate.
pub use domain::time::Timestamp;
pub use vault::Keychain;
