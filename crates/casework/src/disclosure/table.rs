//! Tables somebody attached: the head of a column, or the cell on the left, says what a cell holds.

use super::{Kind, description, mask_labelled, named};

/// A CSV file with every identifier replaced, and what was replaced. The separator is the one that the first line uses
/// most; a file in which nothing is found comes back unchanged.
pub fn mask_csv(text: &str) -> (String, Vec<Kind>) {
    let first = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t', b'|']
        .into_iter()
        .max_by_key(|mark| (first.bytes().filter(|byte| byte == mark).count(), *mark == b','))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(separator).from_writer(Vec::new());
    let (mut heads, mut kinds) = (None, Vec::new());
    for record in reader.records() {
        let Ok(record) = record else { return super::mask(text) };
        let mut row: Vec<String> = Vec::with_capacity(record.len());
        for (place, cell) in record.iter().enumerate() {
            let head = heads.as_ref().and_then(|it: &csv::StringRecord| it.get(place)).unwrap_or_default();
            let left = place.checked_sub(1).and_then(|it| record.get(it)).unwrap_or_default();
            let (shown, found) = mask_cell(head, left, cell);
            kinds.extend(found);
            row.push(shown);
        }
        if writer.write_record(&row).is_err() {
            return super::mask(text);
        }
        heads.get_or_insert(record);
    }
    if kinds.is_empty() {
        return (text.to_owned(), kinds);
    }
    match writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(masked) => (masked, kinds),
        None => super::mask(text),
    }
}

fn mask_cell(head: &str, left: &str, cell: &str) -> (String, Vec<Kind>) {
    match named(head) {
        Some(kind) if cell.bytes().any(|byte| byte.is_ascii_digit()) || holds_words(kind, cell) => {
            (description(kind), vec![kind])
        }
        _ => {
            let (once, mut kinds) = mask_labelled(head, cell);
            // A label is short and holds no number of its own.
            let label =
                if left.len() <= 60 && !left.bytes().any(|byte| byte.is_ascii_digit()) { left } else { "" };
            if label.is_empty() {
                return (once, kinds);
            }
            let (twice, more) = mask_labelled(label, &once);
            kinds.extend(more);
            (twice, kinds)
        }
    }
}

/// Passwords, answers and templates are words; a "yes" beside them is not one of them.
fn holds_words(kind: Kind, cell: &str) -> bool {
    let plain = cell.trim().to_lowercase();
    matches!(kind, Kind::Password | Kind::SecurityQuestion | Kind::Biometric)
        && !matches!(
            plain.as_str(),
            "" | "yes" | "no" | "true" | "false" | "y" | "n" | "x" | "si" | "none" | "n/a"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_or_a_label_on_the_left_tells_what_a_cell_holds() {
        let (masked, kinds) = mask_csv("Name,SSN,Note\nAna,219099999,\"likes, tents\"\nBo,,\n");
        assert_eq!(
            masked,
            "Name,SSN,Note\nAna,[withheld: a Social Security number],\"likes, tents\"\nBo,,\n"
        );
        assert_eq!(kinds, [Kind::SocialSecurity]);
        let (masked, _) = mask_csv("Label;Value\nPassport number;G12345678\nOrder;123456789\n");
        assert_eq!(masked, "Label;Value\nPassport number;[withheld: a passport number]\nOrder;123456789\n");
        let plain = "Order,Phone\r\n123456789,415-555-0132\r\n";
        assert_eq!(mask_csv(plain), (plain.to_owned(), vec![]), "nothing found, nothing rewritten");
    }
}
