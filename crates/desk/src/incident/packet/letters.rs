//! The letters of a packet: to the credit bureaus, and the notice in place of letters that cannot be sent.

use std::collections::BTreeMap;

use casework::incident::notice::Route;
use law::answer::{Deed, Duty};
use papers::letter::{self, Kind, Language, Letter, Wording};

use super::{Known, NOT_YET, may_be_owed, types};
use crate::desk::Desk;
use crate::incident::draft::elements_in;
use crate::problem::Problem;
use crate::troubles;

/// Days for which a substitute notice stands on a website (Civ. § 1798.82(j)(3)).
const POSTED_DAYS: u64 = 30;

impl Desk {
    pub(super) fn bureaus(&self, known: &Known) -> Result<Option<Letter>, Problem> {
        let duties: Vec<&Duty> = known
            .answer
            .duties
            .iter()
            .filter(|it| it.duty == Deed::TellCra && may_be_owed(it.state))
            .collect();
        if duties.is_empty() {
            return Ok(None);
        }
        let sent = known.register.iter().find(|it| it.recipient == "individuals");
        let mut blanks = known.blanks.clone();
        let laws: Vec<String> =
            duties.iter().map(|it| format!("{}: {}", it.jurisdiction, it.citation)).collect();
        let mut ways = vec![format!("{} by mail", known.drafted.count(Some(Route::Mail)))];
        ways.push(format!("{} by email", known.drafted.count(Some(Route::Email))));
        let unreachable = known.drafted.count(Some(Route::Unreachable));
        if unreachable > 0 {
            ways.push(format!("{unreachable} by substitute notice"));
        }
        for (blank, value) in [
            ("recipient", "Equifax, Experian, TransUnion".to_owned()),
            ("delivery", "the bureaus' own channels for notices of breaches".to_owned()),
            ("sent_on", sent.map_or_else(|| NOT_YET.to_owned(), |it| it.at.clone())),
            ("distribution", ways.join(", ")),
            ("individuals", known.drafted.count(None).to_string()),
            ("laws", laws.join("\n")),
            ("types", types(known, None).replace("Your ", "").replace(" about you", "")),
        ] {
            blanks.insert(blank.to_owned(), value);
        }
        self.letter_of(Kind::CreditBureaus, Language::English, blanks).map(Some)
    }

    /// The words for the website, for email and for the media.
    pub(super) fn substitute(&self, known: &Known, language: Language) -> Result<Letter, Problem> {
        let until = self.today()?.checked_add_days(chrono::Days::new(POSTED_DAYS)).unwrap_or_default();
        let mut blanks = self.notice_blanks(&known.file, &known.drafted, language)?;
        let elements = known.drafted.taken(None).into_keys().collect();
        for (blank, value) in [
            ("recipient", letter::phrase(language, "recipient", "concerned")),
            ("delivery", letter::phrase(language, "recipient", "public")),
            ("consumer", "yes".to_owned()),
            ("elements", elements_in(language, &elements)),
            ("posted_until", letter::day(language, until)),
            ("bureaus", letter::phrase(language, "office", "bureaus")),
        ] {
            blanks.insert(blank.to_owned(), value);
        }
        self.letter_of(Kind::BreachSubstitute, language, blanks)
    }

    fn letter_of(
        &self,
        kind: Kind,
        language: Language,
        blanks: BTreeMap<String, String>,
    ) -> Result<Letter, Problem> {
        let wording = Wording::ours(kind, language).map_err(|error| troubles::paper(&error))?;
        Ok(Letter {
            wording,
            blanks,
            logo: self.logo_on_letters()?,
            made_at: self.now(),
            practice: self.practice(),
        })
    }
}
