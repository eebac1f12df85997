//! Calls that deleting many records takes.

use std::collections::BTreeMap;

use serde_json::json;

use super::Figures;
use super::world::{self, Desk, each, text};
use crate::run::Done;

/// What one call of Salesforce's can delete.
const AT_ONCE: usize = 200;
/// Calls beyond full batches that are fine, whatever the number of records.
const BEYOND: usize = 10;

const ORG: &str = r#"[org]
id = "00D5g000009BNCH"
name = "One person with much"
edition = "Enterprise Edition"
features = []
zone = "America/Los_Angeles"
standard_objects = ["Account", "Contact", "Case", "CaseComment", "Task"]

[limits]
daily_api_requests = 100000
used_api_requests = 0

[[user]]
id = "0055g00000AAAAA"
username = "officer@alder.example"
profile = "System Administrator"
system_permissions = ["ApiEnabled", "ViewAllData", "ModifyAllData", "BulkApiHardDelete", "ViewSetup", "QueryAllFiles"]
"#;

pub(crate) fn measure(figures: &mut Figures) -> Done {
    let org = world::serve(&["--org", &org_of(500, 1_000)?])?;
    let desk = Desk::at(&org, "delete-calls")?;
    let subject = json!({ "names": ["Ana Lindqvist"], "emails": ["ana.lindqvist@example.com"], "phones": [], "addresses": [], "birthdate": null,
        "account_numbers": [], "record_ids": [], "other": {} });
    let request = desk.open(&subject)?;
    desk.run(&["request", "identify", &request, "--points", "email,name"])?;
    desk.run(&["request", "locate", &request])?;
    desk.run(&["request", "review", &request, "--accept", "exact,strong"])?;
    desk.run(&["request", "export", &request, "--to", &desk.path("package")])?;
    let rehearsed = desk.run(&["request", "rehearse", &request])?;
    let plan = &rehearsed.view["plan"];
    let records = each(&plan["steps"]).filter(|it| it["deed"] == "delete").count();
    let digest = text(&plan["digest"]);
    desk.run(&["request", "approve", &request, "--plan", digest])?;
    let before = org.calls()?.len();
    let done = desk.run(&["request", "carry-out", &request, "--plan", digest, "--purge"])?;
    let calls = org.calls()?;
    let mut writes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for call in calls.iter().skip(before) {
        if let Some(deed) = each(&call["changes"]).next().map(|it| text(&it["deed"])) {
            let (of_deed, rows) = writes.entry(deed).or_default();
            *of_deed += 1;
            *rows += each(&call["changes"]).count();
        }
    }
    let gone = each(&done.view["outcomes"]).filter(|it| it["outcome"] == "purged").count();
    figures.noted(
        "records deleted and purged",
        format!("{gone} of {records} in three levels, {:.1} s", done.took.as_secs_f64()),
    );
    figures.noted("API calls of the whole run, reading included", calls.len() - before);
    let most = records.div_ceil(AT_ONCE) + BEYOND;
    for (deed, what) in [("delete", "calls that delete"), ("purge", "calls that empty the bin")] {
        let of_deed = writes.get(deed).map_or(0, |it| it.0);
        figures.held(
            what,
            of_deed,
            format!("at most {records}/{AT_ONCE} and {BEYOND}: {most}"),
            of_deed <= most && gone == records,
        );
    }
    Ok(())
}

/// Writes an org with one contact, so many cases with a comment each, and so many tasks.
fn org_of(cases: usize, tasks: usize) -> Result<String, String> {
    let folder = world::fresh("one-person")?;
    world::write(&folder.join("org.toml"), ORG)?;
    let records = folder.join("records");
    std::fs::create_dir(&records).map_err(|error| format!("the records could not be written: {error}"))?;
    let contact = "0035g00000ANA01";
    let mut tables: BTreeMap<&str, String> = BTreeMap::new();
    tables.insert(
        "Contact",
        format!("Id,FirstName,LastName,Email\n{contact},Ana,Lindqvist,ana.lindqvist@example.com\n"),
    );
    let (mut case, mut comment, mut task) = (
        "Id,ContactId,Subject\n".to_owned(),
        "Id,ParentId,CommentBody\n".to_owned(),
        "Id,WhoId,Subject\n".to_owned(),
    );
    for n in 0..cases {
        case += &format!("5005g0000{n:06},{contact},Tent pole {n}\n");
        comment += &format!("00a5g0000{n:06},5005g0000{n:06},Sent a new pole.\n");
    }
    for n in 0..tasks {
        task += &format!("00T5g0000{n:06},{contact},Call back {n}\n");
    }
    tables.extend([("Case", case), ("CaseComment", comment), ("Task", task)]);
    for (object, rows) in tables {
        world::write(&records.join(format!("{object}.csv")), &rows)?;
    }
    Ok(folder.to_string_lossy().into_owned())
}
