//! The end of an incident's road: letters as each law asks, the packet, who was told, the sealed bundle.

use house_tests::{Desk, words_of_pdf};
use serde_json::{Value, json};

const HEAD: &str = "name,email,street,city,region,postal,country,place,language,elements\n";
const PEOPLE: &str = "\
Ana Lindqvist,ana@example.com,41 Madrone Steps Lane,Berkeley,CA,94704,US,US-CA,es,name;ssn
Bo Marsh,bo@example.com,2 Elm St,Boston,MA,02101,US,US-MA,en,name;ssn
Cy Odell,cy@example.com,,,,,US,US-CA,en,email;password
Di Park,,3 Oak Rd,Chicago,IL,60601,US,US-IL,en,name;dl
Ed Quist,,,,,,,,en,name;ssn
Fay Reed,,,,,,US,US-CA,en,name;ssn
Gus Tran,gus@example.com,4 Fir Ave,Fresno,CA,93701,US,US-CA,en,name;email
";

fn desk() -> (Desk, String) {
    let mut desk = Desk::new();
    desk.now = Some("2026-11-10T17:00:00Z".to_owned());
    let opened = desk.done(&[
        "incident",
        "open",
        "--title",
        "Token theft of an integration",
        "--discovered-at",
        "2026-11-02T18:00:00Z",
    ]);
    let incident = opened.view["incident"].as_str().unwrap_or_default().to_owned();
    (desk, incident)
}

const SET: [&str; 12] = [
    "--set",
    "what_happened=Somebody used a stolen key of a connected program to copy customer records.",
    "--set",
    "what_happened.es=Alguien usó una clave robada de un programa conectado para copiar registros de clientes.",
    "--set",
    "doing=We shut the program out and changed every key.",
    "--set",
    "doing.es=Bloqueamos el programa y cambiamos todas las claves.",
    "--set",
    "service=Harbor Identity Watch",
    "--set",
    "enroll=harbor.example/enroll, code in the box below, until February 28, 2027",
];

fn draft(desk: &Desk, incident: &str, to: &str, more: &[&str]) -> house_tests::Said {
    let people = desk.write("people.csv", format!("{HEAD}{PEOPLE}"));
    let facts = desk.write(
        "facts.json",
        json!({ "role": "owner", "occurred_from": "2026-10-27T03:00:00Z", "determined_at": "2026-11-03T18:00:00Z",
            "encryption": { "encrypted": false }, "good_faith": false, "harm": "likely", "furnished_mailbox": false,
            "covered_entities": [] })
        .to_string(),
    );
    let words = ["incident", "draft", incident, "--to", to, "--people", &people, "--facts", &facts];
    desk.run(&[&words[..], more].concat())
}

#[test]
fn an_empty_required_blank_refuses_every_letter_and_is_named() {
    let (desk, incident) = desk();
    let to = desk.path("out");
    for (more, blank) in [
        (vec![], "doing"),
        (SET.to_vec(), "occurred"),
        (
            [
                &SET[..],
                &["--set", "occurred=October 27, 2026", "--set", "occurred.es=el 27 de octubre de 2026"],
            ]
            .concat(),
            "doing.plain",
        ),
    ] {
        let refused = draft(&desk, &incident, &to, &more);
        assert_eq!(refused.problem(), "letter_blank", "{blank}: {}", refused.view);
        let message = refused.view["problem"]["message"].as_str().unwrap_or_default();
        assert!(message.contains(blank), "{message} should name {blank}");
        assert!(!std::path::Path::new(&to).exists(), "nothing is left behind");
    }
    let strange = draft(&desk, &incident, &to, &["--set", "shoe_size=44"]);
    assert_eq!(strange.problem(), "letter_blank");
    let secret = draft(&desk, &incident, &to, &["--set", "doing=The SSN 219-09-9999 was taken."]);
    assert_eq!(secret.problem(), "letter_identifier", "{}", secret.view);
    let none = desk.run(&["incident", "draft", &incident, "--to", &to]);
    assert_eq!(none.problem(), "not_scoped");
    let bad = desk.write("bad.csv", "name,place\nAna,US-CA\n");
    let refused = desk.run(&["incident", "draft", &incident, "--to", &to, "--people", &bad]);
    assert_eq!(refused.problem(), "decisions_unusable");
}

