//! Creating and changing records.

use super::check::Checked;
use super::{Found, done};
use crate::world::clock::stamp_seconds;
use crate::world::names::NameFields;
use crate::world::org::Body;
use crate::world::person::{Mirror, contact_of, is_person};
use crate::world::{
    Change, Deed, FieldIx, ObjectDef, Record, RowIx, Saved, SfError, User, World, Written, id15,
};
use serde_json::Value;
use std::sync::Arc;

impl World {
    /// Creates records. With `all_or_none`, one refusal takes the others back.
    pub fn create(&mut self, user: &User, records: &[Record], all_or_none: bool) -> Written<Saved> {
        self.each(
            records,
            all_or_none,
            |world, it, changes| world.create_one(user, it, changes),
            |world, it| Change { id: String::new(), ..world.refused(Deed::Create, it) },
        )
    }

    /// Changes records named by their ids.
    pub fn update(&mut self, user: &User, records: &[Record], all_or_none: bool) -> Written<Saved> {
        self.each(
            records,
            all_or_none,
            |world, it, changes| world.update_one(user, it, changes),
            |world, it| world.refused(Deed::Update, it),
        )
    }

    /// Changes the record that `field` (an external id, unique field or `Id`) names in the values, or creates one.
    pub fn upsert(
        &mut self,
        user: &User,
        field: &str,
        records: &[Record],
        all_or_none: bool,
    ) -> Written<Saved> {
        self.each(
            records,
            all_or_none,
            |world, it, changes| world.upsert_one(user, field, it, changes),
            |world, it| world.refused(if it.id.is_some() { Deed::Update } else { Deed::Create }, it),
        )
    }

    fn refused(&self, deed: Deed, record: &Record) -> Change {
        let id = record.id.as_deref().map(|it| crate::world::id18(it).unwrap_or_else(|| it.to_owned()));
        let object = self.object(&record.object).map_or_else(|| record.object.clone(), |it| it.name.clone());
        done(deed, &object, &id.unwrap_or_default())
    }

