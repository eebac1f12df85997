//! A list as a spreadsheet (XLSX): every cell is text, so that nothing in it is a formula or changes its shape.

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// A whole file with one sheet: the header stays in sight, the columns are as wide as their words.
/// `None` when a spreadsheet cannot hold the list: more than 1,048,575 rows, or a cell of more than 32,767 characters.
pub fn file(header: &[String], rows: &[Vec<String>], made_at: DateTime<Utc>) -> Option<Vec<u8>> {
    written(header, rows, made_at).ok()
}

fn written(header: &[String], rows: &[Vec<String>], made_at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made_at = ExcelDateTime::from_timestamp(made_at.timestamp())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string(line, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_text_and_the_same_list_gives_the_same_bytes() {
        let rows = vec![vec!["R-2026-0001".to_owned(), "=1+1".to_owned()]];
        let header = ["Request".to_owned(), "Org".to_owned()];
        let at = DateTime::UNIX_EPOCH;
        let bytes = file(&header, &rows, at).unwrap();
        assert_eq!(bytes, file(&header, &rows, at).unwrap());
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let read = |archive: &mut zip::ZipArchive<_>, name: &str| {
            std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
        };
        let sheet = read(&mut archive, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "no cell is a formula: {sheet}");
        assert!(
            read(&mut archive, "xl/sharedStrings.xml").contains("=1+1"),
            "what is shown is what is saved"
        );
    }

    #[test]
    fn a_list_that_no_spreadsheet_holds_is_refused() {
        assert!(file(&[], &[vec!["x".repeat(32_768)]], DateTime::UNIX_EPOCH).is_none());
    }
}
