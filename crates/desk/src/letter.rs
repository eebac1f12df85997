//! Letters: the wording of the law's papers, with the blanks filled from the case.

mod decided;
mod facts;

use std::collections::BTreeMap;
use std::path::Path;

use casework::case::{RequestDeed, RequestKind};
use casework::disclosure;
use papers::document::Rendered;
use papers::letter::{self, Kind, Language, Letter, Wording};
use serde_json::json;
use vault::CaseFile;

use crate::desk::Desk;
use crate::ledger::write_new;
use crate::problem::Problem;
use crate::troubles;
use crate::views::{BlankView, DraftBlank, DraftView, LetterView, WordingView, WrittenView};

/// Letters that answer the request.
const ANSWERS: [Kind; 6] =
    [Kind::KnowCategories, Kind::KnowSpecific, Kind::Deletion, Kind::Denial, Kind::Correction, Kind::OptOut];

/// A letter as an officer orders it.
#[derive(Debug, Clone, Default)]
pub struct LetterOrder {
    /// `receipt`, `know-categories` …
    pub kind: String,
    /// `en` or `es`; English where it is `None`.
    pub language: Option<String>,
    /// Blanks that the officer fills.
    pub set: BTreeMap<String, String>,
    /// The officer's wording instead of ours.
    pub wording: Option<String>,
}

