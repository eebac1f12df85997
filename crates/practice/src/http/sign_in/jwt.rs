//! Reading and checking the assertion of the JWT bearer flow (RS256 only).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, alg_id};
use serde_json::Value;

/// The claims that decide.
pub(super) struct Claims {
    pub iss: String,
    pub sub: String,
    pub aud: String,
    /// Seconds since 1970.
    pub exp: i64,
}

/// The claims of an RS256 assertion, whoever signed it.
pub(super) fn claims(assertion: &str) -> Option<Claims> {
    let mut parts = assertion.split('.');
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok()?;
    let body: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok()?;
    if header.get("alg")?.as_str()? != "RS256" || parts.next().is_none() || parts.next().is_some() {
        return None;
    }
    let text =
        |name: &str| body.get(name).or_else(|| body.get("prn")).and_then(Value::as_str).map(str::to_owned);
    let exp = body.get("exp")?;
    // simple-salesforce sends the number as a text
    let exp =
        exp.as_i64().or_else(|| exp.as_f64().map(|it| it as i64)).or_else(|| exp.as_str()?.parse().ok())?;
    Some(Claims {
        iss: body.get("iss")?.as_str()?.to_owned(),
        sub: text("sub")?,
        aud: body.get("aud")?.as_str()?.to_owned(),
        exp,
    })
}

/// Whether the certificate's key signed the assertion.
pub(super) fn is_signed_by(assertion: &str, certificate_pem: &str) -> bool {
    check(assertion, certificate_pem).is_some()
}

fn check(assertion: &str, certificate_pem: &str) -> Option<()> {
    let (message, signature) = assertion.rsplit_once('.')?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let certificate = CertificateDer::from_pem_slice(certificate_pem.as_bytes()).ok()?;
    let parsed = rustls::server::ParsedCertificate::try_from(&certificate).ok()?;
    let info = parsed.subject_public_key_info();
    let key = public_key(info.as_ref())?;
    let provider = rustls::crypto::ring::default_provider();
    let algorithm = provider
        .signature_verification_algorithms
        .all
        .iter()
        .find(|it| it.signature_alg_id() == alg_id::RSA_PKCS1_SHA256)?;
    algorithm.verify_signature(key, message.as_bytes(), &signature).ok()
}

/// The key itself inside a SubjectPublicKeyInfo: SEQUENCE { algorithm, BIT STRING }.
fn public_key(info: &[u8]) -> Option<&[u8]> {
    let (inside, _) = element(info, 0x30)?;
    let (_, after_algorithm) = element(inside, 0x30)?;
    let (bits, _) = element(after_algorithm, 0x03)?;
    bits.split_first().filter(|(unused, _)| **unused == 0).map(|(_, key)| key)
}

/// The content of the DER element at the start, and what follows it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (short, rest) = rest.split_first()?;
    if *first != tag {
        return None;
    }
    let (length, rest) = if *short < 0x80 {
        (usize::from(*short), rest)
    } else {
        let (long, rest) = rest.split_at_checked(usize::from(*short & 0x7f))?;
        (long.iter().try_fold(0usize, |sum, it| sum.checked_mul(256)?.checked_add(usize::from(*it)))?, rest)
    };
    rest.split_at_checked(length)
}
