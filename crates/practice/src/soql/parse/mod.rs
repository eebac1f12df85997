//! Reads a statement by the grammar of the language. Names are looked up elsewhere.

mod condition;
mod literal;

use super::ast::{Expr, FieldsKind, Grouping, GroupingKind, Item, OrderKey, Path, Query, Source, TypeOf};
use super::fault::Fault;
use super::token::{Kind, Token, cut};

/// How deep parentheses and nested statements may go.
const MAX_DEPTH: usize = 100;

/// Reads one statement.
///
/// # Errors
/// `MALFORMED_QUERY` with the place, `QUERY_TOO_COMPLICATED` when it is nested too deep.
pub fn parse(text: &str) -> Result<Query, Fault> {
    let tokens = cut(text)?;
    let mut parser = Parser { text, tokens, next: 0, depth: 0 };
    let query = parser.query(false)?;
    match parser.peek() {
        Kind::End => Ok(query),
        _ => Err(parser.unexpected()),
    }
}

/// Reads the part of a SOSL object that has no SELECT: `Id, Name WHERE … ORDER BY … LIMIT n`.
///
/// `object` is the object's name. An empty `text` asks for the id alone.
///
/// # Errors
/// As [`parse`].
pub fn parse_returning(object: &str, text: &str) -> Result<Query, Fault> {
    let tokens = cut(text)?;
    let mut parser = Parser { text, tokens, next: 0, depth: 0 };
    let path = Path { parts: vec![object.to_owned()], at: 0 };
    let mut query = Query::of(Source { path, alias: None });
    if *parser.peek() != Kind::End {
        query.select = parser.items()?;
        if parser.eat_word("USING") {
            // `USING ListView=…` narrows nothing here
            while !["WHERE", "ORDER", "LIMIT", "OFFSET"].iter().any(|word| parser.peek().is_word(word)) {
                if *parser.peek() == Kind::End {
                    break;
                }
                parser.take();
            }
        }
        parser.clauses(&mut query, true)?;
    }
    match parser.peek() {
        Kind::End => Ok(query),
        _ => Err(parser.unexpected()),
    }
}

impl Query {
    /// A statement that asks for nothing yet.
    pub fn of(from: Source) -> Query {
        Query {
            select: Vec::new(),
            from,
            aliases: Vec::new(),
            scope: None,
            filter: None,
            group: None,
            having: None,
            order: Vec::new(),
            limit: None,
            offset: None,
            for_update: false,
            all_rows: false,
        }
    }
}

/// Words that end a FROM and so cannot be an alias.
const CLAUSES: [&str; 14] = [
    "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "USING", "ALL", "UPDATE", "AND",
    "OR", "FROM",
];

pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Kind {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> &Kind {
        self.tokens.get(self.next + ahead).map_or(&Kind::End, |token| &token.kind)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.text.len(), |token| token.at)
    }

    fn take(&mut self) -> Kind {
        let kind = self.peek().clone();
        self.next += 1;
        kind
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_word(word);
        self.next += usize::from(found);
        found
    }

    fn eat_sign(&mut self, sign: &str) -> bool {
        let found = self.peek().is_sign(sign);
        self.next += usize::from(found);
        found
    }

    fn need_word(&mut self, word: &str) -> Result<(), Fault> {
        if self.eat_word(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn need_sign(&mut self, sign: &str) -> Result<(), Fault> {
        if self.eat_sign(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> Fault {
        let reason = format!("unexpected token: '{}'", self.peek().shown());
        Fault::at("MALFORMED_QUERY", self.text, self.at(), reason)
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::plain(
                "QUERY_TOO_COMPLICATED",
                "Query is too complicated: it is nested too deep",
            ));
        }
        Ok(())
    }

    fn word(&mut self) -> Result<String, Fault> {
        match self.peek() {
            Kind::Word(word) => {
                let word = word.clone();
                self.next += 1;
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn path(&mut self) -> Result<Path, Fault> {
        let at = self.at();
        let mut parts = vec![self.word()?];
        while self.eat_sign(".") {
            parts.push(self.word()?);
        }
        Ok(Path { parts, at })
    }

    fn query(&mut self, nested: bool) -> Result<Query, Fault> {
        self.deeper()?;
        if !self.eat_word("SELECT") {
            return Err(if nested || self.next > 0 {
                self.unexpected()
            } else {
                Fault::malformed(format!("unexpected token: '{}'", self.peek().shown()))
            });
        }
        let select = self.items()?;
        self.need_word("FROM")?;
        let mut query = Query::of(self.source()?);
        query.select = select;
        while self.eat_sign(",") {
            let source = self.source()?;
            query.aliases.push(source);
        }
        self.clauses(&mut query, false)?;
        self.depth -= 1;
        Ok(query)
    }

    fn source(&mut self) -> Result<Source, Fault> {
        let path = self.path()?;
        let alias = match self.peek() {
            Kind::Word(word) if word.eq_ignore_ascii_case("AS") => {
                self.next += 1;
                Some(self.word()?)
            }
            Kind::Word(word) if !CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause)) => {
                Some(self.word()?)
            }
            _ => None,
        };
        Ok(Source { path, alias })
    }

    fn items(&mut self) -> Result<Vec<Item>, Fault> {
        let mut items = vec![self.item()?];
        while self.eat_sign(",") {
            items.push(self.item()?);
        }
        Ok(items)
    }

    fn item(&mut self) -> Result<Item, Fault> {
        if self.eat_sign("(") {
            let query = self.query(true)?;
            self.need_sign(")")?;
            return Ok(Item::Children(Box::new(query)));
        }
        if self.peek().is_word("TYPEOF") && matches!(self.peek_at(1), Kind::Word(_)) {
            self.next += 1;
            return self.type_of();
        }
        let at = self.at();
        if self.peek().is_word("FIELDS") && self.peek_at(1).is_sign("(") {
            self.next += 2;
            let kind = match self.word()?.to_ascii_uppercase().as_str() {
                "ALL" => FieldsKind::All,
                "STANDARD" => FieldsKind::Standard,
                "CUSTOM" => FieldsKind::Custom,
                _ => {
                    self.next -= 1;
                    return Err(self.unexpected());
                }
            };
            self.need_sign(")")?;
            return Ok(Item::Fields { kind, at });
        }
        let value = self.expr()?;
        let alias = match self.peek() {
            Kind::Word(word) if !CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause)) => {
                Some(self.word()?)
            }
            _ => None,
        };
        Ok(Item::Value { value, alias })
    }

    fn type_of(&mut self) -> Result<Item, Fault> {
        let relationship = self.path()?;
        let mut when = Vec::new();
        while self.eat_word("WHEN") {
            let object = self.path()?;
            self.need_word("THEN")?;
            when.push((object, self.paths()?));
        }
        if when.is_empty() {
            return Err(self.unexpected());
        }
        let otherwise = if self.eat_word("ELSE") { self.paths()? } else { Vec::new() };
        self.need_word("END")?;
        Ok(Item::TypeOf(TypeOf { relationship, when, otherwise }))
    }

    fn paths(&mut self) -> Result<Vec<Path>, Fault> {
        let mut paths = vec![self.path()?];
        while self.eat_sign(",") {
            paths.push(self.path()?);
        }
        Ok(paths)
    }

    fn expr(&mut self) -> Result<Expr, Fault> {
        let at = self.at();
        let path = self.path()?;
        if !self.peek().is_sign("(") {
            return Ok(Expr::Field(path));
        }
        let [name] = path.parts.as_slice() else { return Err(self.unexpected()) };
        self.next += 1;
        self.deeper()?;
        let argument = match self.peek().is_sign(")") {
            true => None,
            false => Some(Box::new(self.expr()?)),
        };
        self.need_sign(")")?;
        self.depth -= 1;
        Ok(Expr::Call { name: name.to_ascii_uppercase(), argument, at })
    }

    fn clauses(&mut self, query: &mut Query, returning: bool) -> Result<(), Fault> {
        if !returning && self.eat_word("USING") {
            self.need_word("SCOPE")?;
            query.scope = Some(self.word()?);
        }
        if self.eat_word("WHERE") {
            query.filter = Some(self.condition()?);
        }
        while !returning && self.eat_word("WITH") {
            self.with()?;
        }
        if !returning && self.peek().is_word("GROUP") {
            self.next += 1;
            self.need_word("BY")?;
            query.group = Some(self.grouping()?);
        }
        if !returning && self.eat_word("HAVING") {
            query.having = Some(self.condition()?);
        }
        if self.eat_word("ORDER") {
            self.need_word("BY")?;
            query.order = self.order()?;
        }
        if self.eat_word("LIMIT") {
            query.limit = Some(self.count()?);
        }
        if self.eat_word("OFFSET") {
            query.offset = Some(self.count()?);
        }
        if returning {
            return Ok(());
        }
        while self.eat_word("FOR") {
            if !["VIEW", "REFERENCE", "UPDATE"].iter().any(|word| self.eat_word(word)) {
                return Err(self.unexpected());
            }
            query.for_update = true;
            self.eat_sign(",");
        }
        let tracked = |parser: &mut Self| ["TRACKING", "VIEWSTAT"].iter().any(|word| parser.eat_word(word));
        if self.eat_word("UPDATE") && !tracked(self) {
            return Err(self.unexpected());
        }
        if self.eat_word("ALL") {
            self.need_word("ROWS")?;
            query.all_rows = true;
        }
        Ok(())
    }

    /// Modes of access are taken as said: every query here runs with the user's own rights.
    fn with(&mut self) -> Result<(), Fault> {
        let known = ["SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE"];
        if known.iter().any(|word| self.eat_word(word)) {
            return Ok(());
        }
        self.need_word("DATA")?;
        self.need_word("CATEGORY")?;
        while matches!(self.peek(), Kind::Word(word) if !["GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "UPDATE", "ALL"].iter().any(|clause| word.eq_ignore_ascii_case(clause)))
            || matches!(self.peek(), Kind::Sign("(" | ")" | ","))
        {
            self.next += 1;
        }
        Ok(())
    }

    fn grouping(&mut self) -> Result<Grouping, Fault> {
        let kind = match self.peek_at(1).is_sign("(") {
            true if self.eat_word("ROLLUP") => GroupingKind::Rollup,
            true if self.eat_word("CUBE") => GroupingKind::Cube,
            _ => GroupingKind::Plain,
        };
        if kind != GroupingKind::Plain {
            self.need_sign("(")?;
        }
        let mut keys = vec![self.expr()?];
        while self.eat_sign(",") {
            keys.push(self.expr()?);
        }
        if kind != GroupingKind::Plain {
            self.need_sign(")")?;
        }
        Ok(Grouping { kind, keys })
    }

    fn order(&mut self) -> Result<Vec<OrderKey>, Fault> {
        let mut keys = Vec::new();
        loop {
            let value = self.expr()?;
            let descending = match self.eat_word("DESC") {
                true => true,
                false => {
                    self.eat_word("ASC");
                    false
                }
            };
            let nulls_last = match self.eat_word("NULLS") {
                false => None,
                true if self.eat_word("LAST") => Some(true),
                true => {
                    self.need_word("FIRST")?;
                    Some(false)
                }
            };
            keys.push(OrderKey { value, descending, nulls_last });
            if !self.eat_sign(",") {
                return Ok(keys);
            }
        }
    }

    fn count(&mut self) -> Result<u64, Fault> {
        let count = match self.peek() {
            Kind::Number(text) => text.parse().ok(),
            _ => None,
        };
        let Some(count) = count else { return Err(self.unexpected()) };
        self.next += 1;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
