//! What an object and a field are: read from a describe, whoever captured it.

use super::{FieldIx, LoadError};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// The `type` of a field in describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    Id,
    Reference,
    String,
    TextArea,
    Email,
    Phone,
    Url,
    Boolean,
    Int,
    Long,
    Double,
    Currency,
    Percent,
    Date,
    DateTime,
    Time,
    Picklist,
    MultiPicklist,
    Combobox,
    Address,
    Location,
    EncryptedString,
    Base64,
    AnyType,
    ComplexValue,
    JunctionIdList,
    DataCategoryGroup,
    Json,
}

const KINDS: [(&str, FieldKind); 28] = [
    ("id", FieldKind::Id),
    ("reference", FieldKind::Reference),
    ("string", FieldKind::String),
    ("textarea", FieldKind::TextArea),
    ("email", FieldKind::Email),
    ("phone", FieldKind::Phone),
    ("url", FieldKind::Url),
    ("boolean", FieldKind::Boolean),
    ("int", FieldKind::Int),
    ("long", FieldKind::Long),
    ("double", FieldKind::Double),
    ("currency", FieldKind::Currency),
    ("percent", FieldKind::Percent),
    ("date", FieldKind::Date),
    ("datetime", FieldKind::DateTime),
    ("time", FieldKind::Time),
    ("picklist", FieldKind::Picklist),
    ("multipicklist", FieldKind::MultiPicklist),
    ("combobox", FieldKind::Combobox),
    ("address", FieldKind::Address),
    ("location", FieldKind::Location),
    ("encryptedstring", FieldKind::EncryptedString),
    ("base64", FieldKind::Base64),
    ("anyType", FieldKind::AnyType),
    ("complexvalue", FieldKind::ComplexValue),
    ("JunctionIdList", FieldKind::JunctionIdList),
    ("DataCategoryGroupReference", FieldKind::DataCategoryGroup),
    ("json", FieldKind::Json),
];

impl FieldKind {
    /// The kind behind a describe `type`; any case.
    pub fn from_word(word: &str) -> Option<Self> {
        KINDS.iter().find(|(it, _)| it.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind)
    }

    /// The describe `type`.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("anyType", |(it, _)| it)
    }

    /// Kinds whose values are texts for comparison, LIKE and case.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::String
                | Self::TextArea
                | Self::Email
                | Self::Phone
                | Self::Url
                | Self::Picklist
                | Self::MultiPicklist
                | Self::Combobox
                | Self::EncryptedString
                | Self::AnyType
                | Self::DataCategoryGroup
        )
    }

    /// Kinds whose values are numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Long | Self::Double | Self::Currency | Self::Percent)
    }
}

/// One field of an object.
#[derive(Debug, Clone)]
pub struct FieldDef {
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    /// Longest value in characters; 0 where the kind has none.
    pub length: usize,
    pub filterable: bool,
    pub sortable: bool,
    pub groupable: bool,
    pub aggregatable: bool,
    pub nillable: bool,
    pub createable: bool,
    pub updateable: bool,
    pub defaulted_on_create: bool,
    pub calculated: bool,
    pub auto_number: bool,
    pub case_sensitive: bool,
    /// Shield encryption (not the classic `encryptedstring` type).
    pub encrypted: bool,
    pub unique: bool,
    pub external_id: bool,
    pub id_lookup: bool,
    pub name_field: bool,
    pub custom: bool,
    pub permissionable: bool,
    pub restricted_picklist: bool,
    /// The compound field this one is a part of: `Name`, `MailingAddress`.
    pub compound: Option<String>,
    pub html: bool,
    pub reference_to: Vec<String>,
    pub relationship_name: Option<String>,
    pub polymorphic: bool,
    /// The field's own flags; a parent's entry in `childRelationships` counts more.
    pub cascade_delete: bool,
    pub restricted_delete: bool,
    /// Active values of a picklist.
    pub picklist: Vec<String>,
    /// The entry of describe as it was captured.
    pub raw: Arc<Value>,
}

/// One entry of `childRelationships`.
#[derive(Debug, Clone)]
pub struct ChildRel {
    pub child: String,
    pub field: String,
    pub relationship_name: Option<String>,
    pub cascade_delete: bool,
    pub restricted_delete: bool,
}

