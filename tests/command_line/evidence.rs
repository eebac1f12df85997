//! The bundle in a stranger's hands.

use house_tests::{Desk, PracticeOrg};

use crate::requests::{ana, small};

/// A request that was located and sealed right away.
fn sealed(desk: &Desk) -> String {
    let request = desk.open("delete", &ana());
    desk.done(&["request", "locate", &request]);
    let to = desk.path("early.zip");
    desk.done(&["request", "seal", &request, "--to", &to]);
    to
}

#[test]
fn a_bundle_can_be_sealed_at_any_stage_and_says_which() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let to = sealed(&desk);
    let verdict = desk.done(&["verify", &to]).view;
    assert_eq!(verdict["verdict"], "INTACT");
    assert!(verdict["does_not_prove"].as_array().is_some_and(|it| !it.is_empty()));
    assert_eq!(verdict["signer"].as_str().map(str::len), Some(64));
}

#[test]
fn one_changed_byte_is_found_and_named() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let mut bytes = std::fs::read(sealed(&desk)).expect("the bundle");
    let name = b"coverage/coverage.json";
    // The name also stands in pages that list the files; the entry is where a local header ends before it.
    let entry = (30..bytes.len())
        .find(|at| bytes[*at..].starts_with(name) && bytes[at - 30..].starts_with(b"PK\x03\x04"));
    let place = entry.expect("the entry") + name.len() + 40;
    bytes[place] ^= 1;
    let bent = desk.write("bent.zip", &bytes);
    let said = desk.run(&["verify", &bent]);
    assert_eq!((said.code, said.view["verdict"].as_str()), (3, Some("ALTERED")));
    let named = said.view["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .any(|it| it["file"] == "coverage/coverage.json" && it["outcome"] == "altered");
    assert!(named, "{:#}", said.view);
}

#[test]
fn a_bundle_that_is_not_there_is_named_as_such() {
    let desk = Desk::new();
    for missing in [desk.path("nowhere.zip"), desk.path(".")] {
        let said = desk.run(&["verify", &missing]);
        assert_eq!((said.code, said.problem()), (1, "bundle_unreadable"), "{said:?}");
        let message = said.view["problem"]["message"].as_str().unwrap();
        assert!(
            message.contains("could not be read") && message.contains("Nothing was checked"),
            "{message}"
        );
    }
}

#[test]
fn what_is_no_zip_is_unreadable_and_needs_no_vault() {
    let desk = Desk::new();
    let not = desk.write("not.zip", "this is no ZIP");
    let said = desk.run(&["verify", &not, "--vault", "/nowhere"]);
    assert_eq!((said.code, said.problem()), (1, "bundle_unreadable"));
    assert_eq!(desk.run(&["verify", &desk.path("missing.zip")]).code, 1);
}

#[test]
fn copies_of_one_vault_seal_the_same_bytes_at_the_same_time() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let mut desk = Desk::at(&org);
    let request = desk.open("delete", &ana());
    desk.done(&["request", "locate", &request]);
    let copy = desk.path("copy.habeas");
    desk.done(&["vault", "backup", &copy]);
    desk.now = Some("2026-12-01T12:00:00Z".to_owned());
    let (one, two) = (desk.path("one.zip"), desk.path("two.zip"));
    desk.done(&["request", "seal", &request, "--to", &one]);
    desk.done(&["request", "seal", &request, "--to", &two, "--vault", &copy]);
    assert!(std::fs::read(one).expect("one") == std::fs::read(two).expect("two"), "not the same bytes");
}

#[test]
fn another_signer_is_refused() {
    let org = PracticeOrg::serve(&["--org", &small()]);
    let desk = Desk::at(&org);
    let one = sealed(&desk);
    let other = Desk::at(&org);
    let two = sealed(&other);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&two).expect("the bundle")).expect("a ZIP");
    let mut key = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("signer.pub").expect("signer.pub"), &mut key)
        .expect("text");
    let key = desk.write("other.pub", key);
    assert_eq!(desk.run(&["verify", &one, "--signer", &key]).code, 3);
    assert_eq!(desk.run(&["verify", &two, "--signer", &key]).code, 0);
}
