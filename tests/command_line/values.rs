//! Corrections and choices: values set, read back, proved, taken back.

use house_tests::{Desk, PracticeOrg, Said};
use serde_json::{Value, json};

const ANA: &str = "0035g00000ANA01";
const NEW: &str = "ana.lindqvist@example.com";

fn values() -> String {
    format!("{}/orgs/values", env!("CARGO_MANIFEST_DIR"))
}

fn ana() -> Value {
    json!({ "names": ["Ana Lindqvist"], "emails": ["ana@old.example.com"], "phones": ["+1 415 555 0101"] })
}

fn grant(field: &str, claimed: &str) -> Value {
    json!({ "object": "Contact", "id": ANA, "field": field, "claimed": claimed, "decision": "grant",
        "because": "Her bill shows it, and we have nothing that speaks against it." })
}

/// A request that is open, identified where it must be, and located.
fn located(desk: &Desk, kind: &str) -> String {
    let request = desk.open(kind, &ana());
    if kind == "correct" {
        desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    }
    desk.done(&["request", "locate", &request]);
    request
}

fn correct(desk: &Desk, request: &str, items: &[Value], more: &[&str]) -> Said {
    let file = desk.write("corrections.json", json!({ "corrections": items }).to_string());
    desk.run(&[&["request", "correct", request, "--file", &file], more].concat())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// `Object deed cause fields` of every step, sorted.
fn steps(plan: &Value) -> Vec<String> {
    let mut steps: Vec<String> = plan["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| {
            let fields: Vec<String> = it["fields"].as_array().into_iter().flatten().map(text).collect();
            format!(
                "{} {} {} {}",
                text(&it["object"]),
                text(&it["deed"]),
                text(&it["cause"]),
                fields.join(",")
            )
        })
        .collect();
    steps.sort();
    steps
}

/// Rehearses, approves and carries out.
fn carried_out(desk: &Desk, request: &str) -> Value {
    let plan = desk.done(&["request", "rehearse", request]).view["plan"].clone();
    let digest = text(&plan["digest"]);
    desk.done(&["request", "approve", request, "--plan", &digest]);
    desk.done(&["request", "carry-out", request, "--plan", &digest]).view
}

/// `Object.Field state` of every proved value, sorted.
fn proved(desk: &Desk, request: &str) -> Vec<String> {
    let view = desk.done(&["request", "prove", request]).view;
    let mut values: Vec<String> = view["values"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| format!("{}.{} {}", text(&it["object"]), text(&it["field"]), text(&it["state"])))
        .collect();
    values.sort();
    values
}

