//! `cargo xtask demo`: the main job on the practice org, in the window or without one.

mod leak;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run::{self, Done};
use crate::served::{self, Served, text};
use crate::set_up;

const PASSPHRASE: &str = "practice makes perfect, once more";

/// With a display, opens the window on a practice vault that holds one request; headless, does the whole road.
pub fn demo(headless: bool) -> Done {
    let with_window = !headless && has_display();
    if !headless && !with_window {
        println!("There is no display: doing the main job without the window.");
    }
    set_up::for_demo(with_window)?;
    let mut build = vec!["build", "--package", "cli"];
    if with_window {
        run::npm(
            "install what the screens are built with",
            "ui".as_ref(),
            &["ci", "--no-audit", "--no-fund"],
        )?;
        run::npm("build the screens", "ui".as_ref(), &["run", "--silent", "build"])?;
        build.extend(["--package", "habeas-window"]);
    }
    run::cargo("build", &build)?;
    let demo = Demo::prepare()?;
    println!("\n$ habeas practice serve");
    let org = Served::start(&demo.habeas, &[])?;
    println!("  at {}", text(&org.told["instance_url"]));
    let request = demo.connect_and_open(&org)?;
    if with_window {
        println!("\nThe practice passphrase is: {PASSPHRASE}\n");
        let window = run::built("debug", "habeas-window");
        return run::step(
            "the window",
            Command::new(window).env("HABEAS_VAULT", demo.path("practice.habeas")),
        );
    }
    demo.road(&request)?;
    drop(org);
    demo.leak()?;
    demo.told(&request);
    Ok(())
}

fn has_display() -> bool {
    cfg!(not(target_os = "linux"))
        || std::env::var_os("DISPLAY").is_some()
        || std::env::var_os("WAYLAND_DISPLAY").is_some()
}

/// The folder of one demonstration.
struct Demo {
    folder: PathBuf,
    habeas: PathBuf,
}

