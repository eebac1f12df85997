//! The CSV dialect of uploads and results.

/// An upload: its header and rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Reads an upload. Values are not trimmed; a byte order mark is skipped.
///
/// The error is the text that Salesforce puts into a failed job.
pub(super) fn read(bytes: &[u8], delimiter: char) -> Result<Sheet, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "InvalidBatch : The data is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header: Vec<String> = match records.next() {
        Some(Ok(it)) => it.iter().map(|it| it.trim().to_owned()).collect(),
        Some(Err(_)) | None => return Err("InvalidBatch : The header of the data is missing".to_owned()),
    };
    if header.iter().map(String::len).sum::<usize>() > 32_000 {
        return Err("InvalidBatch : The header is longer than 32,000 characters".to_owned());
    }
    let mut rows = Vec::new();
    for record in records {
        let record = record.map_err(|_| "InvalidBatch : The data cannot be read as CSV".to_owned())?;
        let row: Vec<String> = record.iter().map(str::to_owned).collect();
        if row.len() != header.len() {
            return Err(format!(
                "InvalidBatch : The number of columns in row {} does not match the header. Expected {}, found {}",
                rows.len() + 1,
                header.len(),
                row.len()
            ));
        }
        rows.push(row);
    }
    Ok(Sheet { header, rows })
}

/// One line with every value quoted.
pub(super) fn line<'a>(
    out: &mut String,
    cells: impl Iterator<Item = &'a str>,
    delimiter: char,
    ending: &str,
) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.push(delimiter);
        }
        out.push('"');
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str(ending);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_spaces_quotes_and_line_breaks() {
        let sheet = read(b"Id,Name\n1,\" a \"\"b\"\"\nc\"\n", ',').unwrap();
        assert_eq!(sheet.rows, [["1", " a \"b\"\nc"]]);
        let mut out = String::new();
        line(&mut out, ["a\"b", ""].into_iter(), ',', "\r\n");
        assert_eq!(out, "\"a\"\"b\",\"\"\r\n");
    }

    #[test]
    fn a_row_of_another_width_is_refused() {
        assert!(read(b"A,B\n1\n", ',').unwrap_err().contains("row 1"));
        assert!(read(b"\xff\xfe", ',').is_err());
    }
}
