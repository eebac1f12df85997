//! Many questions in few calls: packed, four packages on their way at once, pages followed.

use std::collections::VecDeque;

use casework::query::{Answer, Ask, Condition, Literal, Query, Refusal};
use casework::record_id::RecordId;
use casework::row::Row;
use tokio::task::JoinSet;

use crate::address;
use crate::client::Org;
use crate::errors::Error;
use crate::package::{Answered, QUERIES, QUESTIONS};
use crate::retry::{self, BUSY_TRIES};
use crate::rows::{self, Page};
use crate::soql;
use crate::sosl;
use crate::split;

/// Packages on their way at one time.
const PACKAGES: usize = 4;

/// One GET that is part of the answer to a question.
#[derive(Clone)]
struct Part {
    ask: usize,
    path: String,
    search: bool,
    tries: u32,
}

/// What is known so far about one question.
#[derive(Default)]
struct Gathered {
    rows: Vec<Row>,
    /// Parts still to be answered.
    open: usize,
    refused: Option<Refusal>,
    /// The question was cut, so a record may have come in several parts.
    in_parts: bool,
    limit: Option<usize>,
}

/// A package that came back: its parts, and their answers in the same order.
type Landed = (Vec<Part>, Result<Vec<Answered<Page>>, Error>);

/// The questions that still wait to be sent.
#[derive(Default)]
struct Waiting {
    queries: VecDeque<Part>,
    searches: VecDeque<Part>,
}

impl Waiting {
    fn add(&mut self, part: Part) {
        if part.search { self.searches.push_back(part) } else { self.queries.push_back(part) }
    }

    /// The next package: five queries at most, filled up with searches.
    fn package(&mut self) -> Vec<Part> {
        let queries = self.queries.len().min(QUERIES);
        let mut package: Vec<Part> = self.queries.drain(..queries).collect();
        let searches = self.searches.len().min(QUESTIONS - QUERIES);
        package.extend(self.searches.drain(..searches));
        package
    }
}

impl Org {
    /// Asks everything in as few calls as Salesforce allows and gives each answer as soon as it is complete.
    ///
    /// `on_answer` gets the place in `asks`, at most once for each place, in any order. When the call ends early
    /// (ceiling, stop, daily limit …), answers given so far stay good and the others are asked again by the caller.
    /// A question too long for one statement is asked in several; its rows are then joined by id.
    ///
    /// # Errors
    /// As every call. A refused question is no error: it is that question's answer.
    pub async fn ask(
        &self,
        asks: &[Ask],
        on_answer: &mut (dyn FnMut(usize, Result<Answer, Refusal>) + Send),
    ) -> Result<(), Error> {
        let mut gathered: Vec<Gathered> = Vec::with_capacity(asks.len());
        let mut waiting = Waiting::default();
        for (place, ask) in asks.iter().enumerate() {
            match self.paths(ask) {
                Ok((paths, search)) => {
                    let limit = match ask {
                        Ask::Query(query) => query.limit.and_then(|limit| usize::try_from(limit).ok()),
                        Ask::Search(_) => None,
                    };
                    let in_parts = paths.len() > 1;
                    gathered.push(Gathered { open: paths.len(), in_parts, limit, ..Gathered::default() });
                    paths
                        .into_iter()
                        .for_each(|path| waiting.add(Part { ask: place, path, search, tries: 0 }));
                }
                Err(refusal) => {
                    gathered.push(Gathered::default());
                    on_answer(place, Err(refusal));
                }
            }
        }
        self.gather(waiting, &mut gathered, on_answer).await
    }

    async fn gather(
        &self,
        mut waiting: Waiting,
        gathered: &mut [Gathered],
        on_answer: &mut (dyn FnMut(usize, Result<Answer, Refusal>) + Send),
    ) -> Result<(), Error> {
        let mut flying: JoinSet<Landed> = JoinSet::new();
        let mut ended: Option<Error> = None;
        loop {
            while ended.is_none() && flying.len() < PACKAGES {
                let package = waiting.package();
                if package.is_empty() {
                    break;
                }
                let org = self.clone();
                flying.spawn(async move {
                    let answers = org.send_package(&package).await;
                    (package, answers)
                });
            }
            let Some(landed) = flying.join_next().await else { break };
            match landed {
                Ok((package, Ok(answers))) => {
                    for (part, answer) in package.into_iter().zip(answers) {
                        if let Err(error) = self.settle(part, answer, gathered, &mut waiting, on_answer) {
                            ended.get_or_insert(error);
                        }
                    }
                }
                // Too much at once: each question alone, and one that is too much even alone is refused.
                Ok((package, Err(Error::TooLarge { .. }))) if package.len() > 1 => {
                    for part in package {
                        let org = self.clone();
                        flying.spawn(async move {
                            let answers = org.send_package(std::slice::from_ref(&part)).await;
                            (vec![part], answers)
                        });
                    }
                }
                Ok((package, Err(Error::TooLarge { .. }))) => {
                    let refusal = Error::own(
                        "ANSWER_TOO_LARGE",
                        "The org's answer to this question is too large to be taken.",
                    );
                    for part in package {
                        finish_one(part.ask, Err(refusal.clone()), gathered, on_answer);
                    }
                }
                Ok((_, Err(error))) => {
                    ended.get_or_insert(error);
                }
                Err(_) => {
                    ended.get_or_insert(Error::Garbled { what: "reading it failed" });
                }
            }
        }
        ended.map_or(Ok(()), Err)
    }

