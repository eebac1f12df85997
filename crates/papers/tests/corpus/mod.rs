//! Sealed bundles tampered with in every way we know, each with the verdict it must get.
//!
//! Shared by `tests/tampering.rs` and `examples/tampered.rs`, which writes the corpus to disk for the browser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what must be so")]

use std::path::Path;

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signer, SigningKey};
use papers::bundle::{Content, Entry, Header, seal};
use sha2::{Digest, Sha256};

pub const KEY: [u8; 32] = [7; 32];
pub const OTHER_KEY: [u8; 32] = [8; 32];
pub const LEDGER: &str = "log/ledger.jsonl";

/// One tampered bundle: its name, its bytes, the verdict (`bundle_unreadable` for a problem) and findings that must
/// be among the checks.
pub struct Case {
    pub name: &'static str,
    pub zip: Vec<u8>,
    pub verdict: &'static str,
    pub findings: Vec<(&'static str, &'static str)>,
}

pub fn header() -> Header {
    Header {
        case: "R-2026-0042".into(),
        kind: "delete".into(),
        stage: "proven".into(),
        org: "00D5g000004ABCDEA4 Alder & Finch <Outfitters>".into(),
        sealed_at: "2026-11-21T10:15:30Z".parse::<DateTime<Utc>>().unwrap(),
        tool_version: "0.1.0".into(),
        practice: true,
        facts: vec![("Plan".into(), "<script>alert(1)</script>".into())],
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn ledger() -> String {
    let mut text = String::new();
    let mut before = "0".repeat(64);
    for n in 1..=4 {
        let cut = format!(
            "{{\"seq\":{},\"at\":\"2026-11-21T10:1{n}:00Z\",\"case\":\"R-2026-0042\",\"case_seq\":{n},\"actor\":\"officer\",\"deed\":\"deed\",\"detail\":{{\"n\":{n}}},\"prev_hash\":\"{}\",\"case_prev_hash\":\"{before}\"",
            n * 3,
            "1".repeat(64)
        );
        before = hex(format!("{cut}}}").as_bytes());
        text.push_str(&format!("{cut},\"hash\":\"{before}\"}}\n"));
    }
    text
}

pub fn entries() -> Vec<Entry> {
    let entry = |path: &str, role: &str, bytes: Vec<u8>| Entry {
        path: path.into(),
        role: role.into(),
        source: "vault".into(),
        content: Content::Bytes(bytes),
    };
    vec![
        entry(LEDGER, "ledger", ledger().into_bytes()),
        entry("coverage/coverage.json", "coverage", br#"[{"object":"Contact","rows":12}]"#.repeat(400)),
        entry("data/Contact.json", "data", b"[{\"Id\":\"0035g00000AAAAAAA5\"}]\n".repeat(300)),
        entry("data/Contact.csv", "data", b"\xef\xbb\xbfId\r\n0035g00000AAAAAAA5\r\n".to_vec()),
        entry(
            "files/picture.png",
            "file",
            (0..70_000_u32).flat_map(|n| n.wrapping_mul(n).to_le_bytes()).collect(),
        ),
        entry("files/empty.bin", "file", Vec::new()),
    ]
}

pub fn sealed() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("bundle.zip");
    seal(entries(), &header(), &KEY, &to).unwrap();
    std::fs::read(to).unwrap()
}

/// One file of a ZIP, with everything about its headers that can be bent.
#[derive(Clone)]
pub struct Member {
    pub name: Vec<u8>,
    pub local_name: Option<Vec<u8>>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    pub size: u32,
    pub local_size: Option<u32>,
    pub attributes: u32,
    pub extra: Vec<u8>,
    pub local_extra: Vec<u8>,
    pub comment: Vec<u8>,
    pub before: Vec<u8>,
    pub in_directory: bool,
}

impl Member {
    pub fn stored(name: &str, data: &[u8]) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        Self {
            name: name.into(),
            local_name: None,
            data: data.to_vec(),
            method: 0,
            flags: 0,
            crc: crc.sum(),
            size: data.len() as u32,
            local_size: None,
            attributes: 0o100_644 << 16,
            extra: Vec::new(),
            local_extra: Vec::new(),
            comment: Vec::new(),
            before: Vec::new(),
            in_directory: true,
        }
    }

    pub fn deflated(name: &str, data: &[u8]) -> Self {
        use std::io::Write;
        let mut member = Self::stored(name, data);
        let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        deflate.write_all(data).unwrap();
        member.data = deflate.finish().unwrap();
        member.method = 8;
        member
    }
}

pub fn members(zip: &[u8]) -> Vec<Member> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut data = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut data).unwrap();
            Member::stored(&file.name().unwrap(), &data)
        })
        .collect()
}

