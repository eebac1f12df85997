use super::*;
use crate::soql::tests::{officer, org, org_with};
use std::fmt::Write as _;

const CONTEXT: Context<'_> = Context { version: 60, base: "/services/data/v60.0", seen_until: None };

fn search(world: &World, text: &str) -> Result<SearchOutcome, SfError> {
    run(&Searcher::new(), world, officer(world), text, CONTEXT)
}

/// `Contact1 Contact2`: the object and the last digit of each id found, in order.
fn found(outcome: &SearchOutcome) -> String {
    let mut all = String::new();
    for record in &outcome.records {
        let object = record["attributes"]["type"].as_str().expect("a type");
        let url = record["attributes"]["url"].as_str().expect("a path");
        let id = url.rsplit('/').next().expect("an id");
        write!(all, "{}{object}{}", if all.is_empty() { "" } else { " " }, &id[14..15]).expect("writes");
    }
    all
}

#[test]
fn searches_find_what_holds_their_words() {
    let world = org();
    let cases = [
        ("FIND {pereira} RETURNING Contact", "Contact1 Contact2"),
        ("FIND {Ana Pereira} RETURNING Contact(Id, Name)", "Contact1 Contact2"),
        ("FIND {pereira AND NOT 555} RETURNING Contact", ""),
        ("FIND {per*} IN NAME FIELDS RETURNING Contact", "Contact1 Contact2"),
        ("FIND {p?reira} RETURNING Contact", "Contact1 Contact2"),
        ("FIND {óscar} RETURNING Contact", "Contact3"),
        ("FIND {O\\'Brien} RETURNING Contact", "Contact3"),
        ("FIND {oscar\\+shop@example.org} IN EMAIL FIELDS RETURNING Contact", "Contact3"),
        ("FIND {ana@example.com} IN EMAIL FIELDS RETURNING Contact, Lead", "Contact1 Contact2"),
        ("FIND {ana@example.com} IN NAME FIELDS RETURNING Contact", ""),
        ("FIND {4155550101} IN PHONE FIELDS RETURNING Contact", "Contact1 Contact2"),
        ("FIND {\\(415\\) 555\\-0101} IN PHONE FIELDS RETURNING Contact", "Contact1 Contact2"),
        ("FIND {\\+1 415 555 0101} IN PHONE FIELDS RETURNING Contact", "Contact1 Contact2"),
        ("FIND {\"example ana\"} RETURNING Contact", ""),
        ("FIND {old@example.com} RETURNING Contact", ""),
        ("FIND {wrote} RETURNING Case(Id, Subject), Contact", "Case1"),
        ("FIND {tents} RETURNING Note", "Note1"),
        ("FIND {txt} RETURNING Attachment", ""),
        ("FIND {lee OR late} RETURNING Lead, Case", "Lead1 Case1"),
        ("FIND {pereira} RETURNING Contact(Id WHERE DoNotCall = true)", "Contact1"),
        ("FIND {pereira} RETURNING Contact(Id ORDER BY Id DESC)", "Contact2 Contact1"),
        ("FIND {pereira} RETURNING Contact(Id ORDER BY Id LIMIT 1 OFFSET 1)", "Contact2"),
        ("FIND {pereira} RETURNING Contact LIMIT 1", "Contact1"),
        ("FIND {ancient} RETURNING Task", ""),
        ("FIND 'pereira' RETURNING Contact", "Contact1 Contact2"),
    ];
    for (text, expected) in cases {
        let outcome = search(world, text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(found(&outcome), expected, "{text}");
    }
}

#[test]
fn without_returning_every_searchable_object_is_searched_and_ids_come_back() {
    let world = org();
    let outcome = search(world, "FIND {pereira}").expect("answers");
    assert_eq!(found(&outcome), "Contact1 Contact2");
    assert_eq!(outcome.records[0].as_object().expect("a record").len(), 2, "attributes and Id");
}

#[test]
fn wrong_searches_are_refused() {
    let world = org();
    for (text, code) in [
        ("FIND {a-b} RETURNING Contact", "MALFORMED_SEARCH"),
        ("FIND {a} RETURNING Contact", "MALFORMED_SEARCH"),
        ("FIND pereira", "MALFORMED_SEARCH"),
        ("FIND {pereira} RETURNING Nope", "INVALID_TYPE"),
        ("FIND {pereira} RETURNING Contact(Nope)", "INVALID_FIELD"),
        ("FIND {pereira} RETURNING Contact(Id WHERE Email = 'x' OR)", "MALFORMED_QUERY"),
    ] {
        assert_eq!(search(world, text).expect_err(text).code, code, "{text}");
    }
}

#[test]
fn the_answer_is_a_bare_array_up_to_version_36() {
    let outcome = search(org(), "FIND {pereira} RETURNING Contact").expect("answers");
    assert!(outcome.to_json(36).is_array());
    assert_eq!(outcome.to_json(37)["searchRecords"].as_array().expect("records").len(), 2);
}

#[test]
fn rows_newer_than_the_index_are_not_found_yet() {
    let world = org();
    let seen_until = Some("2000-01-01T00:00:00Z".parse().expect("an instant"));
    let context = Context { seen_until, ..CONTEXT };
    let text = "FIND {pereira} RETURNING Contact";
    let outcome = run(&Searcher::new(), world, officer(world), text, context).expect("answers");
    assert_eq!(outcome.records.len(), 0);
}

#[test]
fn row_limits_depend_on_filters_and_on_the_number_of_objects() {
    let mut leads = "Id,LastName,Company\n".to_owned();
    for number in 0..2_300 {
        writeln!(leads, "00Q00000001{number:04},Many,Crowd").expect("writes");
    }
    let world = org_with("Lead", &leads);
    let searcher = Searcher::new();
    for (text, count) in [
        ("FIND {crowd} RETURNING Lead", 250),
        ("FIND {crowd} RETURNING Lead(Id ORDER BY Id)", 2000),
        ("FIND {crowd} RETURNING Lead(Id WHERE LastName = 'Many')", 2000),
        ("FIND {crowd} RETURNING Lead(Id LIMIT 300)", 250),
        ("FIND {crowd} RETURNING Lead(Id ORDER BY Id LIMIT 300)", 300),
        ("FIND {crowd} RETURNING Lead(Id ORDER BY Id), Contact", 250),
        ("FIND {crowd} RETURNING Lead(Id ORDER BY Id) LIMIT 7", 7),
        (
            "FIND {crowd} RETURNING Lead, Contact, Account, Case, Task, Event, Opportunity, CaseComment, Note, Order",
            200,
        ),
    ] {
        let outcome = run(&searcher, &world, officer(&world), text, CONTEXT).expect(text);
        assert_eq!(outcome.records.len(), count, "{text}");
    }
}

#[test]
fn a_request_by_parameters_finds_the_same() {
    let world = org();
    let searcher = Searcher::new();
    let ask = |request: &Value| parameterized(&searcher, world, officer(world), request, CONTEXT);
    let body = json!({ "q": "pereira", "in": "NAME", "fields": ["Id", "Name"], "spellCorrection": false,
        "sobjects": [{ "name": "Contact", "where": "DoNotCall = false", "orderBy": "Id", "limit": 5 }], "overallLimit": 10 });
    let outcome = ask(&body).expect("answers");
    assert_eq!(found(&outcome), "Contact2");
    assert_eq!(outcome.records[0]["Name"], "ANA PEREIRA");
    let parameter = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let get = from_query(&[
        parameter("q", "O'Brien"),
        parameter("sobject", "Contact,Lead"),
        parameter("Contact.fields", "Id,LastName"),
    ]);
    assert_eq!(found(&ask(&get).expect("answers")), "Contact3", "nothing in q needs an escape");
    assert_eq!(ask(&json!({ "sobjects": [] })).expect_err("no q").code, "MALFORMED_SEARCH");
    assert_eq!(ask(&json!([])).expect_err("no object").code, "JSON_PARSER_ERROR");
    assert_eq!(
        ask(&json!({ "q": "ab", "overallLimit": 2001 })).expect_err("too many").code,
        "NUMBER_OUTSIDE_VALID_RANGE"
    );
}
