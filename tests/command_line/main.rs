//! The command line as scripts use it: run for real, compared by what it says and leaves.

mod data_map;
mod disk;
mod evidence;
mod faults;
mod gates;
mod household;
mod incident_bad_input;
mod incident_bulk;
mod incident_files;
mod incident_logs;
mod incident_packet;
mod incident_road;
mod incident_scope;
mod keeping;
mod key_store;
mod law;
mod letters;
mod network;
mod orgs;
mod protocol;
mod requests;
mod two_people;
mod usage;
mod values;
mod vaults;
mod withheld;
