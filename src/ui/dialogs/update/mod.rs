//! Another text for a document: choose it, see what becomes of the passages, decide on those in doubt, put it in place.

mod beside;
mod correct;
mod earlier;
mod list;
mod waiting;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, RichText, Ui};

use super::{Answer, Outcome, Purpose, buttons, title};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::align::RealignmentCounts;
use demarche_model::{AnnotatorId, DocumentId, Ranges};
use demarche_session::{Action, JobKind, NewTextSource, PendingPassage, Session, TextUpdate, UpdateAction};

pub use earlier::EarlierForm;
pub use waiting::InDoubtForm;

/// Where the dialog stands.
enum Stage {
    Choosing,
    /// The texts are being compared; the serial of notices tells when that has failed.
    Comparing(usize),
    Review(Box<Review>),
}

/// What is being chosen and decided.
pub struct UpdateForm {
    document: DocumentId,
    title: String,
    path: String,
    pasted: String,
    focused: bool,
    stage: Stage,
}

/// What becomes of the passages, and what the user has decided.
struct Review {
    update: Arc<TextUpdate>,
    waiting: Vec<PendingPassage>,
    list: list::List,
    /// Where passages shall be, by the keys of their records.
    decided: BTreeMap<u32, Ranges>,
}

impl UpdateForm {
    /// Begins with the document that is shown; the folder is where files were picked last.
    pub fn new(session: &Session, folder: PathBuf) -> Option<Self> {
        let document = session.document()?;
        Some(Self {
            document: document.id().clone(),
            title: document.meta.title.clone(),
            path: folder.join("").display().to_string(),
            pasted: String::new(),
            focused: false,
            stage: Stage::Choosing,
        })
    }

    /// How wide the dialog is: quotes want room.
    pub fn width(&self) -> f32 {
        if matches!(self.stage, Stage::Review(_)) { 980.0 } else { 560.0 }
    }

    /// Which of its parts is shown; each has a size of its own.
    pub fn size_key(&self) -> u8 {
        u8::from(matches!(self.stage, Stage::Review(_)))
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// Whether decisions would be lost if it closed at once.
    pub fn has_work(&self) -> bool {
        matches!(&self.stage, Stage::Review(review) if !review.decided.is_empty() || review.list.is_correcting())
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        if let Stage::Comparing(notices) = self.stage {
            match session.text_update() {
                Some(update) => self.stage = Stage::Review(Box::new(Review::new(update, session))),
                // It has failed, or there is nothing to do; the notice says which.
                None if session.jobs().find(JobKind::CompareTexts).is_none() => {
                    let told = session.notices().len() > notices;
                    self.stage = Stage::Choosing;
                    if told
                        && session.notices().last().is_some_and(|n| n.tone == demarche_session::Tone::Plain)
                    {
                        return Outcome::Close;
                    }
                }
                None => {}
            }
        }
        match &mut self.stage {
            Stage::Choosing => self.choose(ui, session, requests),
            Stage::Comparing(_) => comparing(ui, session, requests),
            Stage::Review(review) => review.ui(ui, session, &self.title, requests),
        }
    }

    fn choose(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, "Update the text");
        ui.label(format!("A new text for “{}”. The one it has now is kept.", self.title));
        ui.add_space(space::S);
        widgets::caption(ui, "File with the new text");
        let mut browse = false;
        ui.horizontal(|ui| {
            let field = egui::TextEdit::singleline(&mut self.path).hint_text("Path of a file");
            let field = ui.add(field.desired_width(ui.available_width() - 96.0));
            if !std::mem::replace(&mut self.focused, true) {
                field.request_focus();
            }
            browse = ui.button("Browse…").clicked();
        });
        ui.add_space(space::S);
        widgets::caption(ui, "… or paste it here");
        egui::ScrollArea::vertical().id_salt("pasted").max_height(120.0).show(ui, |ui| {
            let field = egui::TextEdit::multiline(&mut self.pasted).desired_rows(5);
            ui.add(field.desired_width(f32::INFINITY).hint_text("Ctrl+V"));
        });
        ui.add_space(space::S);
        widgets::weak(
            ui,
            "Every passage is looked for in the new text. Those whose words or place are in doubt are shown to you first; \
             passages of others wait for them.",
        );
        if browse {
            return Outcome::Browse(Purpose::NewText);
        }
        match buttons(ui, "Compare", self.source().is_some()) {
            Some(Answer::Confirm) => self.compare(session, requests),
            Some(Answer::Cancel) => return Outcome::Close,
            None => {
                // Enter in the path goes on; in the field for pasting it makes a line.
                let enter = ui.input(|input| input.key_pressed(Key::Enter));
                if enter && self.pasted.is_empty() && self.source().is_some() {
                    self.compare(session, requests);
                }
            }
        }
        Outcome::Stay
    }

