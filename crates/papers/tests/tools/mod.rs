//! The independent readers a paper is held against: poppler, qpdf and zbar.
#![allow(dead_code, clippy::unwrap_used, reason = "shared by several test programs, none of which uses all of it")]

use std::path::Path;
use std::process::Command;

/// Runs a tool on a PDF and returns what it says; fails loudly where the tool is missing or complains.
pub fn tool(program: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    run(program, before, &file, after)
}

fn run(program: &str, before: &[&str], file: &Path, after: &[&str]) -> String {
    let output = Command::new(program).args(before).arg(file).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is needed for these tests: {error}"));
    let complaint = String::from_utf8_lossy(&output.stderr);
    // zbarimg asks for a message bus it does not need.
    let quiet = complaint.is_empty() || program == "zbarimg";
    assert!(output.status.success() && quiet, "{program} says: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The text of each page, lines as they stand, runs of spaces made one.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let text = tool("pdftotext", &["-layout"], pdf, &["-"]);
    let one_space = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pages: Vec<String> = text
        .split('\u{c}')
        .map(|page| page.lines().map(one_space).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
        .collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "a form feed ends each page");
    pages
}

/// What a phone reads from a page at 200 dots per inch.
pub fn scan(pdf: &[u8], page: usize) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    let page = page.to_string();
    let picture = folder.path().join("page");
    let picture = picture.to_str().unwrap();
    run("pdftoppm", &["-r", "200", "-gray", "-png", "-singlefile", "-f", &page, "-l", &page], &file, &[picture]);
    let code = run("zbarimg", &["--raw", "--quiet"], Path::new(&format!("{picture}.png")), &[]);
    code.trim_end().to_owned()
}

/// Compares with a file under `tests/golden`; `UPDATE_GOLDEN=1` writes it anew, to be read before it is committed.
pub fn golden(name: &str, text: &str) {
    let file = Path::new("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, format!("{text}\n")).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, expected.trim_end(), "{name}");
}
