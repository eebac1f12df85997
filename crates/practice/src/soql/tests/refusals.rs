use super::*;

const MALFORMED: &str = "MALFORMED_QUERY";
const FIELD: &str = "INVALID_FIELD";
const OPERATOR: &str = "INVALID_QUERY_FILTER_OPERATOR";

#[test]
fn refusals_carry_the_code_and_words_of_the_platform() {
    let world = org();
    let cases = [
        ("SELECT Nope FROM Contact", FIELD, "No such column 'Nope' on entity 'Contact'"),
        ("SELECT Account.Nope FROM Contact", FIELD, "No such column 'Nope' on entity 'Account'"),
        ("SELECT Nope.Name FROM Contact", FIELD, "Didn't understand relationship 'Nope' in field path"),
        ("SELECT Who.Birthdate FROM Task", FIELD, "No such column 'Birthdate' on entity 'Name'"),
        ("SELECT Id FROM Nope", "INVALID_TYPE", "sObject type 'Nope' is not supported"),
        (
            "SELECT Id, (SELECT Id FROM Nopes) FROM Contact",
            "INVALID_TYPE",
            "Didn't understand relationship 'Nopes'",
        ),
        ("SELECT Id, Id FROM Contact", MALFORMED, "duplicate field selected: Id"),
        ("SELECT Id, Account.Name, Contact.Account.name FROM Contact", MALFORMED, "duplicate field selected"),
        (
            "SELECT Id FROM Case WHERE Description = 'x'",
            FIELD,
            "field 'Description' can not be filtered in a query call",
        ),
        ("SELECT Id FROM Contact WHERE MailingAddress = 'x'", FIELD, "can not be filtered in a query call"),
        ("SELECT Id FROM Pet__c WHERE Secret__c = 'x'", FIELD, "can not be filtered in a query call"),
        (
            "SELECT Id FROM Pet__c ORDER BY Notes__c",
            MALFORMED,
            "field 'Notes__c' can not be sorted in a query call",
        ),
        (
            "SELECT Id FROM Contact WHERE Email = 5",
            FIELD,
            "must be of type string and should be enclosed in quotes",
        ),
        (
            "SELECT Id FROM Contact WHERE CreatedDate > '2026-01-01'",
            FIELD,
            "must be of type dateTime and should not be enclosed in quotes",
        ),
        ("SELECT Id FROM Contact WHERE CreatedDate > 2026-01-01", FIELD, "must be of type dateTime"),
        (
            "SELECT Id FROM Contact WHERE Birthdate = '1980-01-01'",
            FIELD,
            "must be of type date and should not",
        ),
        ("SELECT Id FROM Contact WHERE DoNotCall = 'true'", FIELD, "must be of type boolean"),
        ("SELECT Id FROM Contact WHERE DoNotCall > true", OPERATOR, "invalid operator on boolean field"),
        ("SELECT Id FROM Contact WHERE Id = 'x'", OPERATOR, "invalid ID field: x"),
        ("SELECT Id FROM Contact WHERE AccountId IN ('001000000000001AAB')", OPERATOR, "invalid ID field"),
        ("SELECT Id FROM Contact WHERE Id LIKE '003%'", OPERATOR, "invalid operator on id field"),
        (
            "SELECT Id FROM Contact WHERE CreatedDate LIKE '2%'",
            OPERATOR,
            "invalid operator on datetime field",
        ),
        ("SELECT Id FROM Contact WHERE Email INCLUDES ('x')", OPERATOR, "invalid operator on email field"),
        (
            "SELECT Id FROM Contact WHERE Email = 'a' OR Phone = 'b' AND Phone = 'c'",
            MALFORMED,
            "unexpected token: 'AND'",
        ),
        (
            "SELECT Id FROM Contact OFFSET 2001",
            "NUMBER_OUTSIDE_VALID_RANGE",
            "Maximum SOQL offset allowed is 2000",
        ),
        ("SELECT Id FROM Contact ALL ROWS", MALFORMED, "ALL ROWS not allowed in this context"),
        ("SELECT FIELDS(ALL) FROM Contact", MALFORMED, "must have a LIMIT of at most 200"),
        ("SELECT FIELDS(CUSTOM) FROM Contact LIMIT 201", MALFORMED, "must have a LIMIT of at most 200"),
        ("SELECT Id, FIELDS(STANDARD) FROM Contact", MALFORMED, "duplicate field selected: Id"),
        ("SELECT convertCurrency(AnnualRevenue) FROM Account", MALFORMED, "convertCurrency"),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT WhoId FROM Task)",
            MALFORMED,
            "Entity 'Task' is not supported for semi join inner selects",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT ParentId FROM Note)",
            MALFORMED,
            "Entity 'Note' is not supported",
        ),
        (
            "SELECT Id FROM Contact WHERE AccountId IN (SELECT AccountId FROM Contact)",
            MALFORMED,
            "The inner and outer selects should not be on the same object type",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case) OR Email = 'x'",
            MALFORMED,
            "only allowed at the top level",
        ),
        (
            "SELECT Id FROM Contact WHERE Name IN (SELECT ContactId FROM Case)",
            MALFORMED,
            "should be an id or reference field",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT Subject FROM Case)",
            MALFORMED,
            "must be an id or reference field",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case LIMIT 1)",
            MALFORMED,
            "cannot have ORDER BY, LIMIT or OFFSET",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case WHERE AccountId IN (SELECT Id FROM Account))",
            MALFORMED,
            "Nesting of semi join",
        ),
        (
            "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case) AND Id IN (SELECT ContactId FROM Case) AND Id IN (SELECT ContactId FROM Case)",
            MALFORMED,
            "at most 2 semi join",
        ),
        (
            "SELECT Id FROM ContentDocumentLink",
            MALFORMED,
            "ContentDocumentLink requires a filter by a single Id",
        ),
        (
            "SELECT Id FROM ContentDocumentLink WHERE ContentDocumentId != '069000000000001'",
            MALFORMED,
            "requires a filter",
        ),
        ("SELECT Id, Body FROM Attachment", MALFORMED, "single row"),
        ("SELECT Id FROM Note WHERE Body = 'x'", FIELD, "can not be filtered"),
        ("SELECT Id FROM ContactHistory WHERE OldValue = 'x'", FIELD, "can not be filtered"),
        ("SELECT Id FROM LoginHistory WHERE Application = 'x'", FIELD, "can not be filtered"),
        ("SELECT Id FROM SetupAuditTrail WHERE Display = 'x'", FIELD, "can not be filtered"),
        ("SELECT Action, COUNT(Id) FROM SetupAuditTrail GROUP BY Action", MALFORMED, "other than COUNT()"),
        ("SELECT COUNT() FROM EntityDefinition", MALFORMED, "not supported for EntityDefinition"),
        ("SELECT Label FROM FieldDefinition", MALFORMED, "A filter on a reified column is required"),
        (
            "SELECT Label FROM EntityDefinition WHERE QualifiedApiName != 'A'",
            MALFORMED,
            "Only equals comparisons permitted",
        ),
        (
            "SELECT Label FROM EntityDefinition WHERE QualifiedApiName = 'A' OR QualifiedApiName = 'B'",
            MALFORMED,
            "Disjunctions not supported",
        ),
        (
            "SELECT Id FROM Trail__b WHERE Day__c = 2026-01-01",
            "BIG_OBJECT_UNSUPPORTED_OPERATION",
            "may not have any gaps",
        ),
        (
            "SELECT Id FROM Trail__b WHERE Person__c != 'a'",
            "BIG_OBJECT_UNSUPPORTED_OPERATION",
            "unsupported filter operator",
        ),
        (
            "SELECT Id FROM Trail__b WHERE Person__c LIKE 'a%'",
            "BIG_OBJECT_UNSUPPORTED_OPERATION",
            "unsupported filter operator",
        ),
        (
            "SELECT Id FROM Trail__b WHERE Place__c = 'a'",
            "BIG_OBJECT_UNSUPPORTED_OPERATION",
            "index fields only",
        ),
        ("SELECT COUNT() FROM Stock__x", "EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION", "Aggregate"),
        ("SELECT Id FROM Stock__x WHERE Name__c LIKE 'a%'", "EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION", "LIKE"),
        ("SELECT TYPEOF Account WHEN Account THEN Id END FROM Contact", MALFORMED, "is not polymorphic"),
        ("SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Contact", MALFORMED, "too deep"),
    ];
    for (text, code, part) in cases {
        let (given, message) = refusal(world, text, Options::default());
        assert_eq!(given, code, "{text}: {message}");
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn an_unknown_field_is_pointed_at_in_four_lines() {
    let world = org();
    let (_, message) = refusal(world, "SELECT Id, Nope FROM Contact", Options::default());
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines[..4], ["", "SELECT Id, Nope FROM Contact", "           ^", "ERROR at Row:1:Column:12"]);
    assert!(lines[4].starts_with("No such column 'Nope' on entity 'Contact'. If you are attempting"));
    assert_eq!(lines.len(), 5);
}

