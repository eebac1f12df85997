//! Whether a law is triggered, with the reasons. What takes a duty away outranks what is not known.

use crate::answer::State;

use super::elements::Counts;
use super::facts::{Facts, Harm};
use super::rule::{EncryptionMode, HarmKind, HarmTest, Trigger};

/// The reasons, in sentences, by what they do to the state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finding {
    pub not_owed: Vec<String>,
    pub review: Vec<String>,
    pub contingent: Vec<String>,
    pub because: Vec<String>,
    pub cautions: Vec<String>,
}

impl Finding {
    pub(crate) fn state(&self) -> State {
        match self {
            it if !it.not_owed.is_empty() => State::NotOwed,
            it if !it.review.is_empty() => State::Review,
            it if !it.contingent.is_empty() => State::Contingent,
            _ => State::Owed,
        }
    }

    /// All reasons, the deciding ones first.
    pub(crate) fn reasons(self) -> Vec<String> {
        [self.not_owed, self.review, self.contingent, self.because].concat()
    }
}

/// What the law makes of the breach. `harm` is left to the owner: a maintainer does not judge it.
pub(crate) fn judge(trigger: &Trigger, facts: &Facts, verdict: Counts<'_>, harm: bool) -> Finding {
    let mut it = Finding::default();
    elements(&mut it, trigger, verdict);
    encryption(&mut it, trigger, facts);
    if trigger.good_faith {
        match facts.good_faith {
            Some(true) => it.not_owed.push("An employee or agent acquired the data in good faith for the business, which is no breach as long as it is not used or disclosed further.".to_owned()),
            Some(false) => {}
            None => it.contingent.push("If it was not a good-faith acquisition by an employee or agent; `good_faith` is not known.".to_owned()),
        }
    }
    if trigger.information_brokers_only {
        match facts.information_broker {
            Some(true) => {}
            Some(false) => it
                .not_owed
                .push("The law binds only information brokers and public data collectors.".to_owned()),
            None => it.contingent.push(
                "If the business is an information broker; `information_broker` is not known.".to_owned(),
            ),
        }
    }
    if !trigger.covered.is_empty() && facts.covered.is_none() {
        it.contingent.push(
            "If the business is one that the regime covers; `covered_entities` is not known.".to_owned(),
        );
    }
    if harm {
        harm_test(&mut it, &trigger.harm, facts);
    }
    it
}

fn elements(it: &mut Finding, trigger: &Trigger, verdict: Counts<'_>) {
    match verdict {
        Counts::Yes { .. } if trigger.any_data => {
            it.because.push("Any data about a person counts.".to_owned());
        }
        Counts::Yes { .. } => it.because.push("The elements are among those the law lists.".to_owned()),
        Counts::Doubtful(why) => {
            it.review.push(format!("Whether the elements count needs a decision: {why}."))
        }
        Counts::Unknown => it
            .contingent
            .push("If the data holds elements that the law lists; `elements` is not known.".to_owned()),
        Counts::No => it.not_owed.push("The elements are not among those the law lists.".to_owned()),
    }
}

fn encryption(it: &mut Finding, trigger: &Trigger, facts: &Facts) {
    let (mode, bits) = (trigger.encryption.mode, trigger.encryption.min_bits);
    // With the key taken, encrypted data is as good as plain.
    let readable = match (facts.encrypted, facts.key_acquired) {
        (Some(false), _) => Some(true),
        (_, Some(true)) if !trigger.encryption.defeated_by.is_empty() => Some(true),
        (Some(true), Some(false)) => Some(false),
        _ => None,
    };
    if let (Some(bits), Some(true)) = (bits, facts.encrypted) {
        it.cautions.push(format!("Encryption of less than {bits} bits is none under this law."));
    }
    match (mode, readable) {
        (EncryptionMode::None, _) => {}
        (_, Some(true)) if facts.encrypted == Some(false) => {
            it.because.push("The data was not encrypted.".to_owned());
        }
        (_, Some(true)) => it.because.push("Encryption does not help: its key was acquired too.".to_owned()),
        (EncryptionMode::Excluded, Some(false)) => {
            it.not_owed.push("The data was encrypted and its key was not acquired.".to_owned());
        }
        (EncryptionMode::Review, Some(false)) => it.review.push("The data was encrypted and its key was not acquired; one trigger of the law excludes that, another does not.".to_owned()),
        (EncryptionMode::Risk, Some(false)) => it.review.push("The data was encrypted and its key was not acquired; decide whether a risk remains.".to_owned()),
        (EncryptionMode::Risk, None) => it.because.push("Whether the data was encrypted is not known; it counts when the risk is judged.".to_owned()),
        (_, None) => it.contingent.push("If the data was not encrypted or its key was acquired; `encryption` is not known.".to_owned()),
    }
}

fn harm_test(it: &mut Finding, test: &HarmTest, facts: &Facts) {
    let unlikely = facts.harm == Some(Harm::Unlikely);
    let standard = || {
        let kept = test
            .record_years
            .map(|years| format!(" The written finding is kept {years} years."))
            .unwrap_or_default();
        format!(
            "Harm is said to be unlikely. A person must decide by {}.{kept}",
            test.standard.as_deref().unwrap_or("the statute")
        )
    };
    match test.kind {
        HarmKind::None if unlikely => it.because.push("The law has no harm test.".to_owned()),
        HarmKind::None => {}
        _ if test.second_trigger => {
            if unlikely {
                it.because.push("Another trigger of the law has no harm test.".to_owned());
            }
        }
        HarmKind::Narrow if unlikely => match facts.inadvertent {
            Some(true) => it.review.push(standard()),
            Some(false) => it.because.push("The harm exemption is for inadvertent disclosures by authorised persons only.".to_owned()),
            None => it.contingent.push("If it was no inadvertent disclosure by an authorised person; `inadvertent_by_authorised_person` is not known.".to_owned()),
        },
        HarmKind::Definitional if facts.harm.is_none() => it.contingent.push(format!("If harm is likely; `harm` is not known. The standard: {}.", test.standard.as_deref().unwrap_or("the statute"))),
        HarmKind::Definitional | HarmKind::Exemption if unlikely => it.review.push(standard()),
        HarmKind::Exemption | HarmKind::Narrow if facts.harm.is_none() => it.cautions.push("An exemption may be found after an investigation of the harm; until then the duty stands.".to_owned()),
        HarmKind::Definitional | HarmKind::Exemption | HarmKind::Narrow => {}
    }
}
