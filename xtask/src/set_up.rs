//! What the system must have before we can build and test, and how it gets there.
//!
//! Only here does the project know about one kind of system. On Debian and Ubuntu what is missing is installed,
//! after saying so; elsewhere the list is printed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, Done};

/// Debian packages that building OpenSSL for the encrypted file takes.
const BUILDING: &[&str] = &["gcc", "make", "perl"];

/// Debian packages for the window (WebKitGTK).
const WINDOW: &[&str] = &["libwebkit2gtk-4.1-dev", "libgtk-3-dev", "librsvg2-dev", "libsoup-3.0-dev"];

/// Debian packages that tests use beside ours: a display, browsers, PDF tools, a TLS tool, 7-Zip, a key store on its own bus.
const TESTS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "chromium-driver",
    "poppler-utils",
    "qpdf",
    "fonts-droid-fallback",
    "openssl",
    "p7zip-full",
    "python3-venv",
    "imagemagick",
    "xdotool",
    "dbus",
    "gnome-keyring",
];

/// Python programs that we did not write, pinned: clients of Salesforce, a reader of calendars, a checker of accessible PDF, a peer that sets type, one that recognises identifiers, one that counts days, a converter of detection rules with two of its targets.
const PYTHON_CLIENTS: &[&str] = &[
    "simple-salesforce==1.12.10",
    "salesforce-bulk==2.2.0",
    "requests",
    "icalendar==7.3.0",
    "outloud==0.2.1",
    "typst==0.15.2",
    "datafog==4.9.0",
    "numpy",
    "pysigma==1.5.1",
    "pysigma-backend-splunk==2.1.0",
    "pysigma-backend-elasticsearch==2.1.1",
];

/// What `demo` needs: the window's libraries, when a window is wanted.
pub fn for_demo(with_window: bool) -> Done {
    packages(&if with_window { [BUILDING, WINDOW].concat() } else { BUILDING.to_vec() })
}

/// What `test` needs; gives the Python that has the real clients.
pub fn for_tests() -> Result<PathBuf, String> {
    packages(&[BUILDING, WINDOW, TESTS].concat())?;
    run::npm(
        "install jsforce, a client that we did not write",
        "tests/clients".as_ref(),
        &["ci", "--no-audit", "--no-fund"],
    )?;
    python()
}

/// A private Python with the real clients in it.
pub fn python() -> Result<PathBuf, String> {
    python_with("python", PYTHON_CLIENTS)
}

/// A private Python of this name with these packages.
pub fn python_with(name: &str, packages: &[&str]) -> Result<PathBuf, String> {
    let home = run::tools().join(name);
    let python = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = home.join("installed.txt");
    let wanted = packages.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    run::step("make a private Python", Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    run::step(
        &format!("install programs that we did not write: {}", packages.join(", ")),
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(packages),
    )?;
    std::fs::write(&stamp, wanted)
        .map_err(|error| format!("the private Python could not be marked as ready: {error}"))?;
    Ok(python)
}

/// Installs the Debian packages that are missing.
fn packages(wanted: &[&str]) -> Done {
    if !cfg!(target_os = "linux") {
        println!("This system is not Debian or Ubuntu; see docs/building.md for what it needs.");
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !run::answers("apt-get", "--version") {
        return Err(format!(
            "these packages (Debian names) are missing and this system has no apt-get: {}. Install what they hold and run this again.",
            missing.join(" ")
        ));
    }
    println!("These system packages are missing and will be installed now: {}", missing.join(" "));
    run::step("read the package lists", &mut apt(&["update", "-qq"]))?;
    run::step(
        "install system packages",
        apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(&missing),
    )
}

/// Installs a Debian package of ours with what it depends on, over an earlier one too.
pub fn install_file(package: &Path) -> Done {
    run::step(
        "install the package",
        apt(&["install", "-y", "-qq", "--reinstall", "--allow-downgrades"]).arg(package),
    )
}

/// Root inside a container needs no sudo; a person at a desk does.
fn apt(arguments: &[&str]) -> Command {
    let as_root =
        Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0");
    let mut command = Command::new(if as_root { "apt-get" } else { "sudo" });
    if !as_root {
        command.arg("apt-get");
    }
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .output()
        .is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("ok installed"))
}
