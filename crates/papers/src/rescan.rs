//! The last look: what is about to be handed over or sealed is read again as it was written, file by file, names
//! included. A raw identifier anywhere refuses the whole.

use casework::disclosure::{self, Basis, Found, Kind};

use crate::bundle::Content;
use crate::cores;
use crate::error::Error;
use crate::reading::{self, Format, Read};

/// Looks at one entry of a bundle before it is written. A fault while it is looked at refuses the whole; it does not end
/// the program.
///
/// # Errors
/// [`Error::Raw`] names the file and the kind; never the value.
pub(crate) fn entry(path: &str, bytes: &[u8]) -> Result<(), Error> {
    match std::panic::catch_unwind(|| examine(path, bytes)) {
        Ok(None) => Ok(()),
        Ok(Some(kind)) => Err(Error::Raw { file: disclosure::mask(path).0, what: kind.words() }),
        Err(_) => Err(Error::NotScanned),
    }
}

/// Looks at every file of a package before it is laid down, as it is or encrypted, on all cores; the first in the order of
/// their names is named.
pub(crate) fn members(members: &[(String, Content)]) -> Result<(), Error> {
    cores::in_order(members, || (), |(), (path, it)| entry(path, &it.read()?), |_, found| found)
}

/// The first identifier that a file or its name shows; `None` also for what cannot be read: those files were listed when they
/// were taken in.
pub fn examine(path: &str, bytes: &[u8]) -> Option<Kind> {
    let first = |found: Vec<Found>| found.first().map(|it| it.kind);
    first(disclosure::find(path)).or_else(|| match reading::read(path, bytes) {
        Read::Unread(_) => None,
        Read::Text { format, text, .. } => match format {
            Format::Json(_) => first(disclosure::find_in_json(&text)),
            Format::Csv(_) => first(disclosure::find_in_csv(&text)),
            // Words of one cell stand near those of the next once a page is only text.
            Format::Pdf => {
                disclosure::find(&text).iter().find(|it| it.basis != Basis::Nearby).map(|it| it.kind)
            }
            Format::Plain(_) | Format::Html(_) | Format::Word | Format::Sheet => {
                first(disclosure::find(&text))
            }
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_value_is_seen_in_every_format_and_in_names() {
        for (path, text) in [
            ("files/scan_219-09-9999.txt", "nothing"),
            ("a.txt", "SSN 219-09-9999"),
            ("a.html", "<html><b>219</b>&#45;09&#45;9999"),
            ("a.json", r#"{"a":"219\u002d09-9999"}"#),
            ("a.jsonl", "{\"Note\":\"4111 1111 1111 1111\"}\n"),
            ("a.csv", "\u{feff}\"Note\"\r\n\"SSN 219-09-9999\"\r\n"),
        ] {
            assert!(examine(path, text.as_bytes()).is_some(), "{path}");
        }
        for (path, text) in [
            (
                "data/Contact.json",
                "{\"Note\":\"[withheld: a Social Security number]\",\"Id\":\"0035g00000ANA01AAQ\"}",
            ),
            (
                "a.html",
                "<dt>License</dt><dd>[withheld: a driver&#39;s license number]</dd><dt>Order</dt><dd>D1234567</dd>",
            ),
            ("a.csv", "\"Passport country\",\"Member\"\r\n\"SE\",\"A1234567\"\r\n"),
        ] {
            assert_eq!(examine(path, text.as_bytes()), None, "{path}");
        }
        assert_eq!(
            examine("photo.png", b"\x89PNG\r\n\x1a\n 219-09-9999"),
            None,
            "a picture is listed, not read"
        );
    }

    #[test]
    fn the_refusal_names_file_and_kind_and_not_the_value() {
        let file = |path: &str, text: &str| (path.to_owned(), Content::Bytes(text.as_bytes().to_vec()));
        assert!(members(&[file("a.txt", "plain"), file("b.txt", "too")]).is_ok());
        let said =
            members(&[file("a.txt", "plain"), file("b.txt", "SSN 219-09-9999")]).unwrap_err().to_string();
        assert!(
            said.contains("b.txt") && said.contains("a Social Security number") && !said.contains("219-09"),
            "{said}"
        );
    }
}