impl Desk {
    /// Writes a letter; never overwrites. A required blank that the case cannot fill refuses it.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn letter(&self, request: &str, order: &LetterOrder, to: &Path) -> Result<LetterView, Problem> {
        let mut case = self.case(request)?;
        self.may(&case, RequestDeed::Letter)?;
        let kind = request_kind(&order.kind)?;
        let language = language(order.language.as_deref())?;
        let mut notes = self.timely(&case, kind)?;
        let (wording, rendered) = self.rendered(&case, kind, language, order)?;
        let bytes = rendered.bytes;
        let written = write_new(to, &bytes)?;
        let sent_at = crate::answering::seconds(self.now());
        if ANSWERS.contains(&kind) {
            case.road.answered = true;
            case.road.answered_at.get_or_insert(sent_at.clone());
        }
        if kind == Kind::Receipt {
            case.road.acknowledged_at.get_or_insert(sent_at);
        }
        let changes = wording.changes();
        let set: Vec<&String> = order.set.keys().collect();
        let detail = json!({
            "letter": kind.name(), "language": language.code(), "sha256": written.sha256, "set": set,
            "edited": changes.is_some(), "left_out": wording.left_out,
        });
        let name = match language {
            Language::English => kind.name().to_owned(),
            Language::Spanish => format!("{}-es", kind.name()),
        };
        let recorded = self.record(&case.number, "request.letter", detail, |tx| {
            tx.add_document(&case.number, &name, "letter", true, &bytes)?;
            if let Some(changes) = &changes {
                tx.add_document(&case.number, &name, "wording", true, changes.as_bytes())?;
            }
            tx.put_road(&case.number, &case.road)
        });
        if let Err(problem) = recorded {
            drop(std::fs::remove_file(to));
            return Err(problem);
        }
        notes.extend(rendered.warnings.iter().map(ToString::to_string));
        notes.extend(wording.left_out.iter().map(|it| format!("Your wording no longer says: {it}.")));
        Ok(LetterView {
            written,
            letter: kind.name().to_owned(),
            language: language.code().to_owned(),
            set: order.set.keys().cloned().collect(),
            edited: changes.is_some(),
            notes,
        })
    }

    /// The PDF that [`Desk::letter`] would write, to be looked at first: nothing is written, nothing recorded.
    ///
    /// # Errors
    /// What would refuse the letter refuses its preview.
    pub fn letter_preview(&self, request: &str, order: &LetterOrder) -> Result<Vec<u8>, Problem> {
        let case = self.case(request)?;
        self.may(&case, RequestDeed::Letter)?;
        let kind = request_kind(&order.kind)?;
        self.timely(&case, kind)?;
        let language = language(order.language.as_deref())?;
        Ok(self.rendered(&case, kind, language, order)?.1.bytes)
    }

    /// The wording of a letter with its blanks, to be read or edited.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such letter or language.
    pub fn wording(&self, letter: &str, code: Option<&str>) -> Result<WordingView, Problem> {
        let kind = kind(letter)?;
        let language = language(code)?;
        let wording = Wording::ours(kind, language).map_err(|error| troubles::paper(&error))?;
        let blanks = letter::blanks(kind).map_err(|error| troubles::paper(&error))?;
        Ok(WordingView {
            letter: kind.name().to_owned(),
            language: language.code().to_owned(),
            blanks: blanks.into_iter().map(BlankView::from).collect(),
            wording: wording.text().to_owned(),
        })
    }

    /// A letter before it is written: its wording, and each blank with what the case gives for it.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such request, letter or language.
    pub fn letter_draft(&self, request: &str, letter: &str, code: &str) -> Result<DraftView, Problem> {
        let case = self.case(request)?;
        let WordingView { letter, language: code, blanks, wording } = self.wording(letter, Some(code))?;
        let given = self.letter_facts(&case, kind(&letter)?, language(Some(&code))?)?;
        let blanks = blanks
            .into_iter()
            .map(|it| DraftBlank { given: given.get(&it.blank).cloned(), of: it })
            .collect();
        Ok(DraftView { request: request.to_owned(), letter, language: code, blanks, wording })
    }

    fn rendered(
        &self,
        case: &CaseFile,
        kind: Kind,
        language: Language,
        order: &LetterOrder,
    ) -> Result<(Wording, Rendered), Problem> {
        let wording = match &order.wording {
            Some(text) => Wording::edited(kind, language, text),
            None => Wording::ours(kind, language),
        }
        .map_err(|error| troubles::paper(&error))?;
        let blanks = self.all_blanks(case, kind, language, &order.set)?;
        shows_no_identifier(&wording, &blanks)?;
        let paper = Letter {
            wording,
            blanks,
            logo: self.logo_on_letters()?,
            made_at: self.now(),
            practice: self.practice(),
        };
        let rendered = letter::render(&paper).map_err(|error| troubles::paper(&error))?;
        Ok((paper.wording, rendered))
    }

    /// Writes the wording alone into a new file.
    ///
    /// # Errors
    /// A [`Problem`]; nothing is left at `to` then.
    pub fn write_wording(&self, letter: &str, code: Option<&str>, to: &Path) -> Result<WrittenView, Problem> {
        write_new(to, self.wording(letter, code)?.wording.as_bytes())
    }

    /// Whether the law knows this letter for this request, now; what an officer should think of first.
    fn timely(&self, case: &CaseFile, kind: Kind) -> Result<Vec<String>, Problem> {
        let refuse = |code, message: String, next: &str| {
            Err(Problem::new(code, format!("{message} Nothing was written."), next))
        };
        let mut notes = Vec::new();
        match kind {
            Kind::Identity if !case.kind.needs_identity() => {
                return refuse(
                    "identity_forbidden",
                    format!(
                        "This is a request of the kind {}: the law forbids asking for proof of identity (Cal. Code Regs., tit. 11, § 7060(b)).",
                        case.kind.as_str()
                    ),
                    "Carry the request out. If something needed to do so is missing, ask for that alone.",
                );
            }
            Kind::Extension => {
                let dates = self.dates(case)?;
                let today = self.now().with_timezone(&self.zone()?).date_naive();
                let Some(extended) = &dates.extended_due else {
                    return refuse(
                        "no_extension",
                        format!(
                            "The time for a request of the kind {} cannot be extended.",
                            case.kind.as_str()
                        ),
                        "Answer the request.",
                    );
                };
                let lawful = dates.due.last_lawful_day.unwrap_or(dates.due.on);
                if today > lawful {
                    return refuse(
                        "extension_late",
                        format!(
                            "The notice of extension had to be sent within the first 45 days, by {}; sent now, it extends nothing ({}).",
                            dates.due.on, extended.citation
                        ),
                        "Answer the request at once, and note why it is late.",
                    );
                }
                if today > dates.due.on {
                    notes.push(format!(
                        "The first 45 days ended on {}. The notice counts only because that was no working day: send it today, {lawful} at the latest.",
                        dates.due.on
                    ));
                }
            }
            Kind::Deletion if !case.road.proved => {
                return refuse(
                    "not_yet",
                    "The deletion was not proved yet, so no letter can say that it was done.".to_owned(),
                    "Run `habeas request prove` first.",
                );
            }
            _ => {}
        }
        if !fits(kind, case.kind) {
            notes.push(format!(
                "This letter does not answer a request of the kind {}. Send it only if the person asked for this too.",
                case.kind.as_str()
            ));
        }
        Ok(notes)
    }

    /// Every blank of the letter: the officer's values over those the case gives.
    fn all_blanks(
        &self,
        case: &CaseFile,
        kind: Kind,
        language: Language,
        set: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Problem> {
        let known = letter::blanks(kind).map_err(|error| troubles::paper(&error))?;
        let mut blanks = self.letter_facts(case, kind, language)?;
        for (name, value) in set {
            if !known.iter().any(|blank| blank.name == *name) {
                let names: Vec<&str> = known.iter().map(|blank| blank.name.as_str()).collect();
                return Err(Problem::new(
                    "letter_blank",
                    format!("The letter has no blank {name:?}. Nothing was written."),
                    format!("Its blanks are {}.", names.join(", ")),
                ));
            }
            blanks.insert(name.clone(), value.clone());
        }
        match letter::missing(kind, &blanks).map_err(|error| troubles::paper(&error))? {
            None => Ok(blanks),
            Some(blank) => Err(Problem::new(
                "letter_blank",
                format!(
                    "The blank \"{}\" of the letter is not filled ({}). Nothing was written.",
                    blank.name, blank.about
                ),
                format!(
                    "Fill it with `{}`, or for this letter alone with --set {}=…",
                    blank.fill, blank.name
                ),
            )),
        }
    }
}

