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

/// Sends one PDF to a queue, or to the default one; returns the spooler's name for the job. A queue that is stopped
/// is refused: it would take the paper and keep it.
pub(crate) fn print(pdf: &[u8], title: &str, printer: Option<&str>, copies: u16) -> Result<String, PrinterRefusal> {
    let queues = printers();
    if queues.is_empty() {
        return Err(PrinterRefusal::NoPrinter);
    }
    let queue = match printer {
        Some(name) if queues.iter().all(|queue| queue.name != name) => {
            return Err(PrinterRefusal::Gone(name.to_owned()));
        }
        Some(name) => Some(name),
        None => queues.iter().find(|queue| queue.default).map(|queue| queue.name.as_str()),
    };
    let mut command = Command::new("lp");
    // A printer loaded with another size than the paper's shrinks it rather than cutting its edges off.
    command.args(["-n", &copies.max(1).to_string(), "-t", title, "-o", "print-scaling=auto-fit"]);
    if let Some(queue) = queue {
        if let Some(reason) = read_stop(&ask(&["-p", queue, "-a", queue])) {
            return Err(PrinterRefusal::Stopped { printer: queue.to_owned(), reason });
        }
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

/// `lpstat -p` says "printer NAME disabled since …", `lpstat -a` "NAME not accepting requests since …", and each the
/// reason in an indented line of its own. `None` while the queue works.
fn read_stop(said: &str) -> Option<String> {
    let mut lines = said.lines();
    lines.find(|line| line.contains(" disabled since ") || line.contains(" not accepting requests since "))?;
    let reason = lines.next().filter(|line| line.starts_with(char::is_whitespace)).unwrap_or("?");
    Some(reason.trim().to_owned())
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
    fn a_stopped_queue_says_why() {
        let idle = "printer PDF is idle.  enabled since Sat Nov 21 07:16:08 2026\n";
        let accepting = "PDF accepting requests since Sat Nov 21 07:16:08 2026\n";
        assert_eq!(read_stop(&format!("{idle}{accepting}")), None);

        let disabled = "printer PDF disabled since Sat Nov 21 07:16:08 2026 -\n\tsem papel\n";
        assert_eq!(read_stop(&format!("{disabled}{accepting}")).as_deref(), Some("sem papel"));

        let rejecting = "PDF not accepting requests since Sat Nov 21 07:16:08 2026 -\n\tem manutenção\n";
        assert_eq!(read_stop(&format!("{idle}{rejecting}")).as_deref(), Some("em manutenção"));
    }

    #[test]
    fn the_job_is_read_from_what_lp_says() {
        assert_eq!(read_job("request id is PDF-12 (1 file(s))\n"), Some("PDF-12"));
        assert_eq!(read_job("lp: Error"), None);
    }
}
