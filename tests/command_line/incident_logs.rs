//! An incident's logs: gathered from a folder, a ZIP and the org, examined, decided.

use std::io::Write as _;
use std::path::Path;

use house_tests::{Desk, PracticeOrg, Said};
use serde_json::{Value, json};

fn opened(desk: &Desk, org: bool) -> String {
    let mut words =
        vec!["incident", "open", "--title", "A stolen token", "--discovered-at", "2026-10-29T10:00:00-07:00"];
    if org {
        words.extend(["--org", "practice"]);
    }
    desk.done(&words).view["incident"].as_str().expect("a number").to_owned()
}

fn practice_logs(desk: &Desk, set: &str) -> String {
    let folder = desk.path(set);
    desk.done(&["practice", "incident", "--logs", set, "--to", &folder]);
    folder
}

fn rules(said: &Said) -> Vec<&str> {
    said.view["findings"].as_array().expect("findings").iter().filter_map(|it| it["rule"].as_str()).collect()
}

fn source<'a>(gathered: &'a Value, kind: &str) -> &'a Value {
    gathered["sources"]
        .as_array()
        .and_then(|it| it.iter().find(|it| it["type"] == kind))
        .unwrap_or(&Value::Null)
}

#[test]
fn the_theft_is_found_step_by_step_and_weaker_in_the_free_logs() {
    let desk = Desk::new();
    let incident = opened(&desk, false);
    assert_eq!(incident, "I-2026-0001");
    assert_eq!(desk.run(&["incident", "find", &incident]).problem(), "not_gathered");
    let gathered = desk.done(&["incident", "gather", &incident, "--logs", &practice_logs(&desk, "all")]).view;
    assert_eq!(source(&gathered, "ApiEvent")["rows"], 1);
    assert_eq!(source(&gathered, "Login")["gaps"], json!([]));
    let again = desk.done(&["incident", "gather", &incident, "--logs", &desk.path("all")]).view;
    for kind in ["Login", "RestApi", "BulkJobs", "LoginHistory"] {
        let (one, two) = (source(&gathered, kind), source(&again, kind));
        assert_eq!(one["rows"], two["rows"], "{kind}: nothing counts twice");
        assert_eq!(two["duplicates"], one["rows"], "{kind}");
        assert_eq!(two["files"].as_u64(), one["files"].as_u64().map(|it| it * 2), "{kind}");
    }

    let found = desk.done(&["incident", "find", &incident]);
    let told = rules(&found);
    for rule in [
        "integration-new-address",
        "integration-script-client",
        "counts-many-objects",
        "measures-before-taking",
        "bulk-export-new-address",
        "bulk-job-deleted-new-address",
        "bulk-job-gone",
        "many-rows-read-new-address",
    ] {
        assert!(told.contains(&rule), "{rule} is not among {told:?}");
    }
    for one in found.view["findings"].as_array().expect("findings") {
        if one["rule"] != "bulk-job-gone" {
            assert_eq!(one["principal"], "sync@alder.example", "{one:#}");
            assert_eq!(one["principal_id"], "0055g0000000APcAAM");
            assert_eq!(one["app"], "Alder Sync", "{one:#}");
        }
        assert!(one["innocent_causes"].as_array().is_some_and(|it| !it.is_empty()));
    }
    let rows = found.view["findings"]
        .as_array()
        .and_then(|it| it.iter().find(|it| it["rule"] == "many-rows-read-new-address"))
        .expect("the query that took Californians");
    assert_eq!(rows["rung"], "query-text");
    assert!(rows["objects"].as_array().is_some_and(|it| it.contains(&json!("Contact"))));

    let ids = |strength: &str| -> Vec<String> {
        let said = desk.done(&["incident", "find", &incident, "--strength", strength]);
        let all = said.view["findings"].as_array().cloned().unwrap_or_default();
        all.iter().filter_map(|it| it["finding"].as_str().map(str::to_owned)).collect()
    };
    let (strong, balanced, everything) = (ids("strong"), ids("balanced"), ids("everything"));
    assert!(
        strong.iter().all(|it| balanced.contains(it)) && balanced.iter().all(|it| everything.contains(it))
    );
    assert!(!strong.is_empty() && strong.len() < balanced.len() && balanced.len() < everything.len());

    let finding = rows["finding"].as_str().expect("an id");
    desk.done(&["incident", "confirm", &incident, "--finding", finding, "--because", "Not ours"]);
    let dismissed = balanced.iter().find(|it| *it != finding).expect("another");
    desk.done(&["incident", "dismiss", &incident, "--finding", dismissed, "--because", "The vendor moved"]);
    let unknown = desk.run(&["incident", "confirm", &incident, "--finding", "F-0", "--because", "x"]);
    assert_eq!(unknown.problem(), "unknown_finding");
    let found = desk.done(&["incident", "find", &incident]);
    let status = |id: &str| {
        let all = found.view["findings"].as_array().cloned().unwrap_or_default();
        all.iter().find(|it| it["finding"] == id).map(|it| it["status"].clone())
    };
    assert_eq!(status(finding), Some(json!("confirmed")), "what was decided survives another find");
    assert_eq!(status(dismissed), Some(json!("dismissed")));
    assert_eq!(desk.done(&["incident", "show", &incident]).view["stage"], "scope");

    let free = opened(&desk, false);
    desk.done(&["incident", "gather", &free, "--logs", &practice_logs(&desk, "free")]);
    let found = desk.done(&["incident", "find", &free]);
    let told = rules(&found);
    for rule in
        ["integration-new-address", "integration-script-client", "bulk-export-new-address", "bulk-job-gone"]
    {
        assert!(told.contains(&rule), "{rule} is not among {told:?}");
    }
    assert!(!told.contains(&"many-rows-read-new-address"), "free logs count no rows");
    let missing: Vec<&str> = found.view["cannot_see"]
        .as_array()
        .expect("sources")
        .iter()
        .filter_map(|it| it["type"].as_str())
        .collect();
    assert!(missing.contains(&"ApiEvent") && missing.contains(&"RestApi"), "{missing:?}");
    assert_eq!(desk.done(&["ledger", "check"]).view["verdict"], "intact");
    let ledger = desk.done(&["ledger", "show"]).view.to_string();
    assert!(!ledger.contains("alder.example"), "the ledger holds no personal data");
}

