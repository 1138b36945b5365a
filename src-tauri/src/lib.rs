//! The desktop shell: one window, one `call`, events, the spooler.
//!
//! It names the operating system and the window, so that no other crate has to. It holds no rule and no SQL:
//! whatever the window asks goes to the open application, and whatever changed comes back as an event.

mod call;
mod desk;
mod folder;
mod instance;
pub mod spooler;
mod window;

use std::io::Write as _;
use std::sync::Arc;

use tauri::Manager as _;

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The platform names no place for application data and `PRAXIS_DATA` is not set.
    #[error("no data folder: set PRAXIS_DATA to a folder of your own")]
    NoDataFolder,
    /// The data folder cannot be made.
    #[error("the data folder cannot be made")]
    DataFolder(#[from] std::io::Error),
    /// The web view or its window failed.
    #[error("the window could not be opened")]
    Window(#[from] tauri::Error),
}

/// Opens the window and stays until it is closed.
///
/// A second start on the same data folder brings the first window forward and ends at once.
pub fn run() -> Result<(), Failure> {
    let folder = folder::locate()?;
    let Some(lone) = instance::claim(&folder) else {
        return Ok(());
    };
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![call::call])
        .setup(move |application| {
            let window = window::open(application.handle())?;
            lone.on_summons(move || window::bring_forward(&window));
            application.manage(Arc::new(desk::open(&folder, window::announcer(application.handle()))));
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

/// Says on the terminal why the application did not start, cause by cause.
pub fn say(failure: &dyn std::error::Error) {
    let mut line = format!("praxis: {failure}");
    let mut cause = failure.source();
    while let Some(next) = cause {
        line.push_str(": ");
        line.push_str(&next.to_string());
        cause = next.source();
    }
    // A closed terminal is no reason to fail twice.
    drop(writeln!(std::io::stderr(), "{line}"));
}
