//! Prints the TypeScript side of the command catalogue, for `cargo xtask bindings`.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

fn main() {
    print!("{}", app::bindings::typescript());
}
