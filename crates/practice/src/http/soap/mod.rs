//! SOAP
use super::answer::{Answer, Refusal};
use super::call::Call;
use super::org::Org;
pub(crate) fn answer(_: &Org, _: &Call, _: usize) -> Answer {
    Refusal::not_found().into()
}
