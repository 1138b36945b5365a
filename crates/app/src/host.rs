//! What the application asks of the machine it runs on. Time and randomness come from here and nowhere else.

use std::{
    path::PathBuf,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use domain::time::Timestamp;
use serde::Serialize;
use thiserror::Error;
use ts_rs::TS;
use vault::Keychain;

/// A queue the system prints to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Printer {
    /// Its name.
    pub name: String,
    /// Where the system prints when nobody chose.
    pub default: bool,
}

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PrinterRefusal {
    /// No spooler, or no queue.
    #[error("no printer")]
    NoPrinter,
    /// The queue that was asked for is not there any more.
    #[error("the printer {0} is gone")]
    Gone(String),
    /// The queue is stopped, or takes no jobs: a paper would lie in it until somebody starts it again.
    #[error("the printer {printer} is stopped: {reason}")]
    Stopped {
        /// The queue.
        printer: String,
        /// The spooler's own words, such as "paper jam".
        reason: String,
    },
    /// The spooler's own words.
    #[error("the printer refused: {0}")]
    Refused(String),
}

/// The machine.
pub trait Host: Send + Sync + 'static {
    /// The wall clock.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment of this process; never goes back.
    fn monotonic(&self) -> Duration;
    /// Random bytes of the operating system.
    fn fill(&self, bytes: &mut [u8]);
    /// The keychain, which may not answer.
    fn keychain(&self) -> Option<Box<dyn Keychain>> {
        None
    }
    /// The queues of this machine.
    fn printers(&self) -> Vec<Printer> {
        Vec::new()
    }
    /// Hands a PDF to the spooler; answers with the job's name. The title lies in the spooler's books in plain text,
    /// on this computer and on any the printer hangs on: it names nobody.
    fn print(&self, pdf: &[u8], title: &str, printer: Option<&str>, copies: u16) -> Result<String, PrinterRefusal> {
        let _ = (pdf, title, printer, copies);
        Err(PrinterRefusal::NoPrinter)
    }
    /// Where saved papers go.
    fn downloads(&self) -> PathBuf;
}

/// The machine as it is, without a printer: the command line and the tests use it as it stands, the window adds
/// printing.
#[derive(Debug)]
pub struct SystemHost {
    started: Instant,
    downloads: PathBuf,
}

impl SystemHost {
    /// A host that saves papers in `downloads`.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn new(downloads: PathBuf) -> Self {
        Self { started: Instant::now(), downloads }
    }
}

impl Host for SystemHost {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }

    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness there are no keys: going on would be worse than stopping.
        while getrandom::fill(bytes).is_err() {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn keychain(&self) -> Option<Box<dyn Keychain>> {
        Some(Box::new(crate::SystemKeychain))
    }

    fn downloads(&self) -> PathBuf {
        self.downloads.clone()
    }
}
