//! The package for people: a start page, and one page per object with every record.

use super::{ObjectTable, Package, PackageFile, data};
use crate::html::{self, escape};

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
         <dt>Read and prepared</dt><dd>{at}</dd>\n</dl>\n\
         <p>Everything here opens from the disk, without a connection. The same records stand in three forms: pages to \
         read, tables for a spreadsheet (CSV), and files for another service (JSON). \
         <a href=\"data/fields.csv\">data/fields.csv</a> says what each column is called.</p>\n",
        business = escape(&package.business),
        files = files.len(),
        day = package.prepared_at.format("%Y-%m-%d"),
        at = package.prepared_at.format("%Y-%m-%d %H:%M UTC"),
        case = escape(&package.case),
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
    html::page("Your personal data", package.practice, &body)
}

/// What is held but must not be sent, described without showing it.
fn withheld(package: &Package) -> String {
    if package.withheld.is_empty() {
        return String::new();
    }
    let mut body = String::from(
        "<h2>Withheld</h2>\n<p>The following is kept about you but is never sent out, because in the wrong hands it \
         would harm you. It is described here instead.</p>\n<table><thead><tr><th scope=\"col\">What</th><th \
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
        match row.presence.as_str() {
            "live" => {}
            "bin" => body.push_str("<p class=\"quiet\">In the recycle bin.</p>\n"),
            other => body.push_str(&format!("<p class=\"quiet\">State: {}.</p>\n", escape(other))),
        }
        body.push_str("<dl>\n");
        for field in &table.fields {
            let value = data::text(row.values.get(&field.name));
            if !value.is_empty() {
                body.push_str(&format!(
                    "<dt>{}<br><code>{}</code></dt><dd>{}</dd>\n",
                    escape(&field.label),
                    escape(&field.name),
                    escape(&value),
                ));
            }
        }
        body.push_str("</dl>\n");
    }
    html::page(&table.label_plural, package.practice, &body)
}
