//! What we keep about requests: found by person, counted by year, ended in time; and the package at the lower level.

use house_tests::{Desk, PracticeOrg, words_of_pdf};
use serde_json::json;

use crate::gates::desk_at;
use crate::requests::{ana, small};

#[test]
fn our_own_records_are_found_by_person_and_end_after_24_months() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = desk_at(&org, "2026-11-10T18:00:00Z");
    let request = desk.open("know-categories", &ana());
    desk.done(&["request", "identify", &request, "--points", "email,name"]);
    desk.done(&["request", "deny", &request, "--reason", "other", "--scope", "a note about Ana"]);
    desk.done(&["request", "close", &request, "--outcome", "granted"]);
    let open = desk.open("delete", &ana());

    let subject = desk.write("find.json", json!({ "emails": ["ANA.lindqvist@example.com"] }).to_string());
    let found = desk.done(&["records", "find", "--subject", &subject]).view["records"].clone();
    let numbers: Vec<&str> =
        found.as_array().expect("records").iter().filter_map(|it| it["request"].as_str()).collect();
    assert_eq!(numbers, [&request, &open]);
    assert_eq!(found[0]["keep_until"], "2028-11-10");
    assert!(found[0]["holds"].to_string().contains("subject"));
    let nobody = desk.write("nobody.json", json!({ "emails": ["nobody@example.com"] }).to_string());
    assert_eq!(desk.done(&["records", "find", "--subject", &nobody]).view["records"], json!([]));

    desk.now = Some("2028-11-10T18:00:00Z".to_owned());
    assert_eq!(desk.done(&["records", "sweep"]).view["shredded"], json!([]), "the last day is still kept");
    desk.now = Some("2028-11-11T18:00:00Z".to_owned());
    let swept = desk.done(&["records", "sweep"]).view;
    assert_eq!(swept["shredded"], json!([request]));
    assert_eq!(
        swept["kept"][0],
        json!({ "request": open, "keep_until": null }),
        "an open request is never swept"
    );
    let shown = desk.done(&["request", "show", &request]).view;
    assert_eq!((&shown["outcome"], &shown["identity"]), (&json!("granted"), &json!(null)));
    assert!(!shown.to_string().contains("a note about Ana"));
    let found = desk.done(&["records", "find", "--subject", &subject]).view["records"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(1), "nothing of the ended record is found");
    assert_eq!(desk.done(&["ledger", "check"]).view["verdict"], "intact");
    assert_eq!(desk.done(&["vault", "check"]).view["verdict"], "intact");
    assert_eq!(desk.done(&["records", "sweep"]).view["shredded"], json!([]), "once only");
}

#[test]
fn an_officer_keeps_records_longer_than_the_law_asks_never_shorter() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = desk_at(&org, "2026-11-10T18:00:00Z");
    let request = desk.open("opt-out", &ana());
    desk.done(&["request", "close", &request, "--outcome", "granted"]);
    let until = |desk: &Desk| {
        let subject = desk.write("find.json", json!({ "emails": ["ana.lindqvist@example.com"] }).to_string());
        desk.done(&["records", "find", "--subject", &subject]).view["records"][0]["keep_until"].clone()
    };
    assert_eq!(until(&desk), "2028-11-10");
    desk.done(&["settings", "set", "retention.records_months=36"]);
    assert_eq!(until(&desk), "2029-11-10");
    desk.now = Some("2028-11-11T18:00:00Z".to_owned());
    assert_eq!(desk.done(&["records", "sweep"]).view["shredded"], json!([]), "kept longer");
    assert_eq!(desk.run(&["settings", "set", "retention.records_months=12"]).problem(), "setting_unusable");
    desk.done(&["settings", "set", "retention.records_months="]);
    assert_eq!(desk.done(&["records", "sweep"]).view["shredded"], json!([request]));
}

