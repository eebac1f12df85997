//! Checks the window's configuration when building, and names the only commands its page may be granted.

/// Every command of `src/commands.rs`; `capabilities/main.json` grants them one by one.
const COMMANDS: &[&str] = &["vault_path", "unlock", "requests"];

const NOT_BUILT: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Habeas</title>
<p>The screens are not built. Nothing was opened. Run <code>npm ci</code> and <code>npm run build</code> in ui/, then build the window again.</p></html>"#;

fn main() {
    // The page is built by the screens' own build; this one stands in so that the Rust side builds alone.
    let page = std::path::Path::new("../ui/dist");
    if !page.join("index.html").exists() && std::fs::create_dir_all(page).is_ok() {
        drop(std::fs::write(page.join("index.html"), NOT_BUILT));
    }
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo:warning=the window's configuration is refused: {error:#}");
        std::process::exit(1);
    }
}
