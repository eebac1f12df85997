//! The person of the demonstration: Ana Lindqvist has records in more than two dozen objects.

use super::{case, somebody};
use crate::generate::GenerateError;
use crate::generate::book::Book;
use crate::generate::customer::{self, Root};
use crate::generate::labelled::{subject, take};
use crate::generate::people::Person;
use crate::generate::random::Random;
use crate::generate::roots;
use crate::generate::setting::Setting;
use crate::generate::truth::{Held, Other, Truth};

const EMAIL: &str = "ana.lindqvist@example.com";
const PHONE: &str = "(415) 555-0101";

pub(super) fn write(book: &mut Book, setting: &Setting, firm: &str) -> Result<Truth, GenerateError> {
    let ana = Person {
        street: "41 Madrone Steps Lane".to_owned(),
        born: "1988-04-17".to_owned(),
        number: "AF-900001".to_owned(),
        ..somebody("Ana", "Lindqvist", EMAIL, PHONE)
    };
    let mut truth = Truth {
        variant: "demonstration".to_owned(),
        because: "one person in more than two dozen objects, with a merge loser, a converted lead and rows in the bin".to_owned(),
        subject: subject(&ana),
        ..Truth::default()
    };
    truth.subject.birthdate = Some(ana.born.clone());
    truth.subject.account_numbers.push(ana.number.clone());
    let individual = behind(book, &ana, &mut truth)?;
    let mut cells = vec![
        ("IndividualId", individual.as_str()),
        ("Salutation", "Ms."),
        ("Birthdate", ana.born.as_str()),
        ("Title", "Head of Expeditions"),
        ("LeadSource", "Web"),
        ("CreatedDate", "2022-05-03T17:00:00.000Z"),
        ("LastModifiedDate", "2026-09-30T10:00:00.000Z"),
    ];
    cells.extend(roots::mailing(&ana));
    let contact = roots::contact(book, &ana, firm, &cells)?;
    truth.records.push(Held::live("Contact", &contact, "exact"));
    let root = Root { contact: Some(contact.clone()), account: Some(firm.to_owned()), lead: None };
    service(book, &ana, &contact, &mut truth)?;
    commerce(book, setting, &ana, &root, &mut truth)?;
    copies(book, &ana, &contact, &mut truth)?;
    doubles(book, &ana, &contact, firm, &mut truth)?;
    mentions(book, firm, &mut truth)?;
    Ok(truth)
}

fn behind(book: &mut Book, ana: &Person, truth: &mut Truth) -> Result<String, GenerateError> {
    let mut first = String::new();
    for (object, id) in roots::individual(book, ana, false)? {
        // The individual agrees by name and birthdate; its ways to be reached by email are unique, the others hang under it.
        let held = match object {
            "ContactPointEmail" => Held::live(object, &id, "exact"),
            _ => Held::live(object, &id, "strong").or("exact"),
        };
        if first.is_empty() {
            first.clone_from(&id);
        }
        truth.records.push(held);
    }
    Ok(first)
}

