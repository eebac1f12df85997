//! What the bodies of taken files hold: fetched one by one, read within limits, and dropped again.

use casework::file_body::name_of;
use casework::incident::elements::{self, Mask};
use casework::incident::scope::{Files, Touched};
use casework::row::Row;
use papers::reading::{self, LARGEST_FILE, Read};

use super::records::Records;
use crate::problem::Problem;
use crate::progress::Progress;

/// So many files are read for one scope; each costs a call.
const MOST_FILES: u64 = 5_000;

const PICTURES: &str = "it holds pictures that this program does not read; look at them yourself";
const TOO_MANY: &str = "more than 5,000 files were taken; the later ones were not fetched";

/// The elements in the text of one file, if its body was or may have been taken.
pub(super) async fn look(
    records: &Records,
    touched: &Touched,
    row: &Row,
    files: &mut Files,
    progress: &Progress,
) -> Result<Mask, Problem> {
    let Some(field) = touched.body().filter(|_| touched.lost_body(row)) else { return Ok(Mask::default()) };
    files.taken += 1;
    if files.taken > MOST_FILES {
        unread(files, TOO_MANY);
        return Ok(Mask::default());
    }
    if files.taken % 25 == 1 {
        progress.say(&format!("Looking into files: {} so far", files.taken));
    }
    let bytes = match records.body(row, field, LARGEST_FILE).await? {
        Ok(bytes) => bytes,
        Err(why) => {
            unread(files, why);
            return Ok(Mask::default());
        }
    };
    match reading::read(name_of(row), &bytes) {
        Read::Unread(why) => {
            unread(files, why.words());
            Ok(Mask::default())
        }
        Read::Text { text, pictures, .. } => {
            files.read += 1;
            if pictures > 0 {
                unread(files, PICTURES);
            }
            Ok(elements::in_text(&text))
        }
    }
}

/// What a reader of the numbers must know of the files; `None` when every one was read.
pub(super) fn note(files: &Files) -> Option<String> {
    if files.unread.is_empty() {
        return None;
    }
    let why: Vec<String> = files.unread.iter().map(|(why, count)| format!("{count}: {why}")).collect();
    Some(format!(
        "Of {} files whose bodies were or may have been taken, some were not read whole, and what they hold is not counted among the elements ({}).",
        files.taken,
        why.join("; ")
    ))
}

fn unread(files: &mut Files, why: &str) {
    *files.unread.entry(why.to_owned()).or_default() += 1;
}
