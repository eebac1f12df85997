//! Fits a written value to a field: right type or a refusal, folded for many comparisons.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::ast::{Literal, Operator};
use super::dates;
use super::fault::Fault;
use super::like::Pattern;
use super::matcher::{Matcher, TextSet};
use super::plan::Facts;
use super::scene::Scene;
use crate::world::{FieldKind, id18};

/// Fits values to fields for one statement.
pub struct Fitter<'a> {
    pub scene: Scene<'a>,
    pub text: &'a str,
}

enum Class {
    Text,
    Id,
    Number,
    Flag,
    Date,
    DateTime,
    Time,
}

fn class(facts: &Facts) -> Class {
    match facts.kind {
        FieldKind::Id | FieldKind::Reference if facts.loose_id => Class::Text,
        FieldKind::Id | FieldKind::Reference => Class::Id,
        FieldKind::Int | FieldKind::Long | FieldKind::Double | FieldKind::Currency | FieldKind::Percent => {
            Class::Number
        }
        FieldKind::Boolean => Class::Flag,
        FieldKind::Date => Class::Date,
        FieldKind::DateTime => Class::DateTime,
        FieldKind::Time => Class::Time,
        FieldKind::String
        | FieldKind::TextArea
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::Picklist
        | FieldKind::MultiPicklist
        | FieldKind::Combobox
        | FieldKind::Address
        | FieldKind::Location
        | FieldKind::EncryptedString
        | FieldKind::Base64
        | FieldKind::AnyType
        | FieldKind::ComplexValue
        | FieldKind::JunctionIdList
        | FieldKind::DataCategoryGroup
        | FieldKind::Json => Class::Text,
    }
}

