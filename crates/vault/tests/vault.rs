//! The encrypted file on a real disk.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use casework::case::{CaseNumber, RequestKind};
use casework::prove::{HashKind, KeyedHash};
use casework::provider::{Action, Answer, ConsumerKey, Instruction, Provider, Role};
use casework::subject::Subject;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use tempfile::TempDir;
use vault::{CaseFile, Error, Event, Org, Part, Passphrase, Token, Vault, Verdict, check_file};

const CANARY: &str = "canary-6f1c-secret";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
fn now() -> DateTime<Utc> {
    at("2026-11-21T10:15:00Z")
}
fn words(text: &str) -> Passphrase {
    Passphrase::new(text.as_bytes()).unwrap()
}
fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("office.habeas");
    (folder, path)
}
fn org() -> Org {
    Org {
        name: "alder".into(),
        instance_url: "https://alder.example.com".into(),
        access_token: Some(Token::new(format!("{CANARY}-token"))),
        added_at: "2026-11-21T10:15:00Z".into(),
        ..Org::default()
    }
}
fn filled(path: &Path) -> (Vault, CaseNumber) {
    let mut vault = Vault::create(path, &words("correct horse"), true, now()).unwrap();
    vault.deed(now(), None, "org-added", json!({"org": "alder"}), |tx| tx.add_org(&org())).unwrap();
    let number = vault
        .deed_opening(now(), "request-opened", |tx| {
            let number = tx.next_request_number(2026)?;
            tx.open_case(&CaseFile::opened(
                number.clone(),
                "alder",
                RequestKind::Delete,
                "2026-11-20T09:00:00Z".into(),
                "web form",
                "2026-11-21T10:15:00Z".into(),
            ))?;
            let subject = Subject { emails: vec![format!("{CANARY}@example.com")], ..Subject::default() };
            tx.put_part(&number, Part::Subject, &subject)?;
            Ok((number.clone(), Some(number), json!({"kind": "delete"})))
        })
        .unwrap();
    (vault, number)
}

#[test]
fn what_was_written_is_there_after_closing_and_opening() {
    let (_folder, path) = place();
    let (vault, number) = filled(&path);
    let (id, key) = (vault.vault_id().to_owned(), vault.signing_key().clone());
    drop(vault);
    let vault = Vault::open(&path, &words("correct horse\n")).unwrap();
    assert_eq!((vault.vault_id(), vault.practice()), (id.as_str(), true));
    assert_eq!(vault.signing_key(), &key);
    assert_eq!(number.as_str(), "R-2026-0001");
    assert_eq!(vault.read().org("alder").unwrap(), org());
    assert_eq!(vault.read().case(&number).unwrap().kind, RequestKind::Delete);
    let subject: Subject = vault.read().part(&number, Part::Subject).unwrap().unwrap();
    assert_eq!(subject.emails, [format!("{CANARY}@example.com")]);
    let deeds: Vec<String> = vault.ledger(None).unwrap().into_iter().map(|it| it.deed).collect();
    assert_eq!(deeds, ["vault-created", "org-added", "request-opened"]);
    assert_eq!(vault.ledger(Some(&number)).unwrap().len(), 1);
    assert_eq!(vault.check().unwrap().verdict, Verdict::Intact, "{:?}", vault.check().unwrap().findings);
}

#[test]
fn a_wrong_passphrase_touches_nothing_and_says_so() {
    let (_folder, path) = place();
    drop(filled(&path));
    let before = fs::read(&path).unwrap();
    let refused = Vault::open(&path, &words("wrong horse")).unwrap_err();
    assert!(matches!(refused, Error::WrongPassphrase), "{refused:?}");
    assert!(fs::read(&path).unwrap() == before, "not one byte changed");
}

#[test]
fn whatever_is_no_vault_has_its_own_sentence() {
    let (folder, path) = place();
    let p = words("correct horse");
    assert!(matches!(Vault::open(&path, &p), Err(Error::Missing)));
    fs::write(&path, b"").unwrap();
    assert!(matches!(Vault::open(&path, &p), Err(Error::Empty)));
    fs::write(&path, vec![b'x'; 100]).unwrap();
    assert!(matches!(Vault::open(&path, &p), Err(Error::Truncated)));
    fs::write(&path, b"%PDF-1.7".repeat(1024)).unwrap();
    assert!(matches!(Vault::open(&path, &p), Err(Error::NotAVault)));
    fs::write(&path, vec![b'x'; 8192]).unwrap();
    assert!(matches!(Vault::open(&path, &p), Err(Error::WrongPassphrase)));
    assert!(matches!(Vault::open(folder.path(), &p), Err(Error::NotAVault)));
    assert!(matches!(Vault::create(&path, &p, false, now()), Err(Error::Exists)));
    assert_eq!(fs::read(&path).unwrap(), vec![b'x'; 8192], "creating never overwrites");
}

