//! The house's own tools: `cargo xtask tidy | bindings | new-area | release-migrations`.

mod bindings;
mod new_area;
mod tidy;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "The house's own tools")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Hold the house rules that no compiler knows.
    Tidy,
    /// Write the TypeScript that Rust's commands mean.
    Bindings {
        /// Only say whether the committed file is what Rust means today.
        #[arg(long)]
        check: bool,
    },
    /// Begin an area: its folder in Rust and in the screens, its page, its migration.
    NewArea {
        /// A noun from the clinic, in lower case.
        name: String,
    },
    /// Freeze the migrations: from here on a changed one is refused by `tidy`.
    ReleaseMigrations,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().what {
        What::Tidy => tidy::run(),
        What::Bindings { check } => bindings::run(check),
        What::NewArea { name } => new_area::run(&name),
        What::ReleaseMigrations => tidy::migrations::release(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("{failure:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Says a line on the terminal: this is a tool for people.
#[allow(clippy::print_stderr, reason = "a command-line tool speaks to its terminal")]
fn say(line: &str) {
    eprintln!("{line}");
}
