//! The search term: words, phrases, wildcards and the operators between them.

use super::words::is_cjk;
use crate::soql::Fault;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    And(Vec<Find>),
    Or(Vec<Find>),
    Not(Box<Find>),
    /// Words that must follow each other in one field.
    Phrase(Vec<Word>),
    /// Digits of a phone number, in whatever format it is kept.
    Phone(String),
}

/// A word of a phrase, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Exact(String),
    /// `*` and `?` stand for letters.
    Wild(Vec<Part>),
}

/// A letter or a wildcard of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Letter(char),
    One,
    Any,
}

/// The most characters of a term in which operators count; a longer term finds any of its words.
const MAX_WITH_OPERATORS: usize = 4_000;
/// A longer term finds nothing.
const MAX_TERM: usize = 10_000;
const MAX_DEPTH: usize = 50;

/// A letter of the term and whether it was escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Letter {
    c: char,
    literal: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(Vec<Letter>),
    Quoted(Vec<Letter>),
    Open,
    Close,
}

fn malformed(reason: impl Into<String>) -> Fault {
    Fault::plain("MALFORMED_SEARCH", reason)
}

/// Reads a term. `None` when it is too long to find anything.
///
/// # Errors
/// `MALFORMED_SEARCH` for reserved characters that are not escaped, open quotes or parentheses, and
/// terms of a single letter.
pub fn read(term: &str) -> Result<Option<Find>, Fault> {
    let tokens = cut(term)?;
    let letters = |letters: &[Letter]| {
        letters.iter().filter(|l| l.c.is_alphanumeric()).map(|l| l.c).collect::<Vec<_>>()
    };
    let all: Vec<char> = tokens
        .iter()
        .flat_map(|token| match token {
            Token::Word(own) | Token::Quoted(own) => letters(own),
            Token::Open | Token::Close => Vec::new(),
        })
        .collect();
    if all.len() < 2 && !all.iter().copied().any(is_cjk) {
        return Err(malformed(format!("search term must be longer than one character: {term}")));
    }
    let length = term.chars().count();
    if length > MAX_TERM {
        return Ok(None);
    }
    if length > MAX_WITH_OPERATORS {
        return Ok(Some(any_word(&tokens)));
    }
    if let Some(digits) = phone(&tokens) {
        let plain = Reader { tokens: &tokens, next: 0, depth: 0 }.all()?;
        return Ok(Some(Find::Or(vec![Find::Phone(digits), plain])));
    }
    Ok(Some(Reader { tokens: &tokens, next: 0, depth: 0 }.all()?))
}

/// Reads a term in which nothing is reserved: all of its words must be found.
pub fn read_plain(term: &str) -> Option<Find> {
    let escaped: String =
        term.chars().flat_map(|c| RESERVED.contains(c).then_some('\\').into_iter().chain([c])).collect();
    read(&escaped).ok().flatten()
}

const RESERVED: &str = "?&|!{}[]()^~*:\\\"'+-";

fn cut(term: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut word: Vec<Letter> = Vec::new();
    let mut chars = term.chars().enumerate();
    let mut quoted: Option<Vec<Letter>> = None;
    while let Some((at, c)) = chars.next() {
        let letter = match c {
            '\\' => match chars.next() {
                Some((_, c)) if RESERVED.contains(c) => Letter { c, literal: true },
                _ => {
                    return Err(malformed(format!("line 1:{at} illegal escape sequence in the search term")));
                }
            },
            '"' => {
                match quoted.take() {
                    Some(letters) => tokens.push(Token::Quoted(letters)),
                    None => {
                        flush(&mut word, &mut tokens);
                        quoted = Some(Vec::new());
                    }
                }
                continue;
            }
            '*' | '?' => Letter { c, literal: false },
            '(' | ')' if quoted.is_none() => {
                flush(&mut word, &mut tokens);
                tokens.push(if c == '(' { Token::Open } else { Token::Close });
                continue;
            }
            c if RESERVED.contains(c) => {
                return Err(malformed(format!("line 1:{at} no viable alternative at character '{c}'")));
            }
            c => Letter { c, literal: true },
        };
        match &mut quoted {
            Some(letters) => letters.push(letter),
            None if letter.c.is_whitespace() => flush(&mut word, &mut tokens),
            None => word.push(letter),
        }
    }
    if quoted.is_some() {
        return Err(malformed("the search term has an opening quotation mark without a closing one"));
    }
    flush(&mut word, &mut tokens);
    Ok(tokens)
}

fn flush(word: &mut Vec<Letter>, tokens: &mut Vec<Token>) {
    if !word.is_empty() {
        tokens.push(Token::Word(std::mem::take(word)));
    }
}

