//! The coverage statement: for every object and field by which way it was searched, and what could not be.

use crate::catalogue::{Catalogue, People};
use crate::found::{CoverageLine, CoverageOutcome, Method};
use crate::locate::map::{FieldPlan, Kind, ObjectPlan};
use crate::locate::tally::{Tally, Way};
use crate::locate::{Locate, Ready};
use crate::schema::Schema;

const INDEX: &str = "The search index was asked. It may lag behind new changes and does not hold rows in the bin, merge losers or archived rows.";

pub fn state(locate: &Locate, ready: &Ready, schema: &Schema, catalogue: &Catalogue) -> Vec<CoverageLine> {
    let mut lines = Vec::new();
    for (object, because) in &ready.map.empty_of_people {
        lines.push(line(object, None, Method::None, 0, CoverageOutcome::HoldsNoPerson, because.clone()));
    }
    let empty = Tally::default();
    for plan in ready.map.objects.values() {
        let tally = locate.tallies.get(&plan.name).unwrap_or(&empty);
        lines.push(whole(locate, plan, tally));
        for field in &plan.fields {
            lines.push(of_field(locate, plan, field, tally));
        }
        for lookup in &plan.lookups {
            let refused =
                locate.dropped.get(&plan.name).is_some_and(|dropped| dropped.contains(&lookup.field));
            let name = Some(lookup.field.as_str());
            lines.push(if refused {
                line(
                    &plan.name,
                    name,
                    Method::None,
                    0,
                    CoverageOutcome::NotReadable,
                    "Salesforce refused the field (INVALID_FIELD).".into(),
                )
            } else {
                let rows = tally.exact.unwrap_or_default() + tally.under.unwrap_or_default();
                let because = "Followed from every person record found, and from what hangs on one.";
                line(&plan.name, name, Method::Exact, rows, CoverageOutcome::Searched, because.into())
            });
        }
    }
    lines.extend(unseen(schema, catalogue));
    lines.sort();
    lines.dedup_by(|a, b| a.object == b.object && a.field == b.field);
    lines
}

fn line(
    object: &str,
    field: Option<&str>,
    method: Method,
    rows: u64,
    outcome: CoverageOutcome,
    because: String,
) -> CoverageLine {
    CoverageLine {
        object: object.to_owned(),
        field: field.map(str::to_owned),
        method,
        rows,
        outcome,
        because,
    }
}

fn whole(locate: &Locate, plan: &ObjectPlan, tally: &Tally) -> CoverageLine {
    let object = plan.name.as_str();
    let rows = tally.exact.unwrap_or_default() + tally.under.unwrap_or_default();
    let deep = "Rows in the bin, merge losers and archived rows included.";
    if let Some(code) = tally
        .refused
        .first()
        .map(|(_, code)| code)
        .filter(|_| rows == 0 && tally.index.is_none() && tally.scan.is_none())
    {
        let because = format!("Salesforce refused to read it ({code}).");
        return line(object, None, Method::None, 0, CoverageOutcome::NotReadable, because);
    }
    if let Some(code) = tally.refused(Way::Exact) {
        let (method, rows) = best(tally);
        let because = format!(
            "The filter on its fields was refused ({code}); only what the index or a lookup shows was read."
        );
        return line(object, None, method, rows, CoverageOutcome::Partly, because);
    }
    if !locate.pending.is_empty() && tally == &Tally::default() {
        return line(
            object,
            None,
            Method::None,
            0,
            CoverageOutcome::Partly,
            "The locate was stopped before it was asked.".into(),
        );
    }
    if tally.index_full {
        let because =
            "More than 2,000 rows hold a phrase that is looked for; the index shows no more.".to_owned();
        return line(
            object,
            None,
            Method::Index,
            tally.index.unwrap_or_default(),
            CoverageOutcome::OverLimit,
            because,
        );
    }
    match plan.kind {
        Kind::Big if tally.exact.is_none() => {
            let because = "A big object is only found by its index fields; no identifier of the subject fits the first one.";
            return line(object, None, Method::None, 0, CoverageOutcome::NotSearchable, because.into());
        }
        Kind::Big => {
            let because = "A big object is only found by its first index field, with equal values; other fields were not searched.";
            return line(object, None, Method::Exact, rows, CoverageOutcome::Partly, because.into());
        }
        Kind::External if tally.exact.is_some() => {
            let because = "An external object can only be asked for equal values; its own system was not read otherwise.";
            return line(object, None, Method::Exact, rows, CoverageOutcome::Partly, because.into());
        }
        _ => {}
    }
    if tally.exact.is_some() {
        return line(
            object,
            None,
            Method::Exact,
            rows,
            CoverageOutcome::Searched,
            format!("Its fields were filtered and its lookups followed. {deep}"),
        );
    }
    if let Some(rows) = tally.scan {
        return scanned(object, None, rows, tally.scan_open);
    }
    if let Some(code) = tally.refused(Way::Under) {
        let (method, rows) = best(tally);
        return line(
            object,
            None,
            method,
            rows,
            CoverageOutcome::Partly,
            format!("Following its lookups was refused ({code})."),
        );
    }
    if let Some(found) = tally.index {
        let because =
            format!("{INDEX} Under the records found it was read by its lookups, bin and archive included.");
        return line(object, None, Method::Index, found + rows, CoverageOutcome::Searched, because);
    }
    if !plan.lookups.is_empty() {
        let because =
            format!("Read by its lookups under every person record found and what hangs on it. {deep}");
        return line(object, None, Method::Exact, rows, CoverageOutcome::Searched, because);
    }
    line(
        object,
        None,
        Method::None,
        0,
        CoverageOutcome::NotSearchable,
        "It has no lookup to follow, and neither filter nor index works on it.".into(),
    )
}

