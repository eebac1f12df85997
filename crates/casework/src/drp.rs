//! A request in the Data Rights Protocol 1.0: a JSON message with its Ed25519 signature in front, as base64.
//!
//! It is checked in the protocol's order (section 3.07): base64, signature, agent, business, issued, expires.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Deserialize;
use serde_json::Value;

use crate::case::RequestKind;
use crate::ledger::hex;
use crate::subject::{Address, Subject};

/// A message larger than this is refused.
pub const LARGEST_MESSAGE: usize = 256 * 1024;
const SIGNATURE_BYTES: usize = 64;
/// 0.9.4 is 1.0 under its earlier number: nothing was changed between them.
const VERSIONS: [&str; 2] = ["1.0", "0.9.4"];

/// An agent's public key, and the id it belongs to where the directory's entry was given.
#[derive(Debug, Clone)]
pub struct AgentKey {
    pub agent_id: Option<String>,
    key: VerifyingKey,
}

/// A message whose signature holds and whose time has not run out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub agent_id: String,
    pub business_id: String,
    /// The agent's own number for it.
    pub agent_request_id: Option<String>,
    pub issued_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub kind: RequestKind,
    /// The words of `exercise`.
    pub exercise: String,
    /// Hints where else the business may hold data.
    pub relationships: Vec<String>,
    /// Where the agent waits for news; nothing is ever sent there by the program.
    pub status_callback: Option<String>,
    pub subject: Subject,
    /// What the agent says it verified: `email`, `phone_number`, `address`.
    pub verified: Vec<&'static str>,
    pub power_of_attorney: bool,
}

/// Why nothing was opened. No sentence repeats a claim about a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error(
        "the agent's key is neither 32 bytes, nor their base64 or hex, nor an agent's entry of the service directory"
    )]
    Key,
    #[error("the file is larger than 256 KB")]
    TooLarge,
    #[error("the file is not base64 of a signature and a message")]
    NotBase64,
    #[error("the signature does not belong to this message and this agent's key")]
    Signature,
    #[error("the signed message is not JSON with the fields of the protocol: {0}")]
    Shape(String),
    #[error("the message names the agent {named:?}, and the key belongs to {expected:?}")]
    Agent { named: String, expected: String },
    #[error("the message is for the business {named:?}, not for {expected:?}")]
    Business { named: String, expected: String },
    #[error("the message says it was issued at {0}, after it came in")]
    NotYet(DateTime<Utc>),
    #[error("the message expired at {0}, before it came in")]
    Expired(DateTime<Utc>),
    #[error("the protocol version {0:?} is not known; 1.0 is")]
    Version(String),
    #[error(
        "the right {0:?} is none of the protocol: sale:opt_out, sale:opt_in, deletion, access, access:categories, access:specific"
    )]
    Exercise(String),
    #[error("the legal regime {0:?} is not known; ccpa is")]
    Regime(String),
    #[error("the message says nothing about the person by which they could be found")]
    Nobody,
}

#[derive(Deserialize)]
struct Written {
    #[serde(rename = "agent-id")]
    agent_id: String,
    #[serde(rename = "business-id")]
    business_id: String,
    #[serde(rename = "agent-request-id")]
    agent_request_id: Option<String>,
    #[serde(rename = "issued-at")]
    issued_at: DateTime<Utc>,
    #[serde(rename = "expires-at")]
    expires_at: DateTime<Utc>,
    #[serde(rename = "drp.version")]
    version: String,
    exercise: String,
    regime: Option<String>,
    #[serde(default)]
    relationships: Vec<String>,
    status_callback: Option<String>,
    name: Option<String>,
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
    phone_number: Option<String>,
    #[serde(default)]
    phone_number_verified: bool,
    address: Option<WrittenAddress>,
    #[serde(default)]
    address_verified: bool,
    power_of_attorney: Option<Value>,
}

/// The address claim of OpenID Connect, or plain text.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenAddress {
    Parts {
        formatted: Option<String>,
        street_address: Option<String>,
        locality: Option<String>,
        region: Option<String>,
        postal_code: Option<String>,
        country: Option<String>,
    },
    Text(String),
}

impl AgentKey {
    /// Reads a key: raw, in base64 or hex, or as the agent's entry of the service directory (`id`, `verify_key`).
    ///
    /// # Errors
    /// [`Refused::Key`].
    pub fn read(file: &[u8]) -> Result<Self, Refused> {
        if let Ok(raw) = <[u8; 32]>::try_from(file) {
            return Self::of(None, &raw);
        }
        let text = std::str::from_utf8(file).map_err(|_| Refused::Key)?.trim();
        if let Ok(entry) = serde_json::from_str::<Value>(text)
            && let Some(key) = entry.get("verify_key").and_then(Value::as_str)
        {
            let id = entry.get("id").and_then(Value::as_str).map(str::to_owned);
            return Self::of(id, &bytes_of(key).ok_or(Refused::Key)?);
        }
        Self::of(None, &bytes_of(text).ok_or(Refused::Key)?)
    }

