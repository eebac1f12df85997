//! Rows of set-up objects that follow from `org.toml` where no file gives them.

use super::records::{Filling, REACH_BACK};
use crate::world::clock::stamp_seconds;
use crate::world::{FieldKind, ObjectDef, User, World, person::set};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl World {
    /// Fills Organization, User, Profile, the permission objects, and the definitions of objects and fields.
    pub(super) fn derive_setup(&mut self, fill: &Filling) {
        // The org and its users are older than what is in it.
        let back = chrono::TimeDelta::seconds(REACH_BACK + 24 * 3600);
        let stamp = stamp_seconds(fill.until.checked_sub_signed(back).unwrap_or(fill.until));
        self.derive_organization(&stamp, &fill.user);
        let profiles = self.derive_profiles(&stamp, &fill.user);
        self.derive_users(&profiles, &stamp, &fill.user);
        if self.is_empty("PermissionSet") {
            self.derive_permission_sets(&profiles, &stamp, &fill.user);
        }
        self.derive_own_access();
        self.derive_definitions();
    }

    fn is_empty(&self, object: &str) -> bool {
        self.table(object).is_none_or(super::Table::is_empty)
    }

    fn add(&mut self, object: &str, prefix: &str, cells: &[(&str, String)]) -> String {
        let id = self.fresh_id(Some(prefix));
        let mut all = vec![("Id", id.clone())];
        all.extend(cells.iter().cloned());
        if let Some(table) = self.tables.get_mut(&object.to_ascii_lowercase()) {
            table.append(&all);
        }
        id
    }

    fn derive_organization(&mut self, stamp: &str, by: &str) {
        let facts = self.facts.clone();
        let Some(table) = self.tables.get_mut("organization") else { return };
        if table.is_empty() {
            table.append(&[("Id", facts.id.clone()), ("Name", facts.name.clone())]);
        }
        let Some(row) = table.rows().next() else { return };
        table.fill_all(
            row,
            &[
                ("Name", facts.name.as_str()),
                ("OrganizationType", facts.edition.as_str()),
                ("TimeZoneSidKey", facts.zone.as_str()),
                ("InstanceName", "NA01"),
                ("DefaultLocaleSidKey", "en_US"),
                ("LanguageLocaleKey", "en_US"),
                ("FiscalYearStartMonth", "1"),
                ("CreatedDate", stamp),
                ("LastModifiedDate", stamp),
                ("SystemModstamp", stamp),
                ("CreatedById", by),
                ("LastModifiedById", by),
            ],
        );
    }

    /// Id of each profile by name.
    fn derive_profiles(&mut self, stamp: &str, by: &str) -> BTreeMap<String, String> {
        let mut profiles = BTreeMap::new();
        if let Some(table) = self.table("Profile") {
            for row in table.rows() {
                if let (Some(name), Some(id)) = (table.named(row, "Name"), table.id(row)) {
                    profiles.insert(name.to_owned(), id.to_owned());
                }
            }
        }
        let license = if self.is_empty("UserLicense") {
            let name = "Salesforce".to_owned();
            let key = "SFDC".to_owned();
            let cells = [("Name", name.clone()), ("MasterLabel", name), ("LicenseDefinitionKey", key)];
            self.add("UserLicense", "100", &[cells.to_vec(), audit(stamp, by)].concat())
        } else {
            String::new()
        };
        let wanted: BTreeSet<String> = self.users.iter().map(|it| it.profile.clone()).collect();
        for name in wanted {
            if profiles.contains_key(&name) {
                continue;
            }
            let held = self.shared_permissions(|it| it.profile == name);
            let mut cells = vec![
                ("Name", name.clone()),
                ("UserType", "Standard".to_owned()),
                ("UserLicenseId", license.clone()),
            ];
            cells.extend(audit(stamp, by));
            let id = self.add("Profile", "00e", &cells);
            self.grant("profile", &id, &held);
            profiles.insert(name, id);
        }
        profiles
    }

    /// Permissions that every such user holds.
    fn shared_permissions(&self, which: impl Fn(&User) -> bool) -> BTreeSet<String> {
        let mut all = self.users.iter().filter(|it| which(it)).map(|it| it.system_permissions.clone());
        let first = all.next().unwrap_or_default();
        all.fold(first, |held, it| held.intersection(&it).cloned().collect())
    }

    fn grant(&mut self, table: &str, id: &str, permissions: &BTreeSet<String>) {
        let Some(table) = self.tables.get_mut(table) else { return };
        let Some(row) = table.by_id(id) else { return };
        for it in permissions {
            set(table, row, &format!("Permissions{it}"), "true");
        }
    }

    fn derive_users(&mut self, profiles: &BTreeMap<String, String>, stamp: &str, by: &str) {
        let users = self.users.clone();
        let zone = self.facts.zone.clone();
        let Some(table) = self.tables.get_mut("user") else { return };
        for user in &users {
            let row = match table.by_id(&user.id) {
                Some(it) => it,
                None => {
                    let cells = [("Id", user.id.clone()), ("IsActive", "true".to_owned())];
                    match table.append(&cells) {
                        Some(it) => it,
                        None => continue,
                    }
                }
            };
            let stem = user.username.split('@').next().unwrap_or("user");
            let last = if user.last_name.is_empty() { stem } else { &user.last_name };
            let name = if user.first_name.is_empty() {
                last.to_owned()
            } else {
                format!("{} {last}", user.first_name)
            };
            let alias: String = stem.chars().take(8).collect();
            table.fill_all(
                row,
                &[
                    ("Username", user.username.as_str()),
                    ("Email", user.email.as_str()),
                    ("FirstName", user.first_name.as_str()),
                    ("LastName", last),
                    ("Name", name.as_str()),
                    ("Alias", alias.as_str()),
                    ("CommunityNickname", stem),
                    ("ProfileId", profiles.get(&user.profile).map_or("", String::as_str)),
                    ("UserType", "Standard"),
                    ("TimeZoneSidKey", zone.as_str()),
                    ("LocaleSidKey", "en_US"),
                    ("LanguageLocaleKey", "en_US"),
                    ("EmailEncodingKey", "UTF-8"),
                    ("CreatedDate", stamp),
                    ("LastModifiedDate", stamp),
                    ("SystemModstamp", stamp),
                    ("CreatedById", by),
                    ("LastModifiedById", by),
                ],
            );
        }
    }

    fn derive_permission_sets(&mut self, profiles: &BTreeMap<String, String>, stamp: &str, by: &str) {
        let users = self.users.clone();
        let objects: Vec<Arc<ObjectDef>> =
            self.objects().filter(|it| it.createable && it.layoutable).cloned().collect();
        let no_assignments = self.is_empty("PermissionSetAssignment");
        for (name, profile) in profiles {
            let held = self.shared_permissions(|it| it.profile == *name);
            let mut cells = vec![
                ("Name", format!("X{profile}")),
                ("Label", name.clone()),
                ("ProfileId", profile.clone()),
                ("IsOwnedByProfile", "true".to_owned()),
                ("Type", "Profile".to_owned()),
            ];
            cells.extend(audit(stamp, by));
            let set_id = self.add("PermissionSet", "0PS", &cells);
            let own: Vec<&User> = users.iter().filter(|it| it.profile == *name).collect();
            self.grant("permissionset", &set_id, &held);
            if let Some(like) = own.first() {
                self.derive_object_rights(&set_id, like, &held, &objects, stamp, by);
            }
            for user in own.iter().filter(|_| no_assignments) {
                self.assign(&set_id, &user.id, stamp);
                let extra: BTreeSet<String> = user.system_permissions.difference(&held).cloned().collect();
                if !extra.is_empty() {
                    let stem: String =
                        user.username.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
                    let mut cells = vec![
                        ("Name", format!("Extra_{stem}")),
                        ("Label", format!("More for {stem}")),
                        ("IsCustom", "true".to_owned()),
                        ("Type", "Regular".to_owned()),
                    ];
                    cells.extend(audit(stamp, by));
                    let extra_id = self.add("PermissionSet", "0PS", &cells);
                    self.grant("permissionset", &extra_id, &extra);
                    self.assign(&extra_id, &user.id, stamp);
                }
            }
        }
    }

    fn assign(&mut self, set_id: &str, user_id: &str, stamp: &str) {
        let cells = [
            ("PermissionSetId", set_id.to_owned()),
            ("AssigneeId", user_id.to_owned()),
            ("IsActive", "true".to_owned()),
            ("SystemModstamp", stamp.to_owned()),
        ];
        self.add("PermissionSetAssignment", "0Pa", &cells);
    }

    fn derive_object_rights(
        &mut self,
        set_id: &str,
        user: &User,
        held: &BTreeSet<String>,
        objects: &[Arc<ObjectDef>],
        stamp: &str,
        by: &str,
    ) {
        let (view, modify) = (held.contains("ViewAllData"), held.contains("ModifyAllData"));
        for def in objects {
            let key = def.name.to_ascii_lowercase();
            if user.no_objects.contains(&key) {
                continue;
            }
            let writes = !user.read_only_objects.contains(&key);
            let yes = |it: bool| if it { "true" } else { "false" }.to_owned();
            let mut cells = vec![
                ("ParentId", set_id.to_owned()),
                ("SobjectType", def.name.clone()),
                ("PermissionsRead", yes(true)),
                ("PermissionsCreate", yes(writes)),
                ("PermissionsEdit", yes(writes)),
                ("PermissionsDelete", yes(writes && def.deletable)),
                ("PermissionsViewAllRecords", yes(view)),
                ("PermissionsModifyAllRecords", yes(modify && writes)),
            ];
            cells.extend(audit(stamp, by));
            self.add("ObjectPermissions", "110", &cells);
            for field in def.fields.iter().filter(|it| it.permissionable && it.compound.is_none()) {
                let name = format!("{}.{}", def.name, field.name);
                let lower = name.to_ascii_lowercase();
                if user.no_fields.contains(&lower) {
                    continue;
                }
                let edits = writes && field.updateable && !user.read_only_fields.contains(&lower);
                let mut cells = vec![
                    ("ParentId", set_id.to_owned()),
                    ("SobjectType", def.name.clone()),
                    ("Field", name),
                    ("PermissionsRead", yes(true)),
                    ("PermissionsEdit", yes(edits)),
                ];
                cells.extend(audit(stamp, by));
                self.add("FieldPermissions", "01k", &cells);
            }
        }
    }

    /// UserPermissionAccess: one row for each user, which only that user sees.
    fn derive_own_access(&mut self) {
        if !self.is_empty("UserPermissionAccess") {
            return;
        }
        let users = self.users.clone();
        let Some(table) = self.tables.get_mut("userpermissionaccess") else { return };
        for user in users {
            let Some(row) = table.append(&[("LastCacheUpdate", "2026-01-01T00:00:00.000Z".to_owned())])
            else {
                continue;
            };
            for it in &user.system_permissions {
                set(table, row, &format!("Permissions{it}"), "true");
            }
            self.own_rows.insert(("UserPermissionAccess".to_owned(), row), user.id.clone());
        }
    }

    /// EntityDefinition and FieldDefinition: what the files say, completed from the describes.
    fn derive_definitions(&mut self) {
        let defs: Vec<Arc<ObjectDef>> = self.objects().cloned().collect();
        let yes = |it: bool| if it { "true" } else { "" };
        let Some(mut entities) = self.tables.remove("entitydefinition") else { return };
        let Some(mut fields) = self.tables.remove("fielddefinition") else {
            self.tables.insert("entitydefinition".to_owned(), entities);
            return;
        };
        complete_durable(&mut entities);
        complete_durable(&mut fields);
        for def in &defs {
            let row =
                entities.by_id(&def.name).or_else(|| entities.append(&[("DurableId", def.name.clone())]));
            let Some(row) = row else { continue };
            let developer = def.name.strip_suffix("__c").unwrap_or(&def.name);
            entities.fill_all(
                row,
                &[
                    ("Id", "000000000000000AAA"),
                    ("QualifiedApiName", def.name.as_str()),
                    ("DeveloperName", developer),
                    ("Label", &def.label),
                    ("MasterLabel", &def.label),
                    ("PluralLabel", &def.label_plural),
                    ("KeyPrefix", def.key_prefix.as_deref().unwrap_or_default()),
                    ("InternalSharingModel", "Private"),
                    ("ExternalSharingModel", "Private"),
                    ("IsCustomizable", yes(def.layoutable)),
                    ("IsApexTriggerable", yes(def.createable)),
                    ("IsCustomSetting", yes(def.custom_setting)),
                    ("IsQueryable", yes(def.queryable)),
                    ("IsSearchable", yes(def.searchable)),
                    ("IsEverCreatable", yes(def.createable)),
                    ("IsEverUpdatable", yes(def.updateable)),
                    ("IsEverDeletable", yes(def.deletable)),
                    ("IsRetrieveable", yes(def.retrieveable)),
                    ("IsReplicateable", yes(def.replicateable)),
                    ("IsIdEnabled", "true"),
                ],
            );
            for field in &def.fields {
                let durable = format!("{}.{}", def.name, field.name);
                let row = fields.by_id(&durable).or_else(|| fields.append(&[("DurableId", durable.clone())]));
                let Some(row) = row else { continue };
                let extra =
                    |key: &str| field.raw.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
                let number = |key: &str| {
                    field.raw.get(key).and_then(serde_json::Value::as_i64).unwrap_or(0).to_string()
                };
                let reference = field.reference_to.join(",");
                fields.fill_all(
                    row,
                    &[
                        ("Id", "000000000000000AAA"),
                        ("QualifiedApiName", field.name.as_str()),
                        ("EntityDefinitionId", def.name.as_str()),
                        ("DeveloperName", field.name.strip_suffix("__c").unwrap_or(&field.name)),
                        ("Label", &field.label),
                        ("MasterLabel", &field.label),
                        ("DataType", &data_type(field)),
                        ("Length", &field.length.to_string()),
                        ("Precision", &number("precision")),
                        ("Scale", &number("scale")),
                        ("IsCalculated", yes(field.calculated)),
                        ("IsHtmlFormatted", yes(field.html)),
                        ("IsNameField", yes(field.name_field)),
                        ("IsNillable", yes(field.nillable)),
                        ("IsIndexed", yes(field.id_lookup || field.kind == FieldKind::Reference)),
                        ("IsPolymorphicForeignKey", yes(field.polymorphic)),
                        ("IsCompound", yes(matches!(field.kind, FieldKind::Address | FieldKind::Location))),
                        ("IsApiFilterable", yes(field.filterable)),
                        ("IsApiSortable", yes(field.sortable)),
                        ("IsApiGroupable", yes(field.groupable)),
                        ("RelationshipName", field.relationship_name.as_deref().unwrap_or_default()),
                        ("ReferenceTo", &reference),
                        ("ComplianceGroup", extra("complianceGroup")),
                        ("SecurityClassification", extra("securityClassification")),
                        ("BusinessStatus", extra("businessStatus")),
                        ("Description", extra("description")),
                    ],
                );
            }
        }
        self.tables.insert("entitydefinition".to_owned(), entities);
        self.tables.insert("fielddefinition".to_owned(), fields);
    }
}

