//! The pictures that the window's journeys left, on one page that a person can look through.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::run::{self, Done};

/// A picture, with what the page in it calls itself.
struct Picture {
    file: String,
    title: String,
}

/// Forgets the pictures of an earlier run.
pub fn clear() {
    drop(std::fs::remove_dir_all(taken()));
}

/// Writes `docs/screens/index.html` with the pictures beside it, journey by journey.
pub fn page() -> Done {
    let folder = run::root().join("docs/screens");
    let journeys = journeys(&taken()).map_err(wrong)?;
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    for it in journeys.values().flatten() {
        std::fs::copy(taken().join(&it.file), folder.join(&it.file)).map_err(wrong)?;
    }
    let page = folder.join("index.html");
    std::fs::write(&page, html(&journeys)).map_err(wrong)?;
    let count: usize = journeys.values().map(Vec::len).sum();
    println!("{count} pictures of the window, {} journeys: {}", journeys.len(), page.display());
    Ok(())
}

/// Where the journeys leave their pictures.
fn taken() -> PathBuf {
    run::target().join("screens")
}

fn wrong(error: std::io::Error) -> String {
    format!("the page of pictures could not be written: {error}")
}

/// The pictures by journey; beside each lies a text that names its journey and tells what the page calls itself.
fn journeys(folder: &Path) -> std::io::Result<BTreeMap<String, Vec<Picture>>> {
    let mut journeys: BTreeMap<String, Vec<Picture>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|it| it != "png") {
            continue;
        }
        let about = std::fs::read_to_string(path.with_extension("txt"))?;
        let (journey, title) = about.split_once('\n').unwrap_or((&about, ""));
        let file = entry.file_name().to_string_lossy().into_owned();
        journeys
            .entry(journey.to_owned())
            .or_default()
            .push(Picture { file, title: title.trim().to_owned() });
    }
    for pictures in journeys.values_mut() {
        pictures.sort_by_key(|it| order(&it.file));
    }
    Ok(journeys)
}

/// `2-…` before `10-…`.
fn order(file: &str) -> (Option<u32>, String) {
    (file.split('-').next().and_then(|it| it.parse().ok()), file.to_owned())
}

fn html(journeys: &BTreeMap<String, Vec<Picture>>) -> String {
    let mut sorted: Vec<_> = journeys.iter().collect();
    sorted.sort_by_key(|(_, pictures)| pictures.first().map(|it| order(&it.file)));
    let (mut contents, mut sections) = (String::new(), String::new());
    for (place, (journey, pictures)) in sorted.into_iter().enumerate() {
        let name = escaped(&sentence(journey));
        contents += &format!("<li><a href=\"#j{place}\">{name}</a> ({})</li>\n", pictures.len());
        sections += &format!("<h2 id=\"j{place}\">{name}</h2>\n");
        for Picture { file, title } in pictures {
            let words = sentence(
                file.trim_end_matches(".png").trim_start_matches(|it: char| it.is_ascii_digit() || it == '-'),
            );
            let (words, title, file) = (escaped(&words), escaped(title), escaped(file));
            sections += &format!(
                "<figure><img src=\"{file}\" alt=\"{words}\" loading=\"lazy\"><figcaption><strong>{words}.</strong> {title} \
                 <code>{file}</code></figcaption></figure>\n"
            );
        }
    }
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The window, picture by picture</title>\n\
         <style>body{{font:16px/1.5 system-ui;margin:2rem auto;max-width:82rem;padding:0 1rem}}\
         img{{max-width:100%;border:1px solid #999}}figure{{margin:0 0 2.5rem}}h2{{margin-top:3rem}}code{{color:#555}}</style>\n\
         <h1>The window, picture by picture</h1>\n<p>Taken of the real window by its journeys, built by <code>cargo xtask test</code>.</p>\n\
         <ol>\n{contents}</ol>\n{sections}</html>\n"
    )
}

/// A test's or a file's name as a sentence without its end.
fn sentence(name: &str) -> String {
    let words = name.rsplit("::").next().unwrap_or(name).replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
