//! What goes wrong with logs, exports and orgs in a leak: each gets its own count or sentence, and the rest is read on.

use std::io::Write as _;

use house_tests::{Desk, PracticeOrg, Said};
use serde_json::{Value, json};

const HEAD: &str = "EVENT_TYPE,TIMESTAMP,REQUEST_ID,USER_ID,SOURCE_IP\n";

fn row(n: u32) -> String {
    format!(
        "Login,20261020{:06}.000,R{n},0055g00000002bP,198.51.100.14\n",
        100_000 + n % 50 + n / 50 % 50 * 100
    )
}

fn opened(desk: &Desk, org: bool) -> String {
    let mut words = vec!["incident", "open", "--title", "T", "--discovered-at", "2026-10-29T10:00:00-07:00"];
    if org {
        words.extend(["--org", "practice"]);
    }
    desk.done(&words).view["incident"].as_str().expect("a number").to_owned()
}

/// Gathers one file into a new incident; gives what it says of the type, and its cautions.
fn gathered(desk: &Desk, name: &str, kind: &str, content: impl AsRef<[u8]>) -> (Value, String) {
    let file = desk.write(name, content);
    let view = desk.done(&["incident", "gather", &opened(desk, false), "--logs", &file]).view;
    let sources = view["sources"].as_array().expect("sources");
    let source = sources.iter().find(|it| it["type"] == kind).cloned().unwrap_or_default();
    (source, view["cautions"].to_string())
}

#[test]
fn broken_rows_cost_themselves_and_nothing_else() {
    let desk = Desk::new();
    let good: String = (0..200).map(row).collect();

    let open = "Login,20261020235900.000,RX,\"0055g00000002bP,198.51.100.14\n";
    let (login, cautions) = gathered(&desk, "quote.csv", "Login", format!("{HEAD}{}{open}{good}", row(900)));
    assert_eq!((&login["rows"], &login["bad_rows"]), (&json!(201), &json!(1)), "{login}");
    assert!(cautions.contains("not closed"), "{cautions}");

    let nul = good.replacen("R7,", "R\u{0}7,", 1);
    let (login, cautions) = gathered(&desk, "nul.csv", "Login", format!("{HEAD}{nul}"));
    assert_eq!(login["rows"], 200);
    assert!(cautions.contains("1 records hold bytes of zero"), "{cautions}");

    let mut latin = format!("{HEAD}{good}").into_bytes();
    let at = latin.windows(3).position(|it| it == b"R9,").expect("a row");
    latin[at] = 0xe9;
    let (login, cautions) = gathered(&desk, "latin.csv", "Login", latin);
    assert_eq!(login["rows"], 200);
    assert!(cautions.contains("ISO-8859-1"), "{cautions}");

    let mut long = HEAD.as_bytes().to_vec();
    long.extend_from_slice(b"Login,20261020090000.000,");
    long.resize(100_000_000, b'x');
    long.extend_from_slice(b",0055g00000002bP,198.51.100.14\n");
    long.extend_from_slice(good.as_bytes());
    let (login, cautions) = gathered(&desk, "long.csv", "Login", long);
    assert_eq!((&login["rows"], &login["bad_rows"]), (&json!(201), &json!(0)), "{login}");
    assert!(cautions.contains("longer than 4 MB"), "{cautions}");

    let (unknown, cautions) = gathered(
        &desk,
        "mixed.csv",
        "Login",
        format!("{HEAD}{good}")
            .replace("EVENT_TYPE,TIMESTAMP", "EVENT_TYPE,TIMESTAMP_DERIVED")
            .replacen("20261020100000.000", "2026-10-20T03:00:00.000-07:00", 1)
            .replacen("20261020100001.000", "2026-10-20T12:00:01.000+0200", 1),
    );
    assert_eq!(unknown["rows"], 200, "{cautions}");
    assert_eq!(unknown["from"], "2026-10-20T10:00:00Z", "every zone becomes UTC");

    let skewed = "EVENT_TYPE,TIMESTAMP,TIMESTAMP_DERIVED,REQUEST_ID,USER_ID\n\
                  Login,20261020100000.000,2026-10-20T10:00:00.000Z,R1,0055g00000002bP\n\
                  Login,20261020100100.000,2026-10-20T17:01:00.000Z,R2,0055g00000002bP\n\
                  Login,29261020100200.000,,R3,0055g00000002bP\n";
    let (login, cautions) = gathered(&desk, "skew.csv", "Login", skewed);
    assert_eq!(login["rows"], 3);
    assert!(
        cautions.contains("more than five minutes apart") && cautions.contains("later than now"),
        "{cautions}"
    );
}

#[test]
fn a_file_given_twice_is_one_file_twice() {
    let desk = Desk::new();
    let incident = opened(&desk, false);
    let text = format!("{HEAD}{}", (0..50).map(row).collect::<String>());
    let (one, two) = (desk.write("a.csv", &text), desk.write("b.csv", &text));
    let view = desk.done(&["incident", "gather", &incident, "--logs", &one, &two]).view;
    let login = &view["sources"][0];
    assert_eq!([&login["files"], &login["rows"], &login["duplicates"]], [&json!(2), &json!(50), &json!(50)]);
}

