//! A Salesforce org on loopback: for practice, demonstration and tests.
//!
//! [`world`] holds the data of the org and the rules that guard it; [`soql`] and [`sosl`] ask it by its
//! query languages.
//! What speaks to clients stands on top of them.

pub mod soql;
pub mod sosl;
pub mod world;