#[test]
fn letters_packet_register_and_bundle_follow_from_a_list_of_people() {
    let (desk, incident) = desk();
    let early = desk.run(&["incident", "assemble", &incident, "--to", &desk.path("early")]);
    assert_eq!(early.problem(), "not_drafted");
    let set = [
        &SET[..],
        &["--set", "occurred=on October 27, 2026", "--set", "occurred.es=el 27 de octubre de 2026"],
        &["--set", "doing.plain=We offer you help and answer your questions."],
    ]
    .concat();
    let to = desk.path("letters");
    let drafted = draft(&desk, &incident, &to, &set);
    assert_eq!(drafted.code, 0, "{}", drafted.view);
    let view = drafted.view;
    assert_eq!(view["letters"], 4, "{view}");
    let california = view["places"].as_array().unwrap().iter().find(|it| it["place"] == "US-CA").unwrap();
    assert_eq!(
        (&california["mail"], &california["email"], &california["unreachable"]),
        (&json!(1), &json!(1), &json!(1)),
        "{view}"
    );
    let left: u64 = view["left_out"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(left, 2, "one lives nowhere known, of one nothing was taken that counts: {view}");

    let ana = words_of_pdf(&format!("{to}/letters/N-00001.pdf"));
    let mut place = 0;
    for heading in [
        "Notice of Data Breach",
        "What Happened",
        "What Information Was Involved",
        "What We Are Doing",
        "What You Can Do",
        "For More Information",
        "Aviso de filtración de datos",
    ] {
        let at = ana[place..]
            .find(heading)
            .unwrap_or_else(|| panic!("{heading} is missing or out of order: {ana}"));
        place += at + heading.len();
    }
    for words in [
        "Your Social Security number",
        "12 months",
        "Equifax",
        "Harbor Identity Watch",
        "41 Madrone Steps Lane",
    ] {
        assert!(ana.contains(words), "{words}: {ana}");
    }
    assert!(!ana.contains("driver's license number"), "only what was found of Ana");
    let bo = words_of_pdf(&format!("{to}/letters/N-00002.pdf"));
    assert!(!bo.contains("What Happened") && !bo.contains("stolen key"), "Massachusetts: {bo}");
    assert!(bo.contains("police report") && bo.contains("18 months"), "{bo}");
    let cy = words_of_pdf(&format!("{to}/letters/N-00003.pdf"));
    assert!(cy.contains("all other online accounts for which you use the same"), "credentials: {cy}");
    assert!(!cy.contains("Equifax"), "{cy}");
    let merged = words_of_pdf(&format!("{to}/letters-001.pdf"));
    assert!(
        merged.starts_with("Addresses of 4 letters") || merged.contains("Addresses of 4 letters"),
        "{merged}"
    );
    let mailing = std::fs::read_to_string(format!("{to}/mailing.csv")).unwrap();
    assert_eq!(mailing.lines().count(), 8, "everybody stands in it: {mailing}");

    let packet = desk.path("packet");
    let assembled = desk.done(&["incident", "assemble", &incident, "--to", &packet]).view;
    let open = assembled["not_yet_known"].to_string();
    assert!(assembled["files"].to_string().contains("regulators/us-ma-ag.pdf"), "{assembled}");
    assert!(open.contains("WISP"), "who settles what is not known: {open}");
    let sheet = words_of_pdf(&format!("{packet}/packet/regulators/us-ma-ag.pdf"));
    assert!(
        sheet.contains("not yet known") && sheet.contains("Token theft") || sheet.contains("stolen key"),
        "{sheet}"
    );
    assert!(!sheet.contains("license"), "only what was taken of people in Massachusetts: {sheet}");
    let memo = words_of_pdf(&format!("{packet}/packet/01-memo.pdf"));
    assert!(!memo.contains("Exposure") && !memo.contains("Privileged"), "the packet holds facts only");
    let website = words_of_pdf(&format!("{packet}/packet/substitute/website.pdf"));
    assert!(website.contains("To the people concerned") && website.contains("stolen key"), "{website}");
    let spanish = words_of_pdf(&format!("{packet}/packet/substitute/website-es.pdf"));
    for words in [
        "A las personas afectadas",
        "Alguien usó una clave robada",
        "Su número de Seguro Social",
        "permanece en nuestro sitio web",
    ] {
        assert!(spanish.contains(words), "{words}: {spanish}");
    }
    let analysis = words_of_pdf(&format!("{packet}/counsel/memo-with-analysis.pdf"));
    assert!(analysis.contains("Privileged") && analysis.contains("us-ca.breach"), "{analysis}");
    let bare = desk.path("bare");
    let facts_only = desk.done(&["incident", "assemble", &incident, "--to", &bare, "--facts-only"]).view;
    assert!(!facts_only["files"].to_string().contains("counsel"), "{facts_only}");

    let wrong = desk.run(&[
        "incident",
        "tell",
        &incident,
        "--recipient",
        "us-zz-ag",
        "--at",
        "2026-11-09T17:00:00Z",
        "--reference",
        "x",
    ]);
    assert_eq!(wrong.problem(), "unknown_recipient");
    let future = desk.run(&[
        "incident",
        "tell",
        &incident,
        "--recipient",
        "individuals",
        "--at",
        "2026-12-09T17:00:00Z",
        "--reference",
        "x",
    ]);
    assert_eq!(future.problem(), "too_early");
    let told = desk
        .done(&[
            "incident",
            "tell",
            &incident,
            "--recipient",
            "individuals",
            "--at",
            "2026-11-09T17:00:00Z",
            "--reference",
            "mailing 1",
        ])
        .view;
    assert!(
        !told["moved"].as_array().unwrap().is_empty(),
        "telling people moves the clocks that hang on it: {told}"
    );

    let bundle = desk.path("incident.zip");
    desk.done(&["incident", "seal", &incident, "--to", &bundle]);
    assert_eq!(desk.done(&["verify", &bundle]).view["verdict"], "INTACT");
    let names: Vec<String> = zip::ZipArchive::new(std::fs::File::open(&bundle).unwrap())
        .unwrap()
        .file_names()
        .map(|it| it.unwrap().into_owned())
        .collect();
    assert!(names.iter().any(|it| it == "incident/told.json"), "{names:?}");
    assert!(!names.iter().any(|it| it.contains("counsel") || it.contains("N-0000")), "{names:?}");
    let ledger = desk.done(&["ledger", "show"]).view.to_string();
    assert!(ledger.contains("counsel.assembled") && !ledger.contains("Lindqvist"), "counts and hashes only");
    desk.done(&["ledger", "check"]);
}
