//! The frame around the page: its menu, the size of its text, printing, and what a second start asks for.

use std::sync::{Mutex, PoisonError};

use desk::problem::Problem;
use serde::Deserialize;
use tauri::ipc::Channel;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, DragDropEvent, Manager, WebviewWindow, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::window::Window;

/// Smaller cannot be read, larger leaves no room for a word.
const ZOOM: std::ops::RangeInclusive<f64> = 0.5..=3.0;

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

/// Size, place and whether it fills the screen; never whether it shows, or a window lost once would be lost for good.
pub fn kept() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN
}

/// On Linux the page is drawn without the graphics card: text and tables need none, and its drivers would hold some ninety
/// megabytes more. WebKit reads this when it starts, so it is said before there is a window or a thread; who sets it otherwise is heard.
pub fn drawn_plainly() {
    #[cfg(target_os = "linux")]
    drop(glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false));
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

fn built(app: &AppHandle, parts: &[Part]) -> tauri::Result<Menu<tauri::Wry>> {
    let menu = Menu::new(app)?;
    for part in parts {
        let under = Submenu::new(app, &part.name, true)?;
        for item in &part.items {
            let name = Some(item.name.as_str());
            match item.id.as_str() {
                "line" => under.append(&PredefinedMenuItem::separator(app)?)?,
                "copy" => under.append(&PredefinedMenuItem::copy(app, name)?)?,
                "cut" => under.append(&PredefinedMenuItem::cut(app, name)?)?,
                "paste" => under.append(&PredefinedMenuItem::paste(app, name)?)?,
                "select-all" => under.append(&PredefinedMenuItem::select_all(app, name)?)?,
                "quit" => under.append(&PredefinedMenuItem::quit(app, name)?)?,
                id => {
                    under.append(&MenuItem::with_id(app, id, &item.name, true, item.key.as_deref())?)?;
                }
            }
        }
        menu.append(&under)?;
    }
    Ok(menu)
}

/// Tells the page what was chosen in the menu.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    if let Some(told) = app.try_state::<Told>() {
        let say = told.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A page that is being loaded hears nothing; its next one sets the menu anew.
        drop(say.send(event.id().0.clone()));
    }
}

/// Shows everything larger or smaller; 1 is the usual size.
#[tauri::command]
pub async fn zoom(window: WebviewWindow, factor: f64) -> Result<(), Problem> {
    window.set_zoom(factor.clamp(*ZOOM.start(), *ZOOM.end())).map_err(|_| {
        Problem::new("zoom", "The size of the text could not be changed.", "Use the system's magnifier.")
    })
}

/// Opens the system's print dialog on the page as it stands.
#[tauri::command]
pub async fn print(window: WebviewWindow) -> Result<(), Problem> {
    window.print().map_err(|_| {
        Problem::new(
            "print",
            "The print dialog could not be opened. Nothing was printed.",
            "Copy the text into a document and print that.",
        )
    })
}

/// Files that are held over the window or dropped on it: their paths stay here, the page only hears of them.
pub fn dragged(window: &tauri::Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let word = match event {
        DragDropEvent::Enter { .. } => "drag-over",
        DragDropEvent::Drop { paths, .. } => {
            window.state::<Window>().set_dropped(paths.clone());
            "dropped"
        }
        DragDropEvent::Leave => "drag-left",
        _ => return,
    };
    if let Some(told) = window.try_state::<Told>() {
        let say = told.0.lock().unwrap_or_else(PoisonError::into_inner);
        drop(say.send(word.to_owned()));
    }
}

/// A second start: what it was started with is opened here, and this window comes to the front.
pub fn asked_again(app: &AppHandle, arguments: Vec<String>, folder: String) {
    let beside = std::path::Path::new(&folder);
    opened_with(app, arguments.into_iter().skip(1).map(|it| beside.join(it).to_string_lossy().into_owned()));
    if let Some(window) = app.get_webview_window("main") {
        // A window manager may refuse to raise a window; it is there all the same.
        drop(window.unminimize());
        drop(window.set_focus());
    }
    if app.state::<Window>().has_bundle()
        && let Some(told) = app.try_state::<Told>()
    {
        drop(told.0.lock().unwrap_or_else(PoisonError::into_inner).send("bundle".to_owned()));
    }
}

/// The first file that the window is started with.
pub fn opened_with(app: &AppHandle, arguments: impl Iterator<Item = String>) {
    let file = arguments.map(std::path::PathBuf::from).find(|path| path.is_file());
    if let Some(file) = file {
        app.state::<Window>().opened_with(file);
    }
}
