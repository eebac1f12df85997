//! From what was found in a bundle to its verdict.
//!
//! The signature vouches for the manifest, the manifest for every file. Where the signature does not hold, SHA256SUMS
//! still tells which files fit, so that the altered one can be named; the verdict is `ALTERED` either way.
//! `bundle/verify/check.js` does the same in a browser: change both or neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use ed25519_dalek::{Signature, VerifyingKey};

use super::archive::{Archive, Found};
use super::{Check, Outcome, Verdict, Word, ledger, unpack};
use crate::bundle::manifest::{MANIFEST, Manifest, SEAL, SIGNATURE, SIGNER, SUMS, is_hex};
use crate::{hash, pem};

const LEDGER: &str = "log/ledger.jsonl";
/// Files that are read whole must be smaller than this.
const MOST_WHOLE: u64 = 256 << 20;

/// The checks gathered so far; a file may have several faults, each outcome once.
#[derive(Default)]
struct Findings(BTreeMap<(String, Outcome), Option<String>>);

impl Findings {
    fn add(&mut self, file: &str, outcome: Outcome, because: &str) {
        self.0.entry((file.to_owned(), outcome)).or_insert_with(|| Some(because.to_owned()));
    }

    fn is_clean(&self, file: &str) -> bool {
        self.0.range((file.to_owned(), Outcome::Ok)..).next().is_none_or(|((name, _), _)| name != file)
    }

    fn ok(&mut self, file: &str) {
        if self.is_clean(file) {
            self.0.insert((file.to_owned(), Outcome::Ok), None);
        }
    }
}

struct Seen {
    sha256: String,
    size: u64,
    bytes: Option<Vec<u8>>,
}

pub(super) fn judge(file: &File, archive: Archive, wanted: Option<[u8; 32]>) -> Verdict {
    let mut findings = Findings::default();
    for Check { file, outcome, because } in &archive.faults {
        findings.add(file, *outcome, because.as_deref().unwrap_or_default());
    }
    let seen = unpack_all(file, &archive, &mut findings);
    if !archive.bounded {
        return conclude(findings, String::new(), false);
    }
    let whole = |name: &str| seen.get(name).and_then(|seen| seen.bytes.as_deref());
    let present: BTreeSet<&str> = archive.entries.iter().map(|found| found.name.as_str()).collect();
    for name in SEAL {
        if !present.contains(name) {
            findings.add(name, Outcome::Missing, "it is not in the archive; without it less can be checked");
        }
    }

    let manifest = whole(MANIFEST).map(Manifest::read);
    if let Some(Err(because)) = &manifest {
        findings.add(MANIFEST, Outcome::Altered, because);
    }
    let manifest = manifest.and_then(Result::ok);
    let signed = check_signature(&whole, manifest.as_ref(), wanted, &mut findings);
    let manifest_sha = whole(MANIFEST).map(hash::sha256).unwrap_or_default();
    let sums = whole(SUMS).map(read_sums);
    if let Some(None) = sums {
        findings.add(SUMS, Outcome::Altered, "it does not have the form that sha256sum writes");
    }
    let sums = sums.flatten().unwrap_or_default();

    if let Some(manifest) = manifest.as_ref().filter(|_| signed) {
        let fits = whole(SUMS).is_none_or(|bytes| bytes == manifest.sums(&manifest_sha).as_bytes());
        if !fits {
            findings.add(SUMS, Outcome::Altered, "it does not say what the signed manifest says");
        }
    } else if sums.get(MANIFEST).is_some_and(|sum| *sum != manifest_sha) && present.contains(MANIFEST) {
        findings.add(MANIFEST, Outcome::Altered, "it is not the file that SHA256SUMS lists");
    }
    // What each file must be: by the signed manifest, else by SHA256SUMS, else by the unsigned manifest.
    let mut expected: BTreeMap<&str, (Option<u64>, &str)> = BTreeMap::new();
    let by_manifest = manifest.as_ref().filter(|_| signed || sums.is_empty());
    if let Some(manifest) = by_manifest {
        expected.extend(
            manifest.files.iter().map(|file| (file.path.as_str(), (Some(file.bytes), file.sha256.as_str()))),
        );
    } else {
        let listed = sums.iter().filter(|(path, _)| !SEAL.contains(&path.as_str()));
        expected.extend(listed.map(|(path, sha256)| (path.as_str(), (None, sha256.as_str()))));
    }
    for (path, (bytes, sha256)) in &expected {
        if !present.contains(path) {
            findings.add(path, Outcome::Missing, "it is listed but not in the archive");
        } else if let Some(seen) = seen.get(*path)
            && (seen.sha256 != *sha256 || bytes.is_some_and(|bytes| bytes != seen.size))
        {
            findings.add(path, Outcome::Altered, "it is not the file that was sealed");
        }
    }
    let any_list = by_manifest.is_some() || !sums.is_empty();
    for name in &present {
        if SEAL.contains(name) || expected.contains_key(name) || !any_list {
            continue;
        }
        if sums.contains_key(*name) {
            findings.add(name, Outcome::Unlisted, "SHA256SUMS lists it, the signed manifest does not");
        } else {
            findings.add(name, Outcome::Added, "nothing lists it");
        }
    }
    if let Some(because) = whole(LEDGER).and_then(ledger::broken) {
        findings.add(LEDGER, Outcome::BrokenLink, &because);
    }
    for name in &present {
        findings.ok(name);
    }
    let signer = whole(SIGNER).map(hash::sha256).unwrap_or_default();
    conclude(findings, signer, manifest.is_some_and(|it| it.practice))
}

