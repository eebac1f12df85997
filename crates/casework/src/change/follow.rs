//! What changes by itself when a field of a person is changed: copies on campaign members and cases, the other half of a
//! person account, formulas.

use crate::schema::Object;

/// A field that Salesforce copies: the object that holds the copy, its lookup to the person, and the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    pub object: &'static str,
    pub lookup: &'static str,
    pub field: String,
}

/// The same on both halves of a person account.
const BOTH_HALVES: [&str; 9] =
    ["FirstName", "LastName", "MiddleName", "Suffix", "Salutation", "Phone", "Fax", "OwnerId", "Name"];
/// Of a Contact or Lead, on its campaign members.
const MEMBER: [&str; 13] = [
    "Salutation",
    "FirstName",
    "LastName",
    "Title",
    "Email",
    "Phone",
    "MobilePhone",
    "Fax",
    "Description",
    "DoNotCall",
    "HasOptedOutOfEmail",
    "HasOptedOutOfFax",
    "LeadSource",
];
const PLACE: [&str; 5] = ["Street", "City", "State", "PostalCode", "Country"];
/// Of a Contact, on its cases.
const CASE: [(&str, &str); 4] = [
    ("Email", "ContactEmail"),
    ("Phone", "ContactPhone"),
    ("MobilePhone", "ContactMobile"),
    ("Fax", "ContactFax"),
];

/// The copies that Salesforce keeps of a field of a Contact or a Lead.
pub fn followers(object: &str, field: &str) -> Vec<Follower> {
    let lookup = match object {
        "Contact" => "ContactId",
        "Lead" => "LeadId",
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    let place = field.strip_prefix("Mailing").filter(|it| object == "Contact" && PLACE.contains(it));
    let copied = match (object, field) {
        ("Lead", "Company") => Some("CompanyOrAccount"),
        ("Lead", _) if PLACE.contains(&field) => Some(field),
        _ => MEMBER.iter().find(|it| **it == field).copied(),
    };
    if let Some(field) = place.or(copied) {
        found.push(Follower { object: "CampaignMember", lookup, field: field.to_owned() });
    }
    if object == "Contact" {
        let copies = CASE.iter().filter(|(from, _)| *from == field);
        found.extend(copies.map(|(_, to)| Follower { object: "Case", lookup, field: (*to).to_owned() }));
    }
    found
}

/// The field of a person account's Contact that mirrors a field of its Account; `None` when none does.
pub fn mirrored(account_field: &str) -> Option<String> {
    if BOTH_HALVES.contains(&account_field) {
        return Some(account_field.to_owned());
    }
    account_field
        .strip_suffix("__pc")
        .map(|stem| format!("{stem}__c"))
        .or_else(|| account_field.strip_prefix("Person").filter(|it| *it != "ContactId").map(str::to_owned))
}

/// The field of the Account through which a field of a person account's Contact is written.
pub(crate) fn person_field(account: &Object, contact_field: &str) -> Option<String> {
    let candidates = if BOTH_HALVES.contains(&contact_field) {
        vec![contact_field.to_owned()]
    } else if let Some(stem) = contact_field.strip_suffix("__c") {
        vec![format!("{stem}__pc")]
    } else {
        vec![format!("Person{contact_field}")]
    };
    candidates.into_iter().find_map(|name| account.field(&name).map(|field| field.name.clone()))
}

/// The formula fields of an object that name a field.
pub(crate) fn formulas<'a>(object: &'a Object, field: &str) -> Vec<&'a str> {
    let word = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it.eq_ignore_ascii_case(field))
    };
    object
        .fields
        .iter()
        .filter(|it| it.calculated && it.calculated_formula.as_deref().is_some_and(word))
        .map(|it| it.name.as_str())
        .collect()
}