#[test]
fn what_a_user_may_not_see_does_not_exist() {
    let world = org();
    let narrow = world.user("narrow@alder.example").expect("the narrow user");
    for (text, code) in [
        ("SELECT Birthdate FROM Contact", FIELD),
        ("SELECT Id FROM Contact WHERE Birthdate = null", FIELD),
        ("SELECT Id FROM Contact ORDER BY Birthdate", FIELD),
        ("SELECT Contact.Birthdate FROM Case", FIELD),
        ("SELECT Id FROM Lead", "INVALID_TYPE"),
    ] {
        let error = run(world, narrow, text, Options::default()).expect_err(text);
        assert_eq!(error.code, code, "{text}");
    }
    let all =
        run(world, narrow, "SELECT FIELDS(ALL) FROM Contact LIMIT 1", Options::default()).expect("answers");
    assert!(!all.columns().contains(&"Birthdate"), "FIELDS(ALL) leaves it out");
}

#[test]
fn bulk_takes_flat_statements_only() {
    let world = org();
    let bulk = Options { bulk: true, ..Options::default() };
    for text in [
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
        "SELECT COUNT() FROM Account",
        "SELECT COUNT(Id) FROM Account",
        "SELECT Name FROM Account GROUP BY Name",
        "SELECT Id FROM Account OFFSET 1",
        "SELECT TYPEOF What WHEN Account THEN Id END FROM Task",
        "SELECT MailingAddress FROM Contact",
        "SELECT FIELDS(ALL) FROM Contact LIMIT 1",
    ] {
        assert_eq!(refusal(world, text, bulk).0, "API_ERROR", "{text}");
    }
    assert!(ask_with(world, "SELECT Id, Account.Name FROM Contact", bulk).is_ok());
}

