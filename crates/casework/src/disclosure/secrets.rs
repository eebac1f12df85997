//! What has no form of its own: passwords, security questions with their answers, biometric templates. The words
//! before it and a mark that something is being given (`:`, `=`, "is") tell it.

use std::ops::Range;

use super::cues::{Cue, Says};
use super::fold::BREAK;
use super::kind::{Basis, Kind};
use super::values::Hit;

/// What follows "password is" or "password:" without being one; sorted.
const NOT_SECRET: &[&str] = &[
    "a",
    "about",
    "again",
    "also",
    "an",
    "and",
    "any",
    "because",
    "been",
    "being",
    "blank",
    "but",
    "by",
    "caducada",
    "case",
    "case-sensitive",
    "changed",
    "como",
    "compromised",
    "correct",
    "correcta",
    "different",
    "do",
    "does",
    "empty",
    "encrypted",
    "enter",
    "expired",
    "false",
    "fine",
    "for",
    "forgotten",
    "from",
    "gone",
    "good",
    "hash",
    "hidden",
    "how",
    "if",
    "in",
    "incorrect",
    "incorrecta",
    "incorrecto",
    "invalid",
    "invalida",
    "it",
    "known",
    "length",
    "locked",
    "long",
    "lost",
    "masked",
    "missing",
    "must",
    "my",
    "n/a",
    "na",
    "needed",
    "never",
    "new",
    "no",
    "none",
    "not",
    "null",
    "of",
    "ok",
    "old",
    "on",
    "only",
    "or",
    "please",
    "policy",
    "private",
    "protected",
    "redacted",
    "rejected",
    "required",
    "reset",
    "safe",
    "same",
    "secret",
    "secure",
    "sent",
    "set",
    "short",
    "so",
    "still",
    "stored",
    "strong",
    "that",
    "the",
    "they",
    "this",
    "to",
    "too",
    "true",
    "undefined",
    "unknown",
    "updated",
    "used",
    "usted",
    "valid",
    "was",
    "weak",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "will",
    "with",
    "withheld",
    "working",
    "wrong",
    "yes",
    "you",
    "your",
];

/// Every secret that a phrase gives away.
pub(super) fn scan(bytes: &[u8], cues: &[Cue]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut question: Option<usize> = None;
    for cue in cues {
        if hits.last().is_some_and(|it: &Hit| cue.start < it.span.end) {
            continue;
        }
        let given = || Given::after(bytes, cue.end);
        let (kind, span) = match cue.says {
            Says::Is(Kind::Password) => (Kind::Password, given().and_then(|it| it.secret())),
            Says::Is(Kind::SecurityQuestion) => {
                question = Some(cue.end);
                (Kind::SecurityQuestion, given().and_then(|it| it.sentence()))
            }
            Says::Answer if question.is_some_and(|at| cue.start < at + 300) => {
                (Kind::SecurityQuestion, given().and_then(|it| it.sentence()))
            }
            Says::Is(Kind::Biometric) => (Kind::Biometric, given().and_then(|it| it.template())),
            _ => continue,
        };
        if let Some(span) = span {
            hits.push(Hit { kind, span, basis: Basis::Context });
        }
    }
    hits.extend(templates(bytes));
    hits
}

/// What a sentence gives: where it begins, and how surely.
pub(super) struct Given<'a> {
    bytes: &'a [u8],
    start: usize,
    /// After `:` or `=`; else after "is", where ordinary words may follow.
    marked: bool,
}

impl<'a> Given<'a> {
    pub(super) fn after(bytes: &'a [u8], end: usize) -> Option<Self> {
        const REACH: usize = 48;
        let mut at = end;
        let mut mark = None;
        while at < end + REACH {
            match bytes.get(at)? {
                b':' | b'=' => {
                    mark = Some((at + 1, true));
                    break;
                }
                b' ' | b'\t' | b'"' | b'\'' | b'_' | b'(' | b')' | b'*' | b'#' => at += 1,
                b'-' if bytes.get(at + 1) == Some(&b' ') => {
                    mark = Some((at + 1, false));
                    break;
                }
                byte if byte.is_ascii_alphabetic() => {
                    let length = bytes.get(at..)?.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
                    let word = bytes.get(at..at + length)?.to_ascii_lowercase();
                    at += length;
                    if matches!(word.as_slice(), b"is" | b"was" | b"es" | b"era" | b"are") {
                        mark = Some((at, false));
                        break;
                    }
                }
                _ => return None,
            }
        }
        let (mut start, marked) = mark?;
        let mut lines = 0;
        while let Some(b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b':' | b'=' | b'>') =
            bytes.get(start)
        {
            lines += usize::from(bytes.get(start) == Some(&b'\n'));
            if lines > 2 {
                return None;
            }
            start += 1;
        }
        Some(Self { bytes, start, marked })
    }

