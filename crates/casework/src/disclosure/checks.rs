//! Check digits and never-issued ranges. Every function takes the identifier without separators, in upper case.

/// Nine digits that the Social Security Administration may have issued: not 000, 666 or 900–999, no group 00, no serial
/// 0000.
pub(super) fn social_security(digits: &[u8]) -> bool {
    let (area, group, serial) = (number(digits, 0, 3), number(digits, 3, 5), number(digits, 5, 9));
    all_digits(digits, 9) && area != 0 && area != 666 && area < 900 && group != 0 && serial != 0
}

/// An Individual Taxpayer Identification Number: 9 and a group that the IRS issues.
pub(super) fn itin(digits: &[u8]) -> bool {
    all_digits(digits, 9)
        && digits.first() == Some(&b'9')
        && matches!(number(digits, 3, 5), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// An Employer Identification Number: nine digits with a prefix that an IRS campus issues.
pub(super) fn ein(digits: &[u8]) -> bool {
    all_digits(digits, 9)
        && !matches!(
            number(digits, 0, 2),
            0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97
        )
}

/// The network and length of a payment card, and its Luhn digit.
pub(super) fn card(digits: &[u8]) -> bool {
    let length = digits.len();
    let network = match (number(digits, 0, 2), number(digits, 0, 4)) {
        (40..=49, _) => matches!(length, 13 | 16 | 19),
        (51..=55, _) | (_, 2221..=2720) => length == 16,
        (34 | 37, _) => length == 15,
        (36 | 38 | 39, _) | (_, 3000..=3059) => matches!(length, 14 | 16),
        (35, 3528..=3589) => (16..=19).contains(&length),
        (65, _) | (_, 6011 | 6440..=6499) => (16..=19).contains(&length),
        (62, _) => (16..=19).contains(&length),
        (50 | 56..=58, _) | (_, 6304 | 6759 | 6761..=6763) => (13..=19).contains(&length),
        _ => false,
    };
    network && luhn(digits)
}

pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(digit.wrapping_sub(b'0'))) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    digits.iter().all(u8::is_ascii_digit) && sum.is_multiple_of(10)
}

