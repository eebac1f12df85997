//! One package of up to 25 questions in one POST to `/composite`, which counts as one call.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use casework::query::Refusal;
use serde::de::{DeserializeOwned, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::client::{Call, Json, Org};
use crate::errors::Error;
use crate::refusal;

/// Questions in one package.
pub(crate) const QUESTIONS: usize = 25;
/// At most this many of them may be queries.
pub(crate) const QUERIES: usize = 5;

/// What became of one question.
pub(crate) enum Answered<T> {
    Well(T),
    Refused { refusal: Refusal, passing: bool },
}

#[derive(Deserialize)]
struct Package<T: DeserializeOwned> {
    #[serde(rename = "compositeResponse", bound = "T: DeserializeOwned")]
    answers: Vec<One<T>>,
}

#[derive(Deserialize)]
struct One<T: DeserializeOwned> {
    #[serde(bound = "T: DeserializeOwned")]
    body: Body<T>,
    #[serde(rename = "httpStatusCode")]
    status: u16,
    #[serde(rename = "referenceId")]
    reference: String,
}

/// An answer is an object, a refusal an array: told apart while reading, so that no copy is made.
enum Body<T> {
    Object(T),
    Other(Json),
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Body<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Shape<T>(PhantomData<T>);
        impl<'de, T: DeserializeOwned> Visitor<'de> for Shape<T> {
            type Value = Body<T>;
            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an answer or a list of errors")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Body::Object)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = list.next_element::<Value>()? {
                    all.push(one);
                }
                Ok(Body::Other(Value::Array(all)))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Body::Other(Value::Null))
            }
        }
        from.deserialize_any(Shape(PhantomData))
    }
}

impl Org {
    /// Sends GETs together; the answers stand in the order of `paths`.
    pub(crate) async fn package<T: DeserializeOwned>(
        &self,
        paths: &[String],
    ) -> Result<Vec<Answered<T>>, Error> {
        let parts: Vec<Value> = paths
            .iter()
            .enumerate()
            .map(|(place, path)| json!({"method": "GET", "url": path, "referenceId": format!("q{place}")}))
            .collect();
        let body =
            json!({"allOrNone": false, "collateSubrequests": false, "compositeRequest": parts}).to_string();
        let path = self.data("/composite");
        let package: Package<T> =
            self.json(&Call::ask(&path, body.as_bytes())).await.map_err(|failed| failed.error)?;
        let mut by_reference: BTreeMap<String, One<T>> =
            package.answers.into_iter().map(|one| (one.reference.clone(), one)).collect();
        (0..paths.len())
            .map(|place| {
                let one = by_reference
                    .remove(&format!("q{place}"))
                    .ok_or(Error::Garbled { what: "a package with an answer missing" })?;
                self.one_answer(one.status, one.body)
            })
            .collect()
    }

    fn one_answer<T>(&self, status: u16, body: Body<T>) -> Result<Answered<T>, Error> {
        match body {
            Body::Object(value) if (200..300).contains(&status) => Ok(Answered::Well(value)),
            Body::Object(_) => {
                let refusal = refusal::told(&format!("HTTP_{status}"), "", &[]);
                Ok(Answered::Refused { passing: refusal::is_passing(status, &refusal), refusal })
            }
            Body::Other(body) if refusal::is_daily_limit(&body) => {
                Err(Error::DailyLimit { usage: self.usage() })
            }
            Body::Other(body) => {
                let refusal = refusal::from_value(&body)
                    .unwrap_or_else(|| refusal::told(&format!("HTTP_{status}"), "", &[]));
                Ok(Answered::Refused { passing: refusal::is_passing(status, &refusal), refusal })
            }
        }
    }
}
