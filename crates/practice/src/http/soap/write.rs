//! Writing envelopes and faults.

use super::super::answer::{Answer, Refusal};
use super::Soap;

/// A text that may stand between tags.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(letter),
            it if it < ' ' => {}
            it => out.push(it),
        }
    }
    out
}

/// `<name>text</name>`.
pub(crate) fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>", escaped(text)));
}

fn envelope(namespace: &str, header: &str, body: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"{namespace}\" \
         xmlns:sf=\"urn:sobject.partner.soap.sforce.com\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         {header}<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    )
    .into_bytes()
}

/// The response of a method.
pub(super) fn response(soap: &Soap<'_>, results: &str) -> Answer {
    let (used, daily) = soap.org.usage();
    let header = format!(
        "<soapenv:Header><LimitInfoHeader><limitInfo><current>{used}</current><limit>{daily}</limit>\
         <type>API REQUESTS</type></limitInfo></LimitInfoHeader></soapenv:Header>"
    );
    let name = &soap.body.name;
    let body = format!("<{name}Response>{results}</{name}Response>");
    Answer::bytes("text/xml;charset=UTF-8", envelope(soap.namespace, &header, &body))
}

/// A fault: always status 500.
pub(super) fn fault(refusal: &Refusal, namespace: &str) -> Answer {
    let kind = match refusal.code.as_str() {
        "INVALID_LOGIN" => "LoginFault",
        "MALFORMED_QUERY" => "MalformedQueryFault",
        "INVALID_FIELD" => "InvalidFieldFault",
        "INVALID_TYPE" => "InvalidSObjectFault",
        "INVALID_QUERY_LOCATOR" => "InvalidQueryLocatorFault",
        "MALFORMED_ID" => "InvalidIdFault",
        _ => "UnexpectedErrorFault",
    };
    let namespace_of_faults = namespace.replacen("urn:", "urn:fault.", 1);
    let code = escaped(&refusal.code);
    let message = escaped(&refusal.message);
    let body = format!(
        "<soapenv:Fault xmlns:sf=\"{namespace_of_faults}\"><faultcode>sf:{code}</faultcode>\
         <faultstring>{code}: {message}</faultstring><detail><sf:{kind} xsi:type=\"sf:{kind}\">\
         <sf:exceptionCode>{code}</sf:exceptionCode><sf:exceptionMessage>{message}</sf:exceptionMessage>\
         </sf:{kind}></detail></soapenv:Fault>"
    );
    let mut answer = Answer::bytes("text/xml;charset=UTF-8", envelope(namespace, "", &body)).status(500);
    answer.changes.clone_from(&refusal.changes);
    answer
}
