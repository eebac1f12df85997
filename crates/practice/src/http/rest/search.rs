//! `/search` and `/parameterizedSearch`.

use axum::http::Method;
use chrono::TimeDelta;

use super::super::answer::{Answer, Refusal};
use super::{Asked, Outcome, write};
use crate::sosl::{self, Context, SearchOutcome};
use crate::world::SfError;

/// `/search?q=FIND …`.
pub(super) fn sosl(asked: &Asked<'_>) -> Outcome {
    let Some(text) = asked.call.param("q").filter(|it| !it.trim().is_empty()) else {
        return Err(Refusal::new(
            400,
            "MALFORMED_SEARCH",
            "No search term found. The search term must be enclosed in braces.",
        ));
    };
    let world = asked.org.world();
    answer(asked, |context| sosl::run(&asked.org.searcher, &world, &asked.session.user, text, context))
}

/// `/parameterizedSearch`: the same search, its parts given apart.
pub(super) fn parameterized(asked: &Asked<'_>) -> Outcome {
    let request = match asked.call.method {
        Method::POST => asked.call.json()?,
        _ => sosl::from_query(&asked.call.query),
    };
    let world = asked.org.world();
    let user = &asked.session.user;
    answer(asked, |context| sosl::parameterized(&asked.org.searcher, &world, user, &request, context))
}

fn answer(asked: &Asked<'_>, search: impl FnOnce(Context<'_>) -> Result<SearchOutcome, SfError>) -> Outcome {
    let lag = TimeDelta::from_std(asked.org.faults.index_lag()).unwrap_or(TimeDelta::zero());
    let seen_until = (!lag.is_zero()).then(|| asked.call.at - lag);
    let base = asked.base();
    let found = search(Context { version: asked.version, base: &base, seen_until })
        .map_err(|it| write::refusal_of(&it))?;
    Ok(Answer::json(found.to_json(asked.version)))
}
