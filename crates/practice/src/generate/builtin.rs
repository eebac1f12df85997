//! The built-in org: an outdoor retailer with about 60 objects and 5,000 people.

use std::path::Path;

use super::book::Book;
use super::customer::{self, Root};
use super::people::Person;
use super::random::Random;
use super::roots;
use super::setting::{self, Setting, at};
use super::{GenerateError, Settings};
use crate::world::{Clock, World};

const TRADES: &[&str] = &[
    "Guides",
    "School District",
    "Parks Crew",
    "Climbing Gym",
    "Summer Camp",
    "Outfitters",
    "Ranch",
    "Ski Patrol",
];
const PLACES: &[&str] = &[
    "Alderpoint",
    "Bramble Creek",
    "Cedar Flat",
    "Dry Meadow",
    "Eagle Notch",
    "Fern Canyon",
    "Granite Bay",
    "Heron Lake",
    "Iron Ridge",
    "Jay Hollow",
];

pub(super) fn write(folder: &Path, settings: Settings) -> Result<(), GenerateError> {
    let mut book = Book::new(folder)?;
    let setting = setting::write(&mut book, &settings, true)?;
    let planted = super::planted::write(&mut book, &setting)?;
    people(&mut book, &setting, settings)?;
    book.file("PLANTED.toml", planted.as_bytes())?;
    book.close()?;
    let clock = Clock::fixed(chrono::DateTime::default());
    super::incident::write_event_logs(&folder.join("event-logs"), &World::load(folder, clock)?)
}

fn people(book: &mut Book, setting: &Setting, settings: Settings) -> Result<(), GenerateError> {
    let mut random = Random::new(settings.seed);
    let businesses = businesses(book, &mut random, settings.people)?;
    for n in 0..settings.people {
        let person = Person::nth(n);
        match n * 37 % 100 {
            // The first to come are spread over all businesses, so that none stays without a contact.
            0..=49 => {
                let place = if n / 2 < businesses.len() as u64 {
                    n / 2
                } else {
                    random.below(businesses.len() as u64)
                };
                let account = usize::try_from(place)
                    .ok()
                    .and_then(|at| businesses.get(at))
                    .cloned()
                    .unwrap_or_default();
                let root = worker(book, &mut random, &person, account)?;
                life(book, &mut random, setting, &person, &root, true)?;
            }
            50..=67 => {
                let individual = if random.chance(30) { behind(book, &person)? } else { String::new() };
                let root = roots::person_account(book, &person, &individual)?;
                life(book, &mut random, setting, &person, &root, false)?;
            }
            68..=89 => prospect(book, &mut random, setting, &person)?,
            90..=95 => {
                customer::newsletter(book, &mut random, &person.email)?;
            }
            _ => {
                customer::loyalty(book, &mut random, &person, &Root::default())?;
            }
        }
    }
    Ok(())
}

fn businesses(book: &mut Book, random: &mut Random, people: u64) -> Result<Vec<String>, GenerateError> {
    let mut ids = Vec::new();
    for n in 0..(people / 45).max(1) {
        let street = format!("{} Trade Yard Road", 10 + n);
        let id = book.add(
            "Account",
            &[
                (
                    "Name",
                    &format!(
                        "{} {} {}",
                        super::random::nth(PLACES, n),
                        super::random::nth(TRADES, n / 10),
                        n + 1
                    ),
                ),
                ("AccountNumber", &format!("AF-B{n:05}")),
                ("Industry", random.pick(&["Recreation", "Education", "Government"])),
                ("BillingStreet", &street),
                ("BillingCity", "Fresno"),
                ("BillingState", "CA"),
                ("BillingPostalCode", "93721"),
            ],
        )?;
        ids.push(id);
    }
    Ok(ids)
}

fn behind(book: &mut Book, person: &Person) -> Result<String, GenerateError> {
    Ok(roots::individual(book, person, false)?.into_iter().next().map(|(_, id)| id).unwrap_or_default())
}