fn service(book: &mut Book, ana: &Person, contact: &str, truth: &mut Truth) -> Result<(), GenerateError> {
    let mut take_one =
        |object, id: &str, presence| truth.records.push(Held::live(object, id, "exact").presence(presence));
    let tent = case(
        book,
        "Tent poles do not fit",
        "The spare poles for the Ridgeline are too long by a hand.",
        &[("ContactId", contact), ("ContactEmail", EMAIL)],
    )?;
    take_one("Case", &tent, "live");
    let web = case(
        book,
        "Question from the website",
        "When does the Truckee store open again?",
        &[
            ("SuppliedName", "Ana Lindqvist"),
            ("SuppliedEmail", "Ana.Lindqvist@Example.com"),
            ("SuppliedPhone", "415-555-0101"),
        ],
    )?;
    take_one("Case", &web, "live");
    let gone = case(
        book,
        "Old complaint",
        "Please disregard my last message.",
        &[("ContactId", contact), ("IsDeleted", "true")],
    )?;
    take_one("Case", &gone, "bin");
    let comment = book.add(
        "CaseComment",
        &[("ParentId", &tent), ("CommentBody", "She will come by on Thursday."), ("IsPublished", "false")],
    )?;
    take_one("CaseComment", &comment, "live");
    let history = book.add(
        "CaseHistory",
        &[
            ("CaseId", &tent),
            ("Field", "Status"),
            ("DataType", "DynamicEnum"),
            ("OldValue", "New"),
            ("NewValue", "Working"),
        ],
    )?;
    take_one("CaseHistory", &history, "live");
    let message = book.add(
        "EmailMessage",
        &[
            ("ParentId", &tent),
            ("Subject", "Tent poles do not fit"),
            ("FromName", "Ana Lindqvist"),
            ("FromAddress", EMAIL),
            ("ToAddress", "help@alder.example"),
            ("TextBody", "Hello, the poles are too long. Ana"),
            ("Incoming", "true"),
            ("Status", "1"),
            ("MessageDate", "2026-08-11T16:20:00.000Z"),
        ],
    )?;
    take_one("EmailMessage", &message, "live");
    let relation = book.add(
        "EmailMessageRelation",
        &[
            ("EmailMessageId", &message),
            ("RelationId", contact),
            ("RelationType", "FromAddress"),
            ("RelationAddress", EMAIL),
            ("RelationObjectType", "Contact"),
        ],
    )?;
    take_one("EmailMessageRelation", &relation, "live");
    let name = format!("RT-{:06}", customer::number_of(book, "Repair_Ticket__c")?);
    let ticket = book.add(
        "Repair_Ticket__c",
        &[
            ("Name", &name),
            ("Case__c", &tent),
            ("Item__c", "Ridgeline tent"),
            ("Status__c", "On the bench"),
            ("Customer_Words__c", "Poles do not fit the sleeves."),
        ],
    )?;
    take_one("Repair_Ticket__c", &ticket, "live");
    let call = book.add(
        "Task",
        &[
            ("WhoId", contact),
            ("WhatId", &tent),
            ("Subject", "Call about poles"),
            ("ActivityDate", "2026-10-20"),
            ("Status", "Not Started"),
            ("Priority", "Normal"),
        ],
    )?;
    take_one("Task", &call, "live");
    let old = book.add(
        "Task",
        &[
            ("WhoId", contact),
            ("Subject", "Send catalogue"),
            ("ActivityDate", "2024-03-05"),
            ("Status", "Completed"),
            ("Priority", "Normal"),
            ("IsClosed", "true"),
            ("IsArchived", "true"),
        ],
    )?;
    take_one("Task", &old, "archived");
    let fitting = book.add(
        "Event",
        &[
            ("WhoId", contact),
            ("Subject", "Boot fitting"),
            ("Location", "Berkeley store"),
            ("StartDateTime", "2024-05-11T18:00:00.000Z"),
            ("EndDateTime", "2024-05-11T18:30:00.000Z"),
            ("ActivityDateTime", "2024-05-11T18:00:00.000Z"),
            ("ActivityDate", "2024-05-11"),
            ("DurationInMinutes", "30"),
            ("IsArchived", "true"),
        ],
    )?;
    take_one("Event", &fitting, "archived");
    let invited = book.add(
        "EventRelation",
        &[
            ("EventId", &fitting),
            ("RelationId", contact),
            ("IsWhat", "false"),
            ("IsParent", "true"),
            ("IsInvitee", "false"),
        ],
    )?;
    take_one("EventRelation", &invited, "live");
    let name = format!("{:08}", customer::number_of(book, "LiveChatTranscript")?);
    let chat = book.add(
        "LiveChatTranscript",
        &[
            ("Name", &name),
            ("ContactId", contact),
            ("CaseId", &tent),
            (
                "Body",
                &format!("<p>{}: Are the short poles in stock?</p><p>Agent: From Monday.</p>", ana.given),
            ),
            ("IpAddress", "203.0.113.41"),
            ("Location", "Berkeley"),
            ("Status", "Completed"),
        ],
    )?;
    take_one("LiveChatTranscript", &chat, "live");
    Ok(())
}

