//! Starts the window.

use std::path::PathBuf;

use thiserror::Error;

use demarche_io::discard_unsound_window_state;
use demarche_session::{Env, Session, first_project};

use super::rendering::Rendering;
use super::signals::Ending;
use super::{App, Settings};

/// The name of the program for the system, and of the folder with the window's state.
const APP: &str = "demarche";

/// Why no window could be opened.
#[derive(Debug, Error)]
pub enum NoWindow {
    /// The system has no display.
    #[error("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")]
    NoDisplay,
    /// The system refused to open a window.
    #[error("The window could not be opened ({0})")]
    Refused(String),
}

/// Opens the window on a project: the given one, otherwise the last one. Without either, it shows the start page. Returns
/// when it is closed.
///
/// # Errors
/// If no window can be shown.
pub fn run(project: Option<PathBuf>) -> Result<(), NoWindow> {
    if !has_display() {
        return Err(NoWindow::NoDisplay);
    }
    if let Some(folder) = eframe::storage_dir(APP) {
        discard_unsound_window_state(&folder.join("app.ron"));
    }
    let settings = Settings::read();
    let rendering = Rendering::new(settings.rendering);
    let options = eframe::NativeOptions {
        viewport: viewport(),
        persist_window: true,
        dithering: !rendering.is_software(),
        ..Default::default()
    };
    let ending = Ending::default();
    let handle = ending.clone();
    let create = Box::new(move |cc: &eframe::CreationContext<'_>| {
        let mut app = start(cc, project, settings);
        app.set_rendering(rendering, &cc.egui_ctx);
        handle.watch(&cc.egui_ctx);
        app.save_at(handle);
        Ok(Box::new(app) as Box<dyn eframe::App>)
    });
    let result = eframe::run_native(APP, options, create);
    // The display may have closed before the window.
    ending.flush();
    result.map_err(|error| NoWindow::Refused(error.to_string()))
}

fn viewport() -> egui::ViewportBuilder {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id(APP)
        .with_title("Demarche")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([760.0, 480.0])
        .with_drag_and_drop(true);
    // A picture of assets/demarche.svg.
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/demarche.png"));
    icon.into_iter().fold(viewport, egui::ViewportBuilder::with_icon)
}

fn start(cc: &eframe::CreationContext<'_>, named: Option<PathBuf>, settings: Settings) -> App {
    let ctx = cc.egui_ctx.clone();
    let env = Env::system(move || ctx.request_repaint());
    let path = first_project(named, &settings);
    let (session, failure) = match path.as_deref().map(|path| Session::open(path, env)).transpose() {
        Ok(session) => (session, None),
        Err(error) => (None, Some(error.to_string())),
    };
    let mut app = App::new(&cc.egui_ctx, session, settings, true);
    if let Some(failure) = failure {
        app.set_failure(failure);
        path.iter().for_each(|path| app.show_damage(path));
    }
    app
}

/// Returns whether a window can be shown. On systems other than Linux there is always a display.
fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}
