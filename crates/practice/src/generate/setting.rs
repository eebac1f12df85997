//! What an outfitter's org holds before its first customer: `org.toml`, products, prices, campaigns, logs.

use chrono::{Days, NaiveDate};

use super::book::{Book, id};
use super::random::Random;
use super::{GenerateError, Settings};

/// The practice org's clock starts here.
pub(super) const NOW: &str = "2026-11-02T09:00:00Z";

const STANDARD: &[&str] = &[
    "Account",
    "AccountContactRelation",
    "AccountFeed",
    "AccountHistory",
    "Asset",
    "Attachment",
    "Campaign",
    "CampaignMember",
    "CampaignMemberStatus",
    "Case",
    "CaseComment",
    "CaseFeed",
    "CaseHistory",
    "Contact",
    "ContactCleanInfo",
    "ContactFeed",
    "ContactHistory",
    "ContactPointAddress",
    "ContactPointEmail",
    "ContactPointPhone",
    "ContactPointTypeConsent",
    "ContentDocument",
    "ContentDocumentLink",
    "ContentVersion",
    "Contract",
    "DuplicateRecordItem",
    "DuplicateRecordSet",
    "EmailMessage",
    "EmailMessageRelation",
    "Event",
    "EventRelation",
    "FeedComment",
    "FeedItem",
    "Individual",
    "Lead",
    "LeadCleanInfo",
    "LeadHistory",
    "LiveChatTranscript",
    "Note",
    "Opportunity",
    "OpportunityContactRole",
    "OpportunityLineItem",
    "Order",
    "OrderItem",
    "Pricebook2",
    "PricebookEntry",
    "Product2",
    "Task",
    "TaskRelation",
];

const PRODUCTS: &[(&str, &str, &str)] = &[
    ("Alder 45 Backpack", "Packs", "189"),
    ("Finch Trail Daypack", "Packs", "79"),
    ("Ridgeline Two-Person Tent", "Shelter", "329"),
    ("Mossbed Sleeping Pad", "Shelter", "119"),
    ("Lowfog Rain Shell", "Clothing", "169"),
    ("Cedar Wool Shirt", "Clothing", "95"),
    ("Switchback Boots", "Footwear", "210"),
    ("Creekstep Sandals", "Footwear", "84"),
    ("Emberlight Stove", "Kitchen", "68"),
    ("Stillwater Filter", "Kitchen", "54"),
    ("Skylark Kayak", "Water", "899"),
    ("Otter Paddle", "Water", "129"),
    ("Northstar Headlamp", "Light", "45"),
    ("Waymark Compass", "Light", "38"),
    ("Pinecone Hammock", "Shelter", "72"),
    ("Granite Trekking Poles", "Packs", "99"),
];

/// Ids that records about people point at.
pub(super) struct Setting {
    pub products: Vec<String>,
    pub entries: Vec<String>,
    pub campaigns: Vec<String>,
}

