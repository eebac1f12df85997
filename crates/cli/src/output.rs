//! Views as text for a person: values as lines, lists of alike things as tables.

use std::fmt::Write;

use serde_json::{Map, Value};

/// A view as readable text.
pub fn readable(view: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, view, 0);
    text
}

fn write_value(to: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(map) => write_map(to, map, depth),
        Value::Array(rows) => write_list(to, rows, depth),
        plain => {
            let _ = writeln!(to, "{}{}", indent(depth), cell(plain));
        }
    }
}

fn write_map(to: &mut String, map: &Map<String, Value>, depth: usize) {
    let width = map
        .iter()
        .filter(|(_, value)| is_plain(value))
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, value) in map {
        let label = name.replace('_', " ");
        if is_plain(value) {
            {
                let _ = writeln!(to, "{}{label:width$}  {}", indent(depth), cell(value));
            }
        } else if value.as_array().is_some_and(Vec::is_empty) {
            {
                let _ = writeln!(to, "{}{label}: none", indent(depth));
            }
        } else {
            {
                let _ = writeln!(to, "{}{label}", indent(depth));
            }
            write_value(to, value, depth + 1);
        }
    }
}

/// A list of objects with the same keys becomes a table; anything else a list.
fn write_list(to: &mut String, rows: &[Value], depth: usize) {
    let Some(columns) = columns(rows) else {
        for row in rows {
            if is_plain(row) {
                {
                    let _ = writeln!(to, "{}- {}", indent(depth), cell(row));
                }
            } else {
                write_value(to, row, depth);
                to.push('\n');
            }
        }
        return;
    };
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| columns.iter().map(|column| row.get(column).map(cell).unwrap_or_default()).collect())
        .collect();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let longest = cells.iter().filter_map(|row| row.get(place)).map(|it| it.chars().count()).max();
            longest.unwrap_or(0).max(column.chars().count()).min(72)
        })
        .collect();
    let mut line = |cells: &[String]| {
        let mut text = indent(depth);
        for (cell, width) in cells.iter().zip(&widths) {
            let _ = write!(text, "{cell:width$}  ");
        }
        to.push_str(text.trim_end());
        to.push('\n');
    };
    line(&columns.iter().map(|name| name.replace('_', " ")).collect::<Vec<_>>());
    for row in &cells {
        line(row);
    }
}

fn columns(rows: &[Value]) -> Option<Vec<String>> {
    let first = rows.first()?.as_object()?;
    rows.iter()
        .all(|row| row.as_object().is_some_and(|it| it.len() == first.len()))
        .then(|| first.keys().cloned().collect())
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(rows) => !rows.is_empty() && rows.iter().all(|row| !row.is_object() && !row.is_array()),
        _ => true,
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect(),
        Value::Number(number) => number.to_string(),
        Value::Array(rows) => {
            rows.iter().map(|row| row.get("text").unwrap_or(row)).map(cell).collect::<Vec<_>>().join("; ")
        }
        Value::Object(map) => map.values().map(cell).collect::<Vec<_>>().join(" "),
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}
