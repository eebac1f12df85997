//! Record ids: 15 case-sensitive characters, or 18 with a checksum over the capitals.

const CHECK: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The 18-character form of an id.
///
/// `None` when the text is not 15 or 18 letters and digits, or when the checksum of an 18-character id
/// is wrong (its case is not checked: a checksum in small letters is repaired, as Salesforce does).
pub fn id18(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if !matches!(bytes.len(), 15 | 18) || !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let (stem, given) = text.split_at(15);
    let sum = checksum(stem);
    if !given.is_empty() && !given.eq_ignore_ascii_case(&sum) {
        return None;
    }
    Some(format!("{stem}{sum}"))
}

/// The 15-character form, without looking at the checksum; `None` when it is no id by shape.
pub fn id15(text: &str) -> Option<&str> {
    let shaped = matches!(text.len(), 15 | 18) && text.bytes().all(|it| it.is_ascii_alphanumeric());
    if shaped { text.get(..15) } else { None }
}

/// Whether a text is an id by shape and checksum.
pub fn is_id(text: &str) -> bool {
    id18(text).is_some()
}

/// The id with this key prefix and running number, as the practice org hands them out.
pub(crate) fn make(prefix: &str, pod: &str, number: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let width = 15usize.saturating_sub(prefix.len() + pod.len());
    let mut tail = vec![b'0'; width];
    let mut rest = number;
    for place in tail.iter_mut().rev() {
        let digit = usize::try_from(rest % 62).unwrap_or(0);
        *place = DIGITS.get(digit).copied().unwrap_or(b'0');
        rest /= 62;
    }
    let stem = format!("{prefix}{pod}{}", String::from_utf8_lossy(&tail));
    let sum = checksum(&stem);
    format!("{stem}{sum}")
}

fn checksum(stem: &str) -> String {
    stem.as_bytes()
        .chunks(5)
        .map(|five| {
            let bits = five.iter().enumerate().fold(0usize, |bits, (place, it)| {
                if it.is_ascii_uppercase() { bits | (1 << place) } else { bits }
            });
            CHECK.get(bits).map_or('A', |it| char::from(*it))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_characters_gain_their_checksum() {
        assert_eq!(id18("001D000000IRFma").as_deref(), Some("001D000000IRFmaIAH"));
        assert_eq!(id18("0055g00000AAAAA").as_deref(), Some("0055g00000AAAAAAA5"));
    }

    #[test]
    fn a_wrong_checksum_or_shape_is_no_id() {
        for text in ["001D000000IRFmaIAA", "", "001", "001D000000IRFm!", "001D000000IRFmaIA", "ééééééééé"]
        {
            assert!(!is_id(text), "{text} is no id");
        }
    }

    #[test]
    fn made_ids_are_ids_and_differ() {
        let first = make("003", "5g00", 1);
        let second = make("003", "5g00", 62);
        assert!(is_id(&first) && is_id(&second) && first != second);
        assert_eq!(first.len(), 18);
    }
}
