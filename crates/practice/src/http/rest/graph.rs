//! `/composite/graph`: several groups of requests, each carried out whole or not at all.

use serde_json::{Value, json};

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome, composite};

pub(super) fn answer(asked: &Asked<'_>) -> Outcome {
    let body = asked.call.json()?;
    let Some(graphs) = body.get("graphs").and_then(Value::as_array) else {
        return Err(Refusal::new(400, "JSON_PARSER_ERROR", "The body must hold a list \"graphs\""));
    };
    let nodes: usize = graphs
        .iter()
        .filter_map(|it| it.get("compositeRequest").and_then(Value::as_array))
        .map(Vec::len)
        .sum();
    if graphs.len() > 75 || nodes > 500 {
        return Err(Refusal::new(
            400,
            "LIMIT_EXCEEDED",
            "At most 75 graphs with 500 nodes together are taken",
        ));
    }
    let mut shown = Vec::new();
    let mut changes = Vec::new();
    let mut failed = 0;
    for graph in graphs {
        let id = graph.get("graphId").and_then(Value::as_str).unwrap_or("");
        if id.is_empty() {
            return Err(Refusal::new(400, "INVALID_INPUT", "Every graph needs a graphId"));
        }
        let empty = Vec::new();
        let list = graph.get("compositeRequest").and_then(Value::as_array).unwrap_or(&empty);
        let parts = composite::read(list)?;
        if failed >= 14 {
            let stopped: Answer =
                Refusal::new(400, "PROCESSING_HALTED", "Processing stopped after 14 failed graphs.").into();
            let list: Vec<Value> = parts.iter().map(|it| composite::shown(it, &stopped)).collect();
            shown.push(
                json!({"graphId": id, "graphResponse": {"compositeResponse": list}, "isSuccessful": false}),
            );
            continue;
        }
        let (answers, made) = composite::carry_out(asked, &parts, true);
        let good = answers.iter().all(Answer::is_success);
        failed += usize::from(!good);
        changes.extend(made);
        let list: Vec<Value> =
            parts.iter().zip(&answers).map(|(part, it)| composite::shown(part, it)).collect();
        shown
            .push(json!({"graphId": id, "graphResponse": {"compositeResponse": list}, "isSuccessful": good}));
    }
    Ok(Answer::json(json!({"graphs": shown})).changed(changes))
}
