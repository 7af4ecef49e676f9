//! Assigning documents by a random, balanced design, with a preview of who reads how much and who meets whom.

mod preview;

use egui::{Ui, vec2};

use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::{size, space};
use crate::widgets;
use crate::words::assign as words;
use demarche_analysis::assignment::{AssignmentDesign, DesignError, Share};
use demarche_model::{Annotator, Role};
use demarche_session::{ProjectAction, Session};
use preview::Preview;

/// The largest number that can be entered: of readers, of documents, of batches.
const MOST: usize = 10_000;

/// The largest share.
const LARGEST_SHARE: u32 = 99;

/// Greatest height of the table of coders, in points.
const TABLE: f32 = 330.0;

/// The form, with the parameters of the design.
pub struct AssignForm {
    coders: Vec<Coder>,
    readers: usize,
    sample: usize,
    batches: usize,
    seed: String,
    /// The sizes of the batches that are not open, and the revision of the project that they and the coders are from.
    waiting: Vec<usize>,
    revision: Option<u64>,
    /// The preview, and the design and revision that it is for.
    preview: Option<(AssignmentDesign, u64, Result<Preview, DesignError>)>,
}

/// A person who may take part.
struct Coder {
    person: Annotator,
    takes_part: bool,
    share: u32,
}

impl Coder {
    fn new(person: &Annotator) -> Self {
        Self { person: person.clone(), takes_part: person.role == Role::Annotator, share: 1 }
    }
}

impl AssignForm {
    /// A form in which all annotators take part, and two read each document.
    pub fn new(session: &Session) -> Self {
        Self {
            coders: Vec::new(),
            readers: 2,
            sample: 0,
            batches: 1,
            seed: session.new_seed().to_string(),
            waiting: Vec::new(),
            revision: None,
            preview: None,
        }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        self.follow(session);
        super::title(ui, words::title());
        let refusal = session.read_only().or_else(|| session.leading_refusal().map(str::to_owned));
        widgets::weak(ui, refusal.clone().unwrap_or_else(|| words::hint().to_owned()));
        ui.add_space(space::S);
        let may = refusal.is_none();
        ui.add_enabled_ui(may, |ui| {
            self.waiting(ui, requests);
            self.parameters(ui, session);
            ui.separator();
            self.table(ui);
        });
        let design = self.design();
        let (status, error) = match &self.preview {
            Some((_, _, Ok(preview))) if design.is_some() => (Some(preview.summary()), None),
            Some((_, _, Err(why))) if design.is_some() => (None, Some(words::no_design(*why))),
            Some(_) | None => (None, Some(words::bad_seed().to_owned())),
        };
        ui.add_space(space::XS);
        ui.horizontal(|ui| {
            ui.set_min_height(widgets::line_height());
            match status {
                Some(status) => drop(ui.label(status)),
                None => drop(widgets::message_line(ui, error.as_deref(), None)),
            }
        });
        match (super::buttons_without_enter(ui, words::confirm(), may && error.is_none()), design) {
            (Some(Answer::Confirm), Some(design)) => {
                requests.push(ProjectAction::AssignByDesign(design));
                Outcome::Close
            }
            (Some(_), _) => Outcome::Close,
            (None, _) => Outcome::Stay,
        }
    }

    /// Follows changes of the project and of the parameters.
    fn follow(&mut self, session: &Session) {
        let (project, revision) = (session.project(), session.project().revision());
        if self.revision != Some(revision) {
            let is_new = |person: &&Annotator| self.coders.iter().all(|coder| coder.person.id != person.id);
            let new: Vec<Coder> = project.annotators().iter().filter(is_new).map(Coder::new).collect();
            self.coders.extend(new);
            self.coders.retain(|coder| project.annotator(&coder.person.id).is_some());
            self.waiting = project.waiting_batches().iter().map(|batch| batch.len()).collect();
            self.revision = Some(revision);
        }
        let Some(design) = self.design() else { return };
        let is_same = |(of, at, _): &(AssignmentDesign, u64, _)| (of, *at) == (&design, revision);
        if !self.preview.as_ref().is_some_and(is_same) {
            let plan = session.plan_assignment(&design);
            let people: Vec<_> = self.coders.iter().map(|coder| coder.person.id.clone()).collect();
            let preview = plan.map(|plan| Preview::new(project, &plan, &people));
            self.preview = Some((design, revision, preview));
        }
    }

