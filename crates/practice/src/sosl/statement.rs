//! Reads a whole statement: FIND, IN, RETURNING, WITH, LIMIT.

use crate::soql::Fault;

/// A statement as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The term between the braces, still escaped.
    pub term: String,
    pub group: FieldGroup,
    pub returning: Vec<Returning>,
    pub limit: Option<usize>,
    /// `WITH METADATA='LABELS'` was written.
    pub labels: bool,
}

/// Which fields are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldGroup {
    All,
    Name,
    Email,
    Phone,
    Sidebar,
}

impl FieldGroup {
    /// The group of this name, any case.
    pub fn named(name: &str) -> Option<FieldGroup> {
        Some(match name.to_ascii_uppercase().as_str() {
            "ALL" => FieldGroup::All,
            "NAME" => FieldGroup::Name,
            "EMAIL" => FieldGroup::Email,
            "PHONE" => FieldGroup::Phone,
            "SIDEBAR" => FieldGroup::Sidebar,
            _ => return None,
        })
    }
}

/// One object of RETURNING: its name and what stands in its parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    pub object: String,
    pub inside: String,
}

const MAX_STATEMENT: usize = 100_000;

fn malformed(reason: impl Into<String>) -> Fault {
    Fault::plain("MALFORMED_SEARCH", reason)
}

/// Reads a statement.
///
/// # Errors
/// `MALFORMED_SEARCH`.
pub fn read(text: &str) -> Result<Statement, Fault> {
    if text.chars().count() > MAX_STATEMENT {
        return Err(malformed(format!("SOSL statements cannot be longer than {MAX_STATEMENT} characters.")));
    }
    let mut reader = Reader { text, at: 0 };
    if !reader.eat("FIND") {
        return Err(reader.unexpected());
    }
    let term = reader.term()?;
    let mut statement =
        Statement { term, group: FieldGroup::All, returning: Vec::new(), limit: None, labels: false };
    if reader.eat("IN") {
        let name = reader.word().unwrap_or_default();
        statement.group = FieldGroup::named(&name).ok_or_else(|| reader.unexpected())?;
        if !reader.eat("FIELDS") {
            return Err(reader.unexpected());
        }
    }
    if reader.eat("RETURNING") {
        loop {
            statement.returning.push(reader.returning()?);
            if !reader.sign(',') {
                break;
            }
        }
    }
    while reader.eat("WITH") {
        statement.labels |= reader.with()?;
    }
    if reader.eat("LIMIT") {
        let count = reader.word().and_then(|word| word.parse().ok());
        statement.limit = Some(count.ok_or_else(|| reader.unexpected())?);
    }
    if reader.eat("UPDATE") {
        while reader.eat("TRACKING") || reader.eat("VIEWSTAT") || reader.sign(',') {}
    }
    reader.skip();
    if reader.rest().is_empty() { Ok(statement) } else { Err(reader.unexpected()) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn peek_word(&mut self) -> &str {
        self.skip();
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    fn word(&mut self) -> Option<String> {
        let word = self.peek_word().to_owned();
        self.at += word.len();
        (!word.is_empty()).then_some(word)
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek_word().eq_ignore_ascii_case(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn sign(&mut self, sign: char) -> bool {
        self.skip();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn unexpected(&mut self) -> Fault {
        self.skip();
        let token: String = self.rest().chars().take_while(|c| !c.is_whitespace()).take(40).collect();
        let token = if token.is_empty() { "<EOF>".to_owned() } else { token };
        Fault::at("MALFORMED_SEARCH", self.text, self.at, format!("unexpected token: '{token}'"))
    }

    /// `{…}`, or `'…'` whose backslashes before quotes belong to the quotes.
    fn term(&mut self) -> Result<String, Fault> {
        self.skip();
        let (open, close) = match self.rest().chars().next() {
            Some('{') => ('{', '}'),
            Some('\'') => ('\'', '\''),
            _ => return Err(malformed("No search term found. The search term must be enclosed in braces.")),
        };
        let body = self.rest().get(open.len_utf8()..).unwrap_or_default();
        let mut term = String::new();
        let mut chars = body.char_indices();
        while let Some((at, c)) = chars.next() {
            if c == close {
                let used = open.len_utf8() + at + close.len_utf8();
                self.at += used;
                return Ok(term);
            }
            term.push(c);
            if c == '\\'
                && let Some((_, next)) = chars.next()
            {
                term.push(next);
            }
        }
        Err(malformed("No search term found. The search term must be enclosed in braces."))
    }

    fn returning(&mut self) -> Result<Returning, Fault> {
        let Some(object) = self.word() else { return Err(self.unexpected()) };
        if !self.sign('(') {
            return Ok(Returning { object, inside: String::new() });
        }
        let (mut depth, mut quoted) = (1_usize, false);
        let start = self.at;
        let mut chars = self.text.get(start..).unwrap_or_default().char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if quoted => {
                    chars.next();
                }
                '\'' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let inside = self.text.get(start..start + at).unwrap_or_default().to_owned();
                self.at = start + at + 1;
                return Ok(Returning { object, inside });
            }
        }
        self.at = self.text.len();
        Err(self.unexpected())
    }

    /// One WITH clause; all are taken as said. Whether labels were asked for.
    fn with(&mut self) -> Result<bool, Fault> {
        let Some(what) = self.word() else { return Err(self.unexpected()) };
        let start = self.at;
        loop {
            if ["WITH", "LIMIT", "UPDATE"].iter().any(|word| self.peek_word().eq_ignore_ascii_case(word)) {
                break;
            }
            let rest = self.rest();
            let Some(c) = rest.chars().next() else { break };
            let step = match c {
                '\'' => rest.get(1..).and_then(|rest| rest.find('\'')).map_or(rest.len(), |end| end + 2),
                c if c.is_ascii_alphanumeric() || c == '_' => self.peek_word().len().max(1),
                c => c.len_utf8(),
            };
            self.at += step;
        }
        let said = self.text.get(start..self.at).unwrap_or_default().to_ascii_uppercase();
        Ok(what.eq_ignore_ascii_case("METADATA") && said.contains("LABELS"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_statement_is_read() {
        let statement = read(
            "FIND {ana \\} OR \"b)\"} IN EMAIL FIELDS RETURNING Contact(Id, Name WHERE Name = 'x)\\'y' LIMIT 3), Lead WITH HIGHLIGHT WITH METADATA='LABELS' LIMIT 5",
        )
        .expect("reads");
        assert_eq!(statement.term, "ana \\} OR \"b)\"");
        assert_eq!(statement.group, FieldGroup::Email);
        assert_eq!(statement.returning.len(), 2);
        assert_eq!(statement.returning[0].inside, "Id, Name WHERE Name = 'x)\\'y' LIMIT 3");
        assert_eq!((statement.limit, statement.labels), (Some(5), true));
        assert_eq!(read("find 'ana' returning contact").expect("reads").term, "ana");
    }

    #[test]
    fn what_is_no_statement_is_malformed() {
        for wrong in [
            "",
            "FIND",
            "FIND ana",
            "FIND {ana",
            "FIND {ana} IN SOME FIELDS",
            "FIND {ana} RETURNING",
            "FIND {ana} RETURNING Contact(Id",
            "FIND {ana} LIMIT x",
            "FIND {ana} and more",
            "SELECT Id FROM Contact",
        ] {
            assert_eq!(read(wrong).expect_err(wrong).code, "MALFORMED_SEARCH", "{wrong}");
        }
    }
}
