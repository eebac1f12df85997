//! Reports and packages: the same input gives the same bytes, nothing is cut, no value becomes markup.
#![allow(clippy::unwrap_used, reason = "a broken fixture should stop the test")]

use std::collections::BTreeMap;
use std::process::Command;

use papers::Error;
use papers::bundle::Content;
use papers::certificate::{self, Certificate};
use papers::document::{Block, Document, Language, Level, Paper, Table, render};
use papers::package::{FieldColumn, Form, ObjectTable, Package, PackageFile, PackageRow, Withheld, write};
use serde_json::json;

fn report() -> Document {
    let title = "What was found and what was done";
    let heading = |level, text: &str| Block::Heading(level, text.into());
    Document {
        id: "R-2026-0042_delete_2026-11-21T1015Z".into(),
        title: title.into(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: "2026-11-21T10:15:00Z".parse().unwrap(),
        practice: true,
        blocks: vec![
            heading(Level::One, title),
            Block::Subtitle("Case R-2026-0042, Alder & Finch Outfitters".into()),
            Block::Note("Nothing was deleted that was not rehearsed.".into()),
            heading(Level::Two, "In short"),
            Block::Paragraph(
                "Zoë Ångström, Ιωάννης, Юлия and 王芳 are names like any other. ".repeat(6).into(),
            ),
            Block::Facts(vec![
                ("Org".into(), "00D5g000004ABCDEA4".into()),
                ("Digest".into(), "3f".repeat(96)),
                ("Several lines".into(), "one\ntwo\nthree".into()),
            ]),
            Block::Bullets(vec!["By id.".into(), "By searching every field again. ".repeat(9).into()]),
            heading(Level::Two, "Coverage"),
            Block::Table(Table::new(
                &[("Object", 2.0), ("Field", 2.0), ("Method", 1.0), ("Because", 4.0)],
                (0..150)
                    .map(|n| {
                        vec![
                            format!("Very_Long_Custom_Object_Name_{n}__c"),
                            "Description".into(),
                            "scan".into(),
                            format!("ROW{n} was read to the end. {}", "Then some more words. ".repeat(n % 5)),
                        ]
                    })
                    .collect(),
            )),
            Block::Table(Table::new(
                &[("One", 1.0), ("Endless", 3.0)],
                vec![vec!["cell".into(), "abcdefghij ".repeat(2500)], vec!["LAST".into()]],
            )),
        ],
    }
}

#[test]
fn a_report_has_every_row_its_id_on_every_page_and_always_the_same_bytes() {
    let bytes = render(&report()).unwrap().bytes;
    assert_eq!(bytes, render(&report()).unwrap().bytes);
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("report.pdf");
    std::fs::write(&at, &bytes).unwrap();
    if let Ok(output) = Command::new("qpdf").arg("--check").arg(&at).output() {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let Ok(output) = Command::new("pdftotext").args(["-layout"]).arg(&at).arg("-").output() else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    for (n, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("page {} of {}", n + 1, pages.len())), "page {}", n + 1);
        assert!(page.contains("R-2026-0042_delete_2026-11-21T1015Z") && page.contains("PRACTICE"));
    }
    assert!((0..150).all(|n| text.contains(&format!("ROW{n} "))), "no row is lost");
    assert!(text.contains("LAST") && text.contains("Юлия"));
    assert_eq!(text.matches("abcdefghij").count(), 2500, "a cell longer than a page is not cut");
}

#[test]
fn a_certificate_says_what_is_left() {
    let mut one = Certificate {
        id: "R-2026-0042".into(),
        case: "R-2026-0042".into(),
        org: "00D5g000004ABCDEA4".into(),
        plan_digest: "ab".repeat(32),
        proved_at: "2026-11-21T10:15:00Z".parse().unwrap(),
        practice: false,
        gone: 3,
        in_bin: 0,
        still_there: 0,
        refused: 0,
        reappeared: 0,
        methods: vec!["By id, deleted rows included".into()],
        records: vec![("Contact".into(), "0035g00000AAAAAAA5".into(), "gone".into())],
        limits: vec!["Backups are not reached by any API.".into()],
    };
    let complete = render(&certificate::document(&one)).unwrap();
    one.still_there = 1;
    assert_ne!(complete.bytes, render(&certificate::document(&one)).unwrap().bytes);
}