    fn of(agent_id: Option<String>, bytes: &[u8; 32]) -> Result<Self, Refused> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| Refused::Key)?;
        Ok(Self { agent_id, key })
    }
}

fn bytes_of(text: &str) -> Option<[u8; 32]> {
    if text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit()) {
        let pairs = text.as_bytes().chunks(2).map(|it| std::str::from_utf8(it).ok());
        let bytes: Option<Vec<u8>> = pairs.map(|it| u8::from_str_radix(it?, 16).ok()).collect();
        return bytes?.try_into().ok();
    }
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Reads a message that came in at `received_at`; `business_id` is ours in the service directory, where it is known.
///
/// # Errors
/// [`Refused`] with the first thing that is wrong.
pub fn read(
    file: &[u8],
    key: &AgentKey,
    business_id: Option<&str>,
    received_at: DateTime<Utc>,
) -> Result<Message, Refused> {
    if file.len() > LARGEST_MESSAGE {
        return Err(Refused::TooLarge);
    }
    let text: Vec<u8> = file.iter().copied().filter(|it| !it.is_ascii_whitespace()).collect();
    let signed = STANDARD.decode(text).map_err(|_| Refused::NotBase64)?;
    let (signature, body) = signed.split_at_checked(SIGNATURE_BYTES).ok_or(Refused::NotBase64)?;
    let signature = Signature::from_slice(signature).map_err(|_| Refused::NotBase64)?;
    key.key.verify_strict(body, &signature).map_err(|_| Refused::Signature)?;
    let it: Written = serde_json::from_slice(body)
        .map_err(|error| Refused::Shape(format!("line {}, column {}", error.line(), error.column())))?;
    if let Some(expected) = key.agent_id.as_ref().filter(|id| **id != it.agent_id) {
        return Err(Refused::Agent { named: short(&it.agent_id), expected: expected.clone() });
    }
    if let Some(expected) = business_id.filter(|id| *id != it.business_id) {
        return Err(Refused::Business { named: short(&it.business_id), expected: expected.to_owned() });
    }
    if received_at < it.issued_at {
        return Err(Refused::NotYet(it.issued_at));
    }
    if received_at > it.expires_at {
        return Err(Refused::Expired(it.expires_at));
    }
    if !VERSIONS.contains(&it.version.as_str()) {
        return Err(Refused::Version(short(&it.version)));
    }
    let kind = kind(&it.exercise).ok_or_else(|| Refused::Exercise(short(&it.exercise)))?;
    if let Some(other) = it.regime.as_deref().filter(|regime| !regime.eq_ignore_ascii_case("ccpa")) {
        return Err(Refused::Regime(short(other)));
    }
    let subject = Subject {
        names: it.name.into_iter().collect(),
        emails: it.email.into_iter().collect(),
        phones: it.phone_number.into_iter().collect(),
        addresses: it.address.and_then(address).into_iter().collect(),
        ..Subject::default()
    };
    if subject == Subject::default() {
        return Err(Refused::Nobody);
    }
    let verified = [
        ("email", it.email_verified),
        ("phone_number", it.phone_number_verified),
        ("address", it.address_verified),
    ];
    Ok(Message {
        agent_id: it.agent_id,
        business_id: it.business_id,
        agent_request_id: it.agent_request_id,
        issued_at: it.issued_at,
        expires_at: it.expires_at,
        kind,
        exercise: it.exercise,
        relationships: it.relationships,
        status_callback: it.status_callback,
        subject,
        verified: verified.into_iter().filter(|(_, it)| *it).map(|(name, _)| name).collect(),
        power_of_attorney: it.power_of_attorney.is_some_and(|it| !it.is_null()),
    })
}

/// SHA-256 of the message as it came in, in hex: the same message is never opened twice.
pub fn fingerprint(file: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(file))
}

fn kind(exercise: &str) -> Option<RequestKind> {
    Some(match exercise {
        // The specification writes it both ways.
        "sale:opt_out" | "sale:opt-out" => RequestKind::OptOut,
        "sale:opt_in" | "sale:opt-in" => RequestKind::OptIn,
        "deletion" => RequestKind::Delete,
        "access" | "access:specific" => RequestKind::KnowSpecific,
        "access:categories" => RequestKind::KnowCategories,
        _ => return None,
    })
}

fn address(written: WrittenAddress) -> Option<Address> {
    let address = match written {
        WrittenAddress::Text(text) => Address { street: Some(text), ..Address::default() },
        WrittenAddress::Parts { formatted, street_address, locality, region, postal_code, country } => {
            Address { street: street_address.or(formatted), city: locality, region, postal_code, country }
        }
    };
    (address != Address::default()).then_some(address)
}

