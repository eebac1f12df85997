//! Questions as data → SOQL text. The only place where SOQL is written; every value is quoted by its type.

use casework::query::{ChildQuery, Condition, Literal, Operator, Query, Refusal};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::errors::Error;
use crate::refusal::is_api_name;

/// Everything but the characters that never need encoding (RFC 3986).
const IN_URL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'*');

/// The statement of a query. `Id` comes first and no field twice: Salesforce refuses duplicates.
///
/// # Errors
/// A refusal of our own when a name is no API name, a list is empty or a number is none; nothing is sent then.
pub(crate) fn statement(query: &Query) -> Result<String, Refusal> {
    let mut text = format!("SELECT {}", select_list(&query.fields)?);
    for child in &query.children {
        text.push_str(", ");
        text.push_str(&subquery(child)?);
    }
    text.push_str(&format!(" FROM {}", name(&query.object)?));
    if let Some(condition) = &query.condition {
        text.push_str(&format!(" WHERE {}", where_clause(condition)?));
    }
    if !query.order_by.is_empty() {
        let order: Vec<String> = query.order_by.iter().map(|by| order(by)).collect::<Result<_, _>>()?;
        text.push_str(&format!(" ORDER BY {}", order.join(", ")));
    }
    if let Some(limit) = query.limit {
        text.push_str(&format!(" LIMIT {limit}"));
    }
    Ok(text)
}

/// The statement that counts an object's live records.
///
/// # Errors
/// A refusal of our own when the name is no API name.
pub(crate) fn count(object: &str) -> Result<String, Refusal> {
    Ok(format!("SELECT COUNT() FROM {}", name(object)?))
}

/// A statement as the value of `q=`.
pub(crate) fn encoded(statement: &str) -> String {
    utf8_percent_encode(statement, IN_URL).to_string().replace("%20", "+")
}

/// `Id` and the fields, without repetition.
pub(crate) fn select_list(fields: &[String]) -> Result<String, Refusal> {
    let mut list = vec!["Id"];
    for field in fields {
        let field = name(field)?;
        if !list.iter().any(|known| known.eq_ignore_ascii_case(field)) {
            list.push(field);
        }
    }
    Ok(list.join(", "))
}

fn subquery(child: &ChildQuery) -> Result<String, Refusal> {
    let mut text = format!("(SELECT {} FROM {}", select_list(&child.fields)?, name(&child.relationship)?);
    if let Some(condition) = &child.condition {
        text.push_str(&format!(" WHERE {}", where_clause(condition)?));
    }
    text.push(')');
    Ok(text)
}

/// A condition in brackets where it has several parts.
pub(crate) fn where_clause(condition: &Condition) -> Result<String, Refusal> {
    match condition {
        Condition::All(parts) => joined(parts, " AND "),
        Condition::Any(parts) => joined(parts, " OR "),
        Condition::Not(inner) => Ok(format!("(NOT {})", where_clause(inner)?)),
        Condition::In { field, values } => {
            let field = name(field)?;
            let written: Vec<String> = values.iter().map(literal).collect::<Result<_, _>>()?;
            match written.as_slice() {
                [] => Err(Error::own("EMPTY_LIST", "A question with an empty list of values was not sent.")),
                [one] => Ok(format!("{field} = {one}")),
                many => Ok(format!("{field} IN ({})", many.join(","))),
            }
        }
        Condition::Like { field, parts } => {
            let pattern: Vec<String> = parts.iter().map(|part| wildcards_quoted(part)).collect();
            Ok(format!("{} LIKE '{}'", name(field)?, pattern.join("%")))
        }
        Condition::Null { field } => Ok(format!("{} = null", name(field)?)),
        Condition::Compare { field, operator, value } => {
            let sign = match operator {
                Operator::Less => "<",
                Operator::LessOrEqual => "<=",
                Operator::Greater => ">",
                Operator::GreaterOrEqual => ">=",
                Operator::NotEqual => "!=",
            };
            Ok(format!("{} {sign} {}", name(field)?, literal(value)?))
        }
    }
}

fn joined(parts: &[Condition], by: &str) -> Result<String, Refusal> {
    let written: Vec<String> = parts.iter().map(where_clause).collect::<Result<_, _>>()?;
    match written.as_slice() {
        [] => Err(Error::own("EMPTY_LIST", "A question with an empty condition was not sent.")),
        [one] => Ok(one.clone()),
        many => Ok(format!("({})", many.join(by))),
    }
}

fn literal(value: &Literal) -> Result<String, Refusal> {
    match value {
        Literal::Text(text) => Ok(format!("'{}'", quoted(text))),
        Literal::Date(day) => Ok(day.format("%Y-%m-%d").to_string()),
        Literal::DateTime(at) => Ok(at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()),
        Literal::Flag(flag) => Ok(flag.to_string()),
        Literal::Number(number) if is_number(number) => Ok(number.clone()),
        Literal::Number(_) => {
            Err(Error::own("NOT_A_NUMBER", "A number in a question is no number; it was not sent."))
        }
    }
}

/// Text between single quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            other if other.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(other))),
            other => out.push(other),
        }
    }
    out
}

/// Text in a LIKE pattern where `%` and `_` mean themselves.
fn wildcards_quoted(text: &str) -> String {
    quoted(text).replace('%', "\\%").replace('_', "\\_")
}

/// An API name as it stands; anything else could smuggle query text in.
pub(crate) fn name(name: &str) -> Result<&str, Refusal> {
    if is_api_name(name) {
        Ok(name)
    } else {
        Err(Error::own(
            "NOT_A_NAME",
            "A question names something that cannot be a field or object; it was not sent.",
        ))
    }
}

