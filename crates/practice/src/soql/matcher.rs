//! One comparison made ready for many values: literals are folded and turned into ranges once.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::ast::Operator;
use super::like::Pattern;
use crate::world::id15;

/// A test of one canonical value; `None` is null.
#[derive(Debug, Clone)]
pub enum Matcher {
    /// `= null` or `!= null`.
    Null {
        negated: bool,
    },
    /// Text among others, `=` and IN alike.
    Text {
        set: TextSet,
        null: bool,
        negated: bool,
    },
    /// Text in an order, `<` and its kin.
    TextOrder {
        operator: Operator,
        value: String,
    },
    Like {
        pattern: Pattern,
    },
    /// Ids by their first 15 characters.
    Id {
        set: HashSet<Box<str>>,
        null: bool,
        negated: bool,
    },
    Number {
        set: Vec<f64>,
        null: bool,
        negated: bool,
    },
    NumberOrder {
        operator: Operator,
        value: f64,
    },
    /// A null counts as false.
    Flag {
        wanted: bool,
    },
    /// Dates, datetimes and times: ranges of canonical text, the second end excluded.
    Moment {
        ranges: Vec<(String, String)>,
        null: bool,
        negated: bool,
    },
    MomentOrder {
        operator: Operator,
        from: String,
        to: String,
    },
    /// INCLUDES and EXCLUDES: each inner list must be there as a whole.
    Multi {
        sets: Vec<Vec<String>>,
        negated: bool,
    },
}

/// Texts to be found among, as written and folded.
#[derive(Debug, Clone)]
pub struct TextSet {
    pub written: Vec<String>,
    folded: HashSet<String>,
    case_sensitive: bool,
}

const FEW: usize = 8;

impl TextSet {
    /// Prepares the texts; case counts only for case-sensitive fields.
    pub fn new(written: Vec<String>, case_sensitive: bool) -> TextSet {
        let folded = if case_sensitive {
            written.iter().cloned().collect()
        } else {
            written.iter().map(|text| text.to_lowercase()).collect()
        };
        TextSet { written, folded, case_sensitive }
    }

    fn has(&self, value: &str) -> bool {
        if self.case_sensitive {
            return self.folded.contains(value);
        }
        if self.written.len() > FEW {
            return self.folded.contains(&value.to_lowercase());
        }
        self.written.iter().any(|text| same_text(text, value))
    }
}

/// Whether two texts are equal without regard to case.
pub fn same_text(a: &str, b: &str) -> bool {
    if a.is_ascii() || b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.to_lowercase() == b.to_lowercase()
}

/// The order of two texts in an English org: by their upper-cased letters.
pub fn text_order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        let common = a.bytes().zip(b.bytes()).find(|(x, y)| !x.eq_ignore_ascii_case(y));
        return match common {
            Some((x, y)) => x.to_ascii_uppercase().cmp(&y.to_ascii_uppercase()),
            None => a.len().cmp(&b.len()),
        };
    }
    a.chars().flat_map(char::to_uppercase).cmp(b.chars().flat_map(char::to_uppercase))
}

impl Matcher {
    /// Whether the value passes.
    pub fn fits(&self, value: Option<&str>) -> bool {
        let among =
            |null: &bool, negated: &bool, has: &dyn Fn(&str) -> bool| value.map_or(*null, has) != *negated;
        match self {
            Matcher::Null { negated } => value.is_none() != *negated,
            Matcher::Text { set, null, negated } => among(null, negated, &|v| set.has(v)),
            Matcher::TextOrder { operator, value: wanted } => {
                value.is_some_and(|v| in_order(*operator, text_order(v, wanted)))
            }
            Matcher::Like { pattern } => value.is_some_and(|v| pattern.fits(v)),
            Matcher::Id { set, null, negated } => {
                among(null, negated, &|v| set.contains(id15(v).unwrap_or(v)))
            }
            Matcher::Number { set, null, negated } => {
                among(null, negated, &|v| v.parse::<f64>().is_ok_and(|v| set.contains(&v)))
            }
            Matcher::NumberOrder { operator, value: wanted } => value
                .and_then(|v| v.parse::<f64>().ok())
                .and_then(|v| v.partial_cmp(wanted))
                .is_some_and(|order| in_order(*operator, order)),
            Matcher::Flag { wanted } => (value == Some("true")) == *wanted,
            Matcher::Moment { ranges, null, negated } => among(null, negated, &|v| {
                ranges.iter().any(|(from, to)| v >= from.as_str() && v < to.as_str())
            }),
            Matcher::MomentOrder { operator, from, to } => value.is_some_and(|v| match operator {
                Operator::Less => v < from.as_str(),
                Operator::LessOrEqual => v < to.as_str(),
                Operator::Greater => v >= to.as_str(),
                Operator::GreaterOrEqual => v >= from.as_str(),
                Operator::Equal | Operator::NotEqual | Operator::Like => false,
            }),
            Matcher::Multi { sets, negated } => {
                let has = |v: &str, wanted: &String| v.split(';').any(|own| same_text(own.trim(), wanted));
                let any =
                    value.is_some_and(|v| sets.iter().any(|set| set.iter().all(|wanted| has(v, wanted))));
                any != *negated
            }
        }
    }