#[test]
fn a_month_without_a_theft_is_nearly_silent() {
    let desk = Desk::new();
    let incident = opened(&desk, false);
    desk.done(&["incident", "gather", &incident, "--logs", &practice_logs(&desk, "clean")]);
    let found = desk.done(&["incident", "find", &incident]);
    assert!(rules(&found).len() <= 2, "{:?}", rules(&found));
    assert_eq!(
        rules(&desk.done(&["incident", "find", &incident, "--strength", "strong"])),
        Vec::<&str>::new()
    );
}

#[test]
fn logs_come_from_the_org_with_few_calls() {
    let org = PracticeOrg::serve(&[]);
    let desk = Desk::at(&org);
    let incident = opened(&desk, true);
    let span = ["--since", "2026-10-20", "--until", "2026-10-27"];
    let mut words = vec!["incident", "gather", incident.as_str(), "--from-org"];
    words.extend(span);
    let gathered = desk.done(&words).view;
    let login = source(&gathered, "Login");
    assert_eq!(login["files"], 8, "{gathered:#}");
    assert!(login["from"].as_str().is_some_and(|it| it.starts_with("2026-10-20")), "{login}");
    assert!(login["to"].as_str().is_some_and(|it| it.starts_with("2026-10-27")), "{login}");
    assert_eq!(source(&gathered, "User")["rows"], 4);
    assert!(gathered["support_case"].as_str().is_some_and(|it| it.contains("00D5g00000002bPEAQ")));
    let again = desk.done(&words).view;
    assert_eq!(source(&again, "Login")["duplicates"], 0, "no file is fetched twice");
    let found = desk.done(&["incident", "find", &incident]);
    assert!(rules(&found).contains(&"bulk-export-new-address"), "{:?}", rules(&found));
    let evidence = found.view["findings"][0]["evidence"][0]["source"].as_str().expect("a source");
    assert!(evidence.starts_with("EventLogFile/0AT"), "{evidence}");
    assert_eq!(desk.run(&["incident", "gather", &opened(&desk, false), "--from-org"]).problem(), "no_org");
    for narrowed in [
        vec!["incident", "gather", &incident, "--logs", "nowhere", "--since", "2026-10-20"],
        vec!["incident", "gather", &incident, "--logs", "nowhere", "--suspect-days"],
        vec!["incident", "gather", &incident, "--from-org", "--since", "2026-10-21", "--until", "2026-10-20"],
    ] {
        let said = desk.run(&narrowed);
        assert_eq!((said.code, said.problem()), (2, "usage"), "{narrowed:?} {said:?}");
    }
}

