//! Standard objects from the built-in catalogue, in the shape of a describe.
//!
//! The catalogue is three tables: objects, fields, and what hangs under what. The set-up objects that every
//! org has are known here too, for the fields the catalogue leaves out.

use crate::world::{FieldKind, LoadError};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../assets/catalogue"]
#[allow_missing = true]
struct Files;

const SETUP_OBJECTS: &str = include_str!("setup_objects.csv");
const SETUP_FIELDS: &str = include_str!("setup_fields.csv");

/// High-risk and common permissions that the permission objects have a column for.
const PERMISSIONS: &str = "ApiEnabled ApiUserOnly AssignPermissionSets AuthorApex BulkApiHardDelete BypassMFAForUiLogins \
    CanApproveUninstalledApps ClientSecretRotation CustomizeApplication DataExport DelegatedTwoFactor EditTask \
    ExportReport ExternalClientAppAdmin FreezeUsers InstallPackaging ManageAuthProviders ManageDataIntegrations \
    ManageDataMaskPolicies ManageEncryptionKeys ManageInternalUsers ManageProfilesPermissionsets ManageRemoteAccess \
    ManageRoles ManageSharing ManageTwoFactor ManageUsers ModifyAllData ModifyMetadata MonitorLoginHistory \
    PasswordNeverExpires PrivacyDataAccess QueryAllFiles ResetPasswords RunReports TransactionSecurityExempt UseAnyApiClient \
    ViewAllData ViewAllFieldsGlobal ViewAllProfiles ViewAllUsers ViewAnomalyEvents ViewClientSecret \
    ViewDataLeakageEvents ViewEncryptedData ViewEventLogFiles ViewSetup ViewUserPII";

/// What happens to a child when its parent is deleted.
#[derive(Debug, Clone)]
pub(in crate::world) struct Hanging {
    pub parent: String,
    pub child: String,
    pub field: String,
    pub relationship: Option<String>,
    pub cascade: bool,
    pub restrict: bool,
}

/// The catalogue, by object name in small letters.
#[derive(Debug, Default)]
pub(in crate::world) struct Catalogue {
    objects: BTreeMap<String, BTreeMap<String, String>>,
    fields: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    pub hangings: Vec<Hanging>,
    setup: Vec<String>,
}

impl Catalogue {
    /// Reads the tables that are built into the program.
    pub fn read() -> Result<Self, LoadError> {
        let text = |name: &str| -> Result<String, LoadError> {
            let Some(file) = Files::get(name) else { return Ok(String::new()) };
            String::from_utf8(file.data.into_owned())
                .map_err(|_| LoadError::of(name, "the text is not UTF-8."))
        };
        Self::parse(&text("objects.csv")?, &text("fields.csv")?, &text("children.csv")?)
    }

    fn parse(objects: &str, fields: &str, children: &str) -> Result<Self, LoadError> {
        let mut all = Self::default();
        for it in rows("catalogue/objects.csv", objects)? {
            all.objects.insert(cell(&it, "name").to_ascii_lowercase(), it);
        }
        for it in rows("catalogue/fields.csv", fields)? {
            all.fields.entry(cell(&it, "object").to_ascii_lowercase()).or_default().push(it);
        }
        for it in rows("setup_objects.csv", SETUP_OBJECTS)? {
            let name = cell(&it, "name").to_owned();
            all.objects.entry(name.to_ascii_lowercase()).or_insert(it);
            all.setup.push(name);
        }
        let mut ours: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
        for it in rows("setup_fields.csv", SETUP_FIELDS)? {
            ours.entry(cell(&it, "object").to_ascii_lowercase()).or_default().push(it);
        }
        for (object, fields) in ours {
            let held = all.fields.entry(object).or_default();
            for field in fields {
                let name = cell(&field, "name");
                if !held.iter().any(|it| cell(it, "name").eq_ignore_ascii_case(name)) {
                    held.push(field);
                }
            }
        }
        for it in rows("catalogue/children.csv", children)? {
            let on_delete = cell(&it, "on_delete");
            all.hangings.push(Hanging {
                parent: cell(&it, "parent").to_owned(),
                child: cell(&it, "child").to_owned(),
                field: cell(&it, "field").to_owned(),
                relationship: Some(cell(&it, "relationship").to_owned()).filter(|it| !it.is_empty()),
                cascade: on_delete.contains("cascade"),
                restrict: on_delete.contains("restrict"),
            });
        }
        Ok(all)
    }

