//! Switching screens.

use crate::{Screen, Session, TextSelection};

impl Session {
    /// The current screen.
    pub fn screen(&self) -> Screen {
        self.view.screen()
    }

    /// Switches to a screen. Selected words are deselected: on another screen, keys would do something else with them.
    pub fn show_screen(&mut self, screen: Screen) {
        if screen != self.view.screen() {
            for pane in self.view.panes_mut() {
                pane.state.text_selection = TextSelection::caret(pane.state.text_selection.head);
            }
        }
        self.view.show_screen(screen);
        if self.view.focused().earlier.is_some() {
            // Another screen shows the current text.
            self.find_in_pane();
        }
        if screen == Screen::Analyse {
            self.end_filling_in();
        }
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
