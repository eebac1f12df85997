//! One request as the org sees it, whether it came over the wire or inside a composite.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::answer::Refusal;

/// One request: decoded path, decoded query, headers, and the body after un-gzipping.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub method: Method,
    /// Percent-decoded path segments; empty ones (double or trailing slashes) are left out.
    pub path: Vec<String>,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// The org's clock when the request arrived.
    pub at: DateTime<Utc>,
}

impl Call {
    /// Splits a request target (`/path?query`) into decoded parts.
    pub(crate) fn new(
        method: Method,
        target: &str,
        headers: HeaderMap,
        body: Vec<u8>,
        at: DateTime<Utc>,
    ) -> Self {
        let target = match target.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| rest.get(slash..).unwrap_or("")),
            None => target,
        };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = path.split('/').filter(|it| !it.is_empty()).map(decoded).collect();
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { method, path, query, headers, body, at }
    }

    /// A request made by a composite on behalf of its sender.
    pub(crate) fn inside(
        &self,
        method: Method,
        target: &str,
        headers: Option<&Value>,
        body: Option<&Value>,
    ) -> Self {
        let mut own = HeaderMap::new();
        if let Some(Value::Object(given)) = headers {
            for (name, value) in given {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                if let (Ok(name), Ok(value)) =
                    (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&text))
                {
                    own.insert(name, value);
                }
            }
        }
        let body = match body {
            None | Some(Value::Null) => Vec::new(),
            Some(value) => {
                own.insert("content-type", HeaderValue::from_static("application/json"));
                value.to_string().into_bytes()
            }
        };
        Self::new(method, target, own, body, self.at)
    }

    /// The first query parameter of that name.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header as text; `None` when absent or not ASCII.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|it| it.to_str().ok())
    }

    /// The path segment at `n`, or the empty string.
    pub(crate) fn segment(&self, n: usize) -> &str {
        self.path.get(n).map_or("", String::as_str)
    }

    /// Whether the header's value contains `part`, letters compared without case.
    pub(crate) fn header_has(&self, name: &str, part: &str) -> bool {
        self.header(name).is_some_and(|it| it.to_ascii_lowercase().contains(part))
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// `UNSUPPORTED_MEDIA_TYPE` for a body declared as something else than JSON, `JSON_PARSER_ERROR`
    /// for one that cannot be read.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        if let Some(kind) = self.header("content-type") {
            let kind = kind.to_ascii_lowercase();
            if !kind.is_empty() && !kind.contains("json") {
                return Err(Refusal::new(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    format!("Content-Type header specified in HTTP request is not supported: {kind}"),
                ));
            }
        }
        let text = std::str::from_utf8(&self.body)
            .map_err(|_| Refusal::new(400, "JSON_PARSER_ERROR", "Invalid UTF-8 in the request body"))?;
        if text.trim().is_empty() {
            return Err(Refusal::new(
                400,
                "JSON_PARSER_ERROR",
                "The HTTP entity body is required, but this request has no entity body.",
            ));
        }
        serde_json::from_str(text).map_err(|it| {
            Refusal::new(
                400,
                "JSON_PARSER_ERROR",
                format!("{it} at [line:{}, column:{}]", it.line(), it.column()),
            )
        })
    }

    /// The fields of a form body followed by those of the query.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        if self.header_has("content-type", "json") {
            if let Ok(Value::Object(given)) = serde_json::from_slice(&self.body) {
                for (key, value) in given {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    all.push((key, text));
                }
            }
        } else {
            all.extend(url::form_urlencoded::parse(&self.body).into_owned());
        }
        all.extend(self.query.iter().cloned());
        all
    }
}

fn decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_split_and_decoded_and_slashes_are_tolerated() {
        let call = Call::new(
            Method::GET,
            "/services//data/v68.0/query/?q=SELECT+Id%20FROM%20Contact",
            HeaderMap::new(),
            Vec::new(),
            DateTime::UNIX_EPOCH,
        );
        assert_eq!(call.path, ["services", "data", "v68.0", "query"]);
        assert_eq!(call.param("q"), Some("SELECT Id FROM Contact"));
    }

    #[test]
    fn an_absolute_target_means_its_path() {
        let call = Call::new(
            Method::GET,
            "http://x:1/services/data",
            HeaderMap::new(),
            Vec::new(),
            DateTime::UNIX_EPOCH,
        );
        assert_eq!(call.path, ["services", "data"]);
    }
}
