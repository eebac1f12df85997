//! The other planted people, one hard case each.

use super::{RECREATED, case, somebody};
use crate::generate::GenerateError;
use crate::generate::book::{Book, Cell};
use crate::generate::customer::{self, Root};
use crate::generate::labelled::take;
use crate::generate::people::Person;
use crate::generate::random::Random;
use crate::generate::roots;
use crate::generate::setting::Setting;
use crate::generate::truth::{Held, Other, SubjectFile, Truth};

pub(super) fn write(book: &mut Book, setting: &Setting, firm: &str) -> Result<Vec<Truth>, GenerateError> {
    let mut plant = Plant { book, firm };
    let mut all = vec![
        plant.mailbox()?,
        plant.shared_phone()?,
        plant.namesakes()?,
        plant.married()?,
        plant.dots()?,
        plant.phones()?,
        plant.script()?,
        plant.bin()?,
        plant.mention()?,
        plant.inside_anothers_case()?,
        plant.two_in_one()?,
        plant.hold()?,
        plant.recreated()?,
    ];
    all.push(plant.active_order(setting)?);
    all.push(plant.open_contract()?);
    Ok(all)
}

struct Plant<'a> {
    book: &'a mut Book,
    firm: &'a str,
}

fn truth(variant: &str, because: &str, person: &Person) -> Truth {
    let some = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    Truth {
        variant: variant.to_owned(),
        because: because.to_owned(),
        subject: SubjectFile {
            names: vec![person.name()],
            emails: some(&person.email),
            phones: some(&person.phone),
            ..SubjectFile::default()
        },
        ..Truth::default()
    }
}

fn other(object: &'static str, id: String, because: &str) -> Other {
    Other { object, id, because: because.to_owned() }
}

