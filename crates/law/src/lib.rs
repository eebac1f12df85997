//! What must be done, by when, towards whom, and why.
