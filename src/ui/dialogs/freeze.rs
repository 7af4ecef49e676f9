//! Freezing a round: when each person's work last changed, and what is not done.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::freeze as words;
use demarche_analysis::coder_work::{CoderWork, coder_work};
use demarche_session::{RoundAction, Session};

/// The form for a round.
#[derive(Default)]
pub struct FreezeForm {
    note: String,
    /// The work of each coder, and the revisions of the project that it was counted at.
    work: Option<((u64, u64), Vec<CoderWork>)>,
}

impl FreezeForm {
    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, words::title());
        ui.add(egui::Label::new(words::hint()).wrap());
        ui.add_space(space::M);
        if session.is_reading_layers() {
            widgets::weak(ui, words::reading());
        } else {
            self.table(ui, session);
        }
        ui.add_space(space::M);
        widgets::caption(ui, words::note());
        widgets::bare_field(ui, words::note(), &mut self.note, words::note_hint(), ui.available_width());
        let enabled = session.freezing_refusal().is_none() && !session.is_reading_layers();
        match super::buttons(ui, words::confirm(), enabled) {
            Some(Answer::Confirm) => {
                requests.push(RoundAction::Freeze { note: self.note.clone() });
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    /// Shows a row for each coder.
    fn table(&mut self, ui: &mut Ui, session: &Session) {
        let project = session.project();
        let revisions = (project.revision(), project.list_revision());
        if self.work.as_ref().is_none_or(|(counted, _)| *counted != revisions) {
            self.work = Some((revisions, coder_work(project)));
        }
        let Some((_, work)) = &self.work else { return };
        let tokens = Tokens::of(ui);
        ScrollArea::vertical().id_salt("work of coders").max_height(260.0).show(ui, |ui| {
            Grid::new("work of coders").num_columns(4).spacing([space::L, space::XS]).show(ui, |ui| {
                for head in [words::coder(), words::last_change(), words::done(), words::not_done()] {
                    ui.label(RichText::new(head).font(strong(size::SMALL)).color(tokens.text_weak));
                }
                ui.end_row();
                for work in work {
                    ui.label(project.name_of(&work.annotator));
                    ui.label(words::changed(work.last_change));
                    ui.label(words::count(work.done));
                    let colour = if work.is_done() { tokens.text_weak } else { tokens.warning };
                    let left = ui.label(RichText::new(words::left(work)).color(colour));
                    let titles = words::open_documents(project, work);
                    if !titles.is_empty() {
                        left.on_hover_text(titles);
                    }
                    ui.end_row();
                }
            });
        });
    }
}
