//! Papers as strangers read them: qpdf, poppler and a checker of accessibility, none of them ours.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken fixture should stop the test")]

mod samples;

use std::path::{Path, PathBuf};
use std::process::Command;

use papers::Error;
use papers::document::{Block, Document, Figure, Level, Picture, Rendered, Table, Text, Warning, render};
use proptest::prelude::*;

/// A paper on the disk for as long as it is looked at.
struct Made {
    _folder: tempfile::TempDir,
    at: PathBuf,
    rendered: Rendered,
}

fn made(document: &Document) -> Made {
    let rendered = render(document).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("paper.pdf");
    std::fs::write(&at, &rendered.bytes).unwrap();
    Made { _folder: folder, at, rendered }
}

/// What a tool says; `cargo xtask test` installs them all.
fn said(program: &str, arguments: &[&str], at: &Path, behind: &[&str]) -> Vec<u8> {
    let answer = Command::new(program)
        .args(arguments)
        .arg(at)
        .args(behind)
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed (poppler-utils, qpdf): {error}"));
    assert!(
        answer.status.success(),
        "{program}: {}{}",
        String::from_utf8_lossy(&answer.stdout),
        String::from_utf8_lossy(&answer.stderr)
    );
    answer.stdout
}

fn text(at: &Path) -> String {
    String::from_utf8(said("pdftotext", &["-raw", "-enc", "UTF-8"], at, &["-"])).unwrap()
}

/// The paper as its structure tells it: roles and text, without what is only for the eye.
fn structure(at: &Path) -> String {
    String::from_utf8(said("pdfinfo", &["-struct-text", "-enc", "UTF-8"], at, &[])).unwrap()
}

/// Letters and signs alone: what remains however lines are broken.
fn bare(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace() && *it != '\u{c}').collect()
}

/// Every text of the blocks in reading order.
fn words(blocks: &[Block]) -> String {
    let flat = |text: &Text| text.spans.iter().map(|it| it.text.as_str()).collect::<String>();
    let cells = |table: &Table| {
        let titles = table.columns.iter().map(|it| it.title.clone());
        titles.chain(table.rows.iter().flatten().cloned()).collect::<String>()
    };
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading(_, text) | Block::Subtitle(text) => text.clone(),
            Block::Paragraph(text) | Block::Note(text) => flat(text),
            Block::Address(lines) | Block::Signature(lines) => lines.concat(),
            Block::Bullets(items) => items.iter().map(|it| format!("•{}", flat(it))).collect(),
            Block::Numbered(items) => {
                items.iter().enumerate().map(|(n, it)| format!("{}.{}", n + 1, flat(it))).collect()
            }
            Block::Facts(facts) => facts.iter().map(|(label, value)| format!("{label}{value}")).collect(),
            Block::Table(table) => cells(table),
            Block::Figure(figure) => figure.caption.clone(),
            Block::NewPage => String::new(),
        })
        .collect()
}

#[test]
fn every_paper_is_sound_and_the_same_paper_has_the_same_bytes() {
    for (name, document) in samples::all() {
        let made = made(&document);
        said("qpdf", &["--check"], &made.at, &[]);
        assert_eq!(made.rendered.bytes, render(&document).unwrap().bytes, "{name}");
        assert!(made.rendered.warnings.is_empty(), "{name}: {:?}", made.rendered.warnings);
        let fonts = String::from_utf8(said("pdffonts", &[], &made.at, &[])).unwrap();
        for line in fonts.lines().skip(2) {
            let yes: Vec<&str> = line.split_whitespace().filter(|it| *it == "yes").collect();
            assert_eq!(yes.len(), 3, "embedded, in part, with its characters: {line}");
        }
    }
}

#[test]
fn every_paper_is_accessible_and_says_that_it_is_archivable() {
    for (name, document) in samples::all() {
        let made = made(&document);
        let whole = String::from_utf8(
            said("qpdf", &["--qdf", "--object-streams=disable"], &made.at, &["-"])
                .into_iter()
                .filter(u8::is_ascii)
                .collect(),
        )
        .unwrap();
        for needed in [
            "<pdfaid:part>2<",
            "<pdfaid:conformance>A<",
            "<pdfuaid:part>1<",
            "/GTS_PDFA1",
            "/DisplayDocTitle true",
            "/Marked true",
        ] {
            assert!(whole.contains(needed), "{name}: {needed}");
        }
        for forbidden in ["/SMask", "/ca ", "/CA ", "/JavaScript", "/Encrypt", "/LZWDecode"] {
            assert!(!whole.contains(forbidden), "{name}: {forbidden}");
        }
    }
}

