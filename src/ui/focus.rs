//! Shows panels and moves the keyboard focus between parts of the window.

use egui::{Context, FocusDirection};

use demarche_io::settings::RightTab;
use demarche_session::{Action, AgreementAction, NavigateAction, PassagesAction, Screen, Session};

use super::App;
use super::commands::{FocusCommand, Panel};

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_focus(&mut self, command: FocusCommand, ctx: &Context) {
        match command {
            FocusCommand::Text => self.page.request_focus(),
            FocusCommand::Next => ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Next)),
            FocusCommand::Passages => {
                self.show_screen(Screen::Annotate);
                self.show_passages();
                self.passages.request_focus();
            }
            FocusCommand::Find => self.find.open(self.selected_words(), false),
            FocusCommand::FindEverywhere => {
                self.show_screen(Screen::Annotate);
                self.find.open(self.selected_words(), true);
                self.show_results = true;
                self.settings.bottom_open = true;
            }
            FocusCommand::Filter => {
                self.show_screen(Screen::Analyse);
                self.screens.edit_filter();
            }
            FocusCommand::Contents => {
                self.settings.left_open = true;
                self.settings.contents = true;
                self.contents.request_focus();
            }
            FocusCommand::Attributes => {
                self.show_tab(RightTab::Inspector);
                self.inspector.focus_attributes();
            }
            FocusCommand::Note => {
                self.show_tab(RightTab::Inspector);
                self.inspector.focus_note();
            }
            FocusCommand::ReviewQueue => {
                self.show_tab(RightTab::Review);
                self.review.focus_queue();
            }
            FocusCommand::Comment => {
                if !self.is_reviewing() {
                    self.show_tab(RightTab::Review);
                }
                self.settings.right_open = true;
                self.review.focus_comment();
            }
        }
    }

    fn selected_words(&self) -> Option<String> {
        let session = self.session.as_ref().filter(|session| !session.text_selection().is_empty())?;
        session.selected_words().map(|query| query.pattern)
    }

    pub(super) fn show_screen(&mut self, screen: Screen) {
        if let Some(session) = &mut self.session {
            session.show_screen(screen);
        }
    }

    /// Shows or hides a panel. A panel that only one screen has brings that screen.
    pub(super) fn toggle(&mut self, panel: Panel) {
        match panel {
            Panel::Left => self.settings.left_open = !self.settings.left_open,
            Panel::Right => self.settings.right_open = !self.settings.right_open,
            Panel::Bottom => {
                self.show_screen(Screen::Annotate);
                self.settings.bottom_open = !self.settings.bottom_open;
            }
        }
    }

    /// Shows a tab of the right panel.
    pub(super) fn show_tab(&mut self, tab: RightTab) {
        self.show_screen(Screen::Annotate);
        self.settings.show_right(tab);
    }

    fn show_passages(&mut self) {
        self.settings.bottom_open = true;
        self.show_results = false;
    }

    /// Returns whether the right panel shows a review, in which a click means the next passage to decide on.
    fn is_reviewing(&self) -> bool {
        matches!(self.settings.right_tab, RightTab::Review | RightTab::Inbox)
    }

    /// Shows the panel that responds to a click: the inspector for a passage in the text, the table for a figure.
    pub(super) fn bring_to_front(&mut self, action: &Action) {
        match action {
            Action::Navigate(
                NavigateAction::SetCurrent(Some(_))
                | NavigateAction::SelectSpans(_)
                | NavigateAction::ToggleSelected(_),
            ) if !self.is_reviewing() => self.settings.right_tab = RightTab::Inspector,
            Action::Navigate(NavigateAction::GoTo(_))
                if self.session.as_ref().map(Session::screen) == Some(Screen::Agreement) =>
            {
                self.show_screen(Screen::Annotate);
            }
            Action::Passages(PassagesAction::Filter(_))
            | Action::Agreement(AgreementAction::DrillDown(_)) => {
                self.show_passages();
            }
            _ => {}
        }
    }
}
