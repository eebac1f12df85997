//! Email addresses: equal but for case, and equal but for what the provider ignores.

/// An email address in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email {
    pub whole: String,
    /// The address without plus-tag, and without dots where the provider ignores them.
    pub mailbox: String,
}

/// Providers that ignore dots before the `@`, and the domain they all mean.
const DOTLESS: [(&str, &str); 2] = [("gmail.com", "gmail.com"), ("googlemail.com", "gmail.com")];

impl Email {
    /// `None` when the text is not one address.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("mailto:");
        let (local, domain) = text.rsplit_once('@')?;
        let fits = !local.is_empty()
            && !local.contains(['@', ' ', ',', ';', '<', '>', '"'])
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
        if !fits || text.chars().any(char::is_whitespace) || text.chars().any(char::is_control) {
            return None;
        }
        let (local, domain) = (local.to_lowercase(), domain.to_lowercase());
        Some(Self { whole: format!("{local}@{domain}"), mailbox: mailbox(&local, &domain) })
    }

    pub fn local(&self) -> &str {
        self.whole.rsplit_once('@').map_or("", |(local, _)| local)
    }

    pub fn domain(&self) -> &str {
        self.whole.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The provider ignores dots before the `@`.
    pub fn dotless(&self) -> bool {
        DOTLESS.iter().any(|(domain, _)| *domain == self.domain())
    }
}

fn mailbox(local: &str, domain: &str) -> String {
    let base = local.split_once('+').map_or(local, |(base, _)| base);
    let base = if base.is_empty() { local } else { base };
    match DOTLESS.iter().find(|(known, _)| *known == domain) {
        Some((_, canonical)) => format!("{}@{canonical}", base.replace('.', "")),
        None => format!("{base}@{domain}"),
    }
}

/// Every address that stands in a text, in order. `"Ana" <a@example.com>; b@example.org` gives two.
pub fn all_in(text: &str) -> Vec<Email> {
    if !text.contains('@') {
        return Vec::new();
    }
    text.split(|c: char| c.is_whitespace() || "<>,;:\"'()[]|\\{}?&=".contains(c))
        .filter(|piece| piece.contains('@'))
        .filter_map(|piece| {
            Email::parse(piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '_' && c != '+'))
        })
        .collect()
}

/// Whether a text is nothing but addresses, each with its display name or not.
pub fn is_address_list(text: &str) -> bool {
    let mut quoted = false;
    text.contains('@')
        && text
            .split(|c| {
                quoted ^= c == '"';
                !quoted && matches!(c, ',' | ';' | '\n')
            })
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .all(|piece| match piece.split_once('<') {
                Some((shown, address)) => {
                    shown.split_whitespace().count() <= 8
                        && Email::parse(address.trim_end_matches('>')).is_some()
                }
                None => Email::parse(piece).is_some(),
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_in_its_spellings() {
        for (a, b, same_whole, same_mailbox) in [
            ("Ana@Example.com", "ana@example.com", true, true),
            ("ana+shop@example.com", "ana@example.com", false, true),
            ("a.na@gmail.com", "ana@googlemail.com", false, true),
            ("a.na@example.com", "ana@example.com", false, false),
        ] {
            let (a, b) = (Email::parse(a).unwrap(), Email::parse(b).unwrap());
            assert_eq!(a.whole == b.whole, same_whole, "{a:?} {b:?}");
            assert_eq!(a.mailbox == b.mailbox, same_mailbox, "{a:?} {b:?}");
        }
    }

    #[test]
    fn lists_of_addresses_are_taken_apart() {
        let list = "\"Reyes, Ana\" <ana@example.com>; ben@example.org, <c@example.com>";
        let found: Vec<String> = all_in(list).into_iter().map(|email| email.whole).collect();
        assert_eq!(found, ["ana@example.com", "ben@example.org", "c@example.com"]);
        assert!(is_address_list(list));
        assert!(is_address_list("ana@example.com"));
        assert!(!is_address_list("write to ana@example.com today"));
        assert_eq!(all_in("see ana@example.com.").len(), 1);
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in ["", "ana", "@example.com", "ana@", "ana@example", "a b@example.com", "a@b@.com"] {
            assert_eq!(Email::parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in ".*") {
            Email::parse(&text);
            all_in(&text);
            is_address_list(&text);
        }
    }
}
