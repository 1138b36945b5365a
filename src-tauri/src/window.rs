//! The window: its making, its calling forward, and what it is told.

use app::Announcement;
use tauri::{AppHandle, Emitter as _, Manager as _, WebviewWindow};

/// The label the capability in `tauri.conf.json` names.
const MAIN: &str = "main";

/// The event the screens listen to: topics that became stale, or how far a long piece of work is.
const TOUCHED: &str = "praxis://touched";

/// Finds the window that the configuration opened.
pub(crate) fn open(application: &AppHandle) -> Result<WebviewWindow, tauri::Error> {
    application.get_webview_window(MAIN).ok_or(tauri::Error::WindowNotFound)
}

/// Shows, raises and focuses the window.
pub(crate) fn bring_forward(window: &WebviewWindow) {
    // Each may be refused by the window system, which knows better than we whether a window may come forward.
    drop(window.unminimize());
    drop(window.show());
    drop(window.set_focus());
}

/// Tells every window what changed.
pub(crate) fn announce(application: &AppHandle, announcement: &Announcement) {
    // A window that is closing hears nothing more, and needs not.
    drop(application.emit(TOUCHED, announcement));
}
