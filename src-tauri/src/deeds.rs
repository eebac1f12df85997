//! The desk's deeds as commands of the page: generated from the desk's one list, one call each.

use desk::problem::Problem;
use tauri::State;
use tauri::ipc::Channel;

use crate::window::{Window, off_the_road};

macro_rules! commands {
    ($($speed:ident $name:ident($($argument:ident: $type:ty),*) -> $answer:ty = |$($taken:ident),*| $call:expr;)*) => {
        $(commands!{ @$speed $name($($argument: $type),*) -> $answer = |$($taken),*| $call })*

        /// Everything the page may call: the deeds, and what belongs to the window itself.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke) -> bool {
            tauri::generate_handler![
                $($name,)*
                stop,
                crate::vaults::start,
                crate::vaults::choose_place,
                crate::vaults::choose_vault,
                crate::vaults::create_vault,
                crate::vaults::unlock,
                crate::vaults::unlock_by_kept_key,
                crate::vaults::kept_key,
                crate::vaults::keep_key,
                crate::vaults::lock,
                crate::vaults::lock_if_idle,
                crate::practising::practise,
                crate::practising::practice_subject,
                crate::case_files::open_request,
                crate::signed_requests::open_signed,
                crate::case_files::export,
                crate::case_files::letter,
                crate::case_files::letter_preview,
                crate::case_files::seal,
                crate::case_files::show_folder,
                crate::case_files::open_letter,
                crate::case_files::verify_bundle,
                crate::connecting::sign_in,
                crate::tables::save_table,
                crate::menu::menu,
                crate::frame::zoom,
                crate::frame::print,
                crate::incident_files::open_incident,
                crate::incident_files::gather_files,
                crate::incident_files::gather_practice,
                crate::incident_files::scope_export,
                crate::incident_files::draft_notices,
                crate::incident_files::assemble_packet,
                crate::incident_files::tell,
                crate::incident_files::seal_packet,
                crate::incident_files::show_incident_folder,
                crate::map_files::export_map,
                crate::incident_files::notice_preview,
                crate::incident_files::gather_dropped,
                crate::incident_files::begin_exercise,
            ]
        }
    };
    (@read $name:ident($($argument:ident: $type:ty),*) -> $answer:ty = |$desk:ident| $call:expr) => {
        #[tauri::command]
        pub async fn $name(window: State<'_, Window>, $($argument: $type),*) -> Result<$answer, Problem> {
            let $desk = window.desk()?;
            off_the_road(move || $call).await
        }
    };
    (@now $name:ident($($argument:ident: $type:ty),*) -> $answer:ty = |$desk:ident| $call:expr) => {
        #[tauri::command]
        pub async fn $name(window: State<'_, Window>, $($argument: $type),*) -> Result<$answer, Problem> {
            let $desk = window.desk()?;
            let _turn = window.turn()?;
            off_the_road(move || $call).await
        }
    };
    (@long $name:ident($($argument:ident: $type:ty),*) -> $answer:ty = |$desk:ident, $progress:ident| $call:expr) => {
        #[tauri::command]
        pub async fn $name(
            window: State<'_, Window>, run: String, say: Channel<String>, $($argument: $type),*
        ) -> Result<$answer, Problem> {
            let $desk = window.desk()?;
            let _turn = window.turn()?;
            let $progress = window.begin(&run, say);
            let done = off_the_road(move || tauri::async_runtime::block_on($call)).await;
            window.end(&run);
            done
        }
    };
}
desk::deeds!(commands);

/// Asks a long deed to stop after the call under way.
#[tauri::command]
pub async fn stop(window: State<'_, Window>, run: String) -> Result<(), Problem> {
    window.stop(&run);
    Ok(())
}
