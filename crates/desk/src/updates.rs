//! Looking for a newer version: only where an address and the publisher's key were set, only when somebody asks, and only what the key signed is believed.

use std::cmp::Ordering;

use papers::release::{self, Doubt};
use serde::Serialize;
use ts_rs::TS;

use crate::desk::Desk;
use crate::problem::Problem;

pub(crate) const ADDRESS: &str = "updates.address";
pub(crate) const KEY: &str = "updates.key";
const OURS: &str = env!("CARGO_PKG_VERSION");
/// A notice is a page, not a book.
const LARGEST: u64 = 256 * 1024;

/// What the publisher's notice says. Nothing was downloaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpdateView {
    /// Of this program.
    pub version: String,
    pub newest: String,
    /// Whether `newest` is newer than this one.
    pub newer: bool,
    /// ISO day.
    pub published_on: String,
    pub notes: String,
    pub packages: Vec<UpdatePackage>,
}

/// One installer of the newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpdatePackage {
    pub file: String,
    /// Hex; the downloaded file must have it.
    pub sha256: String,
}

impl Desk {
    /// Asks the address in the settings for the notice of the newest version. Sends nothing about this vault.
    ///
    /// # Errors
    /// `updates_off` where no address or key is set, `update_not_trusted` when the notice is not signed by the key.
    pub async fn look_for_update(&self) -> Result<UpdateView, Problem> {
        let (Some(address), Some(key)) = (self.text_setting(ADDRESS)?, self.text_setting(KEY)?) else {
            return Err(Problem::new(
                "updates_off",
                "Looking for updates is off: no address or no publisher's key is set. Nobody was asked.",
                "Set both in the settings, as your publisher names them, or get a new version as you got this one.",
            ));
        };
        let proxy = self.proxy()?;
        let get = async |address: &str| {
            salesforce::fetch_file(address, proxy.as_deref(), LARGEST).await.map_err(|_| unreachable())
        };
        let notice = get(&address).await?;
        let signature = get(&format!("{address}.sig")).await?;
        let found = release::read(&notice, &signature, &key).map_err(not_trusted)?;
        Ok(UpdateView {
            version: OURS.to_owned(),
            newer: found.compared_with(OURS) == Some(Ordering::Greater),
            newest: found.version,
            published_on: found.published_on,
            notes: found.notes,
            packages: found
                .packages
                .into_iter()
                .map(|it| UpdatePackage { file: it.file, sha256: it.sha256 })
                .collect(),
        })
    }
}

fn unreachable() -> Problem {
    Problem::new(
        "update_unreachable",
        "The notice of the newest version could not be read at its address. Nothing was downloaded or installed.",
        "Check the network and the address in the settings, or get a new version as you got this one.",
    )
}

fn not_trusted(doubt: Doubt) -> Problem {
    let message = match doubt {
        Doubt::Key => {
            "The publisher's key in the settings cannot be read. Nothing was downloaded or installed."
        }
        Doubt::Signature => {
            "The notice of the newest version is not signed by the publisher's key. Do not install what it names. Nothing was downloaded or installed."
        }
        Doubt::Notice => {
            "The notice of the newest version is signed but says no version. Nothing was downloaded or installed."
        }
    };
    Problem::new(
        "update_not_trusted",
        message,
        "Ask the publisher, in another way than this address, for the key and the version.",
    )
}
