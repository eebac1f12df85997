//! What the SOAP methods do. Reads are asked of the REST resources and retold in XML.

use axum::http::Method;
use serde_json::{Map, Value, json};
use url::form_urlencoded::byte_serialize;

use super::super::answer::{Answer, Refusal};
use super::super::org::{Org, Session, logged};
use super::super::rest;
use super::read::Node;
use super::{Soap, write};
use crate::world::{Change, Deed, LeadConversion, Merge, Record, Saved, SfError, User, id18};

/// Most records of one call.
const LIMIT: usize = 200;

pub(super) fn answer(soap: &Soap<'_>, who: &Session) -> Result<Answer, Refusal> {
    match soap.body.name.as_str() {
        "query" | "queryAll" => query(soap, who),
        "queryMore" => {
            let locator = soap.body.text_of("queryLocator").unwrap_or_default();
            read(soap, who, &format!("query/{}", encoded(&locator)))
        }
        "getUserInfo" => {
            let org_id = soap.org.world().facts().id.clone();
            let mut out = String::new();
            user_info(&mut out, soap.org, &who.user, &org_id);
            Ok(write::response(soap, &format!("<result>{out}</result>")))
        }
        "getServerTimestamp" => {
            let at = soap.call.at.format("%Y-%m-%dT%H:%M:%S%.3fZ");
            Ok(write::response(soap, &format!("<result><timestamp>{at}</timestamp></result>")))
        }
        "logout" => {
            if let Some(token) = soap.token() {
                soap.org.sessions().revoke(&token);
            }
            Ok(write::response(soap, ""))
        }
        "delete" => {
            let ids = ids(soap)?;
            let all = all_or_none(soap);
            let written = rest::delete(soap.org, who, &ids, all);
            Ok(told(soap, &written.results, &written.changes))
        }
        "undelete" => {
            let written = rest::undelete(soap.org, who, &ids(soap)?);
            Ok(told(soap, &written.results, &written.changes))
        }
        "emptyRecycleBin" => {
            let written = rest::empty_bin(soap.org, who, &ids(soap)?);
            Ok(told(soap, &written.results, &written.changes))
        }
        "create" => {
            let written = rest::create(soap.org, who, &records(soap)?, all_or_none(soap));
            Ok(saved(soap, &written.results, &written.changes, false))
        }
        "update" => {
            let written = rest::update(soap.org, who, &records(soap)?, all_or_none(soap));
            Ok(saved(soap, &written.results, &written.changes, false))
        }
        "upsert" => {
            let field = soap.body.text_of("externalIDFieldName").unwrap_or_else(|| "Id".to_owned());
            let written = rest::upsert(soap.org, who, &field, &records(soap)?, all_or_none(soap));
            Ok(saved(soap, &written.results, &written.changes, true))
        }
        "merge" => each(soap, "request", merge, who),
        "convertLead" => each(soap, "leadConverts", convert, who),
        other => Err(Refusal::new(
            500,
            "INVALID_OPERATION",
            format!("The method {other} is not offered by the practice org"),
        )),
    }
}

