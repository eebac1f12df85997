//! The two deeds that only SOAP offers: emptying the bin and bringing back from it.

use casework::record_id::RecordId;
use quick_xml::Reader;
use quick_xml::events::Event;
use reqwest::Method;

use crate::client::{Call, Failed, Org};
use crate::errors::Error;
use crate::http::Reply;
use crate::refusal;
use crate::writes::RowOutcome;

/// Stands in the envelope where the session goes; replaced at the moment of sending.
pub(crate) const SESSION: &str = "{session}";

/// One `<result>`.
#[derive(Default, Debug, PartialEq)]
struct SoapResult {
    id: String,
    success: bool,
    code: String,
}

impl Org {
    /// `emptyRecycleBin` or `undelete` of up to 200 ids.
    pub(crate) async fn soap_write(&self, deed: &str, ids: &[RecordId]) -> Result<Vec<RowOutcome>, Failed> {
        let list: String = ids.iter().map(|id| format!("<urn:ids>{id}</urn:ids>")).collect();
        let envelope = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
             <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:urn=\"urn:partner.soap.sforce.com\"><soapenv:Header>\
             <urn:SessionHeader><urn:sessionId>{SESSION}</urn:sessionId></urn:SessionHeader>\
             <urn:CallOptions><urn:client>Habeas</urn:client></urn:CallOptions></soapenv:Header>\
             <soapenv:Body><urn:{deed}>{list}</urn:{deed}></soapenv:Body></soapenv:Envelope>"
        );
        let path = format!("/services/Soap/u/{}", self.inner.version.trim_start_matches('v'));
        let call = Call {
            headers: &[("SOAPAction", "\"\"")],
            ..Call::change(Method::POST, &path, Some(("text/xml; charset=UTF-8", envelope.as_bytes())))
        };
        let results = self.inner.call(&call, read).await?;
        if results.len() != ids.len() {
            return Err(Failed { error: unfit(), perhaps_done: true });
        }
        ids.iter()
            .zip(results)
            .map(|(id, result)| {
                let same = result.id.is_empty() || RecordId::parse(&result.id).as_ref() == Ok(id);
                if !same {
                    return Err(Failed { error: unfit(), perhaps_done: true });
                }
                let outcome = if result.success { Ok(()) } else { Err(refusal::told(&result.code, "", &[])) };
                Ok((id.clone(), outcome))
            })
            .collect()
    }
}

fn unfit() -> Error {
    Error::Garbled { what: "results that do not fit the records written" }
}

fn read(reply: &Reply) -> Result<Vec<SoapResult>, Error> {
    if reply.is_html() {
        return Err(Error::Maintenance);
    }
    let text =
        std::str::from_utf8(&reply.body).map_err(|_| Error::Garbled { what: "text that is not UTF-8" })?;
    results(text)
}

/// Every `<result>` of the answer; an answer that ends before its envelope does is cut off.
fn results(text: &str) -> Result<Vec<SoapResult>, Error> {
    let mut reader = Reader::from_str(text);
    let mut all = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut closed = false;
    loop {
        match reader.read_event().map_err(|_| Error::Garbled { what: "XML that cannot be read" })? {
            Event::Start(tag) => {
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                if name == "result" {
                    all.push(SoapResult::default());
                }
                path.push(name);
            }
            Event::End(_) => {
                path.pop();
                closed = path.is_empty();
            }
            Event::Text(value) => {
                let value = value.decode().map_err(|_| Error::Garbled { what: "XML that cannot be read" })?;
                take(&mut all, &path, value.trim());
            }
            Event::Eof if closed => return Ok(all),
            Event::Eof => return Err(Error::CutOff),
            Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

fn take(all: &mut [SoapResult], path: &[String], value: &str) {
    let Some(result) = all.last_mut() else { return };
    match path {
        [.., parent, name] if parent == "result" && name == "id" => value.clone_into(&mut result.id),
        [.., parent, name] if parent == "result" && name == "success" => result.success = value == "true",
        [.., parent, name] if parent == "errors" && name == "statusCode" && result.code.is_empty() => {
            value.clone_into(&mut result.code);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><soapenv:Body><emptyRecycleBinResponse><result><id>0035g00000AAAAA</id><success>true</success></result><result><errors><message>no recycle bin entry found</message><statusCode>INVALID_ID_FIELD</statusCode></errors><id xsi:nil="true"/><success>false</success></result></emptyRecycleBinResponse></soapenv:Body></soapenv:Envelope>"#;

    #[test]
    fn each_result_is_read() {
        let all = results(ANSWER).unwrap();
        let told: Vec<(&str, bool, &str)> =
            all.iter().map(|it| (it.id.as_str(), it.success, it.code.as_str())).collect();
        assert_eq!(told, [("0035g00000AAAAA", true, ""), ("", false, "INVALID_ID_FIELD")]);
    }

    #[test]
    fn an_answer_that_breaks_off_is_never_a_success() {
        assert!(results(ANSWER.split_once("</emptyRecycleBinResponse>").unwrap().0).is_err());
    }
}