#[test]
fn the_years_figures_stand_under_their_letters() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = desk_at(&org, "2026-11-12T18:00:00Z");
    for (kind, outcome) in
        [("delete", "partially_granted"), ("delete", "not-verified"), ("opt-out", "granted")]
    {
        let request = desk.open(kind, &ana());
        desk.done(&["request", "close", &request, "--outcome", outcome]);
    }
    desk.open("correct", &ana());
    desk.now = Some("2027-01-02T18:00:00Z".to_owned());
    let metrics = desk.done(&["metrics", "--year", "2026"]).view;
    let of = |letter: &str| {
        let figures = metrics["figures"].as_array().expect("figures");
        figures.iter().find(|it| it["letter"] == letter).cloned().expect("a letter")
    };
    let delete = of("A");
    assert_eq!(
        (&delete["received"], &delete["complied_in_part"], &delete["denied"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(delete["denied_because"]["unverifiable"], 1);
    assert_eq!((&delete["median_days"], &delete["mean_days"]), (&json!(10.0), &json!(10.0)));
    assert_eq!((&of("B")["open"], &of("B")["overdue"]), (&json!(1), &json!(1)));
    assert_eq!(of("E")["complied"], 1);
    assert_eq!((&metrics["publish_by"], &metrics["threshold_met"]), (&json!("2027-07-01"), &json!(null)));
    let many = desk.done(&["metrics", "--year", "2026", "--consumers", "10000000"]).view;
    assert_eq!(many["threshold_met"], true);
    let report = desk.path("report.pdf");
    let written = desk.done(&["metrics", "--year", "2026", "--to", &report]).view;
    assert_eq!(written["figures"], metrics["figures"]);
    let said =
        std::process::Command::new("pdftotext").args(["-layout", &report, "-"]).output().expect("pdftotext");
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    for words in ["Privacy requests of 2026", "(A) delete", "10.0", "none answered", "7102"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(desk.run(&["metrics", "--year", "2026", "--to", &report]).code, 1, "never overwrites");
    assert_eq!(desk.done(&["metrics", "--year", "2027"]).view["figures"][0]["received"], 0);
}

#[test]
fn below_the_high_level_specific_pieces_fall_back_to_categories() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, "2026-11-10T18:00:00Z");
    let request = desk.open("know-specific", &ana());
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact"]);
    desk.done(&["request", "identify", &request, "--points", "email"]);
    let folder = desk.path("none");
    assert_eq!(desk.run(&["request", "export", &request, "--to", &folder]).problem(), "not_yet");
    let said = desk.done(&["request", "identify", &request, "--points", "email,phone,name"]).view;
    assert_eq!((&said["identified"], &said["fallback"]), (&json!(false), &json!(true)), "no declaration");
    let folder = desk.path("categories");
    let exported = desk.done(&["request", "export", &request, "--to", &folder]).view;
    assert!(exported["note"].as_str().is_some_and(|it| it.contains("7024(a)")));
    for name in exported["files"].as_array().expect("files") {
        let path = format!("{folder}/{}", name.as_str().unwrap_or_default());
        // The bytes of a packed paper say nothing, and may hold any three digits by chance.
        let text = match path.ends_with(".pdf") {
            true => words_of_pdf(&path),
            false => std::fs::read_to_string(&path).expect("a file"),
        };
        assert!(!text.is_empty(), "{name}");
        assert!(
            !text.contains("ana.lindqvist@example.com")
                && !text.contains("555 0101")
                && !text.contains("5550101"),
            "{name}"
        );
    }
    let declaration = desk.write("declaration.pdf", "I declare under penalty of perjury …");
    let words =
        ["request", "identify", &request, "--points", "email,phone,name", "--declaration", &declaration];
    let said = desk.done(&words).view;
    assert_eq!((&said["level"], &said["identified"]), (&json!("reasonably high"), &json!(true)));
    let folder = desk.path("pieces");
    let export =
        |language: &str| desk.run(&["request", "export", &request, "--language", language, "--to", &folder]);
    assert_eq!(export("fr").problem(), "usage");
    let exported = export("es").view;
    assert!(exported["rows"].as_u64() > Some(3) && exported["note"].is_null());
    let start = std::fs::read_to_string(format!("{folder}/00-START-HERE.html")).expect("the start page");
    assert!(start.contains("<html lang=\"es\">") && start.contains("Sus datos personales"), "{start}");
    assert!(words_of_pdf(&format!("{folder}/your-data.pdf")).contains("Cómo leerlo"));
}

#[test]
fn a_request_for_categories_goes_from_opening_to_a_sealed_bundle() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = desk_at(&org, "2026-11-10T18:00:00Z");
    let request = desk.open("know-categories", &ana());
    desk.done(&["request", "identify", &request, "--points", "email,phone"]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    let exported = desk.done(&["request", "export", &request, "--to", &desk.path("categories")]).view;
    assert!(exported["rows"].as_u64() > Some(2), "{exported}");
    assert_eq!(desk.run(&["request", "rehearse", &request]).problem(), "not_yet", "nothing is to be changed");
    desk.done(&[
        "request",
        "letter",
        &request,
        "--kind",
        "know-categories",
        "--to",
        &desk.path("answer.pdf"),
    ]);
    desk.done(&["request", "close", &request, "--outcome", "granted"]);
    let bundle = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");
}
