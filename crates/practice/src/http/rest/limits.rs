//! `/limits` and `/limits/recordCount`.

use serde_json::{Map, Value, json};

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome};

const OTHERS: [(&str, u64, u64); 15] = [
    ("ActiveScratchOrgs", 3, 3),
    ("ConcurrentAsyncGetReportInstances", 200, 200),
    ("DailyAsyncApexExecutions", 250_000, 250_000),
    ("DailyBulkV2QueryFileStorageMB", 976_562, 976_562),
    ("DailyDeliveredPlatformEvents", 50_000, 50_000),
    ("DailyGenericStreamingApiEvents", 10_000, 10_000),
    ("DailyStreamingApiEvents", 1_000_000, 1_000_000),
    ("DataStorageMB", 10_240, 9_800),
    ("FileStorageMB", 10_240, 10_100),
    ("HourlyAsyncReportRuns", 1_200, 1_200),
    ("HourlyDashboardRefreshes", 200, 200),
    ("HourlySyncReportRuns", 500, 500),
    ("MassEmail", 5_000, 5_000),
    ("MonthlyPlatformEvents", 300_000, 300_000),
    ("SingleEmail", 5_000, 5_000),
];

pub(super) fn limits(asked: &Asked<'_>) -> Outcome {
    let user = &asked.session.user;
    if !user.may("ViewSetup") && !user.may("ModifyAllData") && !user.may("ViewAllData") {
        return Err(Refusal::new(
            403,
            "INSUFFICIENT_ACCESS",
            "You do not have the View Setup and Configuration permission",
        ));
    }
    let (used, daily) = asked.org.usage();
    let (batches, queries) = asked.org.jobs().spent();
    let entry = |max: u64, left: u64| json!({"Max": max, "Remaining": left});
    let mut map = Map::new();
    map.insert("DailyApiRequests".to_owned(), entry(daily, daily.saturating_sub(used)));
    map.insert("DailyBulkApiBatches".to_owned(), entry(15_000, 15_000u64.saturating_sub(batches)));
    map.insert("DailyBulkV2QueryJobs".to_owned(), entry(10_000, 10_000u64.saturating_sub(queries)));
    for (name, max, left) in OTHERS {
        map.insert(name.to_owned(), entry(max, left));
    }
    map.sort_keys();
    Ok(Answer::json(Value::Object(map)))
}

pub(super) fn record_count(asked: &Asked<'_>) -> Outcome {
    let world = asked.org.world();
    let user = &asked.session.user;
    let wanted: Option<Vec<String>> = asked
        .call
        .param("sObjects")
        .filter(|it| !it.is_empty())
        .map(|it| it.split(',').map(|it| it.trim().to_ascii_lowercase()).collect());
    let mut list = Vec::new();
    for def in world.visible_objects(user) {
        let named = wanted.as_ref().is_none_or(|it| it.contains(&def.name.to_ascii_lowercase()));
        let side = matches!(def.associate_entity_type.as_deref(), Some("History" | "Feed" | "Share"));
        if !named || side || !def.queryable {
            continue;
        }
        let Some(table) = world.table(&def.name) else { continue };
        let count = table.rows().filter(|it| !table.is_deleted(*it) && !table.is_archived(*it)).count();
        if count > 0 || wanted.is_some() {
            list.push(json!({"count": count, "name": def.name}));
        }
    }
    Ok(Answer::json(json!({"sObjects": list})))
}
