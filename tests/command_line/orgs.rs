//! Connecting to an org, and who may see what there.

use house_tests::{Desk, PracticeOrg};

use crate::requests::small;

#[test]
fn an_org_says_who_we_are_and_what_we_cannot_see() {
    let org = PracticeOrg::serve(&["--org", &small(), "--tls"]);
    let desk = Desk::new();
    let added = desk.connect(&org, 1).view;
    assert_eq!(added["username"], "narrow@alder.example");
    let check = desk.done(&["org", "check", "practice"]).view;
    assert_eq!(check["username"], "narrow@alder.example");
    let blind = check["blind_spots"].to_string();
    assert!(blind.contains("Lead"), "a hidden object is a blind spot: {blind}");
    assert_eq!(desk.done(&["org", "list"]).view["orgs"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_org_says_until_when_it_keeps_its_logs() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::new();
    desk.connect(&org, 0);
    let mut logs = |now: &str| {
        desk.now = Some(now.to_owned());
        desk.done(&["org", "check", "practice"]).view["logs"].clone()
    };
    let then = logs("2026-11-01T12:00:00Z");
    let login = then.as_array().into_iter().flatten().find(|it| it["type"] == "Login").expect("sign-ins");
    assert_eq!(
        (&login["from"], &login["ages_out_on"]),
        (&"2026-10-05T00:00:00.000+0000".into(), &"2026-11-04".into()),
        "{login}"
    );
    let late = logs("2027-03-01T12:00:00Z");
    let kept_longer = late.as_array().into_iter().flatten().all(|log| log["ages_out_on"].is_null());
    assert!(kept_longer, "files that are older than usual: only the org knows: {late}");
}

#[test]
fn what_a_narrow_user_cannot_read_stands_in_the_coverage() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::new();
    desk.connect(&org, 1);
    let request = desk.open("delete", &crate::requests::ana());
    let located = desk.done(&["request", "locate", &request]).view;
    let lines = located["coverage"].as_array().expect("coverage");
    let line = |object: &str, field: Option<&str>| {
        lines
            .iter()
            .find(|it| it["object"] == object && it["field"].as_str() == field)
            .map(|it| it["outcome"].clone())
    };
    assert_eq!(line("Contact", Some("Birthdate")), Some("not-readable".into()));
    assert_eq!(line("Lead", None), Some("not-readable".into()));
}

#[test]
fn a_foreign_host_and_a_bad_token_add_no_org() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::new();
    let token = desk.write("token.txt", org.token(0));
    let add = |url: &str, token: &str| {
        desk.run(&["org", "add", "x", "--instance-url", url, "--access-token-file", token])
    };
    assert_eq!(add("http://example.com", &token).problem(), "org_address");
    assert_eq!(add("not a url", &token).problem(), "org_address");
    let bad = desk.write("bad.txt", "00D000000000000!nonsense");
    assert_eq!(add(org.instance_url(), &bad).code, 1);
    let empty = desk.write("empty.txt", "\n");
    assert_eq!(add(org.instance_url(), &empty).problem(), "token_unusable");
    assert_eq!(desk.done(&["org", "list"]).view["orgs"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_practice_vault_takes_no_org_at_salesforce_and_asks_it_nothing() {
    let desk = Desk::new();
    let token = desk.write("token.txt", "00D000000000000!nonsense");
    for host in ["https://alder.my.salesforce.com", "https://alder--test.sandbox.my.salesforce.com"] {
        let said = desk.run(&["org", "add", "alder", "--instance-url", host, "--access-token-file", &token]);
        // The token is good for nothing, and the answer would be another one if the org had been asked.
        assert_eq!((said.code, said.problem()), (1, "practice_vault"), "{host}");
    }
    let said = desk.run(&[
        "org",
        "login",
        "alder",
        "--login-url",
        "https://login.salesforce.com",
        "--client-id",
        "3MVG9.invented",
    ]);
    assert_eq!((said.code, said.problem()), (1, "practice_vault"));
    assert_eq!(desk.done(&["org", "list"]).view["orgs"].as_array().map(Vec::len), Some(0));
}
