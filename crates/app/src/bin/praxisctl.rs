//! `praxisctl`: the same commands without a window. The password comes from `PRAXIS_PASSWORD`, never from an
//! argument, which other users of the machine could read.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on its streams")]

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use app::{Desk, SystemHost};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::{Parser, Subcommand};
use serde_json::{Value, json};

/// Praxis without a window.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// The data folder.
    #[arg(long, global = true, default_value = ".")]
    data: PathBuf,
    /// Who signs in, where several may: a name, or the beginning of one.
    #[arg(long, global = true)]
    user: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Found a clinic. Prints the recovery code once.
    Init {
        /// The clinic's profile.
        #[arg(long, default_value = "aesthetic-br")]
        profile: String,
        /// The clinic's name.
        #[arg(long)]
        name: String,
        /// The owner's name.
        #[arg(long)]
        owner: String,
    },
    /// Make the demo clinic.
    Demo {
        /// Its profile.
        #[arg(long, default_value = "aesthetic-br")]
        profile: String,
        /// The seed: the same seed on the same day makes the same clinic.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// List every command with the permission it needs.
    List,
    /// Run one command; prints its reply.
    Call {
        /// Its name, such as people.search.
        name: String,
        /// Its input.
        #[arg(default_value = "{}")]
        input: String,
    },
    /// Bring something in.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Agree with a server until nothing waits. A clinic without a server is handed over to this one first.
    Sync {
        /// Its address, such as `http://127.0.0.1:8787`.
        #[arg(long)]
        server: String,
    },
    /// Print the digest over all replicated columns, and over the caches.
    Digest,
    /// Check a sealed PDF against the seal beside it and this organization's key.
    Verify {
        /// The PDF; its seal is the file of the same name with `.seal` after it.
        file: PathBuf,
    },
    /// Look at the journal.
    Journal {
        #[command(subcommand)]
        what: Journal,
    },
    /// Say what this folder is and whether it is well.
    Doctor,
}

#[derive(Subcommand)]
enum Import {
    /// Patients from a spreadsheet's export.
    Patients {
        /// The file: UTF-8 or Latin-1, commas or semicolons, headings in Portuguese, Spanish or English.
        file: PathBuf,
        /// Only report what would be done.
        #[arg(long)]
        dry_run: bool,
        /// Take the good lines although others are refused.
        #[arg(long)]
        keep_good: bool,
    },
}

