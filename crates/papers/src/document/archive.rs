//! What makes a file of pages a PDF/A-2a and PDF/UA-1 file: structure, metadata, colours, fonts, bookmarks.

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat, text_string};
use sha2::{Digest, Sha256};
use std::io::Write;

use super::embed::dictionary;
use super::flow::Stop;
use super::tree::{Extra, Kid, NodeId, Role, Scope, Tree};
use super::write::{Drawn, font_name};
use super::{Language, Level};
use crate::error::Error;

const COLOURS: &[u8] = include_bytes!("../../../../assets/colour/srgb.icc");
const METADATA: &str = include_str!("metadata.xml");
/// Stands for the file's id until the rest of the file is known.
const NO_ID: [u8; 16] = [0; 16];
/// From so many pages on a paper has bookmarks.
const BOOKMARKS_FROM: usize = 4;

/// What a file says about itself.
pub(super) struct About<'a> {
    pub title: &'a str,
    pub language: Language,
    pub made_at: DateTime<Utc>,
}

pub(super) fn finish(drawn: Drawn, tree: Tree, stops: &[Stop], about: &About<'_>) -> Result<Vec<u8>, Error> {
    let Drawn { mut file, fonts, owners } = drawn;
    let pages: Vec<ObjectId> = file.page_iter().collect();
    let mut named = Dictionary::new();
    for (n, font) in fonts.iter().enumerate() {
        let font = font.put(&mut file, n)?;
        let font = file.add_object(font);
        named.set(font_name(n), Object::Reference(font));
    }
    let named = file.add_object(named);
    for (n, page) in pages.iter().enumerate() {
        let dict = file.get_dictionary_mut(*page).map_err(broken)?;
        dict.remove(b"Annots");
        dict.set("StructParents", number(n));
        dict.set("Tabs", Object::Name("S".into()));
        let resources = dict.get(b"Resources").and_then(Object::as_reference).map_err(broken)?;
        let resources = file.get_dictionary_mut(resources).map_err(broken)?;
        for none in ["ExtGState", "Shading"] {
            resources.remove(none.as_bytes());
        }
        resources.set("Font", Object::Reference(named));
    }
    let structure = put_tree(&mut file, &tree, &pages, &owners);
    // What the file says by now is not held twice.
    drop((tree, owners));
    let bookmarks =
        (pages.len() >= BOOKMARKS_FROM).then(|| put_bookmarks(&mut file, stops, &pages, about.title));
    let metadata = file.add_object(metadata(about));
    let mut profile = Stream::new(dictionary([("N", Object::Integer(3))]), COLOURS.to_vec());
    squeeze(&mut profile)?;
    let profile = file.add_object(profile);
    let text = |it: &str| Object::String(it.into(), StringFormat::Literal);
    let intent = dictionary([
        ("Type", Object::Name("OutputIntent".into())),
        ("S", Object::Name("GTS_PDFA1".into())),
        ("OutputConditionIdentifier", text("sRGB")),
        ("Info", text("sRGB")),
        ("DestOutputProfile", Object::Reference(profile)),
    ]);
    let catalog = file.catalog_mut().map_err(broken)?;
    catalog.remove(b"PageLayout");
    catalog.set("Metadata", Object::Reference(metadata));
    catalog.set("MarkInfo", dictionary([("Marked", Object::Boolean(true))]));
    catalog.set("StructTreeRoot", Object::Reference(structure));
    catalog.set("Lang", text(about.language.tag()));
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", Object::Boolean(true))]));
    catalog.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
    if let Some(bookmarks) = bookmarks {
        catalog.set("Outlines", Object::Reference(bookmarks));
        catalog.set("PageMode", Object::Name("UseOutlines".into()));
    }
    if let Ok(info) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        let day = text(&about.made_at.format("D:%Y%m%d%H%M%S+00'00'").to_string());
        let about = dictionary([
            ("Title", text_string(about.title)),
            ("Creator", text("Habeas")),
            ("Producer", text("Habeas")),
            ("CreationDate", day.clone()),
            ("ModDate", day),
        ]);
        file.set_object(info, about);
    }
    save(file)
}

