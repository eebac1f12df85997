//! Letters on a real case: every kind, both languages, and what refuses one.

use std::process::Command;

use house_tests::{Desk, PracticeOrg, Said, words_of_pdf};
use serde_json::json;

use crate::requests::{ana, rehearsed, small};

/// Writes a letter with these further arguments into a file of its own.
fn letter(desk: &Desk, request: &str, kind: &str, more: &[&str]) -> (Said, String) {
    let n = std::fs::read_dir(desk.folder.path()).expect("the folder").count();
    let to = desk.path(&format!("{kind}-{n}.pdf"));
    let arguments = [&["request", "letter", request, "--kind", kind, "--to", to.as_str()], more].concat();
    (desk.run(&arguments), to)
}

/// A letter that must be written; gives its text.
fn written(desk: &Desk, request: &str, kind: &str, more: &[&str]) -> String {
    let (said, to) = letter(desk, request, kind, more);
    assert_eq!(said.code, 0, "{kind} {more:?}: {} {}", said.view, said.messages);
    words_of_pdf(&to)
}

#[test]
fn every_letter_can_be_written_on_a_real_case_in_both_languages() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-05T17:00:00Z".to_owned());
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "export", &request, "--to", &desk.path("package")]);

    let early = letter(&desk, &request, "deletion", &[]).0;
    assert_eq!((early.code, early.problem()), (1, "not_yet"), "nothing is confirmed before it was proved");

    desk.done(&["request", "approve", &request, "--plan", &digest]);
    desk.done(&["request", "carry-out", &request, "--plan", &digest, "--purge"]);
    desk.done(&["request", "prove", &request]);
    let denied = ["--set", "because=The records are part of a court case."];
    let corrected = ["--set", "granted=yes", "--set", "corrected=Your postal address"];
    for kind in [
        "receipt",
        "identity",
        "extension",
        "know-categories",
        "know-specific",
        "deletion",
        "denial",
        "correction",
        "opt-out",
        "provider-instruction",
    ] {
        let mut more: Vec<&str> = match kind {
            "denial" => denied.to_vec(),
            "correction" => corrected.to_vec(),
            "opt-out" => vec!["--set", "stopped_on=November 4, 2026", "--set", "covers=Everything."],
            _ => Vec::new(),
        };
        let english = written(&desk, &request, kind, &more);
        assert!(english.contains("Our reference: R-2026-0001"), "{kind}: {english}");
        assert!(english.contains("November 2, 2026"), "{kind} names the day of receipt: {english}");
        assert!(!english.contains("219-09-9999"), "{kind} shows a Social Security number");
        more.extend(["--language", "es"]);
        let spanish = written(&desk, &request, kind, &more);
        assert!(spanish.contains("Nuestra referencia: R-2026-0001"), "{kind}: {spanish}");
        assert!(spanish.contains("2 de noviembre de 2026"), "{kind}: {spanish}");
    }
    let deletion = written(&desk, &request, "deletion", &[]);
    for sentence in
        ["We deleted 7 records about you.", "We keep a record of your request", "at least 24 months"]
    {
        assert!(deletion.contains(sentence), "{deletion}");
    }
    let receipt = written(&desk, &request, "receipt", &[]);
    assert!(receipt.contains("December 17, 2026"), "45 days after November 2: {receipt}");
    assert!(receipt.contains("January 31, 2027"), "90 days after November 2: {receipt}");
    let categories = written(&desk, &request, "know-categories", &[]);
    assert!(categories.contains("category A") && categories.contains("category D"), "{categories}");
    assert!(categories.contains("We did not sell or share your personal information"), "{categories}");
    let specific = written(&desk, &request, "know-specific", &[]);
    assert!(specific.contains("a Social Security number") && specific.contains("7 records"), "{specific}");
    let note = letter(&desk, &request, "opt-out", &["--set", "stopped_on=x", "--set", "covers=x"]).0;
    assert!(note.view["notes"].to_string().contains("does not answer"), "{}", note.view);
}

