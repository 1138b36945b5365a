//! The one command the window may give.
#![allow(clippy::let_underscore_must_use, reason = "what `tauri::command` expands to")]

use std::sync::Arc;

use app::Desk;
use serde_json::{Value, json};
use tauri::State;

/// Hands `name` and `input` to the open application and returns its reply.
///
/// The work touches the disk, so it leaves the thread that draws. A reply is always a reply: what goes wrong
/// in between is `failed`, never an exception in the page.
#[tauri::command]
pub(crate) async fn call(desk: State<'_, Arc<Desk>>, name: String, input: Value) -> Result<Value, ()> {
    let desk = Arc::clone(&desk);
    let reply = tauri::async_runtime::spawn_blocking(move || desk.call(&name, input)).await;
    Ok(reply.unwrap_or_else(|_| json!({ "failed": { "ticket": "interrupted" } })))
}
