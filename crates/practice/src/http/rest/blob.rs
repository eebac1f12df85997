//! Bytes: bodies of files, and multipart uploads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome, record};
use crate::world::FieldKind;

/// `/sobjects/X/{id}/{blob field}`; `None` when the field holds no bytes.
pub(super) fn body(asked: &Asked<'_>, object: &str, id: &str, field: &str) -> Option<Outcome> {
    let world = asked.org.world();
    let user = &asked.session.user;
    let def = world.visible_object(user, object)?;
    let ix = def.field_ix(field)?;
    let is_blob = def.at(ix).is_some_and(|it| it.kind == FieldKind::Base64);
    if !is_blob || !world.readable(user, def, ix) {
        return None;
    }
    Some(record::find(asked, &world, object, id).map(|(table, row)| {
        let whole = table.id(row).unwrap_or("");
        let bytes = world.body(whole).map(|it| it.to_vec()).unwrap_or_default();
        let kind = match def.name.as_str() {
            "Attachment" | "Document" => {
                table.named(row, "ContentType").unwrap_or("application/octetstream").to_owned()
            }
            _ => "application/octetstream".to_owned(),
        };
        Answer::bytes(&kind, bytes)
    }))
}

/// One part of a multipart body.
pub(crate) struct Part {
    pub name: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// Splits a multipart body by the boundary of its content type.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let (_, boundary) = content_type.split_once("boundary=")?;
    let boundary = boundary.split(';').next().unwrap_or(boundary).trim().trim_matches('"');
    let mark = format!("--{boundary}").into_bytes();
    let mut parts = Vec::new();
    let mut rest = after(body, &mark)?;
    while !rest.starts_with(b"--") {
        let end = position(rest, &mark)?;
        let part = rest.get(..end)?;
        rest = rest.get(end + mark.len()..)?;
        let part = part.strip_prefix(b"\r\n").or_else(|| part.strip_prefix(b"\n")).unwrap_or(part);
        let (head, bytes) = match (position(part, b"\r\n\r\n"), position(part, b"\n\n")) {
            (Some(at), _) => (part.get(..at)?, part.get(at + 4..)?),
            (None, Some(at)) => (part.get(..at)?, part.get(at + 2..)?),
            (None, None) => return None,
        };
        let bytes = bytes.strip_suffix(b"\r\n").or_else(|| bytes.strip_suffix(b"\n")).unwrap_or(bytes);
        let head = String::from_utf8_lossy(head);
        let line = |name: &str| {
            let found = head.lines().find(|it| it.to_ascii_lowercase().starts_with(name));
            found.and_then(|it| it.split_once(':')).map(|(_, value)| value.trim().to_owned())
        };
        let disposition = line("content-disposition").unwrap_or_default();
        let name = disposition
            .split(';')
            .find_map(|it| it.trim().strip_prefix("name="))
            .map(|it| it.trim_matches('"').to_owned())
            .unwrap_or_default();
        parts.push(Part { name, kind: line("content-type").unwrap_or_default(), bytes: bytes.to_vec() });
    }
    Some(parts)
}

fn position(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|it| it == needle)
}

fn after<'a>(bytes: &'a [u8], needle: &[u8]) -> Option<&'a [u8]> {
    position(bytes, needle).and_then(|at| bytes.get(at + needle.len()..))
}

/// The record of a multipart upload, with the bytes in base64 under their field.
pub(super) fn multipart(asked: &Asked<'_>, object: &str) -> Result<Value, Refusal> {
    let bad = || Refusal::new(400, "INVALID_MULTIPART_REQUEST", "The multipart body cannot be read");
    let kind = asked.call.header("content-type").unwrap_or("");
    let mut record = json!({});
    for part in parts(kind, &asked.call.body).ok_or_else(bad)? {
        if part.kind.to_ascii_lowercase().contains("json") {
            let given: Value = serde_json::from_slice(&part.bytes).map_err(|_| bad())?;
            if let (Some(map), Value::Object(given)) = (record.as_object_mut(), given) {
                map.extend(given);
            }
            continue;
        }
        let field = match object {
            "ContentVersion" => "VersionData",
            "Attachment" | "Document" => "Body",
            _ => part.name.as_str(),
        };
        if let Some(map) = record.as_object_mut() {
            map.insert(field.to_owned(), Value::String(STANDARD.encode(&part.bytes)));
        }
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multipart_body_is_split_into_its_parts() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"job\"\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"x\"\r\nContent-Type: text/csv\r\n\r\nA\nb\r\n--b--\r\n";
        let parts = parts("multipart/form-data; boundary=b", body).unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].name.as_str(), parts[0].bytes.as_slice()), ("job", b"{}".as_slice()));
        assert_eq!((parts[1].name.as_str(), parts[1].bytes.as_slice()), ("content", b"A\nb".as_slice()));
    }
}