pub fn zip_of(members: &[Member], before_directory: &[u8], comment: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let mut count = 0_u16;
    for member in members {
        out.extend(&member.before);
        let offset = out.len() as u32;
        let head = |size: u32, extra: &[u8], name: &[u8]| {
            let mut common = Vec::new();
            for short in [20, member.flags, member.method, 0x5000, 0x5d75] {
                common.extend(short.to_le_bytes());
            }
            for long in [member.crc, member.data.len() as u32, size] {
                common.extend(long.to_le_bytes());
            }
            common.extend((name.len() as u16).to_le_bytes());
            common.extend((extra.len() as u16).to_le_bytes());
            common
        };
        let local_name = member.local_name.as_deref().unwrap_or(&member.name);
        out.extend(b"PK\x03\x04");
        out.extend(head(member.local_size.unwrap_or(member.size), &member.local_extra, local_name));
        out.extend(local_name);
        out.extend(&member.local_extra);
        out.extend(&member.data);
        if !member.in_directory {
            continue;
        }
        count += 1;
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(head(member.size, &member.extra, &member.name));
        directory.extend((member.comment.len() as u16).to_le_bytes());
        directory.extend([0; 4]);
        directory.extend(member.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(&member.name);
        directory.extend(&member.extra);
        directory.extend(&member.comment);
    }
    out.extend(before_directory);
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend((comment.len() as u16).to_le_bytes());
    out.extend(comment);
    out
}

fn at<'a>(members: &'a mut [Member], name: &str) -> &'a mut Member {
    members.iter_mut().find(|member| member.name == name.as_bytes()).unwrap()
}

fn replace(members: &mut [Member], name: &str, data: &[u8]) {
    *at(members, name) = Member::stored(name, data);
}

/// Writes the lists anew for what the members now hold, and signs them with `key`.
fn reseal(members: &mut [Member], key: &[u8; 32], bend: impl Fn(&mut serde_json::Value)) {
    let mut manifest: serde_json::Value = serde_json::from_slice(&at(members, "manifest.json").data).unwrap();
    let pem = papers::bundle::signer_pub(key);
    manifest["signer"] = hex(pem.as_bytes()).into();
    for file in manifest["files"].as_array_mut().unwrap() {
        let name = file["path"].as_str().unwrap().to_owned();
        if let Some(member) = members.iter().find(|member| member.name == name.as_bytes()) {
            file["bytes"] = member.size.into();
            file["sha256"] = hex(&member.data).into();
        }
    }
    bend(&mut manifest);
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap();
    bytes.push(b'\n');
    let mut lines: Vec<(String, String)> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["path"].as_str().unwrap().into(), file["sha256"].as_str().unwrap().into()))
        .collect();
    lines.push(("manifest.json".into(), hex(&bytes)));
    lines.sort();
    let sums: String = lines.iter().map(|(path, sum)| format!("{sum}  {path}\n")).collect();
    let signature = SigningKey::from_bytes(key).sign(&bytes).to_bytes();
    replace(members, "manifest.json", &bytes);
    replace(members, "manifest.sig", &signature);
    replace(members, "signer.pub", pem.as_bytes());
    replace(members, "SHA256SUMS", sums.as_bytes());
}

