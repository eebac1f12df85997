//! HTML that opens from the disk: no script, no remote resource, every value escaped by one helper.

/// The text with `& < > " '` replaced, fit for element content and quoted attributes. Control characters that HTML
/// forbids become U+FFFD, so that they can neither hide nor end anything.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(character),
            control if control.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

/// The sentence that marks everything made in practice.
pub const PRACTICE: &str = "PRACTICE: made with invented data. Not evidence, not about a real person.";

/// A whole page without script and without remote resources, in the language `lang` (`en`). `title` is escaped here;
/// `body` is HTML already.
pub(crate) fn page(title: &str, lang: &str, practice: bool, body: &str) -> String {
    let (class, banner) = if practice {
        (" class=\"practice\"", format!("<p class=\"banner\" role=\"note\">{PRACTICE}</p>\n"))
    } else {
        ("", String::new())
    };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body{class}>\n{banner}<main>\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

pub(crate) const STYLE: &str = include_str!("page.css");
