//! The wording of a letter and its blanks: what there is, what is required, and what an edited wording may not lose.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior};
use serde::Deserialize;
use similar::TextDiff;

use super::{Kind, Language};
use crate::error::Error;

const COMMON: &str = include_str!("../../../../assets/letters/_common.toml");
const HEAD: [&str; 2] = [
    include_str!("../../../../assets/letters/en/_head.md"),
    include_str!("../../../../assets/letters/es/_head.md"),
];
const FOOT: [&str; 2] = [
    include_str!("../../../../assets/letters/en/_foot.md"),
    include_str!("../../../../assets/letters/es/_foot.md"),
];
/// Nobody writes a longer letter.
const LONGEST: usize = 64 * 1024;

/// A named place in a letter's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    pub name: String,
    /// What stands there, in words.
    pub about: String,
    pub required: Required,
    /// Chooses between paragraphs instead of standing in one.
    pub flag: bool,
    /// What to do so that it is filled.
    pub fill: String,
}

/// When a letter may not go out without a blank.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Required {
    Always,
    Never,
    /// Where that blank is filled.
    If(String),
    /// Where that blank is not filled.
    Unless(String),
}

impl TryFrom<String> for Required {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.split_once(' ') {
            None if text == "always" => Ok(Self::Always),
            None if text == "never" => Ok(Self::Never),
            Some(("if", blank)) => Ok(Self::If(blank.to_owned())),
            Some(("unless", blank)) => Ok(Self::Unless(blank.to_owned())),
            _ => Err(format!("{text:?} is none of: always, never, if BLANK, unless BLANK")),
        }
    }
}

impl std::fmt::Display for Required {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Always => to.write_str("always"),
            Self::Never => to.write_str("never"),
            Self::If(name) => write!(to, "if {name}"),
            Self::Unless(name) => write!(to, "unless {name}"),
        }
    }
}

impl Required {
    /// Whether it is required beside these blanks.
    fn among(&self, blanks: &BTreeMap<String, String>) -> bool {
        let filled = |name: &String| blanks.get(name).is_some_and(|value| !value.trim().is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::If(name) => filled(name),
            Self::Unless(name) => !filled(name),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Where the law asks for this letter; read by people.
    #[serde(rename = "law")]
    _law: String,
    #[serde(default)]
    blank: BTreeMap<String, Written>,
    #[serde(default)]
    says: Vec<Says>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    about: String,
    required: Required,
    #[serde(default)]
    flag: bool,
    fill: Option<String>,
}

/// Words that the law asks for and that stand in the wording itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Says {
    pub about: String,
    pub law: String,
    /// Said only where this blank is filled; `!blank` where it is not. Read by people: the paragraph itself decides.
    #[serde(rename = "with")]
    _with: Option<String>,
    pub en: String,
    pub es: String,
}

/// The blanks of a letter, those of the head and foot first.
///
/// # Errors
/// [`Error::Asset`] when a file built into the program is unusable.
pub fn blanks(kind: Kind) -> Result<Vec<Blank>, Error> {
    let mut all = Vec::new();
    for file in [read(COMMON)?, read(texts(kind).0)?] {
        all.extend(file.blank.into_iter().map(|(name, it)| Blank {
            fill: it.fill.unwrap_or_else(|| format!("--set {name}=…")),
            name,
            about: it.about,
            required: it.required,
            flag: it.flag,
        }));
    }
    Ok(all)
}

/// The first blank of a letter that must be filled and is not.
///
/// # Errors
/// [`Error::Asset`] when a file built into the program is unusable.
pub fn missing(kind: Kind, filled: &BTreeMap<String, String>) -> Result<Option<Blank>, Error> {
    Ok(blanks(kind)?.into_iter().find(|blank| {
        blank.required.among(filled) && filled.get(&blank.name).is_none_or(|value| value.trim().is_empty())
    }))
}

/// The text of a letter between its head and its foot, ours or an officer's, checked against the letter's blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub kind: Kind,
    pub language: Language,
    text: String,
    /// What the law asks for and an edited wording no longer says, each with its citation.
    pub left_out: Vec<String>,
}

impl Wording {
    /// The wording that ships with the program.
    ///
    /// # Errors
    /// [`Error::Asset`] when it does not fit its own list of blanks.
    pub fn ours(kind: Kind, language: Language) -> Result<Self, Error> {
        Self::checked(kind, language, ours(kind, language))
            .map_err(|error| Error::Asset { what: format!("the wording of {}: {error}", kind.name()) })
    }