fn commerce(
    book: &mut Book,
    setting: &Setting,
    ana: &Person,
    root: &Root,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    let mut random = Random::new(41);
    let member = customer::member(book, &mut random, ana, root, setting)?;
    let order = customer::order(book, &mut random, root, setting, "Draft")?;
    let asset = customer::asset(book, &mut random, root, setting)?;
    let card = customer::loyalty(book, &mut random, ana, root)?;
    let deal = customer::deal(book, &mut random, root)?;
    let paper = customer::newsletter(book, &mut random, "ANA.LINDQVIST@example.com")?;
    take(truth, vec![member, card, deal, paper], "exact");
    take(truth, order, "exact");
    take(truth, asset, "exact");
    let contact = root.who();
    let registry = book.add(
        "Gift_Registry__c",
        &[
            ("Name", "Summer in the hills"),
            ("Registrant__c", contact),
            ("Reach_Us__c", EMAIL),
            ("Event_Date__c", "2026-06-20"),
        ],
    )?;
    let name = format!("SV-{:06}", customer::number_of(book, "Store_Visit__c")?);
    let visit = book.add(
        "Store_Visit__c",
        &[
            ("Name", &name),
            ("Contact__c", contact),
            ("Store__c", "Berkeley"),
            ("Visited_On__c", "2026-07-04"),
            ("Advisor_Notes__c", "Bought socks, asked about short poles."),
        ],
    )?;
    let legacy = book.add(
        "Legacy_Order__b",
        &[
            ("Customer_Email__c", EMAIL),
            ("Order_Date__c", "2018-11-02T12:00:00.000Z"),
            ("Order_Number__c", "LO-900001"),
            ("Total__c", "129"),
        ],
    )?;
    let outside = book.add(
        "ERP_Customer__x",
        &[
            ("ExternalId", "ERP900001"),
            ("Full_Name__c", "LINDQVIST, ANA"),
            ("Email__c", EMAIL),
            ("Phone__c", "+14155550101"),
            ("City__c", "Berkeley"),
        ],
    )?;
    for (object, id) in [
        ("Gift_Registry__c", registry),
        ("Store_Visit__c", visit),
        ("Legacy_Order__b", legacy),
        ("ERP_Customer__x", outside),
    ] {
        truth.records.push(Held::live(object, &id, "exact"));
    }
    Ok(())
}

fn copies(book: &mut Book, ana: &Person, contact: &str, truth: &mut Truth) -> Result<(), GenerateError> {
    let note = book.add(
        "Note",
        &[("ParentId", contact), ("Title", "Fitting"), ("Body", "Left foot half a size larger.")],
    )?;
    let waiver = "I have read the rules of the climbing wall.\nAna Lindqvist\n";
    let attachment = book.add(
        "Attachment",
        &[
            ("ParentId", contact),
            ("Name", "waiver.txt"),
            ("ContentType", "text/plain"),
            ("BodyLength", &waiver.len().to_string()),
        ],
    )?;
    book.file(&format!("files/{attachment}"), waiver.as_bytes())?;
    let item = book.add(
        "FeedItem",
        &[("ParentId", contact), ("Type", "TextPost"), ("Body", "Asked us to hold the short poles.")],
    )?;
    let reply = book.add(
        "FeedComment",
        &[("FeedItemId", &item), ("ParentId", contact), ("CommentBody", "They are behind the counter.")],
    )?;
    let history = book.add(
        "ContactHistory",
        &[
            ("ContactId", contact),
            ("Field", "Email"),
            ("DataType", "Text"),
            ("OldValue", "ana.l@example.org"),
            ("NewValue", EMAIL),
        ],
    )?;
    let clean = book.add(
        "ContactCleanInfo",
        &[
            ("ContactId", contact),
            ("Name", "Ana Lindqvist"),
            ("FirstName", &ana.given),
            ("LastName", &ana.family),
            ("Email", EMAIL),
            ("Phone", PHONE),
        ],
    )?;
    let set = book.add("DuplicateRecordSet", &[("Name", "DRS-0001"), ("RecordCount", "1")])?;
    let double = book.add(
        "DuplicateRecordItem",
        &[("Name", "DRI-0001"), ("DuplicateRecordSetId", &set), ("RecordId", contact)],
    )?;
    for (object, id) in [
        ("Note", note),
        ("Attachment", attachment),
        ("FeedItem", item),
        ("FeedComment", reply),
        ("ContactHistory", history),
        ("ContactCleanInfo", clean),
        ("DuplicateRecordItem", double),
    ] {
        truth.records.push(Held::live(object, &id, "exact"));
    }
    let sheet =
        customer::file(book, "Ana Lindqvist fitting", "csv", "item,size\npack,M\nboots,8.5\n", &[contact])?;
    let page = customer::file(
        book,
        "Expedition quote",
        "html",
        "<!doctype html><title>Quote</title><p>Twelve shells, twelve packs.</p>\n",
        &[contact],
    )?;
    take(truth, sheet, "exact");
    take(truth, page, "exact");
    Ok(())
}