#[test]
fn a_cut_vault_is_told_from_a_wrong_passphrase_at_every_size() {
    let (folder, path) = place();
    drop(filled(&path));
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    for keep in
        [1, 512, 4095, 4096, 4097, 8192, 3 * 4096, whole.len() / 2, (pages - 1) * 4096, whole.len() - 1]
    {
        let cut = folder.path().join(format!("cut-{keep}"));
        fs::write(&cut, &whole[..keep]).unwrap();
        let refused = Vault::open(&cut, &words("correct horse")).map(drop);
        assert!(matches!(refused, Err(Error::Truncated)), "{keep} bytes: {refused:?}");
        assert_eq!(fs::read(&cut).unwrap(), &whole[..keep], "{keep} bytes: untouched");
    }
}

#[test]
fn a_changed_byte_is_found_by_check() {
    let (folder, path) = place();
    drop(filled(&path));
    let mut bytes = fs::read(&path).unwrap();
    let place = bytes.len() - 5000;
    bytes[place] ^= 1;
    let bad = folder.path().join("bad");
    fs::write(&bad, &bytes).unwrap();
    let report = check_file(&bad, &words("correct horse")).unwrap();
    assert_eq!(report.verdict, Verdict::Broken);
    assert!(!report.findings.is_empty());
}

#[test]
fn a_second_writer_is_told_and_readers_go_on() {
    let (_folder, path) = place();
    let (first, number) = filled(&path);
    let mut second = Vault::open(&path, &words("correct horse")).unwrap();
    assert_eq!(second.read().cases().unwrap().len(), 1, "reading works meanwhile");
    let refused = second.deed(now(), Some(&number), "located", json!({}), |_| Ok(()));
    assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    drop(first);
    second.deed(now(), Some(&number), "located", json!({}), |_| Ok(())).unwrap();
    assert_eq!(second.ledger(None).unwrap().len(), 4);
}

#[test]
fn a_deed_that_fails_leaves_neither_state_nor_entry() {
    let (_folder, path) = place();
    let (mut vault, number) = filled(&path);
    let failed: Result<(), Error> = vault.deed(now(), Some(&number), "located", json!({}), |tx| {
        tx.put_part(&number, Part::Located, &json!({"half": true}))?;
        Err(Error::NotThere { what: "thing" })
    });
    assert!(failed.is_err());
    assert_eq!(vault.read().part::<serde_json::Value>(&number, Part::Located).unwrap(), None);
    assert_eq!(vault.ledger(None).unwrap().len(), 3);
}

#[test]
fn secrets_and_personal_data_are_nowhere_in_the_folder_and_forgetting_removes_them() {
    let (folder, path) = place();
    let (mut vault, number) = filled(&path);
    vault.backup(&folder.path().join("copy")).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|it| it == CANARY.as_bytes()), "{:?}", entry.file_name());
        assert!(!entry.file_name().to_string_lossy().contains("canary"));
    }
    vault
        .deed(now(), Some(&number), "before-image-kept", json!({}), |tx| {
            tx.put_before_image(&number, &"a".repeat(64), &[], NaiveDate::from_ymd_opt(2026, 12, 1).unwrap())
        })
        .unwrap();
    assert!(vault.read().before_image(&number, &"a".repeat(64)).unwrap().is_some());
    let later = at("2026-12-01T00:00:00Z");
    assert_eq!(vault.deed(later, None, "shredded", json!({}), |tx| tx.shred_due()).unwrap(), 1);
    vault.deed(later, Some(&number), "forgotten", json!({}), |tx| tx.forget(&number)).unwrap();
    assert_eq!(vault.read().part::<Subject>(&number, Part::Subject).unwrap(), None);
    assert!(vault.read().case(&number).unwrap().forgotten_at.is_some(), "the record of the request stays");
    assert!(!format!("{:?}", vault.ledger(None).unwrap()).contains(CANARY));
}