#[test]
fn a_correction_goes_from_opening_to_a_sealed_bundle_with_every_copy() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = located(&desk, "correct");
    let bill = desk.write("bill.txt", "an invented bill");
    let mut item = grant("Email", NEW);
    item["held"] = json!("ana@old.example.com");
    item["evidence"] = json!([{ "side": "consumer", "document": "bill.txt" }]);
    let taken = correct(&desk, &request, &[item], &["--evidence", &bill, "--with-copies"]);
    assert_eq!(taken.code, 0, "{:#}", taken.view);
    let mut copies: Vec<String> = taken.view["items"][0]["copies"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| format!("{}.{} {}", text(&it["object"]), text(&it["field"]), text(&it["road"])))
        .collect();
    copies.sort();
    assert_eq!(
        copies,
        [
            "Account.PersonEmail adopted",
            "CampaignMember.Email follows",
            "Case.ContactEmail follows",
            "Contact.Email follows",
            "ContactCleanInfo.Email adopted",
            "ContactPointEmail.EmailAddress adopted",
            "Lead.Email adopted",
            "Preference__c.Mail__c adopted",
        ]
    );

    let rehearsed = desk.done(&["request", "rehearse", &request]).view;
    let plan = &rehearsed["plan"];
    assert_eq!(
        steps(plan),
        [
            "Account replace asked PersonEmail",
            "CampaignMember replace cascade Email",
            "Case replace cascade ContactEmail",
            "Contact replace asked Email",
            "Contact replace cascade Email",
            "ContactCleanInfo replace asked Email",
            "ContactPointEmail replace asked EmailAddress",
            "Lead replace asked Email",
            "Preference__c replace asked Mail__c",
        ]
    );
    assert!(!plan.to_string().contains("example.com"), "a plan holds no value");
    assert_eq!(rehearsed["changes"].as_array().map(Vec::len), Some(9));
    assert!(
        plan["by_hand"].to_string().contains("ContactCleanInfo"),
        "the cleaning service may overwrite it"
    );
    assert!(plan["by_hand"].to_string().contains("an integration changed Contact"), "{:#}", plan["by_hand"]);

    let done = carried_out(&desk, &request);
    assert_eq!(done["complete"], true, "{done:#}");
    assert!(
        done["outcomes"].as_array().expect("outcomes").iter().all(|it| it["outcome"] == "replaced"),
        "{done:#}"
    );
    let again = proved(&desk, &request);
    assert_eq!(again.len(), 9);
    assert!(again.iter().all(|it| it.ends_with(" as_set")), "{again:?}");

    desk.done(&["request", "close", &request, "--outcome", "complied"]);
    let bundle = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&bundle).expect("a bundle")).expect("a ZIP");
    for name in ["decisions/corrections.json", "decisions/set-values.json", "decisions/plan.json"] {
        let content = std::io::read_to_string(archive.by_name(name).expect(name)).expect("text");
        assert!(!content.contains("example.com"), "{name} holds a value");
    }
    assert!(desk.done(&["ledger", "check"]).view["verdict"] == "intact");
}

#[test]
fn undo_brings_back_what_nobody_changed_since() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = located(&desk, "correct");
    assert_eq!(correct(&desk, &request, &[grant("Email", NEW)], &["--with-copies"]).code, 0);
    carried_out(&desk, &request);
    // Somebody else corrects the lead once more.
    let other = located(&desk, "correct");
    let lead = json!({ "object": "Lead", "id": "00Q5g00000ANA01", "field": "Email", "claimed": "later@example.com",
        "decision": "grant", "because": "She wrote again." });
    assert_eq!(correct(&desk, &other, &[lead], &[]).code, 0);
    carried_out(&desk, &other);
    let states = proved(&desk, &request);
    assert!(states.contains(&"Lead.Email overwritten".to_owned()), "{states:?}");

    let undone = desk.done(&["request", "undo", &request]).view;
    let of = |object: &str| -> Vec<String> {
        let all = undone["outcomes"].as_array().into_iter().flatten();
        all.filter(|it| it["object"] == object).map(|it| text(&it["outcome"])).collect()
    };
    assert_eq!(of("Lead"), ["refused"], "{undone:#}");
    assert_eq!(of("Account"), ["restored"]);
    let again = located(&desk, "correct");
    let taken = correct(&desk, &again, &[grant("Email", NEW)], &[]).view;
    assert_eq!(taken["items"][0]["held"], "ana@old.example.com");
    assert!(!taken["items"][0]["copies"].to_string().contains("Lead"), "the lead holds what was set later");
}

