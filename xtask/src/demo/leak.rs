//! The other road: the theft that the practice org has suffered, from its logs to the sealed packet.

use super::Demo;
use crate::run::Done;
use crate::served::{Served, text};

/// What only the officer knows of this invented theft.
const FACTS: &str = r#"{ "role": "owner", "occurred_from": "2026-10-22T03:00:00Z", "determined_at": "2026-10-29T18:00:00Z",
  "encryption": { "encrypted": false }, "good_faith": false, "harm": "likely", "furnished_mailbox": false, "covered_entities": [] }
"#;

/// What the notices say, besides what the law book and the scope fill in.
const SAID: [&str; 6] = [
    "what_happened=Somebody used a stolen key of a connected program to copy records of our customers.",
    "occurred=between October 22 and October 27, 2026",
    "doing=We shut the program out, changed every key and asked the company that runs our database for its logs.",
    "doing.plain=We offer you help and answer your questions.",
    "service=Harbor Identity Watch",
    "enroll=harbor.example/enroll, until February 28, 2027",
];

impl Demo {
    /// Logs gathered, the theft found and confirmed, its people counted, the duties, the letters, the packet.
    pub(super) fn leak(&self) -> Done {
        println!("\n$ habeas practice serve");
        let org = Served::start(&self.habeas, &[])?;
        let token = self.write("token.txt", org.token())?;
        let url = org.told["instance_url"].as_str().unwrap_or_default();
        let add = ["org", "add", "leak", "--instance-url", url, "--access-token-file", &token];
        self.habeas("connecting", &add)?;
        drop(std::fs::remove_file(&token));
        let logs = self.path("incident-logs");
        self.habeas("writing the logs", &["practice", "incident", "--logs", "all", "--to", &logs])?;
        let opened = self.habeas(
            "opening the incident",
            &[
                "incident",
                "open",
                "--title",
                "Token theft of an integration",
                "--discovered-at",
                "2026-10-28T16:00:00Z",
                "--org",
                "leak",
            ],
        )?;
        let incident = text(&opened["incident"]);
        let gathered = self.habeas("gathering", &["incident", "gather", incident, "--logs", &logs])?;
        println!("  {} kinds of logs", gathered["sources"].as_array().map_or(0, Vec::len));
        let found = self.habeas("finding", &["incident", "find", incident, "--strength", "strong"])?;
        for finding in found["findings"].as_array().into_iter().flatten() {
            println!("  {}: {}", text(&finding["level"]), text(&finding["title"]));
            let because = "The integration's maker never calls from there.";
            let words = ["incident", "confirm", incident, "--finding", text(&finding["finding"])];
            self.habeas("confirming", &[&words[..], &["--because", because]].concat())?;
        }
        let scope = self.habeas("counting whose data was taken", &["incident", "scope", incident])?;
        println!("  people: {}", scope["persons"]);
        let facts = self.write("facts.json", FACTS)?;
        let assessed =
            self.habeas("asking the law book", &["incident", "assess", incident, "--facts", &facts])?;
        let owed = assessed["duties"].as_array().into_iter().flatten().filter(|it| it["state"] == "owed");
        for duty in owed {
            println!("  owed by {}: {}", text(&duty["due"]), text(&duty["about"]));
        }
        self.habeas("building the data map", &["map", "build", "leak"])?;
        let letters = self.path("incident-letters");
        let mut draft = vec!["incident", "draft", incident, "--to", &letters];
        for said in SAID {
            draft.extend(["--set", said]);
        }
        let drafted = self.habeas("drafting the letters", &draft)?;
        println!("  {} letters", drafted["letters"]);
        let packet = self.path("incident-packet");
        self.habeas("assembling the packet", &["incident", "assemble", incident, "--to", &packet])?;
        let bundle = self.path(&format!("{incident}_incident.zip"));
        self.habeas("sealing the packet", &["incident", "seal", incident, "--to", &bundle])?;
        let verdict = self.habeas("verifying the packet", &["verify", &bundle])?;
        println!("  {}, signed by {}", text(&verdict["verdict"]), text(&verdict["signer"]));
        Ok(())
    }
}