/// One result for each element of that name.
fn each(
    soap: &Soap<'_>,
    name: &str,
    deed: impl Fn(&Soap<'_>, &Session, &Node, &mut String) -> Vec<Change>,
    who: &Session,
) -> Result<Answer, Refusal> {
    let mut out = String::new();
    let mut changes = Vec::new();
    for wanted in soap.body.children.iter().filter(|it| it.name == name) {
        out.push_str("<result>");
        changes.extend(deed(soap, who, wanted, &mut out));
        out.push_str("</result>");
    }
    Ok(write::response(soap, &out).changed(logged(&changes)))
}

fn merge(soap: &Soap<'_>, who: &Session, wanted: &Node, out: &mut String) -> Vec<Change> {
    let wanted = Merge {
        master: wanted.child("masterRecord").map(record).unwrap_or_default(),
        losers: wanted.texts_of("recordToMergeIds"),
    };
    let written = rest::merge(soap.org, who, &wanted);
    match written.results.first() {
        Some(Ok(saved)) => {
            write::element(out, "id", &saved.id);
            for loser in &wanted.losers {
                write::element(out, "mergedRecordIds", &id18(loser).unwrap_or_else(|| loser.clone()));
            }
            write::element(out, "success", "true");
            let moved = written.changes.iter().filter(|it| it.deed == Deed::Update && it.id != saved.id);
            for it in moved {
                write::element(out, "updatedRelatedIds", &it.id);
            }
        }
        Some(Err(error)) => refused(out, error),
        None => {}
    }
    written.changes
}

fn convert(soap: &Soap<'_>, who: &Session, wanted: &Node, out: &mut String) -> Vec<Change> {
    let wanted = LeadConversion {
        lead_id: wanted.text_of("leadId").unwrap_or_default(),
        account_id: wanted.text_of("accountId"),
        contact_id: wanted.text_of("contactId"),
        opportunity: wanted.text_of("doNotCreateOpportunity").as_deref() != Some("true"),
        status: wanted.text_of("convertedStatus"),
    };
    let written = rest::convert(soap.org, who, &wanted);
    let made = |object: &str| {
        let made = written.changes.iter().find(|it| it.deed == Deed::Create && it.object == object);
        made.map(|it| it.id.clone())
    };
    match written.results.first() {
        Some(Ok(saved)) => {
            for (name, id) in [
                ("accountId", wanted.account_id.clone().or_else(|| made("Account"))),
                ("contactId", wanted.contact_id.clone().or_else(|| made("Contact"))),
                ("leadId", Some(saved.id.clone())),
                ("opportunityId", made("Opportunity")),
            ] {
                match id {
                    Some(id) => write::element(out, name, &id),
                    None => out.push_str(&format!("<{name} xsi:nil=\"true\"/>")),
                }
            }
            write::element(out, "success", "true");
        }
        Some(Err(error)) => refused(out, error),
        None => {}
    }
    written.changes
}

fn refused(out: &mut String, error: &SfError) {
    errors(out, error);
    write::element(out, "success", "false");
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn all_or_none(soap: &Soap<'_>) -> bool {
    let header = soap.header.child("AllOrNoneHeader").and_then(|it| it.text_of("allOrNone"));
    header.as_deref() == Some("true")
}

fn too_many() -> Refusal {
    Refusal::new(
        500,
        "EXCEEDED_ID_LIMIT",
        format!("record limit reached. cannot submit more than {LIMIT} records into this call"),
    )
}

fn ids(soap: &Soap<'_>) -> Result<Vec<String>, Refusal> {
    let mut ids = soap.body.texts_of("ids");
    ids.extend(soap.body.texts_of("ID"));
    if ids.len() > LIMIT {
        return Err(too_many());
    }
    Ok(ids)
}

fn records(soap: &Soap<'_>) -> Result<Vec<Record>, Refusal> {
    let nodes: Vec<&Node> = soap.body.children.iter().filter(|it| it.name == "sObjects").collect();
    if nodes.len() > LIMIT {
        return Err(too_many());
    }
    Ok(nodes.into_iter().map(record).collect())
}

fn record(node: &Node) -> Record {
    let mut record = Record { object: node.text_of("type").unwrap_or_default(), ..Record::default() };
    for child in &node.children {
        match child.name.as_str() {
            "type" => {}
            "Id" => record.id = Some(child.text.trim().to_owned()).filter(|it| !it.is_empty()),
            "fieldsToNull" => record.values.push((child.text.trim().to_owned(), Value::Null)),
            _ if child.text.is_empty() => {}
            name => record.values.push((name.to_owned(), Value::String(child.text.clone()))),
        }
    }
    record
}

fn errors(out: &mut String, error: &SfError) {
    out.push_str("<errors>");
    for field in &error.fields {
        write::element(out, "fields", field);
    }
    write::element(out, "message", &error.message);
    write::element(out, "statusCode", &error.code);
    out.push_str("</errors>");
}

fn result(out: &mut String, outcome: Result<(&str, Option<bool>), &SfError>) {
    out.push_str("<result>");
    match outcome {
        Ok((id, created)) => {
            if let Some(created) = created {
                write::element(out, "created", if created { "true" } else { "false" });
            }
            write::element(out, "id", id);
            write::element(out, "success", "true");
        }
        Err(error) => {
            errors(out, error);
            out.push_str("<id xsi:nil=\"true\"/>");
            write::element(out, "success", "false");
        }
    }
    out.push_str("</result>");
}

fn told(soap: &Soap<'_>, results: &[Result<String, SfError>], changes: &[Change]) -> Answer {
    let mut out = String::new();
    for it in results {
        result(&mut out, it.as_ref().map(|id| (id.as_str(), None)));
    }
    write::response(soap, &out).changed(logged(changes))
}

fn saved(soap: &Soap<'_>, results: &[Result<Saved, SfError>], changes: &[Change], upserted: bool) -> Answer {
    let mut out = String::new();
    for it in results {
        result(&mut out, it.as_ref().map(|it| (it.id.as_str(), upserted.then_some(it.created))));
    }
    write::response(soap, &out).changed(logged(changes))
}

fn query(soap: &Soap<'_>, who: &Session) -> Result<Answer, Refusal> {
    let text = soap.body.text_of("queryString").unwrap_or_default();
    read(soap, who, &format!("{}?q={}", soap.body.name, encoded(&text)))
}

/// Asks the REST resource and retells its page.
fn read(soap: &Soap<'_>, who: &Session, target: &str) -> Result<Answer, Refusal> {
    let size = soap.header.child("QueryOptions").and_then(|it| it.text_of("batchSize"));
    let headers = size.map(|it| json!({"Sforce-Query-Options": format!("batchSize={it}")}));
    let target = format!("/services/data/v{}.0/{target}", soap.version);
    let call = soap.call.inside(Method::GET, &target, headers.as_ref(), None);
    let page = rest::answer(soap.org, who, &call, soap.version)?.value();
    let mut out = String::new();
    query_result(&mut out, &page);
    Ok(write::response(soap, &format!("<result xsi:type=\"QueryResult\">{out}</result>")))
}

fn query_result(out: &mut String, page: &Value) {
    let done = page.get("done").and_then(Value::as_bool).unwrap_or(true);
    write::element(out, "done", if done { "true" } else { "false" });
    match page.get("nextRecordsUrl").and_then(Value::as_str).and_then(|it| it.rsplit('/').next()) {
        Some(locator) => write::element(out, "queryLocator", locator),
        None => out.push_str("<queryLocator xsi:nil=\"true\"/>"),
    }
    for record in page.get("records").and_then(Value::as_array).into_iter().flatten() {
        out.push_str("<records xsi:type=\"sf:sObject\">");
        fields(out, record);
        out.push_str("</records>");
    }
    let size = page.get("totalSize").and_then(Value::as_u64).unwrap_or(0);
    write::element(out, "size", &size.to_string());
}

fn fields(out: &mut String, record: &Value) {
    let empty = Map::new();
    let map = record.as_object().unwrap_or(&empty);
    let kind = map.get("attributes").and_then(|it| it.get("type")).and_then(Value::as_str).unwrap_or("");
    write::element(out, "sf:type", kind);
    match map.get("Id").and_then(Value::as_str) {
        Some(id) => write::element(out, "sf:Id", id),
        None => out.push_str("<sf:Id xsi:nil=\"true\"/>"),
    }
    for (name, value) in map.iter().filter(|(name, _)| *name != "attributes") {
        match value {
            Value::Null => out.push_str(&format!("<sf:{name} xsi:nil=\"true\"/>")),
            Value::Object(inner) if inner.contains_key("records") => {
                out.push_str(&format!("<sf:{name} xsi:type=\"QueryResult\">"));
                query_result(out, value);
                out.push_str(&format!("</sf:{name}>"));
            }
            Value::Object(inner) if inner.contains_key("attributes") => {
                out.push_str(&format!("<sf:{name} xsi:type=\"sf:sObject\">"));
                fields(out, value);
                out.push_str(&format!("</sf:{name}>"));
            }
            Value::Object(inner) => {
                out.push_str(&format!("<sf:{name}>"));
                for (part, value) in inner {
                    write::element(out, &format!("sf:{part}"), &plain(value));
                }
                out.push_str(&format!("</sf:{name}>"));
            }
            other => write::element(out, &format!("sf:{name}"), &plain(other)),
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.strip_suffix("+0000").map_or_else(|| text.clone(), |it| format!("{it}Z")),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The fields of `getUserInfo`.
pub(super) fn user_info(out: &mut String, org: &Org, user: &User, org_id: &str) {
    let (name, zone) = {
        let world = org.world();
        (world.facts().name.clone(), world.facts().zone.clone())
    };
    for (key, value) in [
        ("accessibilityMode", "false"),
        ("currencySymbol", "$"),
        ("orgDefaultCurrencyIsoCode", "USD"),
        ("organizationId", org_id),
        ("organizationMultiCurrency", "false"),
        ("organizationName", &name),
        ("userDefaultCurrencyIsoCode", "USD"),
        ("userEmail", &user.email),
        ("userFullName", &user.name()),
        ("userId", &user.id),
        ("userLanguage", "en_US"),
        ("userLocale", "en_US"),
        ("userName", &user.username),
        ("userTimeZone", &zone),
        ("userType", "Standard"),
        ("userUiSkin", "Theme3"),
    ] {
        write::element(out, key, value);
    }
}