fn doubles(
    book: &mut Book,
    ana: &Person,
    contact: &str,
    firm: &str,
    truth: &mut Truth,
) -> Result<(), GenerateError> {
    let old = somebody("Anna", "Lindquist", "ana.l@example.org", "");
    let loser = roots::contact(book, &old, firm, &[("MasterRecordId", contact), ("IsDeleted", "true")])?;
    truth.records.push(Held::live("Contact", &loser, "exact").presence("merged"));
    let first = somebody("Ana", "Lindqvist", "ana@lindqvist.example.net", "");
    let lead = roots::lead(
        book,
        &first,
        &[
            ("Status", "Closed - Converted"),
            ("IsConverted", "true"),
            ("ConvertedDate", "2022-05-03"),
            ("ConvertedAccountId", firm),
            ("ConvertedContactId", contact),
        ],
    )?;
    truth.records.push(Held::live("Lead", &lead, "exact"));
    let tagged = Person {
        email: "ana.lindqvist+trailhead@example.com".to_owned(),
        phone: String::new(),
        ..ana.clone()
    };
    let lead = roots::lead(book, &tagged, &[])?;
    truth.records.push(Held::live("Lead", &lead, "strong"));
    let gone = roots::lead(book, &Person { phone: String::new(), ..ana.clone() }, &[("IsDeleted", "true")])?;
    truth.records.push(Held::live("Lead", &gone, "exact").presence("bin"));
    Ok(())
}

/// Others who mention her, and others who only sound like her.
fn mentions(book: &mut Book, firm: &str, truth: &mut Truth) -> Result<(), GenerateError> {
    let friend = somebody("Rosa", "Quill", "rosa.quill@example.com", "(415) 555-0102");
    let friend = roots::contact(book, &friend, firm, &[])?;
    let theirs = case(
        book,
        "Group booking",
        "Ana Lindqvist said that the school gets ten percent off. Is that right?",
        &[("ContactId", &friend)],
    )?;
    truth.records.push(Held::live("Case", &theirs, "possible").shared());
    truth.never.push(Other {
        object: "Contact",
        id: friend,
        because: "the friend whose case mentions her".to_owned(),
    });
    for (given, family, email) in [
        ("Ana", "Lindqvisten", "ana.lindqvisten@example.com"),
        ("Hana", "Lindqvist", "hana.lindqvist@example.com"),
        ("Nils", "Lindqvist", "nils.lindqvist@example.com"),
    ] {
        let id = roots::contact(book, &somebody(given, family, email, ""), firm, &[])?;
        truth.never.push(Other { object: "Contact", id, because: "a name that only looks alike".to_owned() });
    }
    Ok(())
}
