//! The records that stand for a person.

use super::GenerateError;
use super::book::{Book, Cell};
use super::customer::{Added, Root};
use super::people::Person;

/// A contact; `more` adds cells or changes them.
pub(super) fn contact(
    book: &mut Book,
    person: &Person,
    account: &str,
    more: &[Cell<'_>],
) -> Result<String, GenerateError> {
    let mut cells: Vec<Cell<'_>> = vec![
        ("AccountId", account),
        ("FirstName", &person.given),
        ("LastName", &person.family),
        ("Email", &person.email),
        ("Phone", &person.phone),
    ];
    cells.extend_from_slice(more);
    book.add("Contact", &cells)
}

/// The cells of the mailing address on a contact.
pub(super) fn mailing(person: &Person) -> [Cell<'_>; 5] {
    [
        ("MailingStreet", person.street.as_str()),
        ("MailingCity", person.city),
        ("MailingState", person.state),
        ("MailingPostalCode", person.zip),
        ("MailingCountry", "United States"),
    ]
}

/// A person account with the contact that mirrors it. The root names both.
pub(super) fn person_account(
    book: &mut Book,
    person: &Person,
    individual: &str,
) -> Result<Root, GenerateError> {
    let mirror = book.next_id("Contact")?;
    let account = book.add(
        "Account",
        &[
            ("Name", &person.name()),
            ("FirstName", &person.given),
            ("LastName", &person.family),
            ("IsPersonAccount", "true"),
            ("PersonContactId", &mirror),
            ("PersonEmail", &person.email),
            ("PersonMobilePhone", &person.phone),
            ("PersonMailingStreet", &person.street),
            ("PersonMailingCity", person.city),
            ("PersonMailingState", person.state),
            ("PersonMailingPostalCode", person.zip),
            ("PersonMailingCountry", "United States"),
            ("PersonIndividualId", individual),
            ("AccountNumber", &person.number),
        ],
    )?;
    let mut cells: Vec<Cell<'_>> = vec![
        ("AccountId", &account),
        ("IsPersonAccount", "true"),
        ("FirstName", &person.given),
        ("LastName", &person.family),
        ("Email", &person.email),
        ("MobilePhone", &person.phone),
        ("IndividualId", individual),
    ];
    cells.extend(mailing(person));
    let contact = book.add("Contact", &cells)?;
    Ok(Root { contact: Some(contact), account: Some(account), lead: None })
}

/// A lead; `more` adds cells or changes them.
pub(super) fn lead(book: &mut Book, person: &Person, more: &[Cell<'_>]) -> Result<String, GenerateError> {
    let mut cells: Vec<Cell<'_>> = vec![
        ("FirstName", &person.given),
        ("LastName", &person.family),
        ("Company", "[not provided]"),
        ("Email", &person.email),
        ("Phone", &person.phone),
        ("LeadSource", "Web"),
        ("Status", "Open - Not Contacted"),
    ];
    cells.extend_from_slice(more);
    book.add("Lead", &cells)
}

/// The individual behind a person's records, with the ways to reach them. The first one added is the individual.
pub(super) fn individual(book: &mut Book, person: &Person, hold: bool) -> Result<Vec<Added>, GenerateError> {
    let individual = book.add(
        "Individual",
        &[
            ("FirstName", &person.given),
            ("LastName", &person.family),
            ("BirthDate", &person.born),
            ("HasPrivacyHold", if hold { "true" } else { "false" }),
            ("ShouldForget", "false"),
            ("HasOptedOutSolicit", "false"),
        ],
    )?;
    let (mailbox, domain) = person.email.split_once('@').unwrap_or((&person.email, ""));
    let email = book.add(
        "ContactPointEmail",
        &[
            ("ParentId", &individual),
            ("EmailAddress", &person.email),
            ("EmailMailBox", mailbox),
            ("EmailDomain", domain),
            ("IsPrimary", "true"),
        ],
    )?;
    let mut added = vec![("Individual", individual.clone()), ("ContactPointEmail", email)];
    if !person.phone.is_empty() {
        added.push((
            "ContactPointPhone",
            book.add(
                "ContactPointPhone",
                &[
                    ("ParentId", &individual),
                    ("TelephoneNumber", &person.phone),
                    ("FormattedNationalPhoneNumber", &person.phone),
                    ("PhoneType", "Mobile"),
                    ("IsPrimary", "true"),
                ],
            )?,
        ));
    }
    added.push((
        "ContactPointAddress",
        book.add(
            "ContactPointAddress",
            &[
                ("Name", "Home"),
                ("ParentId", &individual),
                ("AddressType", "Shipping"),
                ("Street", &person.street),
                ("City", person.city),
                ("State", person.state),
                ("PostalCode", person.zip),
                ("Country", "United States"),
            ],
        )?,
    ));
    added.push((
        "ContactPointTypeConsent",
        book.add(
            "ContactPointTypeConsent",
            &[
                ("Name", "Newsletter consent"),
                ("PartyId", &individual),
                ("ContactPointType", "Email"),
                ("PrivacyConsentStatus", "OptIn"),
                ("CaptureSource", "Website"),
            ],
        )?,
    ));
    Ok(added)
}
