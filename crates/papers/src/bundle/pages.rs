//! The pages that every bundle carries: where to start, how to check without us, and the check in a browser.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Entry, Header};
use crate::hash;
use crate::html::{self, escape};

/// What no verdict proves, one sentence a line; the command and the page print the same.
const LIMITS: &str = include_str!("limits.txt");
const VERIFIER: &str = include_str!("verify.html");
const VERIFIER_SCRIPT: &str = concat!(
    include_str!("verify/hashes.js"),
    include_str!("verify/archive.js"),
    include_str!("verify/check.js")
);

/// What a verdict does not prove; of a bundle made in practice, first of all that it is about anybody.
pub(crate) fn does_not_prove(practice: bool) -> Vec<String> {
    practice.then_some(html::PRACTICE).into_iter().chain(LIMITS.lines()).map(str::to_owned).collect()
}

/// `verify.html`: the same check in a browser, offline. Only its own script and style may run, named by their hashes.
pub(crate) fn verifier() -> String {
    let limits = serde_json::to_string(&does_not_prove(false)).unwrap_or_default();
    let practice = serde_json::to_string(html::PRACTICE).unwrap_or_default();
    let script = VERIFIER_SCRIPT.replace("/*LIMITS*/[]", &limits).replace("/*PRACTICE*/\"\"", &practice);
    let named = |text: &str| format!("sha256-{}", STANDARD.encode(hash::digest(text.as_bytes())));
    VERIFIER
        .replace("/*SCRIPT-HASH*/", &named(&script))
        .replace("/*STYLE-HASH*/", &named(html::STYLE))
        .replace("/*STYLE*/", html::STYLE)
        .replace("/*SCRIPT*/", &script)
}

/// `VERIFY.txt`: how to check with sha256sum and openssl alone.
pub(crate) fn instructions(bundle: &str, fingerprint: &str) -> String {
    format!(
        "How to check this bundle: {bundle}\n\
         \n\
         1. With the program:    habeas verify {bundle}.zip\n\
         2. In a browser:        open a verify.html that you trust (any Habeas bundle carries the same page; one inside\n\
         \x20                       a bundle you doubt may have been changed) and drop the ZIP on it. It works offline.\n\
         3. With neither, on Linux or macOS. Unpack the ZIP into an empty folder and run inside it:\n\
         \n\
         \x20    sha256sum -c SHA256SUMS            (macOS: shasum -a 256 -c SHA256SUMS)\n\
         \x20    openssl pkeyutl -verify -pubin -inkey signer.pub -rawin -in manifest.json -sigfile manifest.sig\n\
         \x20    sha256sum signer.pub\n\
         \n\
         \x20  The first must say OK for every file. The second must say \"Signature Verified Successfully\"\n\
         \x20  (OpenSSL 3 or newer). The third prints the signer's fingerprint. This copy of the file was written for\n\
         \n\
         \x20    {fingerprint}\n\
         \n\
         \x20  but whoever forges a bundle forges this line too: compare it with a fingerprint that the signer gave you\n\
         \x20  another way (on paper, on their website, by telephone).\n\
         \n\
         \x20  Then see that the folder holds nothing that SHA256SUMS does not list, but for SHA256SUMS itself,\n\
         \x20  manifest.sig and signer.pub. Ways 1 and 2 also look for what hides inside the ZIP; way 3 cannot.\n\
         \n\
         What no check proves:\n\
         {}",
        LIMITS.lines().map(|line| format!("  - {line}\n")).collect::<String>()
    )
}

/// `00-START-HERE.html`
pub(crate) fn start(header: &Header, bundle: &str, fingerprint: &str, entries: &[Entry]) -> String {
    let mut facts = vec![
        ("Case".to_owned(), header.case.clone()),
        ("Kind".to_owned(), header.kind.clone()),
        ("Stage when sealed".to_owned(), header.stage.clone()),
        ("Org".to_owned(), header.org.clone()),
        ("Sealed at".to_owned(), header.sealed_at.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
        ("Made with".to_owned(), format!("Habeas {}", header.tool_version)),
        ("Signer's fingerprint".to_owned(), fingerprint.to_owned()),
    ];
    facts.extend(header.facts.iter().cloned());
    let facts: String = facts
        .iter()
        .map(|(label, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(label), escape(value)))
        .collect();
    let mut listed: Vec<&Entry> = entries.iter().collect();
    listed.sort_by(|one, other| one.path.cmp(&other.path));
    let more = listed.len().saturating_sub(500);
    let mut rows: String = listed
        .iter()
        .take(500)
        .map(|entry| {
            let path = escape(&entry.path);
            let link = entry.path.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
            format!(
                "<tr><td><a href=\"{}\">{path}</a></td><td>{}</td><td>{}</td></tr>\n",
                escape(&link),
                escape(&entry.role),
                escape(&entry.source)
            )
        })
        .collect();
    if more > 0 {
        rows.push_str(&format!(
            "<tr><td colspan=\"3\">… and {more} more, all listed in manifest.json</td></tr>\n"
        ));
    }
    let limits: String = LIMITS.lines().map(|line| format!("<li>{}</li>\n", escape(line))).collect();
    let body = format!(
        "<h1>Evidence of case {case}</h1>\n\
         <p class=\"lead\">This folder is the sealed record of what was done: what was searched, what was found, what was \
         decided and by whom, what was carried out, and how it was checked afterwards. Personal data is reduced to what \
         proves the point.</p>\n\
         <p>It is not the copy of personal data that a person receives on request; that is a separate package and is \
         never mixed with this one.</p>\n\
         <dl>\n{facts}</dl>\n\
         <h2>How to check it</h2>\n\
         <ol>\n\
         <li>With the program: <code>habeas verify {bundle}.zip</code></li>\n\
         <li>In a browser, offline: open <a href=\"verify.html\">verify.html</a> and drop the ZIP file on it. If you doubt \
         this bundle, use the verify.html of one you trust.</li>\n\
         <li>With sha256sum and openssl alone: <a href=\"VERIFY.txt\">VERIFY.txt</a> says how.</li>\n\
         </ol>\n\
         <p>Compare the signer's fingerprint above with one that you received another way.</p>\n\
         <h2>What the seal does not prove</h2>\n<ul>\n{limits}</ul>\n\
         <h2>What is inside</h2>\n\
         <table><thead><tr><th scope=\"col\">File</th><th scope=\"col\">What it is</th><th scope=\"col\">Where it comes \
         from</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n",
        case = escape(&header.case),
        bundle = escape(bundle),
    );
    html::page(&format!("Evidence of case {}", header.case), "en", header.practice, &body)
}