#[test]
fn subqueries_nest_by_version_and_are_counted() {
    let world = org();
    let deep = "SELECT Id, (SELECT Id, (SELECT Id FROM Cases) FROM Contacts) FROM Account";
    assert!(ask_with(world, deep, Options { version: 58, ..Options::default() }).is_ok());
    assert_eq!(refusal(world, deep, Options { version: 57, ..Options::default() }).0, MALFORMED);
    let one = "(SELECT Id FROM Contacts)";
    let many = format!("SELECT Id, {} FROM Account", vec![one; 21].join(", "));
    assert_eq!(refusal(world, &many, Options::default()).0, MALFORMED);
}

#[test]
fn statements_and_literals_have_a_greatest_length() {
    let world = org();
    let filler = format!("SELECT Id FROM Contact WHERE Email = '{}'", "x".repeat(4001));
    assert_eq!(refusal(world, &filler, Options::default()).0, MALFORMED);
    let longest = format!("SELECT Id FROM Contact WHERE Email = '{}'", "é".repeat(4000));
    assert!(ask_with(world, &longest, Options::default()).is_ok(), "4,000 characters are allowed");
    let statement = format!("SELECT Id FROM Contact{}", " ".repeat(100_000));
    assert_eq!(refusal(world, &statement, Options::default()).0, MALFORMED);
}