    /// Returns the design; `None` if the seed is not a number.
    fn design(&self) -> Option<AssignmentDesign> {
        let coders = self.coders.iter().filter(|coder| coder.takes_part);
        let people = coders.map(|coder| Share { person: coder.person.id.clone(), weight: coder.share });
        let seed = self.seed.trim().parse().ok()?;
        let (readers, sample, batches) = (self.readers, self.sample, self.batches);
        Some(AssignmentDesign { people: people.collect(), readers, sample, batches, seed })
    }

    /// Shows the batches that are not open, and the button that opens the next one.
    fn waiting(&self, ui: &mut Ui, requests: &mut Requests) {
        if self.waiting.is_empty() {
            return;
        }
        ui.horizontal(|ui| {
            ui.label(words::waiting(&self.waiting));
            if ui.button(words::open_next()).clicked() {
                requests.push(ProjectAction::OpenBatch);
            }
        });
        ui.separator();
    }

    fn parameters(&mut self, ui: &mut Ui, session: &Session) {
        let grid = egui::Grid::new("design").num_columns(4).spacing([space::M, space::XS]);
        grid.show(ui, |ui| {
            number(ui, words::readers(), words::readers_hint(), &mut self.readers, 1);
            number(ui, words::sample(), words::sample_hint(), &mut self.sample, 0);
            ui.end_row();
            number(ui, words::batches(), words::batches_hint(), &mut self.batches, 1);
            ui.label(words::seed()).on_hover_text(words::seed_hint());
            ui.horizontal(|ui| {
                widgets::bare_field(ui, words::seed(), &mut self.seed, "", 80.0);
                if ui.button(words::new_seed()).clicked() {
                    self.seed = session.new_seed().to_string();
                }
            });
            ui.end_row();
        });
    }

    /// Shows the coders with their shares, and what the design gives them.
    fn table(&mut self, ui: &mut Ui) {
        let preview = self.preview.as_ref().and_then(|(_, _, preview)| preview.as_ref().ok());
        let people: Vec<Annotator> = self.coders.iter().map(|coder| coder.person.clone()).collect();
        let chosen =
            (0..people.len()).filter(|at| self.coders.get(*at).is_some_and(|coder| coder.takes_part));
        let chosen: Vec<usize> = chosen.collect();
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let area = egui::ScrollArea::both().id_salt("coders").max_height(TABLE).auto_shrink([false, true]);
        area.show(ui, |ui| {
            preview::head(ui, &people, &chosen);
            widgets::visible_rows(ui, size::ROW, self.coders.len(), |ui, at| {
                let Some(coder) = self.coders.get_mut(at) else { return };
                ui.horizontal(|ui| {
                    coder.fields(ui);
                    preview::cells(ui, preview, (&people, &chosen), at);
                });
            });
        });
    }
}

impl Coder {
    fn fields(&mut self, ui: &mut Ui) {
        preview::column(ui, preview::NAME, |ui| {
            let name = &self.person.name;
            let label = words::takes_part(name);
            let choice = ui.add(egui::Checkbox::new(&mut self.takes_part, name.as_str()));
            choice.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, true, self.takes_part, &label)
            });
        });
        preview::column(ui, preview::SHARE, |ui| {
            let label = words::share_of(&self.person.name);
            let share = egui::DragValue::new(&mut self.share).range(0..=LARGEST_SHARE).speed(0.05);
            let share = ui.add_enabled(self.takes_part, share);
            let value = f64::from(self.share);
            share.widget_info(|| egui::WidgetInfo {
                label: Some(label.clone()),
                ..egui::WidgetInfo::drag_value(true, value)
            });
        });
    }
}

/// Shows a number with its name before it.
fn number(ui: &mut Ui, name: &str, hint: &str, value: &mut usize, least: usize) {
    let label = ui.label(name).on_hover_text(hint);
    let field = egui::DragValue::new(value).range(least..=MOST).speed(0.05);
    ui.add(field).labelled_by(label.id).on_hover_text(hint);
}
