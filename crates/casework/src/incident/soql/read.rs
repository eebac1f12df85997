//! From tokens to the parts of a statement.

use super::token::{LITERAL_PERCENT, LITERAL_UNDERSCORE, Token};
use super::{DEEPEST, Logged, Order, Taken, Then, Unreadable, dates};
use crate::query::{Condition, Literal, Operator};

/// What follows FROM and its object; each ends the part before it.
const CLAUSES: [&str; 10] =
    ["WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "UPDATE", "ALL"];
const SUMS: [&str; 6] = ["COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"];

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    then: &'a Then<'a>,
    unread: Vec<String>,
}

/// One thing that was selected.
enum Selected {
    Field(String),
    Child(String, Vec<String>),
    /// A sum over records.
    Sum,
    Everything,
}

pub(super) fn statement(tokens: &[Token], then: &Then<'_>) -> Result<Logged, Unreadable> {
    let mut reader = Reader { tokens, at: 0, then, unread: Vec::new() };
    let logged = reader.statement()?;
    match reader.peek() {
        None => Ok(logged),
        Some(_) => Err(unreadable("something stands behind its end")),
    }
}

fn unreadable(what: &str) -> Unreadable {
    Unreadable(format!("The logged query cannot be read: {what}."))
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Result<Token, Unreadable> {
        let token = self.peek().cloned().ok_or_else(|| unreadable("it ends too early"))?;
        self.at += 1;
        Ok(token)
    }

    fn is(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(it)) if it.eq_ignore_ascii_case(word))
    }

    fn takes(&mut self, word: &str) -> bool {
        let is = self.is(word);
        self.at += usize::from(is);
        is
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Sign(it)) if *it == sign);
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, what: &str) -> Result<String, Unreadable> {
        match self.next()? {
            Token::Word(word) => Ok(word),
            _ => Err(unreadable(&format!("it has no {what}"))),
        }
    }

    fn needs(&mut self, sign: &str) -> Result<(), Unreadable> {
        if self.takes_sign(sign) { Ok(()) } else { Err(unreadable(&format!("{sign:?} is missing"))) }
    }

    fn statement(&mut self) -> Result<Logged, Unreadable> {
        if !self.takes("SELECT") {
            return Err(unreadable("it does not begin with SELECT"));
        }
        let selected = self.list()?;
        let object = self.word("object")?;
        let mut alias = None;
        if let Some(Token::Word(word)) = self.peek().cloned()
            && !CLAUSES.iter().chain(&["USING"]).any(|it| it.eq_ignore_ascii_case(&word))
        {
            self.at += 1;
            alias = Some(format!("{word}."));
        }
        if self.takes_sign(",") {
            return Err(unreadable("it asks for several objects at once"));
        }
        if self.takes("USING") {
            self.unread
                .push("It was limited by a scope (USING SCOPE), which depends on who asked.".to_owned());
            while matches!(self.peek(), Some(Token::Word(word)) if !CLAUSES.iter().any(|it| it.eq_ignore_ascii_case(word)))
            {
                self.at += 1;
            }
        }
        let condition = if self.takes("WHERE") { self.either(0)? } else { None };
        let mut grouped = Vec::new();
        while self.takes("WITH") {
            self.unread.push("A part of it (WITH …) is not followed here.".to_owned());
            self.skip_clause()?;
        }
        if self.takes("GROUP") {
            grouped = self.group()?;
        }
        let order_by = self.order()?;
        let limit = if self.takes("LIMIT") { Some(self.whole()?) } else { None };
        let offset = if self.takes("OFFSET") { self.whole()? } else { 0 };
        let all_rows = self.takes("ALL") && self.takes("ROWS");
        while self.takes("FOR") || self.takes("UPDATE") {
            self.skip_clause()?;
        }
        let (taken, children) = taken(selected, grouped, &object, alias.as_deref());
        let plain = |name: String| without_alias(&name, &object, alias.as_deref());
        Ok(Logged {
            taken,
            children,
            condition: condition.map(|it| renamed(it, &plain)),
            order_by: order_by.into_iter().map(|it| Order { field: plain(it.field), ..it }).collect(),
            limit,
            offset,
            all_rows,
            unread: std::mem::take(&mut self.unread),
            object,
        })
    }

    /// What is selected, FROM included.
    fn list(&mut self) -> Result<Vec<Selected>, Unreadable> {
        let mut selected = Vec::new();
        loop {
            selected.push(self.one_selected()?);
            if !self.is("FROM") && !matches!(self.peek(), Some(Token::Sign(","))) {
                // The alias of a sum: `COUNT(Id) n`.
                self.word("FROM")?;
            }
            if self.takes("FROM") {
                return Ok(selected);
            }
            self.needs(",")?;
        }
    }

    fn one_selected(&mut self) -> Result<Selected, Unreadable> {
        if self.takes_sign("(") {
            let mut inner = Reader { tokens: self.tokens, at: self.at, then: self.then, unread: Vec::new() };
            if !inner.takes("SELECT") {
                return Err(unreadable("a bracket in its list opens no child query"));
            }
            let fields = inner.list()?;
            let relationship = inner.word("child relationship")?;
            self.at = inner.at;
            self.close()?;
            let names = fields.into_iter().filter_map(|it| match it {
                Selected::Field(name) => Some(name),
                _ => None,
            });
            return Ok(Selected::Child(relationship, names.collect()));
        }
        let name = self.word("field")?;
        if name.eq_ignore_ascii_case("TYPEOF") {
            while !self.takes("END") {
                self.next()?;
            }
            return Ok(Selected::Everything);
        }
        if !self.takes_sign("(") {
            return Ok(Selected::Field(name));
        }
        if name.eq_ignore_ascii_case("FIELDS") {
            self.close()?;
            return Ok(Selected::Everything);
        }
        if SUMS.iter().any(|it| it.eq_ignore_ascii_case(&name)) {
            self.close()?;
            return Ok(Selected::Sum);
        }
        // toLabel(Status), FORMAT(Amount), CALENDAR_YEAR(CreatedDate)
        let inner = self.word("field")?;
        self.close()?;
        Ok(Selected::Field(inner))
    }

    /// Goes on behind the bracket that closes the one already open.
    fn close(&mut self) -> Result<(), Unreadable> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Token::Sign("(") => open += 1,
                Token::Sign(")") => open -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn skip_clause(&mut self) -> Result<(), Unreadable> {
        while let Some(token) = self.peek() {
            if matches!(token, Token::Word(word) if CLAUSES.iter().any(|it| it.eq_ignore_ascii_case(word))) {
                break;
            }
            if matches!(token, Token::Sign(")")) {
                break;
            }
            self.at += 1;
            if matches!(self.tokens.get(self.at - 1), Some(Token::Sign("("))) {
                self.close()?;
            }
        }
        Ok(())
    }

    fn group(&mut self) -> Result<Vec<String>, Unreadable> {
        if !self.takes("BY") {
            return Err(unreadable("GROUP stands without BY"));
        }
        let from = self.at;
        self.skip_clause()?;
        let names = self.tokens.get(from..self.at).unwrap_or_default().iter().filter_map(|it| match it {
            Token::Word(word) => Some(word.clone()),
            _ => None,
        });
        let names = names.collect();
        if self.takes("HAVING") {
            self.skip_clause()?;
        }
        self.unread.push("Its rows are groups of records, not records.".to_owned());
        Ok(names)
    }

    fn order(&mut self) -> Result<Vec<Order>, Unreadable> {
        let mut all = Vec::new();
        if !self.takes("ORDER") {
            return Ok(all);
        }
        if !self.takes("BY") {
            return Err(unreadable("ORDER stands without BY"));
        }
        loop {
            let field = self.word("field to order by")?;
            if self.takes_sign("(") {
                self.close()?;
                self.unread.push("It is ordered by a function, which is not followed here.".to_owned());
            }
            let descending = !self.takes("ASC") && self.takes("DESC");
            let mut nulls_last = descending;
            if self.takes("NULLS") {
                nulls_last = !self.takes("FIRST") && self.takes("LAST");
            }
            all.push(Order { field, descending, nulls_last });
            if !self.takes_sign(",") {
                return Ok(all);
            }
        }
    }

    fn whole(&mut self) -> Result<u64, Unreadable> {
        match self.next()? {
            Token::Number(text) => {
                text.parse().map_err(|_| unreadable("a LIMIT or OFFSET is no whole number"))
            }
            _ => Err(unreadable("a LIMIT or OFFSET has no number")),
        }
    }

    /// `a AND b`, `a OR b`. A part that cannot be read is left out of an AND; an OR or NOT around it is left out whole.
    fn either(&mut self, depth: usize) -> Result<Option<Condition>, Unreadable> {
        if depth > DEEPEST {
            return Err(unreadable("its brackets are nested too deeply"));
        }
        let first = self.part(depth)?;
        let any = self.is("OR");
        let mut parts = vec![first];
        while self.takes(if any { "OR" } else { "AND" }) {
            parts.push(self.part(depth)?);
        }
        if self.is("AND") || self.is("OR") {
            return Err(unreadable("AND and OR stand side by side without brackets"));
        }
        if any && parts.iter().any(Option::is_none) {
            return Ok(None);
        }
        let mut parts: Vec<Condition> = parts.into_iter().flatten().collect();
        Ok(match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ if any => Some(Condition::Any(parts)),
            _ => Some(Condition::All(parts)),
        })
    }

    fn part(&mut self, depth: usize) -> Result<Option<Condition>, Unreadable> {
        if self.takes("NOT") {
            // Wider inside a NOT would be narrower outside: then nothing is kept of it.
            let before = self.unread.len();
            let inner = self.part(depth + 1)?;
            return Ok(inner.filter(|_| self.unread.len() == before).map(|it| Condition::Not(Box::new(it))));
        }
        if self.takes_sign("(") {
            let inner = self.either(depth + 1)?;
            self.needs(")")?;
            return Ok(inner);
        }
        let field = self.word("field to compare")?;
        if self.takes_sign("(") {
            self.close()?;
            self.next()?;
            self.next()?;
            self.unread.push(format!("A condition on {field}(…) is not followed here."));
            return Ok(None);
        }
        self.comparison(field)
    }

    fn comparison(&mut self, field: String) -> Result<Option<Condition>, Unreadable> {
        if self.takes("LIKE") {
            return match self.next()? {
                Token::Text(pattern) => Ok(self.like(field, &pattern)),
                _ => Ok(self.bound(&field)),
            };
        }
        let not = self.takes("NOT");
        if self.takes("IN") {
            let listed = self.among(&field)?;
            return Ok(if not { listed.map(|it| Condition::Not(Box::new(it))) } else { listed });
        }
        if self.takes("INCLUDES") || self.takes("EXCLUDES") {
            self.needs("(")?;
            self.close()?;
            self.unread.push(format!("The choices of the multi-select list {field} are not followed here."));
            return Ok(None);
        }
        let Token::Sign(sign) = self.next()? else { return Err(unreadable("a comparison has no sign")) };
        if !matches!(sign, "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=") {
            return Err(unreadable("a comparison has no sign"));
        }
        let value = self.next()?;
        if let Token::Word(name) = &value
            && let Some(range) = dates::range(name, self.then.today)
        {
            return Ok(Some(dates::compare(&field, sign, range, self.then)));
        }
        if matches!(&value, Token::Word(word) if word.eq_ignore_ascii_case("null")) {
            let empty = Condition::Null { field };
            return Ok(Some(if sign == "=" { empty } else { Condition::Not(Box::new(empty)) }));
        }
        if value == Token::Sign(":") {
            self.word("bound value")?;
        }
        let Some(value) = self.literal(&field, value) else { return Ok(self.bound(&field)) };
        let operator = match sign {
            "=" => return Ok(Some(Condition::In { field, values: vec![value] })),
            "<" => Operator::Less,
            "<=" => Operator::LessOrEqual,
            ">" => Operator::Greater,
            ">=" => Operator::GreaterOrEqual,
            _ => Operator::NotEqual,
        };
        Ok(Some(Condition::Compare { field, operator, value }))
    }

    fn among(&mut self, field: &str) -> Result<Option<Condition>, Unreadable> {
        if self.takes_sign(":") {
            self.word("bound value")?;
            return Ok(self.bound(field));
        }
        self.needs("(")?;
        if self.is("SELECT") {
            self.close()?;
            self.unread.push(format!("A query within the query (on {field}) is not followed here."));
            return Ok(None);
        }
        let (mut values, mut empty, mut known) = (Vec::new(), false, true);
        loop {
            match self.next()? {
                Token::Word(word) if word.eq_ignore_ascii_case("null") => empty = true,
                token => match self.literal(field, token) {
                    Some(value) => values.push(value),
                    None => known = false,
                },
            }
            if self.takes_sign(")") {
                break;
            }
            self.needs(",")?;
        }
        if !known {
            return Ok(self.bound(field));
        }
        let field = field.to_owned();
        let listed = (!values.is_empty()).then(|| Condition::In { field: field.clone(), values });
        Ok(match (listed, empty) {
            (Some(listed), true) => Some(Condition::Any(vec![Condition::Null { field }, listed])),
            (None, true) => Some(Condition::Null { field }),
            (listed, false) => listed,
        })
    }

    fn bound(&mut self, field: &str) -> Option<Condition> {
        self.unread.push(format!("A value that {field} was compared with does not stand in the log."));
        None
    }

    fn literal(&self, field: &str, token: Token) -> Option<Literal> {
        Some(match token {
            Token::Text(text) => Literal::Text(unmarked(&text)),
            Token::Number(text) => {
                text.parse::<f64>().ok().filter(|it| it.is_finite())?;
                Literal::Number(text.trim_start_matches('+').to_owned())
            }
            Token::Moment(text) => match dates::moment(&text)? {
                Literal::Date(day) if (self.then.holds_time)(field) => {
                    Literal::DateTime(dates::at_midnight(day))
                }
                other => other,
            },
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Literal::Flag(true),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Literal::Flag(false),
            Token::Word(_) | Token::Sign(_) => return None,
        })
    }

    fn like(&mut self, field: String, pattern: &str) -> Option<Condition> {
        if pattern.contains('_') {
            self.unread
                .push(format!("A pattern on {field} with a wildcard for one letter is not followed here."));
            return None;
        }
        Some(Condition::Like { field, parts: pattern.split('%').map(unmarked).collect() })
    }
}

