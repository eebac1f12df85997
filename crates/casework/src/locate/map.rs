//! What is looked at: every object and field that can hold an identifier, read off describe and the catalogue.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, KnownObject, People};
use crate::locate::sought::Sought;
use crate::schema::{Field, Object, Schema, bare_name};

/// What a field can hold of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Email,
    /// Several addresses, each with its display name or not.
    Emails,
    Phone,
    Name,
    Given,
    Middle,
    Family,
    Suffix,
    Street,
    Postal,
    Birthdate,
    Number,
    Text,
    /// Long or rich text, old and new values of a history.
    Prose,
    /// Only looked at because the subject names the field.
    Other,
}

#[derive(Debug, Clone)]
pub struct FieldPlan {
    pub name: String,
    pub holds: Holds,
    pub filterable: bool,
    /// Shield platform encryption.
    pub shielded: bool,
    /// Classic encryption: a mask may stand for the value.
    pub masked: bool,
    pub custom: bool,
    /// Compared as text; numbers, dates and checkboxes are not quoted.
    pub textual: bool,
    pub date_time: bool,
    pub flag: bool,
}

#[derive(Debug, Clone)]
pub struct Lookup {
    pub field: String,
    pub to: Vec<String>,
    pub filterable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Big,
    External,
}

#[derive(Debug, Clone)]
pub struct ObjectPlan {
    pub name: String,
    pub prefix: Option<String>,
    pub kind: Kind,
    /// Contact, Lead, Individual, User, Account: looked at first.
    pub people: bool,
    pub searchable: bool,
    /// `History`, `Feed`: read only under the records found.
    pub attached: bool,
    pub fields: Vec<FieldPlan>,
    pub lookups: Vec<Lookup>,
    /// Fields of every SELECT.
    pub select: Vec<String>,
}

/// The objects that are looked at, and those that hold no person.
#[derive(Debug, Clone, Default)]
pub struct Map {
    pub objects: BTreeMap<String, ObjectPlan>,
    pub empty_of_people: BTreeMap<String, String>,
}

/// Objects whose records are people, or can be.
pub const PEOPLE: [&str; 5] = ["Contact", "Lead", "Individual", "Account", "User"];

const SYSTEM: [&str; 18] = [
    "IsDeleted",
    "MasterRecordId",
    "IsArchived",
    "IsPersonAccount",
    "PersonContactId",
    "PersonIndividualId",
    "IsConverted",
    "ConvertedContactId",
    "ConvertedAccountId",
    "ConvertedOpportunityId",
    "SystemModstamp",
    "LastModifiedDate",
    "CreatedDate",
    "Name",
    "Subject",
    "Title",
    "CaseNumber",
    "HasPrivacyHold",
];
/// Logs and sessions of users: read only under a user who is the subject.
const LOGS: [&str; 16] = [
    "LoginHistory",
    "LoginGeo",
    "LoginIp",
    "AuthSession",
    "VerificationHistory",
    "OauthToken",
    "ApexLog",
    "EventLogFile",
    "SetupAuditTrail",
    "ApiEvent",
    "LoginEvent",
    "LogoutEvent",
    "ReportEvent",
    "ListViewEvent",
    "UriEvent",
    "LightningUriEvent",
];
/// Lookups that say who works with a record, not whose it is.
const NOT_WHOSE: [&str; 16] = [
    "OwnerId",
    "CreatedById",
    "LastModifiedById",
    "InsertedById",
    "ManagerId",
    "ReportsToId",
    "RecordTypeId",
    "DeletedById",
    "LastEditById",
    "BestCommentId",
    "LatestPublishedVersionId",
    "FirstPublishLocationId",
    "ReplyToEmailMessageId",
    "DelegatedApproverId",
    "ConvertedOpportunityId",
    "ContentBodyId",
];
const NOT_TEXT: [&str; 26] = [
    "CurrencyIsoCode",
    "Checksum",
    "FileExtension",
    "FileType",
    "ContentType",
    "TimeZoneSidKey",
    "LocaleSidKey",
    "LanguageLocaleKey",
    "EmailEncodingKey",
    "PhotoUrl",
    "SmallPhotoUrl",
    "FullPhotoUrl",
    "MediumPhotoUrl",
    "BannerPhotoUrl",
    "SmallBannerPhotoUrl",
    "MediumBannerPhotoUrl",
    "Jigsaw",
    "JigsawCompanyId",
    "CleanStatus",
    "GeocodeAccuracy",
    "DigestFrequency",
    "Salutation",
    "NamespacePrefix",
    "SicDesc",
    "Language",
    "RowId",
];

