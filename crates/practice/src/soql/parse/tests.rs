use super::{parse, parse_returning};
use crate::soql::ast::{Condition, Item, Literal};
use proptest::prelude::*;

#[test]
fn whole_statements_are_read() {
    for good in [
        "SELECT Id FROM Contact",
        "select id from contact c where c.lastname = 'x' order by c.name desc nulls last limit 5 offset 2",
        "SELECT COUNT() FROM Lead WHERE (A__c = 1 AND B__c = 2) OR C__c = null",
        "SELECT COUNT(Id) n, MAX(CreatedDate) FROM Case GROUP BY Status HAVING COUNT(Id) > 1 ORDER BY COUNT(Id)",
        "SELECT Id, (SELECT Id, Name FROM Contacts WHERE Email != null LIMIT 2) FROM Account",
        "SELECT TYPEOF What WHEN Account THEN Phone, Name WHEN Case THEN Subject ELSE Name END FROM Task",
        "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case WHERE Status = 'New')",
        "SELECT FIELDS(ALL) FROM Order LIMIT 200",
        "SELECT Id FROM Group WHERE CreatedDate = LAST_N_DAYS:30 AND CreatedDate < TODAY",
        "SELECT Id FROM X__c WHERE M__c INCLUDES ('a;b', 'c') AND N__c EXCLUDES ('d')",
        "SELECT Id FROM Contact USING SCOPE mine WHERE Name LIKE 'a\\%%' WITH SECURITY_ENFORCED FOR VIEW",
        "SELECT a.Name, c.Id FROM Contact c, c.Account a WHERE NOT (a.Name = 'x')",
        "SELECT CALENDAR_YEAR(convertTimezone(CreatedDate)) FROM Lead GROUP BY ROLLUP(Status, Rating)",
        "SELECT Id FROM A__kav WHERE PublishStatus='Online' WITH DATA CATEGORY Geo__c AT (a__c, b__c) ORDER BY Id",
        "SELECT toLabel(Status) s FROM Lead WHERE Amount__c > -1.5",
    ] {
        if let Err(fault) = parse(good) {
            panic!("{good}: {}", fault.message);
        }
    }
}

#[test]
fn what_the_grammar_does_not_allow_is_malformed() {
    for wrong in [
        "",
        "SELECT",
        "SELECT * FROM Contact",
        "SELECT Id Contact",
        "SELECT Id FROM Contact WHERE",
        "SELECT Id FROM Contact WHERE a = 1 AND b = 2 OR c = 3",
        "SELECT Id FROM Contact WHERE a = 1 b = 2",
        "SELECT Id FROM Contact WHERE a IN ()",
        "SELECT Id FROM Contact WHERE a = 'x\\%'",
        "SELECT Id FROM Contact WHERE a = \"x\"",
        "SELECT Id FROM Contact WHERE a = :x",
        "SELECT Id FROM Contact WHERE a = 2026-13-40",
        "SELECT Id FROM Contact WHERE a = 2026-01-01T00:00:00",
        "SELECT Id FROM Contact LIMIT -1",
        "SELECT Id FROM Contact LIMIT 5 WHERE a = 1",
        "SELECT Id, FROM Contact",
        "SELECT Id FROM Contact -- note",
        "SELECT Id FROM Contact /* note */",
        "SELECT Id FROM Contact; DELETE",
        "SELECT TYPEOF What END FROM Task",
        "SELECT FIELDS(MOST) FROM Contact",
        "SELECT Id FROM Contact WHERE a = LAST_N_DAYS",
        "SELECT Id FROM Contact WHERE a = TODAY:3",
        "DELETE FROM Contact",
    ] {
        assert_eq!(parse(wrong).expect_err(wrong).code, "MALFORMED_QUERY", "{wrong}");
    }
}

#[test]
fn the_place_of_a_mistake_is_shown() {
    let fault = parse("SELECT Id FORM Contact WHERE").expect_err("a typo");
    assert!(fault.message.contains("ERROR at Row:1:Column:16"), "{}", fault.message);
    assert!(fault.message.ends_with("unexpected token: 'Contact'"), "{}", fault.message);
}

#[test]
fn nesting_without_end_is_too_complicated() {
    let deep = format!("SELECT Id FROM C WHERE {}a = 1{}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(parse(&deep).expect_err("deep").code, "QUERY_TOO_COMPLICATED");
}

#[test]
fn the_inside_of_a_returning_clause_is_read() {
    let query = parse_returning("Contact", "Id, Name WHERE Email = 'a@example.com' ORDER BY Id LIMIT 3")
        .expect("reads");
    assert_eq!(query.select.len(), 2);
    assert_eq!(query.limit, Some(3));
    assert!(parse_returning("Contact", "").expect("reads").select.is_empty());
}

proptest! {
    #[test]
    fn a_quoted_literal_means_exactly_the_text(meant in "\\PC{0,40}") {
        let quoted = meant.replace('\\', "\\\\").replace('\'', "\\'");
        let query = parse(&format!("SELECT Id FROM Contact WHERE Name = '{quoted}'")).expect("parses");
        let Some(Condition::Compare { right: Literal::Text(text), .. }) = query.filter else {
            panic!("not a comparison")
        };
        prop_assert_eq!(text.value, meant);
    }

    #[test]
    fn statements_made_of_any_words_never_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "SELECT", "Id", "FROM", "Contact", "WHERE", "=", "'x'", "(", ")", ",", "AND", "OR", "NOT", "IN",
                "LIKE", "ORDER", "BY", "LIMIT", "1", "COUNT", "TYPEOF", "WHEN", "THEN", "END", ".", "GROUP", "FIELDS",
                "ALL", "null", "TODAY", "LAST_N_DAYS", ":", "2026-01-01", "'", "HAVING",
            ]),
            0..30,
        )
    ) {
        if let Ok(query) = parse(&words.join(" ")) {
            prop_assert!(!query.select.is_empty());
            prop_assert!(query.select.iter().all(|item| !matches!(item, Item::TypeOf(it) if it.when.is_empty())));
        }
    }
}
