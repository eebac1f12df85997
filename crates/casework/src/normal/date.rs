//! Days as people write them.

use chrono::NaiveDate;

/// Every day that a text may mean when it is nothing but a date; `03/02/1985` means two.
pub fn meanings(text: &str) -> Vec<NaiveDate> {
    let text = text.trim();
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let day = text.get(..10).filter(|_| text.get(10..11) == Some("T")).unwrap_or(text);
    let tidy = day.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    [
        "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y",
        "%d.%m.%Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%m/%d/%y", "%d.%m.%y",
    ]
    .iter()
    .filter_map(|form| NaiveDate::parse_from_str(&tidy, form).ok())
    .filter(|date| {
        *date >= NaiveDate::default().checked_sub_days(chrono::Days::new(60_000)).unwrap_or_default()
    })
    .collect()
}

/// Spellings that a text index or a comparison by words can look for.
pub fn spellings(day: NaiveDate) -> Vec<String> {
    ["%Y-%m-%d", "%m/%d/%Y", "%-m/%-d/%Y", "%d.%m.%Y", "%B %-d, %Y", "%-d %B %Y", "%b %-d, %Y"]
        .iter()
        .map(|form| day.format(form).to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_in_its_spellings() {
        let day = NaiveDate::from_ymd_opt(1985, 3, 2).unwrap();
        for text in [
            "1985-03-02",
            "03/02/1985",
            "2.3.1985",
            "March 2, 1985",
            "2 Mar 1985",
            "19850302",
            "1985-03-02T00:00:00Z",
        ] {
            assert!(meanings(text).contains(&day), "{text}");
        }
        for text in ["", "1985", "hello", "1985-03-03", "born in March"] {
            assert!(!meanings(text).contains(&day), "{text}");
        }
        for text in spellings(day) {
            assert!(meanings(&text).contains(&day), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in ".*") {
            meanings(&text);
        }
    }
}
