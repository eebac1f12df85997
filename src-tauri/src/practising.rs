//! The practice org, served on this machine while the window is open.

use std::net::{Ipv4Addr, SocketAddr};

use desk::problem::Problem;
use desk::views::OrgLine;
use practice::{OrgSource, Running, ServeOptions};
use serde_json::Value;
use tauri::State;

use crate::window::Window;

/// Starts the practice org for a practice vault and connects the vault to it.
/// `first`: the officer came through the door "Practise"; later only a vault that was connected so is connected again.
#[tauri::command]
pub async fn practise(window: State<'_, Window>, first: bool) -> Result<Option<OrgLine>, Problem> {
    let desk = window.desk()?;
    if !first && !desk.wants_practice_org()? {
        return Ok(None);
    }
    let mut running = window.practice().lock().await;
    let org = match running.as_ref() {
        Some(org) => org,
        None => running.insert(serve().await?),
    };
    let told = org.announcement();
    let Some(user) = told.users.first() else {
        return Err(refused("it names no user"));
    };
    let (url, token) = (told.instance_url.clone(), user.access_token.clone());
    drop(running);
    desk.join_practice_org(&url, &token).await.map(Some)
}

/// A subject that the built-in org knows, for a first request.
#[tauri::command]
pub async fn practice_subject() -> Result<Value, Problem> {
    serde_json::from_str(include_str!("../../assets/practice/demo-subject.json"))
        .map_err(|_| refused("its first person is unreadable"))
}

async fn serve() -> Result<Running, Problem> {
    let options = ServeOptions {
        org: OrgSource::BuiltIn,
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ..ServeOptions::new(practice::Clock::new(crate::utc_now))
    };
    practice::start(options).await.map_err(|error| refused(&error.to_string()))
}

fn refused(because: &str) -> Problem {
    Problem::new(
        "practice_org",
        format!(
            "The practice org could not be started: {because} No org is being served; the vault is unchanged."
        ),
        "Close other copies of the window and try again.",
    )
}
