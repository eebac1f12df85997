//! Checks the window's configuration when building: the commands are those of the desk's list of deeds and the window's own,
//! and every one of them is granted by name.

const NOT_BUILT: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Habeas</title>
<p>The screens are not built. Nothing was opened. Run <code>npm ci</code> and <code>npm run build</code> in ui/, then build the window again.</p></html>"#;

const DEEDS: &str = include_str!("../crates/desk/src/deeds.rs");
const OWN: &str = include_str!("src/deeds.rs");
const GRANTED: &str = include_str!("capabilities/main.json");

/// The names in the desk's list, then the window's own: `stop` and what the handler names by its path.
fn commands() -> Vec<&'static str> {
    let deeds = DEEDS.lines().filter_map(|line| {
        let line = line.trim();
        ["read ", "now ", "long "].iter().find_map(|speed| line.strip_prefix(speed))?.split('(').next()
    });
    let own = OWN
        .lines()
        .filter_map(|line| line.trim().strip_prefix("crate::")?.strip_suffix(',')?.rsplit("::").next());
    deeds.chain(["stop"]).chain(own).collect()
}

fn main() {
    // The page is built by the screens' own build; this one stands in so that the Rust side builds alone.
    let page = std::path::Path::new("../ui/dist");
    if !page.join("index.html").exists() && std::fs::create_dir_all(page).is_ok() {
        drop(std::fs::write(page.join("index.html"), NOT_BUILT));
    }
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=../crates/desk/src/deeds.rs");
    println!("cargo:rerun-if-changed=src/deeds.rs");
    let commands: &'static [&'static str] = Box::leak(commands().into_boxed_slice());
    let missing: Vec<String> = commands
        .iter()
        .map(|command| format!("allow-{}", command.replace('_', "-")))
        .filter(|grant| !GRANTED.contains(&format!("\"{grant}\"")))
        .collect();
    if !missing.is_empty() {
        println!("cargo:warning=capabilities/main.json does not grant {}", missing.join(", "));
        std::process::exit(1);
    }
    let manifest = tauri_build::AppManifest::new().commands(commands);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo:warning=the window's configuration is refused: {error:#}");
        std::process::exit(1);
    }
}
