//! The built-in fonts, and how wide a text is in them.

use printpdf::ParsedFont;
use unicode_normalization::UnicodeNormalization;

use crate::error::Error;

const REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../../assets/fonts/NotoSans-Bold.ttf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

pub(super) struct Fonts {
    pub regular: ParsedFont,
    pub bold: ParsedFont,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, Error> {
        let load = |bytes: &[u8], what: &str| {
            ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
                .ok_or_else(|| Error::Asset { what: what.into() })
        };
        Ok(Self { regular: load(REGULAR, "the regular font")?, bold: load(BOLD, "the bold font")? })
    }

    fn of(&self, face: Face) -> &ParsedFont {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The text as this font can show it: composed, tabs as spaces, and a character that the font lacks by its code
    /// point, `[U+738B]`, so that nothing disappears.
    pub(super) fn showable(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for character in text.nfc() {
            match character {
                '\n' => out.push('\n'),
                '\t' | '\u{a0}' => out.push(' '),
                '\r' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
                shown if self.regular.lookup_glyph_index(u32::from(shown)).is_some() => out.push(shown),
                lacking => out.push_str(&format!("[U+{:04X}]", u32::from(lacking))),
            }
        }
        out
    }

    /// The width in points.
    pub(super) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let font = self.of(face);
        let units: u32 = text
            .chars()
            .filter_map(|character| font.lookup_glyph_index(u32::from(character)))
            .map(|glyph| u32::from(font.get_glyph_width(glyph).unwrap_or_default()))
            .sum();
        f32_of(units) * size / f32::from(font.units_per_em.max(1))
    }

    /// The text in lines of at most `width` points. Breaks at spaces; a word longer than a line breaks anywhere,
    /// preferably behind `/ - _ . @ ,`.
    pub(super) fn lines(&self, text: &str, face: Face, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in self.showable(text).split('\n') {
            let mut line = String::new();
            for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if self.width(&longer, face, size) <= width {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line = self.break_word(word, face, size, width, &mut lines);
            }
            lines.push(line);
        }
        lines
    }

    /// Breaks a word that may be longer than a line; gives back its last piece.
    fn break_word(&self, word: &str, face: Face, size: f32, width: f32, lines: &mut Vec<String>) -> String {
        let mut piece = String::new();
        let mut used = 0.0;
        let mut good = 0;
        for character in word.chars() {
            let wide = self.width(character.encode_utf8(&mut [0; 4]), face, size);
            if used + wide > width && !piece.is_empty() {
                let at = if good * 2 > piece.len() { good } else { piece.len() };
                let rest = piece.split_off(at);
                lines.push(std::mem::replace(&mut piece, rest));
                used = self.width(&piece, face, size);
                good = 0;
            }
            piece.push(character);
            used += wide;
            if matches!(character, '/' | '-' | '_' | '.' | '@' | ',') {
                good = piece.len();
            }
        }
        piece
    }
}

/// Exact for every width that a line of text can have.
fn f32_of(units: u32) -> f32 {
    let high = u16::try_from(units >> 16).unwrap_or_default();
    let low = u16::try_from(units & 0xffff).unwrap_or_default();
    f32::from(high) * 65_536.0 + f32::from(low)
}
