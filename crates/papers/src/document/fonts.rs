//! The fonts at hand: those that are shipped, and the machine's own where a character is in none of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::FontFamilyName;
use parley::{FontContext, LayoutContext};
use read_fonts::{FontRef, TableProvider};

use crate::error::Error;

/// Family, file. The first family that has a character shows it.
const SHIPPED: [(&str, &[u8]); 10] = [
    ("Sans", include_bytes!("../../../../assets/fonts/NotoSans-Regular.ttf")),
    ("Sans", include_bytes!("../../../../assets/fonts/NotoSans-Bold.ttf")),
    ("Arabic", include_bytes!("../../../../assets/fonts/NotoSansArabic-Regular.ttf")),
    ("Arabic", include_bytes!("../../../../assets/fonts/NotoSansArabic-Bold.ttf")),
    ("Hebrew", include_bytes!("../../../../assets/fonts/NotoSansHebrew-Regular.ttf")),
    ("Hebrew", include_bytes!("../../../../assets/fonts/NotoSansHebrew-Bold.ttf")),
    ("Devanagari", include_bytes!("../../../../assets/fonts/NotoSansDevanagari-Regular.ttf")),
    ("Devanagari", include_bytes!("../../../../assets/fonts/NotoSansDevanagari-Bold.ttf")),
    ("Math", include_bytes!("../../../../assets/fonts/NotoSansMath-Regular.ttf")),
    ("Symbols", include_bytes!("../../../../assets/fonts/NotoSansSymbols2-Regular.ttf")),
];

/// Families of the machine that are asked first, the plain sans-serifs; then all others by name.
const PREFERRED: [&str; 9] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Malgun Gothic",
];

thread_local! {
    static FONTS: RefCell<Option<Fonts>> = const { RefCell::new(None) };
}

/// Does something with this thread's fonts, which are loaded once.
pub(super) fn with_fonts<T>(deed: impl FnOnce(&mut Fonts) -> Result<T, Error>) -> Result<T, Error> {
    FONTS.with_borrow_mut(|fonts| {
        let fonts = match fonts {
            Some(fonts) => fonts,
            none => none.insert(Fonts::load()?),
        };
        deed(fonts)
    })
}

pub(super) struct Fonts {
    pub context: FontContext,
    pub layouts: LayoutContext<()>,
    /// In the order in which they are asked for a character.
    pub families: Vec<FontFamilyName<'static>>,
    /// How many of the families are shipped; the others are the machine's.
    shipped: usize,
    has: BTreeMap<char, bool>,
    /// The machine's fonts, looked for when the shipped ones lack a character.
    machine: Option<Machine>,
}

/// The machine's font files, each family by its plain face.
struct Machine {
    collection: Collection,
    sources: SourceCache,
    /// In the order in which they are asked.
    names: Vec<String>,
    /// Places in `names` of the families in use. Kept in order, so that a character is shown in the same font whatever
    /// was printed before.
    taken: BTreeSet<usize>,
}

impl Fonts {
    fn load() -> Result<Self, Error> {
        let own = CollectionOptions { shared: false, system_fonts: false };
        let mut context =
            FontContext { collection: Collection::new(own), source_cache: SourceCache::default() };
        let mut families: Vec<FontFamilyName<'static>> = Vec::new();
        for (family, bytes) in SHIPPED {
            let named = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
            if context.collection.register_fonts(Blob::new(Arc::new(bytes)), Some(named)).is_empty() {
                return Err(Error::Asset { what: format!("the font for {family}") });
            }
            let name = FontFamilyName::named(family);
            if families.last() != Some(&name) {
                families.push(name);
            }
        }
        let shipped = families.len();
        Ok(Self {
            context,
            layouts: LayoutContext::new(),
            families,
            shipped,
            has: BTreeMap::new(),
            machine: None,
        })
    }

    /// Whether some font has the character; takes one of the machine's into use where the shipped ones lack it.
    pub(super) fn has(&mut self, character: char) -> bool {
        if let Some(known) = self.has.get(&character) {
            return *known;
        }
        let found =
            SHIPPED.iter().any(|(_, bytes)| glyph(bytes, 0, character)) || self.take_from_machine(character);
        self.has.insert(character, found);
        found
    }

    fn take_from_machine(&mut self, character: char) -> bool {
        // What Unicode assigns no meaning to is in no font that should be trusted with it.
        if matches!(u32::from(character), 0xe000..=0xf8ff | 0xf_0000..=0x10_ffff) {
            return false;
        }
        let machine = self.machine.get_or_insert_with(Machine::look);
        let Some((place, bytes)) = machine.find(character) else { return false };
        if machine.taken.insert(place) {
            let name = machine.names.get(place).cloned().unwrap_or_default();
            // A file of several faces keeps their names; a single face goes by the name that it was found by.
            let named = FontInfoOverride { family_name: Some(&name), ..FontInfoOverride::default() };
            let named = (!bytes.as_ref().starts_with(b"ttcf")).then_some(named);
            self.context.collection.register_fonts(bytes, named);
            self.families.truncate(self.shipped);
            let taken = machine.taken.iter().filter_map(|place| machine.names.get(*place));
            self.families.extend(taken.map(|name| FontFamilyName::Named(name.clone().into())));
        }
        true
    }
}

impl Machine {
    fn look() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: true });
        let mut names: Vec<String> = collection.family_names().map(str::to_owned).collect();
        names.sort_by_cached_key(|name| {
            let place = PREFERRED.iter().position(|it| it == name).unwrap_or(PREFERRED.len());
            (place, !name.contains("Sans"), name.clone())
        });
        Self { collection, sources: SourceCache::default(), names, taken: BTreeSet::new() }
    }

    /// The first family with an upright face of one weight that has the character and can be embedded.
    fn find(&mut self, character: char) -> Option<(usize, Blob<u8>)> {
        for (place, name) in self.names.iter().enumerate() {
            let Some(family) = self.collection.family_by_name(name) else { continue };
            let Some(font) = family.default_font().filter(|it| it.axes().is_empty()) else { continue };
            let Some(bytes) = font.load(Some(&mut self.sources)) else { continue };
            if glyph(bytes.as_ref(), font.index(), character)
                && super::embed::can_embed(bytes.as_ref(), font.index())
            {
                return Some((place, bytes));
            }
        }
        None
    }
}

/// Whether the font file has a glyph for the character.
fn glyph(bytes: &[u8], index: u32, character: char) -> bool {
    FontRef::from_index(bytes, index)
        .and_then(|font| font.cmap())
        .is_ok_and(|cmap| cmap.map_codepoint(character).is_some())
}
