//! How the errors of the doors become problems: once, here.

use crate::problem::Problem;

/// What was not changed, in the words of the deed under way: "Nothing was deleted."
pub type Unchanged = &'static str;

pub const NOTHING_CHANGED: Unchanged = "Nothing was changed in Salesforce.";

/// A refused or broken call to the org.
pub fn org(error: &salesforce::Error, unchanged: Unchanged) -> Problem {
    let code = match error {
        salesforce::Error::Address { .. } => "org_address",
        salesforce::Error::SetUp { .. } => "org_set_up",
        salesforce::Error::Unreachable { .. } => "org_unreachable",
        salesforce::Error::Certificate => "org_certificate",
        salesforce::Error::TimedOut => "org_timed_out",
        salesforce::Error::ForeignAddress => "org_foreign_address",
        salesforce::Error::Maintenance => "org_maintenance",
        salesforce::Error::CutOff => "org_cut_off",
        salesforce::Error::Garbled { .. } => "org_garbled",
        salesforce::Error::TooLarge { .. } => "org_too_large",
        salesforce::Error::VersionTooOld { .. } => "org_version",
        salesforce::Error::SignInNeeded { .. } => "org_sign_in",
        salesforce::Error::SessionNotForApi => "org_session_not_for_api",
        salesforce::Error::TokensNotKept { .. } => "org_tokens_not_kept",
        salesforce::Error::AnotherUser => "org_another_user",
        salesforce::Error::Ceiling { .. } => "call_ceiling",
        salesforce::Error::Stopped => "stopped",
        salesforce::Error::DailyLimit { .. } => "org_daily_limit",
        salesforce::Error::Busy { .. } => "org_busy",
        salesforce::Error::Refused { .. } => "org_refused",
        salesforce::Error::HardDeleteNotAllowed => "hard_delete_not_allowed",
        salesforce::Error::WrongDeed => "wrong_deed",
        salesforce::Error::Unknown { .. } => "outcome_unknown",
    };
    let said = sentence(&error.to_string());
    let unchanged = if matches!(error, salesforce::Error::Unknown { .. }) { "" } else { unchanged };
    Problem::new(code, format!("{said} {unchanged}").trim().to_owned(), error.next_step())
}

/// A sign-in that did not happen.
pub fn sign_in(error: &salesforce::sign_in::SignInError) -> Problem {
    use salesforce::sign_in::SignInError as It;
    let (code, next) = match error {
        It::Call(error) => return org(error, "Nobody was signed in."),
        It::NoPort => (
            "sign_in_no_port",
            "Close other programs that wait for a sign-in (the Salesforce CLI uses the same port), then try again.",
        ),
        It::AppNotInstalled => (
            "sign_in_app_not_installed",
            "Ask the Salesforce administrator to open Setup > External Client App Manager (or Connected Apps OAuth Usage), install the app, \
             set Permitted Users to \"Admin approved users are pre-authorized\" and give it to your permission set.",
        ),
        It::NotApproved => (
            "sign_in_not_approved",
            "Ask the Salesforce administrator to assign you the permission set that opens this app.",
        ),
        It::Denied => ("sign_in_denied", "Sign in again and choose Allow, or use another user."),
        It::StateMismatch => (
            "sign_in_state",
            "Begin the sign-in again from here, and use only the browser page that it opens.",
        ),
        It::TimedOut => ("sign_in_timed_out", "Begin the sign-in again."),
        It::Stopped => ("stopped", "Begin the sign-in again when you are ready."),
        It::Refused { .. } => (
            "sign_in_refused",
            "Check the login address and the client id with the Salesforce administrator.",
        ),
        It::NoRandomness => ("system", "Restart the computer and begin the sign-in again."),
        It::Incomplete => ("sign_in_incomplete", "Check the login address; sign in again."),
    };
    Problem::new(code, format!("{} Nobody was signed in.", sentence(&error.to_string())), next)
}

/// A paper that could not be made.
pub fn paper(error: &papers::Error) -> Problem {
    use papers::Error as It;
    let (code, next) = match error {
        It::AlreadyThere { .. } => ("already_there", "Choose another name; nothing is ever overwritten."),
        It::DiskFull { .. } => ("disk_full", "Make room on the disk, or write to another one."),
        It::Unwritable { .. } => ("unwritable", "Check that the folder exists and may be written to."),
        It::Unreadable { .. } => ("unreadable", "Check that the file exists and may be read."),
        It::NameTaken { .. } | It::NameUnsafe { .. } => {
            ("bundle_name", "This is a fault of the program; report it with this sentence.")
        }
        It::TooMuch => {
            ("bundle_too_large", "Split the case: large files can be handed over beside the bundle.")
        }
        It::BundleUnreadable { .. } => {
            ("bundle_unreadable", "Ask for the file again; it may have been cut off on its way.")
        }
        It::Raw { .. } => (
            "raw_identifier",
            "Look at that file and take the value out at its source, or decide against the record it comes from; then run this again.",
        ),
        It::NotScanned => {
            ("not_examined", "Run this again; if it happens again, report it with this sentence.")
        }
        It::SignerUnreadable => {
            ("signer_unreadable", "Give the signer.pub file of a bundle, or the key its signer published.")
        }
        It::BlankMissing { blank, fill, .. } => {
            let next = format!("Fill it with `{fill}`, or for this letter alone with --set {blank}=…");
            return Problem::new(
                "letter_blank",
                format!("{}. Nothing was written.", capital(&error.to_string())),
                next,
            );
        }
        It::BlankUnknown { known, .. } => {
            let next = format!("Use only its blanks: {known}.");
            return Problem::new(
                "letter_blank",
                format!("{}. Nothing was written.", capital(&error.to_string())),
                next,
            );
        }
        It::BlankLeftOut { .. } => (
            "letter_wording",
            "The law asks for it: put the blank back into the wording. Nothing was written.",
        ),
        It::WordingUnreadable { .. } => (
            "letter_wording",
            "Mend the line; `habeas wording` shows ours with every blank. Nothing was written.",
        ),
        It::Picture { .. } => ("picture_unreadable", "Give the picture as a PNG file."),
        It::Asset { .. } => ("asset", "Install the program again; this copy is damaged."),
    };
    Problem::new(code, format!("{}.", capital(&error.to_string())), next)
}

fn sentence(text: &str) -> String {
    format!("{}.", capital(text.trim_end_matches('.')))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
