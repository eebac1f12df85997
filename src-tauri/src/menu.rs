//! The menu of the window, in the words of the page.

use std::sync::{Mutex, PoisonError};

use desk::problem::Problem;
use serde::Deserialize;
use tauri::ipc::Channel;
use tauri::menu::{IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Manager, Wry};

/// Who is told what was chosen in the menu.
struct Told(Mutex<Channel<String>>);

/// One menu of the bar. The words are the page's: its catalogue has every string.
#[derive(Deserialize)]
pub struct Part {
    name: String,
    items: Vec<Item>,
}

/// `id` is what the page is told; `copy`, `cut`, `paste`, `select-all`, `quit` and `line` are the system's own.
#[derive(Deserialize)]
pub struct Item {
    id: String,
    name: String,
    key: Option<String>,
}

/// Sets the menu in the page's language; `say` hears the `id` of what is chosen.
#[tauri::command]
pub async fn menu(app: AppHandle, parts: Vec<Part>, say: Channel<String>) -> Result<(), Problem> {
    if !app.manage(Told(Mutex::new(say.clone()))) {
        *app.state::<Told>().0.lock().unwrap_or_else(PoisonError::into_inner) = say;
    }
    built(&app, &parts).and_then(|menu| app.set_menu(menu)).map(drop).map_err(|_| {
        Problem::new(
            "menu",
            "The menu could not be shown. Nothing else is missing.",
            "Everything in it can be reached by Ctrl or Cmd with K.",
        )
    })
}

fn built(app: &AppHandle, parts: &[Part]) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for part in parts {
        let under = Submenu::new(app, &part.name, true)?;
        for item in &part.items {
            match of_the_system(app, item)? {
                Some(own) => under.append(own.as_ref())?,
                None => {
                    under.append(&MenuItem::with_id(app, &item.id, &item.name, true, item.key.as_deref())?)?
                }
            }
        }
        menu.append(&under)?;
    }
    Ok(menu)
}

/// What the system itself does when it is chosen. On Linux only a line: there its entries to cut, copy and paste do nothing, and the one
/// to quit is grey.
fn of_the_system(app: &AppHandle, item: &Item) -> tauri::Result<Option<Box<dyn IsMenuItem<Wry>>>> {
    let name = Some(item.name.as_str());
    Ok(Some(Box::new(match item.id.as_str() {
        "line" => PredefinedMenuItem::separator(app)?,
        _ if cfg!(target_os = "linux") => return Ok(None),
        "copy" => PredefinedMenuItem::copy(app, name)?,
        "cut" => PredefinedMenuItem::cut(app, name)?,
        "paste" => PredefinedMenuItem::paste(app, name)?,
        "select-all" => PredefinedMenuItem::select_all(app, name)?,
        "quit" => PredefinedMenuItem::quit(app, name)?,
        _ => return Ok(None),
    })))
}

/// Does what is the window's to do, and tells the page of everything else.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    match event.id().0.as_str() {
        "cut" => edit(app, "Cut"),
        "copy" => edit(app, "Copy"),
        "paste" => edit(app, "Paste"),
        "select-all" => edit(app, "SelectAll"),
        "quit" => app.exit(0),
        id => tell(app, id),
    }
}

/// Says a word to the page. A page that is being loaded hears nothing; its next one sets the menu anew.
pub fn tell(app: &AppHandle, word: &str) {
    if let Some(told) = app.try_state::<Told>() {
        drop(told.0.lock().unwrap_or_else(PoisonError::into_inner).send(word.to_owned()));
    }
}

/// Has WebKit carry out an editing command where the cursor stands, as its own keys do.
#[cfg(target_os = "linux")]
fn edit(app: &AppHandle, command: &'static str) {
    use webkit2gtk::WebViewExt as _;
    if let Some(window) = app.get_webview_window("main") {
        // A window that closes has nothing to edit any more.
        drop(window.with_webview(move |page| page.inner().execute_editing_command(command)));
    }
}

/// Elsewhere the system's own entries do it, and nobody asks.
#[cfg(not(target_os = "linux"))]
fn edit(_: &AppHandle, _: &'static str) {}