impl Demo {
    fn prepare() -> Result<Self, String> {
        let folder = run::root().join("demo-output");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)
                .map_err(|error| format!("the last demo-output could not be cleared: {error}"))?;
        }
        std::fs::create_dir(&folder).map_err(|error| format!("demo-output could not be made: {error}"))?;
        let demo = Self { folder, habeas: run::built("debug", "habeas") };
        demo.write("passphrase.txt", PASSPHRASE)?;
        demo.habeas("a practice vault", &["vault", "create", "--practice"])?;
        Ok(demo)
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    fn write(&self, name: &str, text: &str) -> Result<String, String> {
        std::fs::write(self.folder.join(name), text)
            .map_err(|error| format!("{name} could not be written: {error}"))?;
        Ok(self.path(name))
    }

    /// Runs one command and gives its view.
    fn habeas(&self, what: &str, words: &[&str]) -> Result<Value, String> {
        println!("\n$ habeas {}", words.iter().map(|word| shown(word)).collect::<Vec<_>>().join(" "));
        let answer = Command::new(&self.habeas)
            .arg("--json")
            .args(words)
            .env("HABEAS_VAULT", self.path("practice.habeas"))
            .env("HABEAS_PASSPHRASE_FILE", self.path("passphrase.txt"))
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("habeas could not be started: {error}"))?;
        let view: Value = serde_json::from_slice(&answer.stdout).unwrap_or_default();
        if answer.status.success() {
            return Ok(view);
        }
        Err(format!(
            "{what} did not work: {}",
            view["problem"]["message"].as_str().unwrap_or("no sentence was given")
        ))
    }

    fn connect_and_open(&self, org: &Served) -> Result<String, String> {
        let token = self.write("token.txt", org.token())?;
        let url = org.told["instance_url"].as_str().unwrap_or_default();
        self.habeas(
            "connecting",
            &["org", "add", "practice", "--instance-url", url, "--access-token-file", &token],
        )?;
        drop(std::fs::remove_file(&token));
        let check = self.habeas("looking at the org", &["org", "check", "practice"])?;
        println!("  {} objects; we are {}", check["objects"], text(&check["username"]));
        let subject = run::root().join("assets/practice/demo-subject.json").to_string_lossy().into_owned();
        let opened = self.habeas("opening the request", &served::opening(&subject))?;
        println!("  {}, to be answered by {}", text(&opened["request"]), text(&opened["due_on"]));
        Ok(text(&opened["request"]).to_owned())
    }

    /// The whole road of a deletion.
    fn road(&self, request: &str) -> Done {
        self.habeas("identity", &["request", "identify", request, "--points", "email,phone,name"])?;
        let located = self.habeas("locating", &["request", "locate", request])?;
        let matches = located["matches"].as_array().cloned().unwrap_or_default();
        let of = |word: &str| matches.iter().filter(|it| it["confidence"] == word).count();
        println!(
            "  {} records: {} exact, {} strong, {} possible; {} questions; {} coverage lines; {} API calls",
            matches.len(),
            of("exact"),
            of("strong"),
            of("possible"),
            located["questions"].as_array().map_or(0, Vec::len),
            located["coverage"].as_array().map_or(0, Vec::len),
            located["api_calls"]["spent"]
        );
        self.habeas("reviewing", &["request", "review", request, "--accept", "exact,strong"])?;
        let exported = self
            .habeas("exporting", &["request", "export", request, "--to", &self.path("consumer-package")])?;
        println!("  {} rows in {} files", exported["rows"], exported["files"].as_array().map_or(0, Vec::len));
        let digest = self.rehearse(request)?;
        self.habeas("approving", &["request", "approve", request, "--plan", &digest])?;
        let done =
            self.habeas("carrying out", &["request", "carry-out", request, "--plan", &digest, "--purge"])?;
        let outcomes = done["outcomes"].as_array().cloned().unwrap_or_default();
        let purged = outcomes.iter().filter(|it| it["outcome"] == "purged").count();
        println!("  {purged} of {} records purged; {} API calls", outcomes.len(), done["api_calls"]["spent"]);
        let proved = self.habeas("proving", &["request", "prove", request])?;
        println!("  certificate: {}", proved["certificate"]);
        self.habeas(
            "the letter",
            &["request", "letter", request, "--kind", "deletion", "--to", &self.path("letter.pdf")],
        )?;
        let complete = done["complete"] == true && outcomes.iter().all(|it| it["error"].is_null());
        let outcome = if complete { "complied" } else { "partly-complied" };
        self.habeas("closing", &["request", "close", request, "--outcome", outcome])?;
        let bundle = self.path(&format!("{request}_delete.zip"));
        self.habeas("sealing", &["request", "seal", request, "--to", &bundle])?;
        let verdict = self.habeas("verifying", &["verify", &bundle])?;
        println!("  {}, signed by {}", text(&verdict["verdict"]), text(&verdict["signer"]));
        Ok(())
    }

    /// Where everything is, and what a stranger can try with it.
    fn told(&self, request: &str) {
        let bundle = self.path(&format!("{request}_delete.zip"));
        println!(
            "\nEverything is in {}. Change one byte of the bundle and run\n  {} verify {bundle}\nand it names the file.",
            self.folder.display(),
            self.habeas.display()
        );
    }

    /// Rehearses; a plan with blockers is reviewed once more: what is blocked is kept on the ground of the open contract.
    fn rehearse(&self, request: &str) -> Result<String, String> {
        let rehearsed = self.habeas("rehearsing", &["request", "rehearse", request])?;
        let plan = &rehearsed["plan"];
        let count = |name: &str| plan[name].as_array().map_or(0, Vec::len);
        println!(
            "  {} steps, {} blockers, {} records of others, {} things by hand",
            count("steps"),
            count("blockers"),
            count("collateral"),
            count("by_hand")
        );
        if count("blockers") == 0 {
            return Ok(text(&plan["digest"]).to_owned());
        }
        let mut rows = std::collections::BTreeSet::new();
        for blocker in plan["blockers"].as_array().into_iter().flatten() {
            let blocked = &blocker["blocks"];
            println!(
                "  blocked: {} {} by {} {}",
                text(&blocked["object"]),
                text(&blocked["id"]),
                text(&blocker["object"]),
                text(&blocker["id"])
            );
            rows.insert(format!(
                "{},{},keep,contract: an order is still open",
                text(&blocked["object"]),
                text(&blocked["id"])
            ));
        }
        let file = self.write(
            "decisions.csv",
            &format!("object,id,decision,reason\n{}\n", rows.into_iter().collect::<Vec<_>>().join("\n")),
        )?;
        self.habeas("deciding what is blocked", &["request", "review", request, "--decisions", &file])?;
        let rehearsed = self.habeas("rehearsing again", &["request", "rehearse", request])?;
        Ok(text(&rehearsed["plan"]["digest"]).to_owned())
    }
}

/// A word of a command as a person would type it: without the machine's own folders.
fn shown(word: &str) -> String {
    let path = Path::new(word);
    match (path.is_absolute(), path.file_name()) {
        (true, Some(name)) => name.to_string_lossy().into_owned(),
        _ if word.contains(' ') => format!("\"{word}\""),
        _ => word.to_owned(),
    }
}
