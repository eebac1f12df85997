//! The pictures that the window's journeys left, on one page that a person can look through.

use crate::run::{self, Done};

/// Writes `target/screens/index.html` over the pictures beside it.
pub fn page() -> Done {
    let folder = run::target().join("screens");
    let wrong = |error: std::io::Error| format!("the page of pictures could not be written: {error}");
    let mut pictures: Vec<String> = std::fs::read_dir(&folder)
        .map_err(wrong)?
        .flatten()
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".png"))
        .collect();
    // `2-…` before `10-…`.
    pictures.sort_by_key(|name| (name.split('-').next().and_then(|n| n.parse::<u32>().ok()), name.clone()));
    let figures: String = pictures
        .iter()
        .map(|name| {
            format!("<figure><img src=\"{name}\" alt=\"\"><figcaption>{name}</figcaption></figure>\n")
        })
        .collect();
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The window, picture by picture</title>\n\
         <style>body{{font:16px system-ui;margin:2rem}}img{{max-width:100%;border:1px solid #999}}figure{{margin:0 0 2rem}}</style>\n\
         <h1>The window, picture by picture</h1>\n{figures}</html>\n"
    );
    std::fs::write(folder.join("index.html"), page).map_err(wrong)?;
    println!("{} pictures of the window: {}", pictures.len(), folder.join("index.html").display());
    Ok(())
}
