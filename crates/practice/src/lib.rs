//! A Salesforce org on loopback: for practice, demonstration and tests.
