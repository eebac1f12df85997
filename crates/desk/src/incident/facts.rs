//! What only the officer knows of a leak, asked as questions. Nobody has to answer: what is not known stays unknown.

use casework::incident::assess::merge;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::assess::{Book, Given};
use crate::desk::Desk;
use crate::problem::Problem;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    YesNo,
    /// One of the options.
    Choice,
    /// Any of the options, or none of them.
    Several,
    /// An instant.
    When,
}

/// One question with the answer that stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactLine {
    pub fact: &'static str,
    pub question: &'static str,
    /// What hangs on the answer.
    pub decides: &'static str,
    pub kind: FactKind,
    pub options: Vec<FactOption>,
    /// `None`: not known.
    pub answer: Option<Vec<String>>,
    /// The answer comes from the incident or its count, not from the officer.
    pub supplied: bool,
}

#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct FactOption {
    pub value: &'static str,
    pub words: &'static str,
}

/// An answer as a screen gives it: `yes` or `no`, the options that hold, an instant (RFC 3339); `None`: not known.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FactAnswer {
    pub fact: String,
    pub answer: Option<Vec<String>>,
}

struct Asked {
    fact: &'static str,
    question: &'static str,
    decides: &'static str,
    kind: FactKind,
    options: &'static [(&'static str, &'static str)],
}

const fn asked(
    fact: &'static str,
    kind: FactKind,
    question: &'static str,
    decides: &'static str,
    options: &'static [(&'static str, &'static str)],
) -> Asked {
    Asked { fact, question, decides, kind, options }
}

/// The questions in the order in which an officer can answer them. A dot leads into a fact that has parts.
const FORM: [Asked; 15] = [
    asked(
        "role",
        FactKind::Choice,
        "Whose data is it?",
        "Who must tell whom: who holds data for somebody else tells the owner, at once.",
        &[("owner", "Ours: we own or license it"), ("maintainer", "Somebody else’s: we hold it for them")],
    ),
    asked(
        "occurred_from",
        FactKind::When,
        "When did it begin?",
        "Which version of each law applies, and what the notices say.",
        &[],
    ),
    asked(
        "determined_at",
        FactKind::When,
        "When was it determined that a breach happened?",
        "Clocks of the states that count from the determination.",
        &[],
    ),
    asked(
        "told_by_vendor_at",
        FactKind::When,
        "Did a vendor tell you of it? When?",
        "Clocks that begin when the owner hears of it from its vendor.",
        &[],
    ),
    asked(
        "encryption.encrypted",
        FactKind::YesNo,
        "Was the data encrypted where it was taken?",
        "Whether it counts, in nearly every state.",
        &[],
    ),
    asked(
        "encryption.key_acquired",
        FactKind::YesNo,
        "Was the key taken too?",
        "Whether encryption helps at all.",
        &[],
    ),
    asked(
        "good_faith",
        FactKind::YesNo,
        "Was it an employee or agent acting in good faith?",
        "Whether it is a breach at all in most states.",
        &[],
    ),
    asked(
        "inadvertent_by_authorised_person",
        FactKind::YesNo,
        "Did somebody who was authorised disclose it by mistake?",
        "The narrow exemption of New York.",
        &[],
    ),
    asked(
        "harm",
        FactKind::Choice,
        "Is harm to the people likely, after an investigation?",
        "States with a harm test; never the others.",
        &[("likely", "Likely"), ("unlikely", "Unlikely")],
    ),
    asked(
        "high_risk",
        FactKind::YesNo,
        "Is the risk to people in Europe high?",
        "Whether people are told under the GDPR.",
        &[],
    ),
    asked(
        "furnished_mailbox",
        FactKind::YesNo,
        "Do you provide the mailboxes that were taken?",
        "Whether a notice may go to them.",
        &[],
    ),
    asked(
        "information_broker",
        FactKind::YesNo,
        "Are you an information broker?",
        "The duties of Georgia.",
        &[],
    ),
    asked(
        "covered_entities",
        FactKind::Several,
        "Which of these rules reach the business?",
        "Federal and sector regulators.",
        &[
            ("hipaa", "HIPAA: health plans, providers and their associates"),
            ("glba", "Gramm-Leach-Bliley: financial institutions"),
            ("bank", "Banking organisations under federal supervision"),
            ("reg-sp", "Regulation S-P: broker-dealers, advisers, funds"),
            ("sec", "Companies that report to the SEC"),
            ("nydfs", "Licensees of the New York DFS"),
            ("ca-clinic", "Licensed clinics and health facilities in California"),
            ("ftc-phr", "Vendors of personal health records (FTC)"),
            ("me-dpfr", "Licensees of Maine’s DPFR"),
            ("vt-dfr", "Licensees of Vermont’s DFR"),
        ],
    ),
    asked(
        "law_enforcement_hold.from",
        FactKind::When,
        "Did law enforcement ask you to wait? Since when?",
        "Notices wait as long as the request stands.",
        &[],
    ),
    asked(
        "law_enforcement_hold.released_at",
        FactKind::When,
        "When did law enforcement release you?",
        "Clocks go on from there.",
        &[],
    ),
];

/// Which of the three numbers the law is asked with stands beside the law's own facts.
const COUNT: Asked = asked(
    "count",
    FactKind::Choice,
    "With which of the three numbers is the law asked?",
    "Every duty that begins at a number. Statutes say “reasonably believed”: probable.",
    &[
        ("proved", "Proved: records named by the logs"),
        ("probable", "Probable: what is reasonably believed"),
        ("upper_bound", "Upper bound: everything within reach"),
    ],
);

