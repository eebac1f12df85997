//! The list of resources of a version.

use serde_json::{Map, Value, json};

use super::super::answer::Answer;
use super::{Asked, Outcome};

const RESOURCES: [&str; 11] = [
    "tooling",
    "search",
    "query",
    "queryAll",
    "sobjects",
    "limits",
    "composite",
    "parameterizedSearch",
    "jobs",
    "recent",
    "metadata",
];

pub(super) fn resources(asked: &Asked<'_>) -> Outcome {
    let base = if asked.tooling { format!("{}/tooling", asked.base()) } else { asked.base() };
    let mut map: Map<String, Value> =
        RESOURCES.iter().map(|it| ((*it).to_owned(), json!(format!("{base}/{it}")))).collect();
    if asked.tooling {
        map.retain(|key, _| matches!(key.as_str(), "search" | "query" | "sobjects"));
    } else {
        let org_id = asked.org.world().facts().id.clone();
        let identity = format!("{}/id/{org_id}/{}", asked.org.base, asked.session.user.id);
        map.insert("identity".to_owned(), json!(identity));
    }
    Ok(Answer::json(Value::Object(map)))
}