/// The incident of the practice theft, every strong finding confirmed.
fn confirmed(desk: &Desk, org: bool) -> String {
    let incident = opened(desk, org);
    let logs = desk.path("logs");
    if !std::path::Path::new(&logs).exists() {
        desk.done(&["practice", "incident", "--logs", "all", "--to", &logs]);
    }
    desk.done(&["incident", "gather", &incident, "--logs", &logs]);
    let found = desk.done(&["incident", "find", &incident, "--strength", "strong"]).view;
    for finding in found["findings"].as_array().expect("findings") {
        let finding = finding["finding"].as_str().expect("an id");
        desk.done(&["incident", "confirm", &incident, "--finding", finding, "--because", "Not ours"]);
    }
    incident
}

fn members(scope: &Value) -> [u64; 3] {
    let objects = scope["objects"].as_array().expect("objects");
    let it = objects.iter().find(|it| it["object"] == "Loyalty_Member__c").expect("members");
    ["proved", "probable", "upper_bound"].map(|key| it[key].as_u64().expect(key))
}

#[test]
fn an_org_that_changed_since_the_theft_is_counted_honestly() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let incident = confirmed(&desk, true);
    let before = desk.done(&["incident", "scope", &incident]).view;
    let [proved, _, upper] = members(&before);
    assert!(proved > 2, "{before:#}");
    let unknown = before["residents"]["unknown"]["upper_bound"].as_u64().expect("a number");
    assert!(unknown > 0, "people without an address stay visible");

    let query = "query/?q=SELECT+Id+FROM+Loyalty_Member__c+WHERE+Tier__c='Sequoia'+LIMIT+2";
    let found = org.get(query);
    let id = |n: usize| found["records"][n]["Id"].as_str().expect("an id").to_owned();
    org.delete("Loyalty_Member__c", &id(0));
    let after = desk.done(&["incident", "scope", &incident]).view;
    assert_eq!(members(&after), [proved, proved, upper], "what was deleted since is put back");

    org.edit("Loyalty_Member__c", &id(1), &json!({ "Tier__c": "Alder" }));
    let after = desk.done(&["incident", "scope", &incident]).view;
    assert_eq!(members(&after), [0, proved - 1, upper], "another number than the logged one proves nothing");
    let line =
        after["takings"].as_array().expect("takings").iter().find(|it| it["object"] == "Loyalty_Member__c");
    let line = line.expect("the query");
    assert_eq!((&line["rung"], &line["logged"]), (&json!("query-text"), &json!(proved)), "{line}");
}

#[test]
fn a_broken_export_counts_nothing_or_says_what_it_left_out() {
    let mut desk = Desk::new();
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let incident = confirmed(&desk, false);
    let scope = |path: &str| -> Said { desk.run(&["incident", "scope", &incident, "--export", path]) };
    let contact = |n: u32, quote: &str| format!("0035g000000{n:04}AAA,{quote}Ana{n},Reyes,CA\n");
    let whole: String = (0..40).map(|n| contact(n, "")).collect();
    let head = "Id,FirstName,LastName,MailingState\n";

    let none = desk.path("none");
    std::fs::create_dir_all(&none).expect("a folder");
    let no_id = desk.path("no-id");
    std::fs::create_dir_all(&no_id).expect("a folder");
    desk.write("no-id/Contact.csv", "FirstName,LastName\nAna,Reyes\n");
    let zipped = |name: &str, keep: usize| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("Contact.csv", zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(format!("{head}{whole}").as_bytes()).expect("content");
        let bytes = zip.finish().expect("a ZIP").into_inner();
        desk.write(name, &bytes[..bytes.len() - keep])
    };
    let bomb = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("Contact.csv", zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&vec![b'a'; 200 << 20]).expect("content");
        desk.write("bomb.zip", zip.finish().expect("a ZIP").into_inner())
    };
    for broken in
        [none, no_id, zipped("cut.zip", 40), bomb, desk.path("nowhere"), desk.write("text.zip", "hello")]
    {
        let said = scope(&broken);
        assert_eq!((said.code, said.problem()), (1, "export_unreadable"), "{broken}: {}", said.view);
        let message = said.view["problem"]["message"].to_string();
        assert!(message.contains("othing was counted"), "{message}");
    }
    let people = |said: &Said| said.view["persons"]["upper_bound"].as_u64().expect("a number");
    let whole = people(&scope(&zipped("whole.zip", 0)));
    assert!(whole >= 40);

    let open = desk.path("open");
    std::fs::create_dir_all(&open).expect("a folder");
    let broken: String = (0..40).map(|n| contact(n, if n == 7 { "\"" } else { "" })).collect();
    desk.write("open/Contact.csv", format!("{head}{broken}"));
    let said = scope(&open);
    assert_eq!(people(&said), whole - 1, "the line with the open quote");
    assert!(said.view["notes"].to_string().contains("1 records of Contact"), "{:#}", said.view["notes"]);
}