fn any_word(tokens: &[Token]) -> Find {
    let mut all = Vec::new();
    for token in tokens {
        let (Token::Word(letters) | Token::Quoted(letters)) = token else { continue };
        let words = phrase(letters);
        if !words.is_empty() {
            all.push(Find::Phrase(words));
        }
    }
    Find::Or(all)
}

/// The digits of a term that is written like a phone number as a whole.
fn phone(tokens: &[Token]) -> Option<String> {
    let mut digits = String::new();
    for token in tokens {
        let (Token::Word(letters) | Token::Quoted(letters)) = token else { return None };
        for letter in letters {
            match letter.c {
                c if c.is_ascii_digit() => digits.push(c),
                '+' | '-' | '(' | ')' | '.' | '/' | ' ' => {}
                _ => return None,
            }
        }
    }
    (digits.len() >= 7).then_some(digits)
}

/// The words of one token: what is no letter or digit parts them.
fn phrase(letters: &[Letter]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut flush = |parts: &mut Vec<Part>| {
        // a wildcard in front is not looked at
        let start = parts.iter().position(|part| matches!(part, Part::Letter(_))).unwrap_or(parts.len());
        let rest = parts.split_off(start);
        parts.clear();
        if rest.is_empty() {
            return;
        }
        let plain: Option<String> = rest
            .iter()
            .map(|part| match part {
                Part::Letter(c) => Some(*c),
                Part::One | Part::Any => None,
            })
            .collect();
        words.push(plain.map_or(Word::Wild(rest), Word::Exact));
    };
    for letter in letters {
        match letter.c {
            '*' if !letter.literal => parts.push(Part::Any),
            '?' if !letter.literal => parts.push(Part::One),
            c if is_cjk(c) => {
                flush(&mut parts);
                parts.push(Part::Letter(c));
                flush(&mut parts);
            }
            c if c.is_alphanumeric() => parts.extend(c.to_lowercase().map(Part::Letter)),
            _ => flush(&mut parts),
        }
    }
    flush(&mut parts);
    words
}

struct Reader<'a> {
    tokens: &'a [Token],
    next: usize,
    depth: usize,
}

impl Reader<'_> {
    fn all(mut self) -> Result<Find, Fault> {
        let find = self.either()?;
        if self.next < self.tokens.len() {
            return Err(malformed("the search term has a closing parenthesis without an opening one"));
        }
        Ok(find)
    }

    fn is_operator(&self, ahead: usize, word: &str) -> bool {
        let Some(Token::Word(letters)) = self.tokens.get(self.next + ahead) else { return false };
        letters.iter().map(|letter| letter.c).collect::<String>().eq_ignore_ascii_case(word)
    }

    fn either(&mut self) -> Result<Find, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(malformed("the search term is nested too deep"));
        }
        let mut any = vec![self.both()?];
        while self.is_operator(0, "OR") {
            self.next += 1;
            any.push(self.both()?);
        }
        self.depth -= 1;
        Ok(if any.len() == 1 { any.remove(0) } else { Find::Or(any) })
    }

    fn both(&mut self) -> Result<Find, Fault> {
        let mut all = Vec::new();
        loop {
            let negated = self.is_operator(0, "NOT");
            self.next += usize::from(negated);
            let find = self.one()?;
            all.push(if negated { Find::Not(Box::new(find)) } else { find });
            if self.is_operator(0, "AND") {
                self.next += 1;
                continue;
            }
            let ends =
                matches!(self.tokens.get(self.next), None | Some(Token::Close)) || self.is_operator(0, "OR");
            if ends {
                break;
            }
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Find::And(all) })
    }

    fn one(&mut self) -> Result<Find, Fault> {
        if ["AND", "OR", "NOT"].iter().any(|word| self.is_operator(0, word)) {
            return Err(malformed("an operator of the search term stands where a word was expected"));
        }
        let token = self.tokens.get(self.next);
        self.next += 1;
        match token {
            Some(Token::Word(letters) | Token::Quoted(letters)) => Ok(Find::Phrase(phrase(letters))),
            Some(Token::Open) => {
                let inner = self.either()?;
                let closed = matches!(self.tokens.get(self.next), Some(Token::Close));
                self.next += 1;
                if closed { Ok(inner) } else { Err(malformed("the search term has an open parenthesis")) }
            }
            Some(Token::Close) | None => Err(malformed("the search term ends where a word was expected")),
        }
    }
}

