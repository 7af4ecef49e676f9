//! The marked demand or offer beside its possible answers.

use egui::{Button, Key, RichText, ScrollArea, Ui};

use super::keyboard;
use super::passage::{CARD_PT, card};
use super::passages::open;
use crate::commands::{Command, CommandId};
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::words::analyse as words;
use crate::{keys, widgets};
use demarche_session::{AnalyseAction, PossibleAnswers, Session};

/// Number of possible answers that are shown at first.
const SHOWN: usize = 5;

/// The pane of possible answers between frames.
#[derive(Default)]
pub(super) struct AnswersPane {
    /// Whether all possible answers are shown.
    shows_all: bool,
}

impl AnswersPane {
    /// Shows the pane. `is_active` says whether keys walk the possible answers.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, is_active: bool, requests: &mut Requests) {
        ui.set_min_height(ui.available_height());
        let Some(answers) = session.possible_answers() else {
            return widgets::empty_state(ui, words::no_ask(), words::no_ask_hint());
        };
        let moved = if is_active { walk(ui, &answers, requests) } else { None };
        self.head(ui, session, &answers, requests);
        let height = ui.available_height();
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            widgets::caption(left, words::ask(answers.kind));
            let shown = card(left, session, &answers.ask, false, (height - 24.0).max(CARD_PT));
            if shown.is_some_and(|response| response.clicked()) {
                open(&answers.ask, requests);
            }
            let has_linked = !answers.linked.is_empty();
            widgets::caption(right, words::answers(has_linked));
            self.list(right, session, &answers, moved, requests);
        });
    }

    fn head(&self, ui: &mut Ui, session: &Session, answers: &PossibleAnswers, requests: &mut Requests) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            let text = match answers.linked.len() {
                0 => words::possible_answers_of(answers.answers.len(), answers.kind),
                linked => words::linked_answers_of(linked, answers.kind),
            };
            ui.label(RichText::new(text).font(strong(size::INTERFACE)));
            ui.add_space(space::M);
            let Some(answer) = answers.answer() else { return };
            let refusal = session.answer_refusal(&answer.span);
            let may_dismiss = session.read_only().is_none();
            button(ui, CommandId::LinkAnswer, words::link(), refusal.as_deref(), requests);
            let refused = (!may_dismiss).then(words::read_only);
            button(ui, CommandId::DismissAnswer, words::dismiss(), refused, requests);
            button(ui, CommandId::OpenAnswer, words::open(), None, requests);
            if let Some(reason) = refusal {
                ui.add(egui::Label::new(RichText::new(reason).size(size::SMALL)).truncate());
            }
        });
    }

    /// Shows the answers, and scrolls to the one that the mark has moved to.
    fn list(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        answers: &PossibleAnswers,
        moved: Option<usize>,
        requests: &mut Requests,
    ) {
        let last = moved.unwrap_or(answers.marked);
        let limit = if self.shows_all { usize::MAX } else { SHOWN.max(last + 1) };
        ScrollArea::vertical().id_salt("possible answers").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for linked in &answers.linked {
                let shown = card(ui, session, linked, false, CARD_PT);
                if shown.is_some_and(|response| response.clicked()) {
                    open(linked, requests);
                }
            }
            for (at, answer) in answers.answers.iter().enumerate().take(limit) {
                let is_marked = at == answers.marked;
                let Some(response) = card(ui, session, &answer.span, is_marked, CARD_PT) else { continue };
                if moved == Some(at) {
                    response.scroll_to_me(None);
                }
                if answer.is_order_uncertain {
                    widgets::weak(ui, words::order_uncertain());
                }
                if response.double_clicked() {
                    open(&answer.span, requests);
                } else if response.clicked() {
                    requests.push(AnalyseAction::MarkAnswer(at));
                }
            }
            let left = answers.answers.len().saturating_sub(limit);
            if left > 0 && ui.button(crate::words::common::and_more(left)).clicked() {
                self.shows_all = true;
            }
        });
    }
}

/// Walks the possible answers, and opens the marked one with Enter. Returns where the mark has moved.
fn walk(ui: &Ui, answers: &PossibleAnswers, requests: &mut Requests) -> Option<usize> {
    if !keyboard::is_free(ui) {
        return None;
    }
    let pressed = |key| keyboard::take(ui, key);
    let to = if pressed(Key::ArrowDown) {
        let last = answers.answers.len().saturating_sub(1);
        (answers.marked + 1).min(last)
    } else if pressed(Key::ArrowUp) {
        answers.marked.saturating_sub(1)
    } else {
        if pressed(Key::Enter) {
            requests.push(CommandId::OpenAnswer);
        }
        return None;
    };
    requests.push(AnalyseAction::MarkAnswer(to));
    Some(to)
}

/// Shows a button with the key of its command, greyed with the reason if there is one.
fn button(ui: &mut Ui, id: CommandId, name: &str, refusal: Option<&str>, requests: &mut Requests) {
    let command: &Command = id.command();
    let button = ui
        .add_enabled(refusal.is_none(), Button::new(name).shortcut_text(keys::display(ui.ctx(), command.id)));
    let button = button.on_hover_text(command.help);
    if button.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
        requests.push(id);
    }
}
