//! Files that were taken with the records: their text says elements of the people whose files they are.

use base64::Engine as _;
use house_tests::{Desk, PracticeOrg};
use serde_json::{Value, json};

/// Calls of the practice thief that its own logs do not have: bodies of files, fetched in the night of the theft.
fn downloads(paths: &[String]) -> String {
    let mut text = "EVENT_TYPE,TIMESTAMP,REQUEST_ID,USER_ID,URI,SESSION_KEY,LOGIN_KEY,METHOD,STATUS_CODE,ENTITY_NAME,QUERY,\
                    ROWS_PROCESSED,CLIENT_NAME,CLIENT_IP\n"
        .to_owned();
    for (n, path) in paths.iter().enumerate() {
        text += &format!(
            "RestApi,202610270550{n:02}.000,REQF{n:08},0055g0000000APc,/services/data/v68.0/sobjects/{path},X1027,X1027,GET,200,,,\
             1,Salesforce-Multi-Org-Fetcher/1.0,192.0.2.144\n"
        );
    }
    text
}

fn scoped(desk: &Desk, logs: &[&str]) -> Value {
    let open =
        ["incident", "open", "--title", "T", "--discovered-at", "2026-10-28T16:00:00Z", "--org", "practice"];
    let incident = desk.done(&open).view["incident"].as_str().expect("a number").to_owned();
    let mut gather = vec!["incident", "gather", &incident, "--logs"];
    gather.extend(logs);
    desk.done(&gather);
    let found = desk.done(&["incident", "find", &incident, "--strength", "strong"]).view;
    for finding in found["findings"].as_array().expect("findings") {
        let finding = finding["finding"].as_str().expect("an id");
        desk.done(&["incident", "confirm", &incident, "--finding", finding, "--because", "Not ours"]);
    }
    desk.done(&["incident", "scope", &incident]).view
}

#[test]
fn what_stands_in_taken_files_counts_for_the_people_whose_files_they_are() {
    let org = PracticeOrg::serve(&[]);
    let mut desk = Desk::at(&org);
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let bytes = |text: &[u8]| base64::engine::general_purpose::STANDARD.encode(text);
    // A person of whom nothing else holds a driver's licence, and another who shares a file with them.
    let person = |name: &str, state: &str| {
        let fields = json!({ "FirstName": "Odalys", "LastName": name, "Email": format!("{name}@example.com"), "MailingState": state });
        org.create("Contact", &fields)
    };
    let (owner, other) = (person("Quillfeather", "WY"), person("Brambleworth", "WY"));
    let attachment = |name: &str, body: &[u8]| {
        org.create("Attachment", &json!({ "ParentId": owner, "Name": name, "Body": bytes(body) }))
    };
    let form = attachment("form.txt", b"Applicant: Odalys Quillfeather\nSSN: 219-09-9999\n");
    let scan = attachment("scan.png", b"\x89PNG\r\n\x1a\n0000");
    let bomb = {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut zip, &vec![b' '; 80 << 20]).expect("content");
        attachment("sheet.xlsx", &zip.finish().expect("a ZIP").into_inner())
    };
    // A newer version of a file that is somebody's, shared with the other one.
    let held = org.get("query/?q=SELECT+ContentDocumentId,LinkedEntityId+FROM+ContentDocumentLink+WHERE+LinkedEntityId+IN+(SELECT+Id+FROM+Contact)+LIMIT+1");
    let document = held["records"][0]["ContentDocumentId"].as_str().expect("a document").to_owned();
    let version = org.create(
        "ContentVersion",
        &json!({ "ContentDocumentId": document, "Title": "Policy", "PathOnClient": "policy.txt",
            "VersionData": bytes(b"Social Security number: 219-09-9999") }),
    );
    org.create(
        "ContentDocumentLink",
        &json!({ "ContentDocumentId": document, "LinkedEntityId": other, "ShareType": "V" }),
    );

    let logs = desk.path("all");
    desk.done(&["practice", "incident", "--logs", "all", "--to", &logs]);
    let before = scoped(&desk, &[&logs]);
    let more = desk.write(
        "files.csv",
        downloads(&[
            format!("Attachment/{form}/Body"),
            format!("Attachment/{scan}/Body"),
            format!("Attachment/{bomb}/Body"),
            format!("ContentVersion/{version}/VersionData"),
        ]),
    );
    let after = scoped(&desk, &[&logs, &more]);

    let proved = |scope: &Value, element: &str| scope["elements"][element]["proved"].as_u64().unwrap_or(0);
    // The owner of the form, and both who share the file.
    assert_eq!(proved(&after, "ssn"), proved(&before, "ssn") + 3, "{after:#}");
    let people = |scope: &Value| scope["persons"]["proved"].as_u64().expect("a number");
    assert_eq!(people(&after), people(&before) + 2, "the owner of four files is one person");
    // The upper bound takes every file of the two objects; all but two of them have a text.
    let files = |key: &str| after["files"][key].as_u64().expect(key);
    assert!(files("read") >= 2 && files("taken") == files("read") + 2, "{:#}", after["files"]);
    let unread: u64 =
        after["files"]["unread"].as_object().expect("why").values().filter_map(Value::as_u64).sum();
    assert_eq!(unread, 2, "{:#}", after["files"]);
    assert!(after["notes"].to_string().contains("not read whole"), "{:#}", after["notes"]);
    assert_eq!(before["files"]["taken"], 0);
}

#[test]
fn an_export_brings_its_files_in_folders() {
    let mut desk = Desk::new();
    desk.now = Some("2026-11-02T18:00:00Z".to_owned());
    let export = desk.path("export");
    std::fs::create_dir_all(format!("{export}/Attachments")).expect("a folder");
    let write = |name: &str, text: &str| {
        desk.write(&format!("export/{name}"), text);
    };
    write("Contact.csv", "Id,FirstName,LastName,MailingState\n0035g00000002bPAAQ,Odalys,Quillfeather,WY\n");
    write(
        "Attachment.csv",
        "Id,ParentId,Name\n00P5g00000002bPEAQ,0035g00000002bPAAQ,form.txt\n00P5g00000002cPEAQ,0035g00000002bPAAQ,lost.txt\n",
    );
    write("Attachments/00P5g00000002bPEAQ", "SSN: 219-09-9999");
    let logs = desk.path("all");
    desk.done(&["practice", "incident", "--logs", "all", "--to", &logs]);
    let more = desk.write(
        "files.csv",
        downloads(
            &["Attachment/00P5g00000002bPEAQ/Body", "Attachment/00P5g00000002cPEAQ/Body"].map(str::to_owned),
        ),
    );
    let open = ["incident", "open", "--title", "T", "--discovered-at", "2026-10-28T16:00:00Z"];
    let incident = desk.done(&open).view["incident"].as_str().expect("a number").to_owned();
    desk.done(&["incident", "gather", &incident, "--logs", &logs, &more]);
    let found = desk.done(&["incident", "find", &incident, "--strength", "strong"]).view;
    for finding in found["findings"].as_array().expect("findings") {
        let finding = finding["finding"].as_str().expect("an id");
        desk.done(&["incident", "confirm", &incident, "--finding", finding, "--because", "Not ours"]);
    }
    let scope = desk.done(&["incident", "scope", &incident, "--export", &export]).view;
    assert_eq!(scope["elements"]["ssn"]["proved"], 1, "{scope:#}");
    assert_eq!(scope["files"]["unread"]["it is not in the export"], 1, "{:#}", scope["files"]);
}