#[test]
fn what_the_law_forbids_is_refused_with_the_reason() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = Desk::at(&org);
    for kind in ["opt-out", "limit"] {
        let request = desk.open(kind, &ana());
        let (said, to) = letter(&desk, &request, "identity", &[]);
        assert_eq!((said.code, said.problem()), (1, "identity_forbidden"));
        assert!(said.view.to_string().contains("7060(b)") && !std::path::Path::new(&to).exists());
        assert_eq!(letter(&desk, &request, "extension", &[]).0.problem(), "no_extension");
        let confirmed = written(&desk, &request, "opt-out", &[]);
        assert!(confirmed.contains("We will not ask you to change your mind before"), "{confirmed}");
        assert_eq!(confirmed.contains("sensitive"), kind == "limit", "{confirmed}");
    }
    let request = desk.open("delete", &ana());
    desk.now = Some("2026-12-17T20:00:00Z".to_owned());
    let on_time = written(&desk, &request, "extension", &[]);
    assert!(
        on_time.contains("January 31, 2027") && on_time.contains("confirm who made the request"),
        "{on_time}"
    );
    desk.now = Some("2026-12-18T20:00:00Z".to_owned());
    let late = letter(&desk, &request, "extension", &[]).0;
    assert_eq!((late.code, late.problem()), (1, "extension_late"));
    assert!(late.view.to_string().contains("2026-12-17"));
}

#[test]
fn an_unknown_an_empty_and_an_identifying_blank_refuse_the_letter() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let request = desk.open("delete", &ana());
    for (set, code, named) in [
        ("shoe_size=43", "letter_blank", "shoe_size"),
        ("recipient= ", "letter_blank", "recipient"),
        ("contact=", "letter_blank", "business.contact"),
        ("recipient=Ana, 219-09-9999", "letter_identifier", "recipient"),
    ] {
        let (said, to) = letter(&desk, &request, "receipt", &["--set", set]);
        assert_eq!((said.code, said.problem()), (1, code), "{set}");
        let sentence = said.view.to_string();
        assert!(sentence.contains(named) && !sentence.contains("219-09-9999"), "{sentence}");
        assert!(!std::path::Path::new(&to).exists(), "nothing is written");
    }
    assert_eq!(
        letter(&desk, &request, "know-categories", &[]).0.problem(),
        "letter_blank",
        "nothing was located"
    );
    assert_eq!(letter(&desk, &request, "poem", &[]).0.problem(), "usage");
    assert_eq!(letter(&desk, &request, "receipt", &["--language", "fr"]).0.problem(), "usage");
    desk.done(&["settings", "set", "business.name=Wren & Daughters, Inc."]);
    assert!(written(&desk, &request, "receipt", &[]).contains("Wren & Daughters, Inc."));
    assert_eq!(desk.run(&["settings", "set", "business.moon=full"]).problem(), "usage");
}

#[test]
fn an_edited_wording_is_used_and_what_was_changed_goes_into_the_evidence() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let request =
        desk.open("delete", &json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"] }));
    let ours = desk.path("receipt.md");
    desk.done(&["wording", "receipt", "--to", &ours]);
    let text = std::fs::read_to_string(&ours).expect("the wording");
    let mine = desk.write("mine.md", text.replace("This letter confirms it", "We gladly confirm it"));
    let (said, to) = letter(&desk, &request, "receipt", &["--wording", &mine]);
    assert_eq!((said.code, said.view["edited"].as_bool()), (0, Some(true)), "{}", said.view);
    assert!(words_of_pdf(&to).contains("We gladly confirm it"));
    assert_eq!(letter(&desk, &request, "receipt", &["--wording", &ours]).0.view["edited"], false);
    for (bad, code) in [
        (text.replace("{{ answer_by }}", "soon"), "letter_wording"),
        (text.replace("{{ answer_by }}", "{{ some_day }}"), "letter_blank"),
        (format!("{text}{{% if %}}"), "letter_wording"),
    ] {
        let file = desk.write("bad.md", bad);
        assert_eq!(letter(&desk, &request, "receipt", &["--wording", &file]).0.problem(), code);
    }
    let bundle = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &bundle]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&bundle).expect("the bundle")).expect("a ZIP");
    let mut changes = String::new();
    let mut file = archive.by_name("letters/01-receipt.changes.txt").expect("what was changed");
    std::io::Read::read_to_string(&mut file, &mut changes).expect("text");
    assert!(changes.contains("+") && changes.contains("We gladly confirm it"), "{changes}");
}