    /// Names of all objects it knows.
    #[cfg(test)]
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.objects.values().map(|it| cell(it, "name"))
    }

    /// The objects that every org has.
    pub fn setup(&self) -> &[String] {
        &self.setup
    }

    /// The describe of a standard object; `None` when the catalogue does not know it.
    ///
    /// `permissions` are the names that the permission objects need a column for, beyond the usual ones.
    pub fn describe(&self, object: &str, permissions: &[String]) -> Option<Value> {
        let key = object.to_ascii_lowercase();
        let Some(row) = self.objects.get(&key) else { return self.follower(object) };
        let name = cell(row, "name");
        let traits: Vec<&str> = cell(row, "traits").split_whitespace().collect();
        let is = |it: &str| traits.contains(&it);
        let mut fields: Vec<Value> = Vec::new();
        if is("nosystem") {
            fields.push(system("Id", "Record ID", "id", ""));
        } else {
            fields.extend(system_fields(&is));
        }
        let mut known: Vec<String> =
            fields.iter().filter_map(|it| Some(it.get("name")?.as_str()?.to_lowercase())).collect();
        for it in self.fields.get(&key).into_iter().flatten() {
            let lower = cell(it, "name").to_ascii_lowercase();
            if known.contains(&lower) {
                continue;
            }
            known.push(lower);
            fields.push(self.field(name, it));
        }
        if matches!(name, "Profile" | "PermissionSet" | "UserPermissionAccess") {
            let usual = PERMISSIONS.split_whitespace();
            let mut wanted: Vec<&str> = usual.chain(permissions.iter().map(String::as_str)).collect();
            wanted.sort_unstable();
            wanted.dedup();
            for it in wanted {
                if !known.contains(&format!("permissions{}", it.to_lowercase())) {
                    fields.push(field(&format!("Permissions{it}"), it, FieldKind::Boolean, 0, &["always"]));
                }
            }
        }
        let parent =
            ["FieldHistory", "History", "Feed", "Share", "ChangeEvent"].into_iter().find_map(|kind| {
                let owner = name.strip_suffix(kind)?;
                let own_kind = if kind == "FieldHistory" { "History" } else { kind };
                // The stage history of an opportunity is no field history, for all its name.
                let known = self.objects.contains_key(&owner.to_lowercase()) && name != "OpportunityHistory";
                known.then_some((own_kind, owner))
            });
        Some(top(name, row, &traits, fields, parent))
    }

    /// History, feed and share tables that an object's traits promise without listing them.
    fn follower(&self, object: &str) -> Option<Value> {
        let owner_of = |kind: &str| {
            let stem = object.len().checked_sub(kind.len()).and_then(|it| object.split_at_checked(it))?;
            let owner = self
                .objects
                .get(&stem.0.to_ascii_lowercase())
                .filter(|_| stem.1.eq_ignore_ascii_case(kind))?;
            let has = cell(owner, "traits").split_whitespace().any(|it| it.eq_ignore_ascii_case(kind));
            has.then(|| cell(owner, "name").to_owned())
        };
        let (kind, owner) =
            ["History", "Feed", "Share"].into_iter().find_map(|it| Some((it, owner_of(it)?)))?;
        let name = format!("{owner}{kind}");
        let columns: Vec<(String, FieldKind, u64, Option<&str>)> = match kind {
            "History" => vec![
                (format!("{owner}Id"), FieldKind::Reference, 0, Some(owner.as_str())),
                ("CreatedById".to_owned(), FieldKind::Reference, 0, Some("User")),
                ("CreatedDate".to_owned(), FieldKind::DateTime, 0, None),
                ("Field".to_owned(), FieldKind::Picklist, 255, None),
                ("DataType".to_owned(), FieldKind::Picklist, 40, None),
                ("OldValue".to_owned(), FieldKind::AnyType, 255, None),
                ("NewValue".to_owned(), FieldKind::AnyType, 255, None),
            ],
            "Feed" => vec![
                ("ParentId".to_owned(), FieldKind::Reference, 0, Some(owner.as_str())),
                ("Type".to_owned(), FieldKind::Picklist, 40, None),
                ("CreatedById".to_owned(), FieldKind::Reference, 0, Some("User")),
                ("CreatedDate".to_owned(), FieldKind::DateTime, 0, None),
                ("LastModifiedDate".to_owned(), FieldKind::DateTime, 0, None),
                ("SystemModstamp".to_owned(), FieldKind::DateTime, 0, None),
                ("Title".to_owned(), FieldKind::String, 255, None),
                ("Body".to_owned(), FieldKind::TextArea, 10_000, None),
                ("LinkUrl".to_owned(), FieldKind::Url, 1000, None),
                ("InsertedById".to_owned(), FieldKind::Reference, 0, Some("User")),
            ],
            _ => vec![
                (format!("{owner}Id"), FieldKind::Reference, 0, Some(owner.as_str())),
                ("UserOrGroupId".to_owned(), FieldKind::Reference, 0, Some("User")),
                (format!("{owner}AccessLevel"), FieldKind::Picklist, 40, None),
                ("RowCause".to_owned(), FieldKind::Picklist, 40, None),
                ("LastModifiedDate".to_owned(), FieldKind::DateTime, 0, None),
                ("LastModifiedById".to_owned(), FieldKind::Reference, 0, Some("User")),
            ],
        };
        let mut fields =
            vec![system("Id", "Record ID", "id", ""), system("IsDeleted", "Deleted", "boolean", "")];
        for (column, kind, length, target) in columns {
            let dark =
                if matches!(column.as_str(), "OldValue" | "NewValue") { "unfilterable" } else { "always" };
            let mut it = field(&column, &column, kind, length, &["readonly", "always", dark]);
            if let (Some(map), Some(target)) = (it.as_object_mut(), target) {
                let relationship = column.strip_suffix("Id").unwrap_or(&column);
                map.insert("relationshipName".to_owned(), json!(relationship));
                map.insert("referenceTo".to_owned(), json!([target]));
                map.insert("cascadeDelete".to_owned(), json!(target == owner));
            }
            fields.push(it);
        }
        let row = BTreeMap::from([("label".to_owned(), format!("{owner} {kind}"))]);
        Some(top(&name, &row, &["queryable"], fields, Some((kind, &owner))))
    }

    fn field(&self, object: &str, row: &BTreeMap<String, String>) -> Value {
        let name = cell(row, "name");
        let kind = FieldKind::from_word(cell(row, "type")).unwrap_or(FieldKind::String);
        let length = cell(row, "length").parse().unwrap_or(0);
        let traits: Vec<&str> = cell(row, "traits").split_whitespace().collect();
        let label = Some(cell(row, "label")).filter(|it| !it.is_empty()).unwrap_or(name);
        let mut it = field(name, label, kind, length, &traits);
        let targets: Vec<&str> =
            cell(row, "refers_to").split(['|', ' ']).filter(|it| !it.is_empty()).collect();
        if kind == FieldKind::Reference
            && let Some(map) = it.as_object_mut()
        {
            let relationship = Some(cell(row, "relationship")).filter(|it| !it.is_empty());
            let relationship = relationship.or_else(|| name.strip_suffix("Id"));
            let hangs = |flag: fn(&Hanging) -> bool| {
                self.hangings.iter().any(|it| {
                    it.child == object
                        && it.field == name
                        && flag(it)
                        && targets.contains(&it.parent.as_str())
                })
            };
            let many = targets.len() > 1 || traits.contains(&"polymorphic");
            map.insert("relationshipName".to_owned(), json!(relationship));
            map.insert("referenceTo".to_owned(), json!(targets));
            map.insert("polymorphicForeignKey".to_owned(), json!(many));
            map.insert("namePointing".to_owned(), json!(many));
            map.insert("cascadeDelete".to_owned(), json!(hangs(|it| it.cascade)));
            map.insert("restrictedDelete".to_owned(), json!(hangs(|it| it.restrict)));
        }
        it
    }
}

