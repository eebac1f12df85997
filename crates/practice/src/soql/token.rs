//! The tokens of a statement: words, numbers, dates, quoted text and signs.

use super::fault::Fault;

/// The most characters a statement may have.
pub const MAX_STATEMENT: usize = 100_000;
/// The most characters one quoted literal may have.
pub const MAX_LITERAL: usize = 4_000;

/// One token and the byte offset where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub kind: Kind,
    pub at: usize,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A name or keyword, as written.
    Word(String),
    /// A number, as written.
    Number(String),
    /// `2026-11-21`, `2026-11-21T10:00:00Z` or `10:00:00Z`, as written.
    Moment(String),
    /// Quoted text after unescaping.
    Text(Text),
    /// A sign: `( ) , . = != < <= > >= :`.
    Sign(&'static str),
    /// The end of the statement.
    End,
}

/// Quoted text after unescaping, and which of its wildcards were escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub value: String,
    /// Byte offsets in `value` of `%` and `_` that were written with a backslash.
    pub escaped: Vec<usize>,
}

impl Kind {
    /// How the token is named in a message.
    pub fn shown(&self) -> String {
        match self {
            Kind::Word(text) | Kind::Number(text) | Kind::Moment(text) => text.clone(),
            Kind::Text(text) => text.value.clone(),
            Kind::Sign(sign) => (*sign).to_owned(),
            Kind::End => "<EOF>".to_owned(),
        }
    }

    /// Whether this is the keyword `word` in any case.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Kind::Word(text) if text.eq_ignore_ascii_case(word))
    }

    /// Whether this is the sign `sign`.
    pub fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Kind::Sign(own) if *own == sign)
    }
}