fn worker(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    account: String,
) -> Result<Root, GenerateError> {
    let individual = if random.chance(14) { behind(book, person)? } else { String::new() };
    let made = at(200 + random.below(1500), random);
    let mut cells = vec![
        ("IndividualId", individual.as_str()),
        ("Title", random.pick(&["Buyer", "Guide", "Manager", "Teacher", ""])),
        ("CreatedDate", made.as_str()),
    ];
    if random.chance(55) {
        cells.extend(roots::mailing(person));
    }
    if random.chance(25) {
        cells.push(("Birthdate", &person.born));
    }
    let contact = roots::contact(book, person, &account, &cells)?;
    if random.chance(12) {
        book.add(
            "ContactHistory",
            &[
                ("ContactId", &contact),
                ("Field", "Email"),
                ("DataType", "Text"),
                ("OldValue", &format!("old.{}", person.email)),
                ("NewValue", &person.email),
                ("CreatedDate", &made),
            ],
        )?;
    }
    if random.chance(8) {
        book.add(
            "ContactCleanInfo",
            &[
                ("ContactId", &contact),
                ("Name", &person.name()),
                ("FirstName", &person.given),
                ("LastName", &person.family),
                ("Email", &person.email),
                ("Phone", &person.phone),
            ],
        )?;
    }
    if random.chance(10) {
        book.add(
            "AccountContactRelation",
            &[
                ("AccountId", &account),
                ("ContactId", &contact),
                ("Roles", "Buyer"),
                ("IsDirect", "true"),
                ("IsActive", "true"),
            ],
        )?;
    }
    Ok(Root { contact: Some(contact), account: Some(account), lead: None })
}

fn prospect(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    person: &Person,
) -> Result<(), GenerateError> {
    let mut root = Root::default();
    let converted = random.chance(18);
    let lead = if converted {
        let grown = roots::person_account(book, person, "")?;
        let lead = roots::lead(
            book,
            person,
            &[
                ("Status", "Closed - Converted"),
                ("IsConverted", "true"),
                ("ConvertedDate", "2026-03-02"),
                ("ConvertedAccountId", grown.account.as_deref().unwrap_or_default()),
                ("ConvertedContactId", grown.contact.as_deref().unwrap_or_default()),
            ],
        )?;
        life(book, random, setting, person, &grown, false)?;
        lead
    } else {
        roots::lead(
            book,
            person,
            &[
                ("Street", &person.street),
                ("City", person.city),
                ("State", person.state),
                ("PostalCode", person.zip),
            ],
        )?
    };
    root.lead = Some(lead.clone());
    if random.chance(60) {
        customer::member(book, random, person, &root, setting)?;
    }
    if !converted && random.chance(30) {
        customer::task(book, random, &root)?;
    }
    if random.chance(15) {
        book.add(
            "LeadHistory",
            &[
                ("LeadId", &lead),
                ("Field", "Status"),
                ("DataType", "DynamicEnum"),
                ("OldValue", "Open - Not Contacted"),
                ("NewValue", "Working - Contacted"),
            ],
        )?;
    }
    if random.chance(10) {
        book.add(
            "LeadCleanInfo",
            &[
                ("LeadId", &lead),
                ("Name", &person.name()),
                ("FirstName", &person.given),
                ("LastName", &person.family),
                ("Email", &person.email),
            ],
        )?;
    }
    Ok(())
}

/// What has happened between the retailer and somebody with a contact.
fn life(
    book: &mut Book,
    random: &mut Random,
    setting: &Setting,
    person: &Person,
    root: &Root,
    business: bool,
) -> Result<(), GenerateError> {
    let contact = root.contact.clone().unwrap_or_default();
    if random.chance(42) {
        customer::case(book, random, person, root)?;
    }
    if random.chance(45) {
        customer::task(book, random, root)?;
    }
    if random.chance(14) {
        customer::event(book, random, root)?;
    }
    if random.chance(45) {
        customer::member(book, random, person, root, setting)?;
    }
    if random.chance(24) {
        let status = if random.chance(20) { "Draft" } else { "Activated" };
        customer::order(book, random, root, setting, status)?;
    }
    if random.chance(16) {
        customer::asset(book, random, root, setting)?;
    }
    if random.chance(18) {
        customer::loyalty(book, random, person, root)?;
    }
    if random.chance(14) {
        customer::newsletter(book, random, &person.email)?;
    }
    if business && random.chance(18) {
        customer::deal(book, random, root)?;
    }
    if random.chance(9) {
        let name = format!("SV-{:06}", customer::number_of(book, "Store_Visit__c")?);
        book.add(
            "Store_Visit__c",
            &[
                ("Name", &name),
                ("Contact__c", &contact),
                ("Store__c", random.pick(&["Berkeley", "Fresno", "Truckee"])),
                ("Visited_On__c", &setting::day(random.below(500))),
                (
                    "Advisor_Notes__c",
                    random.pick(&["Looked at tents.", "Tried three pairs of boots.", "Asked about rentals."]),
                ),
            ],
        )?;
    }
    rest(book, random, person, root, &contact)
}