#[test]
fn an_encrypted_package_opens_in_seven_zip_with_its_password_and_not_without() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let request = desk.open("know-specific", &ana());
    let declaration = desk.write("declaration.pdf", "I declare under penalty of perjury …");
    desk.done(&[
        "request",
        "identify",
        &request,
        "--points",
        "email,phone,name",
        "--declaration",
        &declaration,
    ]);
    desk.done(&["request", "locate", &request]);
    let export = |to: &str, password: &str| {
        let file = desk.write("password.txt", format!("{password}\n"));
        let to = desk.path(to);
        desk.run(&["request", "export", &request, "--to", &to, "--zip-password-file", &file])
    };
    assert_eq!(export("weak", "short").problem(), "password_short");
    let view = export("locked", "correct horse battery").view;
    assert_eq!(
        (view["encrypted"].as_bool(), view["files"].clone()),
        (Some(true), json!(["R-2026-0001.zip"]))
    );
    let zip = format!("{}/R-2026-0001.zip", desk.path("locked"));
    let unpack = |password: &str, to: &str| {
        let said = Command::new("7z")
            .args(["x", "-y", &format!("-p{password}"), &format!("-o{}", desk.path(to)), &zip])
            .output()
            .expect("7z: cargo xtask test installs it");
        said.status.success()
    };
    assert!(!unpack("wrong horse battery", "no"));
    assert!(unpack("correct horse battery", "yes"));
    let start =
        std::fs::read_to_string(desk.folder.path().join("yes/00-START-HERE.html")).expect("a start page");
    assert!(start.contains("Your personal data") && start.contains("Period covered"));
    let text = words_of_pdf(&desk.path("yes/your-data.pdf"));
    assert!(text.contains("Ana Lindqvist") && !text.contains("219-09-9999"), "{text}");
    let letter = written(&desk, &request, "know-specific", &[]);
    assert!(letter.contains("locked with a password"), "{letter}");
    let hash = view["sha256"].as_str().expect("a hash");
    assert!(letter.replace(' ', "").contains(hash), "the letter names the hash of the ZIP: {letter}");
}