impl Map {
    pub fn draw(schema: &Schema, catalogue: &Catalogue, sought: &Sought) -> Self {
        let mut map = Self::default();
        for object in schema.objects.values().filter(|object| object.queryable) {
            let attached = object.associate_entity_type.as_deref().unwrap_or_default();
            if attached == "Share" {
                map.leave_out(object, "Says which users may see a record; holds nothing about a person.");
                continue;
            }
            let known = catalogue.object(&object.name);
            let plan = ObjectPlan::draw(object, known, sought);
            let custom_room = plan.fields.iter().any(|field| field.custom);
            if let Some(known) = known.filter(|known| known.people == People::None && !custom_room) {
                let because = if known.note.is_empty() {
                    "The catalogue knows that it holds nothing about a person."
                } else {
                    &known.note
                };
                map.leave_out(object, because);
            } else if plan.fields.is_empty() && plan.lookups.is_empty() {
                map.leave_out(object, "No field of it can hold an identifier or a lookup.");
            } else {
                map.objects.insert(plan.name.clone(), plan);
            }
        }
        map
    }

    fn leave_out(&mut self, object: &Object, because: &str) {
        self.empty_of_people.insert(object.name.clone(), because.to_owned());
    }
}

impl ObjectPlan {
    fn draw(object: &Object, known: Option<&KnownObject>, sought: &Sought) -> Self {
        let meaning = |field: &Field| {
            known.and_then(|known| known.field(&field.name)).map(|field| field.meaning.as_str())
        };
        let people = PEOPLE.contains(&object.name.as_str());
        let fields: Vec<FieldPlan> = object
            .fields
            .iter()
            .filter_map(|field| {
                let holds = meaning(field)
                    .and_then(|meaning| by_meaning(meaning, field))
                    .unwrap_or_else(|| holds(object, field, people))
                    .or_else(|| sought.other_for(&object.name, &field.name).map(|_| Holds::Other))
                    .filter(|_| {
                        field.field_type != "base64"
                            && field.field_type != "reference"
                            && field.field_type != "id"
                    })?;
                Some(FieldPlan {
                    name: field.name.clone(),
                    holds,
                    filterable: field.filterable,
                    shielded: field.encrypted && field.field_type != "encryptedstring",
                    masked: field.field_type == "encryptedstring",
                    custom: field.custom,
                    textual: !matches!(
                        field.field_type.as_str(),
                        "double" | "int" | "long" | "currency" | "percent" | "date" | "datetime" | "boolean"
                    ),
                    date_time: field.field_type == "datetime",
                    flag: field.field_type == "boolean",
                })
            })
            .collect();
        let lookups: Vec<Lookup> = object
            .fields
            .iter()
            .filter(|field| field.field_type == "reference" && is_whose(&field.name))
            .filter(|field| !matches!(meaning(field), Some("owner-lookup" | "other-lookup")))
            .filter(|field| {
                !field.reference_to.iter().all(|to| {
                    matches!(
                        to.as_str(),
                        "Group" | "RecordType" | "Profile" | "UserRole" | "Organization" | "Queue"
                    )
                })
            })
            .map(|field| Lookup {
                field: field.name.clone(),
                to: field.reference_to.clone(),
                filterable: field.filterable,
            })
            .collect();
        let mut select: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        select.extend(lookups.iter().map(|lookup| lookup.field.clone()));
        select.extend(SYSTEM.iter().filter_map(|name| object.field(name)).map(|field| field.name.clone()));
        select.sort();
        select.dedup();
        let kind = match object.name.as_str() {
            name if name.ends_with("__b") => Kind::Big,
            name if name.ends_with("__x") => Kind::External,
            _ => Kind::Plain,
        };
        let attached = matches!(object.associate_entity_type.as_deref(), Some("History" | "Feed"))
            || object.name.ends_with("History") && object.field("OldValue").is_some()
            || object.name.ends_with("EventStore")
            || (object.name.ends_with("Feed") && !object.custom)
            || LOGS.contains(&object.name.as_str());
        let prefix = object.key_prefix.clone();
        Self {
            name: object.name.clone(),
            prefix,
            kind,
            people,
            searchable: object.searchable,
            attached,
            fields,
            lookups,
            select,
        }
    }

    pub fn holding(&self, holds: Holds) -> impl Iterator<Item = &FieldPlan> {
        self.fields.iter().filter(move |field| field.holds == holds)
    }

    /// The postal code that belongs to a street: `MailingStreet` and `MailingPostalCode`, `Home_Street__c` and `Home_Zip__c`.
    pub fn postal_of(&self, street: &str) -> Option<&FieldPlan> {
        let stem = stem(street);
        self.holding(Holds::Postal).find(|postal| self::stem(&postal.name) == stem)
    }

    pub fn part_of(&self, family: &str, part: Holds) -> Option<&FieldPlan> {
        let stem = stem(family);
        self.holding(part).find(|field| self::stem(&field.name) == stem)
    }
}

/// What is left of a field name when the word for its part is taken out.
fn stem(name: &str) -> String {
    let mut stem = bare_name(name);
    for word in [
        "addressline1",
        "addressline",
        "address1",
        "postalcode",
        "postcode",
        "zipcode",
        "zip",
        "street",
        "firstname",
        "lastname",
        "middlename",
        "givenname",
        "familyname",
        "surname",
        "suffix",
        "first",
        "last",
    ] {
        stem = stem.replace(word, "");
    }
    stem.replace("address", "")
}