#[test]
fn what_the_org_would_not_take_is_said_before_and_what_it_refuses_is_proved_as_refused() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = located(&desk, "correct");
    let preference = |field: &str, claimed: Value| {
        json!({ "object": "Preference__c", "id": "a0V5g00000PRE01", "field": field, "claimed": claimed, "decision": "grant",
            "because": "She says so, and we are not its source." })
    };
    let items = [
        preference("Nickname__c", json!("Annabella-Maria")),
        preference("Tier__c", json!("Bronze")),
        preference("Greeting__c", json!("Hello")),
        preference("Mail__c", json!("no address")),
        preference("Nothing__c", json!("x")),
    ];
    let unknown = correct(&desk, &request, &items, &[]);
    assert_eq!((unknown.code, unknown.problem()), (1, "corrections_unusable"), "an unknown field");
    let member = json!({ "object": "CampaignMember", "id": "00v5g00000MEM01", "field": "Email", "claimed": NEW,
        "decision": "grant", "because": "The same." });
    let items = [&items[..4], &[member, grant("MailingPostalCode", "10001")]].concat();
    assert_eq!(correct(&desk, &request, &items, &[]).code, 0);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    let said = |field: &str| {
        let all = plan["blockers"].as_array().into_iter().flatten();
        all.filter(|it| it["field"] == field).map(|it| text(&it["because"])).collect::<Vec<_>>().join(" ")
    };
    assert!(said("Nickname__c").contains("at most 10"), "{plan:#}");
    assert!(said("Tier__c").contains("Gold"));
    assert!(said("Greeting__c").contains("formula"));
    assert!(said("Mail__c").contains("email address"));
    assert!(said("Email").contains("read-only"));
    assert_eq!(
        steps(&plan),
        ["CampaignMember replace cascade PostalCode", "Contact replace asked MailingPostalCode"]
    );

    let done = carried_out(&desk, &request);
    assert_eq!(done["outcomes"][0]["outcome"], "refused");
    assert_eq!(done["outcomes"][0]["error"]["code"], "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assert_eq!(done["complete"], false);
    assert!(proved(&desk, &request).iter().all(|it| it.ends_with(" refused")));
    assert_eq!(desk.run(&["request", "close", &request, "--outcome", "complied"]).problem(), "not_complied");
}

#[test]
fn a_denial_a_deletion_instead_and_a_statement_are_kept_with_their_reasons() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = located(&desk, "correct");
    let bare = json!({ "object": "Contact", "id": ANA, "field": "LastName", "claimed": "Berg", "decision": "deny",
        "because": "Her passport shows the other name.", "basis": "impossible" });
    assert_eq!(
        correct(&desk, &request, std::slice::from_ref(&bare), &[]).problem(),
        "corrections_unusable",
        "no facts"
    );
    let mut denied = bare;
    denied["basis"] = json!("accurate");
    denied["nature"] = json!("objective");
    denied["obtained"] = json!("from herself");
    denied["statement"] = json!("I have been called Berg since May.");
    denied["statement_field"] = json!("Description");
    let mut instead = grant("MailingCity", "");
    instead["claimed"] = json!("Oakland");
    instead["decision"] = json!("delete-instead");
    instead["instead"] = json!("consent");
    let mut stale = grant("Phone", "+1 415 555 0199");
    stale["held"] = json!("another number");
    let refused = correct(&desk, &request, &[denied.clone(), stale], &[]);
    assert_eq!(refused.problem(), "corrections_unusable", "the org holds another value");
    assert!(!refused.view.to_string().contains("another number"));
    assert_eq!(correct(&desk, &request, &[denied, instead], &[]).code, 0);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    assert_eq!(
        steps(&plan),
        ["CampaignMember replace cascade Description,City", "Contact replace asked Description,MailingCity"]
    );
    let done = carried_out(&desk, &request);
    assert_eq!(done["complete"], true, "{done:#}");
    assert!(proved(&desk, &request).iter().all(|it| it.ends_with(" as_set")));
}

#[test]
fn a_contact_of_a_person_account_is_written_through_its_account() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let request = desk.open("correct", &ana());
    desk.done(&["request", "identify", &request, "--points", "email,phone,name"]);
    let found = desk.done(&["request", "locate", &request]).view;
    let mirror = found["matches"]
        .as_array()
        .and_then(|all| all.iter().find(|it| it["object"] == "Contact" && !text(&it["id"]).starts_with(ANA)))
        .map(|it| text(&it["id"]))
        .expect("the mirrored contact");
    let mut item = grant("Email", NEW);
    item["id"] = json!(mirror);
    assert_eq!(correct(&desk, &request, &[item], &[]).code, 0);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    assert_eq!(
        steps(&plan),
        ["Account replace asked PersonEmail", "Contact replace cascade Email"],
        "{plan:#}"
    );
    assert_eq!(carried_out(&desk, &request)["complete"], true);
    assert!(proved(&desk, &request).iter().all(|it| it.ends_with(" as_set")));
}

