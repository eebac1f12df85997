//! Values written in a statement.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::Parser;
use crate::soql::ast::Literal;
use crate::soql::dates;
use crate::soql::fault::Fault;
use crate::soql::token::Kind;

impl Parser<'_> {
    pub(super) fn literal(&mut self) -> Result<Literal, Fault> {
        let literal = match self.peek().clone() {
            Kind::Text(text) => Literal::Text(text),
            Kind::Number(written) => match written.parse::<f64>() {
                Ok(number) if number.is_finite() => Literal::Number(number),
                _ => return Err(self.unexpected()),
            },
            Kind::Moment(written) => match moment(&written) {
                Some(literal) => literal,
                None => return Err(self.wrong_moment(&written)),
            },
            Kind::Word(word) => return self.word_literal(&word),
            Kind::Sign(_) | Kind::End => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(literal)
    }

    fn wrong_moment(&self, written: &str) -> Fault {
        let kind = if written.contains(['T', 't']) { "dateTime" } else { "date" };
        let reason = format!("invalid {kind} literal: {written}");
        Fault::at("MALFORMED_QUERY", self.text, self.at(), reason)
    }

    fn word_literal(&mut self, word: &str) -> Result<Literal, Fault> {
        let upper = word.to_ascii_uppercase();
        let literal = match upper.as_str() {
            "NULL" => Literal::Null,
            "TRUE" => Literal::Boolean(true),
            "FALSE" => Literal::Boolean(false),
            _ => match dates::takes_number(&upper) {
                None => return Err(self.unexpected()),
                Some(false) => Literal::Span(upper, None),
                Some(true) => {
                    self.next += 1;
                    self.need_sign(":")?;
                    let Kind::Number(written) = self.peek() else { return Err(self.unexpected()) };
                    let Ok(n) = written.parse::<u32>() else { return Err(self.unexpected()) };
                    self.next += 1;
                    return Ok(Literal::Span(upper, Some(i64::from(n))));
                }
            },
        };
        self.next += 1;
        Ok(literal)
    }
}

/// Reads a date, a datetime with its zone, or a time of day.
pub fn moment(written: &str) -> Option<Literal> {
    if let Ok(date) = NaiveDate::parse_from_str(written, "%Y-%m-%d") {
        return (written.len() == 10).then_some(Literal::Date(date));
    }
    if written.get(10..11).is_some_and(|t| t.eq_ignore_ascii_case("T")) {
        return datetime(written).map(Literal::DateTime);
    }
    let time = written.strip_suffix(['Z', 'z']).unwrap_or(written);
    NaiveTime::parse_from_str(time, "%H:%M:%S%.f").ok().map(Literal::Time)
}

fn datetime(written: &str) -> Option<DateTime<Utc>> {
    let upper = written.to_ascii_uppercase();
    let formats = ["%Y-%m-%dT%H:%M:%S%.f%:z", "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%:z"];
    let zoned = match upper.strip_suffix('Z') {
        Some(head) => format!("{head}+00:00"),
        None => upper,
    };
    formats
        .iter()
        .find_map(|format| DateTime::<FixedOffset>::parse_from_str(&zoned, format).ok())
        .map(|moment| moment.with_timezone(&Utc))
}