/// Writes everything that is there before the people.
pub(super) fn write(
    book: &mut Book,
    settings: &Settings,
    integration: bool,
) -> Result<Setting, GenerateError> {
    book.file("org.toml", org_toml(integration).as_bytes())?;
    super::custom::write(book)?;
    let pricebook = book.add(
        "Pricebook2",
        &[("Name", "Standard Price Book"), ("IsActive", "true"), ("IsStandard", "true")],
    )?;
    let mut setting = Setting { products: Vec::new(), entries: Vec::new(), campaigns: Vec::new() };
    for (place, (name, family, price)) in PRODUCTS.iter().enumerate() {
        let code = format!("AF{:03}", place + 1);
        let product = book.add(
            "Product2",
            &[("Name", name), ("ProductCode", &code), ("Family", family), ("IsActive", "true")],
        )?;
        let entry = book.add(
            "PricebookEntry",
            &[
                ("Name", name),
                ("Pricebook2Id", &pricebook),
                ("Product2Id", &product),
                ("UnitPrice", price),
                ("IsActive", "true"),
            ],
        )?;
        setting.products.push(product);
        setting.entries.push(entry);
    }
    for (name, kind, start) in [
        ("Spring Trailhead Days", "Event", "2026-03-14"),
        ("Members' Night in Berkeley", "Event", "2026-05-21"),
        ("Autumn Layers Mailing", "Email", "2026-09-08"),
        ("Boot Fitting Weekend", "Event", "2025-10-04"),
        ("Winter Repair Drive", "Email", "2025-12-01"),
        ("Kayak Demo Season", "Event", "2026-06-06"),
        ("New Neighbours", "Direct Mail", "2026-02-02"),
        ("Hut to Hut Newsletter", "Email", "2026-07-15"),
    ] {
        let campaign = book.add(
            "Campaign",
            &[
                ("Name", name),
                ("Type", kind),
                ("Status", "Completed"),
                ("StartDate", start),
                ("IsActive", "true"),
            ],
        )?;
        for (order, label) in [("1", "Sent"), ("2", "Responded")] {
            book.add(
                "CampaignMemberStatus",
                &[
                    ("CampaignId", &campaign),
                    ("Label", label),
                    ("SortOrder", order),
                    ("IsDefault", if order == "1" { "true" } else { "false" }),
                    ("HasResponded", if order == "2" { "true" } else { "false" }),
                ],
            )?;
        }
        setting.campaigns.push(campaign);
    }
    if !integration {
        logs(book, settings)?;
    }
    Ok(setting)
}

/// A day before the org's clock.
pub(super) fn day(days_ago: u64) -> String {
    let today = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap_or_default();
    today.checked_sub_days(Days::new(days_ago)).unwrap_or(today).to_string()
}

/// An instant before the org's clock (UTC).
pub(super) fn at(days_ago: u64, random: &mut Random) -> String {
    format!(
        "{}T{:02}:{:02}:{:02}.000Z",
        day(days_ago.max(1)),
        random.below(24),
        random.below(60),
        random.below(60)
    )
}

fn org_toml(integration: bool) -> String {
    let objects = STANDARD.iter().map(|it| format!("    \"{it}\",\n")).collect::<String>();
    let everything = "\"ApiEnabled\", \"ViewAllData\", \"ModifyAllData\", \"QueryAllFiles\", \"ViewSetup\", \"ViewAllUsers\", \
                      \"ViewEventLogFiles\", \"ManageUsers\", \"ExportReport\"";
    let user = |number: u64,
                name: &str,
                first: &str,
                last: &str,
                profile: &str,
                permissions: &str,
                rest: &str| {
        format!(
            "\n[[user]]\nid = \"{}\"\nusername = \"{name}@alder.example\"\nemail = \"{name}@alder.example\"\nfirst_name = \"{first}\"\n\
             last_name = \"{last}\"\nprofile = \"{profile}\"\nsystem_permissions = [{permissions}]\n{rest}",
            id("005", number)
        )
    };
    let mut text = format!(
        "# The practice org: an invented outdoor retailer. Everybody in it is invented.\n[org]\nid = \"{}\"\n\
         name = \"Alder & Finch Outfitters\"\nedition = \"Enterprise Edition\"\nfeatures = [\"PersonAccounts\", \"EventMonitoring\"]\n\
         zone = \"America/Los_Angeles\"\nnow = \"{NOW}\"\nstandard_objects = [\n{objects}]\n\n\
         [limits]\ndaily_api_requests = 100000\nused_api_requests = 1200\n",
        id("00D", 1)
    );
    text += &user(
        1,
        "officer",
        "Robin",
        "Ashgrove",
        "System Administrator",
        &format!("{everything}, \"BulkApiHardDelete\""),
        "",
    );
    text += &user(2, "admin", "Dana", "Hollins", "System Administrator", everything, "");
    text += &user(
        3,
        "support",
        "Kim",
        "Brightwater",
        "Support",
        "\"ApiEnabled\"",
        "no_objects = [\"Lead\", \"Individual\", \"Newsletter_Signup__c\"]\nread_only_objects = [\"Case\", \"Account\"]\n\
         no_fields = [\"Contact.Birthdate\", \"Contact.Description\", \"Loyalty_Member__c.Email__c\"]\n",
    );
    text += &user(
        4,
        "sync",
        "Mail",
        "Sync",
        "Integration",
        "\"ApiEnabled\", \"ApiUserOnly\", \"ViewAllData\", \"ModifyAllData\"",
        "",
    );
    if integration {
        text += &format!(
            "\n# The mailing system sends its own copy back when a sign-up disappears.\n[[integration]]\n\
             recreates = \"Newsletter_Signup__c\"\nkey = \"Email__c\"\nonly = [\"{}\"]\nafter_minutes = 60\n",
            super::planted::RECREATED
        );
    }
    text
}

