//! How fast sealing and verifying is: 10,000 files of 20 KB, half text, half packed already.
//!
//! Prints one JSON document; with a path, keeps the bundle there.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a fixture that breaks should stop"
)]

use std::time::Instant;

use papers::bundle::{Content, Entry, Header, seal};
use papers::verify::verify;

/// As in the program.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let entries: Vec<Entry> = (0..10_000)
        .map(|n| {
            let (path, bytes) = if n % 2 == 0 {
                let line = format!(
                    "{{\"Id\":\"0035g00000AA{n:05}\",\"Email\":\"person{n}@example.com\",\"n\":{}}}\n",
                    noise()
                );
                (format!("data/{n}.json"), line.repeat(20_000 / line.len()).into_bytes())
            } else {
                (format!("files/{n}.png"), (0..20_000).map(|_| noise()).collect())
            };
            Entry { path, role: "data".into(), source: "org".into(), content: Content::Bytes(bytes) }
        })
        .collect();
    let header = Header {
        case: "R-2026-0001".into(),
        kind: "delete".into(),
        stage: "proven".into(),
        org: "org".into(),
        sealed_at: "2026-11-21T10:15:00Z".parse().unwrap(),
        tool_version: "0.1.0".into(),
        practice: true,
        facts: Vec::new(),
    };
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("bundle.zip");
    let begun = Instant::now();
    let sealed = seal(entries, &header, &[7; 32], &at).unwrap();
    let sealing = begun.elapsed();
    let begun = Instant::now();
    assert!(verify(&at, None).unwrap().is_intact());
    let verifying = begun.elapsed();
    let rate = |time: std::time::Duration| 200.0 / time.as_secs_f64();
    println!(
        "{{\"bytes\":{},\"seal_mb_s\":{:.1},\"verify_mb_s\":{:.1},\"verify_s\":{:.3}}}",
        sealed.bytes,
        rate(sealing),
        rate(verifying),
        verifying.as_secs_f64()
    );
    if let Some(keep) = std::env::args_os().nth(1) {
        std::fs::copy(at, keep).unwrap();
    }
}
