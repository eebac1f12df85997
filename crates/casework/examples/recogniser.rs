//! How right and how fast the recogniser of § 7024(d) identifiers is, on a labelled set written from a seed: invented
//! values in the ways people write them, between sentences that only look alike.
//!
//! Prints one JSON document; with a path, also writes the set there, one sample a line, for another program to try.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement that breaks should stop, and it needs a clock"
)]

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

use casework::disclosure::{self, Kind};
use serde_json::json;

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: u64 = 7024;
const SAMPLES_OF_EACH: usize = 400;
const HARD_NEGATIVES: usize = 6_000;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
    fn digits(&mut self, n: usize) -> String {
        (0..n).map(|_| char::from(b"0123456789"[self.below(10)])).collect()
    }
    fn letters(&mut self, n: usize) -> String {
        (0..n).map(|_| char::from(b"ACDEFGHJKMNPQRTUVWXY"[self.below(20)])).collect()
    }
}

/// The last digit that makes the whole pass Luhn's check.
fn luhn_digit(start: &str) -> u32 {
    let digits = start.chars().rev().filter_map(|it| it.to_digit(10)).enumerate();
    let sum: u32 = digits
        .map(|(place, digit)| if place % 2 == 1 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    (10 - sum % 10) % 10
}

fn grouped(text: &str, sizes: &[usize], by: &str) -> String {
    let mut rest = text;
    let mut parts = Vec::new();
    for size in sizes {
        let (part, after) = rest.split_at((*size).min(rest.len()));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts.join(by)
}

fn wide(text: &str) -> String {
    text.chars()
        .map(
            |it| {
                if it.is_ascii_graphic() { char::from_u32(u32::from(it) + 0xfee0).unwrap_or(it) } else { it }
            },
        )
        .collect()
}

fn ssn(r: &mut Random) -> String {
    let area = 1 + r.below(665);
    format!("{area:03}{:02}{:04}", 1 + r.below(99), 1 + r.below(9999))
}

/// What stands before the value, the value, and what stands behind it.
fn sample(kind: Kind, r: &mut Random) -> (String, String, String) {
    let (before, value): (&str, String) = match kind {
        Kind::SocialSecurity => {
            let number = ssn(r);
            match r.below(8) {
                0 => ("My SSN is ", number),
                1 => ("What is your social? ", number),
                2 => ("Número de seguro social: ", grouped(&number, &[3, 2], "-")),
                3 => ("Social Security No. ", grouped(&number, &[3, 2], " ")),
                4 => ("I was asked to send ", grouped(&number, &[3, 2], "-")),
                5 => ("the form says ", grouped(&number, &[3, 2], ".")),
                6 => ("ssn:", wide(&grouped(&number, &[3, 2], "-"))),
                _ => ("SSN ", grouped(&number, &[3, 2], "&ndash;")),
            }
        }
        Kind::PaymentCard => {
            let (start, length) =
                [("4", 16), ("51", 16), ("2221", 16), ("37", 15), ("6011", 16), ("3530", 16)][r.below(6)];
            let body = format!("{start}{}", r.digits(length - 1 - start.len()));
            let number = format!("{body}{}", luhn_digit(&body));
            let sizes: &[usize] = if length == 15 { &[4, 6] } else { &[4, 4, 4] };
            let written = match r.below(5) {
                0 => number,
                1 => grouped(&number, sizes, "-"),
                2 => grouped(&number, sizes, "\n"),
                3 => wide(&number),
                _ => grouped(&number, sizes, " "),
            };
            (
                r.of(&["charge my card ", "", "Visa ", "tarjeta de crédito ", "it was paid with ", "cc: "]),
                written,
            )
        }
        Kind::DriversLicense => {
            let value = match r.below(9) {
                0 => format!("{}{}", r.letters(1), r.digits(7)),
                1 => grouped(&format!("{}{}", r.letters(1), r.digits(12)), &[4, 3, 2, 3], "-"),
                2 => r.digits(8),
                3 => r.digits(9),
                4 => format!("{}{}{}", r.letters(2), r.digits(6), r.letters(1)),
                5 => format!("{}{}", r.letters(1), r.digits(14)),
                6 => format!("{}{}", r.letters(3), r.digits(6)),
                7 => format!(
                    "{} {} {} {} {}",
                    r.letters(1),
                    r.digits(3),
                    r.digits(3),
                    r.digits(3),
                    r.digits(3)
                ),
                _ => format!("{}{}", r.letters(2), r.digits(6)),
            };
            (
                r.of(&[
                    "Driver's license number: ",
                    "my drivers license is ",
                    "DL# ",
                    "licencia de conducir ",
                    "Texas driver license no. ",
                    "D.L. ",
                    "license number in Ohio: ",
                ]),
                value,
            )
        }
        Kind::Passport => {
            let value = match r.below(4) {
                0 => r.digits(9),
                1 => format!("{}{}", r.letters(1), r.digits(8)),
                2 => format!("{}{}", r.letters(2), r.digits(6)),
                _ => format!("{}{}", r.letters(2), r.digits(7)),
            };
            (
                r.of(&[
                    "passport ",
                    "Passport No: ",
                    "pasaporte número ",
                    "my US passport number is ",
                    "PASSPORT# ",
                ]),
                value,
            )
        }
        Kind::TaxId => match r.below(3) {
            0 => (
                r.of(&["ITIN ", "my itin is ", "taxpayer id: "]),
                grouped(&format!("9{}7{}{}", r.digits(2), r.below(9), 1000 + r.below(8999)), &[3, 2], "-"),
            ),
            1 => (r.of(&["EIN ", "our EIN is ", "Tax ID: "]), format!("{}-{}", 20 + r.below(7), r.digits(7))),
            _ => (
                r.of(&["employer identification number ", "FEIN: "]),
                format!("{}-{}", 30 + r.below(9), r.digits(7)),
            ),
        },
        Kind::GovernmentId => (
            r.of(&[
                "A-number ",
                "alien registration number: A",
                "USCIS number ",
                "green card ",
                "DoD ID ",
                "military id: ",
            ]),
            r.digits(9),
        ),
        Kind::Iban => {
            let value = [
                "DE89370400440532013000",
                "GB82WEST12345698765432",
                "FR1420041010050500013M02606",
                "NL91ABNA0417164300",
                "ES9121000418450200051332",
                "SE4550000000058398257466",
            ][r.below(6)];
            let value =
                if r.below(2) == 0 { value.to_owned() } else { grouped(value, &[4, 4, 4, 4, 4, 4], " ") };
            (r.of(&["IBAN ", "transfer it to ", "", "my iban: "]), value)
        }
        Kind::BankAccount => {
            let value = {
                let n = 8 + r.below(6);
                format!("{}{}", 1 + r.below(9), r.digits(n - 1))
            };
            (
                r.of(&[
                    "checking account ",
                    "my bank account number is ",
                    "Savings acct # ",
                    "cuenta bancaria: ",
                    "refund it to bank account ",
                    "Routing 021000021, account number ",
                ]),
                value,
            )
        }
        Kind::HealthInsurance => match r.below(3) {
            0 => {
                let (a, b, c) = (r.letters(1), r.letters(1), r.letters(2));
                let number = format!(
                    "{}{a}{}{}{b}{}{}{c}{}",
                    1 + r.below(9),
                    r.digits(1),
                    r.digits(1),
                    r.digits(1),
                    r.digits(1),
                    r.digits(2)
                );
                (
                    r.of(&["Medicare ", "", "MBI: "]),
                    if r.below(2) == 0 { number } else { grouped(&number, &[4, 3], "-") },
                )
            }
            1 => (
                r.of(&["Blue Cross member ID: ", "my health plan subscriber ID is ", "Aetna policy number "]),
                format!("{}{}", r.letters(3), r.digits(9)),
            ),
            _ => (
                r.of(&[
                    "health insurance number ",
                    "insurance member number: ",
                    "seguro médico número ",
                    "Medicaid ID ",
                ]),
                r.digits(10),
            ),
        },
        Kind::MedicalRecord => {
            (r.of(&["MRN ", "MRN: ", "medical record number ", "patient ID ", "expediente médico "]), {
                let n = 6 + r.below(3);
                r.digits(n)
            })
        }
        Kind::Password => {
            let value = match r.below(4) {
                0 => format!("{}{}!", ["Sunny", "tiger", "Maple"][r.below(3)], r.digits(3)),
                1 => format!("{}x{}q", r.letters(3).to_lowercase(), r.digits(4)),
                2 => ["sunflower", "trustnoone", "iloveyou"][r.below(3)].to_owned(),
                _ => format!("P@{}ss", r.digits(2)),
            };
            (
                r.of(&[
                    "password: ",
                    "my password is ",
                    "login password = ",
                    "contraseña: ",
                    "temp password: ",
                    "the pwd was ",
                ]),
                value,
            )
        }
        Kind::CardCode => match r.below(2) {
            0 => (r.of(&["CVV ", "cvv: ", "security code is "]), r.digits(3)),
            _ => (r.of(&["PIN is ", "my pin: ", "PIN code "]), r.digits(4)),
        },
        Kind::SecurityQuestion => (
            r.of(&["Security question: ", "secret question is: ", "pregunta de seguridad: "]),
            ["What was your first pet?", "In what city were you born?", "¿Cómo se llamaba su escuela?"]
                [r.below(3)]
            .to_owned(),
        ),
        Kind::Biometric => (
            r.of(&["fingerprint template: ", "faceprint data = ", "voiceprint: "]),
            format!("Rk1SACAyMAA{}{}", r.letters(12), r.digits(8)),
        ),
        Kind::Routing => (
            r.of(&["routing number ", "ABA: ", "Routing # "]),
            ["021000021", "011401533", "091000019", "121000358", "322271627"][r.below(5)].to_owned(),
        ),
    };
    let opening = r.of(&[
        "",
        "Hello, ",
        "Re: your mail of 2026-10-02. ",
        "She called from 415-555-0132. ",
        "Order 88213 came late. ",
    ]);
    let closing = match kind {
        Kind::SecurityQuestion | Kind::Biometric => r.of(&["\n", ""]),
        _ => r.of(&[".", ", thank you", "\nBest, Ana", " please", "", " (checked)", "; call me"]),
    };
    (format!("{opening}{before}"), value, closing.to_owned())
}

/// What only looks like an identifier.
fn negative(r: &mut Random) -> String {
    let value = match r.below(22) {
        0 => format!("order {}", r.digits(9)),
        1 => format!("Order number {}-{}-{}", r.digits(3), r.digits(2), r.digits(4)),
        2 => format!("call (415) 555-01{}", r.digits(2)),
        3 => format!("phone +1 415 555 01{}", r.digits(2)),
        4 => format!("record 003{}{}AAA", r.digits(2), r.letters(10)),
        5 => format!("tracking 1Z{}{}", r.letters(3), r.digits(13)),
        6 => format!("tracking number 94001{}", r.digits(17)),
        7 => format!("case {}", r.digits(8)),
        8 => format!("number {}-{}-{}", [0, 666, 900 + r.below(100)][r.below(3)], r.digits(2), r.digits(4))
            .replace("number 0-", "number 000-"),
        9 => {
            let body = format!("4{}", r.digits(14));
            let good = luhn_digit(&body);
            format!("{body}{}", (good + 1 + r.below(8) as u32) % 10)
        }
        10 => format!("invoice {} of ${}.{}", r.digits(10), r.digits(5), r.digits(2)),
        11 => format!(
            "on 2026-{:02}-{:02} at {:02}:{:02}",
            1 + r.below(12),
            1 + r.below(28),
            r.below(24),
            r.below(60)
        ),
        12 => "I forgot my password and the reset link has expired".to_owned(),
        13 => "the password is not working since Monday".to_owned(),
        14 => format!("my passport renewal took {} weeks, reference {}", 2 + r.below(9), r.digits(7)),
        15 => format!("customer number {}", r.digits(8)),
        16 => format!("loyalty member {}", r.digits(9)),
        17 => format!("ZIP {}-{}", r.digits(5), r.digits(4)),
        18 => format!("serial {}{}", r.letters(2), r.digits(9)),
        19 => format!("version {}.{}.{}.{}", r.below(9), r.below(30), r.below(300), r.below(9)),
        20 => format!("I lost my driver's license, call me at 415555{}", r.digits(4)),
        _ => format!("Visa ending in {}", r.digits(4)),
    };
    format!(
        "{} {value}{}",
        r.of(&["Hello,", "Note:", "She said", "Please see", "Re:"]),
        r.of(&[".", "", ", thanks", "\nBest"])
    )
}

/// MB/s of the fastest of five passes, so that other work on the machine counts least, and how much was found.
fn fastest(text: &str) -> (f64, usize) {
    let megabytes = text.len() as f64 / 1e6;
    let pass = |_| {
        let begun = Instant::now();
        let found = disclosure::find(text).len();
        (megabytes / begun.elapsed().as_secs_f64(), found)
    };
    (0..5).map(pass).fold((0.0, 0), |best, it| if it.0 >= best.0 { it } else { best })
}

fn main() -> std::io::Result<()> {
    let mut r = Random(SEED);
    let mut samples: Vec<(Option<Kind>, String, std::ops::Range<usize>)> = Vec::new();
    for kind in Kind::ALL {
        for _ in 0..SAMPLES_OF_EACH {
            let (before, value, after) = sample(kind, &mut r);
            let span = before.len()..before.len() + value.len();
            samples.push((Some(kind), format!("{before}{value}{after}"), span));
        }
    }
    samples.extend((0..HARD_NEGATIVES).map(|_| (None, negative(&mut r), 0..0)));
    if let Some(path) = std::env::args_os().nth(1) {
        let mut file = std::fs::File::create(path)?;
        for (kind, text, span) in &samples {
            // Places count in characters there.
            let chars = |bytes: usize| text.get(..bytes).unwrap_or_default().chars().count();
            writeln!(
                file,
                "{}",
                json!({ "kind": kind, "text": text, "start": chars(span.start), "end": chars(span.end) })
            )?;
        }
    }
    // kind → labelled, found, found wrongly
    let mut tally: BTreeMap<Kind, (usize, usize, usize)> = BTreeMap::new();
    let mut misses = Vec::new();
    for (kind, text, span) in &samples {
        let found = disclosure::find(text);
        if let Some(kind) = kind {
            let hit = found
                .iter()
                .any(|it| it.kind == *kind && it.span.start <= span.start && it.span.end >= span.end);
            let line = tally.entry(*kind).or_default();
            line.0 += 1;
            line.1 += usize::from(hit);
            if !hit {
                misses.push(format!("missed {kind:?}: {text:?} {found:?}"));
            }
        }
        // The routing number beside an account is one of its kind, wherever it stands.
        for it in found.iter().filter(|it| it.kind != Kind::Routing || *kind == Some(Kind::Routing)) {
            let right = *kind == Some(it.kind) && it.span.start < span.end && it.span.end > span.start;
            if !right {
                tally.entry(it.kind).or_default().2 += 1;
                misses.push(format!("wrongly {:?}: {text:?}", it.kind));
            }
        }
    }
    let document: String = samples
        .iter()
        .map(|it| it.1.as_str())
        .collect::<Vec<_>>()
        .join(" The tent was fine and the weather too, we walked on for hours. ");
    let document = document.repeat(20_000_000 / document.len() + 1);
    let words = "The tent was fine and the weather too, we walked on for hours until order 88213 came. "
        .repeat(300_000);
    let (mb_s, count) = fastest(&document);
    let (plain_mb_s, none) = fastest(&words);
    misses.truncate(40);
    println!(
        "{}",
        json!({
            "seed": SEED, "samples": samples.len(), "mb_s": mb_s, "plain_mb_s": plain_mb_s, "found": count, "none": none, "misses": misses,
            "kinds": tally.iter().map(|(kind, (labelled, found, wrong))| json!({ "kind": kind, "labelled": labelled, "found": found, "wrong": wrong })).collect::<Vec<_>>(),
        })
    );
    Ok(())
}
