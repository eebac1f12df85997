//! The package for people: a start page, and one page per object with every record.

use super::{ObjectTable, Package, PackageFile, PackageRow, shown};
use crate::document::Language;
use crate::html::{self, escape};
use crate::letter::{phrase, phrase_of};

/// The package's own words in its language.
pub(super) struct Words(pub Language);

impl Words {
    /// The phrase of that name.
    pub(super) fn say(&self, name: &str) -> String {
        phrase(self.0, "package", name)
    }

    /// The phrase with its blanks filled, for a page: each value is HTML already.
    pub(super) fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        phrase_of(self.0, "package", name, values)
    }

    /// What a reader needs to know first; in the start page and in the PDF.
    pub(super) fn how(&self) -> [String; 6] {
        ["how_record", "how_field", "how_withheld", "how_inference", "how_source", "how_bin"]
            .map(|name| self.say(name))
    }

    fn columns(&self, names: &[&str]) -> String {
        let cells: String =
            names.iter().map(|it| format!("<th scope=\"col\">{}</th>", self.say(it))).collect();
        format!("<table><thead><tr>{cells}</tr></thead>\n<tbody>\n")
    }
}

/// Where a record is kept, where it came from and when, and whether it is still in use.
pub(super) fn origin(words: &Words, object: &str, row: &PackageRow) -> Vec<(String, String)> {
    let known = |text: &str| if text.is_empty() { words.say("not_recorded") } else { text.to_owned() };
    let mut lines = vec![
        (words.say("kept_in"), format!("Salesforce, {object}")),
        (words.say("source"), known(&row.source)),
        (words.say("collected"), known(&row.collected_at)),
    ];
    if row.presence != "live" {
        let said = words.say(&row.presence);
        lines.push((words.say("state"), if said.is_empty() { row.presence.clone() } else { said }));
    }
    lines
}

pub(super) fn start(
    package: &Package,
    objects: &[(&ObjectTable, String)],
    files: &[(&PackageFile, String)],
) -> String {
    let words = Words(package.language);
    let total: usize = objects.iter().map(|(table, _)| table.rows.len()).sum();
    let business = escape(&package.business);
    let lead = words.fill(
        "lead",
        &[
            ("business", &business),
            ("records", &total.to_string()),
            ("files", &files.len().to_string()),
            ("day", &package.prepared_at.format("%Y-%m-%d").to_string()),
        ],
    );
    let forms = words.fill(
        "forms",
        &[
            ("pdf", "<a href=\"your-data.pdf\">your-data.pdf</a>"),
            ("fields", "<a href=\"data/fields.csv\">data/fields.csv</a>"),
        ],
    );
    let facts: String = [
        ("request", escape(&package.case)),
        ("from", business),
        ("period", escape(&package.period)),
        ("prepared", package.prepared_at.format("%Y-%m-%d %H:%M UTC").to_string()),
    ]
    .map(|(label, value)| format!("<dt>{}</dt><dd>{value}</dd>\n", words.say(label)))
    .concat();
    let how = words.how().map(|it| format!("<li>{}</li>\n", escape(&it))).concat();
    let mut body = format!(
        "<h1>{}</h1>\n<p class=\"lead\">{lead}</p>\n<dl>\n{facts}</dl>\n<p>{forms}</p>\n<h2>{}</h2>\n<ul>\n{how}</ul>\n\
         <h2>{}</h2>\n",
        words.say("title"),
        words.say("how"),
        words.say("records"),
    );
    if objects.is_empty() {
        body.push_str(&format!("<p>{}</p>\n", words.say("no_records")));
    } else {
        body.push_str(&words.columns(&["what", "records", "name_there", "as_data"]));
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
        body.push_str(&format!("<h2>{}</h2>\n", words.say("files")));
        body.push_str(&words.columns(&["file", "file_there", "record"]));
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
    body.push_str(&withheld(&words, package));
    body.push_str(&left_out(&words, package));
    let sums = words.fill(
        "sums",
        &[
            ("sums", "<a href=\"SHA256SUMS\">SHA256SUMS</a>"),
            ("command", "<code>sha256sum -c SHA256SUMS</code>"),
        ],
    );
    body.push_str(&format!("<h2>{}</h2>\n<p>{sums}</p>\n", words.say("unchanged")));
    page(&words, &words.say("title"), package, &body)
}

fn page(words: &Words, title: &str, package: &Package, body: &str) -> String {
    html::page(title, words.0.code(), package.practice, body)
}

/// What is held but must not be sent, described without showing it.
fn withheld(words: &Words, package: &Package) -> String {
    if package.withheld.is_empty() {
        return String::new();
    }
    let mut body = format!("<h2>{}</h2>\n<p>{}</p>\n", words.say("withheld"), words.say("withheld_why"));
    body.push_str(&words.columns(&["what", "where", "records", "why"]));
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
fn left_out(words: &Words, package: &Package) -> String {
    if package.left_out.is_empty() {
        return String::new();
    }
    let mut body = format!("<h2>{}</h2>\n", words.say("left_out"));
    body.push_str(&words.columns(&["record", "left_out_why"]));
    for (what, why) in &package.left_out {
        body.push_str(&format!("<tr><td>{}</td><td>{}</td></tr>\n", escape(what), escape(why)));
    }
    body.push_str("</tbody></table>\n");
    body
}

/// Every record of one object, as label and value; empty fields are left out.
pub(super) fn object(package: &Package, table: &ObjectTable) -> String {
    let words = Words(package.language);
    let lead = words.fill(
        "object_lead",
        &[
            ("records", &table.rows.len().to_string()),
            ("object", &escape(&table.object)),
            ("at", &package.prepared_at.format("%Y-%m-%d %H:%M UTC").to_string()),
        ],
    );
    let mut body = format!(
        "<p><a href=\"../00-START-HERE.html\">{}</a></p>\n<h1>{}</h1>\n<p class=\"quiet\">{lead}</p>\n",
        words.say("title"),
        escape(&table.label_plural),
    );
    let inference = format!(" ({})", words.say("inference"));
    for row in &table.rows {
        body.push_str(&format!("<h2>{} {}</h2>\n", escape(&table.label), escape(&row.id)));
        body.push_str("<dl>\n");
        for (label, value) in origin(&words, &table.object, row) {
            body.push_str(&format!(
                "<dt class=\"quiet\">{label}</dt><dd class=\"quiet\">{}</dd>\n",
                escape(&value)
            ));
        }
        for (field, value) in shown::fields(table, row) {
            body.push_str(&format!(
                "<dt>{}{}<br><code>{}</code></dt><dd>{}</dd>\n",
                escape(&field.label),
                if field.inference { inference.as_str() } else { "" },
                escape(&field.name),
                escape(&value),
            ));
        }
        body.push_str("</dl>\n");
    }
    page(&words, &table.label_plural, package, &body)
}