impl Fitter<'_> {
    /// `field <operator> literal`.
    pub fn compare(
        &self,
        facts: &Facts,
        operator: Operator,
        literal: &Literal,
        at: usize,
    ) -> Result<Matcher, Fault> {
        let negated = operator == Operator::NotEqual;
        match operator {
            Operator::Like => self.like(facts, literal, at),
            Operator::Equal | Operator::NotEqual if *literal == Literal::Null => {
                Ok(Matcher::Null { negated })
            }
            Operator::Equal | Operator::NotEqual => {
                self.among(facts, negated, std::slice::from_ref(literal), at)
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                self.order(facts, operator, literal, at)
            }
        }
    }

    fn like(&self, facts: &Facts, literal: &Literal, at: usize) -> Result<Matcher, Fault> {
        match (class(facts), literal) {
            (Class::Text, Literal::Text(text)) if facts.kind != FieldKind::MultiPicklist => {
                Ok(Matcher::Like { pattern: Pattern::new(text) })
            }
            (Class::Text, _) if facts.kind != FieldKind::MultiPicklist => {
                Err(self.wrong(facts, "string", true, at))
            }
            (Class::Id, _) => Err(self.operator("invalid operator on id field", at)),
            _ => Err(self.operator(&format!("invalid operator on {} field", type_word(facts)), at)),
        }
    }

    fn operator(&self, reason: &str, at: usize) -> Fault {
        Fault::at("INVALID_QUERY_FILTER_OPERATOR", self.text, at, reason)
    }

    fn wrong(&self, facts: &Facts, wanted: &str, quoted: bool, at: usize) -> Fault {
        let not = if quoted { "" } else { "not " };
        let reason = format!(
            "value of filter criterion for field '{}' must be of type {wanted} and should {not}be enclosed in quotes",
            facts.name
        );
        Fault::at("INVALID_FIELD", self.text, at, reason)
    }

    /// `field IN (…)`; a single value stands for `=`.
    pub fn among(&self, facts: &Facts, negated: bool, set: &[Literal], at: usize) -> Result<Matcher, Fault> {
        let empty_text = |literal: &Literal| matches!(literal, Literal::Text(text) if text.value.is_empty());
        let is_text = matches!(class(facts), Class::Text);
        // an empty text is stored as null
        let null = set.iter().any(|literal| *literal == Literal::Null || (is_text && empty_text(literal)));
        let values = set.iter().filter(|literal| **literal != Literal::Null);
        match class(facts) {
            Class::Text => {
                let texts = values.map(|literal| match literal {
                    Literal::Text(text) => Ok(text.value.clone()),
                    _ => Err(self.wrong(facts, "string", true, at)),
                });
                let set = TextSet::new(texts.collect::<Result<_, _>>()?, facts.case_sensitive);
                Ok(Matcher::Text { set, null, negated })
            }
            Class::Id => {
                let ids = values.map(|literal| self.id(facts, literal, at));
                let set: HashSet<Box<str>> = ids.collect::<Result<_, _>>()?;
                Ok(Matcher::Id { set, null, negated })
            }
            Class::Number => {
                let numbers = values.map(|literal| match literal {
                    Literal::Number(number) => Ok(*number),
                    _ => Err(self.wrong(facts, number_word(facts), false, at)),
                });
                Ok(Matcher::Number { set: numbers.collect::<Result<_, _>>()?, null, negated })
            }
            Class::Flag => {
                let flags = values.map(|literal| match literal {
                    Literal::Boolean(flag) => Ok(*flag),
                    _ => Err(self.wrong(facts, "boolean", false, at)),
                });
                let flags: Vec<bool> = flags.collect::<Result<_, _>>()?;
                let (yes, no) = (flags.contains(&true), flags.contains(&false) || null);
                Ok(match (yes, no) {
                    (true, true) => Matcher::Number { set: Vec::new(), null: false, negated: !negated },
                    _ => Matcher::Flag { wanted: yes != negated },
                })
            }
            Class::Date | Class::DateTime | Class::Time => {
                let ranges = values.map(|literal| self.range(facts, literal, at));
                Ok(Matcher::Moment { ranges: ranges.collect::<Result<_, _>>()?, null, negated })
            }
        }
    }

    fn id(&self, facts: &Facts, literal: &Literal, at: usize) -> Result<Box<str>, Fault> {
        let Literal::Text(text) = literal else { return Err(self.wrong(facts, "ID", true, at)) };
        let id = id18(&text.value).and_then(|id| id.get(..15).map(Box::from));
        id.ok_or_else(|| self.operator(&format!("invalid ID field: {}", text.value), at))
    }

    fn order(
        &self,
        facts: &Facts,
        operator: Operator,
        literal: &Literal,
        at: usize,
    ) -> Result<Matcher, Fault> {
        match (class(facts), literal) {
            (Class::Flag | Class::Id, _) => {
                Err(self.operator(&format!("invalid operator on {} field", type_word(facts)), at))
            }
            (_, Literal::Null) => Err(self.operator("invalid operator for null value", at)),
            (Class::Text, Literal::Text(_)) if facts.kind == FieldKind::MultiPicklist => {
                Err(self.operator("invalid operator on multipicklist field", at))
            }
            (Class::Text, Literal::Text(text)) => {
                Ok(Matcher::TextOrder { operator, value: text.value.clone() })
            }
            (Class::Text, _) => Err(self.wrong(facts, "string", true, at)),
            (Class::Number, Literal::Number(number)) => Ok(Matcher::NumberOrder { operator, value: *number }),
            (Class::Number, _) => Err(self.wrong(facts, number_word(facts), false, at)),
            (Class::Date | Class::DateTime | Class::Time, literal) => {
                let (from, to) = self.range(facts, literal, at)?;
                Ok(Matcher::MomentOrder { operator, from, to })
            }
        }
    }

    /// The canonical texts that a date, datetime or time stands for, the second end excluded.
    fn range(&self, facts: &Facts, literal: &Literal, at: usize) -> Result<(String, String), Fault> {
        let span = |word: &str, n: Option<i64>| {
            dates::span(word, n, self.scene.today())
                .ok_or_else(|| Fault::malformed(format!("invalid date literal: {word}")))
        };
        match (class(facts), literal) {
            (Class::Date, Literal::Date(day)) => {
                Ok((day.format("%Y-%m-%d").to_string(), format!("{}\u{1}", day.format("%Y-%m-%d"))))
            }
            (Class::Date, Literal::Span(word, n)) => {
                let (from, to) = span(word, *n)?;
                Ok((from.format("%Y-%m-%d").to_string(), to.format("%Y-%m-%d").to_string()))
            }
            (Class::Date, _) => Err(self.wrong(facts, "date", false, at)),
            (Class::DateTime, Literal::DateTime(moment)) => {
                Ok((stamp(*moment), stamp(*moment + TimeDelta::milliseconds(1))))
            }
            (Class::DateTime, Literal::Span(word, n)) => {
                let (from, to) = span(word, *n)?;
                let zone = self.scene.zone();
                Ok((stamp(dates::midnight(from, zone)), stamp(dates::midnight(to, zone))))
            }
            (Class::DateTime, _) => Err(self.wrong(facts, "dateTime", false, at)),
            (_, Literal::Time(time)) => {
                let text = time.format("%H:%M:%S%.3f").to_string();
                Ok((text.clone(), format!("{text}\u{7f}")))
            }
            _ => Err(self.wrong(facts, "time", false, at)),
        }
    }

    /// `field INCLUDES (…)`.
    pub fn multi(&self, facts: &Facts, negated: bool, sets: &[Literal], at: usize) -> Result<Matcher, Fault> {
        if facts.kind != FieldKind::MultiPicklist {
            return Err(self.operator(&format!("invalid operator on {} field", type_word(facts)), at));
        }
        let sets = sets.iter().map(|literal| match literal {
            Literal::Text(text) => Ok(text.value.split(';').map(|value| value.trim().to_owned()).collect()),
            _ => Err(self.wrong(facts, "string", true, at)),
        });
        Ok(Matcher::Multi { sets: sets.collect::<Result<_, _>>()?, negated })
    }
}

fn stamp(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn number_word(facts: &Facts) -> &'static str {
    match facts.kind {
        FieldKind::Int | FieldKind::Long => "int",
        FieldKind::Currency => "currency",
        FieldKind::Percent => "percent",
        _ => "double",
    }
}

fn type_word(facts: &Facts) -> &'static str {
    match facts.kind {
        FieldKind::Id | FieldKind::Reference => "id",
        kind => kind.word(),
    }
}