#[test]
fn an_opt_out_sets_flags_and_consents_without_checking_identity_and_can_be_confirmed() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let shown = desk.done(&["org", "choices", "practice"]).view;
    assert_eq!(shown["settled"], false);
    let names = |list: &Value| -> Vec<String> {
        let all = list.as_array().into_iter().flatten();
        all.map(|it| format!("{}.{}", text(&it["object"]), text(&it["field"]))).collect()
    };
    assert!(names(&shown["opt-out"]).contains(&"Individual.HasOptedOutTracking".to_owned()), "{shown:#}");
    assert!(names(&shown["not_proposed"]).contains(&"Contact.HasOptedOutOfEmail".to_owned()));

    let bad = desk.write(
        "bad.json",
        json!({ "opt-out": [{ "object": "Contact", "field": "Nope__c", "value": true, "back": false }] })
            .to_string(),
    );
    assert_eq!(desk.run(&["org", "choices", "practice", "--file", &bad]).problem(), "choices_unusable");
    let rule =
        |object: &str, field: &str| json!({ "object": object, "field": field, "value": true, "back": false });
    let mapping = json!({
        "opt-out": [rule("Preference__c", "Do_Not_Sell__c"), rule("Individual", "HasOptedOutTracking"),
            rule("Contact", "HasOptedOutOfEmail"),
            { "object": "ContactPointTypeConsent", "field": "PrivacyConsentStatus", "value": "OptOut", "back": "OptIn", "purpose": ["sale"] }],
        "limit": [rule("Individual", "HasOptedOutProcessing")],
    });
    let file = desk.write("choices.json", mapping.to_string());
    assert_eq!(desk.done(&["org", "choices", "practice", "--file", &file]).view["settled"], true);

    let request = located(&desk, "opt-out");
    assert_eq!(desk.run(&["request", "identify", &request, "--points", "email"]).problem(), "not_yet");
    desk.done(&["request", "review", &request, "--accept", "exact,strong"]);
    let plan = desk.done(&["request", "rehearse", &request]).view["plan"].clone();
    assert_eq!(
        steps(&plan),
        [
            "Account replace asked PersonHasOptedOutOfEmail",
            "CampaignMember replace cascade HasOptedOutOfEmail",
            "Contact replace asked HasOptedOutOfEmail",
            "Contact replace cascade HasOptedOutOfEmail",
            "ContactPointTypeConsent replace asked PrivacyConsentStatus",
            "Individual replace asked HasOptedOutTracking",
            "Preference__c replace asked Do_Not_Sell__c",
        ],
        "one consent of two: the other is for the newsletter"
    );
    let done = carried_out(&desk, &request);
    assert_eq!(done["complete"], true, "{done:#}");
    assert!(proved(&desk, &request).iter().all(|it| it.ends_with(" as_set")));
    let choice = desk.done(&["request", "show", &request]).view["choice"].clone();
    assert_eq!(choice["choice"], "opt-out");
    assert!(choice["confirmed_at"].is_string() && choice["not_asked_before"].is_string(), "{choice:#}");
    desk.done(&["request", "close", &request, "--outcome", "complied"]);
    let bundle = desk.path("bundle.zip");
    desk.done(&["request", "seal", &request, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");

    let limit = located(&desk, "limit");
    desk.done(&["request", "review", &limit, "--accept", "exact,strong"]);
    assert_eq!(carried_out(&desk, &limit)["complete"], true);
    assert_eq!(proved(&desk, &limit), ["Individual.HasOptedOutProcessing as_set"]);
    desk.done(&["request", "close", &limit, "--outcome", "complied"]);
    desk.done(&["request", "seal", &limit, "--to", &desk.path("limit.zip")]);

    let again = located(&desk, "opt-out");
    desk.done(&["request", "review", &again, "--accept", "exact,strong"]);
    let plan = desk.done(&["request", "rehearse", &again]).view["plan"].clone();
    assert!(
        steps(&plan).iter().all(|it| it.contains(" keep ")),
        "everything is set already: {:?}",
        steps(&plan)
    );

    let back = located(&desk, "opt-in");
    desk.done(&["request", "review", &back, "--accept", "exact,strong"]);
    let shown = text(&desk.done(&["request", "rehearse", &back]).view["plan"]["digest"]);
    let early = desk.run(&["request", "approve", &back, "--plan", &shown]);
    assert_eq!(early.problem(), "not_yet", "an opt-in has two steps");
    desk.done(&["request", "confirm", &back]);
    assert_eq!(carried_out(&desk, &back)["complete"], true);
    let states = proved(&desk, &back);
    assert!(states.contains(&"Preference__c.Do_Not_Sell__c as_set".to_owned()), "{states:?}");
    desk.done(&["request", "close", &back, "--outcome", "granted"]);
    let bundle = desk.path("opt-in.zip");
    desk.done(&["request", "seal", &back, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");
}

#[test]
fn recipients_are_told_and_what_they_answer_is_tracked() {
    let org = PracticeOrg::serve(&["--org", &values()]);
    let desk = Desk::at(&org);
    let add = |name: &str, role: &str, key: &str| {
        desk.run(&[
            "provider",
            "add",
            name,
            "--role",
            role,
            "--contract",
            "DPA 2026-03",
            "--channel",
            "privacy@mailhouse.example",
            "--consumer-key",
            key,
            "--confirm-within-days",
            "10",
        ])
    };
    assert_eq!(add("Mailhouse Example", "service-provider", "email").code, 0);
    assert_eq!(add("mailhouse example", "contractor", "email").problem(), "already_there");
    assert_eq!(add("Ads Example", "third-party", "email").code, 0);
    assert_eq!(add("Nobody", "friend", "email").problem(), "provider_unusable");
    assert_eq!(desk.done(&["provider", "list"]).view["providers"].as_array().map(Vec::len), Some(2));

    let request = located(&desk, "correct");
    assert_eq!(correct(&desk, &request, &[grant("Email", NEW)], &[]).code, 0);
    let told = desk.done(&["request", "instruct", &request, "--to", &desk.path("letters")]).view;
    assert_eq!(
        told["instructions"].as_array().map(Vec::len),
        Some(1),
        "a correction goes to those who work for us: {told:#}"
    );
    assert_eq!(told["instructions"][0]["state"], "outstanding");
    let show = desk.done(&["request", "show", &request]).view;
    assert!(show["warnings"][0].as_str().is_some_and(|it| it.contains("has not confirmed")), "{show:#}");
    let answer = |answer: &str, because: &str| {
        desk.run(&[
            "request",
            "acknowledge-provider",
            &request,
            "--provider",
            "Mailhouse Example",
            "--at",
            "2099-01-01T00:00:00Z",
            "--answer",
            answer,
            "--because",
            because,
        ])
    };
    assert_eq!(answer("impossible", "too hard").problem(), "facts_missing");
    assert_eq!(answer("later", "").problem(), "usage");
    assert_eq!(answer("done", "").view["instructions"][0]["state"], "done");
    assert_eq!(desk.done(&["request", "show", &request]).view["warnings"], json!([]));
    let know = desk.open("know-specific", &ana());
    assert_eq!(
        desk.run(&["request", "instruct", &know, "--to", &desk.path("x")]).problem(),
        "nothing_to_instruct"
    );
    let shown = desk.done(&["provider", "propose", "--org", "practice"]).view;
    assert!(shown["proposals"].is_array() && shown["not_read"].is_array());
    desk.done(&["provider", "remove", "Ads Example"]);
    assert_eq!(desk.run(&["provider", "remove", "Ads Example"]).problem(), "unknown_provider");
}
