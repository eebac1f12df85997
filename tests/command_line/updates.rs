//! Looking for a newer version: a notice signed by openssl, served by Python's own server.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use house_tests::Desk;
use serde_json::json;

/// Serves a folder until it is dropped.
struct Served(Child, String);

impl Served {
    fn folder(folder: &Path) -> Self {
        let python = std::env::var("HABEAS_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let mut child = Command::new(python)
            .args(["-u", "-m", "http.server", "0", "--bind", "127.0.0.1"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("a line");
        // "Serving HTTP on 127.0.0.1 port 40123 (http://127.0.0.1:40123/) ..."
        let address = line.split(['(', ')']).nth(1).unwrap_or_default().to_owned();
        Self(child, address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let done =
        Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().expect("openssl");
    assert!(done.status.success(), "{arguments}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_newer_version_is_told_only_where_that_was_set_up_and_only_what_the_key_signed_is_believed() {
    let desk = Desk::new();
    let off = desk.run(&["updates"]);
    assert_eq!((off.code, off.problem()), (1, "updates_off"), "off by default: {}", off.view);

    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    openssl(at, "genpkey -algorithm ed25519 -out release.pem");
    openssl(at, "pkey -in release.pem -pubout -out release.pub.pem");
    let publish = |version: &str| {
        let notice = json!({ "version": version, "published_on": "2026-12-01", "notes": "Finds more.",
            "packages": [{ "file": "habeas.deb", "sha256": "ab".repeat(32) }] });
        std::fs::write(at.join("habeas.json"), notice.to_string()).expect("it is written");
        openssl(at, "pkeyutl -sign -rawin -inkey release.pem -in habeas.json -out habeas.json.sig");
    };
    publish("99.0.0");
    let server = Served::folder(at);
    let key = std::fs::read_to_string(at.join("release.pub.pem")).expect("the key");
    desk.done(&["settings", "set", &format!("updates.address={}habeas.json", server.1)]);
    desk.done(&["settings", "set", &format!("updates.key={key}")]);

    let newer = desk.done(&["updates"]).view;
    assert_eq!((&newer["newest"], &newer["newer"]), (&json!("99.0.0"), &json!(true)));
    assert_eq!(newer["packages"][0]["sha256"], "ab".repeat(32));
    publish(newer["version"].as_str().unwrap_or_default());
    assert_eq!(desk.done(&["updates"]).view["newer"], false, "our own version is not newer than itself");

    // One word changed after it was signed; no signature at all; a notice that is not there.
    publish("99.0.0");
    let notice = std::fs::read_to_string(at.join("habeas.json")).expect("the notice");
    std::fs::write(at.join("habeas.json"), notice.replace("abab", "cdcd")).expect("it is written");
    assert_eq!(desk.run(&["updates"]).problem(), "update_not_trusted");
    std::fs::write(at.join("habeas.json.sig"), "").expect("it is written");
    assert_eq!(desk.run(&["updates"]).problem(), "update_not_trusted");
    std::fs::remove_file(at.join("habeas.json")).expect("it is removed");
    assert_eq!(desk.run(&["updates"]).problem(), "update_unreachable");
    drop(server);
    assert_eq!(desk.run(&["updates"]).problem(), "update_unreachable");
}
