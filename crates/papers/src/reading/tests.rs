use crate::document::{Block, Document, Language, Paper};
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::*;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn text_of(name: &str, bytes: &[u8]) -> String {
    match read(name, bytes) {
        Read::Text { text, .. } => text.into_owned(),
        Read::Unread(because) => panic!("{name}: {}", because.words()),
    }
}

#[test]
fn a_word_file_gives_its_words_across_runs_and_in_every_part() {
    let docx = zipped(&[
        (
            "word/document.xml",
            "<w:document xmlns:w='w'><w:p><w:r><w:t>SSN 219-</w:t></w:r><w:r><w:t>09-9999 &amp; more</w:t></w:r></w:p></w:document>",
        ),
        (
            "word/comments.xml",
            "<w:comments xmlns:w='w'><w:comment><w:p><w:t>A note</w:t></w:p></w:comment></w:comments>",
        ),
        ("word/media/image1.png", "not looked at"),
    ]);
    let Read::Text { format, text, pictures } = read("a.docx", &docx) else { panic!("unread") };
    assert!(text.contains("SSN 219-09-9999 & more") && text.contains("A note"), "{text}");
    assert_eq!((format, pictures), (Format::Word, 1));
}

#[test]
fn a_sheet_gives_each_cell_with_the_head_of_its_column() {
    let xlsx = zipped(&[
        ("xl/workbook.xml", "<workbook/>"),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Name</t></si><si><r><t>SS</t></r><r><t>N</t></r></si><si><t>Ana</t></si></sst>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>\
             <row><c r='A2' t='s'><v>2</v></c><c r='B2'><v>219099999</v></c></row></sheetData></worksheet>",
        ),
    ]);
    let text = text_of("a.xlsx", &xlsx);
    assert!(text.contains("Name: Ana") && text.contains("SSN: 219099999"), "{text}");
}

#[test]
fn every_way_of_writing_characters_is_read_and_written_back() {
    for (bytes, letters) in [
        ("año\n".as_bytes().to_vec(), Letters::Utf8),
        (b"a\xf1o\n".to_vec(), Letters::Latin1),
        (Letters::Utf16Little.bytes("\u{feff}año\n"), Letters::Utf16Little),
        (Letters::Utf16Big.bytes("\u{feff}año\n"), Letters::Utf16Big),
    ] {
        let Read::Text { format, text, .. } = read("a.txt", &bytes) else { panic!("unread") };
        assert!(text.ends_with("año\n"));
        assert_eq!(format, Format::Plain(letters));
        assert_eq!(letters.bytes(&text), bytes);
    }
}

#[test]
fn what_cannot_be_read_says_why_and_nothing_is_guessed() {
    let bomb = zipped(&[("word/document.xml", &"<w>".repeat(300))]);
    let mut cut = zipped(&[("word/document.xml", "<w/>")]);
    cut.truncate(40);
    for (bytes, because) in [
        (b"\x89PNG\r\n\x1a\n0000".to_vec(), Unread::Picture),
        (b"\xff\xd8\xff\xe0".to_vec(), Unread::Picture),
        (b"%PDF-1.7\nnothing".to_vec(), Unread::Broken),
        (b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>".to_vec(), Unread::Encrypted),
        (cut, Unread::Broken),
        (bomb, Unread::TooLarge),
        (zipped(&[("a.txt", "x")]), Unread::Unknown),
        (b"a\0b".to_vec(), Unread::Unknown),
        (b"\x1f\x8b\x08".to_vec(), Unread::Unknown),
        (
            [b"\xd0\xcf\x11\xe0".to_vec(), Letters::Utf16Little.bytes("EncryptedPackage")].concat(),
            Unread::Encrypted,
        ),
        (zipped(&[("word/document.xml", "<w/>")]), Unread::WithoutText),
    ] {
        assert_eq!(
            read("x", &bytes),
            Read::Unread(because),
            "{:?}",
            String::from_utf8_lossy(&bytes).get(..20)
        );
    }
}

#[test]
fn a_zip_that_unpacks_to_more_than_its_budget_is_not_read() {
    let bomb = zipped(&[("word/document.xml", &format!("<w>{}</w>", " ".repeat(LARGEST_TEXT + 10)))]);
    assert!(bomb.len() < 1_000_000);
    assert_eq!(read("a.docx", &bomb), Read::Unread(Unread::TooLarge));
}

#[test]
fn our_own_pdf_is_read() {
    let report = Document {
        id: "R-2026-0001".into(),
        title: "A report".into(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: "2026-11-21T10:15:00Z".parse().unwrap(),
        practice: false,
        blocks: vec![Block::Paragraph("The number is 219-09-9999.".into())],
    };
    let text = text_of("a.pdf", &crate::document::render(&report).unwrap().bytes);
    assert!(text.contains("219-09-9999"), "{text}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_stumble(mut bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), head in 0_usize..4) {
        let heads: [&[u8]; 4] = [b"", b"%PDF-1.4\n1 0 obj\n", b"PK\x03\x04", b"\xff\xfe"];
        bytes.splice(0..0, heads[head].iter().copied());
        read("a.csv", &bytes);
    }
}