/// `HABEAS_TEST_PYTHON` is a Python that has `outloud`; `cargo xtask test` makes one.
#[test]
fn a_checker_of_accessibility_finds_no_fault_in_any_paper() {
    let Some(python) = std::env::var_os("HABEAS_TEST_PYTHON") else { return };
    let folder = tempfile::tempdir().unwrap();
    let papers: Vec<PathBuf> = samples::all()
        .into_iter()
        .map(|(name, document)| {
            let at = folder.path().join(format!("{name}.pdf"));
            std::fs::write(&at, render(&document).unwrap().bytes).unwrap();
            at
        })
        .collect();
    let checker = Path::new(&python).with_file_name("outloud");
    let checked = Command::new(checker).arg("--no-info").args(&papers).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[test]
fn what_is_read_is_what_was_written_in_the_order_in_which_it_was_written() {
    for document in [samples::report(30), samples::letter(), samples::mixed()] {
        let title = document.title.clone();
        let told = structure(&samples_plain(&document).at);
        let told: String = told
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('"'))
            .map(|line| line.strip_suffix('"').unwrap_or(line))
            .collect();
        assert_eq!(bare(&told), bare(&words(&document.blocks)), "{title}");
    }
}

/// The paper without a watermark.
fn samples_plain(document: &Document) -> Made {
    made(&Document { practice: false, ..document.clone() })
}

#[test]
fn the_structure_of_a_short_paper_is_told() {
    let document = samples::document(
        "Told",
        vec![
            Block::Heading(Level::One, "Title".into()),
            Block::Heading(Level::Three, "Skipped a level".into()),
            Block::Paragraph(Text::from("One ").bold("two").plain(" three.")),
            Block::Numbered(vec!["First.".into()]),
            Block::Facts(vec![("Label".into(), "Value".into())]),
            Block::Table(Table::new(&[("A", 1.0), ("B", 1.0)], vec![vec!["1".into()]])),
            Block::Note("Mind this.".into()),
        ],
    );
    let told = structure(&made(&document).at);
    let roles: Vec<&str> = told
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('"') && !line.starts_with('/') && !line.is_empty())
        .collect();
    assert_eq!(
        roles.join(" ").replace(" (block)", "").replace(" (inline)", "").replace(':', ""),
        "Document H1 H2 P L LI Lbl LBody Table TR TH TD Table THead TR TH TH TBody TR TD TD P",
        "{told}"
    );
}

#[test]
fn every_page_says_which_it_is_and_is_well_filled_and_keeps_its_margins() {
    for document in [samples::report(70), samples::mixed(), samples::letter()] {
        let made = samples_plain(&document);
        let pages: Vec<String> = text(&made.at).split('\u{c}').map(str::to_owned).collect();
        let count = made.rendered.pages;
        for (n, page) in pages.iter().take(count).enumerate() {
            let place = match document.language {
                papers::document::Language::English => format!("page {} of {count}", n + 1),
                papers::document::Language::Spanish => format!("página {} de {count}", n + 1),
            };
            assert!(page.contains(&place) && page.contains(&document.id), "{place}: {page}");
        }
        for (n, picture) in pictures(&made.at, 36).iter().enumerate() {
            let filled = picture.filled();
            assert!(
                n + 1 == count || filled > 0.6,
                "page {} of {} is filled to {filled}",
                n + 1,
                document.title
            );
            assert!(picture.margins_are_white(), "page {} of {} leaves its margins", n + 1, document.title);
        }
        let told = String::from_utf8_lossy(&said("qpdf", &["--json", "--json-key=outlines"], &made.at, &[]))
            .into_owned();
        assert_eq!(told.contains("\"title\""), count >= 4, "bookmarks from four pages on");
    }
}

#[test]
fn a_table_of_three_hundred_pages_keeps_every_row_whole() {
    let rows = 7_000;
    let made = made(&samples::document("Long", vec![Block::Table(samples::coverage(rows))]));
    assert!(made.rendered.pages >= 290, "{}", made.rendered.pages);
    said("qpdf", &["--check"], &made.at, &[]);
    let text = text(&made.at);
    let mut seen = 0;
    for page in text.split('\u{c}').filter(|page| !page.trim().is_empty()) {
        assert!(page.contains("Because"), "the header is on every page");
        // Each row ends with the words of its last cell.
        let page = bare(page);
        let begun = page.matches("Opportunity_Contact_Note__c").count();
        let ended = page.matches("lookedathere.").count() + page.matches("Byexactfilter.").count();
        assert_eq!(begun, ended, "no row is split");
        seen += begun;
    }
    assert_eq!(seen, rows);
}

