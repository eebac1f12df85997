//! Days to keep as an iCalendar file (RFC 5545), with alarms. What stands in it leaves the vault: no personal data.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// One day to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The same for the same clock at every export, so that a calendar replaces it instead of doubling it.
    pub uid: String,
    pub on: NaiveDate,
    pub summary: String,
    pub description: String,
}

/// When a calendar reminds: at nine in the morning, so many days before and on the day itself.
const ALARMS: [&str; 4] = ["-P6DT15H", "-P2DT15H", "-PT15H", "PT9H"];
/// A line has at most so many bytes before it is folded (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// The file. The same days and the same instant give the same bytes.
pub fn render(days: &[Day], made_at: DateTime<Utc>, practice: bool) -> String {
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line("PRODID:-//Habeas//Request clocks//EN");
    file.line("CALSCALE:GREGORIAN");
    file.line("METHOD:PUBLISH");
    for day in days {
        let mark = if practice { "PRACTICE: " } else { "" };
        let summary = escaped(&format!("{mark}{}", day.summary));
        let end = day.on.checked_add_days(Days::new(1)).unwrap_or(day.on);
        file.line("BEGIN:VEVENT");
        file.line(&format!("UID:{}", escaped(&day.uid)));
        file.line(&format!("DTSTAMP:{}", made_at.format("%Y%m%dT%H%M%SZ")));
        file.line(&format!("DTSTART;VALUE=DATE:{}", day.on.format("%Y%m%d")));
        file.line(&format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        file.line(&format!("SUMMARY:{summary}"));
        file.line(&format!("DESCRIPTION:{}", escaped(&day.description)));
        file.line("TRANSP:TRANSPARENT");
        for trigger in ALARMS {
            file.line("BEGIN:VALARM");
            file.line("ACTION:DISPLAY");
            file.line(&format!("TRIGGER:{trigger}"));
            file.line(&format!("DESCRIPTION:{summary}"));
            file.line("END:VALARM");
        }
        file.line("END:VEVENT");
    }
    file.line("END:VCALENDAR");
    file.0
}

#[derive(Default)]
struct File(String);

impl File {
    /// Adds a line, folded where it is too long, ended by CRLF.
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for letter in text.chars() {
            if used + letter.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(letter);
            used += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text as a value: backslash, comma, semicolon and line ends escaped, other control characters left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => value.extend(['\\', letter]),
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_whole_day_with_four_alarms_and_the_same_bytes_every_time() {
        let day = Day {
            uid: "R-2026-0001.us-ca.request.answer@vault".into(),
            on: "2026-12-31".parse().unwrap(),
            summary: "R-2026-0001: answer".into(),
            description:
                "Cal. Civ. Code § 1798.130(a)(2)(A); first line\nsecond, line with much more to say than fits"
                    .into(),
        };
        let at = "2026-11-21T10:00:00Z".parse().unwrap();
        let text = render(std::slice::from_ref(&day), at, false);
        for line in [
            "DTSTART;VALUE=DATE:20261231\r\n",
            "DTEND;VALUE=DATE:20270101\r\n",
            "DTSTAMP:20261121T100000Z\r\n",
            "UID:R-2026-0001.us-ca.request.answer@vault\r\n",
            "TRIGGER:PT9H\r\n",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
        assert_eq!(text.matches("BEGIN:VALARM").count(), 4);
        assert!(text.lines().all(|line| line.len() <= LONGEST_LINE), "long lines are folded");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("(A)\\; first line\\nsecond\\, line"), "{unfolded}");
        assert_eq!(text, render(&[day], at, false));
    }

    #[test]
    fn nothing_in_a_text_can_begin_a_line_of_its_own() {
        let day = Day {
            uid: "u".into(),
            on: "2026-12-31".parse().unwrap(),
            summary: "x\r\nEND:VEVENT\r\nATTENDEE:mailto:a@example.com".into(),
            description: String::new(),
        };
        let text = render(&[day], "2026-11-21T10:00:00Z".parse().unwrap(), true);
        assert_eq!(text.lines().filter(|it| it.starts_with("END:VEVENT")).count(), 1);
        assert!(!text.lines().any(|it| it.starts_with("ATTENDEE")), "{text}");
    }
}
