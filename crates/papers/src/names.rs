//! Names of files inside bundles and packages: which are safe, and how to make a safe unique one from any text.

use std::collections::BTreeSet;

/// The longest path inside a bundle, in bytes.
const LONGEST: usize = 240;

/// Why `path` cannot stand in a bundle, in words; `None` when it is safe on every system: relative, printable ASCII,
/// no step upwards, no drive, no name that Windows reserves, no folder entry.
pub(crate) fn unsafe_because(path: &str) -> Option<&'static str> {
    if path.is_empty() || path.len() > LONGEST {
        return Some("the name is empty or too long");
    }
    if !path.bytes().all(|byte| (0x20..=0x7e).contains(&byte)) {
        return Some("the name is not printable ASCII");
    }
    if path.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) {
        return Some("the name holds a character that some systems treat specially");
    }
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return Some("the name is absolute, a folder, or climbs out of its folder");
        }
        if part.starts_with(' ') || part.ends_with(' ') || part.ends_with('.') {
            return Some("a part of the name begins or ends with a space or a dot");
        }
        if is_device(part) {
            return Some("the name is reserved on Windows");
        }
    }
    None
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_uppercase();
    match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        _ => {
            stem.len() == 4
                && (stem.starts_with("COM") || stem.starts_with("LPT"))
                && stem.ends_with(|last: char| ('1'..='9').contains(&last))
        }
    }
}

/// A safe ASCII file name made from any text, unlike every name in `taken` (compared without case), to which it is
/// added. The extension is kept where it is a plain one.
pub(crate) fn safe_unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty()
                && (1..=8).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            (stem, format!(".{}", extension.to_ascii_lowercase()))
        }
        _ => (name, String::new()),
    };
    let mut plain = String::new();
    for character in stem.chars() {
        let fits = character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
        if fits {
            plain.push(character);
        } else if !plain.ends_with('-') {
            plain.push('-');
        }
        if plain.len() >= 80 {
            break;
        }
    }
    let plain = plain.trim_matches('-');
    let plain = if plain.is_empty() || is_device(plain) { "file" } else { plain };
    let mut candidate = format!("{plain}{extension}");
    let mut number = 1_u32;
    while !taken.insert(candidate.to_ascii_lowercase()) {
        number = number.saturating_add(1);
        candidate = format!("{plain}-{number}{extension}");
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_climb_out_or_hide_are_unsafe() {
        for path in [
            "",
            "/a",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            "C:a",
            "a\\b",
            "a\u{0}b",
            "é",
            "a/.",
            "CON",
            "x/lpt1.txt",
            "a.",
            " a",
            "a\nb",
            "a*",
        ] {
            assert!(unsafe_because(path).is_some(), "{path:?} must be refused");
        }
        for path in ["a", "data/Contact.json", "files/a b-2.pdf", ".hidden", "console.txt"] {
            assert_eq!(unsafe_because(path), None, "{path:?} must be accepted");
        }
    }

    #[test]
    fn any_text_becomes_a_safe_name_of_its_own() {
        let mut taken = BTreeSet::new();
        let names: Vec<String> = [
            "Résumé.PDF",
            "résumé.pdf",
            "合同.docx",
            "../../etc/passwd",
            "NUL.txt",
            "",
            "a\u{202e}fdp.exe",
            "x=1.csv",
        ]
        .into_iter()
        .map(|name| safe_unique(name, &mut taken))
        .collect();
        assert_eq!(
            names,
            ["R-sum.pdf", "r-sum-2.pdf", "file.docx", "passwd", "file.txt", "file", "a-fdp.exe", "x-1.csv"]
        );
        assert!(names.iter().all(|name| unsafe_because(name).is_none()));
    }
}
