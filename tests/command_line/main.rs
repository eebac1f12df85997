//! The command line as scripts use it: run for real, compared by what it says and leaves.

mod evidence;
mod faults;
mod household;
mod key_store;
mod law;
mod orgs;
mod requests;
mod usage;
mod values;
mod vaults;
