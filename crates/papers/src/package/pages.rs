//! The package for people: a start page, and one page per object with every record.

use super::{ObjectTable, Package, PackageFile, PackageRow, data};
use crate::html::{self, escape};

/// What a reader needs to know first; in the start page and in the PDF.
pub(super) const HOW_TO_READ: [&str; 6] = [
    "Each record is one entry in our customer system, Salesforce. Its number is the one the system uses.",
    "Each field has the name that our staff see, and then its value. Fields without a value are left out here; the tables and the data files have every field.",
    "Words in square brackets that begin with \"withheld\" stand where we hold something that the law does not allow us to send, such as a Social Security number.",
    "\"Inference\" marks a conclusion that we or our systems drew about you, such as a score.",
    "\"Source\" and \"Collected\" say where a record came from and when it was entered, where the system recorded that.",
    "A record in the recycle bin is no longer used and will be removed.",
];
pub(super) const WITHHELD: &str = "The following is kept about you but is never sent out, because in the wrong hands it would harm you. It is described here instead.";

/// Where a record is kept, where it came from and when, and whether it is still in use.
pub(super) fn origin(object: &str, row: &PackageRow) -> Vec<(&'static str, String)> {
    let known = |text: &str| if text.is_empty() { "not recorded".to_owned() } else { text.to_owned() };
    let mut lines = vec![
        ("Kept in", format!("Salesforce, {object}")),
        ("Source", known(&row.source)),
        ("Collected", known(&row.collected_at)),
    ];
    match row.presence.as_str() {
        "live" => {}
        "bin" => lines.push(("State", "in the recycle bin".to_owned())),
        other => lines.push(("State", other.to_owned())),
    }
    lines
}

pub(super) fn start(
    package: &Package,
    objects: &[(&ObjectTable, String)],
    files: &[(&PackageFile, String)],
) -> String {
    let total: usize = objects.iter().map(|(table, _)| table.rows.len()).sum();
    let mut body = format!(
        "<h1>Your personal data</h1>\n\
         <p class=\"lead\">This folder holds the personal data that {business} keeps about you in Salesforce: \
         {total} records and {files} files, as they were on {day}.</p>\n\
         <dl>\n<dt>Your request</dt><dd>{case}</dd>\n<dt>From</dt><dd>{business}</dd>\n\
         <dt>Period covered</dt><dd>{period}</dd>\n<dt>Read and prepared</dt><dd>{at}</dd>\n</dl>\n\
         <p>Everything here opens from the disk, without a connection. The same records stand in four forms: \
         <a href=\"your-data.pdf\">your-data.pdf</a> to read or print, pages to read on the screen, tables for a \
         spreadsheet (CSV), and files for another service (JSON). <a href=\"data/fields.csv\">data/fields.csv</a> says \
         what each column is called.</p>\n<h2>How to read it</h2>\n<ul>\n{how}</ul>\n",
        business = escape(&package.business),
        files = files.len(),
        day = package.prepared_at.format("%Y-%m-%d"),
        at = package.prepared_at.format("%Y-%m-%d %H:%M UTC"),
        case = escape(&package.case),
        period = escape(&package.period),
        how = HOW_TO_READ.iter().map(|it| format!("<li>{}</li>\n", escape(it))).collect::<String>(),
    );
    body.push_str("<h2>Records</h2>\n");
    if objects.is_empty() {
        body.push_str("<p>No records.</p>\n");
    } else {
        body.push_str(
            "<table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Records</th><th scope=\"col\">Name in \
             Salesforce</th><th scope=\"col\">As a table, as data</th></tr></thead>\n<tbody>\n",
        );
        for (table, stem) in objects {
            body.push_str(&format!(
                "<tr><td><a href=\"data/{stem}.html\">{}</a></td><td>{}</td><td>{}</td><td><a \
                 href=\"data/{stem}.csv\">CSV</a>, <a href=\"data/{stem}.json\">JSON</a></td></tr>\n",
                escape(&table.label_plural),
                table.rows.len(),
                escape(&table.object),
            ));
        }
        body.push_str("</tbody></table>\n");
    }
    if !files.is_empty() {
        body.push_str(
            "<h2>Files</h2>\n<table><thead><tr><th scope=\"col\">File</th><th scope=\"col\">Its name in \
             Salesforce</th><th scope=\"col\">Record</th></tr></thead>\n<tbody>\n",
        );
        for (file, name) in files {
            body.push_str(&format!(
                "<tr><td><a href=\"files/{name}\">{name}</a></td><td>{}</td><td>{} {}</td></tr>\n",
                escape(&file.name),
                escape(&file.object),
                escape(&file.id),
            ));
        }
        body.push_str("</tbody></table>\n");
    }
    body.push_str(&withheld(package));
    body.push_str(&left_out(package));
    body.push_str(
        "<h2>Nothing was changed</h2>\n<p><a href=\"SHA256SUMS\">SHA256SUMS</a> lists a check value for every file. \
         Anybody can compute them again: <code>sha256sum -c SHA256SUMS</code>. The letter that came with this copy names \
         one more, so that the list itself can be checked.</p>\n",
    );
    html::page("Your personal data", package.practice, &body)
}