const NASTY: &str = "<script>alert(1)</script>\"'><img src=x onerror=y> =1+1";

fn package(long: &str) -> Package {
    let values = BTreeMap::from([
        ("Id".to_owned(), json!("0035g00000AAAAAAA5")),
        ("Name".to_owned(), json!(NASTY)),
        ("Phone".to_owned(), json!("+1 555 0100")),
        ("Balance__c".to_owned(), json!(-12.5)),
        ("Address".to_owned(), json!({"city": "Ojai"})),
        ("Long__c".to_owned(), json!(long)),
    ]);
    let field = |name: &str| FieldColumn {
        name: name.into(),
        label: format!("{name} <label>"),
        inference: name == "Balance__c",
    };
    let file = |name: &str, body: &[u8]| PackageFile {
        name: name.into(),
        object: "ContentVersion".into(),
        id: "0685g00000AAAAAAA5".into(),
        content: Content::Bytes(body.to_vec()),
    };
    Package {
        case: "R-2026-0042".into(),
        business: NASTY.into(),
        prepared_at: "2026-11-21T10:15:00Z".parse().unwrap(),
        practice: true,
        language: Language::English,
        period: "the time from January 1, 2022 to November 2, 2026".into(),
        left_out: vec![("Case 5005g00000AAAAAAA5".into(), NASTY.into())],
        objects: vec![ObjectTable {
            object: "Contact".into(),
            label: "Contact".into(),
            label_plural: NASTY.into(),
            fields: ["Id", "Name", "Phone", "Balance__c", "Address", "Long__c", "Empty__c"]
                .map(field)
                .to_vec(),
            rows: vec![PackageRow {
                id: "0035g00000AAAAAAA5".into(),
                presence: "bin".into(),
                source: NASTY.into(),
                collected_at: "2024-01-02T03:04:05Z".into(),
                values,
            }],
        }],
        files: vec![
            file("../../Résumé.pdf", b"one"),
            file("resumé.pdf", b"two"),
            file("Résumé.pdf", b"three"),
        ],
        withheld: vec![Withheld {
            object: "Contact".into(),
            field: "SSN__c".into(),
            label: "SSN".into(),
            what: "a Social Security number".into(),
            because: NASTY.into(),
            records: 1,
        }],
    }
}

