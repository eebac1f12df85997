//! Questions to the org, as data. The door to Salesforce turns them into SOQL and SOSL and quotes every value;
//! no other room ever writes query text.

use serde::{Deserialize, Serialize};

/// One SOQL question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    pub object: String,
    /// Fields to read; `Id` is always read first, whether named or not. A parent field is written `Who.Type`.
    pub fields: Vec<String>,
    pub condition: Option<Condition>,
    /// Children read in the same question, at most 20.
    pub children: Vec<ChildQuery>,
    /// `queryAll`: rows in the bin, merge losers and archived activities too.
    pub all_rows: bool,
    pub order_by: Vec<String>,
    /// A LIMIT in the statement; `None` reads to the end.
    pub limit: Option<u32>,
}

/// A parent-to-child subquery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildQuery {
    /// The child relationship's name under the parent, `Cases`.
    pub relationship: String,
    /// The child object, `Case`.
    pub object: String,
    pub fields: Vec<String>,
    pub condition: Option<Condition>,
}

/// A WHERE clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// `field = value`, `field IN (values)`; never with an empty list.
    In {
        field: String,
        values: Vec<Literal>,
    },
    /// `field LIKE pattern`, where the parts are joined by `%`: `["", "ana@example.com", ""]` means contains.
    Like {
        field: String,
        parts: Vec<String>,
    },
    /// `field = null`
    Null {
        field: String,
    },
    /// `field <operator> value` with `<`, `<=`, `>`, `>=`, `!=`.
    Compare {
        field: String,
        operator: Operator,
        value: Literal,
    },
}

impl Query {
    /// About how many bytes of an address the question takes.
    pub fn length(&self) -> usize {
        let list = |fields: &[String]| fields.iter().map(|field| field.len() + 3).sum::<usize>();
        let children = self
            .children
            .iter()
            .map(|child| child.relationship.len() + 24 + list(&child.fields))
            .sum::<usize>();
        list(&self.fields) + children + self.condition.as_ref().map_or(0, Condition::length)
    }
}

impl Condition {
    fn length(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(|part| part.length() + 4).sum(),
            Self::Not(part) => part.length() + 6,
            Self::In { field, values } => field.len() + 8 + values.iter().map(Literal::length).sum::<usize>(),
            Self::Like { field, parts } => {
                field.len() + 18 + parts.iter().map(|part| part.len() + 3).sum::<usize>()
            }
            Self::Null { field } => field.len() + 7,
            Self::Compare { field, value, .. } => field.len() + 8 + value.length(),
        }
    }
}

impl Literal {
    fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len() + 9,
            Self::Number(text) => text.len() + 3,
            Self::Date(_) | Self::DateTime(_) | Self::Flag(_) => 30,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    NotEqual,
}

/// A value in a condition. Only `Text` is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Literal {
    Text(String),
    /// A day, `2026-11-21`.
    Date(chrono::NaiveDate),
    DateTime(chrono::DateTime<chrono::Utc>),
    Flag(bool),
    /// A number exactly as it will stand in the statement.
    Number(String),
}

/// One SOSL question: a record is found when any of the phrases stands in the searched fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Each is looked for as an exact phrase; joined by OR.
    pub phrases: Vec<String>,
    pub within: SearchGroup,
    pub returning: Vec<Returning>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SearchGroup {
    All,
    Name,
    Email,
    Phone,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    pub object: String,
    pub fields: Vec<String>,
    /// Rows asked for; results are ordered by Id. A full answer is not proven complete.
    pub limit: u32,
}

/// One question of either kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    Query(Query),
    Search(Search),
}

/// What the org answered to one [`Ask`]: the rows, child rows flattened in after their parents.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub rows: Vec<crate::row::Row>,
}

/// The org refused one question. `code` is Salesforce's `errorCode`; `message` holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub code: String,
    pub message: String,
}
