//! The result: matches in order with their numbers, the questions, the coverage.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::found::{Located, Match, Reason};
use crate::locate::{Locate, Ready, coverage, questions};
use crate::record_id::RecordId;
use crate::schema::Schema;

pub fn finish(locate: &Locate, ready: &Ready, schema: &Schema, catalogue: &Catalogue) -> Located {
    let verdict = locate.judge(ready);
    let mut ordered: Vec<(&str, &RecordId)> = verdict
        .grades
        .keys()
        .filter_map(|id| Some((locate.nodes.get(id)?.row.object.as_str(), id)))
        .collect();
    ordered.sort();
    let numbers: BTreeMap<RecordId, String> = ordered
        .iter()
        .enumerate()
        .map(|(place, (_, id))| ((*id).clone(), format!("M-{:04}", place + 1)))
        .collect();
    let mut located = Located {
        questions: questions::ask(&locate.nodes, &verdict, &ready.sought, &numbers),
        coverage: coverage::state(locate, ready, schema, catalogue),
        ..Located::default()
    };
    for (object, id) in ordered {
        let (Some(node), Some(grade), Some(number)) =
            (locate.nodes.get(id), verdict.grades.get(id), numbers.get(id))
        else {
            continue;
        };
        let mut reasons: Vec<Reason> = Vec::new();
        for reason in &grade.reasons {
            if !reasons.contains(reason) {
                reasons.push(reason.clone());
            }
        }
        located.matches.push(Match {
            number: number.clone(),
            object: object.to_owned(),
            id: id.clone(),
            confidence: grade.confidence,
            person: node.is_person(),
            shared: grade.shared,
            presence: node.row.presence(),
            reasons,
        });
        located.rows.push(node.row.clone());
    }
    located
}
