//! The end, once the window is closed.

use std::sync::Arc;
use std::time::Duration;

use app::Desk;
use tauri::{AppHandle, Manager as _};

use crate::instance::Doorbell;

/// How long the process may outlive its window. A commit takes milliseconds; what takes longer (a printer, a server
/// that does not answer) loses nothing by being cut short.
const PATIENCE: Duration = Duration::from_secs(3);

/// Closes the folder and ends the process.
pub(crate) fn leave(application: &AppHandle) -> ! {
    // The window is gone: whoever starts now gets one of their own.
    if let Some(doorbell) = application.try_state::<Doorbell>() {
        doorbell.remove();
    }
    if let Some(desk) = application.try_state::<Arc<Desk>>() {
        Arc::clone(&desk).leave(PATIENCE);
    }
    end()
}

/// Ends without C's exit handlers. They would take away the tables of OpenSSL, and of the web view's libraries,
/// under threads that still work with them, and a closed window would end in a segmentation fault.
#[cfg(unix)]
fn end() -> ! {
    signal_hook::low_level::exit(0)
}

/// Windows ends all other threads before anything is taken away.
#[cfg(not(unix))]
fn end() -> ! {
    std::process::exit(0)
}
