//! The `habeas` command.
fn main() {}
