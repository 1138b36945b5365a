//! Printing: hands finished PDF bytes to the system's spooler, never to the web view's print.
//!
//! On Linux and macOS that is CUPS by its own commands `lp` and `lpstat`: they know the person's default printer,
//! user options and remote queues, which a client library would have to learn again.

use std::io::Write as _;
use std::process::{Command, Stdio};

use app::{Printer, PrinterRefusal};

/// The queues of this machine, the default one marked. Empty where there is no spooler.
pub(crate) fn printers() -> Vec<Printer> {
    let names = ask(&["-e"]);
    let default = ask(&["-d"]);
    read_queues(&names, &default)
}

/// Sends one PDF; returns the spooler's name for the job.
pub(crate) fn print(pdf: &[u8], title: &str, printer: Option<&str>, copies: u16) -> Result<String, PrinterRefusal> {
    if printers().is_empty() {
        return Err(PrinterRefusal::NoPrinter);
    }
    let mut command = Command::new("lp");
    command.args(["-n", &copies.max(1).to_string(), "-t", title]);
    if let Some(queue) = printer {
        command.args(["-d", queue]);
    }
    let mut lp = command
        .args(["--", "-"])
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|_| PrinterRefusal::NoPrinter)?;
    // `lp` may refuse before it has read everything; its own message says more than a broken pipe.
    if let Some(mut paper) = lp.stdin.take() {
        drop(paper.write_all(pdf));
    }
    let answer = lp.wait_with_output().map_err(|_| PrinterRefusal::NoPrinter)?;
    if !answer.status.success() {
        return Err(PrinterRefusal::Refused(String::from_utf8_lossy(&answer.stderr).trim().to_owned()));
    }
    let said = String::from_utf8_lossy(&answer.stdout);
    Ok(read_job(&said).unwrap_or_default().to_owned())
}

fn ask(arguments: &[&str]) -> String {
    Command::new("lpstat")
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map(|answer| String::from_utf8_lossy(&answer.stdout).into_owned())
        .unwrap_or_default()
}

/// `lpstat -e` names a queue per line; `lpstat -d` says "system default destination: NAME".
fn read_queues(names: &str, default: &str) -> Vec<Printer> {
    let chosen = default.trim().strip_prefix("system default destination:").map(str::trim);
    names
        .lines()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| Printer { name: name.to_owned(), default: chosen == Some(name) })
        .collect()
}

/// `lp` says "request id is QUEUE-12 (1 file(s))".
fn read_job(said: &str) -> Option<&str> {
    said.trim().strip_prefix("request id is ")?.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_queue_is_marked_and_no_other() {
        let queues = read_queues("Front_desk\nPDF\n\n", "system default destination: PDF\n");

        let marked: Vec<_> = queues.iter().filter(|queue| queue.default).map(|queue| queue.name.as_str()).collect();
        assert_eq!(queues.len(), 2);
        assert_eq!(marked, ["PDF"]);
    }

    #[test]
    fn without_a_default_no_queue_is_marked() {
        let queues = read_queues("PDF\n", "no system default destination\n");

        assert!(queues.iter().all(|queue| !queue.default), "the system named none");
    }

    #[test]
    fn the_job_is_read_from_what_lp_says() {
        assert_eq!(read_job("request id is PDF-12 (1 file(s))\n"), Some("PDF-12"));
        assert_eq!(read_job("lp: Error"), None);
    }
}
