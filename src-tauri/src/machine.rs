//! The machine the window runs on: the system's clock, randomness and keychain, and its spooler.

use std::path::PathBuf;
use std::time::Duration;

use app::{Host, Keychain, Printer, PrinterRefusal, SystemHost, Timestamp};

use crate::spooler;

/// The system's own host, with printing.
#[derive(Debug)]
pub(crate) struct Machine {
    system: SystemHost,
}

impl Machine {
    /// A machine that saves papers in `downloads`.
    pub(crate) fn new(downloads: PathBuf) -> Self {
        Self { system: SystemHost::new(downloads) }
    }
}

impl Host for Machine {
    fn now(&self) -> Timestamp {
        self.system.now()
    }

    fn monotonic(&self) -> Duration {
        self.system.monotonic()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.system.fill(bytes);
    }

    fn keychain(&self) -> Option<Box<dyn Keychain>> {
        self.system.keychain()
    }

    fn printers(&self) -> Vec<Printer> {
        spooler::printers()
    }

    fn print(&self, pdf: &[u8], title: &str, printer: Option<&str>, copies: u16) -> Result<String, PrinterRefusal> {
        spooler::print(pdf, title, printer, copies)
    }

    fn downloads(&self) -> PathBuf {
        self.system.downloads()
    }
}