#[derive(Subcommand)]
enum Journal {
    /// Verify the chain by code that shares nothing with what wrote it.
    Verify,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match run(&Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("praxisctl: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    let desk = Desk::new(&cli.data, Arc::new(SystemHost::new(cli.data.join("papers"))));
    match &cli.verb {
        Verb::List => {
            for listed in app::names() {
                println!("{:32} {}", listed.name, listed.needs.map_or("", domain::permission::Permission::key));
            }
            Ok(ExitCode::SUCCESS)
        }
        Verb::Init { profile, name, owner } => {
            let reply = desk.call(
                "organization.found",
                json!({ "profile": profile, "locale": "pt-BR", "clinic": { "name": name },
                        "admin": { "name": owner, "password": password()? } }),
            );
            if let Some(words) = reply.pointer("/done/value/recovery_code").and_then(Value::as_array) {
                let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
                println!("Recovery code, shown once: {}", words.join(" "));
                return Ok(ExitCode::SUCCESS);
            }
            print_reply(&reply)
        }
        Verb::Demo { profile, seed } => {
            print_reply(&desk.call("system.demo", json!({ "profile": profile, "seed": seed })))
        }
        Verb::Call { name, input } => {
            // Joining, founding and asking for the status come before anybody is on file here.
            if app::names().iter().any(|listed| listed.name == name && listed.needs.is_some()) {
                sign_in(&desk, cli)?;
            }
            let input = serde_json::from_str(input).context("the input is not JSON")?;
            print_reply(&desk.call(name, input))
        }
        Verb::Import { what: Import::Patients { file, dry_run, keep_good } } => {
            sign_in(&desk, cli)?;
            let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
            let reply = desk.call(
                "people.import",
                json!({ "csv_base64": BASE64_STANDARD.encode(bytes), "dry_run": dry_run, "keep_good": keep_good }),
            );
            print_import(&reply)
        }
        Verb::Sync { server } => {
            sign_in(&desk, cli)?;
            agree(&desk, server)
        }
        Verb::Digest => {
            sign_in(&desk, cli)?;
            let open = desk.open().context("the folder is open")?;
            let digests = open.store.digests()?;
            println!("replicated {}\ncaches     {}", digests.replicated, digests.caches);
            Ok(ExitCode::SUCCESS)
        }
        Verb::Verify { file } => {
            sign_in(&desk, cli)?;
            verify(&desk, file)
        }
        Verb::Journal { what: Journal::Verify } => {
            sign_in(&desk, cli)?;
            journal(&desk)
        }
        Verb::Doctor => {
            let status = desk.call("system.status", json!({}));
            println!("{}", serde_json::to_string_pretty(status.pointer("/done/value").unwrap_or(&status))?);
            sign_in(&desk, cli)?;
            let open = desk.open().context("the folder is open")?;
            let head =
                open.store.alarm().map_or_else(|| "agrees with the journal".to_owned(), |alarm| format!("{alarm:?}"));
            println!("head: {head}\nwaiting: {}", open.store.waiting()?);
            journal(&desk)
        }
    }
}

fn password() -> anyhow::Result<String> {
    std::env::var("PRAXIS_PASSWORD").context("the password is expected in PRAXIS_PASSWORD")
}

/// Signs in as the only user, or as the one that `--user` names.
fn sign_in(desk: &Desk, cli: &Cli) -> anyhow::Result<()> {
    let status = desk.call("system.status", json!({}));
    let status = status.pointer("/done/value").context("the desk has no status")?;
    if status.get("state").and_then(Value::as_str) == Some("no_folder") {
        bail!(
            "there is no clinic in {}: `praxisctl init` founds one, `praxisctl demo` makes the demo",
            cli.data.display()
        );
    }
    let users = status.get("users").and_then(Value::as_array).context("the folder has users")?;
    let name_of = |user: &Value| user.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let wanted: Vec<_> = match &cli.user {
        Some(name) => users.iter().filter(|user| name_of(user).starts_with(name.as_str())).collect(),
        None => users.iter().collect(),
    };
    let [user] = wanted.as_slice() else {
        let names: Vec<_> = users.iter().map(name_of).collect();
        bail!("say who you are with --user: {}", names.join(", "));
    };
    let reply = desk.call(
        "system.sign_in",
        json!({ "user_id": user.get("id").cloned().unwrap_or_default(), "password": password()? }),
    );
    if reply.get("done").is_some() {
        return Ok(());
    }
    bail!("not signed in: {}", reply.pointer("/refused/reason").unwrap_or(&reply))
}

/// 0 agreed, 1 the server refuses or a person must decide, 2 it does not answer.
fn agree(desk: &Desk, server: &str) -> anyhow::Result<ExitCode> {
    let state = |name: &str| -> anyhow::Result<Value> {
        let reply = desk.call(name, json!({}));
        reply.pointer("/done/value").cloned().with_context(|| format!("{name}: {reply}"))
    };
    let before = state("system.sync_status")?;
    match before.get("server").and_then(Value::as_str) {
        None => {
            let reply = desk.call("system.adopt", json!({ "server": server }));
            if reply.get("done").is_none() {
                return print_reply(&reply);
            }
        }
        // The folder keeps the address with its scheme.
        Some(known) if !known.ends_with(server.trim().trim_end_matches('/')) => {
            bail!("this clinic agrees with {known}, not with {server}")
        }
        Some(_) => {}
    }
    loop {
        let now = state("system.sync_now")?;
        let count = |of: &Value, key: &str| of.get(key).and_then(Value::as_u64).unwrap_or_default();
        let face = now.get("state").and_then(Value::as_str).unwrap_or_default().to_owned();
        // What needs a person stops nothing that comes after it.
        let shut = now.get("shut").is_some_and(|shut| !shut.is_null());
        if face == "waiting" || (face != "offline" && !shut && count(&now, "pending") > 0) {
            continue;
        }
        let aside = now.get("quarantined").and_then(Value::as_array).map_or(0, Vec::len);
        println!(
            "{face}: {} sent, {} waiting, {aside} kept aside, {} cards",
            count(&before, "pending").saturating_sub(count(&now, "pending")),
            count(&now, "pending"),
            count(&now, "cards"),
        );
        return Ok(match face.as_str() {
            "up_to_date" => ExitCode::SUCCESS,
            "needs_you" => ExitCode::from(1),
            _ => ExitCode::from(2),
        });
    }
}

/// 0 done, 1 refused, 2 failed.
fn print_reply(reply: &Value) -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(reply)?);
    Ok(if reply.get("done").is_some() {
        ExitCode::SUCCESS
    } else if reply.get("refused").is_some() {
        ExitCode::from(1)
    } else {
        ExitCode::from(2)
    })
}

fn print_import(reply: &Value) -> anyhow::Result<ExitCode> {
    let Some(report) = reply.pointer("/done/value") else { return print_reply(reply) };
    for line in report.get("lines").and_then(Value::as_array).into_iter().flatten() {
        println!(
            "{:>6}  {:8} {}  {}",
            line.get("line").unwrap_or(&Value::Null),
            line.get("outcome").and_then(Value::as_str).unwrap_or_default(),
            line.get("name").and_then(Value::as_str).unwrap_or_default(),
            line.get("reasons").filter(|reasons| *reasons != &json!([])).map(Value::to_string).unwrap_or_default(),
        );
    }
    let number = |key: &str| report.get(key).cloned().unwrap_or_default();
    println!("add {}, refuse {}, committed: {}", number("added"), number("refused"), number("committed"));
    Ok(if number("refused") == json!(0) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn journal(desk: &Desk) -> anyhow::Result<ExitCode> {
    let open = desk.open().context("the folder is open")?;
    match verify::check_folder(open.store.vault(), &mut |_| {}) {
        Ok(accepted) => {
            println!("journal: {} entries accepted", accepted.entries());
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("journal: {error}");
            Ok(ExitCode::from(1))
        }
    }
}

fn verify(desk: &Desk, file: &Path) -> anyhow::Result<ExitCode> {
    let open = desk.open().context("the folder is open")?;
    let paper = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut seal_file = file.as_os_str().to_owned();
    seal_file.push(".seal");
    let seal = std::fs::read(&seal_file).with_context(|| format!("reading {}", Path::new(&seal_file).display()))?;
    let trust = verify::Trust::of_folder(&open.store.vault().reader()?)?
        .context("the folder holds no organization whose key could be trusted")?;
    match verify::check_seal(&paper, &seal, &trust) {
        Ok(sealed) => {
            println!("accepted: {sealed:?}");
            Ok(ExitCode::SUCCESS)
        }
        Err(reason) => {
            println!("refused: {reason}");
            Ok(ExitCode::from(1))
        }
    }
}
