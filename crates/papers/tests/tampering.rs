//! What the verifier says about bundles that were tampered with.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that breaks should stop"
)]

mod corpus;

use corpus::{KEY, OTHER_KEY, cases, command_says, entries, header, sealed};
use papers::Error;
use papers::bundle::{Content, Entry, seal, signer_pub};
use papers::verify::verify;

#[test]
fn every_tampered_bundle_gets_its_verdict_and_names_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for case in cases() {
        let at = folder.path().join(format!("{}.zip", case.name));
        std::fs::write(&at, &case.zip).unwrap();
        let said = command_says(&at);
        let names = |file: &str, outcome: &str| {
            said["checks"]
                .as_array()
                .unwrap()
                .iter()
                .any(|check| check["file"] == file && check["outcome"] == outcome)
        };
        if said["verdict"] != case.verdict
            || !case.findings.iter().all(|(file, outcome)| names(file, outcome))
        {
            let faults: Vec<_> =
                said["checks"].as_array().unwrap().iter().filter(|check| check["outcome"] != "ok").collect();
            wrong.push(format!("{}: {} {faults:?}", case.name, said["verdict"]));
        }
    }
    assert!(wrong.is_empty(), "wrong verdicts:\n{}", wrong.join("\n"));
}

#[test]
fn no_changed_byte_goes_unnoticed() {
    let whole = sealed();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("bundle.zip");
    // Every byte of the directory and of its end, then samples of all else.
    let places = (whole.len() - 1100..whole.len()).chain((0..whole.len() - 1100).step_by(4001));
    for place in places {
        let mut bent = whole.clone();
        bent[place] ^= 0x10;
        std::fs::write(&at, &bent).unwrap();
        if let Ok(verdict) = verify(&at, None) {
            assert!(!verdict.is_intact(), "a change at byte {place} of {} went unnoticed", whole.len());
        }
    }
}

#[test]
fn another_signer_than_the_one_asked_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("bundle.zip");
    let done = seal(entries(), &header(), &KEY, &at).unwrap();
    let right = verify(&at, Some(signer_pub(&KEY).as_bytes())).unwrap();
    assert!(right.is_intact());
    assert_eq!(right.signer, done.signer_sha256);
    let wrong = verify(&at, Some(signer_pub(&OTHER_KEY).as_bytes())).unwrap();
    let json = serde_json::to_value(&wrong).unwrap();
    assert_eq!(json["verdict"], "ALTERED");
    assert!(wrong.checks.iter().any(|check| check.file == "signer.pub" && check.because.is_some()));
    assert!(matches!(verify(&at, Some(b"no key")), Err(Error::SignerUnreadable)));
    assert!(wrong.does_not_prove.len() > 1);
    assert!(
        right.does_not_prove[0].starts_with("PRACTICE"),
        "what was made in practice is never taken for evidence: {:?}",
        right.does_not_prove
    );
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one.zip"), folder.path().join("other.zip"));
    let first = seal(entries(), &header(), &KEY, &one).unwrap();
    let mut backwards = entries();
    backwards.reverse();
    let second = seal(backwards, &header(), &KEY, &other).unwrap();
    assert_eq!(first.sha256, second.sha256);
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&other).unwrap());
    assert_eq!(first.bytes, std::fs::metadata(&one).unwrap().len());
}

#[test]
fn sealing_never_overwrites_and_leaves_nothing_behind_when_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("bundle.zip");
    std::fs::write(&at, b"mine").unwrap();
    assert!(matches!(seal(entries(), &header(), &KEY, &at), Err(Error::AlreadyThere { .. })));
    assert_eq!(std::fs::read(&at).unwrap(), b"mine");
    let missing = Entry {
        path: "files/gone.bin".into(),
        role: "file".into(),
        source: "vault".into(),
        content: Content::File(folder.path().join("gone.bin")),
    };
    let mut with_missing = entries();
    with_missing.push(missing);
    let result = seal(with_missing, &header(), &KEY, &folder.path().join("new.zip"));
    assert!(matches!(result, Err(Error::Unreadable { .. })));
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["bundle.zip"], "nothing half-written stays");
}

#[test]
fn names_that_cannot_stand_in_a_bundle_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let entry = |path: &str| Entry {
        path: path.into(),
        role: "file".into(),
        source: "vault".into(),
        content: Content::Bytes(Vec::new()),
    };
    for path in ["../a", "/a", "é", "a//b", "data\\a"] {
        let result = seal(vec![entry(path)], &header(), &KEY, &folder.path().join("new.zip"));
        assert!(matches!(result, Err(Error::NameUnsafe { .. })), "{path}");
    }
    for twins in [["a", "a"], ["a", "A"], ["x", "MANIFEST.json"]] {
        let result = seal(twins.map(entry).to_vec(), &header(), &KEY, &folder.path().join("new.zip"));
        assert!(matches!(result, Err(Error::NameTaken { .. })), "{twins:?}");
    }
}

#[test]
fn common_tools_agree() {
    use std::process::Command;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("bundle.zip");
    seal(entries(), &header(), &KEY, &at).unwrap();
    zip::ZipArchive::new(std::fs::File::open(&at).unwrap()).unwrap().extract(folder.path()).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(folder.path()).output();
        // A machine without the tool shows nothing about the bundle.
        output.map_or(true, |output| output.status.success())
    };
    assert!(run("sha256sum", &["-c", "--strict", "SHA256SUMS"]));
    let openssl = "pkeyutl -verify -pubin -inkey signer.pub -rawin -in manifest.json -sigfile manifest.sig";
    assert!(run("openssl", &openssl.split(' ').collect::<Vec<_>>()));
    let start = std::fs::read_to_string(folder.path().join("00-START-HERE.html")).unwrap();
    assert!(!start.contains("<script") && !start.contains("http://") && !start.contains("https://"));
    assert!(start.contains("&lt;script&gt;") && start.contains("PRACTICE"));
    let page = std::fs::read_to_string(folder.path().join("verify.html")).unwrap();
    assert!(
        !page.contains("http://") && !page.contains("https://") && !page.contains("/*"),
        "all blanks filled"
    );
}

#[test]
fn a_ledger_as_the_vault_writes_it_holds() {
    use casework::ledger::{End, Entry as Deed, NewEntry, lines};
    let mut deeds: Vec<Deed> = Vec::new();
    let mut end = End::default();
    let mut case = End::default();
    for deed in ["opened", "located", "sealed"] {
        let new = NewEntry {
            at: header().sealed_at,
            case: Some("R-2026-0042".into()),
            actor: "officer \"é\"".into(),
            deed: deed.into(),
            detail: serde_json::json!({"z": 1, "a": "b\\c", "hash": "x"}),
        };
        let entry = Deed::link(new, &end, &case);
        // Other cases' deeds lie in between.
        end = End { seq: entry.seq + 2, hash: "0f".repeat(32) };
        case = End { seq: entry.case_seq, hash: entry.hash.clone() };
        deeds.push(entry);
    }
    let bundle = |text: String, name: &str| {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join(name);
        let content = Content::Bytes(text.into_bytes());
        let entry =
            Entry { path: corpus::LEDGER.into(), role: "ledger".into(), source: "vault".into(), content };
        seal(vec![entry], &header(), &KEY, &at).unwrap();
        verify(&at, None).unwrap()
    };
    assert!(bundle(lines(&deeds), "one.zip").is_intact());
    deeds.remove(0);
    assert!(!bundle(lines(&deeds), "other.zip").is_intact(), "a missing first deed is a broken link");
}
