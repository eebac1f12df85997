//! Papers of every kind, all about invented people: looked at, checked and compared by the tests.

use papers::document::{Block, Document, Figure, Language, Level, Paper, Picture, Shape, Table, Text};

/// Names that a paper must show as they are.
pub const NAMES: [(&str, &str); 9] = [
    ("Latin", "Zoë Ångström-Núñez, Łukasz Žižka, Nguyễn Thị Ánh"),
    ("Greek", "Ιωάννης Παπαδόπουλος"),
    ("Cyrillic", "Юлия Ковальчук, Ђорђе Петровић"),
    ("Arabic", "محمد عبد الرحمن حسين"),
    ("Persian", "فاطمه می‌خواهد"),
    ("Hebrew", "שרה כהן־לוי"),
    ("Devanagari", "प्रिया शर्मा, क्षितिज श्रीवास्तव"),
    ("Mixed", "Dr. שָׂרָה Cohen and الأحمد (Mo) Ali, 42 Harbor St."),
    ("Signs", "€ 12.50 → ✓ done, ☐ open, ≥ 3 §§ 1798.105–1798.130 “quoted” … •"),
];

pub fn document(title: &str, blocks: Vec<Block>) -> Document {
    Document {
        title: title.into(),
        id: "R-2026-0042_delete_2026-11-21T1015Z".into(),
        language: Language::English,
        paper: Paper::Letter,
        made_at: "2026-11-21T10:15:00Z".parse().unwrap(),
        practice: false,
        blocks,
    }
}

pub fn coverage(rows: usize) -> Table {
    let row = |n: usize| {
        [
            "Opportunity_Contact_Note__c",
            "Description__c",
            if n.is_multiple_of(3) { "filter" } else { "scan" },
            &n.to_string(),
            if n.is_multiple_of(7) { "not readable" } else { "searched" },
            ["Long text cannot be filtered, so every row was read and looked at here.", "By exact filter."]
                [n % 2],
        ]
        .map(str::to_owned)
        .to_vec()
    };
    let columns =
        [("Object", 2.6), ("Field", 2.0), ("Method", 1.0), ("Rows", 0.9), ("Outcome", 1.3), ("Because", 3.2)];
    Table::new(&columns, (0..rows).map(row).collect())
}

pub fn report(rows: usize) -> Document {
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let mut report = document(
        "What was found, what was done, and what proves it",
        vec![
            Block::Heading(Level::One, "What was found, what was done, and what proves it".into()),
            Block::Subtitle("Deletion request R-2026-0042 · Alder & Finch Outfitters · sealed when proven".into()),
            Block::Note(Text::default().bold("All 14 records of the plan are gone.").plain(
                " They were looked for again by three other methods on 21 November 2026, and none was found.",
            )),
            Block::Heading(Level::Two, "The request".into()),
            Block::Facts(vec![
                fact("Received", "2026-11-02 09:00 UTC, by web form"),
                fact("Org", "Alder & Finch Outfitters, 00D5g000004ABCDEA4"),
                fact("Digest of the plan", &"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".repeat(2)),
                fact("Person", "Ana Example"),
            ]),
            Block::Heading(Level::Two, "How to read this".into()),
            Block::Paragraph(
                "This report is made for a reader who was not there. It says what was looked at before it says what was found, because an empty result means nothing without the list of places that were searched.".into(),
            ),
            Block::Heading(Level::Three, "In short".into()),
            Block::Bullets(vec![
                "Every object and field that the signed-in user may see was searched.".into(),
                Text::default().bold("What could not be read").plain(" is listed with the reason, and with what an officer can do about it by hand, because a search that hides its gaps proves nothing at all."),
            ]),
            Block::Numbered(vec!["Located.".into(), "Rehearsed.".into(), "Carried out.".into(), "Proved.".into()]),
            Block::Heading(Level::Two, "Coverage".into()),
            Block::Paragraph("Every object and field that could hold an identifier, how it was searched, and what could not be searched and why.".into()),
            Block::Table(coverage(rows)),
            Block::Heading(Level::Two, "Signed".into()),
            Block::Signature(vec!["Compliance officer, name".into(), "Date".into(), "Signature".into(), "Reviewed by".into()]),
        ],
    );
    report.practice = true;
    report
}