impl Desk {
    /// The questions of an assessment with the answers that stand.
    ///
    /// # Errors
    /// A [`Problem`] when there is no such incident.
    pub fn incident_facts(&self, incident: &str) -> Result<Vec<FactLine>, Problem> {
        let file = self.incident_file(incident)?;
        let given = self.facts_given(incident)?;
        let scope = self.incident_scope(incident)?;
        let places = Book::open()?.places();
        let known = self.known(&file, scope.as_ref(), &places)?;
        let read = Given::read(Value::Object(given.clone()).to_string().as_bytes())?;
        let merged = merge(&read.law, &known, read.sure);
        let facts = merged.facts.as_object().cloned().unwrap_or_default();
        let line = |it: &Asked| {
            let root = it.fact.split('.').next().unwrap_or_default();
            FactLine {
                fact: it.fact,
                question: it.question,
                decides: it.decides,
                kind: it.kind,
                options: it.options.iter().map(|&(value, words)| FactOption { value, words }).collect(),
                answer: words(it.kind, at(&facts, it.fact)),
                supplied: merged.supplied.iter().any(|name| name == root),
            }
        };
        let count = FactLine { answer: Some(vec![read.sure.word().to_owned()]), ..line(&COUNT) };
        Ok(FORM.iter().map(line).chain([count]).collect())
    }

    /// Assesses with the answers to the questions; what the incident itself supplies is no answer.
    ///
    /// # Errors
    /// As `assess_incident`.
    pub fn assess_answers(
        &self,
        incident: &str,
        answers: &[FactAnswer],
    ) -> Result<super::AssessmentView, Problem> {
        let mut facts = self.facts_given(incident)?;
        let standing = self.incident_facts(incident)?;
        for it in FORM.iter().chain([&COUNT]) {
            let Some(given) = answers.iter().find(|one| one.fact == it.fact) else { continue };
            let supplied =
                standing.iter().any(|one| one.fact == it.fact && one.supplied && one.answer == given.answer);
            if supplied {
                continue;
            }
            put(&mut facts, it.fact, value(it.kind, given.answer.as_deref()));
        }
        self.assess_incident(incident, Value::Object(facts).to_string().as_bytes())?;
        self.assessed(incident)
    }

    /// The assessment that was just kept.
    pub(super) fn assessed(&self, incident: &str) -> Result<super::AssessmentView, Problem> {
        let view = self.latest_assessment(incident)?;
        view.ok_or_else(|| {
            Problem::new("system", "The assessment was not kept.", "Assess again; report it if it stays so.")
        })
    }

    /// What the officer gave for the last assessment.
    pub(super) fn facts_given(&self, incident: &str) -> Result<Map<String, Value>, Problem> {
        let Some((_, last)) = self.incident_assessment(incident)? else { return Ok(Map::new()) };
        let mut facts = last.get("facts").and_then(Value::as_object).cloned().unwrap_or_default();
        for name in last.get("supplied").and_then(Value::as_array).into_iter().flatten() {
            facts.remove(name.as_str().unwrap_or_default());
        }
        // `today` is never the officer's word in a window.
        facts.remove("today");
        facts.insert("count".to_owned(), last.get("counted_as").cloned().unwrap_or_default());
        let of = |it: &Value, key: &str| it.get(key).cloned().unwrap_or_default();
        let decisions = last.get("decisions").and_then(Value::as_array).cloned().unwrap_or_default();
        let decisions = decisions.iter().map(|it| {
            let keys = ["rule", "because", "by", "at", "evidence"];
            Value::Object(keys.iter().map(|key| ((*key).to_owned(), of(it, key))).collect())
        });
        facts.insert("decisions".to_owned(), decisions.collect());
        facts.insert("harm_memo".to_owned(), last.pointer("/harm_memo/found").cloned().unwrap_or_default());
        Ok(facts)
    }
}

fn at<'a>(facts: &'a Map<String, Value>, fact: &str) -> &'a Value {
    let (root, part) = fact.split_once('.').map_or((fact, None), |(root, part)| (root, Some(part)));
    let whole = facts.get(root).unwrap_or(&Value::Null);
    part.map_or(whole, |part| whole.get(part).unwrap_or(&Value::Null))
}

/// A value as a screen reads it.
fn words(kind: FactKind, value: &Value) -> Option<Vec<String>> {
    match (kind, value) {
        (FactKind::YesNo, Value::Bool(yes)) => Some(vec![if *yes { "yes" } else { "no" }.to_owned()]),
        (_, Value::String(text)) if text != "unknown" => Some(vec![text.clone()]),
        (FactKind::Several, Value::Array(all)) => {
            Some(all.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
        }
        _ => None,
    }
}

/// An answer as the law book reads it. What it cannot mean, the law book refuses by name.
fn value(kind: FactKind, answer: Option<&[String]>) -> Value {
    match (kind, answer) {
        (_, None) => Value::Null,
        (FactKind::Several, Some(all)) => json!(all),
        (FactKind::YesNo, Some([yes])) if yes == "yes" || yes == "no" => json!(yes == "yes"),
        (_, Some(all)) => all.first().map_or(Value::Null, |it| json!(it)),
    }
}

/// Puts a value in its place; a fact whose parts are all unknown is left out.
fn put(facts: &mut Map<String, Value>, fact: &str, value: Value) {
    let Some((root, part)) = fact.split_once('.') else {
        facts.insert(fact.to_owned(), value);
        return;
    };
    let mut whole = facts.get(root).and_then(Value::as_object).cloned().unwrap_or_default();
    whole.insert(part.to_owned(), value);
    if whole.values().all(Value::is_null) {
        facts.remove(root);
    } else {
        facts.insert(root.to_owned(), Value::Object(whole));
    }
}