    async fn send_package(&self, parts: &[Part]) -> Result<Vec<Answered<Page>>, Error> {
        if let Some(tries) = parts.iter().map(|part| part.tries).max().filter(|tries| *tries > 0) {
            retry::pause(tries, None, &self.inner.stop).await?;
        }
        let paths: Vec<String> = parts.iter().map(|part| part.path.clone()).collect();
        self.package(&paths).await
    }

    /// Takes one part's answer in; an error ends the whole asking.
    fn settle(
        &self,
        part: Part,
        answer: Answered<Page>,
        gathered: &mut [Gathered],
        waiting: &mut Waiting,
        on_answer: &mut (dyn FnMut(usize, Result<Answer, Refusal>) + Send),
    ) -> Result<(), Error> {
        let Some(sofar) = gathered.get_mut(part.ask) else { return Ok(()) };
        match answer {
            Answered::Refused { passing: true, .. } if part.tries < BUSY_TRIES => {
                waiting.add(Part { tries: part.tries + 1, ..part });
            }
            Answered::Refused { refusal, .. } => finish_one(part.ask, Err(refusal), gathered, on_answer),
            Answered::Well(page) => match rows::take(page, &mut sofar.rows) {
                Err(refusal) => finish_one(part.ask, Err(refusal), gathered, on_answer),
                Ok(more) => {
                    // Further pages first, so that complete answers leave memory soon.
                    for next in more.into_iter().rev() {
                        let url = address::on_origin(&self.inner.origin, &next)?;
                        let path = match url.query() {
                            Some(query) => format!("{}?{query}", url.path()),
                            None => url.path().to_owned(),
                        };
                        sofar.open += 1;
                        waiting.queries.push_front(Part { ask: part.ask, path, search: false, tries: 0 });
                    }
                    finish_one(part.ask, Ok(()), gathered, on_answer);
                }
            },
        }
        Ok(())
    }

    /// The GETs of one question, and whether they are searches.
    fn paths(&self, ask: &Ask) -> Result<(Vec<String>, bool), Refusal> {
        match ask {
            Ask::Query(query) => {
                let resource = if query.all_rows { "/queryAll" } else { "/query" };
                let statements = split::statements(query, split::LONGEST_URL)?;
                Ok((statements.iter().map(|it| self.question(resource, it)).collect(), false))
            }
            Ask::Search(search) => {
                let statements = sosl::statements(search)?;
                Ok((statements.iter().map(|it| self.question("/search", it)).collect(), true))
            }
        }
    }

    pub(crate) fn question(&self, resource: &str, statement: &str) -> String {
        self.data(&format!("{resource}?q={}", soql::encoded(statement)))
    }

    /// The records of these ids, rows in the bin included. Ids that the org does not show are absent.
    ///
    /// # Errors
    /// As every call; [`Error::Refused`] when the org refuses the question.
    pub async fn read(&self, object: &str, ids: &[RecordId], fields: &[String]) -> Result<Vec<Row>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let values = ids.iter().map(|id| Literal::Text(id.as_str().to_owned())).collect();
        let query = Query {
            object: object.to_owned(),
            fields: fields.to_vec(),
            condition: Some(Condition::In { field: "Id".to_owned(), values }),
            children: Vec::new(),
            all_rows: true,
            order_by: Vec::new(),
            limit: None,
        };
        self.ask_one(query).await
    }

    /// Asks one query; its refusal is an error.
    pub(crate) async fn ask_one(&self, query: Query) -> Result<Vec<Row>, Error> {
        let mut answer = None;
        self.ask(&[Ask::Query(query)], &mut |_, it| answer = Some(it)).await?;
        match answer {
            Some(Ok(answer)) => Ok(answer.rows),
            Some(Err(refusal)) => Err(Error::Refused { status: 400, refusal }),
            None => Err(Error::Garbled { what: "a question without an answer" }),
        }
    }
}

/// Closes one part; with the last one the question's answer goes out. The first refusal is the answer.
fn finish_one(
    ask: usize,
    part: Result<(), Refusal>,
    gathered: &mut [Gathered],
    on_answer: &mut (dyn FnMut(usize, Result<Answer, Refusal>) + Send),
) {
    let Some(sofar) = gathered.get_mut(ask) else { return };
    sofar.open = sofar.open.saturating_sub(1);
    if let Err(refusal) = part {
        sofar.refused.get_or_insert(refusal);
    }
    if sofar.open > 0 {
        return;
    }
    let sofar = std::mem::take(sofar);
    let answer = match sofar.refused {
        Some(refusal) => Err(refusal),
        None => {
            let mut rows = if sofar.in_parts { rows::merge(sofar.rows) } else { sofar.rows };
            if let Some(limit) = sofar.limit.filter(|_| sofar.in_parts) {
                rows.truncate(limit);
            }
            Ok(Answer { rows })
        }
    };
    on_answer(ask, answer);
}

#[cfg(test)]
mod tests;