#[test]
fn a_letter_tells_what_was_decided_in_the_officers_words_and_what_was_corrected_once_it_was() {
    let org = PracticeOrg::serve(&["--org", &format!("{}/orgs/values", env!("CARGO_MANIFEST_DIR"))]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-05T17:00:00Z".to_owned());
    let request = desk.open(
        "correct",
        &json!({ "names": ["Ana Lindqvist"], "emails": ["ana@old.example.com"], "phones": ["+1 415 555 0101"] }),
    );
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    desk.done(&["request", "locate", &request]);
    desk.done(&["request", "extend", &request, "--because", "Her old file is on paper."]);
    let later = written(&desk, &request, "extension", &[]);
    assert!(later.contains("Her old file is on paper."), "{later}");

    let item = |field: &str, claimed: &str, decision: &str| {
        json!({ "object": "Contact", "id": "0035g00000ANA01", "field": field, "claimed": claimed, "decision": decision,
            "because": "Her passport shows it." })
    };
    let mut denied = item("LastName", "Berg", "deny");
    denied["basis"] = json!("accurate");
    denied["nature"] = json!("objective");
    denied["obtained"] = json!("from herself");
    let mut granted = item("Email", "ana.lindqvist@example.com", "grant");
    granted["source"] = json!({ "name": "Invented Lists Ltd" });
    let file = desk.write("corrections.json", json!({ "corrections": [granted, denied] }).to_string());
    desk.done(&["request", "correct", &request, "--file", &file, "--with-copies"]);
    let early = letter(&desk, &request, "correction", &[]).0;
    assert_eq!(early.problem(), "letter_blank", "nothing was corrected yet: {early:?}");
    let digest = desk.done(&["request", "rehearse", &request]).view["plan"]["digest"].clone();
    let digest = digest.as_str().unwrap_or_default();
    desk.done(&["request", "approve", &request, "--plan", digest]);
    desk.done(&["request", "carry-out", &request, "--plan", digest]);
    let told = written(&desk, &request, "correction", &[]);
    for words in [
        "corrected in part",
        "Contact: Email",
        "Account: ",
        "came from Invented Lists Ltd",
        "Contact: Last Name",
        "Her passport shows it.",
        "look at this decision again: write to",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let spanish = letter(&desk, &request, "correction", &["--language", "es"]).0;
    assert_eq!(spanish.problem(), "letter_blank", "the officer's words are not translated by guessing");

    desk.done(&["request", "deny", &request, "--reason", "not_inaccurate", "--scope", "Your last name."]);
    let denial = written(&desk, &request, "denial", &[]);
    assert!(
        denial.contains("Your last name.") && denial.contains("more likely right than wrong"),
        "{denial}"
    );
}

#[test]
fn a_letter_names_the_day_where_the_business_is() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = Desk::at(&org);
    // In California it is still the evening of the fifth.
    desk.now = Some("2026-11-06T05:30:00Z".to_owned());
    let (request, digest) = rehearsed(&desk);
    desk.done(&["request", "approve", &request, "--plan", &digest]);
    desk.done(&["request", "carry-out", &request, "--plan", &digest, "--purge"]);
    desk.done(&["request", "prove", &request]);
    let text = written(&desk, &request, "deletion", &[]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("We checked this on November 5, 2026."), "{text}");
}

#[test]
fn a_logo_stands_at_the_head_of_letters_until_it_is_taken_away_and_what_cannot_be_one_is_refused() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-05T17:00:00Z".to_owned());
    let request = desk.open("delete", &ana());
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/icons/128x128.png");
    let pictures = |to: &str| {
        let said = Command::new("pdfimages").args(["-list", to]).output().expect("pdfimages");
        String::from_utf8_lossy(&said.stdout).lines().skip(2).count()
    };

    assert_eq!(pictures(&letter(&desk, &request, "receipt", &[]).1), 0);
    let taken = desk.done(&["settings", "logo", "--from", picture]).view;
    assert_eq!(taken["logo"], json!({ "width": 128, "height": 128 }));
    let with = letter(&desk, &request, "receipt", &[]).1;
    assert_eq!(pictures(&with), 1, "one picture on the letter");
    assert!(words_of_pdf(&with).contains("We have received your request"));

    // A text under the name of a picture, and a picture that breaks off: the logo stays as it was.
    let whole = std::fs::read(picture).expect("the picture");
    for bytes in [b"<svg/>".as_slice(), whole.get(..whole.len() / 2).unwrap_or_default()] {
        let file = desk.path("broken.png");
        std::fs::write(&file, bytes).expect("it is written");
        let refused = desk.run(&["settings", "logo", "--from", &file]);
        assert_eq!((refused.code, refused.problem()), (1, "logo_unusable"), "{}", refused.messages);
    }
    assert_eq!(pictures(&letter(&desk, &request, "receipt", &[]).1), 1);

    assert_eq!(desk.done(&["settings", "logo", "--none"]).view["logo"], json!(null));
    assert_eq!(pictures(&letter(&desk, &request, "receipt", &[]).1), 0);
}