#[test]
fn names_of_many_scripts_come_back() {
    let made = made(&samples::names());
    let told = String::from_utf8(said("pdftotext", &["-enc", "UTF-8"], &made.at, &["-"])).unwrap();
    // The reader marks what runs from right to left; joiners have no place of their own on paper.
    let plain = |text: &str| -> String {
        bare(text).chars().filter(|it| !matches!(it, '\u{200c}' | '\u{202a}'..='\u{202e}')).collect()
    };
    for (script, name) in samples::NAMES.iter().filter(|(script, _)| *script != "Mixed") {
        assert!(plain(&told).matches(&plain(name)).count() >= 3, "{script}: {name} is not in {told}");
    }
}

#[test]
fn nothing_in_a_name_hides_turns_or_disappears() {
    let made = made(&samples::document(samples::HOSTILE, vec![Block::Paragraph(samples::HOSTILE.into())]));
    let text = text(&made.at);
    for shown in [
        "<b>Ana</b> & \"Co\"",
        "[U+202E]gpj.exe[U+202C]",
        "[U+0007]bell[U+0000]nul",
        "[U+2066]in[U+2069]",
        "[U+E0041]tag",
        "[U+3164]filler",
    ] {
        assert!(bare(&text).contains(&bare(shown)), "{shown}: {text}");
    }
    said("qpdf", &["--check"], &made.at, &[]);
    assert!(made.rendered.warnings.is_empty(), "nothing lacks a font: {:?}", made.rendered.warnings);
}

#[test]
fn a_character_without_a_font_is_printed_by_its_code_and_told() {
    let made = made(&samples::document("Codes", vec![Block::Paragraph("Seal \u{e123} of Ana".into())]));
    assert_eq!(made.rendered.warnings, [Warning::NoFont { characters: vec!['\u{e123}'] }]);
    assert!(made.rendered.warnings[0].to_string().contains("U+E123"));
    assert!(text(&made.at).contains("Seal [U+E123] of Ana"));
}

#[test]
fn chinese_japanese_and_korean_print_in_a_font_of_the_machine_or_by_code() {
    let made = made(&samples::document("Names", vec![Block::Paragraph("王芳, 山田太郎, 김민준.".into())]));
    let text = text(&made.at);
    match made.rendered.warnings.as_slice() {
        [] => assert!(text.contains("王芳, 山田太郎, 김민준."), "{text}"),
        [Warning::NoFont { characters }] => {
            assert!(
                characters.iter().all(|it| text.contains(&format!("[U+{:04X}]", u32::from(*it)))),
                "{text}"
            );
        }
        more => panic!("{more:?}"),
    }
}

#[test]
fn long_words_break_and_nothing_leaves_the_page() {
    let long = "0123456789abcdef".repeat(40);
    let path = "https://example.com/a/very/long/path?with=query&more=of_the_same_and_more".repeat(3);
    let cells = vec![vec![long.clone(), path.clone(), "x".into()]];
    let document = samples::document(
        &long,
        vec![
            Block::Heading(Level::One, long.clone()),
            Block::Paragraph(long.clone().into()),
            Block::Facts(vec![(long.clone(), path.clone())]),
            Block::Table(Table::new(&[("Narrow", 1.0), ("Path", 2.0), ("Wide", 9.0)], cells)),
        ],
    );
    let made = made(&document);
    for picture in pictures(&made.at, 36) {
        assert!(picture.margins_are_white());
    }
    let told = bare(&text(&made.at));
    assert!(told.matches(&long).count() >= 2 && told.contains(&path), "{told}");
}

#[test]
fn a_cell_longer_than_a_page_is_not_cut() {
    let words = "abcdefghij ".repeat(2500);
    let rows = vec![vec!["cell".into(), words], vec!["LAST".into()]];
    let made = made(&samples::document(
        "Endless",
        vec![Block::Table(Table::new(&[("One", 1.0), ("Two", 3.0)], rows))],
    ));
    let text = text(&made.at);
    assert_eq!(text.matches("abcdefghij").count(), 2500);
    assert!(text.contains("LAST"));
}

#[test]
fn a_picture_that_cannot_be_shown_or_told_is_refused() {
    let figure = |picture, alternative: &str| {
        let figure = Figure {
            picture,
            alternative: alternative.into(),
            caption: String::new(),
            width: 10.0,
            height: 10.0,
        };
        render(&samples::document("Picture", vec![Block::Figure(figure)]))
    };
    assert!(matches!(figure(Picture::Png(b"no picture".to_vec()), "words"), Err(Error::Picture { .. })));
    assert!(matches!(figure(Picture::Png(samples::png()), " "), Err(Error::Picture { .. })));
    assert!(figure(Picture::Png(samples::png()), "words").is_ok());
}