impl Word {
    /// Whether a word of a record, in small letters, is meant.
    pub fn fits(&self, word: &str) -> bool {
        match self {
            Word::Exact(own) => own == word,
            Word::Wild(parts) => wild(parts, &word.chars().collect::<Vec<char>>()),
        }
    }

    /// The letters before the first wildcard.
    pub fn prefix(&self) -> String {
        match self {
            Word::Exact(own) => own.clone(),
            Word::Wild(parts) => parts
                .iter()
                .map_while(|part| match part {
                    Part::Letter(c) => Some(*c),
                    Part::One | Part::Any => None,
                })
                .collect(),
        }
    }
}

fn wild(parts: &[Part], word: &[char]) -> bool {
    let (mut p, mut w) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    loop {
        match (parts.get(p), word.get(w)) {
            (None, None) => return true,
            (Some(Part::Any), _) => {
                back = Some((p, w));
                p += 1;
            }
            (Some(Part::One), Some(_)) => (p, w) = (p + 1, w + 1),
            (Some(Part::Letter(own)), Some(c)) if own == c => (p, w) = (p + 1, w + 1),
            _ => match back {
                Some((star, from)) if from < word.len() => {
                    back = Some((star, from + 1));
                    (p, w) = (star + 1, from + 1);
                }
                _ => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(word: &str) -> Find {
        Find::Phrase(vec![Word::Exact(word.to_owned())])
    }

    #[test]
    fn operators_bind_as_in_logic() {
        let find = read("ana AND NOT bob OR (cy dee)").expect("reads").expect("finds");
        let left = Find::And(vec![exact("ana"), Find::Not(Box::new(exact("bob")))]);
        assert_eq!(find, Find::Or(vec![left, Find::And(vec![exact("cy"), exact("dee")])]));
    }

    #[test]
    fn an_email_is_a_phrase_and_quotes_keep_operators_literal() {
        let words =
            |list: &[&str]| Find::Phrase(list.iter().map(|word| Word::Exact((*word).to_owned())).collect());
        assert_eq!(
            read("ana.p\\+x@example.com").expect("reads"),
            Some(words(&["ana", "p", "x", "example", "com"]))
        );
        assert_eq!(read("\"this AND that\"").expect("reads"), Some(words(&["this", "and", "that"])));
    }

    #[test]
    fn reserved_characters_must_be_escaped() {
        for wrong in [
            "a-b", "a+b", "a&b", "a|b", "a!b", "a:b", "a'b", "a^b", "a~b", "a[b", "a{b", "\"open", "a\\b",
            "(ana", "ana)", "AND ana", "ana OR",
        ] {
            assert_eq!(read(wrong).expect_err(wrong).code, "MALFORMED_SEARCH", "{wrong}");
        }
        for c in RESERVED.chars() {
            assert!(read(&format!("ab\\{c}cd")).is_ok(), "\\{c} is allowed");
            assert!(read(&format!("\"ab\\{c}cd\"")).is_ok(), "\\{c} is allowed in a phrase");
        }
    }

    #[test]
    fn short_and_long_terms_have_their_rules() {
        assert!(read("a").is_err(), "one letter is too short");
        assert!(read("a*").is_err(), "wildcards do not count");
        assert!(read("本").is_ok(), "one letter of Japanese is enough");
        let long = format!("ana AND {}", "x".repeat(4_000));
        assert!(matches!(read(&long).expect("reads"), Some(Find::Or(_))), "AND becomes OR");
        assert_eq!(read(&"x".repeat(10_001)).expect("reads"), None, "nothing is found");
    }

    #[test]
    fn wildcards_stand_in_the_middle_and_at_the_end() {
        let fits = |pattern: &str, word: &str| match read(pattern).expect("reads") {
            Some(Find::Phrase(words)) => words.first().is_some_and(|own| own.fits(word)),
            _ => false,
        };
        assert!(fits("per*", "pereira") && fits("p?reira", "pereira") && fits("p*a", "pereira"));
        assert!(!fits("per?", "pereira") && !fits("p*x", "pereira"));
    }

    proptest! {
        #[test]
        fn any_term_is_read_or_refused_without_a_panic(term in any::<String>()) {
            let _ = read(&term);
            let _ = read_plain(&term);
        }

        #[test]
        fn an_escaped_term_is_never_malformed(term in "\\PC{2,40}") {
            prop_assume!(term.chars().filter(|c| c.is_alphanumeric()).count() > 1);
            prop_assume!(!["AND", "OR", "NOT"].iter().any(|word| term.to_uppercase().split_whitespace().any(|own| own == *word)));
            prop_assert!(read_plain(&term).is_some());
        }
    }
}
