use super::*;

fn table(world: &World, text: &str) -> Vec<String> {
    rows(world, text)
        .into_iter()
        .map(|row| {
            let row = row.as_object().expect("a record").clone();
            assert_eq!(row["attributes"], json!({ "type": "AggregateResult" }));
            let cells = row.iter().filter(|(key, _)| *key != "attributes");
            cells.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn rows_are_put_together_into_groups() {
    let world = org();
    let cases: [(&str, &[&str]); 12] = [
        ("SELECT COUNT(Id) FROM Contact", &["expr0=4"]),
        ("SELECT COUNT(Email), COUNT_DISTINCT(Email) different FROM Contact", &["expr0=3 different=2"]),
        (
            "SELECT SUM(AnnualRevenue), AVG(AnnualRevenue) mean, MIN(Name), MAX(CreatedDate) FROM Account",
            &["expr0=1250.5 mean=625.25 expr1=\"Alder Supply\" expr2=\"2026-03-10T00:00:00.000+0000\""],
        ),
        ("SELECT COUNT(Id), SUM(AnnualRevenue) FROM Account WHERE Name = 'none'", &["expr0=0 expr1=null"]),
        (
            "SELECT Status, COUNT(Id) n FROM Case GROUP BY Status ORDER BY COUNT(Id) DESC",
            &["Status=\"New\" n=2", "Status=\"Closed\" n=1"],
        ),
        (
            "SELECT Status, COUNT(Id) n FROM Case GROUP BY Status ORDER BY n",
            &["Status=\"Closed\" n=1", "Status=\"New\" n=2"],
        ),
        ("SELECT Status FROM Case GROUP BY Status HAVING COUNT(Id) > 1", &["Status=\"New\""]),
        (
            "SELECT Account.Name, COUNT(Id) FROM Contact GROUP BY Account.Name ORDER BY Account.Name NULLS LAST",
            &["Name=\"Alder Supply\" expr0=2", "Name=\"Birch Traders\" expr0=1", "Name=null expr0=1"],
        ),
        (
            "SELECT CALENDAR_YEAR(CreatedDate), COUNT(Id) FROM Contact GROUP BY CALENDAR_YEAR(CreatedDate) ORDER BY CALENDAR_YEAR(CreatedDate)",
            &["expr0=2025 expr1=1", "expr0=2026 expr1=3"],
        ),
        (
            "SELECT Status, GROUPING(Status) g, COUNT(Id) n FROM Case GROUP BY ROLLUP(Status) ORDER BY COUNT(Id)",
            &["Status=\"Closed\" g=0 n=1", "Status=\"New\" g=0 n=2", "Status=null g=1 n=3"],
        ),
        (
            "SELECT Status s, Priority p FROM Case GROUP BY Status, Priority ORDER BY Status, Priority LIMIT 1",
            &["s=\"Closed\" p=\"Low\""],
        ),
        ("SELECT COUNT(Id) n FROM Case GROUP BY CUBE(Status, Priority) HAVING COUNT(Id) > 2", &["n=3"]),
    ];
    for (text, expected) in cases {
        assert_eq!(table(world, text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_grouped_is_refused() {
    let world = org();
    for (text, end) in [
        ("SELECT Name, COUNT(Id) FROM Account", "Field must be grouped or aggregated: Name"),
        ("SELECT Name FROM Account GROUP BY BillingCity", "Field must be grouped or aggregated: Name"),
        ("SELECT SUM(Name) FROM Account", "field Name does not support aggregate operator SUM"),
        (
            "SELECT COUNT(Id) FROM Account LIMIT 1",
            "Non-grouped query that uses overall aggregate functions cannot also use LIMIT",
        ),
        ("SELECT COUNT(Id) n, MAX(Name) n FROM Account", "duplicate alias: n"),
        (
            "SELECT COUNT(Id), Notes__c FROM Pet__c GROUP BY Notes__c",
            "field 'Notes__c' can not be grouped in a query call",
        ),
        ("SELECT Id FROM Account HAVING Name = 'x'", "HAVING clause requires a GROUP BY clause"),
    ] {
        let (code, message) = refusal(world, text, Options::default());
        assert_eq!(code, "MALFORMED_QUERY", "{text}");
        assert!(message.ends_with(end), "{text}: {message}");
    }
}