/// Letters by which the shipped fonts are known to cover a script.
const COVERED: &str = "[a-zA-ZÀ-ÖØ-öø-ÿĀ-žΑ-ΡΣ-ωА-яЁё0-9.,:;()/@_-]{1,24}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_text_prints(texts in prop::collection::vec(any::<String>(), 1..6)) {
        let cells = texts.iter().map(|it| vec![it.clone(), it.chars().rev().collect()]).collect();
        let title = texts.concat();
        let document = samples::document(&title, vec![
            Block::Heading(Level::Two, title.clone()),
            Block::Paragraph(title.clone().into()),
            Block::Table(Table::new(&[("One", 1.0), ("Two", 2.0)], cells)),
            Block::Facts(texts.iter().map(|it| (it.clone(), it.clone())).collect()),
        ]);
        let rendered = render(&document).unwrap();
        prop_assert!(rendered.bytes.starts_with(b"%PDF-1.7"));
        prop_assert_eq!(rendered.bytes, render(&document).unwrap().bytes);
    }

    #[test]
    fn text_of_covered_scripts_comes_back(texts in prop::collection::vec(prop::collection::vec(COVERED, 1..20), 1..20)) {
        let blocks: Vec<Block> = texts.iter().map(|words| Block::Paragraph(words.join(" ").into())).collect();
        let expected: String = texts.iter().flatten().map(String::as_str).collect();
        let told = structure(&made(&samples::document("Words", blocks)).at);
        let told: String = told
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('"'))
            .map(|line| line.strip_suffix('"').unwrap_or(line))
            .collect();
        prop_assert_eq!(bare(&told), bare(&expected));
    }
}

/// A page in shades of grey, from the top.
struct Shades {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Shades {
    fn row_has_ink(&self, row: usize) -> bool {
        self.pixels[row * self.width..(row + 1) * self.width].iter().any(|it| *it < 200)
    }

    /// How much of the text's height is used, from the top margin to the last ink above the footer.
    fn filled(&self) -> f64 {
        let (top, bottom) = (self.height * 72 / 792, self.height - self.height * 72 / 792);
        let last = (top..bottom).rev().find(|row| self.row_has_ink(*row)).unwrap_or(top);
        (last - top) as f64 / (bottom - top) as f64
    }

    fn margins_are_white(&self) -> bool {
        let margin = self.width * 62 / 612;
        (0..self.height).all(|row| {
            let line = &self.pixels[row * self.width..(row + 1) * self.width];
            line[..margin].iter().chain(&line[self.width - margin..]).all(|it| *it > 200)
        })
    }
}

fn pictures(at: &Path, dots_per_inch: u32) -> Vec<Shades> {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("page");
    said("pdftoppm", &["-gray", "-r", &dots_per_inch.to_string()], at, &[to.to_str().unwrap()]);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| shades(&std::fs::read(file).unwrap())).collect()
}

/// Reads a PGM file.
fn shades(bytes: &[u8]) -> Shades {
    let head: Vec<&[u8]> = bytes.splitn(4, |it| *it == b'\n').collect();
    let size = std::str::from_utf8(head[1]).unwrap();
    let (width, height) = size.split_once(' ').unwrap();
    Shades { width: width.parse().unwrap(), height: height.parse().unwrap(), pixels: head[3].to_vec() }
}

/// The first page of a paper beside the picture of it that was looked at and kept.
/// `HABEAS_WRITE_PICTURES=1` keeps the pictures of today; look at them before they are committed.
#[test]
fn papers_look_as_they_did_when_they_were_looked_at() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    for (name, document) in samples::all() {
        let now = pictures(&made(&document).at, 24).swap_remove(0);
        let file = kept.join(format!("{name}.pgm"));
        if std::env::var_os("HABEAS_WRITE_PICTURES").is_some() {
            let head = format!("P5\n{} {}\n255\n", now.width, now.height);
            std::fs::write(&file, [head.as_bytes(), &now.pixels].concat()).unwrap();
        }
        let then = shades(&std::fs::read(&file).unwrap());
        assert_eq!((now.width, now.height), (then.width, then.height), "{name}");
        let apart: u64 = now.pixels.iter().zip(&then.pixels).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        let mean = apart as f64 / now.pixels.len() as f64;
        assert!(mean < 3.0, "{name} looks different: {mean:.1} of 255 on average");
    }
}
