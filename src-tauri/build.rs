use tauri_build::{AppManifest, Attributes};

fn main() {
    // The window's pages are inside the program: it is built again when they were.
    println!("cargo:rerun-if-changed=../src-ui/dist");
    // Names every command of ours, so that the capability file can allow it and nothing else.
    let commands = AppManifest::new().commands(&["call", "shell"]);
    if let Err(error) = tauri_build::try_build(Attributes::new().app_manifest(commands)) {
        panic!("{error:#}");
    }
}
