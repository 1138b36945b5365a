//! The desktop shell: one window, one `call`, events, the spooler.
//!
//! It names the operating system and the window, so that no other crate has to. It holds no rule and no SQL:
//! whatever the window asks goes to the open application, and whatever changed comes back as an event.

mod call;
mod folder;
mod instance;
mod leaving;
mod machine;
mod spooler;
mod window;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::Desk;
use tauri::{AppHandle, Manager as _, RunEvent};

use crate::machine::Machine;

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
            application.manage(lone.on_summons(move || window::bring_forward(&window)));

            let desk = Desk::new(&folder, Arc::new(Machine::new(downloads(application.handle(), &folder))));
            let told = application.handle().clone();
            desk.listen(move |announcement| window::announce(&told, announcement));
            let desk = Arc::new(desk);
            application.manage(Arc::clone(&desk));
            // The keychain may ask the person something; the window does not wait for it.
            std::thread::spawn(move || desk.open_unattended());
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|application, event| {
            if let RunEvent::Exit = event {
                leaving::leave(application);
            }
        });
    Ok(())
}

/// Where a person looks for what was saved; beside the data where the system has no such place.
fn downloads(application: &AppHandle, folder: &Path) -> PathBuf {
    let paths = application.path();
    paths.download_dir().or_else(|_| paths.document_dir()).unwrap_or_else(|_| folder.join("papers"))
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
