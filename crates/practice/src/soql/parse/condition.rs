//! The conditions of WHERE and HAVING.

use super::Parser;
use crate::soql::ast::{Condition, Expr, Literal, Operator};
use crate::soql::fault::Fault;
use crate::soql::token::Kind;

impl Parser<'_> {
    /// A chain of AND or a chain of OR; the two are mixed only by parentheses.
    pub(super) fn condition(&mut self) -> Result<Condition, Fault> {
        self.deeper()?;
        let mut parts = vec![self.simple()?];
        let is_and = self.peek().is_word("AND");
        let word = if is_and { "AND" } else { "OR" };
        while self.eat_word(word) {
            parts.push(self.simple()?);
        }
        if self.peek().is_word("AND") || self.peek().is_word("OR") {
            return Err(self.unexpected());
        }
        self.depth -= 1;
        Ok(match (parts.len(), is_and) {
            (1, _) => parts.remove(0),
            (_, true) => Condition::And(parts),
            (_, false) => Condition::Or(parts),
        })
    }

    fn simple(&mut self) -> Result<Condition, Fault> {
        if self.eat_word("NOT") {
            self.deeper()?;
            let inner = self.simple()?;
            self.depth -= 1;
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.eat_sign("(") {
            let inner = self.condition()?;
            self.need_sign(")")?;
            return Ok(inner);
        }
        let left = self.expr()?;
        self.comparison(left)
    }

    fn comparison(&mut self, left: Expr) -> Result<Condition, Fault> {
        let at = self.at();
        let operator = match self.peek() {
            Kind::Sign("=") => Operator::Equal,
            Kind::Sign("!=") => Operator::NotEqual,
            Kind::Sign("<") => Operator::Less,
            Kind::Sign("<=") => Operator::LessOrEqual,
            Kind::Sign(">") => Operator::Greater,
            Kind::Sign(">=") => Operator::GreaterOrEqual,
            Kind::Word(word) if word.eq_ignore_ascii_case("LIKE") => Operator::Like,
            Kind::Word(_) => return self.membership(left),
            _ => return Err(self.unexpected()),
        };
        self.next += 1;
        let at_value = self.at();
        let right = self.literal()?;
        if operator != Operator::Like {
            self.no_wildcard_escape(&right, at_value)?;
        }
        Ok(Condition::Compare { left, operator, right, at })
    }

    fn membership(&mut self, left: Expr) -> Result<Condition, Fault> {
        let at = self.at();
        if self.eat_word("INCLUDES") {
            return Ok(Condition::Multi { left, negated: false, sets: self.set()?, at });
        }
        if self.eat_word("EXCLUDES") {
            return Ok(Condition::Multi { left, negated: true, sets: self.set()?, at });
        }
        let negated = self.eat_word("NOT");
        self.need_word("IN")?;
        if self.peek().is_sign("(") && self.peek_at(1).is_word("SELECT") {
            self.next += 1;
            let inner = Box::new(self.query(true)?);
            self.need_sign(")")?;
            return Ok(Condition::Join { left, negated, inner, at });
        }
        Ok(Condition::In { left, negated, set: self.set()?, at })
    }

    fn set(&mut self) -> Result<Vec<Literal>, Fault> {
        self.need_sign("(")?;
        let mut set = Vec::new();
        loop {
            let at = self.at();
            let literal = self.literal()?;
            self.no_wildcard_escape(&literal, at)?;
            set.push(literal);
            if !self.eat_sign(",") {
                break;
            }
        }
        self.need_sign(")")?;
        Ok(set)
    }

    /// `\%` and `\_` exist only in the pattern of LIKE.
    fn no_wildcard_escape(&self, literal: &Literal, at: usize) -> Result<(), Fault> {
        let Literal::Text(text) = literal else { return Ok(()) };
        let Some(first) = text.escaped.first() else { return Ok(()) };
        let wildcard = text.value.get(*first..*first + 1).unwrap_or_default();
        let reason =
            format!("Invalid string literal. Illegal character sequence '\\{wildcard}' in string literal.");
        Err(Fault::at("MALFORMED_QUERY", self.text, at, reason))
    }
}