/// Words of a stranger, fit to stand in a sentence.
fn short(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};
    use serde_json::json;

    use super::*;

    fn signer() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }
    fn key() -> AgentKey {
        AgentKey::read(signer().verifying_key().as_bytes()).unwrap()
    }
    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }
    fn message(changes: Value) -> Vec<u8> {
        let mut body = json!({
            "agent-id": "GOOD_AGENT", "business-id": "ALDER_FINCH", "issued-at": "2026-11-20T18:00:00.000000+00:00",
            "expires-at": "2026-11-20T18:10:00Z", "agent-request-id": "a-1", "drp.version": "1.0",
            "exercise": "deletion", "regime": "ccpa", "relationships": ["customer"],
            "status_callback": "https://agent.example.com/status", "name": "Ana Reyes",
            "email": "ana@example.com", "email_verified": true, "phone_number": "+14155550123",
            "address": { "street_address": "1 Elm Street", "postal_code": "94601" },
        });
        for (name, value) in changes.as_object().unwrap() {
            body[name] = value.clone();
        }
        let body = body.to_string().into_bytes();
        let mut signed = signer().sign(&body).to_bytes().to_vec();
        signed.extend(&body);
        STANDARD.encode(signed).into_bytes()
    }
    fn read_at(file: &[u8], when: &str) -> Result<Message, Refused> {
        read(file, &key(), Some("ALDER_FINCH"), at(when))
    }
    const IN_TIME: &str = "2026-11-20T18:05:00Z";

    #[test]
    fn a_good_message_gives_its_kind_and_its_person() {
        let it = read_at(&message(json!({})), IN_TIME).unwrap();
        assert_eq!((it.kind, it.agent_id.as_str()), (RequestKind::Delete, "GOOD_AGENT"));
        assert_eq!((it.verified.as_slice(), it.power_of_attorney), (["email"].as_slice(), false));
        assert_eq!(it.subject.emails, ["ana@example.com"]);
        assert_eq!(it.subject.addresses[0].postal_code.as_deref(), Some("94601"));
    }

    #[test]
    fn whatever_is_wrong_is_named_and_nothing_is_read() {
        let changed = |changes: Value| read_at(&message(changes), IN_TIME).unwrap_err();
        assert_eq!(changed(json!({ "exercise": "dance" })), Refused::Exercise("dance".into()));
        assert_eq!(changed(json!({ "drp.version": "0.7" })), Refused::Version("0.7".into()));
        assert_eq!(changed(json!({ "regime": "gdpr" })), Refused::Regime("gdpr".into()));
        assert!(matches!(changed(json!({ "business-id": "OTHER" })), Refused::Business { .. }));
        assert!(matches!(changed(json!({ "issued-at": "yesterday" })), Refused::Shape(_)));
        let nobody = json!({ "name": null, "email": null, "phone_number": null, "address": null });
        assert_eq!(changed(nobody), Refused::Nobody);
        let good = message(json!({}));
        assert!(matches!(read_at(&good, "2026-11-20T18:10:01Z"), Err(Refused::Expired(_))));
        assert!(matches!(read_at(&good, "2026-11-20T17:59:59Z"), Err(Refused::NotYet(_))));
        assert_eq!(read_at(b"{}", IN_TIME), Err(Refused::NotBase64));
        let other = SigningKey::from_bytes(&[8; 32]).verifying_key();
        let other = AgentKey::read(STANDARD.encode(other.as_bytes()).as_bytes()).unwrap();
        assert_eq!(read(&good, &other, None, at(IN_TIME)), Err(Refused::Signature));
        let entry = json!({ "id": "OTHER_AGENT", "verify_key": STANDARD.encode(signer().verifying_key().as_bytes()) });
        let entry = AgentKey::read(entry.to_string().as_bytes()).unwrap();
        assert!(matches!(read(&good, &entry, None, at(IN_TIME)), Err(Refused::Agent { .. })));
    }

    #[test]
    fn every_flipped_bit_of_the_message_breaks_the_signature() {
        let signed = STANDARD.decode(message(json!({}))).unwrap();
        for place in 0..signed.len() {
            let mut bent = signed.clone();
            bent[place] ^= 1;
            let file = STANDARD.encode(&bent).into_bytes();
            assert_eq!(read_at(&file, IN_TIME), Err(Refused::Signature), "byte {place}");
        }
    }

    #[test]
    fn a_key_is_read_raw_in_base64_and_in_hex_and_nothing_else_is_one() {
        let raw = signer().verifying_key().to_bytes();
        for file in [raw.to_vec(), STANDARD.encode(raw).into_bytes(), (hex(&raw) + "\n").into_bytes()] {
            let key = AgentKey::read(&file).unwrap();
            assert!(read(&message(json!({})), &key, None, at(IN_TIME)).is_ok());
        }
        for bad in [&b"short"[..], b"", b"{}", &[0xff; 40]] {
            assert_eq!(AgentKey::read(bad).map(|_| ()).unwrap_err(), Refused::Key);
        }
    }
}
