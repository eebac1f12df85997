//! CSV that a spreadsheet opens safely: UTF-8 with BOM, RFC 4180, and no cell can start a formula.

use std::borrow::Cow;

/// The cell, with an apostrophe before it when a spreadsheet would take it for a formula: when it begins with
/// `= + - @`, their full-width twins, a tab or a line end, behind blanks too.
pub fn guard(cell: &str) -> Cow<'_, str> {
    let formula = |first: char| {
        matches!(
            first,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
        )
    };
    let dangerous = cell.starts_with(formula) || cell.trim_start().starts_with(formula);
    if dangerous { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A whole CSV file: BOM, header, rows, CRLF. Every cell passes [`guard`] and stands in quotes, so that a semicolon
/// starts no cell where the system's list separator is one.
pub fn file<R, C>(header: &[&str], rows: R) -> Vec<u8>
where
    R: IntoIterator<Item = Vec<C>>,
    C: AsRef<str>,
{
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    // Writing into memory cannot fail.
    let _ = writer.write_record(header.iter().map(|cell| guard(cell).into_owned()));
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| guard(cell.as_ref()).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_starts_a_formula() {
        for (cell, guarded) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            ("", ""),
            ("'x", "'x"),
        ] {
            assert_eq!(guard(cell), guarded);
        }
    }

    #[test]
    fn the_file_has_a_bom_quotes_and_crlf() {
        let file = file(&["Id", "Name"], [vec!["1", "say \"hi\",\nthen; go"]]);
        assert_eq!(file, b"\xef\xbb\xbf\"Id\",\"Name\"\r\n\"1\",\"say \"\"hi\"\",\nthen; go\"\r\n");
    }

    proptest! {
        #[test]
        fn every_text_reads_back_and_is_guarded(cells in proptest::collection::vec(any::<String>(), 1..6)) {
            let file = file(&vec!["h"; cells.len()], [cells.clone()]);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&file[3..]);
            let row = reader.records().nth(1).unwrap().unwrap();
            for (read, cell) in row.iter().zip(&cells) {
                let guarded = ['\''].iter().collect::<String>() + cell;
                prop_assert!(read == cell || read == guarded);
                prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r']));
            }
        }
    }
}