/// What is held but must not be sent, described without showing it.
fn withheld(package: &Package) -> String {
    if package.withheld.is_empty() {
        return String::new();
    }
    let mut body = String::from("<h2>Withheld</h2>\n<p>");
    body.push_str(WITHHELD);
    body.push_str(
        "</p>\n<table><thead><tr><th scope=\"col\">What</th><th \
         scope=\"col\">Where</th><th scope=\"col\">Records</th><th scope=\"col\">Why it is withheld</th></tr></thead>\n\
         <tbody>\n",
    );
    for one in &package.withheld {
        body.push_str(&format!(
            "<tr><td>{}</td><td>{} ({}.{})</td><td>{}</td><td>{}</td></tr>\n",
            escape(&one.what),
            escape(&one.label),
            escape(&one.object),
            escape(&one.field),
            one.records,
            escape(&one.because),
        ));
    }
    body.push_str("</tbody></table>\n");
    body
}

/// What is theirs and yet not here.
fn left_out(package: &Package) -> String {
    if package.left_out.is_empty() {
        return String::new();
    }
    let mut body = String::from(
        "<h2>Not in this copy</h2>\n<table><thead><tr><th scope=\"col\">Record</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>\n",
    );
    for (what, why) in &package.left_out {
        body.push_str(&format!("<tr><td>{}</td><td>{}</td></tr>\n", escape(what), escape(why)));
    }
    body.push_str("</tbody></table>\n");
    body
}

/// Every record of one object, as label and value; empty fields are left out.
pub(super) fn object(package: &Package, table: &ObjectTable) -> String {
    let mut body = format!(
        "<p><a href=\"../00-START-HERE.html\">Your personal data</a></p>\n<h1>{}</h1>\n<p class=\"quiet\">{} records \
         of {} in Salesforce, read on {}. Fields without a value are left out here; the CSV and the JSON have every \
         field.</p>\n",
        escape(&table.label_plural),
        table.rows.len(),
        escape(&table.object),
        package.prepared_at.format("%Y-%m-%d %H:%M UTC"),
    );
    for row in &table.rows {
        body.push_str(&format!("<h2>{} {}</h2>\n", escape(&table.label), escape(&row.id)));
        body.push_str("<dl>\n");
        for (label, value) in origin(&table.object, row) {
            body.push_str(&format!(
                "<dt class=\"quiet\">{label}</dt><dd class=\"quiet\">{}</dd>\n",
                escape(&value)
            ));
        }
        for field in &table.fields {
            let value = data::text(row.values.get(&field.name));
            if !value.is_empty() {
                body.push_str(&format!(
                    "<dt>{}{}<br><code>{}</code></dt><dd>{}</dd>\n",
                    escape(&field.label),
                    if field.inference { " (inference)" } else { "" },
                    escape(&field.name),
                    escape(&value),
                ));
            }
        }
        body.push_str("</dl>\n");
    }
    html::page(&table.label_plural, package.practice, &body)
}