impl Plant<'_> {
    fn contact(&mut self, person: &Person, more: &[Cell<'_>]) -> Result<String, GenerateError> {
        roots::contact(self.book, person, self.firm, more)
    }

    fn mailbox(&mut self) -> Result<Truth, GenerateError> {
        let one = somebody("Miriam", "Castellane", "castellane.family@example.net", "(415) 555-0104");
        let two = somebody("Paul", "Castellane", "castellane.family@example.net", "(415) 555-0105");
        let mut truth = truth(
            "shared-mailbox",
            "two people of one family use one mailbox: it counts as weak, and is asked about",
            &one,
        );
        let (mine, theirs) = (self.contact(&one, &[])?, self.contact(&two, &[])?);
        truth.records.push(Held::live("Contact", &mine, "strong"));
        truth.never.push(other("Contact", theirs, "the other user of the mailbox"));
        Ok(truth)
    }

    fn shared_phone(&mut self) -> Result<Truth, GenerateError> {
        let one = somebody("Jonas", "Tervola", "jonas.tervola@example.com", "(415) 555-0110");
        let two = somebody("Elsa", "Tervola", "elsa.tervola@example.com", "415 555 0110");
        let mut truth = truth("shared-phone", "two people answer one phone", &one);
        let (mine, theirs) = (self.contact(&one, &[])?, self.contact(&two, &[])?);
        truth.records.push(Held::live("Contact", &mine, "exact"));
        truth.never.push(other("Contact", theirs, "the other one who answers the phone"));
        Ok(truth)
    }

    fn namesakes(&mut self) -> Result<Truth, GenerateError> {
        let one = somebody("Daniel", "Okafor", "daniel.okafor@example.com", "(415) 555-0112");
        let two = somebody("Daniel", "Okafor", "dan.okafor.writes@example.org", "(415) 555-0113");
        let mut truth = truth("namesake", "two different people with one name", &one);
        let (mine, theirs) = (self.contact(&one, &[])?, self.contact(&two, &[])?);
        let task = customer::task(
            self.book,
            &mut Random::new(7),
            &Root { contact: Some(mine.clone()), ..Root::default() },
        )?;
        truth.records.push(Held::live("Contact", &mine, "exact"));
        take(&mut truth, vec![task], "exact");
        truth.never.push(other("Contact", theirs, "the other Daniel Okafor"));
        Ok(truth)
    }

    fn married(&mut self) -> Result<Truth, GenerateError> {
        let now = somebody("Grace", "Abernethy", "grace.holm@example.com", "(415) 555-0115");
        let before = somebody("Grace", "Holm", "grace.holm@example.com", "");
        let mut truth = truth(
            "married-name",
            "the lead still has the name from before the marriage; both names are given",
            &now,
        );
        truth.subject.names.push("Grace Holm".to_owned());
        let mine = self.contact(&now, &[])?;
        let lead = roots::lead(self.book, &before, &[])?;
        truth.records.push(Held::live("Contact", &mine, "exact"));
        truth.records.push(Held::live("Lead", &lead, "exact"));
        Ok(truth)
    }

    fn dots(&mut self) -> Result<Truth, GenerateError> {
        let known = somebody("Priyanka", "Practice", "priyanka.practice.person@gmail.com", "");
        let written = Person { email: "priyankapracticeperson@gmail.com".to_owned(), ..known.clone() };
        let mut truth = truth(
            "dots",
            "invented address at a provider that ignores dots: a weak agreement, with the name two",
            &known,
        );
        let mine = self.contact(&written, &[])?;
        truth.records.push(Held::live("Contact", &mine, "strong"));
        Ok(truth)
    }

    fn phones(&mut self) -> Result<Truth, GenerateError> {
        let known = somebody("Yolanda", "Prycewood", "", "(415) 555-0121");
        let mut truth = truth(
            "phone-formats",
            "one number in four spellings; each agrees with the name beside it",
            &known,
        );
        let contact = self.contact(&Person { phone: "+1 415 555 0121".to_owned(), ..known.clone() }, &[])?;
        let lead =
            roots::lead(self.book, &Person { phone: "415.555.0121 ext 4".to_owned(), ..known.clone() }, &[])?;
        let card = Person { phone: "4155550121".to_owned(), number: "AF-900021".to_owned(), ..known };
        let (object, card) = customer::loyalty(self.book, &mut Random::new(21), &card, &Root::default())?;
        truth.records.push(Held::live("Contact", &contact, "strong"));
        truth.records.push(Held::live("Lead", &lead, "strong"));
        truth.records.push(Held::live(object, &card, "strong"));
        Ok(truth)
    }

    fn script(&mut self) -> Result<Truth, GenerateError> {
        let known = somebody("Dmitri", "Orlovsky", "", "(415) 555-0123");
        let mut truth = truth("script", "the name is written in another script", &known);
        let lead = roots::lead(
            self.book,
            &Person {
                given: "Дмитрий".to_owned(), family: "Орловский".to_owned(), ..known.clone()
            },
            &[],
        )?;
        let turned = self
            .contact(&Person { given: "ORLOVSKY".to_owned(), family: "Dmitri".to_owned(), ..known }, &[])?;
        truth.records.push(Held::live("Lead", &lead, "strong"));
        truth.records.push(Held::live("Contact", &turned, "strong"));
        Ok(truth)
    }

    fn bin(&mut self) -> Result<Truth, GenerateError> {
        let person = somebody("Marta", "Elmsworth", "marta.elmsworth@example.com", "");
        let mut truth = truth("bin", "everything of hers is in the bin but a sign-up", &person);
        let contact = self.contact(&person, &[("IsDeleted", "true")])?;
        let lead = roots::lead(self.book, &person, &[("IsDeleted", "true")])?;
        let (object, paper) = customer::newsletter(self.book, &mut Random::new(3), &person.email)?;
        truth.records.push(Held::live("Contact", &contact, "exact").presence("bin"));
        truth.records.push(Held::live("Lead", &lead, "exact").presence("bin"));
        truth.records.push(Held::live(object, &paper, "exact"));
        Ok(truth)
    }

    fn mention(&mut self) -> Result<Truth, GenerateError> {
        let person = somebody("Felix", "Ardenhill", "felix.ardenhill@example.com", "");
        let mut truth = truth("mention", "no record of his own: others write about him", &person);
        let words = "The course leader was Felix Ardenhill. He can be reached at felix.ardenhill@example.com, he said.";
        let case = case(
            self.book,
            "Who led the course",
            words,
            &[("SuppliedName", "Nora Bexley"), ("SuppliedEmail", "nora.bexley@example.org")],
        )?;
        let note = self.book.add(
            "Note",
            &[
                ("ParentId", self.firm),
                ("Title", "Course leaders"),
                ("Body", "Felix Ardenhill takes the spring group."),
            ],
        )?;
        truth.records.push(Held::live("Case", &case, "possible"));
        truth.records.push(Held::live("Note", &note, "possible"));
        Ok(truth)
    }

    fn inside_anothers_case(&mut self) -> Result<Truth, GenerateError> {
        let person = somebody("Viktor", "Halewood", "viktor.halewood@example.com", "(415) 555-0130");
        let other_one = somebody("Sanna", "Brekke", "sanna.brekke@example.com", "(415) 555-0131");
        let mut truth = truth(
            "inside-anothers-case",
            "he wrote in a case that is hers: the case is shared, never taken as his",
            &person,
        );
        let (mine, hers) = (self.contact(&person, &[])?, self.contact(&other_one, &[])?);
        let case = case(
            self.book,
            "Two tents, one order",
            "My friend will answer your questions.",
            &[("ContactId", &hers), ("SuppliedName", "Viktor Halewood"), ("SuppliedEmail", &person.email)],
        )?;
        truth.records.push(Held::live("Contact", &mine, "exact"));
        truth.records.push(Held::live("Case", &case, "strong").or("possible").shared());
        truth.never.push(other("Contact", hers, "whose case it is"));
        Ok(truth)
    }

    fn two_in_one(&mut self) -> Result<Truth, GenerateError> {
        let one = somebody("Owen", "Pikestone", "owen.pikestone@example.com", "(415) 555-0140");
        let two = somebody("Lucia", "Ferrand", "lucia.ferrand@example.com", "(415) 555-0141");
        let mut truth = truth("shared-file", "a file and a registry that belong to two people", &one);
        let (mine, theirs) = (self.contact(&one, &[])?, self.contact(&two, &[])?);
        truth.records.push(Held::live("Contact", &mine, "exact"));
        for (object, id) in customer::file(
            self.book,
            "Route plan for two",
            "txt",
            "Day 1: Heron Lake. Day 2: Iron Ridge.\n",
            &[&mine, &theirs],
        )? {
            let first_link =
                object == "ContentDocumentLink" && !truth.records.iter().any(|it| it.object == object);
            if first_link {
                truth.records.push(Held::live(object, &id, "exact"));
            } else if object == "ContentDocumentLink" {
                truth.never.push(other(object, id, "the link to the other person"));
            } else {
                truth.records.push(Held::live(object, &id, "strong").or("possible").shared());
            }
        }
        let registry = self.book.add(
            "Gift_Registry__c",
            &[
                ("Name", "Wedding at Fern Canyon"),
                ("Registrant__c", &mine),
                ("Partner__c", &theirs),
                ("Event_Date__c", "2026-10-10"),
            ],
        )?;
        truth.records.push(Held::live("Gift_Registry__c", &registry, "strong").or("possible").shared());
        truth.never.push(other("Contact", theirs, "the other person of the file and the registry"));
        Ok(truth)
    }

    fn hold(&mut self) -> Result<Truth, GenerateError> {
        let person = Person {
            street: "8 Cormorant Slip Lane".to_owned(),
            born: "1979-09-30".to_owned(),
            ..somebody("Noemi", "Strandberg", "noemi.strandberg@example.com", "(415) 555-0150")
        };
        let mut truth = truth(
            "legal-hold",
            "the individual has a privacy hold, and a case is part of a dispute",
            &person,
        );
        truth.subject.birthdate = Some(person.born.clone());
        let mut individual = String::new();
        for (object, id) in roots::individual(self.book, &person, true)? {
            if individual.is_empty() {
                individual.clone_from(&id);
            }
            let exact = object == "ContactPointEmail";
            let held = Held::live(object, &id, if exact { "exact" } else { "strong" });
            truth.records.push(if exact { held } else { held.or("exact") });
        }
        let mine = self.contact(&person, &[("IndividualId", &individual), ("Birthdate", &person.born)])?;
        let case = case(
            self.book,
            "Dispute about a fall",
            "LEGAL HOLD: do not change or delete.",
            &[("ContactId", &mine), ("Status", "Escalated")],
        )?;
        truth.records.push(Held::live("Contact", &mine, "exact"));
        truth.records.push(Held::live("Case", &case, "exact"));
        Ok(truth)
    }

    fn recreated(&mut self) -> Result<Truth, GenerateError> {
        let person = somebody("Tilda", "Brookhaven", RECREATED, "");
        let mut truth = truth(
            "recreated",
            "the mailing system brings the sign-up back an hour after it is purged",
            &person,
        );
        let mine = self.contact(&person, &[])?;
        let (object, paper) = customer::newsletter(self.book, &mut Random::new(5), RECREATED)?;
        truth.records.push(Held::live("Contact", &mine, "exact"));
        truth.records.push(Held::live(object, &paper, "exact"));
        Ok(truth)
    }

    fn active_order(&mut self, setting: &Setting) -> Result<Truth, GenerateError> {
        let person = Person {
            number: "AF-900060".to_owned(),
            ..somebody("Soledad", "Wintergreen", "soledad.wintergreen@example.com", "(415) 555-0160")
        };
        let mut truth =
            truth("active-order", "a person account whose activated order bars the deletion", &person);
        let root = roots::person_account(self.book, &person, "")?;
        truth.records.push(Held::live("Account", root.account.as_deref().unwrap_or_default(), "exact"));
        truth.records.push(Held::live("Contact", root.who(), "exact"));
        let order = customer::order(self.book, &mut Random::new(6), &root, setting, "Activated")?;
        take(&mut truth, order, "exact");
        Ok(truth)
    }

    fn open_contract(&mut self) -> Result<Truth, GenerateError> {
        let person = somebody("Henrik", "Valemont", "henrik.valemont@example.com", "(415) 555-0170");
        let mut truth =
            truth("open-contract", "a contact who signed a contract that is still in force", &person);
        let mine = self.contact(&person, &[])?;
        let number = format!("{:08}", customer::number_of(self.book, "Contract")?);
        let contract = self.book.add(
            "Contract",
            &[
                ("ContractNumber", &number),
                ("AccountId", self.firm),
                ("CustomerSignedId", &mine),
                ("CustomerSignedDate", "2026-01-15"),
                ("Status", "Activated"),
                ("StatusCode", "Activated"),
                ("StartDate", "2026-02-01"),
                ("ContractTerm", "24"),
            ],
        )?;
        truth.records.push(Held::live("Contact", &mine, "exact"));
        truth.records.push(Held::live("Contract", &contract, "exact"));
        Ok(truth)
    }
}