fn top(
    name: &str,
    row: &BTreeMap<String, String>,
    traits: &[&str],
    fields: Vec<Value>,
    of: Option<(&str, &str)>,
) -> Value {
    let is = |it: &str| traits.contains(&it);
    let label = Some(cell(row, "label")).filter(|it| !it.is_empty()).unwrap_or(name);
    let plural = Some(cell(row, "label_plural"))
        .filter(|it| !it.is_empty())
        .map_or_else(|| format!("{label}s"), str::to_owned);
    let prefix = Some(cell(row, "key_prefix")).filter(|it| it.len() == 3);
    let first = json!({
        "actionOverrides": [], "activateable": false, "associateEntityType": of.map(|it| it.0),
        "associateParentEntity": of.map(|it| it.1), "childRelationships": [], "compactLayoutable": is("layoutable"),
        "createable": is("createable"), "custom": false, "customSetting": false, "deepCloneable": false,
        "defaultImplementation": null, "deletable": is("deletable"), "deprecatedAndHidden": false, "extendedBy": null,
        "extendsInterfaces": null, "feedEnabled": is("feed"), "fields": fields, "hasSubtypes": false
    });
    let second = json!({
        "implementedBy": null, "implementsInterfaces": null, "isInterface": false, "isSubtype": false,
        "keyPrefix": prefix, "label": label, "labelPlural": plural, "layoutable": is("layoutable"), "listviewable": null,
        "lookupLayoutable": null, "mergeable": is("mergeable"), "mruEnabled": is("layoutable"), "name": name,
        "namedLayoutInfos": [], "networkScopeFieldName": null, "queryable": is("queryable"), "recordTypeInfos": []
    });
    let third = json!({
        "replicateable": is("replicateable"), "retrieveable": is("queryable"), "searchLayoutable": is("layoutable"),
        "searchable": is("searchable"), "sobjectDescribeOption": "FULL", "supportedScopes": [
            {"label": format!("All {plural}").to_lowercase(), "name": "everything"}
        ], "triggerable": is("createable"), "undeletable": is("undeletable"), "updateable": is("updateable"), "urls": {}
    });
    together([first, second, third])
}

