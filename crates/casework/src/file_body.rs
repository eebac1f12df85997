//! The bodies of files: in which field of which object they stand, and how a file is called.

use crate::row::Row;
use crate::schema::Object;

/// Objects with the field that holds the bytes, and the fields that name the file.
const BODIES: [(&str, &str, [&str; 2]); 3] = [
    ("ContentVersion", "VersionData", ["PathOnClient", "Title"]),
    ("Attachment", "Body", ["Name", "Name"]),
    ("Document", "Body", ["Name", "Name"]),
];

/// Whether a field of an object holds the bytes of a file.
pub fn is_body(object: &str, field: &str) -> bool {
    BODIES
        .iter()
        .any(|(known, body, _)| known.eq_ignore_ascii_case(object) && body.eq_ignore_ascii_case(field))
}

/// The field with the bytes of an object's files; `None` for an object that has none.
pub fn body_of(object: &str) -> Option<&'static str> {
    BODIES.iter().find(|(known, ..)| *known == object).map(|(_, body, _)| *body)
}

/// The fields of an object by which a file of it is called, as far as the object has them.
pub fn names_of(object: &Object) -> impl Iterator<Item = String> + '_ {
    let names = BODIES.iter().filter(|(known, ..)| *known == object.name).flat_map(|(.., names)| names);
    names.filter_map(|name| object.field(name)).map(|field| field.name.clone())
}

/// How large a file is, as far as its record says.
pub fn size_of(row: &Row) -> Option<u64> {
    ["ContentSize", "BodyLength"].iter().find_map(|field| row.values.get(*field)?.as_u64())
}

/// How a file is called; its ending tells kinds of plain text apart.
pub fn name_of(row: &Row) -> &str {
    let names = BODIES.iter().filter(|(known, ..)| *known == row.object).flat_map(|(.., names)| names);
    names.into_iter().find_map(|name| row.text(name)).unwrap_or("file")
}
