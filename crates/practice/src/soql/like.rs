//! LIKE: `%` stands for any text, `_` for one character, without regard to case.

use super::token::Text;

/// A pattern made ready for many comparisons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    shape: Shape,
    /// The pattern has letters beyond ASCII, so values are folded before comparing.
    wide: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Exact(String),
    Prefix(String),
    Suffix(String),
    Contains(String),
    /// Everything else.
    Parts(Vec<Part>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Any,
    One,
    Char(char),
}

impl Pattern {
    /// Prepares the pattern; escaped wildcards stand for themselves.
    pub fn new(text: &Text) -> Pattern {
        let mut parts = Vec::new();
        for (at, c) in text.value.char_indices() {
            match c {
                '%' if !text.escaped.contains(&at) => {
                    if parts.last() != Some(&Part::Any) {
                        parts.push(Part::Any);
                    }
                }
                '_' if !text.escaped.contains(&at) => parts.push(Part::One),
                c => parts.extend(c.to_lowercase().map(Part::Char)),
            }
        }
        let wide = parts.iter().any(|part| matches!(part, Part::Char(c) if !c.is_ascii()));
        Pattern { shape: shape(parts), wide }
    }

    /// Whether `value` fits the pattern.
    pub fn fits(&self, value: &str) -> bool {
        if self.wide {
            return !value.is_ascii() && self.fits_folded(&value.to_lowercase());
        }
        self.fits_folded(value)
    }

    fn fits_folded(&self, value: &str) -> bool {
        let bytes = value.as_bytes();
        let same = |part: Option<&[u8]>, wanted: &str| {
            part.is_some_and(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
        };
        match &self.shape {
            Shape::Exact(wanted) => same(Some(bytes), wanted),
            Shape::Prefix(wanted) => same(bytes.get(..wanted.len()), wanted),
            Shape::Suffix(wanted) => {
                same(bytes.len().checked_sub(wanted.len()).and_then(|from| bytes.get(from..)), wanted)
            }
            Shape::Contains(wanted) => contains(bytes, wanted.as_bytes()),
            Shape::Parts(parts) => walk(value, parts),
        }
    }
}

fn shape(parts: Vec<Part>) -> Shape {
    let inner = |from: usize, to: usize| -> Option<String> {
        parts
            .get(from..to)?
            .iter()
            .map(|part| match part {
                Part::Char(c) => Some(*c),
                Part::Any | Part::One => None,
            })
            .collect()
    };
    let n = parts.len();
    let opens = parts.first() == Some(&Part::Any);
    let closes = n > 0 && parts.last() == Some(&Part::Any);
    let simple = match (opens, closes) {
        (false, false) => inner(0, n).map(Shape::Exact),
        (true, false) => inner(1, n).map(Shape::Suffix),
        (false, true) => inner(0, n - 1).map(Shape::Prefix),
        (true, true) if n == 1 => Some(Shape::Prefix(String::new())),
        (true, true) => inner(1, n - 1).map(Shape::Contains),
    };
    simple.unwrap_or(Shape::Parts(parts))
}

/// Whether `needle` (in lower case) occurs in `hay` without regard to ASCII case.
pub fn contains(hay: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else { return true };
    let (low, high) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let Some(last_start) = hay.len().checked_sub(needle.len()) else { return false };
    let starts = hay.get(..=last_start).unwrap_or_default();
    starts.iter().enumerate().any(|(at, byte)| {
        (*byte == low || *byte == high)
            && hay.get(at + 1..at + needle.len()).is_some_and(|part| part.eq_ignore_ascii_case(rest))
    })
}

/// Greedy matching with one step back to the last `%`.
fn walk(value: &str, parts: &[Part]) -> bool {
    let mut chars = value.chars();
    let mut next = 0;
    let mut back: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let here = chars.clone();
        match (parts.get(next), chars.next()) {
            (None, None) => return true,
            (Some(Part::Any), _) => {
                chars = here.clone();
                back = Some((next, here));
                next += 1;
            }
            (Some(Part::One), Some(_)) => next += 1,
            (Some(Part::Char(wanted)), Some(c)) if c.to_ascii_lowercase() == *wanted => next += 1,
            _ => {
                let Some((star, mut from)) = back.take() else { return false };
                if from.next().is_none() {
                    return false;
                }
                chars = from.clone();
                back = Some((star, from));
                next = star + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use crate::soql::token::Text;
    use proptest::prelude::*;

    fn fits(pattern: &str, value: &str) -> bool {
        Pattern::new(&Text { value: pattern.to_owned(), escaped: Vec::new() }).fits(value)
    }

    #[test]
    fn wildcards_stand_for_text_and_for_one_character() {
        let cases = [
            ("ana%", "Ana Pereira", true),
            ("%EXAMPLE.com", "ana@example.com", true),
            ("%per%", "Ana Pereira", true),
            ("%555%1234", "(415) 555-1234", true),
            ("%555%1234", "(415) 555-12345", false),
            ("a_a", "ANA", true),
            ("a_a", "anna", false),
            ("a%b%c", "axxbyybc", true),
            ("%", "", true),
            ("", "", true),
            ("", "x", false),
            ("_", "é", true),
            ("%é%", "CAFÉ noir", true),
            ("caf_ n%", "CAFÉ noir", true),
            ("%ana", "ananana", true),
            ("exact", "EXACT", true),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(fits(pattern, value), expected, "{pattern} on {value}");
        }
    }

    #[test]
    fn an_escaped_wildcard_stands_for_itself() {
        let text = Text { value: "100%_x%".to_owned(), escaped: vec![3, 4] };
        assert!(Pattern::new(&text).fits("100%_x and more"));
        assert!(!Pattern::new(&text).fits("100 yx"));
    }

    proptest! {
        #[test]
        fn any_pattern_meets_any_value_without_a_panic(pattern in "[a-c%_é]{0,8}", value in "[a-cé]{0,12}") {
            let naive = naive(&pattern.chars().collect::<Vec<_>>(), &value.chars().collect::<Vec<_>>());
            prop_assert_eq!(fits(&pattern, &value), naive);
        }
    }

    fn naive(pattern: &[char], value: &[char]) -> bool {
        match (pattern.first(), value.first()) {
            (None, None) => true,
            (Some('%'), _) => {
                naive(&pattern[1..], value) || (!value.is_empty() && naive(pattern, &value[1..]))
            }
            (Some('_'), Some(_)) => naive(&pattern[1..], &value[1..]),
            (Some(p), Some(v)) if p == v => naive(&pattern[1..], &value[1..]),
            _ => false,
        }
    }
}