/// One JSON object from several; the keys keep their order.
fn together<const N: usize>(parts: [Value; N]) -> Value {
    let objects =
        parts.into_iter().filter_map(|it| if let Value::Object(map) = it { Some(map) } else { None });
    Value::Object(objects.flatten().collect())
}

fn system_fields(is: &impl Fn(&str) -> bool) -> Vec<Value> {
    let mut fields = vec![system("Id", "Record ID", "id", "")];
    if !is("nodelete") {
        fields.push(system("IsDeleted", "Deleted", "boolean", ""));
    }
    fields.push(system("CreatedDate", "Created Date", "datetime", ""));
    fields.push(system("CreatedById", "Created By ID", "reference", "CreatedBy"));
    fields.push(system("LastModifiedDate", "Last Modified Date", "datetime", ""));
    fields.push(system("LastModifiedById", "Last Modified By ID", "reference", "LastModifiedBy"));
    fields.push(system("SystemModstamp", "System Modstamp", "datetime", ""));
    fields
}

fn system(name: &str, label: &str, kind: &str, relationship: &str) -> Value {
    let kind = FieldKind::from_word(kind).unwrap_or(FieldKind::String);
    let mut it = field(name, label, kind, 0, &["readonly", "always", "required", "default"]);
    if let Some(map) = it.as_object_mut() {
        if kind == FieldKind::Reference {
            map.insert("relationshipName".to_owned(), json!(relationship));
            map.insert("referenceTo".to_owned(), json!(["User"]));
        }
        if kind == FieldKind::Id {
            map.insert("idLookup".to_owned(), json!(true));
            map.insert("aggregatable".to_owned(), json!(true));
        }
    }
    it
}

