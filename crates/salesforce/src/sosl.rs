//! Searches as data → SOSL text. Every phrase stands in quotes and every reserved character is escaped.

use casework::query::{Refusal, Search, SearchGroup};

use crate::errors::Error;
use crate::soql;

/// Beyond this many characters Salesforce reads the words of a search differently.
const LONGEST_TERM: usize = 4_000;

/// The statements of a search: several where the phrases together are too long for one.
///
/// # Errors
/// A refusal of our own when there is no phrase, a phrase is too long or a name is no API name.
pub(crate) fn statements(search: &Search) -> Result<Vec<String>, Refusal> {
    let returning: Vec<String> = search
        .returning
        .iter()
        .map(|one| {
            let fields = soql::select_list(&one.fields)?;
            Ok(format!(
                "{}({fields} ORDER BY Id LIMIT {})",
                soql::name(&one.object)?,
                one.limit.clamp(1, 2_000)
            ))
        })
        .collect::<Result<_, Refusal>>()?;
    if returning.is_empty() {
        return Err(Error::own("EMPTY_LIST", "A search without objects was not sent."));
    }
    let within = match search.within {
        SearchGroup::All => "ALL",
        SearchGroup::Name => "NAME",
        SearchGroup::Email => "EMAIL",
        SearchGroup::Phone => "PHONE",
    };
    let terms = terms(&search.phrases)?;
    Ok(terms
        .into_iter()
        .map(|term| format!("FIND {{{term}}} IN {within} FIELDS RETURNING {}", returning.join(", ")))
        .collect())
}

fn terms(phrases: &[String]) -> Result<Vec<String>, Refusal> {
    let mut terms: Vec<String> = Vec::new();
    for phrase in phrases {
        let phrase = quoted(phrase);
        let length = phrase.chars().count();
        if phrase.trim_matches(['"', ' ']).is_empty() {
            return Err(Error::own("EMPTY_LIST", "A search for nothing was not sent."));
        }
        if length > LONGEST_TERM {
            return Err(Error::own(
                "SEARCH_TOO_LONG",
                "A value is too long for the org's search; it was not sent.",
            ));
        }
        match terms.last_mut() {
            Some(term) if term.chars().count() + 4 + length <= LONGEST_TERM => {
                term.push_str(" OR ");
                term.push_str(&phrase);
            }
            _ => terms.push(phrase),
        }
    }
    if terms.is_empty() {
        return Err(Error::own("EMPTY_LIST", "A search for nothing was not sent."));
    }
    Ok(terms)
}

/// A phrase in double quotes. Control characters become spaces: the index holds words.
fn quoted(phrase: &str) -> String {
    let mut out = String::from("\"");
    for character in phrase.chars() {
        match character {
            '?' | '&' | '|' | '!' | '{' | '}' | '[' | ']' | '(' | ')' | '^' | '~' | '*' | ':' | '\\'
            | '"' | '\'' | '+' | '-' => {
                out.push('\\');
                out.push(character);
            }
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::query::Returning;
    use proptest::prelude::*;

    const RESERVED: &str = "?&|!{}[]()^~*:\\\"'+-";

    /// Reads a quoted phrase back; `None` when a reserved character stands there bare.
    fn read_back(term: &str) -> Option<String> {
        let inner = term.strip_prefix('"')?.strip_suffix('"')?;
        let mut out = String::new();
        let mut letters = inner.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => out.push(letters.next().filter(|next| RESERVED.contains(*next))?),
                bare if RESERVED.contains(bare) => return None,
                other => out.push(other),
            }
        }
        Some(out)
    }

    proptest! {
        #[test]
        fn any_phrase_comes_back_out_of_its_quotes(text in any::<String>()) {
            let spaced: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
            prop_assert_eq!(read_back(&quoted(&text)), Some(spaced));
        }
    }

    fn search(phrases: Vec<String>) -> Search {
        let contact = Returning { object: "Contact".into(), fields: vec!["Name".into()], limit: 9_999 };
        Search { phrases, within: SearchGroup::Email, returning: vec![contact] }
    }

    #[test]
    fn phrases_are_joined_and_ordered_results_are_asked_for() {
        let written = statements(&search(vec!["ana-r@example.com".into(), "AND".into()])).unwrap();
        assert_eq!(
            written,
            [
                r#"FIND {"ana\-r@example.com" OR "AND"} IN EMAIL FIELDS RETURNING Contact(Id, Name ORDER BY Id LIMIT 2000)"#
            ]
        );
    }

    #[test]
    fn many_phrases_are_spread_over_several_searches() {
        let phrases: Vec<String> = (0..500).map(|n| format!("person{n}@example.com")).collect();
        let written = statements(&search(phrases)).unwrap();
        assert!(written.len() > 1 && written.iter().all(|one| one.len() < 4_200));
        assert_eq!(statements(&search(vec!["x".repeat(4_001)])).unwrap_err().code, "SEARCH_TOO_LONG");
        assert_eq!(statements(&search(vec![])).unwrap_err().code, "EMPTY_LIST");
    }
}
