//! What the fields of an object say of a person: whose record it is, how the person is called, reached, and where they live.

use crate::catalogue::Catalogue;
use crate::schema::{Field, Object, Schema, bare_name};

/// What a record is to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A record that stands for a consumer: Contact, Lead, Individual.
    Person,
    /// An Account: a person where it is a person account, else a business.
    Account,
    /// The org's own users.
    User,
    /// Belongs to whom its lookups or its own values say.
    Other,
}

/// Parts of one address, by field name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressFields {
    group: String,
    pub street: Option<String>,
    pub city: Option<String>,
    /// State or province, as a word or a code.
    pub region: Vec<String>,
    pub postal: Option<String>,
    pub country: Vec<String>,
}

/// The fields of one object that say something of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    pub kind: Kind,
    pub full_name: Option<String>,
    pub given: Option<String>,
    pub family: Option<String>,
    pub suffix: Option<String>,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub birthdate: Option<String>,
    pub addresses: Vec<AddressFields>,
    /// Lookups to whom or what the record belongs, the surest first.
    pub owners: Vec<String>,
    /// Lookups to another record of the same person; and whether another name keeps the two apart.
    pub same: Vec<(String, bool)>,
}

/// People by name; their lookups to each other mean one person.
const SAME: [(&str, bool); 7] = [
    ("MasterRecordId", false),
    ("ConvertedContactId", false),
    ("ConvertedAccountId", true),
    ("PersonContactId", false),
    ("IndividualId", true),
    ("PersonIndividualId", true),
    ("ContactId", true),
];
/// Whose a record is, the surest first; after them any lookup to a person, a custom object or a parent.
const WHOSE: [&str; 9] = [
    "ContactId",
    "PersonContactId",
    "Contact__c",
    "WhoId",
    "LeadId",
    "LeadOrContactId",
    "IndividualId",
    "Lead__c",
    "AccountId",
];
/// Objects whose addresses are those of many: sender, recipients, staff.
const MANY: [&str; 6] = ["EmailMessage", "EmailMessageRelation", "Task", "Event", "FeedItem", "FeedComment"];

impl Roles {
    pub fn of(object: &Object, schema: &Schema) -> Self {
        let known = Catalogue::standard().object(&object.name);
        let meaning = |field: &Field| {
            known.and_then(|it| it.field(&field.name)).map(|it| it.meaning.clone()).unwrap_or_default()
        };
        let kind = match object.name.as_str() {
            "Contact" | "Lead" | "Individual" => Kind::Person,
            "Account" => Kind::Account,
            "User" => Kind::User,
            _ => Kind::Other,
        };
        let mut it = Self {
            kind,
            full_name: None,
            given: None,
            family: None,
            suffix: None,
            emails: Vec::new(),
            phones: Vec::new(),
            birthdate: None,
            addresses: Vec::new(),
            owners: Vec::new(),
            same: Vec::new(),
        };
        for field in object.fields.iter().filter(|field| field.field_type != "address") {
            it.take(object, field, &meaning(field));
        }
        it.addresses.retain(|one| one.postal.is_some() || !one.region.is_empty() || !one.country.is_empty());
        // The address of the home before others.
        let rank = |one: &AddressFields| {
            ["mailing", "personmailing", "home", ""].iter().position(|it| *it == one.group).unwrap_or(9)
        };
        it.addresses.sort_by_key(rank);
        it.owners = owners(object, schema, &meaning);
        if kind != Kind::Other {
            it.same = SAME
                .iter()
                .filter(|(name, _)| object.field(name).is_some())
                .map(|(name, guarded)| ((*name).to_owned(), *guarded))
                .collect();
        }
        it
    }

    fn take(&mut self, object: &Object, field: &Field, meaning: &str) {
        let name = field.name.clone();
        let plain = bare_name(&name);
        let first = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| name.clone());
        };
        let text = !matches!(field.field_type.as_str(), "reference" | "id" | "boolean" | "datetime");
        let custom = field.custom || name.ends_with("__c") || name.ends_with("__pc");
        let said = match (meaning, field.field_type.as_str()) {
            ("none" | "status" | "owner-lookup" | "other-lookup", _) if !custom => return,
            ("", "email") => "email",
            ("", "phone") => "phone",
            ("", "date") if ["birth", "dob"].iter().any(|it| plain.contains(it)) => "birthdate",
            ("", _) if text => by_words(&plain),
            (meaning, _) => meaning,
        };
        match said {
            "email" if !MANY.contains(&object.name.as_str()) => self.emails.push(name),
            "phone" if !plain.contains("fax") && !plain.contains("assistant") => self.phones.push(name),
            "full-name" => first(&mut self.full_name),
            "given-name" => first(&mut self.given),
            "family-name" => first(&mut self.family),
            "suffix" => first(&mut self.suffix),
            "birthdate" => first(&mut self.birthdate),
            "street" | "city" | "region" | "postal" | "country" => self.address_part(said, &plain, name),
            _ => {}
        }
    }

    fn address_part(&mut self, part: &str, plain: &str, name: String) {
        let words = [
            "statecode",
            "countrycode",
            "stateprovince",
            "postalcode",
            "zipcode",
            "street",
            "city",
            "state",
            "province",
            "region",
            "zip",
            "postal",
            "country",
            "address",
        ];
        let mut group = plain.to_owned();
        for word in words {
            group = group.replace(word, "");
        }
        let place = self.addresses.iter().position(|it| it.group == group).unwrap_or_else(|| {
            self.addresses.push(AddressFields { group, ..AddressFields::default() });
            self.addresses.len() - 1
        });
        let Some(address) = self.addresses.get_mut(place) else { return };
        match part {
            "street" => address.street = Some(name),
            "city" => address.city = Some(name),
            "region" => address.region.push(name),
            "postal" => address.postal = Some(name),
            _ => address.country.push(name),
        }
    }

    /// Every field that these roles need, for a SELECT.
    pub fn fields(&self) -> Vec<String> {
        let mut all: Vec<String> =
            [&self.full_name, &self.given, &self.family, &self.suffix, &self.birthdate]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
        all.extend(self.emails.iter().chain(&self.phones).chain(&self.owners).cloned());
        all.extend(self.same.iter().map(|(name, _)| name.clone()));
        for address in &self.addresses {
            all.extend([&address.street, &address.city, &address.postal].into_iter().flatten().cloned());
            all.extend(address.region.iter().chain(&address.country).cloned());
        }
        all
    }
}

