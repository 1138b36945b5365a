//! The test-only door: the same application and the same screens as the window, over loopback HTTP.
//!
//! It exists so that a browser with an accessibility checker can look at the real screens on a real store. It is
//! never shipped: it lives with the tests, listens on loopback only, on a port of the system's choice, and answers
//! nobody who does not know the token it printed at start. Its clock can be set, so that a test's day is always the
//! same one, whenever it runs.

use std::convert::Infallible;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use app::{Desk, Host, Printer, PrinterRefusal, SystemHost};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Segment, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::time::Timestamp;
use futures_util::stream;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::broadcast::{self, error::RecvError};

/// As in `tauri.conf.json`, without the window's own channel.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: \
    blob:; font-src 'self'; worker-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// This machine with its clock set to another day, from where it goes on, and a printer that lays its paper in a folder.
/// It has no keychain: what a test makes is gone with its folder.
struct Machine {
    itself: SystemHost,
    ahead_ms: i64,
    printed: PathBuf,
    jobs: AtomicU16,
}

impl Host for Machine {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.itself.now().millis().saturating_add(self.ahead_ms))
    }

    fn monotonic(&self) -> Duration {
        self.itself.monotonic()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.itself.fill(bytes);
    }

    fn printers(&self) -> Vec<Printer> {
        vec![Printer { name: "Balcão".to_owned(), default: true }]
    }

    fn print(&self, pdf: &[u8], _: &str, _: Option<&str>, _: u16) -> Result<String, PrinterRefusal> {
        let job = self.jobs.fetch_add(1, Ordering::Relaxed) + 1;
        std::fs::create_dir_all(&self.printed)
            .and_then(|()| std::fs::write(self.printed.join(format!("{job}.pdf")), pdf))
            .map_err(|error| PrinterRefusal::Refused(error.to_string()))?;
        Ok(format!("Balcao-{job}"))
    }

    fn downloads(&self) -> PathBuf {
        self.itself.downloads()
    }
}

struct Door {
    desk: Desk,
    screens: PathBuf,
    token: String,
    touched: broadcast::Sender<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let usage = "usage: praxis-door DATA SCREENS [MILLISECONDS SINCE 1970]";
    let mut arguments = std::env::args_os().skip(1);
    let data = arguments.next().map(PathBuf::from).context(usage)?;
    let screens = arguments.next().map(PathBuf::from).context(usage)?;
    let at = arguments.next().map(|at| at.to_str().and_then(|at| at.parse::<i64>().ok()).context(usage)).transpose()?;
    std::fs::create_dir_all(&data).context("while making the data folder")?;

    let itself = SystemHost::new(data.join("saved"));
    let ahead_ms = at.map_or(0, |at| at.saturating_sub(itself.now().millis()));
    let machine = Arc::new(Machine { itself, ahead_ms, printed: data.join("printed"), jobs: AtomicU16::new(0) });
    let mut random = [0; 16];
    machine.fill(&mut random);
    let token = uuid::Uuid::from_bytes(random).simple().to_string();

    let desk = Desk::new(&data, machine);
    let (touched, _) = broadcast::channel(64);
    let heard = touched.clone();
    desk.listen(move |announcement| {
        // Nobody listening is no fault: the browser may be between two pages.
        drop(serde_json::to_string(announcement).map(|line| heard.send(line)));
    });

    let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("while opening the door")?;
    announce(&listener, &token)?;

    let door = Arc::new(Door { desk, screens, token, touched });
    let router = Router::new()
        .route("/call/{name}", post(call))
        .route("/events", get(events))
        .route("/door.js", get(key))
        .fallback(get(screen))
        .with_state(door);
    axum::serve(listener, router).await.context("while the door was open")
}

/// The first line is for the test that started us: where, and with which token.
#[allow(clippy::print_stdout, reason = "the test reads it")]
fn announce(listener: &TcpListener, token: &str) -> Result<()> {
    println!("{}", serde_json::json!({ "port": listener.local_addr()?.port(), "token": token }));
    Ok(())
}

async fn call(
    State(door): State<Arc<Door>>,
    Segment(name): Segment<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if headers.get("x-praxis-token").is_none_or(|token| token.as_bytes() != door.token.as_bytes()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(input) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let answered = tokio::task::spawn_blocking(move || door.desk.call(&name, input)).await;
    match answered {
        Ok(reply) => ([(header::CONTENT_TYPE, "application/json")], reply.to_string()).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn events(State(door): State<Arc<Door>>, asked: Uri) -> Response {
    if asked.query().and_then(|query| query.strip_prefix("token=")) != Some(door.token.as_str()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let told = stream::unfold(door.touched.subscribe(), async |mut heard| {
        loop {
            match heard.recv().await {
                Ok(line) => return Some((Ok::<_, Infallible>(Event::default().data(line)), heard)),
                // A slow page missed some; the next line brings it up to date.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(told).keep_alive(KeepAlive::default()).into_response()
}

/// Tells the page which token to show; a file of its own, because the policy allows no inline script.
async fn key(State(door): State<Arc<Door>>) -> Response {
    let script = format!("window.__PRAXIS_HTTP__ = {{ token: \"{}\" }};", door.token);
    ([(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "no-store")], script).into_response()
}

async fn screen(State(door): State<Arc<Door>>, asked: Uri) -> Response {
    let name = asked.path().trim_start_matches('/');
    let file = Path::new(if name.is_empty() { "index.html" } else { name });
    if !file.components().all(|part| matches!(part, Component::Normal(_))) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(mut bytes) = std::fs::read(door.screens.join(file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    };
    if file == Path::new("index.html") {
        let page = String::from_utf8_lossy(&bytes).replacen("<head>", "<head><script src=\"/door.js\"></script>", 1);
        bytes = page.into_bytes();
    }
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, POLICY)], bytes).into_response()
}
