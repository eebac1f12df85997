//! Text as it may be printed: composed, and with nothing in it that hides, reorders or disappears.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::fonts::Fonts;

/// The text as it is printed. A character that acts on the reader unseen (controls, embeddings and overrides of
/// direction, invisible letters and tags) and one that no font has is printed by its code, `[U+202E]`; the latter are also
/// noted in `lacking`. Marks without meaning for the reader (byte order, soft hyphen, variation) are left out.
pub(super) fn clean(text: &str, fonts: &mut Fonts, lacking: &mut BTreeSet<char>) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut before = '\n';
    for character in text.nfc() {
        match character {
            '\n' if before == '\r' => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            // Read right to left or joined where they stand; they have no place of their own.
            '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => out.push(character),
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{34f}' => {}
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
            unseen if is_unseen(unseen) => push_code(&mut out, unseen),
            shown if fonts.has(shown) => out.push(shown),
            no_font => {
                lacking.insert(no_font);
                push_code(&mut out, no_font);
            }
        }
        before = character;
    }
    out
}

fn push_code(out: &mut String, character: char) {
    out.push_str(&format!("[U+{:04X}]", u32::from(character)));
}

/// Characters that change what a reader sees without being seen.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{202a}'..='\u{202e}'
                | '\u{2061}'..='\u{206f}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{3164}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e00ff}'
        )
}

/// Whether a character leaves no mark: it stands between others only to steer them.
pub(super) fn is_silent(character: char) -> bool {
    matches!(character, '\n' | '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{2060}')
}