/// One object of the org.
#[derive(Debug, Clone)]
pub struct ObjectDef {
    pub name: String,
    pub label: String,
    pub label_plural: String,
    /// Three characters, or none.
    pub key_prefix: Option<String>,
    pub queryable: bool,
    pub searchable: bool,
    pub retrieveable: bool,
    pub createable: bool,
    pub updateable: bool,
    pub deletable: bool,
    pub undeletable: bool,
    pub mergeable: bool,
    pub replicateable: bool,
    pub layoutable: bool,
    pub custom: bool,
    pub custom_setting: bool,
    /// `ChangeEvent`, `History`, `Feed`, `Share` …
    pub associate_entity_type: Option<String>,
    pub associate_parent_entity: Option<String>,
    pub fields: Vec<FieldDef>,
    pub children: Vec<ChildRel>,
    /// The top level of the describe without `fields` and `childRelationships`.
    pub raw: Map<String, Value>,
    by_name: HashMap<String, FieldIx>,
    by_relationship: HashMap<String, FieldIx>,
}

impl ObjectDef {
    /// Position of a field by its API name; any case.
    pub fn field_ix(&self, name: &str) -> Option<FieldIx> {
        self.by_name.get(&name.to_ascii_lowercase()).copied()
    }

    /// A field by its API name; any case.
    pub fn field(&self, name: &str) -> Option<&FieldDef> {
        self.field_ix(name).and_then(|it| self.at(it))
    }

    /// A field by its position.
    pub fn at(&self, field: FieldIx) -> Option<&FieldDef> {
        self.fields.get(usize::from(field))
    }

    /// The reference field behind a relationship name (`Account`, `Owner`, `Parent__r`); any case.
    pub fn relationship_ix(&self, name: &str) -> Option<FieldIx> {
        self.by_relationship.get(&name.to_ascii_lowercase()).copied()
    }

    /// The field that names a record: `Name`, `CaseNumber`, `Subject` …
    pub fn name_field(&self) -> Option<FieldIx> {
        let place = self.fields.iter().position(|it| it.name_field)?;
        FieldIx::try_from(place).ok()
    }

    /// The parts of a compound field, in describe order.
    pub fn parts_of<'a>(&'a self, compound: &'a str) -> impl Iterator<Item = (FieldIx, &'a FieldDef)> {
        self.numbered().filter(move |(_, it)| {
            it.compound.as_deref().is_some_and(|of| of.eq_ignore_ascii_case(compound))
                && !it.name.eq_ignore_ascii_case(compound)
        })
    }

    /// Fields with their positions.
    pub fn numbered(&self) -> impl Iterator<Item = (FieldIx, &FieldDef)> {
        self.fields.iter().enumerate().filter_map(|(place, it)| Some((FieldIx::try_from(place).ok()?, it)))
    }

    /// Reads the answer of Salesforce's describe resource.
    ///
    /// # Errors
    /// When the text is no describe, or one that contradicts itself; the sentence names `file`.
    pub fn from_describe(file: &str, describe: Value) -> Result<Self, LoadError> {
        Reader { file }.object(describe)
    }
}

struct Reader<'a> {
    file: &'a str,
}