    /// What was pasted comes first: the path may be one of before.
    fn source(&self) -> Option<NewTextSource> {
        if !self.pasted.trim().is_empty() {
            return Some(NewTextSource::Pasted(self.pasted.clone()));
        }
        let path = Path::new(self.path.trim());
        path.is_file().then(|| NewTextSource::File(path.to_owned()))
    }

    fn compare(&mut self, session: &Session, requests: &mut Requests) {
        if let Some(source) = self.source() {
            requests.push(UpdateAction::Compare(self.document.clone(), source));
            self.stage = Stage::Comparing(session.notices().len());
        }
    }
}

fn comparing(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
    title(ui, "Update the text");
    match session.jobs().find(JobKind::CompareTexts).map(|job| job.steps()) {
        Some((done, total)) if done > 0 => {
            let share = done as f32 / total.max(1) as f32;
            ui.label(format!("Looking for passages: {} of {}", widgets::count(done), widgets::count(total)));
            ui.add(egui::ProgressBar::new(share).desired_height(6.0));
        }
        _ => drop(ui.horizontal(|ui| {
            ui.spinner();
            ui.label("Comparing the two texts…");
        })),
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
    ui.add_space(space::M);
    if ui.button("Cancel").clicked() {
        requests.push(Action::CancelJobs);
        return Outcome::Close;
    }
    Outcome::Stay
}

impl Review {
    fn new(update: &Arc<TextUpdate>, session: &Session) -> Self {
        let waiting = update.pending_passages(session.me());
        Self { update: update.clone(), list: list::List::new(&waiting), waiting, decided: BTreeMap::new() }
    }

    fn ui(&mut self, ui: &mut Ui, session: &Session, name: &str, requests: &mut Requests) -> Outcome {
        title(ui, &format!("Update the text of “{name}”"));
        counts(ui, session, &self.update);
        ui.add_space(space::S);
        if self.waiting.is_empty() {
            ui.label(match self.update.counts().get(session.me()) {
                Some(_) => "All passages of yours have found their place.",
                None => "You have tagged nothing here. What is in doubt waits for those who have tagged it.",
            });
        } else {
            let document = self.update.document();
            let context = list::Context { session, document, decided: &self.decided };
            match self.list.ui(ui, &context, &self.waiting) {
                Some(list::Wish::Place(key, ranges)) => {
                    self.decided.insert(key, ranges);
                }
                Some(list::Wish::Leave(key)) => {
                    self.decided.remove(&key);
                }
                Some(list::Wish::PlaceSame) => {
                    self.decided.extend(list::with_the_same_words(&self.waiting));
                }
                None => {}
            }
        }
        let open = self.waiting.len() - self.decided.len();
        if open > 0 {
            ui.add_space(space::XS);
            let text = format!(
                "{} will wait in “Passages in doubt”, with the old words, until you decide.",
                widgets::plural(open, "passage")
            );
            ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).text_weak));
        }
        let ready = !self.list.is_correcting();
        // Enter alone accepts the passage that is shown.
        let key = ready && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, Key::Enter));
        match buttons(ui, "Update the text", ready).or(key.then_some(Answer::Confirm)) {
            Some(Answer::Confirm) => {
                requests.push(UpdateAction::Apply(std::mem::take(&mut self.decided)));
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}

/// What becomes of everybody's passages.
fn counts(ui: &mut Ui, session: &Session, update: &TextUpdate) {
    let name = |id: &AnnotatorId| match session.project().annotator(id) {
        _ if id == session.me() => "You".to_owned(),
        Some(annotator) => annotator.name.clone(),
        None => id.to_string(),
    };
    if update.counts().is_empty() {
        ui.label("Nobody has tagged anything in this document.");
        return;
    }
    let row = |ui: &mut Ui, name: &str, counts: &RealignmentCounts| {
        ui.label(name);
        for count in [counts.exact, counts.moved, counts.fuzzy, counts.lost] {
            ui.label(widgets::count(count));
        }
        ui.end_row();
    };
    egui::Grid::new("counts").num_columns(5).spacing([space::XL, space::XS]).show(ui, |ui| {
        let heads = [
            ("", ""),
            ("in place", "The same words at the same place"),
            ("moved", "The same words at another place that follows from what stands around them"),
            ("in doubt", "Words or place have changed; shown below for you to decide"),
            ("lost", "Nothing like it was found; kept with the old words until somebody decides"),
        ];
        for (head, hint) in heads {
            widgets::weak(ui, head).on_hover_text(hint);
        }
        ui.end_row();
        for (annotator, counts) in update.counts() {
            row(ui, &name(annotator), counts);
        }
        if update.counts().len() > 1 {
            row(ui, "All", &update.total());
        }
    });
}
