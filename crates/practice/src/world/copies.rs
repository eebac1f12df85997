//! Fields that Salesforce copies from another record: a case's contact details, a campaign member's person.

use super::{RowIx, Table, World};

/// Copied field, and the field it is copied from.
type Pair = (&'static str, &'static str);

const CASE: [Pair; 4] = [
    ("ContactEmail", "Email"),
    ("ContactPhone", "Phone"),
    ("ContactMobile", "MobilePhone"),
    ("ContactFax", "Fax"),
];
const MEMBER: [Pair; 14] = [
    ("Salutation", "Salutation"),
    ("FirstName", "FirstName"),
    ("LastName", "LastName"),
    ("Name", "Name"),
    ("Title", "Title"),
    ("Email", "Email"),
    ("Phone", "Phone"),
    ("MobilePhone", "MobilePhone"),
    ("Fax", "Fax"),
    ("Description", "Description"),
    ("DoNotCall", "DoNotCall"),
    ("HasOptedOutOfEmail", "HasOptedOutOfEmail"),
    ("HasOptedOutOfFax", "HasOptedOutOfFax"),
    ("LeadSource", "LeadSource"),
];
const PLACE: [&str; 5] = ["Street", "City", "State", "PostalCode", "Country"];

impl World {
    /// Fills copies that a file left out; nothing that is set is changed.
    pub(super) fn fill_copies(&mut self) {
        self.copy_into("Case", None);
        self.copy_into("CampaignMember", None);
    }

    /// Brings the copies of a Contact or Lead up to date after it changed.
    pub(super) fn refresh_copies(&mut self, source: &str, id: &str) {
        let targets: &[(&str, &str)] = match source {
            "Contact" => &[("Case", "ContactId"), ("CampaignMember", "ContactId")],
            "Lead" => &[("CampaignMember", "LeadId")],
            _ => return,
        };
        for (object, field) in targets {
            let Some(table) = self.table(object) else { continue };
            let rows = table.def().field_ix(field).and_then(|it| table.lookup(it, id)).unwrap_or_default();
            self.copy_into(object, Some(rows));
        }
    }

    /// Brings the copies on one record up to date after its lookup changed.
    pub(super) fn refresh_copies_on(&mut self, object: &str, row: RowIx) {
        if matches!(object, "Case" | "CampaignMember") {
            self.copy_into(object, Some(vec![row]));
        }
    }

    /// With `rows`, sets the copies of those rows; without, fills what is null everywhere.
    fn copy_into(&mut self, object: &str, rows: Option<Vec<RowIx>>) {
        let only_blank = rows.is_none();
        let Some(mut table) = self.tables.remove(&object.to_ascii_lowercase()) else { return };
        let all = rows.unwrap_or_else(|| table.rows().collect());
        for row in all {
            let mut changed = Vec::new();
            for (field, text) in self.copied(object, &table, row) {
                let Some(at) = table.def().field_ix(field) else { continue };
                let held = table.value(row, at);
                if held == text.as_deref() || (only_blank && held.is_some()) {
                    continue;
                }
                changed.push((at, text));
            }
            if changed.is_empty() {
                continue;
            }
            if !only_blank {
                let was = table.copy(row);
                self.journal.push(super::org::Undo::Row { object: object.to_owned(), row, was });
            }
            table.set(row, &changed);
        }
        self.tables.insert(object.to_ascii_lowercase(), table);
    }

    fn copied(&self, object: &str, table: &Table, row: RowIx) -> Vec<(&'static str, Option<String>)> {
        let found = |object: &str, field: &str| {
            let source = self.table(object)?;
            Some((source, source.by_id(table.named(row, field)?)?))
        };
        let copy = |source: &Table, from: RowIx, pairs: &[Pair]| {
            pairs.iter().map(|(to, it)| (*to, source.named(from, it).map(str::to_owned))).collect::<Vec<_>>()
        };
        if object == "Case" {
            return found("Contact", "ContactId").map(|(it, from)| copy(it, from, &CASE)).unwrap_or_default();
        }
        let (source, from, lead) = match (found("Contact", "ContactId"), found("Lead", "LeadId")) {
            (Some((source, from)), _) => (source, from, false),
            (None, Some((source, from))) => (source, from, true),
            (None, None) => return Vec::new(),
        };
        let mut cells = copy(source, from, &MEMBER);
        for part in PLACE {
            let field = if lead { part.to_owned() } else { format!("Mailing{part}") };
            cells.push((part, source.named(from, &field).map(str::to_owned)));
        }
        let company = if lead {
            source.named(from, "Company").map(str::to_owned)
        } else {
            let account = source.named(from, "AccountId").and_then(|it| {
                let accounts = self.table("Account")?;
                accounts.named(accounts.by_id(it)?, "Name")
            });
            account.map(str::to_owned)
        };
        cells.push(("CompanyOrAccount", company));
        cells.push(("LeadOrContactId", source.id(from).map(str::to_owned)));
        cells.push(("Type", Some(if lead { "Lead" } else { "Contact" }.to_owned())));
        cells
    }
}
