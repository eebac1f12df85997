//! One plain form of a text to look at: ASCII letters and digits whatever the script, escapes resolved, invisible
//! characters gone; with the way back to where each part stood.

use std::borrow::Cow;
use std::ops::Range;

use super::kind::Kind;

/// Nothing beside it belongs together: between records, and where something was withheld before.
pub(super) const BREAK: u8 = 0x1e;

/// A text to look at.
pub(super) struct Folded<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// What was replaced by more or less than it was, in order; between pieces both texts run alike.
    pieces: Vec<Piece>,
}

struct Piece {
    at: usize,
    put: usize,
    from: usize,
    taken: usize,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As it stands; tags are looked at like any text.
    Plain,
    /// Tags are set aside.
    Markup,
    /// JSON: values do not belong together, a key belongs to its value.
    Json,
    /// CSV: cells do not belong together.
    Csv,
}

impl<'a> Folded<'a> {
    pub fn of(text: &'a str, written: Written) -> Self {
        let mut it = Builder { text, out: Vec::new(), pieces: Vec::new(), copied: 0 };
        let bytes = text.as_bytes();
        let (mut at, mut quoted) = (0, false);
        while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| special(*byte))) {
            at += step;
            at += match (bytes.get(at).copied().unwrap_or_default(), written) {
                (b'"', Written::Json | Written::Csv) => {
                    quoted = !quoted;
                    1
                }
                (b',' | b'{' | b'}' | b'[' | b']', Written::Json) if !quoted => it.put(at, 1, &[BREAK]),
                (b',' | b'\n', Written::Csv) if !quoted => it.put(at, 1, &[BREAK]),
                (b'<', Written::Markup) => it.tag(at),
                (b'&', _) => it.entity(at),
                (b'\\', _) => it.escape(at),
                (b'%', _) => it.percent(at),
                (b'=', _) => it.soft_break(at),
                (b'[', _) => it.withheld(at),
                (0x80.., _) => it.character(at),
                (b'\t' | b'\n' | b'\r' | BREAK, _) => 1,
                (0..0x20, _) => it.put(at, 1, b" "),
                _ => 1,
            };
        }
        let Builder { mut out, pieces, copied, .. } = it;
        if copied == 0 {
            return Self { bytes: Cow::Borrowed(bytes), pieces };
        }
        out.extend_from_slice(bytes.get(copied..).unwrap_or_default());
        Self { bytes: Cow::Owned(out), pieces }
    }

    /// Where a part of the folded text stands in the original, whole characters only.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        let start = self.back(span.start, false);
        start..self.back(span.end, true).max(start)
    }

    fn back(&self, place: usize, is_end: bool) -> usize {
        let before = self.pieces.partition_point(|it| if is_end { it.at < place } else { it.at <= place });
        let Some(piece) = before.checked_sub(1).and_then(|it| self.pieces.get(it)) else { return place };
        let into = place - piece.at;
        match (into < piece.put, is_end) {
            (true, false) => piece.from,
            (true, true) => piece.from + piece.taken,
            (false, _) => piece.from + piece.taken + (into - piece.put),
        }
    }
}

fn special(byte: u8) -> bool {
    const SPECIAL: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = byte >= 0x80
                || (byte < 0x20 && byte != 9 && byte != 13)
                || matches!(
                    byte as u8,
                    b'&' | b'\\' | b'%' | b'=' | b'[' | b'<' | b'"' | b',' | b'{' | b'}' | b']'
                );
            byte += 1;
        }
        table
    };
    SPECIAL.get(usize::from(byte)).copied().unwrap_or_default()
}

struct Builder<'a> {
    text: &'a str,
    out: Vec<u8>,
    pieces: Vec<Piece>,
    copied: usize,
}

