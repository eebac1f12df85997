//! A decision not to notify under one rule: who decided, why and when. It is kept with the assessment, which says whether the law
//! leaves room for it.

use serde_json::{Value, json};

use super::AssessmentView;
use super::decide::LONGEST_REASON;
use crate::answering::seconds;
use crate::desk::Desk;
use crate::problem::Problem;

const LONGEST_NAME: usize = 200;

impl Desk {
    /// Documents a decision not to notify and assesses anew with it; a later decision under the same rule replaces an earlier one.
    ///
    /// # Errors
    /// `not_assessed`, `unknown_rule`, `usage`; nothing was decided then.
    pub fn decide_not_to_notify(
        &self,
        incident: &str,
        rule: &str,
        because: &str,
        by: &str,
    ) -> Result<AssessmentView, Problem> {
        let refuse = |code, what: &str, next: &str| {
            Err(Problem::new(code, format!("{what} Nothing was decided."), next))
        };
        let Some((_, last)) = self.incident_assessment(incident)? else {
            return refuse("not_assessed", "The law book was not asked yet.", "Assess the incident first.");
        };
        let duties = last.get("duties").and_then(Value::as_array);
        if !duties.into_iter().flatten().any(|it| it.get("rule").and_then(Value::as_str) == Some(rule)) {
            return refuse(
                "unknown_rule",
                "The last assessment has no duty under this rule.",
                "Choose a rule of the decision table.",
            );
        }
        let (because, by) = (because.trim(), by.trim());
        let fits = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
        if !fits(because, LONGEST_REASON) || !fits(by, LONGEST_NAME) || by.chars().any(char::is_control) {
            return refuse(
                "usage",
                "The reason or who decided is empty or too long.",
                "Say why nobody is told, in a few sentences, and who decided it.",
            );
        }
        let mut facts = self.facts_given(incident)?;
        let mut decisions = facts.get("decisions").and_then(Value::as_array).cloned().unwrap_or_default();
        decisions.retain(|it| it.get("rule").and_then(Value::as_str) != Some(rule));
        let at = seconds(self.now());
        decisions.push(json!({ "rule": rule, "because": because, "by": by, "at": at, "evidence": [] }));
        facts.insert("decisions".to_owned(), json!(decisions));
        self.assess_incident(incident, Value::Object(facts).to_string().as_bytes())?;
        self.assessed(incident)
    }
}