    /// A wording that somebody edited.
    ///
    /// # Errors
    /// [`Error::WordingUnreadable`], [`Error::BlankUnknown`], or [`Error::BlankLeftOut`] when a blank is gone that the
    /// law asks for.
    pub fn edited(kind: Kind, language: Language, text: &str) -> Result<Self, Error> {
        if text.len() > LONGEST || text.trim().is_empty() {
            return Err(Error::WordingUnreadable {
                line: 1,
                because: "it is empty or longer than 64 KB".into(),
            });
        }
        Self::checked(kind, language, text)
    }

    fn checked(kind: Kind, language: Language, text: &str) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let blanks = blanks(kind)?;
        let environment = environment();
        let template = environment.template_from_str(&text).map_err(|error| unreadable(&error))?;
        let used = template.undeclared_variables(false);
        let mut unknown: Vec<&String> =
            used.iter().filter(|name| !blanks.iter().any(|blank| blank.name == **name)).collect();
        unknown.sort();
        if let Some(blank) = unknown.first() {
            return Err(Error::BlankUnknown {
                blank: (*blank).clone(),
                known: blanks.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", "),
            });
        }
        let own = read(texts(kind).0)?;
        for (name, blank) in &own.blank {
            if !used.contains(name) && blank.required != Required::Never {
                return Err(Error::BlankLeftOut { blank: name.clone(), about: blank.about.clone() });
            }
        }
        let left_out = own
            .says
            .iter()
            .filter(|says| !text.contains(says.words(language)))
            .map(|says| format!("{} ({})", says.about, says.law))
            .collect();
        Ok(Self { kind, language, text, left_out })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was changed against our wording, as a unified diff; `None` where nothing was.
    pub fn changes(&self) -> Option<String> {
        let ours = ours(self.kind, self.language);
        (ours != self.text).then(|| {
            let name = format!("{} ({})", self.kind.name(), self.language.code());
            TextDiff::from_lines(ours, &self.text)
                .unified_diff()
                .header(&format!("{name}, as shipped"), &format!("{name}, as edited"))
                .to_string()
        })
    }

    /// Head, wording and foot, with the blanks filled. Values must be guarded by the caller.
    pub(super) fn fill(&self, values: BTreeMap<String, minijinja::Value>) -> Result<String, Error> {
        let index = usize::from(self.language == Language::Spanish);
        let [head, foot] = [HEAD, FOOT].map(|texts| texts.get(index).copied().unwrap_or_default());
        let whole = format!("{head}\n\n{}\n\n{foot}", self.text);
        environment().render_str(&whole, values).map_err(|error| unreadable(&error))
    }
}

impl Says {
    pub(super) fn words(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Spanish => &self.es,
        }
    }
}

fn read(file: &str) -> Result<File, Error> {
    toml::from_str(file).map_err(|error| Error::Asset { what: error.message().to_owned() })
}

/// Nothing but blanks, `if`, `elif`, `else`, `not`, `and`, `or`: no filters, no functions, no other files.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment
}

fn unreadable(error: &minijinja::Error) -> Error {
    Error::WordingUnreadable {
        line: error.line().unwrap_or(1),
        because: error.detail().unwrap_or("it cannot be filled").to_owned(),
    }
}

fn ours(kind: Kind, language: Language) -> &'static str {
    let (_, english, spanish) = texts(kind);
    match language {
        Language::English => english,
        Language::Spanish => spanish,
    }
}

macro_rules! files {
    ($name:literal) => {
        (
            include_str!(concat!("../../../../assets/letters/", $name, ".toml")),
            include_str!(concat!("../../../../assets/letters/en/", $name, ".md")),
            include_str!(concat!("../../../../assets/letters/es/", $name, ".md")),
        )
    };
}

/// The list of blanks, the English and the Spanish wording.
fn texts(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Receipt => files!("receipt"),
        Kind::Identity => files!("identity"),
        Kind::Extension => files!("extension"),
        Kind::KnowCategories => files!("know-categories"),
        Kind::KnowSpecific => files!("know-specific"),
        Kind::Deletion => files!("deletion"),
        Kind::Denial => files!("denial"),
        Kind::Correction => files!("correction"),
        Kind::OptOut => files!("opt-out"),
        Kind::ProviderInstruction => files!("provider-instruction"),
        Kind::BreachNotice => files!("breach-notice"),
        Kind::BreachSubstitute => files!("breach-substitute"),
        Kind::CreditBureaus => files!("credit-bureaus"),
    }
}
