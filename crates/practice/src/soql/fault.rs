//! Refusals of a query, worded the way the platform words them.

/// Why a query is not answered. Nothing was read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The platform's error code, such as `MALFORMED_QUERY`.
    pub code: &'static str,
    /// The whole message, excerpt included.
    pub message: String,
}

impl Fault {
    /// A refusal without an excerpt.
    pub fn plain(code: &'static str, message: impl Into<String>) -> Fault {
        Fault { code, message: message.into() }
    }

    /// A refusal that points at a place of the statement: excerpt, caret, place, reason.
    ///
    /// `at` is a byte offset into `text`; an offset outside of it points at the end.
    pub fn at(code: &'static str, text: &str, at: usize, reason: impl AsRef<str>) -> Fault {
        Fault { code, message: pointed(text, at, reason.as_ref()) }
    }

    /// The grammar does not allow this.
    pub fn malformed(message: impl Into<String>) -> Fault {
        Fault::plain("MALFORMED_QUERY", message)
    }
}

const BEFORE: usize = 40;
const AFTER: usize = 40;

fn pointed(text: &str, at: usize, reason: &str) -> String {
    let at = floor_boundary(text, at);
    let head = text.get(..at).unwrap_or_default();
    let row = head.matches('\n').count() + 1;
    let column = head.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let flat = |c: char| if c.is_control() { ' ' } else { c };
    let before: Vec<char> = head.chars().rev().take(BEFORE).map(flat).collect();
    let excerpt: String = before.iter().rev().copied().collect();
    let after: String = text.get(at..).unwrap_or_default().chars().take(AFTER).map(flat).collect();
    let indent = " ".repeat(before.len());
    format!("\n{excerpt}{after}\n{indent}^\nERROR at Row:{row}:Column:{column}\n{reason}")
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn a_refusal_points_at_row_and_column() {
        let text = "SELECT Id,\n  Nope FROM Contact";
        let fault = Fault::at("INVALID_FIELD", text, 13, "No such column 'Nope'");
        assert_eq!(
            fault.message,
            "\nSELECT Id,   Nope FROM Contact\n             ^\nERROR at Row:2:Column:3\nNo such column 'Nope'"
        );
    }
}
