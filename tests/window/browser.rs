//! One window being driven over the W3C WebDriver protocol, spoken to WebKit's driver directly.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use house_tests::{built, panic_with};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver::{self, Running, World};
use crate::http;
use crate::layout;

/// How long the driver itself looks for an element before it says that there is none. Locating and deleting take their time.
const LONGEST_LOOK_MS: u64 = 180_000;
/// A start that finds another window open ends by itself long before.
const LONGEST_SECOND_START: Duration = Duration::from_secs(120);
/// The name under which the protocol hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
pub const ENTER: &str = "\u{E007}";
pub const BACKSPACE: &str = "\u{E003}";
pub const TAB: &str = "\u{E004}";
pub const DOWN: &str = "\u{E015}";
pub const RIGHT: &str = "\u{E014}";
pub const SPACE: &str = " ";
pub const SHIFT: &str = "\u{E008}";
pub const CONTROL: &str = "\u{E009}";

/// What looks at the page from within.
const LOOK: &str = include_str!("look.js");

pub struct Browser {
    session: String,
    port: u16,
    // Dropped in this order, after the session was ended.
    _driver: Running,
    _bus: Option<Running>,
    _display: Running,
    display: String,
    bus: String,
    folder: PathBuf,
    home: TempDir,
}

pub struct Element(String);

impl Browser {
    /// Opens the window on `vault.habeas` in this folder, light or dark.
    pub fn open(folder: &Path, dark: bool) -> Self {
        Self::open_as(folder, if dark { "Adwaita:dark" } else { "Adwaita" }, false)
    }

    /// The same under a theme of the system; with a bus a second start finds this one.
    pub fn open_as(folder: &Path, theme: &str, bus: bool) -> Self {
        let home = TempDir::new().unwrap_or_else(|error| panic_with(&error.to_string()));
        let (daemon, bus) = match bus.then(|| driver::bus(home.path())) {
            Some((daemon, address)) => (Some(daemon), address),
            // Each test has a window of its own, and none of them hands its work to another's.
            None => (None, format!("unix:path={}", home.path().join("no-bus").display())),
        };
        Self::begin(folder, theme, home, daemon, bus, true)
    }

    /// The same in a session of the desktop that is there already.
    pub fn open_in(folder: &Path, session: &house_tests::Session) -> Self {
        let home = TempDir::new().unwrap_or_else(|error| panic_with(&error.to_string()));
        Self::begin(folder, "Adwaita", home, None, session.bus().to_owned(), true)
    }

    /// The same on a folder in which nothing can be written.
    pub fn open_unwritable(folder: &Path) -> Self {
        let home = TempDir::new().unwrap_or_else(|error| panic_with(&error.to_string()));
        let bus = format!("unix:path={}", home.path().join("no-bus").display());
        Self::begin(folder, "Adwaita", home, None, bus, false)
    }