fn unmarked(text: &str) -> String {
    text.replace(LITERAL_PERCENT, "%").replace(LITERAL_UNDERSCORE, "_")
}

fn taken(
    selected: Vec<Selected>,
    grouped: Vec<String>,
    object: &str,
    alias: Option<&str>,
) -> (Taken, Vec<(String, Vec<String>)>) {
    let (mut fields, mut children, mut everything, mut sums) = (Vec::new(), Vec::new(), false, false);
    for one in selected {
        match one {
            Selected::Field(name) if !name.eq_ignore_ascii_case("count") => {
                fields.push(without_alias(&name, object, alias));
            }
            Selected::Field(_) | Selected::Sum => sums = true,
            Selected::Child(name, fields) => {
                children.push((without_alias(&name, object, alias), fields));
            }
            Selected::Everything => everything = true,
        }
    }
    fields.extend(grouped.iter().map(|it| without_alias(it, object, alias)));
    fields.sort();
    fields.dedup();
    let taken = match (everything, fields.is_empty()) {
        (true, _) => Taken::Everything,
        (false, true) if sums => Taken::Nothing,
        (false, _) => Taken::Fields(fields),
    };
    (taken, children)
}

fn without_alias(name: &str, object: &str, alias: Option<&str>) -> String {
    let cut = |prefix: &str| {
        name.get(..prefix.len())
            .filter(|it| it.eq_ignore_ascii_case(prefix))
            .and_then(|_| name.get(prefix.len()..))
    };
    alias.and_then(cut).or_else(|| cut(&format!("{object}."))).unwrap_or(name).to_owned()
}

fn renamed(condition: Condition, plain: &impl Fn(String) -> String) -> Condition {
    let all = |parts: Vec<Condition>| parts.into_iter().map(|it| renamed(it, plain)).collect();
    match condition {
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(renamed(*inner, plain))),
        Condition::In { field, values } => Condition::In { field: plain(field), values },
        Condition::Like { field, parts } => Condition::Like { field: plain(field), parts },
        Condition::Null { field } => Condition::Null { field: plain(field) },
        Condition::Compare { field, operator, value } => {
            Condition::Compare { field: plain(field), operator, value }
        }
    }
}