fn is_whose(name: &str) -> bool {
    !(NOT_WHOSE.contains(&name) || name.ends_with("OwnerId") || name.ends_with("ManagerId"))
}

/// What the catalogue knows of a standard field; `None` leaves it to its type and name.
#[allow(clippy::option_option)] // The inner `None` is an answer: the field holds nothing.
fn by_meaning(meaning: &str, field: &Field) -> Option<Option<Holds>> {
    let texts = [
        "string",
        "textarea",
        "email",
        "phone",
        "picklist",
        "combobox",
        "url",
        "encryptedstring",
        "date",
        "datetime",
    ];
    if !texts.contains(&field.field_type.as_str()) {
        return None;
    }
    if field.name == "Username" {
        return Some(Some(Holds::Emails));
    }
    Some(Some(match meaning {
        "email" if field.field_type == "email" => Holds::Email,
        "email" | "email-list" => Holds::Emails,
        "phone" => Holds::Phone,
        "full-name" => Holds::Name,
        "given-name" => Holds::Given,
        "middle-name" => Holds::Middle,
        "family-name" => Holds::Family,
        "suffix" => Holds::Suffix,
        "street" => Holds::Street,
        "postal" => Holds::Postal,
        "birthdate" => Holds::Birthdate,
        "account-number" => Holds::Number,
        "handle" => Holds::Text,
        "long-text" => Holds::Prose,
        "none" | "status" | "id" | "ip" | "geo" | "money" | "salutation" | "city" | "region" | "country" => {
            return Some(None);
        }
        _ => return None,
    }))
}

fn holds(object: &Object, field: &Field, people: bool) -> Option<Holds> {
    let name = bare_name(&field.name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match field.field_type.as_str() {
        "email" => return Some(Holds::Email),
        "phone" => return Some(Holds::Phone),
        "date" | "datetime" => return (has(&["birth", "dob", "born"])).then_some(Holds::Birthdate),
        "double" | "int" | "long" | "currency" => {
            return (field.custom
                && has(&["customer", "account", "member", "loyalty", "client"])
                && has(&["number", "no", "id", "nr"]))
            .then_some(Holds::Number);
        }
        "string" | "textarea" | "combobox" | "url" | "anyType" | "encryptedstring" => {}
        _ => return None,
    }
    if NOT_TEXT.contains(&field.name.as_str()) || (field.auto_number && !field.custom && !object.custom) {
        return None;
    }
    let part = field.compound_field_name.as_deref().filter(|compound| *compound != field.name);
    if part == Some("Name")
        || has(&["firstname", "lastname", "middlename", "givenname", "familyname", "surname"])
        || matches!(name.as_str(), "suffix")
    {
        return Some(match () {
            () if has(&["firstname", "givenname"]) => Holds::Given,
            () if has(&["lastname", "familyname", "surname"]) => Holds::Family,
            () if has(&["middlename"]) => Holds::Middle,
            () if has(&["suffix"]) => Holds::Suffix,
            () => return None,
        });
    }
    if has(&["postalcode", "postcode", "zipcode"]) || name.ends_with("zip") {
        return Some(Holds::Postal);
    }
    if has(&["street", "addressline", "address1"]) {
        return Some(Holds::Street);
    }
    if part.is_some_and(|compound| compound.contains("Address"))
        || name.ends_with("countrycode")
        || name.ends_with("statecode")
    {
        return None;
    }
    if matches!(
        name.as_str(),
        "toaddress"
            | "ccaddress"
            | "bccaddress"
            | "fromaddress"
            | "relationaddress"
            | "validatedfromaddress"
            | "username"
    ) || (has(&["email"])
        && !has(&["template", "subject", "reason", "source", "body", "text"])
        && field.length < 5000)
    {
        return Some(Holds::Emails);
    }
    if field.field_type == "anyType" || field.html_formatted || field.length > 255 {
        return Some(Holds::Prose);
    }
    if has(&["phone", "mobile", "telephone"]) || name == "fax" || name.ends_with("fax") {
        return Some(Holds::Phone);
    }
    if has(&["birth", "dob"]) {
        return Some(Holds::Birthdate);
    }
    let someone = [
        "contact",
        "customer",
        "person",
        "supplied",
        "from",
        "full",
        "billing",
        "shipping",
        "caller",
        "recipient",
        "actor",
        "visitor",
        "consumer",
        "member",
        "real",
        "signed",
        "quoteto",
        "additional",
        "client",
        "guest",
        "attendee",
        "holder",
        "payer",
        "patient",
        "passenger",
        "relation",
    ];
    if name.ends_with("name")
        && ((people && field.name_field)
            || someone.iter().any(|word| name.starts_with(word))
            || name == "name" && field.compound_field_name.is_some())
    {
        return Some(Holds::Name);
    }
    if field.external_id
        || field.unique
        || (field.auto_number)
        || has(&[
            "accountnumber",
            "customernumber",
            "membernumber",
            "loyalty",
            "customerid",
            "customerno",
            "memberid",
            "clientid",
            "accountno",
        ])
    {
        return Some(Holds::Number);
    }
    Some(Holds::Text)
}