    fn create_one(
        &mut self,
        user: &User,
        record: &Record,
        changes: &mut Vec<Change>,
    ) -> Result<Saved, SfError> {
        let Some(def) = self.visible_object(user, &record.object).cloned() else {
            return Err(SfError::new(
                "INVALID_TYPE",
                format!("sObject type '{}' is not supported.", record.object),
            ));
        };
        if !def.createable {
            let message = format!("entity type cannot be inserted: {}", def.label);
            return Err(SfError::new("INVALID_TYPE_FOR_OPERATION", message));
        }
        if !self.may_write(user, &def) {
            return Err(no_access());
        }
        let checked = self.check(user, &def, record, None)?;
        let id = self.fresh_id(def.key_prefix.as_deref());
        let stamp = stamp_seconds(self.now());
        let mut cells: Vec<(FieldIx, String)> = Vec::new();
        let mut put = |name: &str, text: &str| {
            if let Some(field) = def.field_ix(name)
                && !checked.get(field).is_some_and(Option::is_some)
            {
                cells.push((field, text.to_owned()));
            }
        };
        put("Id", &id);
        for it in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
            put(it, &stamp);
        }
        for it in ["CreatedById", "LastModifiedById", "OwnerId"] {
            put(it, &user.id);
        }
        let next = self.table(&def.name).map_or(0, crate::world::Table::len) + 1001;
        for it in def.fields.iter().filter(|it| it.auto_number) {
            put(&it.name, &format!("{next:08}"));
        }
        if def.name == "Account"
            && def.field_ix("LastName").is_some_and(|it| checked.get(it).is_some_and(Option::is_some))
        {
            put("IsPersonAccount", "true");
        }
        cells.extend(checked.cells.iter().filter_map(|(field, text)| Some((*field, text.clone()?))));
        cells.retain(|(field, text)| {
            text != "false" || def.at(*field).is_none_or(|it| it.kind != crate::world::FieldKind::Boolean)
        });
        let row = self.insert_row(&def.name, &cells).ok_or_else(no_access)?;
        let found = Found { def, row, id: id.clone() };
        changes.push(done(Deed::Create, &found.def.name, &id));
        self.after_save(user, &found, checked.body, None, changes);
        Ok(Saved { id, created: true })
    }

    fn update_one(
        &mut self,
        user: &User,
        record: &Record,
        changes: &mut Vec<Change>,
    ) -> Result<Saved, SfError> {
        let Some(id) = record.id.as_deref().filter(|it| !it.is_empty()) else {
            return Err(SfError::new("MISSING_ARGUMENT", "Id not specified in an update call").about(&["Id"]));
        };
        let found = self.find(user, id)?;
        if !record.object.is_empty() && !record.object.eq_ignore_ascii_case(&found.def.name) {
            let message = format!("{} ID: id value of incorrect type: {}", record.object, found.id);
            return Err(SfError::new("MALFORMED_ID", message).about(&["Id"]));
        }
        let def = found.def.clone();
        if !def.updateable || !self.may_write(user, &def) {
            return Err(no_access());
        }
        let held =
            |field: &str| self.table(&def.name).and_then(|it| it.named(found.row, field)).map(str::to_owned);
        if def.name == "Lead" && held("IsConverted").as_deref() == Some("true") {
            return Err(SfError::new("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        let checked = self.check(user, &def, record, Some(found.row))?;
        self.take_lock(&found.id)?;
        self.save_changes(user, &found, checked, changes);
        Ok(Saved { id: found.id, created: false })
    }

    /// Writes checked values and all that follows from them.
    pub(super) fn save_changes(
        &mut self,
        user: &User,
        found: &Found,
        checked: Checked,
        changes: &mut Vec<Change>,
    ) {
        let def = &found.def;
        let before: Vec<(FieldIx, Option<String>)> = checked
            .cells
            .iter()
            .map(|(field, _)| {
                let held = self.table(&def.name).and_then(|it| it.value(found.row, *field));
                (*field, held.map(str::to_owned))
            })
            .collect();
        let mut cells = checked.cells;
        cells.extend(self.touch(def, Some(user)));
        self.set_cells(&def.name, found.row, &cells);
        changes.push(done(Deed::Update, &def.name, &found.id));
        self.after_save(user, found, checked.body, Some(before), changes);
    }

    fn upsert_one(
        &mut self,
        user: &User,
        field: &str,
        record: &Record,
        changes: &mut Vec<Change>,
    ) -> Result<Saved, SfError> {
        let Some(def) = self.visible_object(user, &record.object).cloned() else {
            return Err(SfError::new(
                "INVALID_TYPE",
                format!("sObject type '{}' is not supported.", record.object),
            ));
        };
        if field.eq_ignore_ascii_case("Id") {
            return match record.id.as_deref().filter(|it| !it.is_empty()) {
                Some(_) => self.update_one(user, record, changes),
                None => self.create_one(user, record, changes),
            };
        }
        let known = def.field_ix(field).filter(|it| self.readable(user, &def, *it));
        let key =
            known.filter(|it| def.at(*it).is_some_and(|it| it.external_id || it.id_lookup || it.unique));
        let Some(key) = key else {
            let message = format!("Provided external ID field does not exist or is not accessible: {field}");
            return Err(SfError::new("NOT_FOUND", message).status(404));
        };
        let value = record.values.iter().find(|(name, _)| name.eq_ignore_ascii_case(field)).map(|(_, it)| it);
        let text = match value {
            Some(Value::String(it)) => it.trim().to_owned(),
            Some(Value::Number(it)) => it.to_string(),
            _ => String::new(),
        };
        if text.is_empty() {
            return Err(SfError::new("MISSING_ARGUMENT", format!("{field} not specified")).about(&[field]));
        }
        let table = self.table(&def.name).ok_or_else(SfError::not_found)?;
        let rows: Vec<RowIx> = table
            .lookup(key, &text)
            .unwrap_or_default()
            .into_iter()
            .filter(|it| !table.is_deleted(*it))
            .collect();
        match rows.as_slice() {
            [] => self.create_one(user, &Record { id: None, ..record.clone() }, changes),
            [row] => {
                let mut one = record.clone();
                one.id = table.id(*row).map(str::to_owned);
                one.values.retain(|(name, _)| !name.eq_ignore_ascii_case(field));
                self.update_one(user, &one, changes)
            }
            many => {
                let ids: Vec<&str> = many.iter().filter_map(|it| table.id(*it)).collect();
                let message = format!(
                    "{field}: more than one record found for external id field: [{}]",
                    ids.join(", ")
                );
                Err(SfError::new("DUPLICATE_EXTERNAL_ID", message).status(300).about(&[field]))
            }
        }
    }

    /// Names, bodies, history, mirrors and copies. `before` holds the cells as they were; `None` after a create.
    fn after_save(
        &mut self,
        user: &User,
        found: &Found,
        body: Option<Vec<u8>>,
        before: Option<Vec<(FieldIx, Option<String>)>>,
        changes: &mut Vec<Change>,
    ) {
        let def = found.def.clone();
        self.compose_name(&def, found.row, before.as_deref());
        if let Some(bytes) = body {
            self.keep_body(user, found, bytes, changes);
        }
        if let Some(before) = &before {
            self.track(user, found, before);
        }
        let person = self.table(&def.name).is_some_and(|it| is_person(it, found.row));
        if person && matches!(def.name.as_str(), "Account" | "Contact") {
            self.mirror_person(user, found, changes);
        }
        if matches!(def.name.as_str(), "Contact" | "Lead") {
            self.refresh_copies(&def.name, &found.id);
        }
        self.refresh_copies_on(&def.name, found.row);
    }

    fn compose_name(
        &mut self,
        def: &Arc<ObjectDef>,
        row: RowIx,
        before: Option<&[(FieldIx, Option<String>)]>,
    ) {
        let Some(names) = NameFields::of(def) else { return };
        if before.is_some_and(|it| !it.iter().any(|(field, _)| names.has_part(*field))) {
            return;
        }
        let whole = self.table(&def.name).and_then(|table| names.compose(|field| table.value(row, field)));
        if let Some(whole) = whole {
            self.set_cells(&def.name, row, &[(names.whole, Some(whole))]);
        }
    }

    fn keep_body(&mut self, user: &User, found: &Found, bytes: Vec<u8>, changes: &mut Vec<Change>) {
        let size = bytes.len().to_string();
        if let Some(stem) = id15(&found.id) {
            self.files.insert(stem.to_owned(), Body::Bytes(Arc::from(bytes)));
        }
        let field = if found.def.name == "ContentVersion" { "ContentSize" } else { "BodyLength" };
        let mut cells = Vec::new();
        cells.extend(found.def.field_ix(field).map(|it| (it, Some(size))));
        if found.def.name == "ContentVersion" {
            let held = |field: &str| self.table("ContentVersion")?.named(found.row, field).map(str::to_owned);
            let (document, title) = (held("ContentDocumentId"), held("Title"));
            let place = held("FirstPublishLocationId");
            let document = match document {
                Some(it) => it,
                None => self.insert_plain(user, "ContentDocument", &[("Title", title.as_deref())], changes),
            };
            if let Some(table) = self.table("ContentVersion")
                && let (Some(of), Some(latest)) =
                    (table.def().field_ix("ContentDocumentId"), table.def().field_ix("IsLatest"))
            {
                for row in table.lookup(of, &document).unwrap_or_default() {
                    self.set_cells("ContentVersion", row, &[(latest, None)]);
                }
                cells.push((of, Some(document.clone())));
                cells.push((latest, Some("true".to_owned())));
            }
            if let Some(table) = self.table("ContentDocument")
                && let (Some(row), Some(latest)) =
                    (table.by_id(&document), table.def().field_ix("LatestPublishedVersionId"))
            {
                self.set_cells("ContentDocument", row, &[(latest, Some(found.id.clone()))]);
            }
            if place.is_some() {
                let cells =
                    [("ContentDocumentId", Some(document.as_str())), ("LinkedEntityId", place.as_deref())];
                self.insert_plain(user, "ContentDocumentLink", &cells, changes);
            }
        }
        self.set_cells(&found.def.name, found.row, &cells);
    }

    /// Inserts a record without rules, for deeds that create others along the way; the id, or nothing when the org
    /// has no such object.
    pub(super) fn insert_plain(
        &mut self,
        user: &User,
        object: &str,
        values: &[(&str, Option<&str>)],
        changes: &mut Vec<Change>,
    ) -> String {
        let Some(def) = self.object(object).cloned() else { return String::new() };
        let id = self.fresh_id(def.key_prefix.as_deref());
        let stamp = stamp_seconds(self.now());
        let fixed = [
            ("Id", id.as_str()),
            ("CreatedDate", stamp.as_str()),
            ("LastModifiedDate", stamp.as_str()),
            ("SystemModstamp", stamp.as_str()),
            ("CreatedById", user.id.as_str()),
            ("LastModifiedById", user.id.as_str()),
            ("OwnerId", user.id.as_str()),
        ];
        let given = values.iter().filter_map(|(name, text)| Some((*name, (*text)?)));
        let mut cells: Vec<(FieldIx, String)> = Vec::new();
        for (name, text) in given.chain(fixed) {
            if let Some(field) = def.field_ix(name)
                && !cells.iter().any(|(it, _)| *it == field)
            {
                cells.push((field, text.to_owned()));
            }
        }
        if let Some(row) = self.insert_row(&def.name, &cells) {
            self.compose_name(&def, row, None);
        }
        changes.push(done(Deed::Create, &def.name, &id));
        id
    }

    /// Keeps both halves of a person account alike.
    fn mirror_person(&mut self, user: &User, found: &Found, changes: &mut Vec<Change>) {
        let (Some(accounts), Some(contacts)) = (self.table("Account"), self.table("Contact")) else { return };
        let Some(mirror) = Mirror::of(accounts.def(), contacts.def()) else { return };
        let from_account = found.def.name == "Account";
        let twin = if from_account {
            contact_of(accounts, contacts, found.row)
        } else {
            contacts.named(found.row, "AccountId").and_then(|it| accounts.by_id(it))
        };
        let Some(twin) = twin else {
            if from_account {
                let cells = [("AccountId", Some(found.id.as_str())), ("IsPersonAccount", Some("true"))];
                let contact = self.insert_plain(user, "Contact", &cells, changes);
                if let Some(field) = found.def.field_ix("PersonContactId") {
                    self.set_cells("Account", found.row, &[(field, Some(contact))]);
                }
                self.mirror_person(user, found, changes);
            }
            return;
        };
        let (here, there, name) =
            if from_account { (accounts, contacts, "Contact") } else { (contacts, accounts, "Account") };
        let cells: Vec<(FieldIx, Option<String>)> = mirror
            .pairs
            .iter()
            .map(|(account, contact)| if from_account { (*account, *contact) } else { (*contact, *account) })
            .filter(|(from, to)| here.value(found.row, *from) != there.value(twin, *to))
            .map(|(from, to)| (to, here.value(found.row, from).map(str::to_owned)))
            .collect();
        if cells.is_empty() {
            return;
        }
        let def = there.def().clone();
        let id = there.id(twin).unwrap_or_default().to_owned();
        let before: Vec<(FieldIx, Option<String>)> =
            cells.iter().map(|(field, _)| (*field, there.value(twin, *field).map(str::to_owned))).collect();
        let all = [cells, self.touch(&def, Some(user))].concat();
        self.set_cells(name, twin, &all);
        let twin = Found { def, row: twin, id };
        self.track(user, &twin, &before);
        if name == "Contact" {
            self.refresh_copies("Contact", &twin.id);
        }
    }
}

pub(super) fn no_access() -> SfError {
    SfError::new("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id").status(403)
}