fn audit(stamp: &str, by: &str) -> Vec<(&'static str, String)> {
    let mut cells = Vec::new();
    for field in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
        cells.push((field, stamp.to_owned()));
    }
    for field in ["CreatedById", "LastModifiedById"] {
        cells.push((field, by.to_owned()));
    }
    cells
}

/// Rows given without a DurableId get it from the names they bear.
fn complete_durable(table: &mut crate::world::Table) {
    let rows: Vec<crate::world::RowIx> = table.rows().collect();
    for row in rows {
        let name = table
            .named(row, "QualifiedApiName")
            .or_else(|| table.named(row, "DeveloperName"))
            .map(str::to_owned);
        let owner = table.named(row, "EntityDefinitionId").map(str::to_owned);
        let durable = match (owner, name) {
            (Some(owner), Some(name)) => format!("{owner}.{name}"),
            (None, Some(name)) => name,
            (_, None) => continue,
        };
        table.fill(row, "DurableId", Some(&durable));
    }
}

/// The DataType that FieldDefinition shows.
fn data_type(field: &crate::world::FieldDef) -> String {
    let length = field.length;
    match field.kind {
        FieldKind::Id | FieldKind::Reference => format!("Lookup({})", field.reference_to.join(",")),
        FieldKind::String if field.auto_number => "Auto Number".to_owned(),
        FieldKind::String => format!("Text({length})"),
        FieldKind::TextArea if field.html => format!("Rich Text Area({length})"),
        FieldKind::TextArea if length > 255 => format!("Long Text Area({length})"),
        FieldKind::TextArea => format!("Text Area({length})"),
        FieldKind::Email => "Email".to_owned(),
        FieldKind::Phone => "Phone".to_owned(),
        FieldKind::Url => format!("URL({length})"),
        FieldKind::Boolean => "Checkbox".to_owned(),
        FieldKind::Int | FieldKind::Long | FieldKind::Double => "Number".to_owned(),
        FieldKind::Currency => "Currency".to_owned(),
        FieldKind::Percent => "Percent".to_owned(),
        FieldKind::Date => "Date".to_owned(),
        FieldKind::DateTime => "Date/Time".to_owned(),
        FieldKind::Time => "Time".to_owned(),
        FieldKind::Picklist | FieldKind::Combobox => "Picklist".to_owned(),
        FieldKind::MultiPicklist => "Picklist (Multi-Select)".to_owned(),
        FieldKind::Address => "Address".to_owned(),
        FieldKind::Location => "Geolocation".to_owned(),
        FieldKind::EncryptedString => format!("Text (Encrypted)({length})"),
        FieldKind::Base64 => "File".to_owned(),
        FieldKind::AnyType
        | FieldKind::ComplexValue
        | FieldKind::JunctionIdList
        | FieldKind::DataCategoryGroup
        | FieldKind::Json => field.kind.word().to_owned(),
    }
}
