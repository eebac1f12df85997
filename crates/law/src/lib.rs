//! What must be done, by when, towards whom, and why. See README.md for what this room never does.

mod amount;
pub mod answer;
mod book;
mod breach;
pub mod calendar;
mod duties;
pub mod facts;
mod ground;
pub mod lookup;
pub mod period;
pub mod records;
mod request;
mod rule;

pub use book::{Book, book};
pub use breach::Element;
pub use duties::{duties, duties_by};
pub use facts::FactsProblem;
pub use ground::{Ground, grounds};
pub use request::{Kind, RequestDate, RequestDates, request_dates};
pub use rule::{BadLawFile, Confidence, Header, Origin, Rule, SelectBy};