/// A bank routing number: the American Bankers Association's check digit and ranges.
pub(super) fn routing(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .zip([3_u32, 7, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    all_digits(digits, 9)
        && matches!(number(digits, 0, 2), 1..=12 | 21..=32 | 61..=72 | 80)
        && sum.is_multiple_of(10)
}

/// Length of an IBAN by country (the SWIFT registry).
const IBAN_LENGTHS: &[(&[u8; 2], usize)] = &[
    (b"AD", 24),
    (b"AE", 23),
    (b"AL", 28),
    (b"AT", 20),
    (b"AZ", 28),
    (b"BA", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"BH", 22),
    (b"BI", 27),
    (b"BR", 29),
    (b"BY", 28),
    (b"CH", 21),
    (b"CR", 22),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DJ", 27),
    (b"DK", 18),
    (b"DO", 28),
    (b"EE", 20),
    (b"EG", 29),
    (b"ES", 24),
    (b"FI", 18),
    (b"FK", 18),
    (b"FO", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GE", 22),
    (b"GI", 23),
    (b"GL", 18),
    (b"GR", 27),
    (b"GT", 28),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IL", 23),
    (b"IQ", 23),
    (b"IS", 26),
    (b"IT", 27),
    (b"JO", 30),
    (b"KW", 30),
    (b"KZ", 20),
    (b"LB", 28),
    (b"LC", 32),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"LY", 25),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MN", 20),
    (b"MR", 27),
    (b"MT", 31),
    (b"MU", 30),
    (b"NI", 28),
    (b"NL", 18),
    (b"NO", 15),
    (b"OM", 23),
    (b"PK", 24),
    (b"PL", 28),
    (b"PS", 29),
    (b"PT", 25),
    (b"QA", 29),
    (b"RO", 24),
    (b"RS", 22),
    (b"RU", 33),
    (b"SA", 24),
    (b"SC", 31),
    (b"SD", 18),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"SO", 23),
    (b"ST", 25),
    (b"SV", 28),
    (b"TL", 23),
    (b"TN", 24),
    (b"TR", 26),
    (b"UA", 29),
    (b"VA", 22),
    (b"VG", 24),
    (b"XK", 20),
    (b"YE", 30),
];

/// How long an IBAN that begins with this text is: a country and two check digits.
pub(super) fn iban_length(text: &[u8]) -> Option<usize> {
    let (country, check) = text.get(..4)?.split_first_chunk::<2>()?;
    if !all_digits(check, 2) {
        return None;
    }
    let country = country.map(|it| it.to_ascii_uppercase());
    let place = IBAN_LENGTHS.binary_search_by(|(code, _)| (*code).cmp(&country)).ok()?;
    IBAN_LENGTHS.get(place).map(|(_, length)| *length)
}

/// Length by country and ISO 7064 mod 97-10.
pub(super) fn iban(text: &[u8]) -> bool {
    if iban_length(text) != Some(text.len()) {
        return false;
    }
    let (head, body) = text.split_at(4);
    let rest = body.iter().chain(head).try_fold(0_u32, |rest, byte| match byte {
        b'0'..=b'9' => Some((rest * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    rest == Some(1)
}

/// A Medicare Beneficiary Identifier: eleven places of set classes, without S, L, O, I, B and Z.
pub(super) fn medicare(text: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(byte);
    text.len() == 11
        && text.iter().zip(b"CANDANDAADD").all(|(byte, class)| match class {
            b'C' => matches!(byte, b'1'..=b'9'),
            b'A' => letter(byte),
            b'N' => byte.is_ascii_digit() || letter(byte),
            _ => byte.is_ascii_digit(),
        })
}

/// Mexico's CURP: 18 places with a check digit.
pub(super) fn curp(text: &[u8]) -> bool {
    const ORDER: &[u8] = b"0123456789ABCDEFGHIJKLMN*OPQRSTUVWXYZ";
    if text.len() != 18
        || !text.iter().zip(b"AAAADDDDDDAAAAAAXD").all(|(byte, class)| match class {
            b'A' => byte.is_ascii_uppercase(),
            b'D' => byte.is_ascii_digit(),
            _ => byte.is_ascii_alphanumeric(),
        })
        || !matches!(text.get(10), Some(b'H' | b'M' | b'X'))
    {
        return false;
    }
    let sum: usize = text
        .iter()
        .take(17)
        .enumerate()
        .map(|(place, byte)| ORDER.iter().position(|it| it == byte).unwrap_or(0) * (18 - place))
        .sum();
    text.last().map(|it| usize::from(it.wrapping_sub(b'0'))) == Some((10 - sum % 10) % 10)
}

/// Mexico's CLABE: 18 digits, weights 3, 7, 1.
pub(super) fn clabe(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .take(17)
        .zip([3_u32, 7, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight % 10)
        .sum();
    all_digits(digits, 18) && number(digits, 17, 18) == (10 - sum % 10) % 10
}

pub(super) fn all_digits(text: &[u8], length: usize) -> bool {
    text.len() == length && text.iter().all(u8::is_ascii_digit)
}

fn number(digits: &[u8], from: usize, to: usize) -> u32 {
    digits
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(digit.wrapping_sub(b'0') % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_accept_the_published_examples_and_nothing_one_off() {
        for (fits, good, bad) in [
            (luhn as fn(&[u8]) -> bool, "4111111111111111", "4111111111111112"),
            (card, "378282246310005", "378282246310006"),
            (routing, "021000021", "021000022"),
            (iban, "DE89370400440532013000", "DE89370400440532013001"),
            (iban, "GB82WEST12345698765432", "GB82WEST12345698765433"),
            (medicare, "1EG4TE5MK73", "1SG4TE5MK73"),
            (curp, "HEGG560427MVZRRL04", "HEGG560427MVZRRL05"),
            (clabe, "032180000118359719", "032180000118359718"),
            (social_security, "219099999", "900700001"),
            (itin, "912701234", "912001234"),
            (ein, "123456789", "073456789"),
        ] {
            assert!(fits(good.as_bytes()), "{good}");
            assert!(!fits(bad.as_bytes()), "{bad}");
        }
    }
}