fn owners(object: &Object, schema: &Schema, meaning: &dyn Fn(&Field) -> String) -> Vec<String> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for field in object.fields.iter().filter(|it| it.field_type == "reference") {
        let listed = WHOSE.iter().position(|it| it.eq_ignore_ascii_case(&field.name));
        let said = meaning(field);
        let of_people = |to: &String| matches!(to.as_str(), "Contact" | "Lead" | "Individual");
        let rank = match listed {
            Some(place) => place,
            None if matches!(said.as_str(), "owner-lookup" | "other-lookup" | "none") => continue,
            None if field.name.ends_with("OwnerId") || field.name.ends_with("ById") => continue,
            None if field.reference_to.iter().any(of_people) => WHOSE.len(),
            None if field
                .reference_to
                .iter()
                .all(|to| to == "User" || to == "Group" || to == "RecordType") =>
            {
                continue;
            }
            None if field.reference_to.iter().any(|to| schema.object(to).is_some()) => WHOSE.len() + 1,
            None => continue,
        };
        all.push((rank, field.name.clone()));
    }
    all.sort();
    all.into_iter().map(|it| it.1).collect()
}

/// What a custom field's name says.
fn by_words(plain: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    match () {
        () if plain.contains("email") && !has(&["template", "subject", "optout", "status"]) => "email",
        () if has(&["firstname", "givenname"]) => "given-name",
        () if has(&["lastname", "familyname", "surname"]) => "family-name",
        () if has(&[
            "fullname",
            "customername",
            "suppliedname",
            "membername",
            "contactname",
            "personname",
        ]) =>
        {
            "full-name"
        }
        () if has(&["postalcode", "postcode", "zipcode"]) || plain.ends_with("zip") => "postal",
        () if has(&["street", "addressline1"]) => "street",
        () if plain.ends_with("city") => "city",
        () if plain.ends_with("country") || plain.ends_with("countrycode") => "country",
        () if plain.ends_with("state") || plain.ends_with("statecode") || plain.ends_with("province") => {
            "region"
        }
        () if has(&["phone", "mobile", "telephone"]) => "phone",
        () if has(&["birthdate", "dateofbirth"]) || plain == "dob" => "birthdate",
        () => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(name: &str, fields: &[(&str, &str)]) -> Object {
        let field = |(name, kind): &(&str, &str)| Field {
            name: (*name).into(),
            field_type: (*kind).into(),
            reference_to: if *kind == "reference" { vec!["Contact".into()] } else { vec![] },
            ..Field::default()
        };
        Object { name: name.into(), fields: fields.iter().map(field).collect(), ..Object::default() }
    }

    #[test]
    fn standard_and_custom_fields_find_their_roles() {
        let contact = object(
            "Contact",
            &[
                ("FirstName", "string"),
                ("LastName", "string"),
                ("Email", "email"),
                ("OtherState", "string"),
                ("OtherCountry", "string"),
                ("MailingState", "string"),
                ("MailingPostalCode", "string"),
                ("MailingCountry", "string"),
                ("MasterRecordId", "reference"),
                ("OwnerId", "reference"),
            ],
        );
        let roles = Roles::of(&contact, &Schema::default());
        assert_eq!(roles.kind, Kind::Person);
        assert_eq!(roles.given.as_deref(), Some("FirstName"));
        assert_eq!(roles.addresses[0].region, ["MailingState"]);
        assert_eq!(roles.addresses.len(), 2);
        assert_eq!(roles.same, [("MasterRecordId".to_owned(), false)]);
        assert!(roles.owners.is_empty() || !roles.owners.contains(&"OwnerId".to_owned()));

        let member = object(
            "Member__c",
            &[
                ("Email__c", "email"),
                ("Home_State__c", "string"),
                ("Home_Zip__c", "string"),
                ("Contact__c", "reference"),
            ],
        );
        let roles = Roles::of(&member, &Schema::default());
        assert_eq!((roles.kind, roles.emails.as_slice()), (Kind::Other, ["Email__c".to_owned()].as_slice()));
        assert_eq!(roles.addresses[0].postal.as_deref(), Some("Home_Zip__c"));
        assert_eq!(roles.owners, ["Contact__c"]);
    }
}