/// Unpacks what may be unpacked. Of names that stand twice the last one counts; both are named as duplicates.
fn unpack_all(file: &File, archive: &Archive, findings: &mut Findings) -> BTreeMap<String, Seen> {
    let mut lower: BTreeMap<String, Vec<&Found>> = BTreeMap::new();
    for found in &archive.entries {
        lower.entry(found.name.to_ascii_lowercase()).or_default().push(found);
    }
    for twins in lower.values().filter(|twins| twins.len() > 1) {
        for found in twins {
            findings.add(&found.name, Outcome::Duplicate, "the name stands twice, or twice but for case");
        }
    }
    let mut seen = BTreeMap::new();
    if !archive.bounded {
        return seen;
    }
    let keep = |found: &Found| {
        found.size <= MOST_WHOLE && (SEAL.contains(&found.name.as_str()) || found.name == LEDGER)
    };
    let contents = unpack::all(file, &archive.entries, keep);
    for (found, content) in archive.entries.iter().zip(contents) {
        match content {
            Ok(content) => {
                if content.bytes.is_none() && (SEAL.contains(&found.name.as_str()) || found.name == LEDGER) {
                    findings.add(&found.name, Outcome::Altered, "it is too large to be checked");
                }
                let one = Seen { sha256: content.sha256, size: found.size, bytes: content.bytes };
                seen.insert(found.name.clone(), one);
            }
            Err(because) => findings.add(&found.name, Outcome::Altered, because),
        }
    }
    seen
}

/// Whether the signer's key signed exactly this manifest; faults are named at the file that shows them.
fn check_signature<'a>(
    whole: &impl Fn(&str) -> Option<&'a [u8]>,
    manifest: Option<&Manifest>,
    wanted: Option<[u8; 32]>,
    findings: &mut Findings,
) -> bool {
    let Some(signer) = whole(SIGNER) else { return false };
    let key = pem::read(signer).filter(|key| pem::write(key).as_bytes() == signer);
    let Some(key) = key else {
        findings.add(SIGNER, Outcome::Altered, "it is not an Ed25519 public key in PEM form");
        return false;
    };
    if wanted.is_some_and(|wanted| wanted != key) {
        findings.add(SIGNER, Outcome::Altered, "another key signed this bundle than the one asked for");
    }
    if manifest.is_some_and(|manifest| manifest.signer != hash::sha256(signer)) {
        findings.add(SIGNER, Outcome::Altered, "it is not the key that the manifest names");
        return false;
    }
    let (Some(bytes), Some(signature)) = (whole(MANIFEST), whole(SIGNATURE)) else { return false };
    let holds = VerifyingKey::from_bytes(&key)
        .ok()
        .zip(Signature::from_slice(signature).ok())
        .is_some_and(|(key, signature)| key.verify_strict(bytes, &signature).is_ok());
    if !holds {
        // Either was changed; where SHA256SUMS or the form shows that it was the manifest, that is named too.
        let because = "the signature does not fit the manifest: one of the two was changed";
        findings.add(SIGNATURE, Outcome::Altered, because);
        findings.add(MANIFEST, Outcome::Altered, because);
    }
    holds
}

/// `SHA256SUMS` as path → hash, or `None` when a line has another form or a path stands twice.
fn read_sums(bytes: &[u8]) -> Option<BTreeMap<String, String>> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let mut sums = BTreeMap::new();
    for line in text.split('\n') {
        let (sha256, path) = line.split_once("  ")?;
        if !is_hex(sha256) || path.is_empty() || sums.insert(path.to_owned(), sha256.to_owned()).is_some() {
            return None;
        }
    }
    Some(sums)
}

fn conclude(findings: Findings, signer: String, practice: bool) -> Verdict {
    let mut verdict = Word::Intact;
    let mut checks = Vec::with_capacity(findings.0.len());
    for ((file, outcome), because) in findings.0 {
        let word = match outcome {
            Outcome::Ok => Word::Intact,
            Outcome::Missing => Word::Incomplete,
            Outcome::Altered
            | Outcome::Added
            | Outcome::Unlisted
            | Outcome::Duplicate
            | Outcome::Unsafe
            | Outcome::BrokenLink => Word::Altered,
        };
        verdict = verdict.min(word);
        checks.push(Check { file, outcome, because });
    }
    Verdict { verdict, signer, checks, does_not_prove: crate::bundle::pages::does_not_prove(practice) }
}
