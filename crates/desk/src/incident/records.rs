//! Where records come from: the org, or an export that stands in for it.

use std::collections::BTreeMap;

use casework::incident::reach::{Reach as Permitted, SYSTEM};
use casework::query::{Ask, Condition, Literal, Query};
use casework::record_id::RecordId;
use casework::row::Row;
use casework::schema::Schema;
use salesforce::Error;

use super::export::Export;
use crate::desk::Reach;
use crate::problem::Problem;
use crate::troubles::{self, NOTHING_CHANGED};

/// From so many records on, an object is read by a Bulk job.
const BULK_FROM: u64 = 10_000;
/// Ids in one question.
const IDS_AT_ONCE: usize = 300;
/// Up to so many records are asked for by their ids; more, and the whole object is read.
const BY_ID: usize = 3_000;
/// The object that says whose a file is; the org answers for named documents only.
pub(super) const LINKS: &str = "ContentDocumentLink";
pub(super) const TOO_LARGE: &str = "it is larger than this program reads";

pub(super) enum Records {
    Org(Box<Reach>),
    Export(Box<Export>),
}

/// How a question went; the outer error of a question ends the deed.
pub(super) enum Went {
    /// Every row was given; `exact`: the condition was followed to the letter. `bad` records of an export could not be read.
    Well { exact: bool, bad: u64 },
    /// Why there is no answer, in a sentence.
    Refused(String),
}

impl Records {
    pub fn schema(&self) -> &Schema {
        match self {
            Self::Org(reach) => &reach.schema,
            Self::Export(export) => &export.schema,
        }
    }

    /// API calls sent so far.
    pub fn spent(&self) -> u64 {
        match self {
            Self::Org(reach) => reach.org.spent(),
            Self::Export(_) => 0,
        }
    }

    /// Every record that a question gives.
    pub async fn rows(&self, query: &Query, each: &mut (dyn FnMut(Row) + Send)) -> Result<Went, Problem> {
        let reach = match self {
            Self::Export(export) => {
                let answered = export.rows(query, each)?;
                let exact = answered.doubtful == 0 && answered.bad == 0;
                return Ok(Went::Well { exact, bad: answered.bad });
            }
            Self::Org(reach) => reach,
        };
        let asked = if self.is_large(query).await? {
            let mut all = |rows: Vec<Row>| {
                rows.into_iter().for_each(&mut *each);
                Ok(())
            };
            reach.org.ask_large(query, &mut all).await.map(|_| ())
        } else {
            let mut refused = None;
            let mut take =
                |_: usize, answer: Result<casework::query::Answer, casework::query::Refusal>| match answer {
                    Ok(answer) => answer.rows.into_iter().for_each(&mut *each),
                    Err(refusal) => refused = Some(refusal),
                };
            let asked = reach.org.ask(&[Ask::Query(query.clone())], &mut take).await;
            match refused {
                Some(refusal) => return Ok(Went::Refused(no(&query.object, &refusal.code))),
                None => asked,
            }
        };
        match asked {
            Ok(()) => Ok(Went::Well { exact: true, bad: 0 }),
            Err(Error::Refused { refusal, .. }) => Ok(Went::Refused(no(&query.object, &refusal.code))),
            Err(error) => Err(troubles::org(&error, NOTHING_CHANGED)),
        }
    }

    async fn is_large(&self, query: &Query) -> Result<bool, Problem> {
        let Self::Org(reach) = self else { return Ok(false) };
        let by_id = matches!(&query.condition, Some(Condition::In { field, .. }) if field == "Id");
        if by_id || query.object == LINKS || query.object.ends_with("__x") || query.object.ends_with("__b") {
            return Ok(false);
        }
        let counts = reach.org.record_counts(std::slice::from_ref(&query.object)).await;
        match counts {
            Ok(counts) => Ok(counts.values().any(|count| *count >= BULK_FROM)),
            Err(Error::Refused { .. }) => Ok(false),
            Err(error) => Err(troubles::org(&error, NOTHING_CHANGED)),
        }
    }

    /// Records by their ids, the bin included; many are sifted out of the whole object.
    pub async fn by_ids(
        &self,
        object: &str,
        fields: &[String],
        ids: &[RecordId],
        each: &mut (dyn FnMut(Row) + Send),
    ) -> Result<Option<String>, Problem> {
        let query = |condition| Query {
            object: object.to_owned(),
            fields: fields.to_vec(),
            condition,
            children: Vec::new(),
            all_rows: true,
            order_by: Vec::new(),
            limit: None,
        };
        if ids.len() > BY_ID || matches!(self, Self::Export(_)) {
            let wanted: std::collections::HashSet<&RecordId> = ids.iter().collect();
            let mut sift = |row: Row| {
                if wanted.contains(&row.id) {
                    each(row);
                }
            };
            return self.rows(&query(None), &mut sift).await.map(Went::why);
        }
        for some in ids.chunks(IDS_AT_ONCE) {
            let values = some.iter().map(|id| Literal::Text(id.to_string())).collect();
            let condition = Condition::In { field: "Id".to_owned(), values };
            if let Went::Refused(why) = self.rows(&query(Some(condition)), each).await? {
                return Ok(Some(why));
            }
        }
        Ok(None)
    }

