//! From facts to duties.

use serde_json::Value;

use crate::answer::Answer;
use crate::book::{Book, book};
use crate::facts::FactsProblem;
use crate::{breach, request};

/// The duties, requirements and amounts that follow from facts; see `docs/command-line.md` for both shapes.
///
/// # Errors
/// [`FactsProblem`] with a sentence; nothing was computed.
pub fn duties(facts: &Value) -> Result<Answer, FactsProblem> {
    duties_by(book()?, facts)
}

/// [`duties`] by another book.
///
/// # Errors
/// As [`duties`].
pub fn duties_by(book: &Book, facts: &Value) -> Result<Answer, FactsProblem> {
    match facts.get("family") {
        Some(Value::String(family)) => match family.as_str() {
            "request" => request::answer(book, facts),
            "breach" => breach::answer(book, facts),
            other => Err(FactsProblem::fact("family", format!("{other:?} is not known"))),
        },
        _ => Err(FactsProblem::fact("family", "it is missing or no text")),
    }
}
