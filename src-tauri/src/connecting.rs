//! Connecting a real org: the sign-in happens in the system's browser.

use desk::problem::Problem;
use desk::views::OrgLine;
use tauri::State;

use crate::window::Window;

/// Opens the org's own sign-in page in the browser and waits until it was answered.
#[tauri::command]
pub async fn sign_in(
    window: State<'_, Window>,
    name: String,
    login_url: String,
    client_id: String,
) -> Result<OrgLine, Problem> {
    let desk = window.desk()?;
    let pending = desk.begin_sign_in(&name, &login_url, &client_id, None).await?;
    open::that_detached(pending.authorize_url()).map_err(|_| {
        Problem::new(
            "browser",
            "No browser could be opened for the sign-in. Nobody was signed in.",
            "Sign in from the command line with `habeas org login`, which prints the address.",
        )
    })?;
    desk.finish_sign_in(pending).await
}