fn kind(name: &str) -> Result<Kind, Problem> {
    Kind::parse(name).ok_or_else(|| {
        let kinds: Vec<&str> = Kind::ALL.iter().map(|it| it.name()).collect();
        Problem::new(
            "usage",
            "There is no letter of this kind. Nothing was written.",
            format!("Use {}.", kinds.join(", ")),
        )
    })
}

/// A letter of requests.
fn request_kind(name: &str) -> Result<Kind, Problem> {
    let kind = kind(name)?;
    if kind.of_incident() {
        return Err(Problem::new(
            "usage",
            "This letter belongs to an incident, not to a request. Nothing was written.",
            "Draft it with `habeas incident draft` or `habeas incident assemble`.",
        ));
    }
    Ok(kind)
}

/// The language of that code; English when none is given.
pub(crate) fn language(code: Option<&str>) -> Result<Language, Problem> {
    Language::parse(code.unwrap_or("en")).ok_or_else(|| {
        Problem::new(
            "usage",
            "Letters and packages are not written in this language. Nothing was written.",
            "Use en for English or es for Spanish.",
        )
    })
}

/// Whether a letter is one that this kind of request can lead to.
fn fits(kind: Kind, request: RequestKind) -> bool {
    let know = matches!(request, RequestKind::KnowCategories | RequestKind::KnowSpecific);
    match kind {
        Kind::Receipt | Kind::Identity | Kind::Extension | Kind::Denial | Kind::ProviderInstruction => true,
        Kind::KnowCategories => know,
        Kind::KnowSpecific => request == RequestKind::KnowSpecific,
        Kind::Deletion => request == RequestKind::Delete,
        Kind::Correction => request == RequestKind::Correct,
        Kind::OptOut => !request.needs_identity(),
        Kind::BreachNotice | Kind::BreachSubstitute | Kind::CreditBureaus => false,
    }
}

/// No letter shows an identifier of § 7024(d); the sentence names the blank, never the value.
fn shows_no_identifier(wording: &Wording, blanks: &BTreeMap<String, String>) -> Result<(), Problem> {
    let texts = blanks
        .iter()
        .map(|(name, value)| (format!("The blank \"{name}\""), value.as_str()))
        .chain([("The wording".to_owned(), wording.text())]);
    for (place, text) in texts {
        if let Some(kind) = disclosure::mask(text).1.first() {
            return Err(Problem::new(
                "letter_identifier",
                format!(
                    "{place} holds {}, which no letter may show (Cal. Code Regs., tit. 11, § 7024(d)). Nothing was written.",
                    kind.words()
                ),
                "Take it out and say instead that you hold it.",
            ));
        }
    }
    Ok(())
}
