//! Checks the window's configuration and the capabilities when building.
fn main() {
    // The page is built by the screens' own build; an empty one stands in so that the Rust side builds alone.
    let page = std::path::Path::new("../ui/dist");
    if !page.join("index.html").exists() && std::fs::create_dir_all(page).is_ok() {
        let _ = std::fs::write(
            page.join("index.html"),
            "<!doctype html><title>Habeas</title><p>The screens are not built: run npm run build in ui/.</p>",
        );
    }
    tauri_build::build();
}
