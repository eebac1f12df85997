//! The frame around the page: the size of its text, printing, what is dropped on it, and what a second start asks for.

use desk::problem::Problem;
use tauri::{AppHandle, DragDropEvent, Manager, WebviewWindow, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::menu::tell;
use crate::window::Window;

/// Smaller cannot be read, larger leaves no room for a word.
const ZOOM: std::ops::RangeInclusive<f64> = 0.5..=3.0;

/// Size, place and whether it fills the screen; never whether it shows, or a window lost once would be lost for good.
pub fn kept() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN
}

/// What WebKit is told on Linux, so that it holds less memory.
///
/// The page is drawn without the graphics card: text and tables need none, and its drivers would hold some ninety megabytes more. And a
/// function of the page is compiled to machine code only where it ran very often: most run a few times, and compiled they would hold some
/// fourteen megabytes more, while a long list scrolls no slower.
#[cfg(target_os = "linux")]
const LIGHT: [(&str, &str); 4] = [
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("GDK_GL", "disable"),
    ("JSC_thresholdForJITAfterWarmUp", "100000"),
    ("JSC_thresholdForJITSoon", "100000"),
];

/// WebKit reads it when it starts, so it is said before there is a window or a thread; who sets it otherwise is heard.
pub fn held_light() {
    #[cfg(target_os = "linux")]
    for (name, value) in LIGHT {
        drop(glib::setenv(name, value, false));
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
    tell(window.app_handle(), word);
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
    if app.state::<Window>().has_bundle() {
        tell(app, "bundle");
    }
}

/// The first file that the window is started with.
pub fn opened_with(app: &AppHandle, arguments: impl Iterator<Item = String>) {
    let file = arguments.map(std::path::PathBuf::from).find(|path| path.is_file());
    if let Some(file) = file {
        app.state::<Window>().opened_with(file);
    }
}