fn order(by: &str) -> Result<String, Refusal> {
    let mut words = by.split_whitespace();
    let field = name(words.next().unwrap_or_default())?;
    let rest: Vec<String> = words.map(str::to_ascii_uppercase).collect();
    match rest.join(" ").as_str() {
        "" => Ok(field.to_owned()),
        rest @ ("ASC" | "DESC" | "NULLS FIRST" | "NULLS LAST" | "ASC NULLS FIRST" | "ASC NULLS LAST"
        | "DESC NULLS FIRST" | "DESC NULLS LAST") => Ok(format!("{field} {rest}")),
        _ => Err(Error::own("NOT_A_NAME", "A question has an unreadable order; it was not sent.")),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a literal back as Salesforce's reference describes it: an own, slower reading.
    fn read_back(literal: &str, like: bool) -> Option<Vec<(char, bool)>> {
        let inner = literal.strip_prefix('\'')?.strip_suffix('\'')?;
        let mut out = Vec::new();
        let mut letters = inner.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\'' => return None,
                '\\' => match letters.next()? {
                    'n' => out.push(('\n', false)),
                    'r' => out.push(('\r', false)),
                    't' => out.push(('\t', false)),
                    'b' => out.push(('\u{8}', false)),
                    'f' => out.push(('\u{c}', false)),
                    'u' => {
                        let digits: String = letters.by_ref().take(4).collect();
                        out.push((char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?, false));
                    }
                    plain @ ('\\' | '\'' | '"') => out.push((plain, false)),
                    wild @ ('%' | '_') if like => out.push((wild, false)),
                    _ => return None,
                },
                wild @ ('%' | '_') if like => out.push((wild, true)),
                other => out.push((other, false)),
            }
        }
        Some(out)
    }

    proptest! {
        #[test]
        fn any_text_comes_back_out_of_its_quotes(text in any::<String>()) {
            let written = literal(&Literal::Text(text.clone())).unwrap();
            let back: String = read_back(&written, false).unwrap().into_iter().map(|(letter, _)| letter).collect();
            prop_assert_eq!(back, text);
        }

        #[test]
        fn no_part_of_a_pattern_becomes_a_wildcard(text in any::<String>()) {
            let condition = Condition::Like { field: "Name".into(), parts: vec!["".into(), text.clone(), "".into()] };
            let written = where_clause(&condition).unwrap();
            let back = read_back(written.strip_prefix("Name LIKE ").unwrap(), true).unwrap();
            let wild: Vec<usize> = back.iter().enumerate().filter(|(_, it)| it.1).map(|(place, _)| place).collect();
            prop_assert_eq!(wild, vec![0, back.len() - 1]);
            let inner: String = back[1..back.len() - 1].iter().map(|(letter, _)| *letter).collect();
            prop_assert_eq!(inner, text);
        }

        #[test]
        fn a_name_never_carries_query_text(text in any::<String>()) {
            if name(&text).is_ok() {
                prop_assert!(text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_' || it == '.'));
            }
        }

        #[test]
        fn the_url_form_gives_the_statement_back(text in any::<String>()) {
            let url = format!("q={}", encoded(&text));
            let back = url::form_urlencoded::parse(url.as_bytes()).next().map(|(_, value)| value.into_owned());
            prop_assert_eq!(back.unwrap_or_default(), text);
        }
    }

    #[test]
    fn a_statement_names_id_first_and_no_field_twice() {
        let query = Query {
            object: "Contact".into(),
            fields: vec!["Email".into(), "id".into(), "Who.Type".into(), "email".into()],
            condition: Some(Condition::All(vec![
                Condition::In {
                    field: "Email".into(),
                    values: vec![Literal::Text("o'b@example.com".into())],
                },
                Condition::Any(vec![
                    Condition::Null { field: "Birthdate".into() },
                    Condition::Compare {
                        field: "NumberOfEmployees".into(),
                        operator: Operator::NotEqual,
                        value: Literal::Number("-1.5".into()),
                    },
                ]),
            ])),
            children: vec![ChildQuery {
                relationship: "Cases".into(),
                object: "Case".into(),
                fields: vec!["Subject".into()],
                condition: None,
            }],
            all_rows: true,
            order_by: vec!["Name desc nulls last".into()],
            limit: Some(5),
        };
        assert_eq!(
            statement(&query).unwrap(),
            "SELECT Id, Email, Who.Type, (SELECT Id, Subject FROM Cases) FROM Contact WHERE (Email = 'o\\'b@example.com' \
             AND (Birthdate = null OR NumberOfEmployees != -1.5)) ORDER BY Name DESC NULLS LAST LIMIT 5"
        );
    }

    #[test]
    fn what_cannot_be_written_safely_is_not_sent() {
        let of = |condition| where_clause(&condition).unwrap_err().code;
        assert_eq!(of(Condition::In { field: "Email".into(), values: vec![] }), "EMPTY_LIST");
        assert_eq!(of(Condition::All(vec![])), "EMPTY_LIST");
        assert_eq!(count("Case").unwrap(), "SELECT COUNT() FROM Case");
        assert_eq!(count("Case WHERE Id != null").unwrap_err().code, "NOT_A_NAME");
        assert_eq!(of(Condition::Null { field: "Name = null OR Name".into() }), "NOT_A_NAME");
        let sneaky = Literal::Number("1 OR Id != null".into());
        assert_eq!(of(Condition::In { field: "A".into(), values: vec![sneaky] }), "NOT_A_NUMBER");
    }
}
