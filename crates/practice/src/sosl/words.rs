//! Cuts text into the words that a search compares.

/// The words of a text in small letters, in order. A letter of Chinese, Japanese or Korean is a word of its own.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let single = is_cjk(c);
        if (single || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if single {
            words.push(c.to_string());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a letter is searched for alone.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x2FDF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x2FA1F)
}

/// The forms under which a phone number is found: all digits, the last ten, the last seven.
pub fn phone_forms(text: &str) -> Vec<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let mut forms = Vec::new();
    for length in [digits.len(), 10, 7] {
        if let Some(form) = digits.len().checked_sub(length).and_then(|from| digits.get(from..))
            && form.len() >= 7
            && !forms.iter().any(|own| own == form)
        {
            forms.push(form.to_owned());
        }
    }
    forms
}

/// Text without the tags of HTML.
pub fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_small_letters() {
        assert_eq!(
            words("Ana-Maria O'Brien <ana+x@Example.com>"),
            ["ana", "maria", "o", "brien", "ana", "x", "example", "com"]
        );
        assert_eq!(words("日本 Tokyo"), ["日", "本", "tokyo"]);
        assert_eq!(words("!?"), Vec::<String>::new());
    }

    #[test]
    fn a_phone_is_found_in_any_format() {
        assert_eq!(phone_forms("+1 (415) 555-0123"), ["14155550123", "4155550123", "5550123"]);
        assert_eq!(phone_forms("12"), Vec::<String>::new());
    }
}