fn save(mut file: lopdf::Document) -> Result<Vec<u8>, Error> {
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object {
            squeeze(stream)?;
        }
    }
    file.version = "1.7".to_owned();
    let id = Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    let mut bytes = Vec::new();
    let modern = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    file.save_with_options(&mut bytes, modern)
        .map_err(|_| Error::Asset { what: "the making of PDF".to_owned() })?;
    // The id follows from all that the file says, so that the same paper has the same bytes.
    let digest = Sha256::digest(&bytes);
    let id: String = digest.iter().take(NO_ID.len()).map(|byte| format!("{byte:02X}")).collect();
    let none = "00".repeat(NO_ID.len());
    let mut from = 0;
    while let Some(at) = find(bytes.get(from..).unwrap_or_default(), none.as_bytes()) {
        if let Some(place) = bytes.get_mut(from + at..from + at + none.len()) {
            place.copy_from_slice(id.as_bytes());
        }
        from += at + none.len();
    }
    Ok(bytes)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

/// Compresses a stream, unless it says that it wants to be read as it is.
pub(super) fn squeeze(stream: &mut Stream) -> Result<(), Error> {
    if !stream.allows_compression || stream.dict.has(b"Filter") {
        return Ok(());
    }
    let failed = |_| Error::Asset { what: "the making of PDF".to_owned() };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(&stream.content).map_err(failed)?;
    let small = encoder.finish().map_err(failed)?;
    stream.dict.set("Filter", Object::Name("FlateDecode".into()));
    stream.set_content(small);
    Ok(())
}

impl Language {
    /// As a language tag.
    fn tag(self) -> &'static str {
        match self {
            Language::English => "en-US",
            Language::Spanish => "es-US",
        }
    }
}

fn put_tree(file: &mut lopdf::Document, tree: &Tree, pages: &[ObjectId], owners: &[Vec<NodeId>]) -> ObjectId {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = tree.nodes.iter().map(|_| file.new_object_id()).collect();
    let id_of = |node: NodeId| ids.get(node).copied().unwrap_or(root);
    let attribute = |file: &mut lopdf::Document, owner: &str, key: &str, value: &str| {
        let it = dictionary([("O", Object::Name(owner.into())), (key, Object::Name(value.into()))]);
        Object::Reference(file.add_object(it))
    };
    let heads_column = attribute(file, "Table", "Scope", "Column");
    let heads_row = attribute(file, "Table", "Scope", "Row");
    for (n, node) in tree.nodes.iter().enumerate() {
        let parent = if n == Tree::ROOT { root } else { id_of(node.parent) };
        let first = node.kids.iter().find_map(|kid| match kid {
            Kid::Marks { page, .. } => Some(*page),
            Kid::Node(_) => None,
        });
        let mut kids: Vec<Object> = node
            .kids
            .iter()
            .map(|kid| match kid {
                Kid::Node(kid) => Object::Reference(id_of(*kid)),
                Kid::Marks { page, number: it } if Some(*page) == first => number(*it),
                Kid::Marks { page, number: it } => Object::Dictionary(dictionary([
                    ("Type", Object::Name("MCR".into())),
                    ("Pg", pages.get(*page).map_or(Object::Null, |id| Object::Reference(*id))),
                    ("MCID", number(*it)),
                ])),
            })
            .collect();
        let mut dict =
            dictionary([("S", Object::Name(node.role.name().into())), ("P", Object::Reference(parent))]);
        match kids.len() {
            0 => {}
            1 => dict.set("K", kids.remove(0)),
            _ => dict.set("K", Object::Array(kids)),
        }
        if let Some(page) = first.and_then(|page| pages.get(page)) {
            dict.set("Pg", Object::Reference(*page));
        }
        match node.role {
            Role::TH(Scope::Column) => dict.set("A", heads_column.clone()),
            Role::TH(Scope::Row) => dict.set("A", heads_row.clone()),
            _ => {}
        }
        match &node.extra {
            Some(Extra::Alternative { words, place }) => {
                dict.set("Alt", text_string(words));
                dict.set(
                    "A",
                    dictionary([
                        ("O", Object::Name("Layout".into())),
                        ("Placement", Object::Name("Block".into())),
                        ("BBox", Object::Array(place.map(Object::Real).to_vec())),
                    ]),
                );
            }
            Some(Extra::Numbering(how)) => dict.set("A", attribute(file, "List", "ListNumbering", how)),
            None => {}
        }
        file.set_object(id_of(n), dict);
    }
    let mut numbers = Vec::new();
    for (n, owners) in owners.iter().enumerate() {
        let owners = owners.iter().map(|node| Object::Reference(id_of(*node))).collect();
        numbers.extend([number(n), Object::Reference(file.add_object(Object::Array(owners)))]);
    }
    let parents = file.add_object(dictionary([("Nums", Object::Array(numbers))]));
    let dict = dictionary([
        ("Type", Object::Name("StructTreeRoot".into())),
        ("K", Object::Reference(id_of(Tree::ROOT))),
        ("ParentTree", Object::Reference(parents)),
        ("ParentTreeNextKey", number(owners.len())),
    ]);
    file.set_object(root, dict);
    root
}

