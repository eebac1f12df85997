//! Person accounts: one person kept as an Account and, mirrored, as a Contact.

use super::{FieldIx, FieldKind, ObjectDef, RowIx, Table, id};

const SAME: [&str; 9] =
    ["Name", "FirstName", "LastName", "MiddleName", "Suffix", "Salutation", "Phone", "Fax", "OwnerId"];

/// Which Account field mirrors which Contact field.
#[derive(Debug, Clone)]
pub(super) struct Mirror {
    pub pairs: Vec<(FieldIx, FieldIx)>,
}

impl Mirror {
    /// `None` when the org has no person accounts.
    pub fn of(account: &ObjectDef, contact: &ObjectDef) -> Option<Self> {
        account.field_ix("IsPersonAccount")?;
        let twin = |name: &str| {
            if SAME.contains(&name) {
                return contact.field_ix(name);
            }
            if let Some(stem) = name.strip_suffix("__pc") {
                return contact.field_ix(&format!("{stem}__c"));
            }
            contact.field_ix(name.strip_prefix("Person").filter(|it| *it != "ContactId")?)
        };
        let written = |it: FieldKind| !matches!(it, FieldKind::Address | FieldKind::Location | FieldKind::Id);
        let pairs = account.numbered().filter(|(_, it)| written(it.kind));
        Some(Self { pairs: pairs.filter_map(|(field, it)| Some((field, twin(&it.name)?))).collect() })
    }
}

/// Whether a row of Account or Contact is (half of) a person account.
pub(super) fn is_person(table: &Table, row: RowIx) -> bool {
    table.named(row, "IsPersonAccount") == Some("true")
}

/// The mirrored Contact of a person account.
pub(super) fn contact_of(accounts: &Table, contacts: &Table, account: RowIx) -> Option<RowIx> {
    if let Some(row) = accounts.named(account, "PersonContactId").and_then(|it| contacts.by_id(it)) {
        return Some(row);
    }
    let field = contacts.def().field_ix("AccountId")?;
    let id = accounts.id(account)?;
    contacts.lookup(field, id)?.into_iter().find(|it| is_person(contacts, *it))
}

/// Completes the mirrors after loading: whichever half was given yields the other, and fills its blanks.
pub(super) fn complete(accounts: &mut Table, contacts: &mut Table) {
    let Some(mirror) = Mirror::of(accounts.def(), contacts.def()) else { return };
    let orphans: Vec<RowIx> = contacts
        .rows()
        .filter(|it| is_person(contacts, *it))
        .filter(|it| contacts.named(*it, "AccountId").and_then(|id| accounts.by_id(id)).is_none())
        .collect();
    for contact in orphans {
        let Some(contact_id) = contacts.id(contact).map(str::to_owned) else { continue };
        let given = contacts.named(contact, "AccountId").map(str::to_owned);
        let account_id = given.unwrap_or_else(|| twin_id(&contact_id, "001", accounts));
        accounts.append(&[("Id", account_id.clone()), ("IsPersonAccount", "true".to_owned())]);
        set(contacts, contact, "AccountId", &account_id);
        if let Some(account) = accounts.by_id(&account_id) {
            set(accounts, account, "PersonContactId", &contact_id);
            accounts.mark_deleted(account, contacts.is_deleted(contact));
            fill_system(contacts, contact, accounts, account);
        }
    }
    let people: Vec<RowIx> = accounts.rows().filter(|it| is_person(accounts, *it)).collect();
    for account in people {
        let Some(account_id) = accounts.id(account).map(str::to_owned) else { continue };
        let contact = match contact_of(accounts, contacts, account) {
            Some(it) => it,
            None => {
                let given = accounts.named(account, "PersonContactId").map(str::to_owned);
                let id = given.unwrap_or_else(|| twin_id(&account_id, "003", contacts));
                let Some(contact) = contacts.append(&[("Id", id)]) else { continue };
                fill_system(accounts, account, contacts, contact);
                contacts.mark_deleted(contact, accounts.is_deleted(account));
                contact
            }
        };
        let to_contact: Vec<(FieldIx, Option<String>)> = mirror
            .pairs
            .iter()
            .filter(|(_, there)| contacts.value(contact, *there).is_none_or(|it| it == "false"))
            .filter_map(|(here, there)| Some((*there, Some(accounts.value(account, *here)?.to_owned()))))
            .filter(|(_, text)| text.as_deref() != Some("false"))
            .collect();
        contacts.set(contact, &to_contact);
        set(contacts, contact, "AccountId", &account_id);
        set(contacts, contact, "IsPersonAccount", "true");
        let to_account: Vec<(FieldIx, Option<String>)> = mirror
            .pairs
            .iter()
            .filter(|(here, _)| accounts.value(account, *here).is_none_or(|it| it == "false"))
            .filter_map(|(here, there)| Some((*here, Some(contacts.value(contact, *there)?.to_owned()))))
            .filter(|(_, text)| text.as_deref() != Some("false"))
            .collect();
        accounts.set(account, &to_account);
        if let Some(id) = contacts.id(contact).map(str::to_owned) {
            set(accounts, account, "PersonContactId", &id);
        }
    }
    let merged: Vec<(RowIx, String)> = accounts
        .rows()
        .filter_map(|loser| {
            let master = accounts.by_id(accounts.named(loser, "MasterRecordId")?)?;
            merged_mirror(accounts, contacts, loser, master)
        })
        .collect();
    for (contact, master) in merged {
        contacts.fill(contact, "MasterRecordId", Some(&master));
    }
}

/// The contact of a person account that was merged, and the id of the contact that it was merged into.
pub(super) fn merged_mirror(
    accounts: &Table,
    contacts: &Table,
    loser: RowIx,
    master: RowIx,
) -> Option<(RowIx, String)> {
    if !is_person(accounts, loser) || !is_person(accounts, master) {
        return None;
    }
    let into = contact_of(accounts, contacts, master)?;
    Some((contact_of(accounts, contacts, loser)?, contacts.id(into)?.to_owned()))
}

fn fill_system(from: &Table, row: RowIx, to: &mut Table, twin: RowIx) {
    let system =
        ["CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "OwnerId"];
    for field in system {
        let text = from.named(row, field).map(str::to_owned);
        to.fill(twin, field, text.as_deref());
    }
}

pub(super) fn set(table: &mut Table, row: RowIx, field: &str, text: &str) {
    if let Some(field) = table.def().field_ix(field)
        && table.value(row, field) != Some(text)
    {
        table.set(row, &[(field, Some(text.to_owned()))]);
    }
}

/// The id a derived half gets: its twin's, under the other prefix.
fn twin_id(twin: &str, prefix: &str, taken: &Table) -> String {
    let tail = twin.get(3..15).unwrap_or_default();
    if let Some(it) = super::id18(&format!("{prefix}{tail}")).filter(|it| taken.by_id(it).is_none()) {
        return it;
    }
    (0..u64::MAX)
        .map(|it| id::make(prefix, "Pa", it))
        .find(|it| taken.by_id(it).is_none())
        .unwrap_or_default()
}
