//! `praxis`: the clinic's window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match praxis_shell::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            praxis_shell::say(&failure);
            ExitCode::FAILURE
        }
    }
}