/// The rarer things.
fn rest(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    root: &Root,
    contact: &str,
) -> Result<(), GenerateError> {
    if random.chance(5) {
        book.add(
            "Note",
            &[("ParentId", contact), ("Title", "Fitting"), ("Body", "Wide feet, prefers half a size up.")],
        )?;
    }
    if random.chance(4) {
        let name = format!("{:08}", customer::number_of(book, "LiveChatTranscript")?);
        book.add(
            "LiveChatTranscript",
            &[
                ("Name", &name),
                ("ContactId", contact),
                (
                    "Body",
                    &format!(
                        "<p>{}: Hello, is the Ridgeline tent back?</p><p>Agent: Next week.</p>",
                        person.given
                    ),
                ),
                ("IpAddress", "203.0.113.9"),
                ("Location", person.city),
                ("Status", "Completed"),
            ],
        )?;
    }
    if random.chance(3) {
        let item = book.add(
            "FeedItem",
            &[
                ("ParentId", contact),
                ("Type", "TextPost"),
                ("Body", "Asked us to keep the kayak until Saturday."),
            ],
        )?;
        book.add(
            "FeedComment",
            &[("FeedItemId", &item), ("ParentId", contact), ("CommentBody", "It is in the back room.")],
        )?;
    }
    if random.chance(2) {
        customer::file(book, "Fitting sheet", "txt", "Pack size M, hip belt 2.\n", &[contact])?;
    }
    if random.chance(2) {
        let registry = format!("Registry {}", customer::number_of(book, "Gift_Registry__c")?);
        book.add(
            "Gift_Registry__c",
            &[
                ("Name", &registry),
                ("Registrant__c", contact),
                ("Reach_Us__c", &person.email),
                ("Event_Date__c", "2026-12-12"),
            ],
        )?;
    }
    if random.chance(3) {
        let body = "Signed at the counter.\n";
        let id = book.add(
            "Attachment",
            &[
                ("ParentId", contact),
                ("Name", "waiver.txt"),
                ("ContentType", "text/plain"),
                ("BodyLength", &body.len().to_string()),
            ],
        )?;
        book.file(&format!("files/{id}"), body.as_bytes())?;
    }
    if random.chance(3) {
        let number = format!("{:08}", customer::number_of(book, "Contract")?);
        book.add(
            "Contract",
            &[
                ("ContractNumber", &number),
                ("AccountId", root.account.as_deref().unwrap_or_default()),
                ("CustomerSignedId", contact),
                ("Status", random.pick(&["Draft", "Activated"])),
                ("StartDate", "2026-02-01"),
                ("ContractTerm", "12"),
            ],
        )?;
    }
    if random.chance(8) {
        let number = format!("LO-{:06}", customer::number_of(book, "Legacy_Order__b")?);
        book.add(
            "Legacy_Order__b",
            &[
                ("Customer_Email__c", &person.email),
                ("Order_Date__c", "2019-05-04T10:00:00.000Z"),
                ("Order_Number__c", &number),
                ("Total__c", "84"),
            ],
        )?;
    }
    if random.chance(6) {
        let number = format!("ERP{:06}", customer::number_of(book, "ERP_Customer__x")?);
        book.add(
            "ERP_Customer__x",
            &[
                ("ExternalId", &number),
                ("Full_Name__c", &person.name()),
                ("Email__c", &person.email),
                ("Phone__c", &person.phone),
                ("City__c", person.city),
            ],
        )?;
    }
    Ok(())
}
