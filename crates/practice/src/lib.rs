//! A Salesforce org on loopback: for practice, demonstration and tests.
//!
//! [`world`] holds the data of the org and the rules that guard it. What speaks to clients stands on top of it.

pub mod world;
