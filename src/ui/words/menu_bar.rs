//! The menu bar: menus, the switch between screens, and the palette button.

use crate::commands::Submenu;
use demarche_session::Screen;

texts! {
    menu: "Menu",
    screens: "Screen",
    recent: "Recent projects",
    palette: "Go to anything…",
    palette_hint: "Find a command, category or document by name",
}

/// The name of a submenu.
pub fn submenu(submenu: Submenu) -> &'static str {
    match submenu {
        Submenu::Packets => "Packets",
        Submenu::Project => "Project",
        Submenu::Boundaries => "Move boundaries",
        Submenu::Bookmarks => "Bookmarks",
        Submenu::Readings => "Use reading of",
        Submenu::Agreement => "Agreement",
        Submenu::RightPanel => "Right panel",
        Submenu::Keyboard => "Move keyboard to",
        Submenu::TextSize => "Text size and zoom",
        Submenu::Theme => "Theme",
    }
}

/// The name of a screen.
pub fn screen(screen: Screen) -> &'static str {
    match screen {
        Screen::Annotate => "Annotate",
        Screen::Compare => "Compare",
        Screen::Agreement => "Agreement",
        Screen::Board => "Board",
        Screen::Analyse => "Analyse",
    }
}

/// The tooltip of a command that can't run now. `help` is a sentence; `reason` has no full stop.
pub fn unavailable(help: &str, reason: &str) -> String {
    format!("{help} {reason}.")
}
