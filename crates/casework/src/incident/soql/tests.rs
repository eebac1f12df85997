use super::*;
use crate::query::{Literal, Operator};

fn read(text: &str) -> Result<Logged, Unreadable> {
    let then = Then {
        today: NaiveDate::from_ymd_opt(2026, 10, 20).unwrap(),
        midnight: &|day| day.and_hms_opt(7, 0, 0).unwrap().and_utc(),
        holds_time: &|field| field.ends_with("Date"),
    };
    Logged::read(text, &then)
}

fn is(field: &str, value: &str) -> Condition {
    Condition::In { field: field.into(), values: vec![Literal::Text(value.into())] }
}

#[test]
fn a_whole_statement_is_read_into_its_parts() {
    let it = read(
        "select c.Id, c.Name, Contact.Email, (SELECT Id, Subject FROM Cases) from Contact c \
         WHERE (c.LastName = 'O\\'Brien' OR Email LIKE '%@example.com') AND IsDeleted = false AND MailingState NOT IN ('CA', null) \
         ORDER BY CreatedDate DESC NULLS LAST, Id LIMIT 50 OFFSET 10",
    )
    .unwrap();
    assert_eq!(it.object, "Contact");
    assert_eq!(it.taken, Taken::Fields(vec!["Email".into(), "Id".into(), "Name".into()]));
    assert_eq!(it.children, [("Cases".to_owned(), vec!["Id".to_owned(), "Subject".to_owned()])]);
    let expected = Condition::All(vec![
        Condition::Any(vec![
            is("LastName", "O'Brien"),
            Condition::Like { field: "Email".into(), parts: vec!["".into(), "@example.com".into()] },
        ]),
        Condition::In { field: "IsDeleted".into(), values: vec![Literal::Flag(false)] },
        Condition::Not(Box::new(Condition::Any(vec![
            Condition::Null { field: "MailingState".into() },
            is("MailingState", "CA"),
        ]))),
    ]);
    assert_eq!(it.condition, Some(expected));
    assert_eq!((it.limit, it.offset, it.order_by.len()), (Some(50), 10, 2));
    assert_eq!(it.order_by[0], Order { field: "CreatedDate".into(), descending: true, nulls_last: true });
    assert!(it.unread.is_empty() && !it.arbitrary());
}

#[test]
fn counting_takes_nothing() {
    for text in [
        "SELECT COUNT() FROM Contact",
        "select count(Id) n from Contact",
        "SELECT COUNT(Id), MAX(CreatedDate) FROM Case WHERE Status = 'New'",
    ] {
        assert_eq!(read(text).unwrap().taken, Taken::Nothing, "{text}");
    }
    let grouped = read("SELECT Email, COUNT(Id) FROM Contact GROUP BY Email HAVING COUNT(Id) > 1").unwrap();
    assert_eq!(grouped.taken, Taken::Fields(vec!["Email".into()]));
    assert!(!grouped.unread.is_empty());
    assert_eq!(read("SELECT FIELDS(ALL) FROM Lead LIMIT 200").unwrap().taken, Taken::Everything);
}

#[test]
fn names_of_days_mean_the_days_of_the_query() {
    let condition =
        |text: &str| read(&format!("SELECT Id FROM Case WHERE {text}")).unwrap().condition.unwrap();
    let at = |day: &str| Literal::DateTime(format!("{day}T07:00:00Z").parse().unwrap());
    let one = |operator, value| Condition::Compare { field: "CreatedDate".into(), operator, value };
    assert_eq!(
        condition("CreatedDate = LAST_N_DAYS:30"),
        Condition::All(vec![
            one(Operator::GreaterOrEqual, at("2026-09-20")),
            one(Operator::Less, at("2026-10-21")),
        ])
    );
    assert_eq!(condition("CreatedDate < TODAY"), one(Operator::Less, at("2026-10-20")));
    assert_eq!(condition("CreatedDate > yesterday"), one(Operator::GreaterOrEqual, at("2026-10-20")));
    assert_eq!(
        condition("Birthday__c = THIS_YEAR"),
        Condition::All(vec![
            Condition::Compare {
                field: "Birthday__c".into(),
                operator: Operator::GreaterOrEqual,
                value: Literal::Date(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()),
            },
            Condition::Compare {
                field: "Birthday__c".into(),
                operator: Operator::Less,
                value: Literal::Date(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()),
            },
        ])
    );
    assert_eq!(
        condition("CreatedDate >= 2026-10-01T00:00:00.000+0000"),
        one(Operator::GreaterOrEqual, Literal::DateTime("2026-10-01T00:00:00Z".parse().unwrap()))
    );
}

#[test]
fn what_cannot_be_followed_widens_the_question_and_is_said() {
    for (text, left) in [
        ("Name = 'A' AND Skills__c INCLUDES ('x;y')", Some(is("Name", "A"))),
        ("Name = 'A' AND AccountId IN (SELECT Id FROM Account WHERE Name = 'B')", Some(is("Name", "A"))),
        ("Name = 'A' OR Name LIKE 'A_c'", None),
        ("NOT (Name = 'A' AND CALENDAR_YEAR(CreatedDate) = 2026)", None),
        ("Name = :name", None),
        ("Name = 'A' AND CreatedDate = THIS_FISCAL_YEAR", Some(is("Name", "A"))),
    ] {
        let it = read(&format!("SELECT Id FROM Contact WHERE {text}")).unwrap();
        assert_eq!(it.condition, left, "{text}");
        assert_eq!(it.unread.len(), 1, "{text}");
    }
}

#[test]
fn a_text_that_is_cut_off_is_refused() {
    for text in [
        "",
        "SELECT",
        "SELECT Id FROM",
        "SELECT Id FROM Contact WHERE",
        "SELECT Id FROM Contact WHERE Name = 'abc",
        "SELECT Id FROM Contact WHERE Name = 'a' AND B = 'b' OR C = 'c'",
        "SELECT Id FROM Contact WHERE (Name = 'a'",
        "SELECT Id FROM Contact LIMIT x",
        "DELETE FROM Contact",
        "SELECT Id FROM Contact ; DROP",
        "SELECT Id FROM Contact, Contact.Account a",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    let deep = format!("SELECT Id FROM Contact WHERE {}A = 1{}", "(".repeat(90), ")".repeat(90));
    assert!(read(&deep).is_err());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_stumble(text in ".{0,200}") {
        let _ = read(&text);
        let _ = read(&format!("SELECT Id FROM Contact WHERE {text}"));
    }

    #[test]
    fn a_value_comes_back_out_of_its_quotes(value in "[^%_\u{E000}\u{E001}]{0,40}") {
        let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
        let it = read(&format!("SELECT Id FROM Contact WHERE Name = '{quoted}'")).unwrap();
        proptest::prop_assert_eq!(it.condition, Some(is("Name", &value)));
    }
}