/// One entry of `fields`, every key present.
pub(crate) fn field(name: &str, label: &str, kind: FieldKind, length: u64, traits: &[&str]) -> Value {
    let is = |it: &str| traits.contains(&it);
    let compound = traits.iter().find_map(|it| it.strip_prefix("compound:"));
    let custom = name.ends_with("__c") || name.ends_with("__pc");
    let whole = matches!(kind, FieldKind::Address | FieldKind::Location);
    let long = kind == FieldKind::TextArea && (length > 255 || is("html"));
    let blob = matches!(kind, FieldKind::Base64 | FieldKind::ComplexValue | FieldKind::Json);
    let classic = kind == FieldKind::EncryptedString;
    let dark = long || blob || whole || classic || is("encrypted");
    let filterable = !dark && !is("unfilterable");
    let written = !(is("readonly") || is("calculated") || is("autonumber") || whole || kind == FieldKind::Id);
    let boolean = kind == FieldKind::Boolean;
    let number = kind.is_number();
    let length = match (kind, length) {
        (FieldKind::Id | FieldKind::Reference, _) => 18,
        (FieldKind::Email, 0) => 80,
        (FieldKind::Phone, 0) => 40,
        (FieldKind::String | FieldKind::Url | FieldKind::TextArea | FieldKind::Picklist, 0) => 255,
        (FieldKind::MultiPicklist, 0) => 4099,
        (_, it) => it,
    };
    let soap = match kind {
        FieldKind::Id | FieldKind::Reference => "tns:ID",
        FieldKind::Boolean => "xsd:boolean",
        FieldKind::Int => "xsd:int",
        FieldKind::Long => "xsd:long",
        FieldKind::Double | FieldKind::Currency | FieldKind::Percent => "xsd:double",
        FieldKind::Date => "xsd:date",
        FieldKind::DateTime => "xsd:dateTime",
        FieldKind::Time => "xsd:time",
        FieldKind::Base64 => "xsd:base64Binary",
        FieldKind::Address => "urn:address",
        FieldKind::Location => "urn:location",
        FieldKind::AnyType => "xsd:anyType",
        _ => "xsd:string",
    };
    let groups = !matches!(
        kind,
        FieldKind::DateTime
            | FieldKind::MultiPicklist
            | FieldKind::Double
            | FieldKind::Currency
            | FieldKind::Percent
    );
    let first = json!({
        "aggregatable": !boolean && !dark, "aiPredictionField": false, "autoNumber": is("autonumber"),
        "byteLength": length * 3, "calculated": is("calculated"), "calculatedFormula": null, "cascadeDelete": false,
        "caseSensitive": is("casesensitive"), "compoundFieldName": compound, "controllerName": null,
        "createable": written || is("createonly"), "custom": custom, "defaultValue": if boolean { json!(false) } else { Value::Null },
        "defaultValueFormula": null, "defaultedOnCreate": boolean || is("default") || is("defaulted") || is("autonumber"),
        "dependentPicklist": false, "deprecatedAndHidden": false, "digits": if kind == FieldKind::Int { 9 } else { 0 },
        "displayLocationInDecimal": false, "encrypted": is("encrypted"), "externalId": is("external")
    });
    let second = json!({
        "extraTypeInfo": null, "filterable": filterable, "filteredLookupInfo": null, "formulaTreatNullNumberAsZero": false,
        "groupable": filterable && groups, "highScaleNumber": false, "htmlFormatted": is("html"),
        "idLookup": is("idlookup") || is("external") || is("unique"), "inlineHelpText": null, "label": label,
        "length": length, "mask": if classic { json!("*") } else { Value::Null },
        "maskType": if classic { json!("all") } else { Value::Null }, "name": name, "nameField": is("name"),
        "namePointing": false, "nillable": !is("required") && !boolean,
        "permissionable": !(is("always") || is("required") || is("name"))
    });
    let third = json!({
        "picklistValues": [], "polymorphicForeignKey": false, "precision": if number { 18 } else { 0 },
        "queryByDistance": kind == FieldKind::Location || whole, "referenceTargetField": null, "referenceTo": [],
        "relationshipName": null, "relationshipOrder": null, "restrictedDelete": false, "restrictedPicklist": false,
        "scale": if number && kind != FieldKind::Int { 2 } else { 0 }, "searchPrefilterable": false, "soapType": soap,
        "sortable": filterable && !is("unsortable") && kind != FieldKind::MultiPicklist, "type": kind.word(),
        "unique": is("unique"), "updateable": written && !is("createonly"), "writeRequiresMasterRead": false
    });
    together([first, second, third])
}

fn rows(file: &str, text: &str) -> Result<Vec<BTreeMap<String, String>>, LoadError> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let mut all = Vec::new();
    for row in reader.deserialize() {
        all.push(row.map_err(|it| LoadError::of(file, format_args!("the table cannot be read ({it}).")))?);
    }
    Ok(all)
}

fn cell<'a>(row: &'a BTreeMap<String, String>, column: &str) -> &'a str {
    row.get(column).map_or("", |it| it.trim())
}