pub fn cases() -> Vec<Case> {
    let whole = sealed();
    let all = members(&whole);
    let mut cases = Vec::new();
    let mut case = |name, zip: Vec<u8>, verdict, findings: &[(&'static str, &'static str)]| {
        cases.push(Case { name, zip, verdict, findings: findings.to_vec() });
    };
    case("untouched", whole.clone(), "INTACT", &[(LEDGER, "ok"), ("manifest.sig", "ok")]);
    case("repacked-plainly", zip_of(&all, b"", b""), "INTACT", &[]);

    // Built from a bent list of members.
    let mut bent =
        |name, verdict, findings: &[(&'static str, &'static str)], bend: &dyn Fn(&mut Vec<Member>)| {
            let mut members = all.clone();
            bend(&mut members);
            case(name, zip_of(&members, b"", b""), verdict, findings);
        };
    bent("repacked-deflated", "INTACT", &[], &|all| {
        for member in all {
            *member =
                Member::deflated(&String::from_utf8(member.name.clone()).unwrap(), &member.data.clone());
        }
    });
    bent("byte-changed", "ALTERED", &[("data/Contact.json", "altered"), ("manifest.json", "ok")], &|all| {
        let mut data = at(all, "data/Contact.json").data.clone();
        data[20] ^= 1;
        replace(all, "data/Contact.json", &data);
    });
    bent("file-longer", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        let mut data = at(all, "data/Contact.csv").data.clone();
        data.push(b'\n');
        replace(all, "data/Contact.csv", &data);
    });
    bent(
        "file-removed",
        "INCOMPLETE",
        &[("data/Contact.json", "missing"), ("data/Contact.csv", "ok")],
        &|all| {
            all.retain(|member| member.name != b"data/Contact.json");
        },
    );
    bent(
        "file-removed-and-altered",
        "ALTERED",
        &[("data/Contact.json", "missing"), ("data/Contact.csv", "altered")],
        &|all| {
            all.retain(|member| member.name != b"data/Contact.json");
            replace(all, "data/Contact.csv", b"x");
        },
    );
    bent(
        "manifest-removed",
        "INCOMPLETE",
        &[("manifest.json", "missing"), ("data/Contact.csv", "ok")],
        &|all| {
            all.retain(|member| member.name != b"manifest.json");
        },
    );
    bent("signature-removed", "INCOMPLETE", &[("manifest.sig", "missing")], &|all| {
        all.retain(|member| member.name != b"manifest.sig");
    });
    bent("signer-removed", "INCOMPLETE", &[("signer.pub", "missing")], &|all| {
        all.retain(|member| member.name != b"signer.pub");
    });
    bent("sums-removed", "INCOMPLETE", &[("SHA256SUMS", "missing")], &|all| {
        all.retain(|member| member.name != b"SHA256SUMS");
    });
    bent(
        "both-lists-removed-and-altered",
        "INCOMPLETE",
        &[("SHA256SUMS", "missing"), ("manifest.json", "missing")],
        &|all| {
            all.retain(|member| member.name != b"SHA256SUMS" && member.name != b"manifest.json");
        },
    );
    bent("file-added", "ALTERED", &[("data/Lead.json", "added")], &|all| {
        all.push(Member::stored("data/Lead.json", b"[]"))
    });
    bent(
        "file-added-to-sums",
        "ALTERED",
        &[("data/Lead.json", "unlisted"), ("SHA256SUMS", "altered")],
        &|all| {
            let mut sums = at(all, "SHA256SUMS").data.clone();
            sums.extend(format!("{}  data/Lead.json\n", hex(b"[]")).bytes());
            replace(all, "SHA256SUMS", &sums);
            all.push(Member::stored("data/Lead.json", b"[]"));
        },
    );
    bent("sums-changed", "ALTERED", &[("SHA256SUMS", "altered"), ("manifest.json", "ok")], &|all| {
        let mut sums = at(all, "SHA256SUMS").data.clone();
        sums[0] = if sums[0] == b'0' { b'1' } else { b'0' };
        replace(all, "SHA256SUMS", &sums);
    });
    bent("sums-no-form", "ALTERED", &[("SHA256SUMS", "altered")], &|all| {
        replace(all, "SHA256SUMS", b"hello")
    });
    bent(
        "manifest-changed",
        "ALTERED",
        &[("manifest.json", "altered"), ("data/Contact.json", "ok")],
        &|all| {
            let text = String::from_utf8(at(all, "manifest.json").data.clone()).unwrap();
            replace(all, "manifest.json", text.replace("proven", "drafty").as_bytes());
        },
    );
    bent("manifest-not-json", "ALTERED", &[("manifest.json", "altered")], &|all| {
        replace(all, "manifest.json", b"{")
    });
    bent("signature-changed", "ALTERED", &[("manifest.sig", "altered")], &|all| {
        let mut signature = at(all, "manifest.sig").data.clone();
        signature[10] ^= 4;
        replace(all, "manifest.sig", &signature);
    });
    bent("signature-short", "ALTERED", &[("manifest.sig", "altered")], &|all| {
        replace(all, "manifest.sig", &[1; 63])
    });
    bent("signer-swapped", "ALTERED", &[("signer.pub", "altered")], &|all| {
        replace(all, "signer.pub", papers::bundle::signer_pub(&OTHER_KEY).as_bytes());
    });
    bent("signer-not-a-key", "ALTERED", &[("signer.pub", "altered")], &|all| {
        replace(all, "signer.pub", b"key")
    });
    bent(
        "lists-rewritten-unsigned",
        "ALTERED",
        &[("manifest.json", "altered"), ("manifest.sig", "altered")],
        &|all| {
            let (signature, signer) = (at(all, "manifest.sig").clone(), at(all, "signer.pub").clone());
            replace(all, "data/Contact.csv", b"forged");
            reseal(all, &KEY, |_| {});
            *at(all, "manifest.sig") = signature;
            *at(all, "signer.pub") = signer;
        },
    );
    bent("forged-by-another-signer", "INTACT", &[("data/Contact.csv", "ok")], &|all| {
        replace(all, "data/Contact.csv", b"forged");
        reseal(all, &OTHER_KEY, |_| {});
    });
    bent("ledger-line-changed-and-resealed", "ALTERED", &[(LEDGER, "broken_link")], &|all| {
        replace(all, LEDGER, ledger().replacen("\"n\":2", "\"n\":9", 1).as_bytes());
        reseal(all, &KEY, |_| {});
    });
    bent("ledger-line-removed-and-resealed", "ALTERED", &[(LEDGER, "broken_link")], &|all| {
        let text: String = ledger()
            .split_inclusive('\n')
            .enumerate()
            .filter(|(n, _)| *n != 1)
            .map(|(_, line)| line)
            .collect();
        replace(all, LEDGER, text.as_bytes());
        reseal(all, &KEY, |_| {});
    });
    bent("ledger-line-changed", "ALTERED", &[(LEDGER, "broken_link"), (LEDGER, "altered")], &|all| {
        replace(all, LEDGER, ledger().replacen("officer", "nobody!", 1).as_bytes());
    });
    bent("manifest-unknown-key-signed", "ALTERED", &[("manifest.json", "altered")], &|all| {
        reseal(all, &KEY, |manifest| manifest["more"] = 1.into());
    });
    bent("manifest-unsorted-signed", "ALTERED", &[("manifest.json", "altered")], &|all| {
        reseal(all, &KEY, |manifest| manifest["files"].as_array_mut().unwrap().swap(0, 1));
    });
    bent("manifest-unsafe-path-signed", "ALTERED", &[("manifest.json", "altered")], &|all| {
        reseal(all, &KEY, |manifest| manifest["files"][0]["path"] = "../x".into());
    });
    bent("manifest-lists-more-signed", "INCOMPLETE", &[("zz/last.txt", "missing")], &|all| {
        reseal(all, &KEY, |manifest| {
            let mut last = manifest["files"][0].clone();
            last["path"] = "zz/last.txt".into();
            manifest["files"].as_array_mut().unwrap().push(last);
        });
    });
    bent("duplicate", "ALTERED", &[("data/Contact.csv", "duplicate")], &|all| {
        let twin = at(all, "data/Contact.csv").clone();
        all.push(twin);
    });
    bent("duplicate-other-content-first", "ALTERED", &[("data/Contact.csv", "duplicate")], &|all| {
        all.insert(0, Member::stored("data/Contact.csv", b"other"));
    });
    bent(
        "case-twin",
        "ALTERED",
        &[("DATA/Contact.csv", "duplicate"), ("data/Contact.csv", "duplicate")],
        &|all| {
            all.push(Member::stored("DATA/Contact.csv", b"x"));
        },
    );
    for (name, path) in [
        ("path-up", "../evil.txt"),
        ("path-up-inside", "data/../../evil.txt"),
        ("path-absolute", "/evil.txt"),
        ("path-backslash", "data\\evil.txt"),
        ("path-drive", "C:evil.txt"),
        ("path-folder", "data/more/"),
        ("path-device", "data/NUL.txt"),
    ] {
        bent(name, "ALTERED", &[(path, "unsafe"), (path, "added")], &|all| {
            all.push(Member::stored(path, b"x"))
        });
    }
    bent("path-not-ascii", "ALTERED", &[("caf\u{fffd}\u{fffd}.txt", "unsafe")], &|all| {
        all.push(Member::stored("café.txt", b"x"));
    });
    bent("path-control", "ALTERED", &[("a\u{fffd}b", "unsafe")], &|all| {
        all.push(Member::stored("a\0b", b"x"))
    });
    bent("link", "ALTERED", &[("files/empty.bin", "unsafe")], &|all| {
        at(all, "files/empty.bin").attributes = 0o120_777 << 16;
    });
    bent("attributes", "ALTERED", &[("files/empty.bin", "altered")], &|all| {
        at(all, "files/empty.bin").attributes |= 0o4000 << 16;
    });
    bent("encrypted-flag", "ALTERED", &[("files/empty.bin", "altered")], &|all| {
        at(all, "files/empty.bin").flags = 1
    });
    bent("data-descriptor-flag", "ALTERED", &[("files/empty.bin", "altered")], &|all| {
        at(all, "files/empty.bin").flags = 8
    });
    bent("unknown-compression", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").method = 93
    });
    bent("extra-field", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").extra = b"UT\x05\x00\x01\0\0\0\0".to_vec();
    });
    bent("local-extra-field", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").local_extra = b"UT\x05\x00\x01\0\0\0\0".to_vec();
    });
    bent("file-comment", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").comment = b"hi".to_vec();
    });
    bent("local-name-differs", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").local_name = Some(b"data/Contact.exe".to_vec());
    });
    bent("local-size-differs", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").local_size = Some(3);
    });
    bent("bytes-between", "ALTERED", &[("(archive)", "altered"), ("data/Contact.csv", "ok")], &|all| {
        at(all, "data/Contact.csv").before = b"secret".to_vec();
    });
    bent("hidden-file", "ALTERED", &[("(archive)", "altered"), ("hidden.txt", "added")], &|all| {
        let mut member = Member::stored("hidden.txt", b"secret");
        member.in_directory = false;
        all.insert(3, member);
    });
    bent(
        "hidden-listed-file",
        "ALTERED",
        &[("(archive)", "altered"), ("data/Contact.csv", "missing")],
        &|all| {
            at(all, "data/Contact.csv").in_directory = false;
        },
    );
    bent("more-than-declared", "ALTERED", &[("data/Contact.json", "altered")], &|all| {
        let mut member = Member::deflated("data/Contact.json", &vec![b' '; 50_000_000]);
        member.size = 9000;
        *at(all, "data/Contact.json") = member;
    });
    bent("bomb-declared", "ALTERED", &[("data/Contact.json", "altered")], &|all| {
        *at(all, "data/Contact.json") = Member::deflated("data/Contact.json", &vec![b' '; 5_000_000]);
    });
    bent("bytes-behind-deflate-end", "ALTERED", &[("data/Contact.json", "altered")], &|all| {
        let mut member = Member::deflated("data/Contact.json", &at(all, "data/Contact.json").data.clone());
        member.data.extend(b"secret");
        *at(all, "data/Contact.json") = member;
    });
    bent("deflate-cut", "ALTERED", &[("data/Contact.json", "altered")], &|all| {
        let mut member = Member::deflated("data/Contact.json", &at(all, "data/Contact.json").data.clone());
        member.data.truncate(member.data.len() - 4);
        *at(all, "data/Contact.json") = member;
    });
    bent("crc-differs", "ALTERED", &[("data/Contact.csv", "altered")], &|all| {
        at(all, "data/Contact.csv").crc ^= 1
    });

    let archive: &[(&str, &str)] = &[("(archive)", "altered"), ("data/Contact.csv", "ok")];
    case("archive-comment", zip_of(&all, b"", b"hello"), "ALTERED", archive);
    case("bytes-before-directory", zip_of(&all, b"secret", b""), "ALTERED", archive);
    case("bytes-after", [whole.as_slice(), b"secret"].concat(), "ALTERED", archive);
    case("bytes-after-100k", [whole.as_slice(), &vec![b'x'; 100_000]].concat(), "ALTERED", archive);
    case("bytes-before", [b"#!/bin/sh\n", whole.as_slice()].concat(), "ALTERED", archive);
    let end = whole.len() - 22;
    case("bytes-before-end", [&whole[..end], b"secret", &whole[end..]].concat(), "ALTERED", archive);
    case("no-zip", b"This is no ZIP at all.".to_vec(), "bundle_unreadable", &[]);
    case("empty", Vec::new(), "bundle_unreadable", &[]);
    case("cut", whole[..whole.len() / 2].to_vec(), "bundle_unreadable", &[]);
    case("cut-at-end", whole[..whole.len() - 1].to_vec(), "bundle_unreadable", &[]);
    case(
        "zip-of-something-else",
        zip_of(&[Member::stored("a.txt", b"a")], b"", b""),
        "INCOMPLETE",
        &[("manifest.json", "missing")],
    );
    case("zip-of-nothing", zip_of(&[], b"", b""), "INCOMPLETE", &[("manifest.json", "missing")]);
    cases
}

/// What the command says: the verdict word, or the code of the problem, and the checks.
pub fn command_says(zip: &Path) -> serde_json::Value {
    match papers::verify::verify(zip, None) {
        Ok(verdict) => serde_json::to_value(verdict).unwrap(),
        Err(papers::Error::BundleUnreadable { .. }) => {
            serde_json::json!({"verdict": "bundle_unreadable", "checks": []})
        }
        Err(error) => panic!("{error}"),
    }
}