impl Builder<'_> {
    /// Puts `put` in the place of `taken` bytes; gives how many bytes were taken.
    fn put(&mut self, from: usize, taken: usize, put: &[u8]) -> usize {
        if self.copied == 0 {
            self.out.reserve(self.text.len());
        }
        self.out.extend_from_slice(self.text.as_bytes().get(self.copied..from).unwrap_or_default());
        // A byte for a byte: both texts run on alike.
        if taken != 1 || put.len() != 1 {
            self.pieces.push(Piece { at: self.out.len(), put: put.len(), from, taken });
        }
        self.out.extend_from_slice(put);
        self.copied = from + taken;
        taken
    }

    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn character(&mut self, at: usize) -> usize {
        let Some(letter) = self.rest(at).chars().next() else { return 1 };
        let put = ascii(letter);
        self.put(at, letter.len_utf8(), put.as_bytes())
    }

    /// `&#50;`, `&#x32;`, `&nbsp;` …
    fn entity(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        let name: &str = rest
            .get(1..)
            .map(|it| {
                it.split_at(
                    it.bytes().take(10).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count(),
                )
                .0
            })
            .unwrap_or_default();
        let closed = usize::from(rest.as_bytes().get(1 + name.len()) == Some(&b';'));
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let taken = 1 + name.len() + closed;
        if let Some(letter) = number.and_then(char::from_u32) {
            return self.put(at, taken, ascii(letter).as_bytes());
        }
        let put = match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" => " ",
            "ndash" | "mdash" | "minus" | "hyphen" | "dash" => "-",
            "shy" | "zwj" | "zwnj" => "",
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            "num" => "#",
            "colon" => ":",
            "equals" => "=",
            "sol" => "/",
            "period" => ".",
            "lowbar" => "_",
            _ => return 1,
        };
        if closed == 0 { 1 } else { self.put(at, taken, put.as_bytes()) }
    }

    /// `\u0032`, `\n`, `\"` …, as JSON writes them.
    fn escape(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        match rest.as_bytes().get(1) {
            Some(b'u') => {
                let letter = rest.get(2..6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                match letter {
                    Some(code) => {
                        let put = char::from_u32(code).map_or("", ascii);
                        self.put(at, 6, put.as_bytes())
                    }
                    None => 1,
                }
            }
            Some(b'n' | b'r') => self.put(at, 2, b"\n"),
            Some(b't' | b'f' | b'b') => self.put(at, 2, b" "),
            Some(kept @ (b'"' | b'\\' | b'/' | b'-' | b'.' | b'_' | b'#')) => {
                let kept = [*kept];
                self.put(at, 2, &kept)
            }
            _ => 1,
        }
    }

    /// `%2D`, as addresses write it.
    fn percent(&mut self, at: usize) -> usize {
        let hex = self.rest(at).get(1..3).filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte @ 0x20..=0x7e) => self.put(at, 3, &[byte]),
            Some(b'\n' | b'\r' | b'\t') => self.put(at, 3, b" "),
            _ => 1,
        }
    }

    /// `=` at the end of a line: a mail's line goes on.
    fn soft_break(&mut self, at: usize) -> usize {
        match self.rest(at).as_bytes() {
            [_, b'\r', b'\n', ..] => self.put(at, 3, b""),
            [_, b'\n', ..] => self.put(at, 2, b""),
            _ => 1,
        }
    }

    /// Our own `[withheld: …]`, word by word one of ours.
    fn withheld(&mut self, at: usize) -> usize {
        const LONGEST: usize = 160;
        let rest = self.rest(at);
        if !rest.starts_with("[withheld:") {
            return 1;
        }
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b']').unwrap_or(0);
        let Some(inner) = rest.get(1..end) else { return 1 };
        let said = inner.replace("&#39;", "'").replace("&#x27;", "'").replace('\u{2019}', "'");
        let said: Vec<&str> = said.split_whitespace().skip(1).collect();
        if Kind::ALL.iter().any(|kind| kind.words().split(' ').eq(said.iter().copied())) {
            self.put(at, end + 1, &[BREAK])
        } else {
            1
        }
    }

    fn tag(&mut self, at: usize) -> usize {
        const LONGEST: usize = 4096;
        let rest = self.rest(at);
        let name: String = rest
            .bytes()
            .skip(1)
            .take(12)
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'!' | b'-'))
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
        // A second `<` before the `>`: the first was no tag.
        let end = rest
            .bytes()
            .take(LONGEST)
            .skip(1)
            .position(|byte| matches!(byte, b'>' | b'<'))
            .map(|at| at + 1)
            .filter(|at| rest.as_bytes().get(*at) == Some(&b'>'));
        let Some(end) =
            end.filter(|_| !name.is_empty() && rest.as_bytes().get(1 + name.len()) != Some(&b'@'))
        else {
            return 1;
        };
        let put: &[u8] = match name.trim_end_matches('/') {
            "/dd" | "/tr" | "/table" | "/section" | "/article" | "/h1" | "/h2" | "/h3" | "/h4" => &[BREAK],
            "b" | "/b" | "i" | "/i" | "u" | "/u" | "em" | "/em" | "strong" | "/strong" | "span" | "/span"
            | "font" | "/font" | "wbr" | "a" | "/a" | "code" | "/code" | "mark" | "/mark" | "small"
            | "/small" => b"",
            "td" | "/td" | "th" | "/th" | "/dt" => b" ",
            _ => b"\n",
        };
        self.put(at, end + 1, put)
    }
}

