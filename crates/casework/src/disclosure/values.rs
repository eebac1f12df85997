//! Identifiers made of digits and letters: by their own form and check digits, or by the words beside them.

use std::ops::Range;

use super::cues::{Cue, Says, touching};
use super::fold::BREAK;
use super::kind::{Basis, Kind};
use super::{checks, shapes};

/// A recognised value; the span counts in the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub kind: Kind,
    pub span: Range<usize>,
    pub basis: Basis,
}

/// How far a phrase reaches forwards and backwards, in bytes.
const AHEAD: usize = 80;
const BACK: usize = 40;
/// How far a word about banks or health plans colours what stands around it.
const AROUND: usize = 160;

/// Every value in order, none overlapping another.
pub(super) fn scan(bytes: &[u8], cues: &[Cue]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let (mut at, mut before) = (0, 0);
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let token = Token::around(bytes, at + step, at);
        // Tokens come in order, and so do phrases: looking for the next begins where the last look ended.
        before +=
            cues.get(before..).unwrap_or_default().iter().take_while(|it| it.end <= token.start).count();
        let seen = Seen { bytes, cues, token: &token, before };
        at = token.end;
        if let Some(hit) = seen.judge(hits.last()) {
            at = at.max(hit.span.end);
            hits.push(hit);
        }
    }
    hits
}

/// A run of letters and digits that holds a digit.
struct Token {
    start: usize,
    end: usize,
    letters: bool,
}

impl Token {
    fn around(bytes: &[u8], digit: usize, not_before: usize) -> Self {
        let alike = |byte: &&u8| byte.is_ascii_alphanumeric();
        let before = bytes.get(not_before..digit).unwrap_or_default().iter().rev().take_while(alike).count();
        let after = bytes.get(digit..).unwrap_or_default().iter().take_while(alike).count();
        let (start, end) = (digit - before, digit + after);
        let letters = bytes.get(start..end).unwrap_or_default().iter().any(u8::is_ascii_alphabetic);
        Self { start, end, letters }
    }
}

/// Several tokens read as one value.
struct Joined {
    span: Range<usize>,
    compact: Vec<u8>,
    /// Length of each token.
    groups: Vec<usize>,
}

struct Seen<'a> {
    bytes: &'a [u8],
    cues: &'a [Cue],
    token: &'a Token,
    /// How many phrases end before the token.
    before: usize,
}

