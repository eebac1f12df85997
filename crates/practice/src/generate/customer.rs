//! What an outfitter's org holds about one customer, record by record.
//!
//! Every function gives the records that it added, so that whoever asked can say what is true about them.

use super::GenerateError;
use super::book::Book;
use super::people::Person;
use super::random::Random;
use super::setting::{Setting, at, day};

/// The person records that a customer's other records hang under.
#[derive(Debug, Clone, Default)]
pub(super) struct Root {
    pub contact: Option<String>,
    /// A person account or the business they work for.
    pub account: Option<String>,
    pub lead: Option<String>,
}

/// A record that was added.
pub(super) type Added = (&'static str, String);

impl Root {
    fn contact(&self) -> &str {
        self.contact.as_deref().unwrap_or_default()
    }
    fn account(&self) -> &str {
        self.account.as_deref().unwrap_or_default()
    }
    /// The contact, or else the lead: what activities point at.
    pub fn who(&self) -> &str {
        self.contact.as_deref().or(self.lead.as_deref()).unwrap_or_default()
    }
}

const TROUBLES: &[(&str, &str)] = &[
    (
        "Zip of the tent is stuck",
        "The inner zip stops half way. It was fine on the first trip. Is this covered by the warranty?",
    ),
    (
        "Boots arrived in the wrong size",
        "The label says 9 but they fit like 8. Please send the right pair and a return slip.",
    ),
    ("Where is my parcel", "The tracking page has not moved for four days. We leave on Friday."),
    ("Stove burns unevenly", "One side of the burner stays dark. I cleaned the jet twice."),
    (
        "Refund for a cancelled course",
        "The map course was cancelled because of snow. How do I get the fee back?",
    ),
    ("Pack strap tore", "The left shoulder strap came off at the seam after two weekends."),
    ("Question about repair times", "How long does the bench need for a resole at the moment?"),
    ("Filter leaks at the cap", "Water runs down the outside of the bottle when I squeeze it."),
];

/// A case with its comment and, sometimes, its message and repair ticket.
pub(super) fn case(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    root: &Root,
) -> Result<Vec<Added>, GenerateError> {
    let (subject, words) = trouble(random);
    let number = format!("{:08}", number_of(book, "Case")?);
    let ago = 5 + random.below(700);
    let opened = at(ago, random);
    let closed = ago > 40;
    let case = book.add(
        "Case",
        &[
            ("CaseNumber", &number),
            ("ContactId", root.contact()),
            ("AccountId", root.account()),
            ("Subject", subject),
            ("Description", words),
            ("Status", if closed { "Closed" } else { "Working" }),
            ("Origin", random.pick(&["Web", "Phone", "Email"])),
            ("Priority", "Medium"),
            ("IsClosed", if closed { "true" } else { "false" }),
            ("ContactEmail", if root.contact.is_some() { &person.email } else { "" }),
            ("CreatedDate", &opened),
            ("LastModifiedDate", &opened),
        ],
    )?;
    let mut added = vec![("Case", case.clone())];
    if random.chance(50) {
        let comment = random.pick(&[
            "Sent a return label.",
            "Called back, no answer.",
            "Asked the bench for a date.",
            "Replacement is on its way.",
        ]);
        added.push((
            "CaseComment",
            book.add(
                "CaseComment",
                &[("ParentId", &case), ("CommentBody", comment), ("IsPublished", "false")],
            )?,
        ));
    }
    if random.chance(45) {
        added.extend(message(book, random, person, root, &case, subject, words)?);
    }
    if random.chance(15) {
        let name = format!("RT-{:06}", number_of(book, "Repair_Ticket__c")?);
        let ticket = book.add(
            "Repair_Ticket__c",
            &[
                ("Name", &name),
                ("Case__c", &case),
                ("Item__c", random.pick(&["Tent", "Boots", "Stove", "Pack"])),
                ("Status__c", "Returned"),
                ("Customer_Words__c", words),
                ("Bench_Notes__c", "Cleaned, stitched and tested."),
            ],
        )?;
        added.push(("Repair_Ticket__c", ticket));
    }
    if random.chance(20) {
        added.push((
            "CaseHistory",
            book.add(
                "CaseHistory",
                &[
                    ("CaseId", &case),
                    ("Field", "Status"),
                    ("DataType", "DynamicEnum"),
                    ("OldValue", "New"),
                    ("NewValue", "Working"),
                    ("CreatedDate", &opened),
                ],
            )?,
        ));
    }
    Ok(added)
}

/// A message about a case, with the relation to whom it was sent by.
pub(super) fn message(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    root: &Root,
    case: &str,
    subject: &str,
    words: &str,
) -> Result<Vec<Added>, GenerateError> {
    let incoming = random.chance(60);
    let (from, to) = if incoming {
        (person.email.as_str(), "help@alder.example")
    } else {
        ("help@alder.example", person.email.as_str())
    };
    let sent = at(3 + random.below(600), random);
    let message = book.add(
        "EmailMessage",
        &[
            ("ParentId", case),
            ("Subject", subject),
            ("FromName", if incoming { person.given.as_str() } else { "Alder & Finch" }),
            ("FromAddress", from),
            ("ToAddress", to),
            ("TextBody", words),
            ("Incoming", if incoming { "true" } else { "false" }),
            ("Status", if incoming { "1" } else { "3" }),
            ("MessageDate", &sent),
        ],
    )?;
    let mut added = vec![("EmailMessage", message.clone())];
    if root.contact.is_some() {
        added.push((
            "EmailMessageRelation",
            book.add(
                "EmailMessageRelation",
                &[
                    ("EmailMessageId", &message),
                    ("RelationId", root.contact()),
                    ("RelationType", if incoming { "FromAddress" } else { "ToAddress" }),
                    ("RelationAddress", &person.email),
                    ("RelationObjectType", "Contact"),
                ],
            )?,
        ));
    }
    Ok(added)
}

/// A task, archived when it is old.
pub(super) fn task(book: &mut Book, random: &mut Random, root: &Root) -> Result<Added, GenerateError> {
    let ago = random.below(720);
    let old = ago > 365;
    let task = book.add(
        "Task",
        &[
            ("WhoId", root.who()),
            (
                "Subject",
                random.pick(&[
                    "Call",
                    "Send catalogue",
                    "Confirm fitting",
                    "Follow up on order",
                    "Send return label",
                ]),
            ),
            ("ActivityDate", &day(ago)),
            ("Status", if ago > 20 { "Completed" } else { "Not Started" }),
            ("Priority", "Normal"),
            ("IsClosed", if ago > 20 { "true" } else { "false" }),
            ("IsArchived", if old { "true" } else { "false" }),
        ],
    )?;
    Ok((if old { "Task/archived" } else { "Task" }, task))
}

/// A visit that was arranged, with the relation to who comes.
pub(super) fn event(book: &mut Book, random: &mut Random, root: &Root) -> Result<Vec<Added>, GenerateError> {
    let ago = 1 + random.below(600);
    let old = ago > 365;
    let on = day(ago);
    let event = book.add(
        "Event",
        &[
            ("WhoId", root.who()),
            ("Subject", random.pick(&["Boot fitting", "Pack fitting", "Map course", "Kayak trial"])),
            ("Location", random.pick(&["Berkeley store", "Fresno store", "Truckee store"])),
            ("StartDateTime", &format!("{on}T18:00:00.000Z")),
            ("EndDateTime", &format!("{on}T18:30:00.000Z")),
            ("ActivityDateTime", &format!("{on}T18:00:00.000Z")),
            ("ActivityDate", &on),
            ("DurationInMinutes", "30"),
            ("IsArchived", if old { "true" } else { "false" }),
        ],
    )?;
    let relation = book.add(
        "EventRelation",
        &[
            ("EventId", &event),
            ("RelationId", root.who()),
            ("IsWhat", "false"),
            ("IsParent", "true"),
            ("IsInvitee", "false"),
        ],
    )?;
    Ok(vec![(if old { "Event/archived" } else { "Event" }, event), ("EventRelation", relation)])
}

/// A place on a campaign's list, with its copy of name and address.
pub(super) fn member(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    root: &Root,
    setting: &Setting,
) -> Result<Added, GenerateError> {
    let campaign = one(&setting.campaigns, random);
    let lead = if root.contact.is_none() { root.lead.as_deref().unwrap_or_default() } else { "" };
    let id = book.add(
        "CampaignMember",
        &[
            ("CampaignId", &campaign),
            ("ContactId", root.contact()),
            ("LeadId", lead),
            ("LeadOrContactId", root.who()),
            ("Status", "Sent"),
            ("FirstName", &person.given),
            ("LastName", &person.family),
            ("Name", &person.name()),
            ("Email", &person.email),
            ("Type", if lead.is_empty() { "Contact" } else { "Lead" }),
        ],
    )?;
    Ok(("CampaignMember", id))
}

/// An order with what was bought, and the thing itself.
pub(super) fn order(
    book: &mut Book,
    random: &mut Random,
    root: &Root,
    setting: &Setting,
    status: &str,
) -> Result<Vec<Added>, GenerateError> {
    let place = usize::try_from(random.below(setting.products.len() as u64)).unwrap_or_default();
    let product = setting.products.get(place).cloned().unwrap_or_default();
    let entry = setting.entries.get(place).cloned().unwrap_or_default();
    let bought = day(5 + random.below(700));
    let number = format!("{:08}", 100 + number_of(book, "Order")?);
    let order = book.add(
        "Order",
        &[
            ("OrderNumber", &number),
            ("AccountId", root.account()),
            ("BillToContactId", root.contact()),
            ("ShipToContactId", root.contact()),
            ("Status", status),
            ("StatusCode", if status == "Draft" { "Draft" } else { "Activated" }),
            ("EffectiveDate", &bought),
        ],
    )?;
    let number = format!("{:010}", number_of(book, "OrderItem")?);
    let item = book.add(
        "OrderItem",
        &[
            ("OrderItemNumber", &number),
            ("OrderId", &order),
            ("Product2Id", &product),
            ("PricebookEntryId", &entry),
            ("Quantity", "1"),
            ("UnitPrice", "99"),
        ],
    )?;
    Ok(vec![("Order", order), ("OrderItem", item)])
}

/// A thing that the customer owns, registered for its warranty.
pub(super) fn asset(
    book: &mut Book,
    random: &mut Random,
    root: &Root,
    setting: &Setting,
) -> Result<Vec<Added>, GenerateError> {
    let product = one(&setting.products, random);
    let serial = format!("SN-{:08}", number_of(book, "Asset")? * 7 + 10_000_000);
    let bought = day(5 + random.below(700));
    let asset = book.add(
        "Asset",
        &[
            ("Name", "Purchased gear"),
            ("ContactId", root.contact()),
            ("AccountId", root.account()),
            ("Product2Id", &product),
            ("SerialNumber", &serial),
            ("PurchaseDate", &bought),
            ("Status", "Installed"),
        ],
    )?;
    let name = format!("WR-{:06}", number_of(book, "Warranty_Registration__c")?);
    let warranty = book.add(
        "Warranty_Registration__c",
        &[
            ("Name", &name),
            ("Contact__c", root.contact()),
            ("Product__c", &product),
            ("Serial_Number__c", &serial),
            ("Purchase_Date__c", &bought),
            ("Notes__c", random.pick(&["", "Bought as a present.", "Registered at the counter."])),
        ],
    )?;
    Ok(vec![("Asset", asset), ("Warranty_Registration__c", warranty)])
}

/// A loyalty card.
pub(super) fn loyalty(
    book: &mut Book,
    random: &mut Random,
    person: &Person,
    root: &Root,
) -> Result<Added, GenerateError> {
    let name = format!("LM-{:06}", number_of(book, "Loyalty_Member__c")?);
    let id = book.add(
        "Loyalty_Member__c",
        &[
            ("Name", &name),
            ("Contact__c", root.contact()),
            ("Member_Number__c", &person.number),
            ("First_Name__c", &person.given),
            ("Last_Name__c", &person.family),
            ("Email__c", &person.email),
            ("Phone__c", &person.phone),
            ("Postal_Code__c", person.zip),
            ("Tier__c", random.pick(&["Sapling", "Alder", "Sequoia"])),
            ("Points__c", &random.below(5000).to_string()),
        ],
    )?;
    Ok(("Loyalty_Member__c", id))
}

/// A newsletter sign-up, which nothing links to anybody.
pub(super) fn newsletter(book: &mut Book, random: &mut Random, email: &str) -> Result<Added, GenerateError> {
    let name = format!("NS-{:06}", number_of(book, "Newsletter_Signup__c")?);
    let id = book.add(
        "Newsletter_Signup__c",
        &[
            ("Name", &name),
            ("Email__c", email),
            ("Source__c", random.pick(&["Website footer", "Store tablet", "Trailhead Days"])),
            ("Signed_Up_At__c", &at(30 + random.below(900), random)),
            ("Ip_Address__c", &format!("203.0.113.{}", 1 + random.below(250))),
        ],
    )?;
    Ok(("Newsletter_Signup__c", id))
}

/// An opportunity of a business with the customer's part in it.
pub(super) fn deal(book: &mut Book, random: &mut Random, root: &Root) -> Result<Added, GenerateError> {
    let close = day(random.below(400));
    let opportunity = book.add(
        "Opportunity",
        &[
            (
                "Name",
                random.pick(&["Staff jackets", "Rental fleet", "Trail crew order", "Camp season order"]),
            ),
            ("AccountId", root.account()),
            ("StageName", "Closed Won"),
            ("Amount", &(500 + random.below(20_000)).to_string()),
            ("CloseDate", &close),
            ("IsClosed", "true"),
            ("IsWon", "true"),
        ],
    )?;
    let role = book.add(
        "OpportunityContactRole",
        &[
            ("OpportunityId", &opportunity),
            ("ContactId", root.contact()),
            ("Role", "Decision Maker"),
            ("IsPrimary", "true"),
        ],
    )?;
    Ok(("OpportunityContactRole", role))
}

/// A file on the customer's record: document, version, link.
pub(super) fn file(
    book: &mut Book,
    title: &str,
    extension: &str,
    body: &str,
    linked: &[&str],
) -> Result<Vec<Added>, GenerateError> {
    let version_id = book.next_id("ContentVersion")?;
    let size = body.len().to_string();
    let kind = if extension == "txt" { "TEXT" } else { "CSV" };
    let kind = if extension == "html" { "HTML" } else { kind };
    let document = book.add(
        "ContentDocument",
        &[
            ("Title", title),
            ("FileType", kind),
            ("FileExtension", extension),
            ("ContentSize", &size),
            ("LatestPublishedVersionId", &version_id),
        ],
    )?;
    let version = book.add(
        "ContentVersion",
        &[
            ("ContentDocumentId", &document),
            ("IsLatest", "true"),
            ("VersionNumber", "1"),
            ("Title", title),
            ("PathOnClient", &format!("{title}.{extension}")),
            ("FileType", kind),
            ("FileExtension", extension),
            ("ContentSize", &size),
        ],
    )?;
    book.file(&format!("files/{version}"), body.as_bytes())?;
    let mut added = vec![("ContentDocument", document.clone()), ("ContentVersion", version)];
    for entity in linked {
        added.push((
            "ContentDocumentLink",
            book.add(
                "ContentDocumentLink",
                &[
                    ("LinkedEntityId", entity),
                    ("ContentDocumentId", &document),
                    ("ShareType", "V"),
                    ("Visibility", "AllUsers"),
                ],
            )?,
        ));
    }
    Ok(added)
}

/// The number that the next record of the object will have.
pub(super) fn number_of(book: &mut Book, object: &'static str) -> Result<u64, GenerateError> {
    book.count(object).map(|rows| rows + 1)
}

fn trouble(random: &mut Random) -> (&'static str, &'static str) {
    let place = usize::try_from(random.below(TROUBLES.len() as u64)).unwrap_or_default();
    TROUBLES.get(place).copied().unwrap_or(("Question", "A question."))
}

fn one(ids: &[String], random: &mut Random) -> String {
    let place = usize::try_from(random.below(ids.len() as u64)).unwrap_or_default();
    ids.get(place).cloned().unwrap_or_default()
}