#[test]
fn a_form_is_kept_as_it_stands_until_it_is_done_or_its_request_forgotten() {
    let (_folder, path) = place();
    let (mut vault, number) = filled(&path);
    let entries = vault.ledger(None).unwrap().len();
    let form = |vault: &Vault, place: &str| vault.read().form(place, "denial").unwrap();
    assert_eq!(form(&vault, number.as_str()), None);
    for typed in ["{{", "the person wrote twice"] {
        vault.keep_form(number.as_str(), "denial", Some(&json!({ "because": typed }))).unwrap();
    }
    vault.keep_form("", "denial", Some(&json!({ "because": "another" }))).unwrap();
    drop(vault);
    let mut vault = Vault::open(&path, &words("correct horse")).unwrap();
    assert_eq!(form(&vault, number.as_str()), Some(json!({ "because": "the person wrote twice" })));
    assert_eq!(vault.ledger(None).unwrap().len(), entries, "nothing was done, so nothing is entered");
    vault.deed(now(), Some(&number), "forgotten", json!({}), |tx| tx.forget(&number)).unwrap();
    assert_eq!(form(&vault, number.as_str()), None, "it goes with the personal data of its request");
    vault.keep_form("", "denial", None).unwrap();
    assert_eq!(form(&vault, ""), None);
}

#[test]
fn recipients_and_their_answers_are_kept_and_forgetting_leaves_no_value() {
    let (_folder, path) = place();
    let (mut vault, number) = filled(&path);
    let provider = Provider {
        name: "Mailhouse Example".into(),
        role: Role::ServiceProvider,
        contract: "DPA 2026-03".into(),
        channel: "privacy@mailhouse.example".into(),
        consumer_key: ConsumerKey::Email,
        systems: vec!["Letters".into()],
        confirm_within_days: 10,
    };
    let told = Instruction {
        provider: provider.name.clone(),
        role: provider.role,
        action: Action::Correct,
        sent_at: "2026-11-21T10:15:00Z".into(),
        confirm_by: NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
        letter: "a".repeat(64),
        answer: Some(Answer::Exception),
        answered_at: Some("2026-11-22T10:15:00Z".into()),
        because: CANARY.into(),
    };
    let plan =
        json!({ "plan": {}, "values": { "003": { "Email": CANARY } }, "changes": [{ "after": CANARY }] });
    vault
        .deed(now(), Some(&number), "told", json!({}), |tx| {
            tx.add_provider(&provider)?;
            tx.put_part(&number, Part::Rehearsed, &plan)?;
            tx.put_part(&number, Part::Corrections, &json!([{ "claimed": CANARY }]))?;
            tx.put_instruction(&number, &told)
        })
        .unwrap();
    assert_eq!(vault.read().providers().unwrap(), std::slice::from_ref(&provider));
    assert_eq!(vault.read().instructions(&number).unwrap(), std::slice::from_ref(&told));
    let twice = vault.deed(now(), None, "told", json!({}), |tx| tx.add_provider(&provider));
    assert!(matches!(twice, Err(Error::AlreadyThere { .. })), "{twice:?}");
    vault.deed(now(), None, "removed", json!({}), |tx| tx.remove_provider(&provider.name)).unwrap();
    assert!(vault.read().providers().unwrap().is_empty());
    vault.deed(now(), Some(&number), "forgotten", json!({}), |tx| tx.forget(&number)).unwrap();
    assert_eq!(vault.read().instructions(&number).unwrap()[0].because, "");
    let kept: serde_json::Value = vault.read().part(&number, Part::Rehearsed).unwrap().unwrap();
    assert_eq!(kept, json!({ "plan": {}, "values": {}, "changes": [] }));
    assert_eq!(vault.read().part::<serde_json::Value>(&number, Part::Corrections).unwrap(), None);
}

#[test]
fn what_happened_is_never_changed_and_its_words_end_with_the_record() {
    let (_folder, path) = place();
    let (mut vault, number) = filled(&path);
    let hash = KeyedHash { kind: HashKind::Email, hash: "e".repeat(64) };
    vault
        .deed(now(), Some(&number), "request.extended", json!({}), |tx| {
            tx.put_keyed_hashes(&number, std::slice::from_ref(&hash))?;
            tx.add_event(&number, Event::Extended, &json!({ "answer_by": "2027-02-18" }), CANARY)
        })
        .unwrap();
    let events = vault.read().events(&number).unwrap();
    assert_eq!((events.len(), events[0].event, events[0].note.as_str()), (1, Event::Extended, CANARY));
    assert_eq!(
        vault.read().cases_knowing(std::slice::from_ref(&hash)).unwrap(),
        [(number.clone(), hash.clone())]
    );
    vault
        .deed(now(), Some(&number), "record-shredded", json!({}), |tx| tx.shred_record(&number, false))
        .unwrap();
    let events = vault.read().events(&number).unwrap();
    assert_eq!((events.len(), events[0].note.as_str()), (1, ""), "that it was extended stays");
    assert_eq!(vault.read().cases_knowing(&[hash]).unwrap(), []);
    let case = vault.read().case(&number).unwrap();
    assert!(case.shredded_at.is_some() && case.channel.is_empty());
    assert_eq!(vault.check().unwrap().verdict, Verdict::Intact);
}