impl Reader<'_> {
    fn refuse<T>(&self, what: impl std::fmt::Display) -> Result<T, LoadError> {
        Err(LoadError::of(self.file, what))
    }

    fn object(&self, describe: Value) -> Result<ObjectDef, LoadError> {
        let Value::Object(mut raw) = describe else {
            return self.refuse("a describe is a JSON object with \"name\" and \"fields\".");
        };
        let name = self.name(&raw, "the describe")?;
        let fields = match raw.remove("fields") {
            Some(Value::Array(it)) => it,
            Some(_) => return self.refuse("\"fields\" is not a list."),
            None => return self.refuse("\"fields\" is missing."),
        };
        let children = match raw.remove("childRelationships") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(it)) => it,
            Some(_) => return self.refuse("\"childRelationships\" is not a list."),
        };
        let mut object = ObjectDef {
            label: self.text(&raw, &name, "label")?.unwrap_or_else(|| name.clone()),
            label_plural: self.text(&raw, &name, "labelPlural")?.unwrap_or_else(|| format!("{name}s")),
            key_prefix: self.text(&raw, &name, "keyPrefix")?,
            queryable: self.flag(&raw, &name, "queryable", true)?,
            searchable: self.flag(&raw, &name, "searchable", false)?,
            retrieveable: self.flag(&raw, &name, "retrieveable", true)?,
            createable: self.flag(&raw, &name, "createable", false)?,
            updateable: self.flag(&raw, &name, "updateable", false)?,
            deletable: self.flag(&raw, &name, "deletable", false)?,
            undeletable: self.flag(&raw, &name, "undeletable", false)?,
            mergeable: self.flag(&raw, &name, "mergeable", false)?,
            replicateable: self.flag(&raw, &name, "replicateable", false)?,
            layoutable: self.flag(&raw, &name, "layoutable", false)?,
            custom: self.flag(&raw, &name, "custom", name.ends_with("__c"))?,
            custom_setting: self.flag(&raw, &name, "customSetting", false)?,
            associate_entity_type: self.text(&raw, &name, "associateEntityType")?,
            associate_parent_entity: self.text(&raw, &name, "associateParentEntity")?,
            fields: Vec::with_capacity(fields.len()),
            children: Vec::with_capacity(children.len()),
            by_name: HashMap::with_capacity(fields.len()),
            by_relationship: HashMap::new(),
            name,
            raw,
        };
        if object.key_prefix.as_deref().is_some_and(|it| it.len() != 3 || !it.is_ascii()) {
            return self.refuse("\"keyPrefix\" is not three characters.");
        }
        for field in fields {
            let field = self.field(field)?;
            self.add(&mut object, field)?;
        }
        if !object.by_name.contains_key("id") {
            return self.refuse("there is no field \"Id\".");
        }
        for child in children {
            object.children.push(self.child(&child)?);
        }
        Ok(object)
    }

    fn add(&self, object: &mut ObjectDef, field: FieldDef) -> Result<(), LoadError> {
        let Ok(place) = FieldIx::try_from(object.fields.len()) else {
            return self.refuse("it has more than 65,535 fields.");
        };
        if object.by_name.insert(field.name.to_ascii_lowercase(), place).is_some() {
            return self.refuse(format_args!("field \"{}\" is listed twice.", field.name));
        }
        if let Some(it) = &field.relationship_name {
            object.by_relationship.insert(it.to_ascii_lowercase(), place);
        }
        object.fields.push(field);
        Ok(())
    }

    fn field(&self, value: Value) -> Result<FieldDef, LoadError> {
        let Value::Object(raw) = &value else {
            return self.refuse("an entry of \"fields\" is not a JSON object.");
        };
        let name = self.name(raw, "a field")?;
        let Some(word) = self.text(raw, &name, "type")? else {
            return self.refuse(format_args!("field \"{name}\" has no \"type\"."));
        };
        let Some(kind) = FieldKind::from_word(&word) else {
            return self
                .refuse(format_args!("field \"{name}\" has a \"type\" that Salesforce does not know."));
        };
        let yes = |key: &str, unless: bool| self.flag(raw, &name, key, unless);
        let compound = self.text(raw, &name, "compoundFieldName")?;
        let reference_to = self.texts(raw, &name, "referenceTo")?;
        let field = FieldDef {
            label: self.text(raw, &name, "label")?.unwrap_or_else(|| name.clone()),
            kind,
            length: self.length(raw, &name)?,
            filterable: yes("filterable", true)?,
            sortable: yes("sortable", true)?,
            groupable: yes("groupable", false)?,
            aggregatable: yes("aggregatable", true)?,
            nillable: yes("nillable", true)?,
            createable: yes("createable", false)?,
            updateable: yes("updateable", false)?,
            defaulted_on_create: yes("defaultedOnCreate", false)?,
            calculated: yes("calculated", false)?,
            auto_number: yes("autoNumber", false)?,
            case_sensitive: yes("caseSensitive", false)?,
            encrypted: yes("encrypted", false)?,
            unique: yes("unique", false)?,
            external_id: yes("externalId", false)?,
            id_lookup: yes("idLookup", false)?,
            name_field: yes("nameField", false)?,
            custom: yes("custom", name.ends_with("__c"))?,
            permissionable: yes("permissionable", true)?,
            restricted_picklist: yes("restrictedPicklist", false)?,
            html: yes("htmlFormatted", false)?,
            polymorphic: yes("polymorphicForeignKey", false)? || reference_to.len() > 1,
            relationship_name: self.text(raw, &name, "relationshipName")?,
            cascade_delete: yes("cascadeDelete", false)?,
            restricted_delete: yes("restrictedDelete", false)?,
            picklist: self.picklist(raw, &name)?,
            compound,
            reference_to,
            name,
            raw: Arc::new(Value::Null),
        };
        Ok(FieldDef { raw: Arc::new(value), ..field })
    }

    fn child(&self, value: &Value) -> Result<ChildRel, LoadError> {
        let Value::Object(raw) = value else {
            return self.refuse("an entry of \"childRelationships\" is not a JSON object.");
        };
        let of = "a child relationship";
        let (Some(child), Some(field)) = (self.text(raw, of, "childSObject")?, self.text(raw, of, "field")?)
        else {
            return self.refuse("an entry of \"childRelationships\" lacks \"childSObject\" or \"field\".");
        };
        Ok(ChildRel {
            child,
            field,
            relationship_name: self.text(raw, of, "relationshipName")?,
            cascade_delete: self.flag(raw, of, "cascadeDelete", false)?,
            restricted_delete: self.flag(raw, of, "restrictedDelete", false)?,
        })
    }

    fn name(&self, raw: &Map<String, Value>, of: &str) -> Result<String, LoadError> {
        let name = self.text(raw, of, "name")?.unwrap_or_default();
        let sound = name.bytes().next().is_some_and(|it| it.is_ascii_alphabetic())
            && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        if sound {
            Ok(name)
        } else {
            self.refuse(format_args!("\"name\" of {of} is missing or no API name."))
        }
    }

    fn text(&self, raw: &Map<String, Value>, of: &str, key: &str) -> Result<Option<String>, LoadError> {
        match raw.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(it)) => Ok(Some(it.clone())),
            Some(_) => self.refuse(format_args!("\"{key}\" of {of} is not a text.")),
        }
    }

    fn texts(&self, raw: &Map<String, Value>, of: &str, key: &str) -> Result<Vec<String>, LoadError> {
        let list = match raw.get(key) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(it)) => it,
            Some(_) => return self.refuse(format_args!("\"{key}\" of {of} is not a list.")),
        };
        list.iter()
            .map(|it| match it {
                Value::String(it) => Ok(it.clone()),
                _ => self.refuse(format_args!("\"{key}\" of {of} holds something that is not a text.")),
            })
            .collect()
    }

    fn flag(&self, raw: &Map<String, Value>, of: &str, key: &str, unless: bool) -> Result<bool, LoadError> {
        match raw.get(key) {
            None | Some(Value::Null) => Ok(unless),
            Some(Value::Bool(it)) => Ok(*it),
            Some(_) => self.refuse(format_args!("\"{key}\" of {of} is neither true nor false.")),
        }
    }

    fn length(&self, raw: &Map<String, Value>, of: &str) -> Result<usize, LoadError> {
        match raw.get("length") {
            None | Some(Value::Null) => Ok(0),
            Some(it) => match it.as_u64().and_then(|it| usize::try_from(it).ok()) {
                Some(it) => Ok(it),
                None => self.refuse(format_args!("\"length\" of {of} is not a whole number from 0 up.")),
            },
        }
    }

    fn picklist(&self, raw: &Map<String, Value>, of: &str) -> Result<Vec<String>, LoadError> {
        let list = match raw.get("picklistValues") {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(it)) => it,
            Some(_) => return self.refuse(format_args!("\"picklistValues\" of {of} is not a list.")),
        };
        let active = list.iter().filter(|it| it.get("active").and_then(Value::as_bool).unwrap_or(true));
        Ok(active.filter_map(|it| it.get("value").and_then(Value::as_str)).map(str::to_owned).collect())
    }
}
