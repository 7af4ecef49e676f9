//! Switching screens.

use crate::{Screen, Session};

impl Session {
    /// The current screen.
    pub fn screen(&self) -> Screen {
        self.view.screen()
    }

    /// Switches to a screen.
    pub fn show_screen(&mut self, screen: Screen) {
        self.view.show_screen(screen);
        self.comparing.resume();
        self.refresh_comparison();
        if let Some(at) = self.current().cloned().filter(|_| screen == Screen::Compare) {
            self.select_with_readings(at);
        }
        // Compare may show layers of others that are hidden in Annotate.
        if screen == Screen::Annotate && self.current().is_some_and(|at| !self.shows(&at.layer.annotator)) {
            self.view.clear_current();
        }
    }
}