/// A few days of the log types that every org has.
fn logs(book: &Book, settings: &Settings) -> Result<(), GenerateError> {
    let mut random = Random::new(settings.seed ^ 0x10);
    for back in 1..=3 {
        let on = day(back);
        let stamp = on.replace('-', "");
        let mut login = String::from(
            "\"EVENT_TYPE\",\"TIMESTAMP\",\"REQUEST_ID\",\"ORGANIZATION_ID\",\"USER_ID\",\"LOGIN_STATUS\",\"LOGIN_TYPE\",\"BROWSER_TYPE\",\
             \"SOURCE_IP\",\"TIMESTAMP_DERIVED\",\"USER_ID_DERIVED\",\"CLIENT_IP\"\n",
        );
        let mut usage = String::from(
            "\"EVENT_TYPE\",\"TIMESTAMP\",\"REQUEST_ID\",\"ORGANIZATION_ID\",\"USER_ID\",\"USER_NAME\",\"CLIENT_IP\",\"CLIENT_NAME\",\
             \"CONNECTED_APP_NAME\",\"API_FAMILY\",\"API_VERSION\",\"API_RESOURCE\",\"HTTP_METHOD\",\"ENTITY_NAME\",\"STATUS_CODE\",\
             \"COUNTS_AGAINST_API_LIMIT\",\"TIMESTAMP_DERIVED\"\n",
        );
        for turn in 0..24_u64 {
            let number = 1 + turn % 4;
            let user = id("005", number);
            let short = user.get(..15).unwrap_or_default();
            let name = ["officer", "admin", "support", "sync"]
                .get(usize::try_from(number - 1).unwrap_or(0))
                .copied()
                .unwrap_or("sync");
            let (minute, second) = (random.below(60), random.below(60));
            let written = format!("{stamp}{turn:02}{minute:02}{second:02}.000");
            let instant = format!("{on}T{turn:02}:{minute:02}:{second:02}.000Z");
            let org = id("00D", 1);
            let org = org.get(..15).unwrap_or_default();
            let ip = format!("198.51.100.{}", 10 + number);
            login += &format!(
                "\"Login\",\"{written}\",\"R{back}{turn:03}L\",\"{org}\",\"{short}\",\"LOGIN_NO_ERROR\",\"i\",\"Alder Sync/2.1\",\"{ip}\",\
                 \"{instant}\",\"{user}\",\"{ip}\"\n"
            );
            usage += &format!(
                "\"ApiTotalUsage\",\"{written}\",\"R{back}{turn:03}U\",\"{org}\",\"{short}\",\"{name}@alder.example\",\"{ip}\",\"Alder Sync\",\
                 \"Alder Sync\",\"REST\",\"68.0\",\"/v68.0/query\",\"GET\",\"Contact\",\"200\",\"1\",\"{instant}\"\n"
            );
        }
        book.file(&format!("event-logs/Login_{on}.csv"), login.as_bytes())?;
        book.file(&format!("event-logs/ApiTotalUsage_{on}.csv"), usage.as_bytes())?;
    }
    Ok(())
}