#[test]
fn a_backup_opens_alone_and_never_overwrites() {
    let (folder, path) = place();
    let (mut vault, number) = filled(&path);
    let copy = folder.path().join("copy.habeas");
    vault.backup(&copy).unwrap();
    assert!(matches!(vault.backup(&copy), Err(Error::Exists)));
    assert!(matches!(vault.backup(&folder.path().join("no/such/folder")), Err(Error::ReadOnly)));
    vault.deed(now(), Some(&number), "located", json!({}), |_| Ok(())).unwrap();
    let copied = Vault::open(&copy, &words("correct horse")).unwrap();
    assert_eq!((copied.vault_id(), copied.ledger(None).unwrap().len()), (vault.vault_id(), 3));
    assert_eq!(copied.check().unwrap().verdict, Verdict::Intact);
    let names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|it| it.contains(".new-"))
        .collect();
    assert_eq!(names, Vec::<String>::new(), "no half file is left");
}

#[test]
fn after_a_change_of_passphrase_only_the_new_one_opens() {
    let (_folder, path) = place();
    let (mut vault, number) = filled(&path);
    assert!(matches!(vault.change_passphrase(&words("x"), &words("new")), Err(Error::WrongPassphrase)));
    let salt = fs::read(&path).unwrap()[..16].to_vec();
    vault.change_passphrase(&words("correct horse"), &words("new horse")).unwrap();
    vault.deed(now(), Some(&number), "located", json!({}), |_| Ok(())).unwrap();
    drop(vault);
    assert_ne!(fs::read(&path).unwrap()[..16], salt);
    assert!(matches!(Vault::open(&path, &words("correct horse")), Err(Error::WrongPassphrase)));
    let vault = Vault::open(&path, &words("new horse")).unwrap();
    let report = vault.check().unwrap();
    assert_eq!((report.verdict, vault.practice(), report.ledger_entries), (Verdict::Intact, true, 4));
}

#[test]
fn the_tables_are_these() {
    let (_folder, path) = place();
    let (vault, _) = filled(&path);
    assert_eq!(
        vault.read().tables().unwrap(),
        [
            "before_image",
            "case_event",
            "case_file",
            "case_part",
            "certificate",
            "data_map",
            "decision",
            "describe_cache",
            "document",
            "finding_decision",
            "form",
            "incident",
            "incident_assessment",
            "incident_log",
            "incident_log_piece",
            "incident_paper",
            "incident_part",
            "incident_person",
            "instruction",
            "journal",
            "keyed_hash",
            "ledger_entry",
            "map_fact",
            "org",
            "provider",
            "setting",
            "vault_identity"
        ]
    );
}

#[test]
fn a_process_that_dies_in_the_middle_leaves_the_vault_as_it_was() {
    if let Some(path) = std::env::var_os("HABEAS_TEST_DIE_IN") {
        let mut vault = Vault::open(Path::new(&path), &words("correct horse")).unwrap();
        let number = CaseNumber::request(2026, 1);
        let _: Result<(), Error> = vault.deed(now(), Some(&number), "located", json!({}), |tx| {
            tx.put_part(&number, Part::Located, &json!({"half": "x".repeat(5_000_000)}))?;
            std::process::abort();
        });
    }
    let (_folder, path) = place();
    let (vault, number) = filled(&path);
    drop(vault);
    let died = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_process_that_dies_in_the_middle_leaves_the_vault_as_it_was"])
        .env("HABEAS_TEST_DIE_IN", &path)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(!died.success(), "the child was to die");
    let mut vault = Vault::open(&path, &words("correct horse")).unwrap();
    assert_eq!(vault.read().part::<serde_json::Value>(&number, Part::Located).unwrap(), None);
    vault.deed(now(), Some(&number), "located", json!({}), |_| Ok(())).unwrap();
    let report = vault.check().unwrap();
    assert_eq!((report.verdict, report.ledger_entries), (Verdict::Intact, 4), "{:?}", report.findings);
}