/// Cuts a statement into tokens; the last one is always [`Kind::End`].
///
/// # Errors
/// A statement or literal over its limit, an unknown escape, an unclosed literal or a sign that
/// the language does not have: all `MALFORMED_QUERY`.
pub fn cut(text: &str) -> Result<Vec<Token>, Fault> {
    if text.chars().count() > MAX_STATEMENT {
        return Err(Fault::malformed(format!(
            "SOQL statements cannot be longer than {MAX_STATEMENT} characters."
        )));
    }
    let mut cutter = Cutter { text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        cutter.skip_space();
        let at = cutter.at;
        let kind = cutter.next()?;
        let done = kind == Kind::End;
        tokens.push(Token { kind, at });
        if done {
            return Ok(tokens);
        }
    }
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.take();
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.take();
        }
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }

    fn next(&mut self) -> Result<Kind, Fault> {
        let Some(c) = self.peek() else { return Ok(Kind::End) };
        if c.is_ascii_alphabetic() || c == '_' {
            return Ok(Kind::Word(self.take_while(|c| c.is_ascii_alphanumeric() || c == '_')));
        }
        if c == '\'' {
            return self.quoted();
        }
        let signed = (c == '-' || c == '+' || c == '.')
            && self.rest().get(1..).unwrap_or_default().starts_with(|d: char| d.is_ascii_digit());
        if c.is_ascii_digit() || signed {
            return Ok(self.figure());
        }
        self.sign(c)
    }

    fn sign(&mut self, c: char) -> Result<Kind, Fault> {
        const SIGNS: [(&str, &str); 12] = [
            ("!=", "!="),
            ("<>", "!="),
            ("<=", "<="),
            (">=", ">="),
            ("<", "<"),
            (">", ">"),
            ("=", "="),
            ("(", "("),
            (")", ")"),
            (",", ","),
            (".", "."),
            (":", ":"),
        ];
        for (written, sign) in SIGNS {
            if self.rest().starts_with(written) {
                self.at += written.len();
                return Ok(Kind::Sign(sign));
            }
        }
        let (row, column) = self.place();
        Err(Fault::malformed(format!("line {row}:{column} no viable alternative at character '{c}'")))
    }

    fn place(&self) -> (usize, usize) {
        let head = self.text.get(..self.at).unwrap_or_default();
        let column = head.rsplit('\n').next().unwrap_or_default().chars().count();
        (head.matches('\n').count() + 1, column)
    }

    /// A number, or a date, datetime or time, told apart by their first signs.
    fn figure(&mut self) -> Kind {
        let digits = |from: usize, n: usize| {
            let part = self.rest().get(from..from + n);
            part.is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
        };
        let sign_at = |at: usize, sign: &str| self.rest().get(at..at + 1) == Some(sign);
        let is_date = digits(0, 4) && sign_at(4, "-") && digits(5, 2) && sign_at(7, "-") && digits(8, 2);
        let is_time = digits(0, 2) && sign_at(2, ":") && digits(3, 2);
        if is_date || is_time {
            return Kind::Moment(self.moment(is_date));
        }
        let mut seen_e = false;
        let start = self.at;
        self.take();
        while let Some(c) = self.peek() {
            let after_e = self.text.get(start..self.at).is_some_and(|s| s.ends_with(['e', 'E']));
            let fits = c.is_ascii_digit()
                || c == '.'
                || (!seen_e && (c == 'e' || c == 'E'))
                || (after_e && (c == '-' || c == '+'));
            if !fits {
                break;
            }
            seen_e |= c == 'e' || c == 'E';
            self.take();
        }
        Kind::Number(self.text.get(start..self.at).unwrap_or_default().to_owned())
    }

    fn moment(&mut self, is_date: bool) -> String {
        let start = self.at;
        let mut in_time = !is_date;
        let mut in_zone = false;
        while let Some(c) = self.peek() {
            let fits = match c {
                '0'..='9' | ':' => true,
                '-' if !in_time => true,
                'T' | 't' if !in_time => {
                    in_time = true;
                    true
                }
                '.' => in_time && !in_zone,
                'Z' | 'z' | '+' | '-' => {
                    let first = in_time && !in_zone;
                    in_zone = true;
                    first
                }
                _ => false,
            };
            if !fits {
                break;
            }
            self.take();
        }
        self.text.get(start..self.at).unwrap_or_default().to_owned()
    }

    fn quoted(&mut self) -> Result<Kind, Fault> {
        self.take();
        let mut text = Text::default();
        loop {
            match self.take() {
                None => {
                    let (row, column) = self.place();
                    return Err(Fault::malformed(format!(
                        "line {row}:{column} mismatched character '<EOF>' expecting '''"
                    )));
                }
                Some('\'') => break,
                Some('\\') => self.escape(&mut text)?,
                Some(c) => text.value.push(c),
            }
        }
        if text.value.chars().count() > MAX_LITERAL {
            return Err(Fault::malformed(format!(
                "string literal is too long: the maximum length of a string literal is {MAX_LITERAL} characters"
            )));
        }
        Ok(Kind::Text(text))
    }

    fn escape(&mut self, text: &mut Text) -> Result<(), Fault> {
        let plain = match self.take() {
            Some('n' | 'N') => '\n',
            Some('r' | 'R') => '\r',
            Some('t' | 'T') => '\t',
            Some('b' | 'B') => '\u{8}',
            Some('f' | 'F') => '\u{c}',
            Some(c @ ('"' | '\'' | '\\')) => c,
            Some(c @ ('%' | '_')) => {
                text.escaped.push(text.value.len());
                c
            }
            Some('u') => self.unicode()?,
            other => return Err(self.illegal(other.map(String::from).unwrap_or_default())),
        };
        text.value.push(plain);
        Ok(())
    }

    /// `\uXXXX`; two of them may make up one character outside of the basic plane.
    fn unicode(&mut self) -> Result<char, Fault> {
        let first = self.four_hex()?;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with("\\u") {
            self.at += 2;
            let second = self.four_hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code).ok_or_else(|| self.illegal("u".to_owned()));
            }
        }
        char::from_u32(first).ok_or_else(|| self.illegal(format!("u{first:04x}")))
    }

    fn four_hex(&mut self) -> Result<u32, Fault> {
        let digits = self.rest().get(..4).unwrap_or_default().to_owned();
        let all_hex = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let code = u32::from_str_radix(&digits, 16).ok().filter(|_| all_hex);
        let Some(code) = code else { return Err(self.illegal("u".to_owned())) };
        self.at += 4;
        Ok(code)
    }

    fn illegal(&self, sequence: String) -> Fault {
        Fault::malformed(format!(
            "Invalid string literal. Illegal character sequence '\\{sequence}' in string literal."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, cut};
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<Kind> {
        cut(text).expect("cuts").into_iter().map(|token| token.kind).collect()
    }

    fn text(literal: &str) -> String {
        match kinds(literal).remove(0) {
            Kind::Text(text) => text.value,
            other => panic!("not a text: {other:?}"),
        }
    }

    #[test]
    fn every_escape_of_the_language_is_read() {
        let cases = [
            (r"'O\'Brien'", "O'Brien"),
            (r"'back\\slash'", r"back\slash"),
            (r"'a\nb\rc\td\be\ff'", "a\nb\rc\td\u{8}e\u{c}f"),
            (r#"'a\"b"c'"#, "a\"b\"c"),
            (r"'\u00e9\uD83D\uDE00'", "é😀"),
            (r"'100\%\_x'", "100%_x"),
            ("'}{ 日本'", "}{ 日本"),
        ];
        for (written, meant) in cases {
            assert_eq!(text(written), meant, "{written}");
        }
    }

    #[test]
    fn what_the_language_does_not_have_is_refused() {
        let long = format!("'{}'", "x".repeat(4001));
        for wrong in [r"'\x'", r"'\u12'", r"'\uD800'", "'open", "'open\\", "a ? b", "a; b", "a -- b", &long] {
            assert_eq!(cut(wrong).expect_err(wrong).code, "MALFORMED_QUERY", "{wrong}");
        }
        assert!(cut(&format!("'{}'", "x".repeat(4000))).is_ok(), "4,000 characters are allowed");
        assert!(cut(&"x".repeat(100_001)).is_err(), "a statement has at most 100,000 characters");
    }

    #[test]
    fn figures_and_moments_are_told_apart() {
        let written = "2026-11-21 2026-11-21T10:00:00.000+01:00 10:00:00Z -1.5e3 42 .5";
        let expected = [
            Kind::Moment("2026-11-21".into()),
            Kind::Moment("2026-11-21T10:00:00.000+01:00".into()),
            Kind::Moment("10:00:00Z".into()),
            Kind::Number("-1.5e3".into()),
            Kind::Number("42".into()),
            Kind::Number(".5".into()),
            Kind::End,
        ];
        assert_eq!(kinds(written), expected);
    }

    proptest! {
        #[test]
        fn quoting_any_text_reads_back_the_same(meant in any::<String>()) {
            let quoted = format!("'{}'", meant.replace('\\', "\\\\").replace('\'', "\\'"));
            prop_assume!(meant.chars().count() <= super::MAX_LITERAL);
            prop_assert_eq!(text(&quoted), meant);
        }

        #[test]
        fn any_text_is_cut_or_refused_without_a_panic(written in any::<String>()) {
            let _ = cut(&written);
        }
    }
}