    fn run(&self, ends: impl Fn(u8) -> bool, longest: usize) -> &'a [u8] {
        let rest = self.bytes.get(self.start..).unwrap_or_default();
        let length = rest.iter().take(longest).take_while(|it| !ends(**it) && **it != BREAK).count();
        rest.get(..length).unwrap_or_default()
    }

    /// One word that can be a password.
    fn secret(&self) -> Option<Range<usize>> {
        let run =
            self.run(|it| it.is_ascii_whitespace() || matches!(it, b'"' | b'<' | b'>' | b'`' | b'&'), 128);
        let length = run.len()
            - run
                .iter()
                .rev()
                .take_while(|it| matches!(it, b'.' | b',' | b';' | b')' | b'\'' | b']' | b'?' | b'}'))
                .count();
        let run = run.get(..length)?;
        let word = String::from_utf8_lossy(run).to_ascii_lowercase();
        let hidden = run.iter().all(|it| matches!(it, b'*' | b'.' | b'-' | b'_' | b'x' | b'X' | b'#'));
        if length < 3 || hidden || word.starts_with(['[', '{', '(', '/', '$']) && !self.marked {
            return None;
        }
        let ordinary = NOT_SECRET.binary_search(&word.trim_end_matches('!')).is_ok();
        let mixed = run.iter().any(u8::is_ascii_digit)
            || run.iter().any(|it| it.is_ascii_punctuation() && !matches!(it, b'\'' | b'-' | b'!'))
            || run.iter().skip(1).any(u8::is_ascii_uppercase);
        let after = self.bytes.get(self.start + length).copied().unwrap_or(b'.');
        let ends = matches!(after, b'.' | b',' | b';' | b'\n' | b'\r' | b'"' | b'\'' | b'!' | b')' | b'<')
            || self.start + length == self.bytes.len();
        let label = self.bytes.get(self.start + length - 1) == Some(&b':');
        (!ordinary && !label && (mixed || self.marked || (ends && length >= 4)) && !word.starts_with("http"))
            .then_some(self.start..self.start + length)
    }

    /// The rest of the sentence or line.
    fn sentence(&self) -> Option<Range<usize>> {
        let run = self.run(|it| matches!(it, b'\n' | b'\r' | b'"' | b'<' | b';'), 240);
        let stop = run
            .windows(2)
            .position(|pair| matches!(pair, [b'.' | b'!', b' ']))
            .or_else(|| run.iter().skip(1).position(|it| *it == b'?').map(|at| at + 2))
            .unwrap_or(run.len());
        let run = run.get(..stop)?;
        let length =
            run.len() - run.iter().rev().take_while(|it| matches!(it, b'.' | b',' | b' ' | b')')).count();
        let first =
            String::from_utf8_lossy(run.split(|it| it.is_ascii_whitespace()).next()?).to_ascii_lowercase();
        let ordinary =
            NOT_SECRET.binary_search(&first.as_str()).is_ok() && (!self.marked || length <= first.len());
        let question = run.ends_with(b"?");
        (length >= 2 && (question || !ordinary)).then_some(self.start..self.start + length)
    }

    /// A long run of base64 or hexadecimal digits, mixed from its beginning.
    pub(super) fn template(&self) -> Option<Range<usize>> {
        let head = self.run(|it| !is_base64(it), 64);
        let mixed = head.iter().any(u8::is_ascii_digit) && head.iter().any(u8::is_ascii_alphabetic);
        (head.len() >= 16 && mixed)
            .then(|| self.start..self.start + self.run(|it| !is_base64(it), usize::MAX).len())
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// Records of ISO/IEC 19794 in base64: they begin with `FMR`, `FIR` or `FAC` and a version, whatever stands before.
fn templates(bytes: &[u8]) -> Vec<Hit> {
    const HEADS: [&[u8]; 3] = [b"Rk1SAC", b"RklSAD", b"RkFDAD"];
    let mut hits: Vec<Hit> = Vec::new();
    for at in memchr::memmem::find_iter(bytes, b"Rk") {
        let rest = bytes.get(at..).unwrap_or_default();
        let inside = hits.last().is_some_and(|last| at < last.span.end);
        if inside || !HEADS.iter().any(|head| rest.starts_with(head)) {
            continue;
        }
        let length = rest.iter().take_while(|it| is_base64(**it)).count();
        if length >= 24 {
            hits.push(Hit { kind: Kind::Biometric, span: at..at + length, basis: Basis::Value });
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        let mut sorted = NOT_SECRET.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, NOT_SECRET);
    }
}
