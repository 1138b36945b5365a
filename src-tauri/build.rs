//! Embeds the built screens and the window's configuration into the binary.
use std::path::Path;

fn main() {
    // The configuration is read beside the root Cargo.toml; a build script runs there.
    if !Path::new("ui/dist/index.html").exists() {
        println!("cargo::error=the screens are not built: run `make ui` (npm run build in ui/) first");
        return;
    }
    println!("cargo::rerun-if-changed=ui/dist");
    tauri_build::build();
}
