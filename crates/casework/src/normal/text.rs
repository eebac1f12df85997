//! Plain text out of what a field holds.

use std::borrow::Cow;

/// The text without tags and with its entities resolved; a text without markup comes back unchanged.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('<') && !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let (taken, put) = if from.starts_with('<') { tag(from) } else { entity(from) };
        plain.push_str(&put);
        rest = from.get(taken..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// How many bytes a tag takes, and what stands in its place. `<ana@example.com>` is no tag.
fn tag(from: &str) -> (usize, String) {
    let second = from.chars().nth(1).unwrap_or(' ');
    if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        return (1, "<".into());
    }
    match from.find('>') {
        Some(end) if !from.get(1..end).unwrap_or_default().contains('@') => {
            let name: String = from
                .chars()
                .skip(1)
                .skip_while(|c| *c == '/')
                .take_while(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_ascii_lowercase();
            // Marks inside a word leave the word whole.
            let inline =
                matches!(name.as_str(), "b" | "i" | "u" | "em" | "strong" | "span" | "font" | "wbr" | "a");
            (end + 1, if inline { String::new() } else { " ".into() })
        }
        // `<ana@example.com>` is no tag; `<a href="mailto:ana@example.com">` keeps what stands in it.
        Some(end) => (1, if from.get(..end).unwrap_or_default().contains(' ') { " " } else { "<" }.into()),
        None => (1, "<".into()),
    }
}

fn entity(from: &str) -> (usize, String) {
    let Some(end) = from.char_indices().take(12).find(|(_, c)| *c == ';').map(|(at, _)| at) else {
        return (1, "&".into());
    };
    let name = from.get(1..end).unwrap_or_default();
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    let put = match (name, number.and_then(char::from_u32)) {
        (_, Some(letter)) => letter,
        ("amp", _) => '&',
        ("lt", _) => '<',
        ("gt", _) => '>',
        ("quot", _) => '"',
        ("apos", _) => '\'',
        ("nbsp", _) => ' ',
        _ => return (1, "&".into()),
    };
    (end + 1, put.to_string())
}

/// Lower-case ASCII letters and digits only, whatever the script.
pub fn ascii(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { any_ascii::any_ascii(text).to_ascii_lowercase() }
}

/// Whether `needle` stands in `text` as a whole: nothing that could continue it touches it. Both in the same case.
pub fn stands_whole(text: &str, needle: &str) -> bool {
    if needle.is_empty() {
        return false;
    }
    text.match_indices(needle).any(|(at, _)| {
        let before: Vec<char> = text.get(..at).unwrap_or_default().chars().rev().take(2).collect();
        let after: Vec<char> = text.get(at + needle.len()..).unwrap_or_default().chars().take(2).collect();
        !continues(&before) && !continues(&after)
    })
}

/// A letter or digit, or one behind a joining mark, continues a word.
fn continues(beside: &[char]) -> bool {
    match beside {
        [first, ..] if first.is_alphanumeric() => true,
        [first, second] => matches!(first, '-' | '_' | '/' | '.' | '+') && second.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_set_aside_and_addresses_in_angle_brackets_are_kept() {
        for (given, expected) in [
            ("<p>Ana&nbsp;Reyes</p>", " Ana Reyes "),
            ("a<b>na</b>", "ana"),
            ("Ana <ana@example.com>", "Ana <ana@example.com>"),
            ("ana&#64;example.com &amp; co", "ana@example.com & co"),
            ("1 < 2 & 3", "1 < 2 & 3"),
            ("<", "<"),
        ] {
            assert_eq!(plain(given), expected, "{given}");
        }
    }

    #[test]
    fn a_number_inside_a_longer_one_does_not_stand_whole() {
        assert!(stands_whole("account ac-1001.", "ac-1001"));
        assert!(stands_whole("(ac-1001)", "ac-1001"));
        assert!(!stands_whole("ac-10012", "ac-1001"));
        assert!(!stands_whole("ac-1001-2", "ac-1001"));
        assert!(!stands_whole("xac-1001", "ac-1001"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in ".*", needle in ".{0,6}") {
            plain(&text);
            stands_whole(&text, &needle);
        }
    }
}