fn best(tally: &Tally) -> (Method, u64) {
    match (tally.index, tally.under) {
        (Some(rows), _) => (Method::Index, rows),
        (None, Some(rows)) => (Method::Exact, rows),
        (None, None) => (Method::None, 0),
    }
}

fn scanned(object: &str, field: Option<&str>, rows: u64, open: bool) -> CoverageLine {
    let (outcome, because) = if open {
        (CoverageOutcome::OverLimit, "Read row by row up to the limit that is set; there are more rows.")
    } else {
        (CoverageOutcome::Searched, "Every row was read and compared here.")
    };
    line(object, field, Method::Scan, rows, outcome, because.into())
}

fn of_field(locate: &Locate, plan: &ObjectPlan, field: &FieldPlan, tally: &Tally) -> CoverageLine {
    let object = plan.name.as_str();
    let name = Some(field.name.as_str());
    if locate.dropped.get(object).is_some_and(|dropped| dropped.contains(&field.name)) {
        return line(
            object,
            name,
            Method::None,
            0,
            CoverageOutcome::NotReadable,
            "Salesforce refused the field (INVALID_FIELD).".into(),
        );
    }
    if field.masked {
        let because = "Classic encryption: it can be neither filtered nor searched, and a mask may stand for its value.";
        return line(object, name, Method::None, 0, CoverageOutcome::Encrypted, because.into());
    }
    if tally.exact.is_some() && tally.filtered.contains(&field.name) {
        let because = if field.shielded {
            "Encrypted so that equal values can be filtered; other spellings were not found by filter."
        } else {
            "Filtered, and each row compared here. Rows in the bin, merge losers and archived rows included."
        };
        return line(
            object,
            name,
            Method::Exact,
            tally.exact.unwrap_or_default(),
            CoverageOutcome::Searched,
            because.into(),
        );
    }
    if field.shielded && !field.filterable {
        let (method, rows) = tally.index.map_or((Method::None, 0), |rows| (Method::Index, rows));
        return line(
            object,
            name,
            method,
            rows,
            CoverageOutcome::Encrypted,
            "Encrypted so that it cannot be filtered; only the search index was asked.".into(),
        );
    }
    if let Some(rows) = tally.index {
        let (outcome, because) = if tally.index_full {
            (
                CoverageOutcome::OverLimit,
                "More than 2,000 rows hold a phrase that is looked for; the index shows no more.".to_owned(),
            )
        } else if field.textual {
            (CoverageOutcome::Searched, INDEX.to_owned())
        } else {
            (CoverageOutcome::Partly, "Nothing known of the subject can be filtered here; compared on the rows read for other reasons.".to_owned())
        };
        return line(object, name, Method::Index, rows, outcome, because);
    }
    if let Some(rows) = tally.scan {
        return scanned(object, name, rows, tally.scan_open);
    }
    if let Some(rows) = tally.exact {
        let because =
            "Nothing known of the subject can be filtered here; compared on the rows read for other reasons.";
        let outcome =
            if field.filterable { CoverageOutcome::Searched } else { CoverageOutcome::NotSearchable };
        return line(object, name, Method::Exact, rows, outcome, because.into());
    }
    if let Some(rows) = tally.under {
        let because =
            "Neither filter nor index works on it; compared on the rows that hang on the records found.";
        return line(object, name, Method::Exact, rows, CoverageOutcome::Partly, because.into());
    }
    if let Some((_, code)) = tally.refused.first() {
        return line(
            object,
            name,
            Method::None,
            0,
            CoverageOutcome::NotReadable,
            format!("Salesforce refused to read it ({code})."),
        );
    }
    let because = "Neither filter nor index works on it, and nothing found leads to a row of it.";
    line(object, name, Method::None, 0, CoverageOutcome::NotSearchable, because.into())
}

/// Standard objects and fields that the catalogue knows and this user is not shown.
fn unseen(schema: &Schema, catalogue: &Catalogue) -> Vec<CoverageLine> {
    let mut lines = Vec::new();
    for known in catalogue.objects() {
        let Some(object) = schema.object(&known.name) else {
            if known.people != People::None {
                let because = "Describe does not show it: this user may not see it, or the feature is off.";
                lines.push(line(
                    &known.name,
                    None,
                    Method::None,
                    0,
                    CoverageOutcome::NotReadable,
                    because.into(),
                ));
            }
            continue;
        };
        if !object.queryable {
            if known.people != People::None {
                let because = "Describe says that it cannot be queried.";
                lines.push(line(
                    &known.name,
                    None,
                    Method::None,
                    0,
                    CoverageOutcome::Outside,
                    because.into(),
                ));
            }
            continue;
        }
        if known.people == People::None {
            continue;
        }
        for field in known.fields.iter().filter(|field| object.field(&field.name).is_none()) {
            let because = if field.traits.split(' ').any(|word| word == "always") {
                "Describe does not show it although every org has it: this user may not read it."
            } else {
                "Describe does not show it: the feature is off, or this user may not read it."
            };
            lines.push(line(
                &known.name,
                Some(&field.name),
                Method::None,
                0,
                CoverageOutcome::NotReadable,
                because.into(),
            ));
        }
    }
    lines
}
