//! Scope of a leak where one object is large: read by Bulk API 2.0, page by page, in a handful of calls.

use std::fmt::Write as _;

use house_tests::{Desk, PracticeOrg};
use serde_json::Value;

/// More than one page of a Bulk job's results.
const CONTACTS: u64 = 20_400;

const ORG: &str = r#"
[org]
id = "00D5g00000002bPEAQ"
name = "Alder & Finch, large"
edition = "Enterprise Edition"
features = ["EventMonitoring"]
zone = "America/Los_Angeles"
now = "2026-11-02T09:00:00Z"
standard_objects = ["Account", "Contact"]

[limits]
daily_api_requests = 100000
used_api_requests = 0

[[user]]
id = "0055g00000002bPAAQ"
username = "officer@alder.example"
profile = "System Administrator"
system_permissions = ["ApiEnabled", "ViewAllData", "ModifyAllData", "QueryAllFiles", "ViewSetup", "ViewAllUsers", "ViewEventLogFiles", "ManageUsers"]

[[user]]
id = "0055g0000000APcAAM"
username = "sync@alder.example"
profile = "Integration"
system_permissions = ["ApiEnabled", "ApiUserOnly", "ViewAllData", "ModifyAllData"]
"#;

/// An org folder in which every second contact lives in Texas, the others in California.
fn large_org(desk: &Desk) -> String {
    let folder = desk.path("large");
    std::fs::create_dir_all(desk.path("large/records")).expect("a folder");
    desk.write("large/org.toml", ORG);
    let mut rows = String::from("Id,FirstName,LastName,Email,MailingState,MailingCountry,CreatedDate\n");
    for n in 0..CONTACTS {
        let state = if n % 2 == 0 { "California" } else { "Texas" };
        writeln!(
            rows,
            "0035g00000{n:05},Kim,Person{n},person{n}@example.com,{state},United States,2026-01-05T10:00:00Z"
        )
        .expect("a row");
    }
    desk.write("large/records/Contact.csv", rows);
    folder
}

/// The logs of the practice theft in which a Bulk job of the same query took this org's contacts.
fn logs(desk: &Desk) -> String {
    let folder = desk.path("logs");
    desk.done(&["practice", "incident", "--logs", "all", "--to", &folder]);
    // Its list of ids is of another org.
    std::fs::remove_file(desk.path("logs/ApiEvent.csv")).expect("the file");
    let jobs = desk.path("logs/BulkApi2_2026-10-27.csv");
    let text = std::fs::read_to_string(&jobs).expect("the file");
    assert!(text.contains("\"Contact\",\"3590\""), "{text}");
    desk.write("logs/BulkApi2_2026-10-27.csv", text.replace("\"3590\"", &format!("\"{CONTACTS}\"")));
    folder
}

fn numbers(value: &Value) -> [u64; 3] {
    ["proved", "probable", "upper_bound"].map(|key| value[key].as_u64().expect(key))
}

/// An incident in which every strong finding on these logs is confirmed.
fn confirmed(desk: &Desk) -> String {
    let open =
        ["incident", "open", "--title", "T", "--discovered-at", "2026-10-28T16:00:00Z", "--org", "practice"];
    let incident = desk.done(&open).view["incident"].as_str().expect("a number").to_owned();
    desk.done(&["incident", "gather", &incident, "--logs", &logs(desk)]);
    let found = desk.done(&["incident", "find", &incident, "--strength", "strong"]).view;
    for finding in found["findings"].as_array().expect("findings") {
        let finding = finding["finding"].as_str().expect("an id");
        desk.done(&["incident", "confirm", &incident, "--finding", finding, "--because", "Not ours"]);
    }
    incident
}

#[test]
fn a_large_object_is_counted_through_bulk_jobs_and_not_call_by_call() {
    let desk = Desk { now: Some("2026-11-02T18:00:00Z".to_owned()), ..Desk::new() };
    // The second page of results breaks off twice.
    let cut = "[[fault]]\nkind = \"cut\"\npath = \"*/results\"\nafter = 1\ntimes = 2\n";
    let faults = desk.write("faults.toml", cut);
    let org = PracticeOrg::serve(&["--org", &large_org(&desk), "--faults", &faults]);
    desk.connect(&org, 0);
    let incident = confirmed(&desk);
    let before = org.calls().len();
    let scope = desk.done(&["incident", "scope", &incident]).view;
    let calls = org.calls().split_off(before);

    let objects = scope["objects"].as_array().expect("objects");
    let contacts = objects.iter().find(|it| it["object"] == "Contact").map(numbers);
    assert_eq!(contacts, Some([CONTACTS; 3]), "no page is counted twice or left out: {}", scope["objects"]);
    assert_eq!(numbers(&scope["persons"]), [CONTACTS; 3]);
    for state in ["US-CA", "US-TX"] {
        assert_eq!(numbers(&scope["residents"][state]), [CONTACTS / 2; 3], "{state}");
    }
    let count = |method: &str, part: &str| {
        let path = |it: &Value| it["path"].as_str().unwrap_or_default().contains(part);
        calls.iter().filter(|it| it["method"] == method && path(it)).count()
    };
    let (jobs, second) = (count("POST", "/jobs/query"), count("GET", "&locator="));
    assert!((1..5).contains(&jobs) && second > 0, "{jobs} jobs, {second} second pages");
    assert!(calls.len() < 60, "{} calls for {CONTACTS} records", calls.len());
}