    /// The bytes of a file, at most so many; inside, why there are none.
    pub async fn body(
        &self,
        row: &Row,
        field: &str,
        most: usize,
    ) -> Result<Result<Vec<u8>, &'static str>, Problem> {
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let reach = match self {
            Self::Export(export) => return Ok(export.body(&row.object, &row.id, most)),
            Self::Org(reach) => reach,
        };
        match reach.org.file_body(&row.object, &row.id, field, most).await {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(Error::TooLarge { .. }) => Ok(Err(TOO_LARGE)),
            Err(Error::Refused { .. }) => Ok(Err("the org does not hand it out any more")),
            Err(error) => Err(troubles::org(&error, NOTHING_CHANGED)),
        }
    }

    /// Which records documents hang on: rows of ContentDocumentLink.
    pub async fn links(
        &self,
        documents: &[RecordId],
        each: &mut (dyn FnMut(Row) + Send),
    ) -> Result<Option<String>, Problem> {
        let query = |condition| Query {
            object: LINKS.to_owned(),
            fields: ["ContentDocumentId", "LinkedEntityId"].map(str::to_owned).to_vec(),
            condition,
            children: Vec::new(),
            all_rows: false,
            order_by: Vec::new(),
            limit: None,
        };
        if matches!(self, Self::Export(_)) {
            return self.rows(&query(None), each).await.map(Went::why);
        }
        for some in documents.chunks(IDS_AT_ONCE) {
            let values = some.iter().map(|id| Literal::Text(id.to_string())).collect();
            let condition = Condition::In { field: "ContentDocumentId".to_owned(), values };
            if let Went::Refused(why) = self.rows(&query(Some(condition)), each).await? {
                return Ok(Some(why));
            }
        }
        Ok(None)
    }

    /// What a user may read, as far as the org tells.
    pub async fn permissions(&self, user: &RecordId, objects: &[String]) -> Result<Permitted, Problem> {
        let Self::Org(reach) = self else { return Ok(Permitted::default()) };
        let text = |id: &str| Literal::Text(id.to_owned());
        let any = |field: &str, values: Vec<Literal>| Condition::In { field: field.to_owned(), values };
        let assigned = self
            .setup(
                "PermissionSetAssignment",
                &["PermissionSetId"],
                any("AssigneeId", vec![text(user.as_str())]),
            )
            .await?;
        let sets: Vec<Literal> = assigned
            .iter()
            .filter_map(|row| row.lookup("PermissionSetId"))
            .map(|id| text(id.as_str()))
            .collect();
        if sets.is_empty() || objects.is_empty() {
            return Ok(Permitted::default());
        }
        let described = reach.schema.object("PermissionSet");
        let known: Vec<&str> = SYSTEM
            .into_iter()
            .filter(|it| described.is_some_and(|object| object.field(it).is_some()))
            .collect();
        let system = self.setup("PermissionSet", &known, any("Id", sets.clone())).await?;
        let named: Vec<Literal> = objects.iter().map(|it| text(it)).collect();
        let of = |sets: &[Literal]| {
            Condition::All(vec![any("ParentId", sets.to_vec()), any("SobjectType", named.clone())])
        };
        let object_fields =
            ["SobjectType", "PermissionsRead", "PermissionsViewAllRecords", "PermissionsViewAllFields"];
        let described = reach.schema.object("ObjectPermissions");
        let object_fields: Vec<&str> = object_fields
            .into_iter()
            .filter(|it| described.is_some_and(|object| object.field(it).is_some()))
            .collect();
        let on_objects = self.setup("ObjectPermissions", &object_fields, of(&sets)).await?;
        let on_fields =
            self.setup("FieldPermissions", &["SobjectType", "Field", "PermissionsRead"], of(&sets)).await?;
        Ok(Permitted::read(&system, &on_objects, &on_fields))
    }

    /// Rows of a setup object; none when the org does not show them.
    async fn setup(&self, object: &str, fields: &[&str], condition: Condition) -> Result<Vec<Row>, Problem> {
        let query = Query {
            object: object.to_owned(),
            fields: fields.iter().map(|it| (*it).to_owned()).collect(),
            condition: Some(condition),
            children: Vec::new(),
            all_rows: false,
            order_by: Vec::new(),
            limit: None,
        };
        let mut rows = Vec::new();
        self.rows(&query, &mut |row| rows.push(row)).await?;
        Ok(rows)
    }
}

impl Went {
    fn why(self) -> Option<String> {
        match self {
            Self::Well { .. } => None,
            Self::Refused(why) => Some(why),
        }
    }
}

fn no(object: &str, code: &str) -> String {
    format!("The org refused the question about {object} ({code}).")
}

/// Ids by their object.
pub(super) fn by_object<'a>(
    schema: &Schema,
    ids: impl Iterator<Item = &'a RecordId>,
) -> BTreeMap<String, Vec<RecordId>> {
    let mut all: BTreeMap<String, Vec<RecordId>> = BTreeMap::new();
    for id in ids {
        if let Some(object) = schema.object_with_prefix(id.prefix()) {
            all.entry(object.name.clone()).or_default().push(id.clone());
        }
    }
    all
}