#[test]
fn a_package_holds_the_same_rows_three_times_and_no_value_becomes_markup_or_formula() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("package");
    let long = "x".repeat(100 << 10);
    let written = write(&package(&long), Form::Open, &to).unwrap();
    assert_eq!(written.rows, 1);
    assert_eq!(
        written.files,
        [
            "00-START-HERE.html",
            "SHA256SUMS",
            "data/Contact.csv",
            "data/Contact.html",
            "data/Contact.json",
            "data/fields.csv",
            "files/R-sum-2.pdf",
            "files/R-sum.pdf",
            "files/resum.pdf",
            "your-data.pdf",
        ]
    );
    for path in written.files.iter().filter(|path| path.ends_with("html")) {
        let page = std::fs::read_to_string(to.join(path)).unwrap();
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("://"), "{path}");
        assert!(page.contains("&lt;script&gt;") && page.contains("PRACTICE"), "{path}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(to.join("data/Contact.json")).unwrap()).unwrap();
    assert_eq!(json["rows"][0]["Name"], NASTY);
    assert_eq!(json["rows"][0]["Empty__c"], serde_json::Value::Null);
    let csv = std::fs::read(to.join("data/Contact.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(csv.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!((&row[1], &row[2], &row[3]), (NASTY, "'+1 555 0100", "'-12.5"));
    assert_eq!(row[5].len(), 100 << 10);
    assert_eq!(std::fs::read(to.join("files/resum.pdf")).unwrap(), b"two");

    assert!(
        matches!(write(&package(""), Form::Open, &to), Err(Error::AlreadyThere { .. })),
        "never overwrites"
    );
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    write(&package(""), Form::Open, &one).unwrap();
    for path in write(&package(""), Form::Open, &other).unwrap().files {
        assert_eq!(
            std::fs::read(one.join(&path)).unwrap(),
            std::fs::read(other.join(&path)).unwrap(),
            "{path}"
        );
    }
}

#[test]
fn a_package_in_spanish_speaks_spanish_on_every_page_and_in_the_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("package");
    write(&Package { language: Language::Spanish, ..package("note") }, Form::Open, &to).unwrap();
    let read = |path: &str| std::fs::read_to_string(to.join(path)).unwrap();
    let (start, page) = (read("00-START-HERE.html"), read("data/Contact.html"));
    for words in [
        "<html lang=\"es\">",
        "Sus datos personales",
        "Cómo leerlo",
        "Lo que no está en esta copia",
        "1 registros",
    ] {
        assert!(start.contains(words), "{words}");
    }
    for words in ["(inferencia)", "Obtenido", "en la papelera", "Aquí se omiten"] {
        assert!(page.contains(words), "{words}");
    }
    for english in ["Your request", "How to read", "Kept in", "not recorded", "Why"] {
        assert!(!start.contains(english) && !page.contains(english), "{english}");
    }
    let pdf = lopdf::Document::load(to.join("your-data.pdf")).unwrap();
    let language = pdf.catalog().unwrap().get(b"Lang").unwrap();
    assert_eq!(language.as_str().unwrap(), b"es-US");
}

#[test]
fn a_package_says_where_each_record_came_from_what_is_inferred_and_how_to_check_it() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("package");
    let written = write(&package("note"), Form::Open, &to).unwrap();
    let start = std::fs::read_to_string(to.join("00-START-HERE.html")).unwrap();
    for words in [
        "Period covered",
        "January 1, 2022",
        "How to read it",
        "Not in this copy",
        "SHA256SUMS",
        "your-data.pdf",
    ] {
        assert!(start.contains(words), "{words}");
    }
    let page = std::fs::read_to_string(to.join("data/Contact.html")).unwrap();
    for words in ["(inference)", "Collected", "2024-01-02T03:04:05Z", "in the recycle bin"] {
        assert!(page.contains(words), "{words}");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(to.join("data/Contact.json")).unwrap()).unwrap();
    assert_eq!(json["rows"][0]["RecordCollectedAt"], "2024-01-02T03:04:05Z");
    assert_eq!(json["fields"][3]["inference"], true);
    let sums = std::fs::read_to_string(to.join("SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), written.files.len() - 1, "every file but the list itself");
    if let Ok(said) =
        Command::new("sha256sum").args(["-c", "--quiet", "SHA256SUMS"]).current_dir(&to).output()
    {
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    }
    if let Ok(said) = Command::new("pdftotext").args(["your-data.pdf", "-"]).current_dir(&to).output() {
        let text = String::from_utf8(said.stdout).unwrap();
        for words in ["Your personal data", "a Social Security number", "(inference)", "Ojai"] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}

#[test]
fn an_encrypted_package_opens_with_its_password_alone_and_its_names_tell_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("package");
    let form = Form::Locked { password: "correct horse battery" };
    let written = write(&package("note"), form, &to).unwrap();
    assert_eq!(written.files, ["R-2026-0042.zip"]);
    let bytes = std::fs::read(to.join("R-2026-0042.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|it| it.unwrap().into_owned()).collect();
    assert!(
        names.iter().any(|it| it == "files/file-0001.pdf") && !names.iter().any(|it| it.contains("sum.pdf"))
    );
    assert!(zip.by_name("00-START-HERE.html").is_err(), "not without the password");
    assert!(zip.by_name_decrypt("00-START-HERE.html", b"wrong horse battery").is_err());
    let mut page = String::new();
    let mut start = zip.by_name_decrypt("00-START-HERE.html", b"correct horse battery").unwrap();
    std::io::Read::read_to_string(&mut start, &mut page).unwrap();
    assert!(page.contains("Your personal data"));
}

#[test]
fn a_package_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut package = package("");
    package.files[0].content = Content::File(folder.path().join("gone"));
    assert!(matches!(
        write(&package, Form::Open, &folder.path().join("package")),
        Err(Error::Unreadable { .. })
    ));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn ten_megabytes_in_one_field_are_whole_in_the_data_and_named_in_the_paper() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("package");
    let long = "tent pole ".repeat(1 << 20);
    write(&package(&long), Form::Open, &to).unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(to.join("data/Contact.json")).unwrap()).unwrap();
    assert_eq!(json["rows"][0]["Long__c"], long);
    if let Ok(said) = Command::new("pdftotext").args(["your-data.pdf", "-"]).current_dir(&to).output() {
        let text = String::from_utf8(said.stdout).unwrap();
        assert!(text.contains("10335760 more characters"), "{}", text.len());
    }
}
