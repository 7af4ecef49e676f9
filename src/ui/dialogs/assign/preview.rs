//! The preview of a design: documents per coder, and the documents that each pair shares.

use std::collections::BTreeSet;

use egui::{Align, Align2, Direction, FontId, Layout, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{Tokens, size};
use crate::widgets;
use crate::words::assign as words;
use demarche_analysis::assignment::AssignmentPlan;
use demarche_model::{Annotator, AnnotatorId, DocumentId, Project};

/// Width of a name, in points.
pub(super) const NAME: f32 = 200.0;
/// Width of a share, in points.
pub(super) const SHARE: f32 = 60.0;
/// Width of the numbers of documents, in points.
const DOCUMENTS: f32 = 150.0;
/// Width of a cell of the matrix, in points.
const CELL: f32 = 44.0;

/// What a design gives to each of the people in the form, in their order there.
pub(super) struct Preview {
    /// The numbers of documents, with those of later batches.
    documents: Vec<usize>,
    /// The numbers of documents that are open.
    open: Vec<usize>,
    /// The numbers of documents that two share.
    shared: Vec<Vec<usize>>,
    /// Whether a person is changed by the design.
    takes_part: Vec<bool>,
    distributed: usize,
    sample: usize,
    begun: usize,
    batches: usize,
}

impl Preview {
    pub fn new(project: &Project, plan: &AssignmentPlan, people: &[AnnotatorId]) -> Self {
        let takes_part = |id: &AnnotatorId| plan.design.people.iter().any(|share| share.person == *id);
        let takes_part: Vec<bool> = people.iter().map(takes_part).collect();
        let sets: Vec<BTreeSet<&DocumentId>> =
            people.iter().map(|id| plan.documents_of(project, id)).collect();
        let shared = sets.iter().enumerate().map(|(at, ours)| {
            let meets = |other: usize| takes_part[at] && takes_part[other] && at != other;
            let shared = sets.iter().enumerate().map(|(other, theirs)| match meets(other) {
                true => ours.intersection(theirs).count(),
                false => 0,
            });
            shared.collect()
        });
        let open = people.iter().map(|id| {
            let person = plan.people.iter().find(|person| person.id == *id);
            person.map_or(0, |person| person.documents.documents_in(project).count())
        });
        Self {
            documents: sets.iter().map(BTreeSet::len).collect(),
            open: open.collect(),
            shared: shared.collect(),
            takes_part,
            distributed: plan.distributed(),
            sample: plan.design.sample,
            begun: plan.begun,
            batches: plan.design.batches,
        }
    }

    /// Returns what happens to the documents.
    pub fn summary(&self) -> String {
        words::summary(self.distributed, self.sample, self.batches, self.begun)
    }

    fn takes_part(&self, at: usize) -> bool {
        self.takes_part.get(at).copied().unwrap_or_default()
    }
}

/// Shows something in a column of a fixed width.
pub(super) fn column(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, size::ROW), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(vec2(width, size::ROW));
        ui.set_max_width(width);
        content(ui);
    });
}

/// Shows the headings, with the initials of those who take part over the matrix.
pub(super) fn head(ui: &mut Ui, people: &[Annotator], chosen: &[usize]) {
    ui.horizontal(|ui| {
        column(ui, NAME, |ui| widgets::caption(ui, words::coder()));
        column(ui, SHARE, |ui| widgets::caption(ui, words::share()));
        column(ui, DOCUMENTS, |ui| widgets::caption(ui, words::documents()));
        columns(ui, chosen, |ui, other| {
            let layout = Layout::centered_and_justified(Direction::LeftToRight);
            ui.allocate_ui_with_layout(vec2(CELL, size::ROW), layout, |ui| {
                ui.set_min_size(vec2(CELL, size::ROW));
                if let Some(person) = people.get(other) {
                    widgets::initials_badge(ui, person);
                }
            });
        });
    });
}

/// Shows the documents of a coder, and how many they share with each of the others.
pub(super) fn cells(
    ui: &mut Ui,
    preview: Option<&Preview>,
    (people, chosen): (&[Annotator], &[usize]),
    at: usize,
) {
    let shown = preview.filter(|preview| preview.takes_part(at));
    let documents = shown.and_then(|preview| Some((*preview.open.get(at)?, *preview.documents.get(at)?)));
    column(ui, DOCUMENTS, |ui| {
        if let Some((open, all)) = documents {
            ui.label(words::load(open, all));
        }
    });
    columns(ui, chosen, |ui, other| {
        let count = shown.filter(|preview| preview.takes_part(other) && other != at);
        let count = count.and_then(|preview| preview.shared.get(at)?.get(other).copied());
        cell(ui, count, people.get(at).zip(people.get(other)));
    });
}

/// Shows the columns of the matrix that are visible, and leaves space for the others.
fn columns(ui: &mut Ui, chosen: &[usize], mut column: impl FnMut(&mut Ui, usize)) {
    let visible = widgets::visible_columns(ui, 0.0, CELL, chosen.len());
    ui.add_space(CELL * visible.start as f32);
    chosen.iter().take(visible.end).skip(visible.start).for_each(|&other| column(ui, other));
    ui.add_space(CELL * (chosen.len() - visible.end) as f32);
}

/// Shows the number of documents that two coders share: none in the colour of an error, since nothing can be said about
/// their agreement then.
fn cell(ui: &mut Ui, count: Option<usize>, pair: Option<(&Annotator, &Annotator)>) {
    let (rect, response) = ui.allocate_exact_size(vec2(CELL, size::ROW), Sense::hover());
    let tokens = Tokens::of(ui);
    let Some((count, (one, other))) = count.zip(pair) else { return };
    let colour = if count == 0 { tokens.error } else { tokens.text };
    let font = FontId::proportional(size::INTERFACE);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, count, font, colour);
    let label = words::shared(&one.name, &other.name, count);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &label));
    response.on_hover_text(label);
}
