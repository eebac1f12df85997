//! Lead conversion: an account, a contact and perhaps an opportunity from a lead, which stays, read-only.

use super::save::no_access;
use super::{done, object_of};
use crate::world::clock::stamp_seconds;
use crate::world::{Change, Deed, FieldIx, LeadConversion, Saved, SfError, User, World, Written};

/// Lead fields that the contact takes over, where both have them.
const TAKEN: [(&str, &str); 17] = [
    ("Salutation", "Salutation"),
    ("FirstName", "FirstName"),
    ("MiddleName", "MiddleName"),
    ("LastName", "LastName"),
    ("Suffix", "Suffix"),
    ("Email", "Email"),
    ("Phone", "Phone"),
    ("MobilePhone", "MobilePhone"),
    ("Fax", "Fax"),
    ("Title", "Title"),
    ("Description", "Description"),
    ("Street", "MailingStreet"),
    ("City", "MailingCity"),
    ("State", "MailingState"),
    ("PostalCode", "MailingPostalCode"),
    ("Country", "MailingCountry"),
    ("IndividualId", "IndividualId"),
];

impl World {
    /// Converts a lead. The result is the lead; the new records are among the changes.
    pub fn convert_lead(&mut self, user: &User, conversion: &LeadConversion) -> Written<Saved> {
        self.each(
            std::slice::from_ref(conversion),
            true,
            |world, it, changes| world.convert_one(user, it, changes),
            |world, it| done(Deed::Update, &object_of(world, &it.lead_id), &it.lead_id),
        )
    }

    fn convert_one(
        &mut self,
        user: &User,
        conversion: &LeadConversion,
        changes: &mut Vec<Change>,
    ) -> Result<Saved, SfError> {
        let lead = self.find(user, &conversion.lead_id)?;
        let def = lead.def.clone();
        if def.name != "Lead" {
            return Err(SfError::new("INVALID_TYPE", "only a lead can be converted"));
        }
        if !self.may_write(user, &def) {
            return Err(no_access());
        }
        let held =
            |field: &str| self.table("Lead").and_then(|it| it.named(lead.row, field)).map(str::to_owned);
        if held("IsConverted").as_deref() == Some("true") {
            return Err(SfError::new("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        let (company, name) = (held("Company"), held("Name"));
        let taken: Vec<(&str, Option<String>)> = TAKEN.iter().map(|(from, to)| (*to, held(from))).collect();
        self.take_lock(&lead.id)?;
        let account = match &conversion.account_id {
            Some(id) => self.find(user, id)?.id,
            None => self.insert_plain(
                user,
                "Account",
                &[("Name", company.as_deref().or(name.as_deref()))],
                changes,
            ),
        };
        let contact = match &conversion.contact_id {
            Some(id) => self.find(user, id)?.id,
            None => {
                let mut values: Vec<(&str, Option<&str>)> =
                    taken.iter().map(|(to, it)| (*to, it.as_deref())).collect();
                values.push(("AccountId", Some(&account)));
                self.insert_plain(user, "Contact", &values, changes)
            }
        };
        let opportunity = if conversion.opportunity {
            let title = company.as_deref().or(name.as_deref());
            let values = [
                ("Name", title),
                ("AccountId", Some(account.as_str())),
                ("ContactId", Some(contact.as_str())),
            ];
            self.insert_plain(user, "Opportunity", &values, changes)
        } else {
            String::new()
        };
        self.follow_conversion(user, &lead.id, &contact, changes);
        let now = self.now();
        let day = now.format("%Y-%m-%d").to_string();
        let status = conversion.status.clone().unwrap_or_else(|| "Closed - Converted".to_owned());
        let values = [
            ("IsConverted", "true".to_owned()),
            ("ConvertedDate", day),
            ("ConvertedAccountId", account),
            ("ConvertedContactId", contact),
            ("ConvertedOpportunityId", opportunity),
            ("Status", status),
            ("LastModifiedDate", stamp_seconds(now)),
            ("SystemModstamp", stamp_seconds(now)),
            ("LastModifiedById", user.id.clone()),
        ];
        let cells: Vec<(FieldIx, Option<String>)> = values
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .filter_map(|(name, text)| Some((def.field_ix(name)?, Some(text))))
            .collect();
        self.set_cells("Lead", lead.row, &cells);
        changes.push(done(Deed::Update, "Lead", &lead.id));
        Ok(Saved { id: lead.id, created: false })
    }

    /// Activities move to the contact; campaign memberships gain it.
    fn follow_conversion(&mut self, user: &User, lead: &str, contact: &str, changes: &mut Vec<Change>) {
        for (object, from, to) in [
            ("Task", "WhoId", "WhoId"),
            ("Event", "WhoId", "WhoId"),
            ("CampaignMember", "LeadId", "ContactId"),
        ] {
            let Some(table) = self.table(object) else { continue };
            let def = table.def().clone();
            let (Some(from), Some(to)) = (def.field_ix(from), def.field_ix(to)) else { continue };
            let mut rows = table.lookup(from, lead).unwrap_or_default();
            rows.retain(|it| !table.is_deleted(*it));
            for row in rows {
                let Some(id) = self.table(object).and_then(|it| it.id(row)).map(str::to_owned) else {
                    continue;
                };
                let mut cells = vec![(to, Some(contact.to_owned()))];
                cells.extend(self.touch(&def, Some(user)));
                self.set_cells(object, row, &cells);
                changes.push(done(Deed::Update, object, &id));
            }
        }
    }
}