impl Seen<'_> {
    fn judge(&self, last: Option<&Hit>) -> Option<Hit> {
        let label = self.label();
        let kind = label.and_then(|it| match it.says {
            Says::Is(kind) | Says::Touching(kind) => Some(kind),
            Says::Health(kind) => {
                self.spoken_of(|says| says == Says::Care || says == Says::Is(kind)).then_some(kind)
            }
            Says::Account => self
                .spoken_of(|says| matches!(says, Says::Bank | Says::Is(Kind::Routing | Kind::BankAccount)))
                .then_some(Kind::BankAccount),
            Says::Bank | Says::Care | Says::Answer | Says::Friend => None,
        });
        if let Some(hit) = kind.and_then(|kind| self.announced(kind)) {
            return Some(hit);
        }
        if let Some(hit) = last.and_then(|last| self.beside_routing(last)) {
            return Some(hit);
        }
        let friend = label.is_some_and(|it| it.says == Says::Friend);
        let own = if self.token.letters { self.lettered() } else { self.numeric(friend) };
        own.or_else(|| if friend { None } else { self.near() })
    }

    /// The phrase before the value with nothing but small words between.
    fn label(&self) -> Option<&Cue> {
        let start = self.head().map_or(self.token.start, |it| it.start);
        let cue = self.cues.get(self.ended_by(start).checked_sub(1)?)?;
        touching(self.bytes, cue.end, start).then_some(cue)
    }

    /// How many phrases end at `place` or before; `place` is not behind the token's beginning.
    fn ended_by(&self, place: usize) -> usize {
        let ended = self.cues.get(..self.before).unwrap_or_default();
        self.before - ended.iter().rev().take_while(|it| it.end > place).count()
    }

    fn spoken_of(&self, wanted: impl Fn(Says) -> bool) -> bool {
        let Token { start, end, .. } = *self.token;
        let from = self.ended_by(start.saturating_sub(AROUND + 1));
        self.cues.iter().skip(from).take_while(|it| it.start < end + AROUND).any(|it| {
            let between = if it.end <= start { it.end..start } else { end..it.start };
            wanted(it.says) && !self.bytes.get(between).unwrap_or_default().contains(&BREAK)
        })
    }

    /// The value that a phrase of this kind announces.
    fn announced(&self, kind: Kind) -> Option<Hit> {
        let fits = |it: &Joined| {
            let exact = matches!(kind, Kind::SocialSecurity | Kind::PaymentCard | Kind::Iban | Kind::Routing);
            shapes::announced(kind, &it.compact) && (exact || !self.something_else(it))
        };
        let joined = self.joined();
        let plain = joined
            .iter()
            .rev()
            .find(|it| !self.bytes.get(it.span.clone()).unwrap_or_default().contains(&b' ') && fits(it));
        let found = plain.or_else(|| joined.iter().rev().find(|it| fits(it)))?;
        let basis =
            if matches!(kind, Kind::PaymentCard | Kind::Iban) { Basis::Value } else { Basis::Context };
        Some(Hit { kind, span: found.span.clone(), basis })
    }

    /// A date, a phone number, an amount or a case number of ours, whatever word stands before it.
    fn something_else(&self, it: &Joined) -> bool {
        let before = self.byte_before(it.span.start);
        let after = self.bytes.get(it.span.end).copied().unwrap_or(b' ');
        let groups = it.groups.as_slice();
        let date = matches!(groups, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [1..=2, 1..=2, 2])
            && it.compact.iter().all(u8::is_ascii_digit);
        let phone = matches!(groups, [3, 3, 4] | [1, 3, 3, 4]) || matches!(before, b'+' | b'$');
        let ours = matches!(it.compact.first(), Some(b'R' | b'I')) && matches!(groups, [1, 4, 4..=6]);
        let time =
            after == b':' || after == b'%' || (before == b':' && groups.len() == 1 && it.compact.len() <= 2);
        date || phone || ours || time
    }

    /// `021000021 / 000123456789`: the account behind a routing number.
    fn beside_routing(&self, last: &Hit) -> Option<Hit> {
        let between = self.bytes.get(last.span.end..self.token.start)?;
        let near = matches!(last.kind, Kind::Routing | Kind::BankAccount)
            && between.len() <= 4
            && between.iter().all(|byte| matches!(byte, b' ' | b'/' | b'-' | b':' | b'|' | b'\n'))
            && between.iter().any(|byte| matches!(byte, b'/' | b'|' | b':'));
        let digits = self.bytes.get(self.token.start..self.token.end)?;
        let kind = Kind::BankAccount;
        (near && !self.token.letters && (6..=17).contains(&digits.len())).then_some(Hit {
            kind,
            span: self.token.start..self.token.end,
            basis: Basis::Context,
        })
    }

    /// Digits with a form of their own: a Social Security number in its groups, a payment card.
    fn numeric(&self, friend: bool) -> Option<Hit> {
        let length = self.token.end - self.token.start;
        let next = self.next_group(self.token.end, false).and_then(|at| {
            Some(self.bytes.get(at..)?.iter().take_while(|it| it.is_ascii_alphanumeric()).count())
        });
        if !matches!((length, next), (3, Some(2)) | (4, Some(4 | 6)) | (14..=19, _)) {
            return None;
        }
        let joined = self.joined();
        let whole = |it: &&Joined| !self.glued(&it.span);
        let card = joined.iter().rev().filter(whole).find(|it| {
            let grouped =
                matches!(it.groups.as_slice(), [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4] | [4, 4, 4, 4, 3]);
            let single = it.groups.len() == 1 && matches!(it.compact.len(), 15 | 16) && !friend;
            let foreign = self.byte_before(it.span.start) == b'+';
            (grouped || single) && !foreign && checks::card(&it.compact)
        });
        if let Some(it) = card {
            return Some(Hit { kind: Kind::PaymentCard, span: it.span.clone(), basis: Basis::Value });
        }
        let number = joined.iter().filter(whole).find(|it| it.groups == [3, 2, 4])?;
        let marks: Vec<u8> =
            self.bytes.get(number.span.clone())?.iter().copied().filter(|it| !it.is_ascii_digit()).collect();
        let only_lines = marks.iter().all(|it| matches!(it, b'\n' | b'\r' | b'>'));
        let slashes = marks.contains(&b'/');
        (checks::social_security(&number.compact) && !friend && !only_lines && !slashes).then(|| Hit {
            kind: Kind::SocialSecurity,
            span: number.span.clone(),
            basis: Basis::Value,
        })
    }

    /// Letters and digits with a form of their own.
    fn lettered(&self) -> Option<Hit> {
        let first = self.bytes.get(self.token.start..self.token.end)?;
        let length = first.len();
        let iban = checks::iban_length(first).is_some();
        if !(iban || matches!(length, 4 | 11 | 18)) {
            return None;
        }
        let shouted = !first.iter().any(u8::is_ascii_lowercase);
        self.joined().into_iter().rev().find_map(|it| {
            let kind = match it.compact.len() {
                _ if iban && checks::iban(&it.compact) => Kind::Iban,
                11 if shouted
                    && matches!(it.groups.as_slice(), [11] | [4, 3, 4])
                    && checks::medicare(&it.compact) =>
                {
                    Kind::HealthInsurance
                }
                18 if it.groups.len() == 1 && shouted && checks::curp(&it.compact) => Kind::GovernmentId,
                _ => return None,
            };
            (!self.glued(&it.span)).then_some(Hit { kind, span: it.span, basis: Basis::Value })
        })
    }

    /// A striking value with the words for it somewhere near.
    fn near(&self) -> Option<Hit> {
        let Token { start, end, .. } = *self.token;
        if !(7..=17).contains(&(end - start)) || matches!(self.byte_before(start), b'+' | b'$') {
            return None;
        }
        let split = self.before;
        let spoken = |it: &Cue| it.end + AHEAD >= start && it.start < end + BACK;
        if !split.checked_sub(1).into_iter().chain([split]).filter_map(|it| self.cues.get(it)).any(spoken)
            || self.glued(&(start..end))
        {
            return None;
        }
        let text = self.bytes.get(start..end)?.to_ascii_uppercase();
        let shouted = !self.bytes.get(start..end)?.iter().any(u8::is_ascii_lowercase);
        let kind_of = |says: Says, before: bool| match says {
            Says::Is(Kind::BankAccount) if !before => None,
            Says::Is(kind) => Some(kind),
            Says::Health(kind) if self.spoken_of(|says| says == Says::Care) => Some(kind),
            _ => None,
        };
        let ahead =
            self.cues.get(..split)?.iter().rev().take(4).take_while(|it| it.end + AHEAD >= start).find_map(
                |it| {
                    let kind = kind_of(it.says, true)?;
                    let between = self.bytes.get(it.end..start)?;
                    (!between.contains(&BREAK)).then_some(kind)
                },
            );
        let behind = self.cues.get(split).filter(|it| it.start < end + BACK).and_then(|it| {
            let kind = kind_of(it.says, false)?;
            touching(self.bytes, end, it.start).then_some(kind)
        });
        let kind = ahead.into_iter().chain(behind).find(|kind| shapes::striking(*kind, &text))?;
        let digits_only = matches!(kind, Kind::SocialSecurity | Kind::BankAccount | Kind::TaxId);
        (shouted || digits_only).then_some(Hit { kind, span: start..end, basis: Basis::Nearby })
    }

    /// The token alone, then with each token that is joined to it by one mark, blank or line end; a single letter or two
    /// in capitals before it belongs to it.
    fn joined(&self) -> Vec<Joined> {
        const MOST: usize = 9;
        let mut all: Vec<Joined> = Vec::new();
        let (mut start, mut groups, mut compact) = (self.token.start, Vec::new(), Vec::new());
        if let Some(head) = self.head() {
            groups.push(head.len());
            compact.extend(self.bytes.get(head.clone()).unwrap_or_default());
            start = head.start;
        }
        let iban = self.bytes.get(self.token.start..self.token.end).and_then(checks::iban_length).is_some();
        let mut next = Some(self.token.start);
        while let Some(begin) = next.filter(|_| groups.len() < MOST && compact.len() < 40) {
            let run = self
                .bytes
                .get(begin..)
                .unwrap_or_default()
                .iter()
                .take_while(|it| it.is_ascii_alphanumeric())
                .count();
            let end = begin + run;
            groups.push(run);
            compact.extend(self.bytes.get(begin..end).unwrap_or_default().iter().map(u8::to_ascii_uppercase));
            all.push(Joined { span: start..end, compact: compact.clone(), groups: groups.clone() });
            next = self.next_group(end, iban);
        }
        if start != self.token.start {
            // The same without the letters before it.
            let bare = Joined {
                span: self.token.start..self.token.end,
                compact: self
                    .bytes
                    .get(self.token.start..self.token.end)
                    .unwrap_or_default()
                    .to_ascii_uppercase(),
                groups: vec![self.token.end - self.token.start],
            };
            all.insert(0, bare);
        }
        all
    }

    /// `W ` of `W 123 456`, `S-` of `S-123-456`: never a state's letters before a blank.
    fn head(&self) -> Option<Range<usize>> {
        let mark = self.byte_before(self.token.start);
        if !matches!(mark, b' ' | b'-' | b'*') {
            return None;
        }
        let end = self.token.start.checked_sub(1)?;
        let inside = |byte: &&u8| byte.is_ascii_uppercase() || (mark == b'*' && **byte == b'*');
        let length = self.bytes.get(..end)?.iter().rev().take(10).take_while(inside).count();
        let longest = if mark == b'*' {
            9
        } else if mark == b'-' {
            2
        } else {
            1
        };
        let before = self.byte_before(end - length);
        ((1..=longest).contains(&length) && !before.is_ascii_alphanumeric() && before != b'-')
            .then_some(end - length..end)
    }

    /// Where the next group begins, when it is joined: `-`, `.`, `/`, `_`, a blank, or a line end, blanks around.
    fn next_group(&self, end: usize, iban: bool) -> Option<usize> {
        let rest = self.bytes.get(end..).unwrap_or_default();
        let gap = rest
            .iter()
            .take(8)
            .take_while(|it| matches!(it, b' ' | b'\t' | b'\r' | b'\n' | b'-' | b'.' | b'/' | b'_' | b'>'))
            .count();
        let between = rest.get(..gap)?;
        let marks = between.iter().filter(|it| matches!(it, b'-' | b'.' | b'/' | b'_')).count();
        let lines = between.iter().filter(|it| **it == b'\n').count();
        let blanks = gap - marks - lines;
        let next = rest.get(gap)?;
        let letters_first = next.is_ascii_alphabetic();
        let group: &[u8] = rest.get(gap..)?;
        let run = group.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let has_digit = group.iter().take(run).any(u8::is_ascii_digit);
        // A word after a blank is a word, not a part of the number; a short one in capitals after a dash may be.
        let bank = iban && run == 4 && group.iter().take(4).all(u8::is_ascii_uppercase);
        let belongs = has_digit || bank || (letters_first && marks == 1 && blanks == 0 && run <= 4);
        (gap > 0
            && next.is_ascii_alphanumeric()
            && marks <= 1
            && lines <= 1
            && blanks <= 3 + 2 * lines
            && belongs)
            .then_some(end + gap)
    }

    /// Whether the span is only a part of something longer: `AB-219-09-9999`, `1-219-09-9999`, `219-09-9999-1`.
    fn glued(&self, span: &Range<usize>) -> bool {
        let mark = |byte: u8| matches!(byte, b'-' | b'.' | b'/' | b'_' | b'@');
        let word_before = || {
            let rest = self.bytes.get(..span.start.saturating_sub(1)).unwrap_or_default();
            let length = rest.iter().rev().take_while(|it| it.is_ascii_alphanumeric()).count();
            rest.get(rest.len() - length..).unwrap_or_default()
        };
        let word_after = || {
            let rest = self.bytes.get(span.end + 1..).unwrap_or_default();
            let length = rest.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
            rest.get(..length).unwrap_or_default()
        };
        let longer = |word: &[u8], by: u8| {
            word.iter().any(u8::is_ascii_digit) || (by == b'-' && (1..=2).contains(&word.len()))
        };
        let before = self.byte_before(span.start);
        let after = self.bytes.get(span.end).copied().unwrap_or(b' ');
        (mark(before) && longer(word_before(), before)) || (mark(after) && longer(word_after(), after))
    }

    fn byte_before(&self, place: usize) -> u8 {
        place.checked_sub(1).and_then(|it| self.bytes.get(it)).copied().unwrap_or(b' ')
    }
}
