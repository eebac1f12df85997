//! Requests that agents sign and send in the Data Rights Protocol 1.0.

use casework::drp::{self, AgentKey, Message, Refused};
use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::problem::Problem;
use crate::requests::NewRequest;
use crate::views::asking::{DrpOpenedView, DrpView};

/// A signed message as it came in.
#[derive(Debug)]
pub struct SignedRequest<'a> {
    pub org: &'a str,
    pub message: &'a [u8],
    /// The agent's public key, or its entry of the service directory.
    pub agent_key: &'a [u8],
    /// Our id in the service directory; without it the settings'.
    pub business_id: Option<&'a str>,
    /// When the message came in; without it, now.
    pub received_at: Option<DateTime<Utc>>,
    pub channel: Option<&'a str>,
}

impl Desk {
    /// Opens the request that a signed message makes.
    ///
    /// # Errors
    /// A [`Problem`] naming what is wrong with the message; nothing was opened.
    pub fn open_signed(&self, signed: &SignedRequest<'_>) -> Result<DrpOpenedView, Problem> {
        let received_at = signed.received_at.unwrap_or_else(|| self.now());
        let ours = match signed.business_id {
            Some(id) => Some(id.to_owned()),
            None => self.protocol_id()?,
        };
        let key = AgentKey::read(signed.agent_key).map_err(|error| refused(&error))?;
        let message =
            drp::read(signed.message, &key, ours.as_deref(), received_at).map_err(|error| refused(&error))?;
        let fingerprint = drp::fingerprint(signed.message);
        if let Some(number) = self.read(|vault| vault.case_holding("drp", &fingerprint))? {
            return Err(Problem::new(
                "drp_replayed",
                format!("This very message was opened already as {number}. Nothing was opened."),
                "Go on with that request.",
            ));
        }
        let new = NewRequest {
            org: signed.org,
            kind: message.kind.as_str(),
            received_at,
            channel: signed.channel.unwrap_or("Data Rights Protocol 1.0"),
            via: "agent",
            ..NewRequest::default()
        };
        let mut opened = self.open_about(&new, message.kind, &message.subject, Some(signed.message))?;
        if ours.is_none() {
            opened.warnings.push(
                "It was not checked whether the message is for this business: keep your id of the service directory in the settings, or give it with --business-id.".to_owned(),
            );
        }
        if key.agent_id.is_none() {
            opened.warnings.push(
                "The key was given without its entry of the service directory: compare the agent's id yourself.".to_owned(),
            );
        }
        Ok(DrpOpenedView { opened, drp: view(message) })
    }
}

fn view(message: Message) -> DrpView {
    DrpView {
        agent_id: message.agent_id,
        business_id: message.business_id,
        agent_request_id: message.agent_request_id,
        exercise: message.exercise,
        issued_at: message.issued_at,
        expires_at: message.expires_at,
        relationships: message.relationships,
        verified_by_agent: message.verified,
        power_of_attorney: message.power_of_attorney,
        status_callback: message.status_callback,
        signature: "good",
    }
}

fn refused(error: &Refused) -> Problem {
    let (code, next) = match error {
        Refused::Key => ("drp_key", "Take the agent's verify_key from the service directory."),
        Refused::TooLarge | Refused::NotBase64 | Refused::Shape(_) => {
            ("drp_unreadable", "Ask the agent to send the message again, as one file of base64 text.")
        }
        Refused::Signature | Refused::Agent { .. } => (
            "drp_signature",
            "Do not act on it. Check the agent's key in the service directory, and ask the agent.",
        ),
        Refused::Business { .. } => {
            ("drp_business", "Tell the agent that the message went to the wrong business.")
        }
        Refused::NotYet(_) | Refused::Expired(_) => (
            "drp_expired",
            "Give --received-at when the message came in; if it was over then, ask the agent to send it anew.",
        ),
        Refused::Version(_) => ("drp_version", "Ask the agent to use version 1.0."),
        Refused::Exercise(_) | Refused::Regime(_) => (
            "drp_exercise",
            "Read the message yourself, and open the request by hand if the law gives the right.",
        ),
        Refused::Nobody => ("drp_nobody", "Ask the agent for a name and an email, phone number or address."),
    };
    let sentence = error.to_string();
    let mut letters = sentence.chars();
    let sentence: String =
        letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default();
    Problem::new(code, format!("{sentence}. Nothing was opened."), next)
}
