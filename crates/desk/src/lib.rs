//! The officer's deeds: one API for every shell. See README.md for what this room never does.

mod carry_out;
mod choices;
mod clock;
mod correct;
mod desk;
mod evidence;
mod export;
pub mod law_book;
mod ledger;
mod letter;
mod locate;
mod orgs;
pub mod problem;
mod progress;
mod prove;
mod providers;
mod rehearse;
mod requests;
mod review;
mod seal;
mod settings;
mod troubles;
mod vaults;
mod verifying;
pub mod views;

pub use clock::Clock;
pub use desk::Desk;
pub use orgs::PendingSignIn;
pub use progress::Progress;
pub use vault::Passphrase;
pub use vaults::passphrase;
pub use vaults::{change_passphrase, check_vault, create_vault, forget_key};
pub use verifying::{VerdictView, verify};
