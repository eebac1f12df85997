//! Phone numbers in E.164, the extension apart.

use phonenumber::country;

/// One number, as country code and national number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    /// `+14155550123`
    pub e164: String,
    country_code: String,
    national: String,
    /// Numbers without a country code belong to this number's country.
    at_home: bool,
}

impl Phone {
    /// `region` is a country in two letters; it is meant when the number names none. `None` when it is no number.
    pub fn parse(text: &str, region: &str) -> Option<Self> {
        let home: Option<country::Id> = region.parse().ok();
        let bare = text.trim();
        let bare = bare.strip_prefix("00").map_or_else(|| bare.to_owned(), |rest| format!("+{rest}"));
        let number = phonenumber::parse(home, without_trunk_mark(&bare)).ok()?;
        let country_code = number.code().value().to_string();
        let national = number.national().to_string();
        if national.len() < 5 || national.len() > 14 {
            return None;
        }
        let at_home = home_code(home).is_some_and(|code| code == country_code);
        Some(Self { e164: format!("+{country_code}{national}"), country_code, national, at_home })
    }

    pub fn national(&self) -> &str {
        &self.national
    }

    /// The groups people write, longest sure parts first to last: `415`, `555`, `0123`.
    pub fn groups(&self) -> Vec<String> {
        if self.country_code == "1"
            && let (Some(area), Some(exchange), Some(line)) =
                (self.national.get(..3), self.national.get(3..6), self.national.get(6..))
        {
            return vec![area.into(), exchange.into(), line.into()];
        }
        self.national.chars().map(String::from).collect()
    }

    /// Ways in which an index may hold the number as one phrase.
    pub fn spellings(&self) -> Vec<String> {
        let mut all = vec![self.e164.clone(), self.national.clone()];
        if let [area, exchange, line] = self.groups().as_slice() {
            all.push(format!("({area}) {exchange}-{line}"));
            all.push(format!("{area}-{exchange}-{line}"));
            all.push(format!("{area}.{exchange}.{line}"));
            all.push(format!("+1 {area} {exchange} {line}"));
        }
        all
    }

    /// Whether this is the number that was written with these digits.
    fn is(&self, run: &Run) -> bool {
        let digits = run.digits.as_str();
        let full = digits.strip_prefix(self.country_code.as_str()).is_some_and(|rest| {
            rest == self.national || (rest.strip_prefix('0') == Some(self.national.as_str()))
        });
        if full && (run.plus || digits.len() > self.national.len()) {
            return true;
        }
        if run.plus {
            return false;
        }
        let dialled = ["00", "011"]
            .iter()
            .filter_map(|prefix| digits.strip_prefix(prefix))
            .any(|rest| rest.strip_prefix(self.country_code.as_str()) == Some(self.national.as_str()));
        dialled
            || (self.at_home
                && (digits == self.national || digits.strip_prefix('0') == Some(self.national.as_str())))
    }
}

fn home_code(home: Option<country::Id>) -> Option<String> {
    let home = home?;
    phonenumber::metadata::DATABASE.by_id(home.as_ref()).map(|meta| meta.country_code().to_string())
}

/// `+44 (0)20 …` without its trunk zero.
fn without_trunk_mark(text: &str) -> String {
    if text.starts_with('+') { text.replace("(0)", "") } else { text.to_owned() }
}

/// Digits that stand together, but for the marks people put between them.
struct Run {
    digits: String,
    plus: bool,
}

/// Which of the numbers stand in the text, and whether the text is nothing but one number with its extension.
pub fn agreeing<'a>(text: &str, sought: &'a [Phone]) -> Vec<(&'a Phone, bool)> {
    if sought.is_empty() || text.bytes().filter(u8::is_ascii_digit).count() < 5 {
        return Vec::new();
    }
    let runs = runs(text);
    let whole = is_only_a_number(text);
    sought.iter().filter(|phone| runs.iter().any(|run| phone.is(run))).map(|phone| (phone, whole)).collect()
}

fn is_only_a_number(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    matches!(
        letters.as_str(),
        "" | "x" | "ext" | "extension" | "tel" | "phone" | "m" | "cell" | "mobile" | "h" | "w"
    )
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run = Run { digits: String::new(), plus: false };
    let mut gap = 0;
    let mut plus = false;
    let cleaned = text.replace("(0)", "");
    for c in cleaned.chars().map(plain_digit).chain(['\n']) {
        if c.is_ascii_digit() {
            if run.digits.is_empty() {
                run.plus = plus;
            }
            run.digits.push(c);
            (gap, plus) = (0, false);
        } else if matches!(c, ' ' | '\u{a0}' | '(' | ')' | '-' | '.' | '/' | '\u{2011}' | '\u{2013}')
            && gap < 3
        {
            gap += 1;
        } else {
            if run.digits.len() >= 5 {
                runs.push(run);
            }
            run = Run { digits: String::new(), plus: false };
            gap = 0;
            plus = c == '+';
        }
    }
    runs
}

/// Full-width and other decimal digits as ASCII.
fn plain_digit(c: char) -> char {
    if c.is_ascii() || !c.is_numeric() { c } else { any_ascii::any_ascii_char(c).chars().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_its_spellings() {
        let ana = [Phone::parse("(415) 555-0123", "US").unwrap()];
        assert_eq!(ana[0].e164, "+14155550123");
        for (text, found, whole) in [
            ("415.555.0123", true, true),
            ("+1 415 555 0123 ext. 9", true, true),
            ("14155550123", true, true),
            ("0014155550123", true, true),
            ("call 415-555-0123, please", true, false),
            ("415-555-01234", false, false),
            ("555-0123", false, false),
            ("+44 415 555 0123", false, false),
        ] {
            let agreed = agreeing(text, &ana);
            assert_eq!(!agreed.is_empty(), found, "{text}");
            if found {
                assert_eq!(agreed[0].1, whole, "{text}");
            }
        }
    }

    #[test]
    fn a_number_abroad_needs_its_country() {
        let london = [Phone::parse("+44 20 7946 0018", "US").unwrap()];
        assert_eq!(agreeing("+44 (0)20 7946 0018", &london).len(), 1);
        assert_eq!(agreeing("011 44 20 7946 0018", &london).len(), 1);
        assert_eq!(agreeing("2079460018", &london).len(), 0, "that is a number in Maine");
        assert_eq!(Phone::parse("020 7946 0018", "GB").unwrap().e164, "+442079460018");
    }

    #[test]
    fn the_extension_stands_apart() {
        assert_eq!(Phone::parse("415-555-0123 x42", "US").unwrap().e164, "+14155550123");
        assert_eq!(Phone::parse("12", "US"), None);
        assert_eq!(Phone::parse("hello", "US"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in ".*") {
            Phone::parse(&text, "US");
            agreeing(&text, &[Phone::parse("415 555 0123", "US").unwrap()]);
        }
    }
}
