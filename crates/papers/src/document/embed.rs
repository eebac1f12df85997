//! Fonts in the file: only the glyphs that are used, and what each of them says.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, Stream, StringFormat};
use parley::FontData;
use read_fonts::tables::name::NameId;
use read_fonts::types::{GlyphId, Tag};
use read_fonts::{FontRef, TableProvider};
use subsetter::GlyphRemapper;

use crate::error::Error;

/// Whether a font file can be put into a paper in part.
pub(super) fn can_embed(bytes: &[u8], index: u32) -> bool {
    let mut wanted = GlyphRemapper::new();
    wanted.remap(1);
    subsetter::subset(bytes, index, &wanted).is_ok()
}

/// A font in use: which glyphs, and the characters each of them stands for.
pub(super) struct Embedded {
    data: FontData,
    wanted: GlyphRemapper,
    /// By the glyph's number in the file.
    says: BTreeMap<u16, String>,
    /// Advance of each glyph in thousandths of the size, by the glyph's number in the file.
    widths: BTreeMap<u16, i64>,
}

impl Embedded {
    pub(super) fn new(data: FontData) -> Self {
        Self { data, wanted: GlyphRemapper::new(), says: BTreeMap::new(), widths: BTreeMap::new() }
    }

    /// The glyph's number in the file and its advance in thousandths of the size.
    pub(super) fn take(&mut self, glyph: u16) -> (u16, i64) {
        let number = self.wanted.remap(glyph);
        if let Some(width) = self.widths.get(&number) {
            return (number, *width);
        }
        let width = FontRef::from_index(self.data.data.as_ref(), self.data.index)
            .ok()
            .and_then(|font| {
                let units = i64::from(font.head().ok()?.units_per_em()).max(1);
                let advance = i64::from(font.hmtx().ok()?.advance(GlyphId::from(glyph))?);
                Some((advance * 1000 + units / 2) / units)
            })
            .unwrap_or_default();
        self.widths.insert(number, width);
        (number, width)
    }

    /// Whether the glyph is the one that a single character has by itself.
    pub(super) fn is_glyph_of(&self, glyph: u16, text: &str) -> bool {
        let mut characters = text.chars();
        let (Some(only), None) = (characters.next(), characters.next()) else { return false };
        FontRef::from_index(self.data.data.as_ref(), self.data.index)
            .and_then(|font| font.cmap())
            .is_ok_and(|cmap| cmap.map_codepoint(only) == Some(GlyphId::from(glyph)))
    }

    /// Notes that the glyph with that number in the file says the text; whether it says that everywhere.
    pub(super) fn says(&mut self, number: u16, text: &str) -> bool {
        match self.says.get(&number) {
            Some(known) => known == text,
            None => {
                self.says.insert(number, text.to_owned());
                true
            }
        }
    }

    /// Puts the font into the file; gives its dictionary. `n` counts the fonts of the file.
    pub(super) fn put(&self, file: &mut lopdf::Document, n: usize) -> Result<Dictionary, Error> {
        let damaged = || Error::Asset { what: "a font".to_owned() };
        let bytes = self.data.data.as_ref();
        let font = FontRef::from_index(bytes, self.data.index).map_err(|_| damaged())?;
        let subset = subsetter::subset(bytes, self.data.index, &self.wanted).map_err(|_| damaged())?;
        let (program, outlines) = match bare_cff(&subset) {
            Some(cff) => (cff, "CIDFontType0C"),
            None => (subset, ""),
        };
        let is_cff = !outlines.is_empty();
        let length = i64::try_from(program.len()).unwrap_or(i64::MAX);
        let mut stream = Stream::new(Dictionary::new(), program);
        if is_cff {
            stream.dict.set("Subtype", Object::Name(outlines.into()));
        } else {
            stream.dict.set("Length1", length);
        }
        let program = file.add_object(stream);
        let name = format!("{}+{}", tag(n), postscript_name(&font).unwrap_or_else(|| "Font".to_owned()));
        let mut descriptor = descriptor(&font, &name).ok_or_else(damaged)?;
        descriptor.set(if is_cff { "FontFile3" } else { "FontFile2" }, Object::Reference(program));
        let descriptor = file.add_object(descriptor);
        let widths: Vec<Object> = self.widths.values().map(|it| Object::Integer(*it)).collect();
        let first = self.widths.keys().next().copied().unwrap_or_default();
        let mut descendant = dictionary([
            ("Type", Object::Name("Font".into())),
            ("Subtype", Object::Name(if is_cff { "CIDFontType0" } else { "CIDFontType2" }.into())),
            ("BaseFont", Object::Name(name.clone().into_bytes())),
            ("CIDSystemInfo", Object::Dictionary(identity())),
            ("FontDescriptor", Object::Reference(descriptor)),
            ("DW", Object::Integer(0)),
            // Numbers are given in a row as glyphs come into use, so one run of widths says all.
            ("W", Object::Array(vec![Object::Integer(i64::from(first)), Object::Array(widths)])),
        ]);
        if !is_cff {
            descendant.set("CIDToGIDMap", Object::Name("Identity".into()));
        }
        let descendant = file.add_object(descendant);
        let unicode = file.add_object(Stream::new(Dictionary::new(), self.to_unicode().into_bytes()));
        Ok(dictionary([
            ("Type", Object::Name("Font".into())),
            ("Subtype", Object::Name("Type0".into())),
            ("BaseFont", Object::Name(name.into_bytes())),
            ("Encoding", Object::Name("Identity-H".into())),
            ("DescendantFonts", Object::Array(vec![Object::Reference(descendant)])),
            ("ToUnicode", Object::Reference(unicode)),
        ]))
    }

    fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let says: Vec<_> = self.says.iter().collect();
        for part in says.chunks(100) {
            out.push_str(&format!("{} beginbfchar\n", part.len()));
            for (number, text) in part {
                let words: String = text.encode_utf16().map(|it| format!("{it:04X}")).collect();
                out.push_str(&format!("<{number:04X}> <{words}>\n"));
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out
    }
}

pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    Dictionary::from_iter(entries)
}

fn identity() -> Dictionary {
    let text = |it: &str| Object::String(it.into(), StringFormat::Literal);
    dictionary([
        ("Registry", text("Adobe")),
        ("Ordering", text("Identity")),
        ("Supplement", Object::Integer(0)),
    ])
}

/// Six capital letters that mark a font as put in in part.
fn tag(n: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from((n / place) % 26).unwrap_or_default());
    format!("HABE{}{}", letter(26), letter(1))
}

fn postscript_name(font: &FontRef<'_>) -> Option<String> {
    let table = font.name().ok()?;
    let record =
        table.name_record().iter().find(|it| it.name_id() == NameId::POSTSCRIPT_NAME && it.is_unicode())?;
    let name = record.string(table.string_data()).ok()?.to_string();
    let plain: String = name.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
    (!plain.is_empty()).then_some(plain)
}

fn descriptor(font: &FontRef<'_>, name: &str) -> Option<Dictionary> {
    let (head, hhea) = (font.head().ok()?, font.hhea().ok()?);
    let units = i64::from(head.units_per_em()).max(1);
    let scaled = |value: i16| Object::Integer(i64::from(value) * 1000 / units);
    let os2 = font.os2().ok();
    let capital = os2.as_ref().and_then(|it| it.s_cap_height()).unwrap_or_else(|| hhea.ascender().to_i16());
    let weight = os2.as_ref().map_or(400, |it| it.us_weight_class());
    Some(dictionary([
        ("Type", Object::Name("FontDescriptor".into())),
        ("FontName", Object::Name(name.as_bytes().to_vec())),
        // Symbolic: its glyphs are found by number, not by a standard character set.
        ("Flags", Object::Integer(4)),
        (
            "FontBBox",
            Object::Array([head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(scaled).to_vec()),
        ),
        ("ItalicAngle", Object::Integer(0)),
        ("Ascent", scaled(hhea.ascender().to_i16())),
        ("Descent", scaled(hhea.descender().to_i16())),
        ("CapHeight", scaled(capital)),
        ("StemV", Object::Integer(if weight > 550 { 166 } else { 88 })),
    ]))
}

/// The outlines alone, when the font keeps them in the compact format: PDF wants them without the other tables.
fn bare_cff(font: &[u8]) -> Option<Vec<u8>> {
    let font = FontRef::new(font).ok()?;
    Some(font.table_data(Tag::new(b"CFF "))?.as_bytes().to_vec())
}