const PRINTABLE: &str =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// A character in ASCII: digits of any script as digits, letters without their accents, dashes and blanks of any width.
/// Scripts that write without blanks end a word.
fn ascii(letter: char) -> &'static str {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' => {
            return "-";
        }
        '\u{2028}' | '\u{2029}' | '\u{85}' => return "\n",
        '\u{ad}'
        | '\u{feff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' => return "",
        '\u{b7}' | '\u{2022}' | '\u{2219}' | '\u{22c5}' | '\u{3002}' | '\u{ff0e}' => return ".",
        '\u{0}'..='\u{1f}' | '\u{7f}' => return " ",
        ' '..='~' => {
            let place = usize::try_from(u32::from(letter) - 0x20).unwrap_or_default();
            return PRINTABLE.get(place..=place).unwrap_or(" ");
        }
        _ => {}
    }
    let plain = any_ascii::any_ascii_char(letter);
    let is_number = letter.is_numeric() && plain.bytes().all(|byte| byte.is_ascii_digit());
    let without_blanks = matches!(letter, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}');
    if is_number {
        plain
    } else if without_blanks || (plain.len() > 1 && !letter.is_alphabetic()) {
        " "
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, written: Written) -> String {
        String::from_utf8_lossy(&Folded::of(text, written).bytes).into_owned()
    }

    #[test]
    fn every_way_to_write_a_digit_comes_to_one_form() {
        for text in [
            "219-09",
            "２１９－０９",
            "٢١٩-٠٩",
            "𝟐𝟏𝟗–𝟎𝟗",
            "2&#49;9&ndash;09",
            "2\\u0031\\u0039-09",
            "2%319%2D09",
            "2\u{200b}19\u{ad}-0\u{202e}9",
            "21=\r\n9-09",
        ] {
            assert_eq!(folded(text, Written::Plain), "219-09", "{text}");
        }
        assert_eq!(folded("<b>219</b>-<i>09</i>", Written::Markup), "219-09");
        assert_eq!(folded("número 保険219-09です", Written::Plain), "numero   219-09  ");
        assert_eq!(folded(r#"{"a":"1","b":2}"#, Written::Json), "\u{1e}\"a\":\"1\"\u{1e}\"b\":2\u{1e}");
    }

    proptest::proptest! {
        #[test]
        fn a_part_of_the_folded_text_leads_back_to_whole_characters(text in "\\PC{0,40}", from in 0_usize..50, len in 0_usize..20) {
            for written in [Written::Plain, Written::Markup, Written::Json, Written::Csv] {
                let it = Folded::of(&text, written);
                let end = (from + len).min(it.bytes.len());
                let span = it.source(from.min(end)..end);
                proptest::prop_assert!(text.get(span).is_some());
            }
        }
    }
}
