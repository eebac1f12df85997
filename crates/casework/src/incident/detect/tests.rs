//! Every rule has a sample that it must hit and one that it must not.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::super::reader::{LogReader, Read};
use super::super::{Directory, Finding, Known, sources};
use super::Detector;
use super::rules::Rules;

/// Reads files with the first and the later walk, as finding does.
fn findings(files: &[(&str, Vec<u8>)]) -> Vec<Finding> {
    findings_of(files, 1)
}

/// The same with the logs shared between threads.
fn findings_of(files: &[(&str, Vec<u8>)], threads: usize) -> Vec<Finding> {
    let (mut directory, mut known) = (Directory::default(), Known::default());
    let walk = |thread: usize, each: &mut dyn FnMut(u32, Read<'_>)| {
        for (place, (name, bytes)) in files.iter().enumerate().filter(|(place, _)| place % threads == thread)
        {
            let (mut reader, log) = (LogReader::new(name), u32::try_from(place).unwrap());
            reader.feed(bytes, &mut |read| each(log, read));
            reader.finish(&mut |read| each(log, read));
        }
    };
    for (name, bytes) in files {
        let mut reader = LogReader::new(name);
        let mut learn = |read: Read<'_>| {
            if let Read::Event(event) | Read::Entry(event) = read {
                directory.learn(&event, &mut known);
            }
        };
        reader.feed(bytes, &mut learn);
        reader.finish(&mut learn);
    }
    let mut detector = Detector::new(directory).unwrap();
    let studied: Vec<_> = (0..threads)
        .rev()
        .map(|thread| {
            let mut study = detector.study();
            walk(thread, &mut |log, read| {
                if let Read::Event(event) = read {
                    study.study(log, &event);
                }
            });
            study.done()
        })
        .collect();
    detector.learn(studied);
    let examined: Vec<_> = (0..threads)
        .rev()
        .map(|thread| {
            let mut examiner = detector.examiner().unwrap();
            walk(thread, &mut |log, read| match read {
                Read::Event(event) => examiner.examine(log, &event),
                Read::Entry(_) => {}
                Read::Bad { row, .. } => panic!("record {row} of a sample is bad"),
            });
            examiner.done()
        })
        .collect();
    detector.take(examined);
    let logs: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    detector.findings(&logs).unwrap().0
}

#[test]
fn findings_do_not_depend_on_who_walked_which_log() {
    let names: Vec<String> = Rules::shipped()
        .unwrap()
        .about
        .values()
        .map(|it| format!("{}.hit.jsonl", it.name))
        .filter(|name| folder().join(name).exists())
        .collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    let files: Vec<(&str, Vec<u8>)> = names.into_iter().map(|name| (name, sample(name))).collect();
    let told = |threads: usize| {
        findings_of(&files, threads).iter().map(|it| serde_json::to_value(it).unwrap()).collect::<Vec<_>>()
    };
    let alone = told(1);
    assert!(alone.len() > 20, "{}", alone.len());
    assert_eq!(alone, told(2));
    assert_eq!(alone, told(7));
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/detection/samples")
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Rules whose samples are more than one file; each has its own test below.
const APART: [&str; 3] = ["bulk-job-gone", "log-gap", "log-gap-rare"];

#[test]
fn every_rule_hits_its_sample_and_leaves_the_clean_one_alone() {
    let rules = Rules::shipped().unwrap();
    assert!(rules.about.len() > 30);
    let mut faults = Vec::new();
    for about in rules.about.values().filter(|it| !it.silent && !APART.contains(&it.name.as_str())) {
        let hits = |word: &str| {
            let name = format!("{}.{word}.jsonl", about.name);
            let found = findings(&[("sample", sample(&name))]);
            let rules: BTreeSet<String> = found.iter().map(|it| it.rule.clone()).collect();
            (found.iter().any(|it| it.rule == about.name && !it.evidence.is_empty()), rules)
        };
        let (hit, told) = hits("hit");
        if !hit {
            faults.push(format!("{} does not hit; {told:?} do", about.name));
        }
        if hits("clean").0 {
            faults.push(format!("{} hits the clean sample", about.name));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_rule_says_what_else_it_could_be_and_which_logs_it_needs() {
    for about in Rules::shipped().unwrap().about.values() {
        assert!(!about.innocent_causes.is_empty(), "{}", about.name);
        assert!(["free", "event-monitoring"].contains(&about.tier.as_str()), "{}", about.name);
        assert!(about.description.len() > 30, "{}", about.name);
    }
}

#[test]
fn a_job_that_left_the_list_before_its_time_was_deleted() {
    let list = |jobs: &[(&str, &str)]| {
        let mut text =
            "id,operation,object,createdById,createdDate,systemModstamp,state,jobType\n".to_owned();
        for (id, made) in jobs {
            text += &format!("{id},query,Contact,0055g00000002bPAAQ,{made},{made},JobComplete,V2Query\n");
        }
        text.into_bytes()
    };
    let (old, new) =
        (("7505g000000RfYj", "2026-10-20T05:00:00.000Z"), ("7505g000000SAnZ", "2026-10-26T05:00:00.000Z"));
    let told = findings(&[
        ("BulkJobs_2026-10-26.csv", list(&[old, new])),
        ("BulkJobs_2026-10-27.csv", list(&[])),
        ("BulkJobs_2026-10-28.csv", list(&[("7505g000000ZZZZ", "2026-10-27T07:00:00.000Z")])),
    ]);
    let gone: Vec<_> = told.iter().filter(|it| it.rule == "bulk-job-gone").collect();
    assert_eq!(gone.len(), 1);
    // The old job was due to go by itself.
    assert_eq!(
        serde_json::to_value(&gone[0].evidence).unwrap(),
        serde_json::json!([{ "source": "BulkJobs_2026-10-26.csv", "row": 2 }])
    );
}

#[test]
fn a_gap_of_a_steady_log_is_a_finding() {
    let file = |gaps: bool| {
        let mut reading = super::super::Reading::default();
        let mut intake = super::super::Intake::default();
        let mut tally = super::super::Tally::default();
        let mut text = "EVENT_TYPE,TIMESTAMP,REQUEST_ID\n".to_owned();
        for day in (1..=12).filter(|day| !gaps || *day != 7) {
            for hour in 0..23 {
                text += &format!("Login,202610{day:02}{hour:02}0000.000,R{day}-{hour}\n");
            }
        }
        let mut reader = LogReader::new("Login.csv");
        reader.feed(text.as_bytes(), &mut |read| {
            let _ = intake.count(&read, &mut tally);
        });
        reader.finish(&mut |read| {
            let _ = intake.count(&read, &mut tally);
        });
        reading.kinds = tally.done(&reader).kinds;
        let mut detector = Detector::new(Directory::default()).unwrap();
        for source in sources([&reading]) {
            detector.examine_gaps(&source).unwrap();
        }
        detector.findings(&[]).unwrap().0
    };
    let told = file(true);
    assert_eq!(told.iter().map(|it| it.rule.as_str()).collect::<Vec<_>>(), ["log-gap"]);
    assert_eq!(told[0].from, "2026-10-07T00:00:00Z");
    assert!(file(false).is_empty());
}

#[test]
fn finding_ids_stay_when_the_same_logs_are_examined_again() {
    let ids = || {
        let found = findings(&[("sample", sample("bulk-export-new-address.hit.jsonl"))]);
        found.into_iter().map(|it| it.finding).collect::<Vec<_>>()
    };
    assert!(ids().len() > 1);
    assert_eq!(ids(), ids());
}
