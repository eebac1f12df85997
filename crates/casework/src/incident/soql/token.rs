//! Words, values and signs of a statement.

use super::Unreadable;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword, name, path or date literal with its number: `WHERE`, `Account.Name`, `LAST_N_DAYS:30`.
    Word(String),
    Text(String),
    Number(String),
    /// A day or a time.
    Moment(String),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["<=", ">=", "!=", "<>", "(", ")", ",", "=", "<", ">", ":"];

/// A literal `%` or `_` of a LIKE pattern, so that it is not taken for a wildcard.
pub(super) const LITERAL_PERCENT: char = '\u{E000}';
pub(super) const LITERAL_UNDERSCORE: char = '\u{E001}';

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Unreadable> {
    let text = text.trim().trim_matches('"').trim_end_matches(';');
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let taken = match first {
            '\'' => quoted(rest, &mut tokens)?,
            'a'..='z' | 'A'..='Z' | '_' => word(rest, &mut tokens),
            '0'..='9' | '-' | '+' | '.' => value(rest, &mut tokens),
            _ => {
                let sign = SIGNS.iter().find(|it| rest.starts_with(**it)).ok_or_else(|| {
                    Unreadable(format!("The logged query holds a sign that no query has: {first:?}."))
                })?;
                tokens.push(Token::Sign(sign));
                sign.len()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
}

fn quoted(rest: &str, tokens: &mut Vec<Token>) -> Result<usize, Unreadable> {
    let cut = || Unreadable("The logged query ends within a text; the log cut it off.".to_owned());
    let mut out = String::new();
    let mut letters = rest.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\'' => {
                tokens.push(Token::Text(out));
                return Ok(at + 1);
            }
            '\\' => match letters.next().ok_or_else(cut)?.1 {
                'n' | 'N' => out.push('\n'),
                'r' | 'R' => out.push('\r'),
                't' | 'T' => out.push('\t'),
                'b' | 'B' => out.push('\u{8}'),
                'f' | 'F' => out.push('\u{c}'),
                '%' => out.push(LITERAL_PERCENT),
                '_' => out.push(LITERAL_UNDERSCORE),
                'u' => {
                    let digits: String = letters.by_ref().take(4).map(|it| it.1).collect();
                    let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    out.push(code.ok_or_else(cut)?);
                }
                other => out.push(other),
            },
            other => out.push(other),
        }
    }
    Err(cut())
}

fn word(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.');
    let mut end = rest.find(|it| !name(it)).unwrap_or(rest.len());
    // `LAST_N_DAYS:30`
    if let Some(number) = rest.get(end..).and_then(|it| it.strip_prefix(':')) {
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            end += 1 + digits;
        }
    }
    tokens.push(Token::Word(rest.get(..end).unwrap_or_default().to_owned()));
    end
}

fn value(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let of_value = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '+' | ':' | '.');
    let end = rest.find(|it| !of_value(it)).unwrap_or(rest.len());
    let text = rest.get(..end).unwrap_or_default().to_owned();
    let moment = text.len() >= 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    tokens.push(if moment { Token::Moment(text) } else { Token::Number(text) });
    end.max(1)
}
