//! What must never be disclosed does not leave, wherever it stands; other people's details are masked.

use std::path::Path;

use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

fn org() -> PracticeOrg {
    PracticeOrg::serve(&["--org", &format!("{}/orgs/withheld", env!("CARGO_MANIFEST_DIR"))])
}

fn subject() -> Value {
    json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": ["+1 415 555 0101"] })
}

/// What the org holds and must never disclose (§ 7024(d)), as it is written there.
const IDENTIFIERS: [&str; 7] =
    ["219-09-9999", "219099999", "D1234567", "1111-1111", "G12345678", "DE89 3704", "hunter2!x"];

/// A request whose matches are accepted.
fn reviewed(desk: &Desk) -> String {
    let request = desk.open("know-specific", &subject());
    desk.done(&[
        "request",
        "identify",
        &request,
        "--points",
        "email,phone,name",
        "--declaration",
        &desk.write("declaration.txt", "I declare."),
    ]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    request
}

/// Every byte of every file below a folder, names included, as text.
fn everything(folder: &Path) -> String {
    let mut all = String::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            all.push_str(&path.to_string_lossy());
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push_str(&String::from_utf8_lossy(&std::fs::read(path).expect("a file")));
            }
        }
    }
    all
}

#[test]
fn an_export_shows_no_identifier_wherever_it_stood_and_says_what_is_withheld() {
    let org = org();
    let desk = Desk::at(&org);
    let request = reviewed(&desk);
    let exported = desk.done(&["request", "export", &request, "--to", &desk.path("package")]).view;
    let all = everything(&desk.folder.path().join("package"));
    for raw in IDENTIFIERS {
        assert!(!all.contains(raw), "{raw} left");
    }
    for harmless in ["Order 123456789", "1Z999AA10123456784", "case 00001026", "plain.pdf", "photo.png"] {
        assert!(all.contains(harmless), "{harmless} is missing");
    }
    let withheld = exported["withheld"].to_string();
    for what in [
        "a Social Security number",
        "a driver's license number",
        "a payment card number",
        "a passport number",
        "(IBAN)",
        "an account password",
    ] {
        assert!(
            withheld.contains(what) && all.contains(what.split('\'').next().unwrap_or_default()),
            "{what} is not described: {withheld}"
        );
    }
    let left_out = exported["not_exported"].as_array().expect("a list").len();
    assert_eq!(left_out, 3, "the Word file, the sheet and the PDF: {}", exported["not_exported"]);
    let unread = exported["unread"].to_string();
    assert!(unread.contains("picture") && unread.contains("encrypted"), "{unread}");
    // Not a part of a number: digests and the names of folders may hold any three digits by chance.
    let view = exported.to_string();
    for raw in IDENTIFIERS {
        assert!(!view.contains(raw), "the view itself shows {raw}");
    }
    let sealed = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &sealed]);
    assert_eq!(desk.done(&["verify", &sealed]).view["verdict"], "INTACT");
}

#[test]
fn other_people_are_proposed_for_masking_and_the_officers_word_counts() {
    let org = org();
    let desk = Desk::at(&org);
    let request = reviewed(&desk);
    let early = desk.write("early.csv", "mask,decision,reason\nK-1,accept,\n");
    assert_eq!(desk.run(&["request", "masks", &request, "--decisions", &early]).problem(), "not_yet");

    let proposed = desk.done(&["request", "masks", &request]).view;
    let masks = proposed["masks"].as_array().expect("masks");
    let of = |kind: &str, object: &str| {
        masks
            .iter()
            .find(|it| it["kind"] == kind && it["object"] == object)
            .unwrap_or_else(|| panic!("{kind} in {object}: {proposed}"))
    };
    let name = of("name", "CaseComment");
    assert!(name["before"].as_str().is_some_and(|it| it.contains("Bo Nilsson")));
    assert!(
        name["after"]
            .as_str()
            .is_some_and(|it| it.contains("[another person's name]") && !it.contains("Nilsson"))
    );
    assert!(name["reason"].as_str().is_some_and(|it| !it.is_empty()));
    let phone = of("phone", "CaseComment")["mask"].as_str().expect("an id").to_owned();
    of("email", "EmailMessage");
    assert!(!proposed.to_string().contains("219-09-9999"), "an excerpt shows no identifier either");
    assert!(
        masks.iter().all(|it| it["before"].as_str().is_some_and(|it| !it.contains("help@alder")))
            || masks.len() > 3
    );

    let bad = desk.write("bad.csv", format!("mask,decision,reason\n{phone},decline,\n"));
    assert_eq!(
        desk.run(&["request", "masks", &request, "--decisions", &bad]).problem(),
        "decisions_unusable"
    );
    let good =
        desk.write("good.csv", format!("mask,decision,reason\n{phone},decline,it is the shop's own line\n"));
    let decided = desk.done(&["request", "masks", &request, "--decisions", &good]).view;
    assert_eq!((&decided["accept"], &decided["decline"]), (&json!(0), &json!(1)));

    let exported = desk.done(&["request", "export", &request, "--to", &desk.path("package")]).view;
    assert_eq!(exported["let_stand"], 1);
    assert!(exported["masked"].as_u64().is_some_and(|it| it >= 3), "{exported}");
    let all = everything(&desk.folder.path().join("package"));
    for raw in ["Bo Nilsson", "bo.nilsson@example.com"] {
        assert!(!all.contains(raw), "{raw} is undecided and must be masked");
    }
    assert!(all.contains("415-555-0102"), "the declined mask is not applied");
    assert!(all.contains("ana.lindqvist@example.com"));
    assert!(exported["withheld"].to_string().contains("1798.145") || all.contains("1798.145(k)"));

    let unread = exported["unread"][0]["mask"].as_str().expect("an id").to_owned();
    let out = desk.write("out.csv", format!("mask,decision,reason\n{unread},accept,not looked at\n"));
    desk.done(&["request", "masks", &request, "--decisions", &out]);
    let again = desk.done(&["request", "export", &request, "--to", &desk.path("second")]).view;
    assert_eq!(
        again["unread"].as_array().map(Vec::len),
        Some(1),
        "one of two unread files is left out: {again}"
    );

    let ledger = desk.done(&["ledger", "show"]).view.to_string();
    for personal in ["Nilsson", "555-0102", "5550102", "shop's own"] {
        assert!(!ledger.contains(personal), "{personal} stands in the ledger");
    }
}
