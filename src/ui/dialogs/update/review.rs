//! The second stage of an update: what happens to the passages, and the decisions on those in doubt.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Key, RichText, Ui};

use super::list::{self, Decision, List};
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{widgets, words::update as words};
use demarche_analysis::align::RealignmentCounts;
use demarche_model::{AnnotatorId, Ranges};
use demarche_session::{PendingPassage, Session, TextUpdate, UpdateAction};

/// The result of the comparison, and what the user has decided.
pub(super) struct Review {
    update: Arc<TextUpdate>,
    /// The user's passages in doubt.
    pending: Vec<PendingPassage>,
    list: List,
    /// The positions that were decided, by the keys of the passages.
    decided: BTreeMap<u32, Ranges>,
}

impl Review {
    pub fn new(update: &Arc<TextUpdate>, session: &Session) -> Self {
        let pending = update.pending_passages(session.me());
        Self { update: update.clone(), list: List::new(&pending), pending, decided: BTreeMap::new() }
    }

    /// Whether decisions would be lost if the dialog closed.
    pub fn has_work(&self) -> bool {
        !self.decided.is_empty() || self.list.is_correcting()
    }

    pub fn ui(&mut self, ui: &mut Ui, session: &Session, name: &str, requests: &mut Requests) -> Outcome {
        title(ui, &words::title_of(name));
        counts(ui, session, &self.update);
        ui.add_space(space::S);
        self.passages(ui, session);
        let undecided = self.pending.len() - self.decided.len();
        if undecided > 0 {
            ui.add_space(space::XS);
            let text = RichText::new(words::undecided(undecided)).size(size::SMALL);
            ui.label(text.color(Tokens::of(ui).text_weak));
        }
        let ready = !self.list.is_correcting();
        // Enter without Ctrl accepts the selected passage.
        let enter = ready && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, Key::Enter));
        match buttons_without_enter(ui, words::confirm(), ready).or(enter.then_some(Answer::Confirm)) {
            Some(Answer::Confirm) => {
                requests.push(UpdateAction::Apply(std::mem::take(&mut self.decided)));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn passages(&mut self, ui: &mut Ui, session: &Session) {
        if self.pending.is_empty() {
            let has_passages = self.update.counts().contains_key(session.me());
            ui.label(if has_passages { words::none_in_doubt() } else { words::none_tagged() });
            return;
        }
        let context = list::Context { session, document: self.update.document(), decided: &self.decided };
        match self.list.ui(ui, &context, &self.pending) {
            Some(Decision::Move(key, ranges)) => {
                self.decided.insert(key, ranges);
            }
            Some(Decision::Leave(key)) => {
                self.decided.remove(&key);
            }
            Some(Decision::AcceptSameText) => self.decided.extend(list::same_text_positions(&self.pending)),
            None => {}
        }
    }
}

/// Shows what happens to each annotator's passages.
fn counts(ui: &mut Ui, session: &Session, update: &TextUpdate) {
    if update.counts().is_empty() {
        ui.label(words::no_passages());
        return;
    }
    let name = |id: &AnnotatorId| {
        let name = if id == session.me() { words::you() } else { session.project().name_of(id) };
        name.to_owned()
    };
    let row = |ui: &mut Ui, name: &str, counts: &RealignmentCounts| {
        ui.label(name);
        for count in [counts.exact, counts.moved, counts.fuzzy, counts.lost] {
            ui.label(widgets::count(count));
        }
        ui.end_row();
    };
    egui::Grid::new("counts").num_columns(5).spacing([space::XL, space::XS]).show(ui, |ui| {
        ui.label("");
        for (head, hint) in [
            (words::in_place(), words::in_place_hint()),
            (words::moved(), words::moved_hint()),
            (words::in_doubt(), words::in_doubt_hint()),
            (words::lost(), words::lost_hint()),
        ] {
            widgets::weak(ui, head).on_hover_text(hint);
        }
        ui.end_row();
        for (annotator, counts) in update.counts() {
            row(ui, &name(annotator), counts);
        }
        if update.counts().len() > 1 {
            row(ui, words::all(), &update.total());
        }
    });
}
