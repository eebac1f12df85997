//! Lists the files of `assets/law` so that all of them are built in: a new file needs no line of code.
#![allow(clippy::print_stdout, reason = "cargo reads what a build script prints")]

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let shelf = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/law"))?;
    println!("cargo::rerun-if-changed={}", shelf.display());
    let mut files = Vec::new();
    for folder in sorted(&shelf)?.into_iter().filter(|it| it.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
        files.extend(sorted(&folder)?.into_iter().filter(|it| is_rule_file(it)));
    }
    let lines: String = files
        .iter()
        .filter_map(|file| {
            let name =
                file.strip_prefix(&shelf).ok()?.components().map(|it| it.as_os_str().to_string_lossy());
            Some(format!("({:?}, include_str!({:?})),\n", name.collect::<Vec<_>>().join("/"), file.to_str()?))
        })
        .collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("shelf.rs");
    fs::write(out, format!("&[\n{lines}]"))
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = fs::read_dir(folder)?.map(|it| it.map(|it| it.path())).collect::<io::Result<Vec<_>>>()?;
    found.sort();
    Ok(found)
}

fn is_rule_file(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(".toml") && !name.ends_with(".cases.toml")
}