/// Bookmarks for all headings, nested by level; for the title when there is none.
fn put_bookmarks(file: &mut lopdf::Document, stops: &[Stop], pages: &[ObjectId], title: &str) -> ObjectId {
    let only = [Stop { level: Level::One, words: title.to_owned(), page: 0, top: 0.0 }];
    let stops = if stops.is_empty() { &only } else { stops };
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = stops.iter().map(|_| file.new_object_id()).collect();
    // The nearest earlier bookmark of a higher level.
    let parents: Vec<Option<usize>> = stops
        .iter()
        .enumerate()
        .map(|(n, stop)| stops.iter().take(n).rposition(|it| it.level < stop.level))
        .collect();
    let below = |parent: Option<usize>| -> Vec<ObjectId> {
        parents.iter().zip(&ids).filter(|(it, _)| **it == parent).map(|(_, id)| *id).collect()
    };
    let hang = |dict: &mut Dictionary, kids: &[ObjectId]| {
        if let (Some(first), Some(last)) = (kids.first(), kids.last()) {
            dict.set("First", Object::Reference(*first));
            dict.set("Last", Object::Reference(*last));
            dict.set("Count", number(kids.len()));
        }
    };
    for (n, (stop, id)) in stops.iter().zip(&ids).enumerate() {
        let parent = parents.get(n).copied().flatten();
        let page = pages.get(stop.page).map_or(Object::Null, |id| Object::Reference(*id));
        let mut dict = dictionary([
            ("Title", text_string(&stop.words)),
            ("Parent", Object::Reference(parent.and_then(|it| ids.get(it)).copied().unwrap_or(root))),
            (
                "Dest",
                Object::Array(vec![
                    page,
                    Object::Name("XYZ".into()),
                    Object::Null,
                    Object::Real(stop.top.round()),
                    Object::Null,
                ]),
            ),
        ]);
        let beside = below(parent);
        if let Some(place) = beside.iter().position(|it| it == id) {
            if let Some(before) = place.checked_sub(1).and_then(|it| beside.get(it)) {
                dict.set("Prev", Object::Reference(*before));
            }
            if let Some(after) = beside.get(place + 1) {
                dict.set("Next", Object::Reference(*after));
            }
        }
        hang(&mut dict, &below(Some(n)));
        file.set_object(*id, dict);
    }
    let mut dict = dictionary([("Type", Object::Name("Outlines".into()))]);
    hang(&mut dict, &below(None));
    if !ids.is_empty() {
        dict.set("Count", number(ids.len()));
    }
    file.set_object(root, dict);
    root
}

fn metadata(about: &About<'_>) -> Stream {
    let day = about.made_at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string();
    let packet = METADATA
        .replace("{language}", about.language.tag())
        .replace("{day}", &day)
        .replace("{title}", &crate::html::escape(about.title));
    let dict =
        dictionary([("Type", Object::Name("Metadata".into())), ("Subtype", Object::Name("XML".into()))]);
    Stream::new(dict, packet.into_bytes()).with_compression(false)
}

fn number(n: usize) -> Object {
    Object::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

fn broken(_: lopdf::Error) -> Error {
    Error::Asset { what: "the making of PDF".to_owned() }
}
