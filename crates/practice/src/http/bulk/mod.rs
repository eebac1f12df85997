//! Bulk
use super::answer::{Answer, Refusal};
use super::call::Call;
use super::org::Org;
#[derive(Default)]
pub(crate) struct Jobs;
pub(crate) fn v1(_: &Org, _: &Call) -> Answer { Refusal::not_found().into() }
