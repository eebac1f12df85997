//! From records that were taken to the people behind them: lookups are followed, files led to their owners.

use std::collections::BTreeSet;

use casework::incident::persons::Gathering;
use casework::incident::roles::Roles;
use casework::incident::scope::look_up;
use casework::query::Query;
use casework::schema::Object;

use super::records::{LINKS, Records, by_object};
use crate::problem::Problem;
use crate::progress::Progress;

/// How far lookups are followed from a record to its person: comment → case → contact.
const HOPS: usize = 3;
/// Objects that are people by themselves, looked at for the email of a record that leads to nobody.
const PEOPLE: [&str; 3] = ["Contact", "Lead", "Account"];

/// Asks whose the taken files are.
pub(super) async fn share(
    records: &Records,
    people: &mut Gathering,
    notes: &mut BTreeSet<String>,
) -> Result<(), Problem> {
    let documents = people.taken_documents();
    if documents.is_empty() {
        return Ok(());
    }
    let mut links = Vec::new();
    let refused = match records.schema().object(LINKS) {
        Some(_) => records.links(&documents, &mut |row| links.push(row)).await?,
        None => Some("ContentDocumentLink is not shown by the org or not in the export.".to_owned()),
    };
    notes.extend(refused.map(|why| format!("{why} Whose files were taken is not known.")));
    people.share_documents(&links);
    Ok(())
}

/// Reads the records that taken ones lead to, until people are reached; and people by the email of records that lead to nobody.
pub(super) async fn follow(
    records: &Records,
    people: &mut Gathering,
    read: &mut BTreeSet<String>,
    progress: &Progress,
) -> Result<(), Problem> {
    let schema = records.schema();
    for _ in 0..HOPS {
        let unread = people.unread();
        let mut found_more = false;
        for (name, ids) in by_object(schema, unread.iter()) {
            let Some(object) = schema.object(&name).filter(|_| !read.contains(&name)) else { continue };
            progress.say(&format!("Reading whose records they are: {name}"));
            let roles = Roles::of(object, schema);
            let fields = with_deleted(object, roles.fields());
            records.by_ids(&name, &fields, &ids, &mut |row| look_up(&row, &roles, people)).await?;
            found_more = true;
        }
        if !found_more {
            break;
        }
    }
    let emails = people.emails_of_nobody();
    if emails.is_empty() {
        return Ok(());
    }
    for name in PEOPLE.iter().filter(|it| !read.contains(**it)) {
        let Some(object) = schema.object(name) else { continue };
        progress.say(&format!("Looking for people by email: {name}"));
        let roles = Roles::of(object, schema);
        let query = all_of(name, with_deleted(object, roles.fields()));
        let mut take = |row| {
            if people.shares_email(&row, &roles, &emails) && !people.has_read(&row) {
                look_up(&row, &roles, people);
            }
        };
        records.rows(&query, &mut take).await?;
    }
    Ok(())
}

fn with_deleted(object: &Object, mut fields: Vec<String>) -> Vec<String> {
    for name in ["IsDeleted", "IsPersonAccount", "PersonContactId"] {
        fields.extend(object.field(name).map(|it| it.name.clone()));
    }
    fields.sort();
    fields.dedup();
    fields
}

pub(super) fn all_of(object: &str, fields: Vec<String>) -> Query {
    Query {
        object: object.to_owned(),
        fields,
        condition: None,
        children: Vec::new(),
        all_rows: true,
        order_by: Vec::new(),
        limit: None,
    }
}
