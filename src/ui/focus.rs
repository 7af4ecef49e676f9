//! Shows panels and moves the keyboard focus between parts of the window.

use egui::{Context, Key};

use demarche_io::settings::RightTab;
use demarche_model::MemoSubject;
use demarche_session::{
    Action, AgreementAction, AnalyseAction, AnnotateAction, NavigateAction, PaneAction, PaneSide,
    PassagesAction, Screen, Session,
};

use super::App;
use super::commands::{FocusCommand, MemoTarget, Panel};
use super::panes::Pane;
use super::sides::Side;

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_focus(&mut self, command: FocusCommand, ctx: &Context) {
        match command {
            FocusCommand::Text => self.panels.page.request_focus(),
            FocusCommand::OtherText => self.focus_text(Session::focus_other_text),
            FocusCommand::EarlierBeside => self.focus_text(Session::open_earlier_beside),
            FocusCommand::SideBySide => self.focus_text(Session::toggle_side_by_side),
            FocusCommand::MenuBar => self.panels.focus_menu = true,
            FocusCommand::NextPane => self.focus_pane(true, ctx),
            FocusCommand::PreviousPane => self.focus_pane(false, ctx),
            FocusCommand::Passages => {
                self.show_screen(Screen::Annotate);
                self.show_passages();
                self.panels.passages.request_focus();
            }
            FocusCommand::Find => self.panels.find.open(self.selected_words(), false),
            FocusCommand::FindEverywhere => self.focus_find_everywhere(),
            FocusCommand::Filter => {
                self.show_screen(Screen::Analyse);
                self.panels.screens.edit_filter();
            }
            FocusCommand::Contents => {
                self.settings.left_open = true;
                self.preferred_side = Side::Left;
                self.settings.contents = true;
                self.panels.contents.request_focus();
            }
            FocusCommand::DocumentTitle => self.focus_document_title(),
            FocusCommand::NewDocumentSet => self.focus_new_set(),
            FocusCommand::Attributes => {
                self.show_tab(RightTab::Inspector);
                self.panels.inspector.focus_attributes();
            }
            FocusCommand::Note => {
                self.show_tab(RightTab::Inspector);
                self.panels.inspector.focus_note();
            }
            FocusCommand::ReviewQueue => {
                self.show_tab(RightTab::Review);
                self.panels.review.focus_queue();
            }
            FocusCommand::Comment => self.focus_comment(),
            FocusCommand::FillIn => {
                if let Some(attribute) = self.session.as_mut().and_then(Session::fill_in) {
                    self.show_passages();
                    self.show_tab(RightTab::Inspector);
                    self.panels.inspector.focus_attribute(attribute);
                }
            }
            FocusCommand::PossibleAnswers => self.panels.screens.go_to_answers(),
            FocusCommand::Memo(target) => self.focus_memo(target),
        }
    }

    fn focus_find_everywhere(&mut self) {
        self.show_screen(Screen::Annotate);
        self.panels.find.open(self.selected_words(), true);
        self.panels.show_results = true;
        self.settings.bottom_open = true;
    }

    fn focus_comment(&mut self) {
        if !self.is_reviewing() {
            self.show_tab(RightTab::Review);
        }
        self.settings.right_open = true;
        self.preferred_side = Side::Right;
        self.panels.review.focus_comment();
    }

    /// Shows the memos on a subject, and gives the keyboard to the user's own.
    fn focus_memo(&mut self, target: MemoTarget) {
        if let Some(session) = &mut self.session {
            let subject = match target {
                MemoTarget::Shown => session.shown_memo().cloned(),
                MemoTarget::Project => Some(MemoSubject::Project),
                MemoTarget::Document => {
                    session.document().map(|document| MemoSubject::Document(document.id().clone()))
                }
                MemoTarget::Category => session.category_at_hand().cloned().map(MemoSubject::Category),
            };
            session.show_memo(subject);
        }
        self.show_tab(RightTab::Memos);
        // The document of the memo may just have been opened.
        self.panels.page.leave_focus();
        self.panels.memos.request_focus();
    }

    /// Shows the list of documents.
    fn show_documents(&mut self) {
        self.show_screen(Screen::Annotate);
        self.settings.left_open = true;
        self.preferred_side = Side::Left;
        self.settings.contents = false;
    }

    /// Lets the title of the document at the cursor of the list be edited in its row.
    fn focus_document_title(&mut self) {
        self.show_documents();
        let Some(session) = &self.session else { return };
        let id = session.document_list().cursor().or(session.view_state().document.as_ref());
        id.into_iter().for_each(|id| self.panels.documents.rename(session, id));
    }

    /// Asks for the name of a new set of the chosen documents.
    fn focus_new_set(&mut self) {
        self.show_documents();
        let chosen = self.session.as_ref().map(|session| session.document_list().chosen().to_vec());
        self.panels.documents.name_new_set(chosen.unwrap_or_default());
    }

    /// Gives the keyboard to the next (or previous) pane.
    pub(super) fn focus_pane(&mut self, forward: bool, ctx: &Context) {
        if self.session.as_ref().map(Session::screen) == Some(Screen::Analyse) {
            return self.panels.screens.edit_filter();
        }
        let panes = &mut self.panels.panes;
        let Some(next) = panes.next(panes.current(ctx), forward) else { return };
        panes.visit(next);
        // A pane without anything to focus must not end the round.
        ctx.memory_mut(|memory| memory.focused().into_iter().for_each(|id| memory.surrender_focus(id)));
        self.enter_pane(next);
    }

    fn enter_pane(&mut self, pane: Pane) {
        let panels = &mut self.panels;
        let current = self.session.as_ref().and_then(Session::current);
        match pane {
            Pane::Documents if self.settings.contents => panels.contents.request_focus(),
            Pane::Documents => panels.documents.request_focus(),
            Pane::Codebook => panels.focus_codebook = true,
            Pane::Text => self.focus_text(|session| session.focus_side(PaneSide::Left)),
            Pane::SecondText => self.focus_text(|session| session.focus_side(PaneSide::Right)),
            Pane::Right => match self.settings.right_tab {
                RightTab::Inspector if current.is_some() => panels.inspector.focus_attributes(),
                RightTab::Review => panels.review.focus_queue(),
                RightTab::Memos => panels.memos.request_focus(),
                RightTab::Page => panels.original.request_focus(),
                RightTab::Inspector | RightTab::Summary | RightTab::Inbox => panels.focus_right_tab = true,
            },
            Pane::Bottom => panels.passages.request_focus(),
            Pane::Manual => self.manual.request_focus(),
        }
    }

    /// Chooses a text, and gives it the keyboard.
    fn focus_text(&mut self, choose: fn(&mut Session)) {
        self.show_screen(Screen::Annotate);
        self.session.as_mut().into_iter().for_each(choose);
        self.panels.page.request_focus();
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
            Panel::Left => {
                self.settings.left_open = !self.settings.left_open || !self.sides.has(Side::Left);
                self.preferred_side = Side::Left;
            }
            Panel::Right => {
                self.settings.right_open = !self.settings.right_open || !self.sides.has(Side::Right);
                self.preferred_side = Side::Right;
            }
            Panel::Bottom => self.toggle_passages(),
        }
    }

    /// Shows or hides the passages table, which the screens Annotate and Agreement have. From others, it leads to Annotate.
    fn toggle_passages(&mut self) {
        match self.session.as_ref().map(Session::screen) {
            Some(Screen::Agreement) => {
                let is_shown = self.settings.bottom_open && self.panels.agreement_table;
                self.panels.agreement_table = !is_shown;
                self.settings.bottom_open |= !is_shown;
            }
            Some(Screen::Annotate) | None => self.settings.bottom_open = !self.settings.bottom_open,
            Some(Screen::Compare | Screen::Board | Screen::Analyse) => {
                self.show_screen(Screen::Annotate);
                self.settings.bottom_open = true;
            }
        }
    }

    /// Shows a tab of the right panel.
    pub(super) fn show_tab(&mut self, tab: RightTab) {
        self.show_screen(Screen::Annotate);
        self.settings.show_right(tab);
        self.preferred_side = Side::Right;
    }

    fn show_passages(&mut self) {
        self.settings.bottom_open = true;
        self.panels.agreement_table = true;
        self.panels.show_results = false;
    }

    /// Returns whether the right panel shows a review, in which a click means the next passage to decide on.
    fn is_reviewing(&self) -> bool {
        matches!(self.settings.right_tab, RightTab::Review | RightTab::Inbox)
    }

    /// Gives the keyboard to the text after what is done there next: reading a document, and further tags.
    pub(super) fn return_to_text(&mut self, action: &Action) {
        let to_text = matches!(
            action,
            Action::Navigate(NavigateAction::OpenDocument(_))
                | Action::Pane(PaneAction::OpenBeside(_) | PaneAction::Open(..))
                | Action::Annotate(
                    AnnotateAction::Tag(_) | AnnotateAction::TagAlso(_) | AnnotateAction::SetMarker(_)
                )
        );
        if to_text {
            self.panels.page.request_focus();
        }
    }

    /// Gives the keyboard to the text if Escape has taken it from a field.
    pub(super) fn follow_escape(&mut self, ctx: &Context) {
        let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
        let nowhere = ctx.memory(|memory| memory.focused().is_none());
        if escaped && nowhere && self.dialog.is_none() {
            self.panels.page.request_focus();
            ctx.request_repaint();
        }
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
            // What is asked for must not be in the panel that has no room.
            Action::Analyse(AnalyseAction::Show(_)) => self.preferred_side = Side::Right,
            _ => {}
        }
    }
}