pub fn letter() -> Document {
    let mut letter = document(
        "Respuesta a su solicitud",
        vec![
            Block::Address(vec!["Alder & Finch Outfitters".into(), "12 Harbor Street".into(), "Ventura, CA 93001".into()]),
            Block::Address(vec!["21 de noviembre de 2026".into()]),
            Block::Address(vec!["Ana Example".into(), "ana@example.com".into()]),
            Block::Heading(Level::One, "Respuesta a su solicitud".into()),
            Block::Paragraph("Estimada Ana Example:".into()),
            Block::Paragraph("El 2 de noviembre de 2026 recibimos su solicitud de eliminar la información personal que tenemos sobre usted. La hemos cumplido. Esto es lo que hicimos, y lo que usted puede hacer si no está de acuerdo.".into()),
            Block::Bullets(vec![
                "Eliminamos 14 registros de nuestros sistemas.".into(),
                "Dimos la misma instrucción a nuestros proveedores de servicios.".into(),
            ]),
            Block::Paragraph(Text::default().bold("Lo que conservamos. ").plain("La ley nos permite conservar las facturas (Código Civil de California § 1798.105(d)).")),
            Block::Paragraph("Si tiene preguntas, escríbanos a privacy@example.com o llame al 555-0100. Nuestra referencia es R-2026-0042.".into()),
            Block::Signature(vec!["Oficial de cumplimiento".into(), "Fecha".into()]),
        ],
    );
    letter.language = Language::Spanish;
    letter.paper = Paper::A4;
    letter
}

pub fn names() -> Document {
    let facts = NAMES.iter().map(|(label, name)| ((*label).to_owned(), (*name).to_owned())).collect();
    let rows = NAMES.iter().map(|(label, name)| vec![(*label).to_owned(), (*name).to_owned()]).collect();
    let mut blocks = vec![
        Block::Heading(Level::One, "Names are names".into()),
        Block::Facts(facts),
        Block::Table(Table::new(&[("Script", 1.0), ("Name", 3.0)], rows)),
    ];
    blocks.extend(NAMES.iter().map(|(_, name)| Block::Paragraph(Text::default().bold(*name))));
    document("Names", blocks)
}

/// Everything that a hostile name can hold.
pub const HOSTILE: &str = "<b>Ana</b> & \"Co\" \u{202e}gpj.exe\u{202c} \u{7}bell\u{0}nul \u{2066}in\u{2069} \u{e0041}tag \u{3164}filler ]]> (a) \\n";

pub fn figures() -> Document {
    let bars = (0..6).flat_map(|n| {
        let n = f32::from(u8::try_from(n).unwrap());
        let (x, height) = (20.0 + n * 60.0, 20.0 + n * 14.0);
        [
            Shape::Rectangle { x, y: 110.0 - height, width: 36.0, height, fill: [0.11, 0.33, 0.42] },
            Shape::Words { x, y: 122.0, text: format!("day {}", n + 1.0) },
        ]
    });
    let axis = Shape::Line { from: (10.0, 110.5), to: (390.0, 110.5), weight: 0.8, colour: [0.4, 0.4, 0.4] };
    let figure = |picture, alternative: &str| {
        Block::Figure(Figure {
            picture,
            alternative: alternative.into(),
            caption: "Records found per day.".into(),
            width: 400.0,
            height: 130.0,
        })
    };
    document(
        "Pictures",
        vec![
            Block::Heading(Level::One, "Pictures".into()),
            figure(
                Picture::Drawing(bars.chain([axis]).collect()),
                "Six bars, each higher than the one before.",
            ),
            figure(Picture::Png(png()), "A square of four colours, one of them half transparent."),
            Block::Note(HOSTILE.into()),
        ],
    )
}

/// Four pixels, one of them half transparent.
pub fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[200, 0, 0, 255, 0, 150, 0, 255, 0, 0, 200, 255, 0, 0, 0, 128]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// Blocks of every length, so that pages end in the midst of each of them.
pub fn mixed() -> Document {
    let mut blocks = vec![Block::Heading(Level::One, "Everything in turn".into())];
    for n in 0..40_usize {
        blocks.push(Block::Heading(
            if n.is_multiple_of(3) { Level::Two } else { Level::Three },
            format!("Part {n}"),
        ));
        blocks.push(Block::Paragraph(
            format!("Paragraph {n}. {}", "Some more words follow here. ".repeat(n % 17)).into(),
        ));
        if n % 4 == 1 {
            blocks.push(Block::Table(coverage(n % 11 + 1)));
        }
        if n % 5 == 2 {
            blocks.push(Block::Bullets(
                (0..n % 7 + 1)
                    .map(|it| format!("Item {it}. {}", "And so on. ".repeat(it * 5)).into())
                    .collect(),
            ));
        }
        if n % 6 == 3 {
            blocks.push(Block::Note("Not to be overlooked. ".repeat(n % 13 + 1).into()));
        }
    }
    document("Everything in turn", blocks)
}

pub fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("report", report(70)),
        ("letter", letter()),
        ("names", names()),
        ("figures", figures()),
        ("mixed", mixed()),
        ("empty", document("", Vec::new())),
    ]
}