    fn begin(
        folder: &Path,
        theme: &str,
        home: TempDir,
        daemon: Option<Running>,
        bus: String,
        writable: bool,
    ) -> Self {
        let window = built("HABEAS_WINDOW", "habeas-window");
        if !window.exists() {
            panic_with(
                "the window is not built, so it was not tested; run `cargo build -p habeas-window` first",
            );
        }
        let (display, name) = driver::display();
        let world = World { display: &name, folder, home: home.path(), theme, bus: &bus, writable };
        let (driver, port) = driver::webkit(&world);
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "timeouts": { "implicit": LONGEST_LOOK_MS, "script": LONGEST_LOOK_MS },
            "webkitgtk:browserOptions": { "binary": window, "args": [] },
        } } });
        let mut browser = Self {
            session: String::new(),
            port,
            _driver: driver,
            _bus: daemon,
            _display: display,
            display: name,
            bus,
            folder: folder.to_path_buf(),
            home,
        };
        let session = browser.call("POST", "/session", Some(&wanted));
        browser.session = session["sessionId"].as_str().unwrap_or_default().to_owned();
        browser
    }

    /// Starts the window once more beside this one, with a file, and waits until that start has ended.
    pub fn start_again(&self, file: &str) -> std::process::ExitStatus {
        let world = World {
            display: &self.display,
            folder: &self.folder,
            home: self.home.path(),
            theme: "Adwaita",
            bus: &self.bus,
            writable: true,
        };
        let mut command = Command::new(built("HABEAS_WINDOW", "habeas-window"));
        world.give(&mut command);
        let mut second = command
            .arg(file)
            .spawn()
            .unwrap_or_else(|error| panic_with(&format!("the window did not start again: {error}")));
        let begun = Instant::now();
        loop {
            match second.try_wait() {
                Ok(Some(status)) => return status,
                Ok(None) if begun.elapsed() < LONGEST_SECOND_START => std::thread::yield_now(),
                _ => {
                    drop(second.kill());
                    drop(second.wait());
                    panic_with("a second window stayed open beside the first")
                }
            }
        }
    }

    /// The display that the window shows on, as X names it.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The home folder that the window believes in.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Presses the button of exactly this name, as soon as it is there.
    pub fn press(&self, name: &str) {
        self.click(&self.find(&format!("//button[normalize-space()='{name}' and not(@disabled)]")));
    }

    /// Waits until a text stands on the page, and gives the innermost element that holds it.
    pub fn sees(&self, text: &str) -> String {
        self.text(&self.find(&format!(
            "//*[contains(normalize-space(), '{text}') and not(*[contains(normalize-space(), '{text}')])]"
        )))
    }

    /// The element an XPath leads to, as soon as it is there.
    pub fn find(&self, xpath: &str) -> Element {
        let wanted = json!({ "using": "xpath", "value": xpath });
        match http::call(self.port, "POST", &format!("/session/{}/element", self.session), Some(&wanted)) {
            Ok((200, found)) => Element(found["value"][ELEMENT].as_str().unwrap_or_default().to_owned()),
            Ok((_, refused)) => {
                let page = self.script("return document.body.innerText;");
                panic_with(&format!(
                    "{} on the page: {xpath}\nThe page says: {}",
                    refused["value"]["error"].as_str().unwrap_or("nothing"),
                    page.as_str().unwrap_or_default()
                ))
            }
            Err(error) => panic_with(&format!("the window's driver did not answer: {error}")),
        }
    }

    pub fn text(&self, element: &Element) -> String {
        self.ask("GET", &format!("/element/{}/text", element.0), None).as_str().unwrap_or_default().to_owned()
    }

    /// Whether a person can use the element now.
    pub fn enabled(&self, element: &Element) -> bool {
        self.ask("GET", &format!("/element/{}/enabled", element.0), None) == Value::Bool(true)
    }

    pub fn type_into(&self, element: &Element, text: &str) {
        self.ask("POST", &format!("/element/{}/value", element.0), Some(&json!({ "text": text })));
    }

    /// Clicks in the middle of the element, after scrolling there as a person would.
    pub fn click(&self, element: &Element) {
        let script = "arguments[0].scrollIntoView({ block: 'center' });";
        self.ask(
            "POST",
            "/execute/sync",
            Some(&json!({ "script": script, "args": [{ ELEMENT: element.0 }] })),
        );
        self.ask("POST", &format!("/element/{}/click", element.0), Some(&json!({})));
    }

    /// Makes the window so large, in pixels of the screen.
    pub fn size(&self, width: u32, height: u32) {
        self.ask("POST", "/window/rect", Some(&json!({ "x": 0, "y": 0, "width": width, "height": height })));
    }

    /// What a script in the page answers.
    pub fn script(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", Some(&json!({ "script": script, "args": [] })))
    }

    /// Waits, in the page, until a script answers `true`.
    pub fn script_until(&self, script: &str) {
        let look = format!(
            "const done = arguments[0]; const asked = () => {{ {script} }}; \
             const look = () => (asked() === true ? done(true) : setTimeout(look, 20)); look();"
        );
        let came = self.ask("POST", "/execute/async", Some(&json!({ "script": look, "args": [] })));
        assert_eq!(came, true, "{script}");
    }

    /// Ends the window as a crash would: at once, nothing said.
    pub fn kill(&self) {
        for process in self.processes() {
            let name = std::fs::read_to_string(process.join("comm")).unwrap_or_default();
            if let Some(number) = process.file_name().filter(|_| name.starts_with("habeas-window")) {
                drop(Command::new("kill").arg("-9").arg(number).status());
            }
        }
    }

    /// The window's own process and those of WebKit that serve it, as folders below `/proc`.
    pub fn processes(&self) -> Vec<PathBuf> {
        let home = self.home.path().to_string_lossy().into_owned();
        let all = std::fs::read_dir("/proc").into_iter().flatten().flatten().map(|it| it.path());
        all.filter(|it| {
            let read = |name: &str| {
                String::from_utf8_lossy(&std::fs::read(it.join(name)).unwrap_or_default()).into_owned()
            };
            let name = read("comm");
            // The driver is WebKit's too, but no part of the window.
            let ours = name.starts_with("habeas-window")
                || name.starts_with("WebKit") && !name.starts_with("WebKitWebDriv");
            ours && read("environ").contains(&home)
        })
        .collect()
    }

    /// Presses keys one after another, as a person at the keyboard does.
    pub fn keys(&self, keys: &[&str]) {
        let strokes: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
            })
            .collect();
        self.act(&strokes);
    }

    /// Presses a key while another is held down.
    pub fn chord(&self, held: &str, key: &str) {
        self.act(&[
            json!({ "type": "keyDown", "value": held }),
            json!({ "type": "keyDown", "value": key }),
            json!({ "type": "keyUp", "value": key }),
            json!({ "type": "keyUp", "value": held }),
        ]);
    }

    fn act(&self, strokes: &[Value]) {
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.ask("POST", "/actions", Some(&actions));
    }

    /// What is laid out wrong on the page as it stands.
    pub fn breaks(&self) -> Vec<String> {
        self.script(LOOK);
        sentences(&self.script("return look.breaks();"))
    }

    /// What axe finds wrong on the page as it stands, painted light and painted dark: there is paint here.
    pub fn faults(&self) -> Vec<String> {
        let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).unwrap_or_else(|error| {
            panic_with(&format!("run `npm ci` in ui/ first: axe-core is not there ({error})"))
        });
        self.script(LOOK);
        self.script(&format!("if (!window.axe) {{ {axe} }} return true;"));
        sentences(&self.script_later(
            "for (const scheme of ['light', 'dark']) { \
               if (!look.scheme(scheme)) { done(['the page has no dark colours']); return; } \
               const it = await axe.run(document, { resultTypes: ['violations'] }); \
               found.push(...it.violations.map((one) => scheme + ': ' + one.id + ': ' + \
                 one.nodes.map((node) => node.target.join(' ') + ' ' + node.failureSummary).join(' | '))); } \
             look.scheme();",
        ))
    }

    /// Keeps a picture of the page, once it is painted, beside the built programs in `target/screens`; nothing on it may
    /// stand in the way of a screen reader or of weak eyes, in light or dark, be laid out wrong, or lie elsewhere than it did.
    pub fn picture(&self, name: &str) -> PathBuf {
        let painted = "const done = arguments[0]; let frames = 4; \
                       const next = () => (frames-- === 0 ? done(true) : requestAnimationFrame(next)); next();";
        self.ask("POST", "/execute/async", Some(&json!({ "script": painted, "args": [] })));
        // Drawn without the graphics card, WebKit's driver takes its picture at the next frame that the page asks for, and a page
        // at rest asks for none: a line that nobody sees does.
        self.script(
            "let line = false; const root = document.documentElement.style; window.frames_asked_for = \
             setInterval(() => (root.outline = (line = !line) ? '1px solid transparent' : ''), 20);",
        );
        let png = self.ask("GET", "/screenshot", None);
        self.script("clearInterval(window.frames_asked_for); document.documentElement.style.outline = '';");
        let png = STANDARD
            .decode(png.as_str().unwrap_or_default())
            .unwrap_or_else(|error| panic_with(&error.to_string()));
        assert!(png.starts_with(b"\x89PNG"), "the picture of the page is a PNG");
        let file = self.keep(name, &png);

        let breaks = self.breaks();
        let outline = sentences(&self.script("return look.outline();"));
        let faults = self.faults();
        assert_eq!(faults, Vec::<String>::new(), "what axe finds wrong in {name}");
        assert_eq!(breaks, Vec::<String>::new(), "what is laid out wrong in {name}");
        layout::compared(name, &outline);
        file
    }

    /// Writes a picture, and beside it whose journey it is from and what the page calls itself.
    fn keep(&self, name: &str, png: &[u8]) -> PathBuf {
        let test = std::env::current_exe().unwrap_or_default();
        let folder = test.ancestors().nth(3).unwrap_or(Path::new(".")).join("screens");
        let file = folder.join(name);
        let title = self.script(
            "return [...document.querySelectorAll('h1, main section[aria-label], [role=dialog] h2')] \
             .map((it) => it.ariaLabel ?? it.textContent).join(' · ');",
        );
        let journey = std::thread::current().name().unwrap_or_default().to_owned();
        let about = format!("{journey}\n{}\n", title.as_str().unwrap_or_default());
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, png))
            .and_then(|()| std::fs::write(file.with_extension("txt"), about))
            .unwrap_or_else(|error| panic_with(&format!("{} could not be written: {error}", file.display())));
        file
    }

    /// The sentences that a script in the page collects in `found`, waiting for what it waits for.
    pub fn script_later(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; const found = []; (async () => {{ {script} done(found); }})() \
             .catch((wrong) => done([String(wrong)]));"
        );
        self.ask("POST", "/execute/async", Some(&json!({ "script": script, "args": [] })))
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        match http::call(self.port, method, path, body) {
            Ok((200, mut answer)) => answer["value"].take(),
            Ok((status, answer)) => {
                panic_with(&format!("the window's driver refused {method} {path} ({status}): {answer}"))
            }
            Err(error) => panic_with(&format!("the window's driver did not answer {method} {path}: {error}")),
        }
    }
}

fn sentences(answer: &Value) -> Vec<String> {
    answer.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the session closes the window; a driver that is gone already has closed it.
        drop(http::call(self.port, "DELETE", &format!("/session/{}", self.session), None));
    }
}
