//! Updating the text of a document: choosing the new text, and reviewing what happens to the passages.

mod comparison;
mod correct;
mod earlier;
mod in_doubt;
mod list;
mod review;

use std::path::{Path, PathBuf};

use egui::Ui;

use super::footer::entered;
use super::path_field::path_field;
use super::{Answer, Outcome, Purpose, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{common, update as words};
use demarche_model::DocumentId;
use demarche_session::{Action, JobKind, NewTextSource, Session, Tone, UpdateAction};

pub use earlier::EarlierForm;
pub use in_doubt::InDoubtForm;
use review::Review;

/// The stage of an update.
enum Stage {
    /// The new text is being chosen.
    Choosing,
    /// The two texts are being compared. Holds the number of notices before, since a new one says why it failed.
    Comparing(usize),
    /// The user reviews the result.
    Reviewing(Box<Review>),
}

/// The form for an update.
pub struct UpdateForm {
    document: DocumentId,
    title: String,
    path: String,
    pasted: String,
    focused: bool,
    stage: Stage,
}

impl UpdateForm {
    /// A form for the document that is shown; `folder` is where files were picked last.
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

    /// The width of the dialog; quotes need more.
    pub fn width(&self) -> f32 {
        if matches!(self.stage, Stage::Reviewing(_)) { 980.0 } else { 560.0 }
    }

    /// The key of the size that egui remembers for each stage.
    pub fn size_key(&self) -> u8 {
        u8::from(matches!(self.stage, Stage::Reviewing(_)))
    }

    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// Whether decisions would be lost if Escape or a click outside closed it.
    pub fn has_work(&self) -> bool {
        matches!(&self.stage, Stage::Reviewing(review) if review.has_work())
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        if let Stage::Comparing(notices) = self.stage {
            match session.text_update() {
                Some(update) => self.stage = Stage::Reviewing(Box::new(Review::new(update, session))),
                None if session.jobs().find(JobKind::CompareTexts).is_none() => {
                    self.stage = Stage::Choosing;
                    // The job has ended without a result: it failed, or both texts are the same and there is nothing to do.
                    let notice = session.notices().last().filter(|_| session.notices().len() > notices);
                    if notice.is_some_and(|notice| notice.tone == Tone::Plain) {
                        return Outcome::Close;
                    }
                }
                None => {}
            }
        }
        match &mut self.stage {
            Stage::Choosing => self.choose(ui, session, requests),
            Stage::Comparing(_) => comparing(ui, session, requests),
            Stage::Reviewing(review) => review.ui(ui, session, &self.title, requests),
        }
    }

    fn choose(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, words::title());
        ui.label(words::introduction(&self.title));
        ui.add_space(space::S);
        widgets::caption(ui, words::file());
        let (field, browse) = path_field(ui, words::path(), &mut self.path, words::path());
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        ui.add_space(space::S);
        widgets::caption(ui, words::pasted());
        egui::ScrollArea::vertical().id_salt("pasted").max_height(120.0).show(ui, |ui| {
            let field = egui::TextEdit::multiline(&mut self.pasted).desired_rows(5);
            ui.add(field.desired_width(f32::INFINITY).hint_text(words::paste_hint()));
        });
        ui.add_space(space::S);
        widgets::weak(ui, words::explanation());
        if browse {
            return Outcome::Browse(Purpose::NewText);
        }
        let ready = self.source().is_some();
        // Enter in the path confirms; in the field for pasting it starts a new line.
        let enter = self.pasted.is_empty() && entered(ui, ready);
        match buttons_without_enter(ui, words::compare(), ready).or(enter.then_some(Answer::Confirm)) {
            Some(Answer::Confirm) => self.compare(session, requests),
            Some(Answer::Cancel) => return Outcome::Close,
            None => {}
        }
        Outcome::Stay
    }

    /// The source of the new text. A pasted text takes precedence: the path may be left from before.
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

/// Shows the progress of the comparison.
fn comparing(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
    title(ui, words::title());
    match session.jobs().find(JobKind::CompareTexts).map(|job| job.steps()) {
        Some((done, total)) if done > 0 => {
            let share = done as f32 / total.max(1) as f32;
            ui.label(words::progress(done, total));
            ui.add(egui::ProgressBar::new(share).desired_height(6.0));
        }
        _ => drop(ui.horizontal(|ui| {
            ui.spinner();
            ui.label(words::comparing());
        })),
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
    ui.add_space(space::M);
    if ui.button(common::cancel()).clicked() {
        requests.push(Action::CancelJobs);
        return Outcome::Close;
    }
    Outcome::Stay
}