#[test]
fn only_the_days_with_suspects_are_fetched_when_asked() {
    let org = PracticeOrg::serve(&[]);
    let desk = Desk::at(&org);
    let incident = opened(&desk, true);
    let from_org = ["incident", "gather", &incident, "--from-org", "--suspect-days"];
    let fetched = |gathered: &Value| source(gathered, "RestApi")["files"].as_u64().unwrap_or_default();
    let before = desk.done(&from_org).view;
    assert_eq!(fetched(&before), 0, "nothing was found yet: {before:#}");
    assert!(before["cautions"].to_string().contains("were left in the org"), "{}", before["cautions"]);

    desk.done(&["incident", "gather", &incident, "--logs", &practice_logs(&desk, "free")]);
    let found = desk.done(&["incident", "find", &incident, "--strength", "everything"]).view;
    let days: std::collections::BTreeSet<&str> = found["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .flat_map(|it| [it["from"].as_str(), it["to"].as_str()])
        .filter_map(|at| at?.get(..10))
        .collect();
    let some = desk.done(&from_org).view;
    let lines = some["cautions"].to_string();
    assert_eq!(lines.matches("left in the org").count(), 1, "only what is left now: {lines}");
    let first = days.first().expect("a day");
    let rest = source(&some, "RestApi");
    assert!(rest["from"].as_str().is_some_and(|from| from.get(..10) >= Some(first)), "{rest}");
    let all = desk.done(&["incident", "gather", &incident, "--from-org"]).view;
    assert!(!all["cautions"].to_string().contains("left in the org"), "nothing is left: {}", all["cautions"]);
    let again = desk.done(&from_org).view;
    assert!(!again["cautions"].to_string().contains("left in the org"), "{}", again["cautions"]);
    assert!((1..fetched(&all)).contains(&fetched(&some)), "{} of {}", fetched(&some), fetched(&all));
}

#[test]
fn hostile_archives_and_files_get_a_sentence_each() {
    let desk = Desk::new();
    let incident = opened(&desk, false);
    let row = |n: u32| format!("\"Login\",\"20261020120000.{n:03}\",\"R{n}\",\"0055g00000002bP\"\n");
    let head = "\"EVENT_TYPE\",\"TIMESTAMP\",\"REQUEST_ID\",\"USER_ID\"\n";
    let file = format!("{head}{}{}{}", row(1), row(2), row(3));

    let mut zip = zip::ZipWriter::new(std::fs::File::create(desk.path("logs.zip")).expect("a file"));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [
        ("logs/Login.csv", file.clone().into_bytes()),
        ("../outside.csv", file.clone().into_bytes()),
        ("bomb.csv", vec![b'a'; 200 * 1024 * 1024]),
        ("readme.txt", b"hello\n".to_vec()),
    ] {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(&content).expect("content");
    }
    zip.finish().expect("a ZIP");
    let gathered = desk.done(&["incident", "gather", &incident, "--logs", &desk.path("logs.zip")]).view;
    let cautions = gathered["cautions"].to_string();
    assert_eq!(source(&gathered, "Login")["rows"], 3, "{gathered:#}");
    assert!(
        cautions.contains("leads out of the archive") && cautions.contains("far more than a log"),
        "{cautions}"
    );
    assert!(!Path::new(&desk.path("../outside.csv")).exists());

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let long: String = (10..5000).map(|n| row(n).replace("120000", &format!("{:06}", n % 100_000))).collect();
    packed.write_all(format!("{head}{long}").as_bytes()).expect("content");
    let packed = packed.finish().expect("a gzip");
    desk.write("cut.csv.gz", &packed[..packed.len() / 2]);
    let gathered = desk.done(&["incident", "gather", &incident, "--logs", &desk.path("cut.csv.gz")]).view;
    assert!(source(&gathered, "Login")["rows"].as_u64().is_some_and(|it| it > 3), "{gathered:#}");
    assert!(gathered["cautions"].to_string().contains("cut off or damaged"));

    let other = opened(&desk, false);
    let foreign = desk.write("foreign.csv", "name,colour\nx,y\n");
    let refused = desk.run(&["incident", "gather", &other, "--logs", &foreign]);
    assert_eq!((refused.code, refused.problem()), (1, "no_logs"), "{refused:?}");
    assert_eq!(desk.done(&["incident", "show", &other]).view["stage"], "gather", "nothing was kept");
    let missing = desk.run(&["incident", "gather", &other, "--logs", &desk.path("nowhere")]);
    assert_eq!(missing.problem(), "logs_unreadable");
}
