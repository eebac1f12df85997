//! The two outside programs of these tests: a display without a screen, and WebKit's own driver.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use house_tests::panic_with;

use crate::http;

const LONGEST_START: Duration = Duration::from_secs(30);

/// A program that ends when this is dropped.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn start(program: &str, package: &str, command: &mut Command) -> Child {
    command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap_or_else(|error| {
        panic_with(&format!(
            "{program} could not be started ({error}), so the window was not tested. `cargo xtask set-up` installs it; on Debian it is in the package {package}."
        ))
    })
}

/// A display that nobody sees; the X server picks a free number itself.
pub fn display() -> (Running, String) {
    let mut child = start(
        "Xvfb",
        "xvfb",
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped()),
    );
    let mut number = String::new();
    if let Some(out) = child.stdout.as_mut() {
        drop(BufReader::new(out).read_line(&mut number));
    }
    if number.trim().is_empty() {
        panic_with(
            "Xvfb ended before it had a display, so the window was not tested. Run `Xvfb -displayfd 1` to see why.",
        );
    }
    (Running(child), format!(":{}", number.trim()))
}

fn search(folder: &Path) -> std::ffi::OsString {
    let usual = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&usual));
    std::env::join_paths(all).unwrap_or(usual)
}

/// The world a window starts in: a display, a folder with the vault, a home of its own, a theme and a bus of the session.
pub struct World<'a> {
    pub display: &'a str,
    pub folder: &'a Path,
    pub home: &'a Path,
    pub theme: &'a str,
    pub bus: &'a str,
    /// Whether files in the folder may be written.
    pub writable: bool,
}

/// Starts a program to which the folder it stands in is on a drive that cannot be written to.
const UNWRITABLE: &str =
    "mount --bind . . && mount -o remount,ro,bind \"$PWD\" && cd \"$PWD\" && exec \"$@\"";

impl World<'_> {
    /// Gives all of it to a command.
    pub fn give(&self, command: &mut Command) {
        command
            .env("DISPLAY", self.display)
            .env("GDK_BACKEND", "x11")
            .env("GTK_THEME", self.theme)
            .env("HOME", self.home)
            .env("XDG_CACHE_HOME", self.home.join("cache"))
            .env("XDG_CONFIG_HOME", self.home.join("config"))
            .env("XDG_DATA_HOME", self.home.join("data"))
            .env("HABEAS_VAULT", "vault.habeas")
            // What the window asks the system to open is looked for in the test's own folder first.
            .env("PATH", search(self.folder))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus)
            .env_remove("WAYLAND_DISPLAY")
            .current_dir(self.folder);
    }
}

/// A bus of a session of its own, on which a second start of the window finds the first.
pub fn bus(home: &Path) -> (Running, String) {
    let address = format!("unix:path={}", home.join("bus").display());
    let mut child = start(
        "dbus-daemon",
        "dbus-daemon",
        Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--address={address}"))
            .stdout(Stdio::piped()),
    );
    let mut said = String::new();
    if let Some(out) = child.stdout.as_mut() {
        drop(BufReader::new(out).read_line(&mut said));
    }
    if said.trim().is_empty() {
        panic_with("dbus-daemon ended before it had an address, so a second start was not tested.");
    }
    (Running(child), said.trim().to_owned())
}

/// WebKit's driver on a free port; the window it starts inherits its world.
pub fn webkit(world: &World<'_>) -> (Running, u16) {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|free| free.local_addr())
        .unwrap_or_else(|error| panic_with(&format!("no free port: {error}")))
        .port();
    let mut command = if world.writable {
        Command::new("WebKitWebDriver")
    } else {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", UNWRITABLE, "sh", "WebKitWebDriver"]);
        command
    };
    world.give(&mut command);
    let child = start(
        "WebKitWebDriver",
        "webkit2gtk-driver",
        command
            .arg(format!("--port={port}"))
            // Asks the window to let itself be driven; without it no page in it can be.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null()),
    );
    let running = Running(child);
    let begun = Instant::now();
    while http::call(port, "GET", "/status", None).is_err() {
        if begun.elapsed() > LONGEST_START {
            panic_with("WebKitWebDriver did not answer within 30 seconds, so the window was not tested.");
        }
        std::thread::yield_now();
    }
    (running, port)
}
