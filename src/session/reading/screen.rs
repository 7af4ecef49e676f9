//! The screens of the window: what all of it between menu bar and status bar is for.

use crate::Session;

/// A way to work with the project that takes the whole window.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Screen {
    /// Reading and tagging.
    #[default]
    Annotate,
    /// Where annotators differ, and what the consensus is.
    Compare,
    /// How far annotators agree.
    Agreement,
}

impl Screen {
    /// The screens, in the order of the switch in the menu bar.
    pub const ALL: &[Self] = &[Self::Annotate, Self::Compare, Self::Agreement];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annotate => "Annotate",
            Self::Compare => "Compare",
            Self::Agreement => "Agreement",
        }
    }

    /// The command that shows it.
    pub fn command(self) -> &'static str {
        match self {
            Self::Annotate => "view.annotate",
            Self::Compare => "view.compare",
            Self::Agreement => "view.agreement",
        }
    }

    /// Its name in settings.
    pub fn id(self) -> &'static str {
        self.command().trim_start_matches("view.")
    }

    /// The screen of this name in settings; the first for any other.
    pub fn of_id(id: &str) -> Self {
        Self::ALL.iter().copied().find(|screen| screen.id() == id).unwrap_or_default()
    }
}

impl Session {
    /// The screen that is shown.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Shows a screen.
    pub fn show_screen(&mut self, screen: Screen) {
        self.screen = screen;
        self.comparing.resume();
        self.refresh_comparison();
        if let Some(at) = self.picked().cloned().filter(|_| screen == Screen::Compare) {
            self.stand_at(at);
        }
        // What Compare shows of others need not be among what Annotate shows.
        if screen == Screen::Annotate && self.picked().is_some_and(|at| !self.shows(&at.layer.annotator)) {
            self.place.picked = None;
        }
    }
}
