//! The TypeScript that Rust's commands mean. The catalogue writes it; here it is only fetched and compared.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::tree::root;

const FILE: &str = "ui/src/lib/desk/bindings.ts";

/// Writes the bindings, or with `check` says whether the committed ones are fresh.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = root()?;
    let place = root.join(FILE);
    let fresh = export(&root)?;
    let committed = fs::read(&place).unwrap_or_default();
    if committed == fresh {
        return Ok(());
    }
    if check {
        bail!("{FILE} is stale: run `make bindings` and commit it");
    }
    fs::write(&place, fresh).with_context(|| format!("while writing {FILE}"))
}

/// Only `app` knows all commands, and this tool must not need `app` to be built; so a program of the tests prints them.
fn export(root: &std::path::Path) -> Result<Vec<u8>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The whole workspace, like everything else: one crate alone resolves other features and compiles C again.
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--workspace", "--bin", "praxis-bindings"])
        .current_dir(root)
        .status()
        .context("while building praxis-bindings")?;
    ensure!(built.success(), "praxis-bindings does not build");
    let beside = std::env::current_exe().context("while looking for this program")?.with_file_name("praxis-bindings");
    let told = Command::new(beside).output().context("while asking for the bindings")?;
    ensure!(told.status.success(), "praxis-bindings failed: {}", String::from_utf8_lossy(&told.stderr));
    Ok(told.stdout)
}