    /// The values a row must have one of, when the test is that plain; an index answers those.
    pub fn exact_values(&self) -> Option<Vec<&str>> {
        match self {
            Matcher::Text { set, null: false, negated: false } => {
                Some(set.written.iter().map(String::as_str).collect())
            }
            Matcher::Id { set, null: false, negated: false } => Some(set.iter().map(|id| &**id).collect()),
            _ => None,
        }
    }
}

fn in_order(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Less => order == Ordering::Less,
        Operator::LessOrEqual => order != Ordering::Greater,
        Operator::Greater => order == Ordering::Greater,
        Operator::GreaterOrEqual => order != Ordering::Less,
        Operator::Equal | Operator::NotEqual | Operator::Like => false,
    }
}

/// A test built of comparisons; `R` says where each value is read.
#[derive(Debug, Clone)]
pub enum Test<R> {
    And(Vec<Test<R>>),
    Or(Vec<Test<R>>),
    Not(Box<Test<R>>),
    Leaf { reader: R, matcher: Matcher },
}

impl<R> Test<R> {
    /// Whether a row passes; `fits` decides one comparison.
    pub fn passes(&self, fits: &impl Fn(&R, &Matcher) -> bool) -> bool {
        match self {
            Test::And(parts) => parts.iter().all(|part| part.passes(fits)),
            Test::Or(parts) => parts.iter().any(|part| part.passes(fits)),
            Test::Not(inner) => !inner.passes(fits),
            Test::Leaf { reader, matcher } => fits(reader, matcher),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negated_text_also_passes_nulls() {
        let set = TextSet::new(vec!["Web".to_owned()], false);
        let unlike = Matcher::Text { set, null: false, negated: true };
        assert!(unlike.fits(None), "!= 'Web' includes nulls");
        assert!(unlike.fits(Some("Phone")));
        assert!(!unlike.fits(Some("WEB")));
    }

    #[test]
    fn ids_are_equal_by_their_first_fifteen_characters() {
        let set = HashSet::from([Box::from("003000000000002")]);
        let id = Matcher::Id { set, null: false, negated: false };
        assert!(id.fits(Some("003000000000002AAA")));
        assert!(!id.fits(Some("003000000000003AAA")));
    }

    #[test]
    fn text_is_ordered_by_upper_case() {
        assert_eq!(text_order("abc", "ABD"), Ordering::Less);
        assert_eq!(text_order("a_b", "aab"), Ordering::Greater, "the underscore follows the capitals");
        assert_eq!(text_order("éa", "Éb"), Ordering::Less);
        assert_eq!(text_order("ab", "AB"), Ordering::Equal);
        assert_eq!(text_order("ab", "ABC"), Ordering::Less);
    }

    #[test]
    fn includes_wants_each_whole_set() {
        let sets = vec![vec!["A".to_owned(), "B".to_owned()], vec!["C".to_owned()]];
        let includes = Matcher::Multi { sets, negated: false };
        assert!(includes.fits(Some("b;x;a")));
        assert!(includes.fits(Some("C")));
        assert!(!includes.fits(Some("A;x")));
        assert!(!includes.fits(None));
    }
}
