use tauri_build::{AppManifest, Attributes};

fn main() {
    // Names every command of ours, so that the capability file can allow it and nothing else.
    let commands = AppManifest::new().commands(&["call", "shell"]);
    if let Err(error) = tauri_build::try_build(Attributes::new().app_manifest(commands)) {
        panic!("{error:#}");
    }
}
