//! The second stage of a split: one passage at a time, in its context, and a key for each target.

use egui::text::{LayoutJob, TextFormat};
use egui::{Event, FontFamily, FontId, Key, Modifiers, RichText, Ui};

use crate::theme::{READING, Tokens, size, space, strong};
use crate::{widgets, words::categories as words};
use demarche_analysis::context::context;
use demarche_model::{Colour, SpanRef};
use demarche_session::Session;

/// Characters of context on either side.
const CONTEXT_CHARACTERS: usize = 420;

/// Height in points of the passage with its context.
const PASSAGE_HEIGHT: f32 = 300.0;

/// What to do with the passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Sort it into the target with this index.
    Sort(usize),
    /// Leave it as it is.
    Skip,
    /// Return to the previous passage.
    Back,
    /// Review the result.
    Finish,
}

/// The passage that is being sorted.
pub struct View<'a> {
    /// The name of the category that is split.
    pub category: &'a str,
    /// The names of the targets.
    pub targets: &'a [String],
    /// All passages.
    pub passages: &'a [SpanRef],
    /// The index of the passage that is shown.
    pub index: usize,
    /// The target that was chosen for it before.
    pub choice: Option<usize>,
}

impl View<'_> {
    /// Shows the passage.
    pub fn ui(&self, ui: &mut Ui, session: &Session) -> Option<Step> {
        let step = keys(ui, self.targets.len());
        self.header(ui);
        ui.add_space(space::S);
        let scroll = egui::ScrollArea::vertical().id_salt(("passage", self.index));
        let scroll = scroll.max_height(PASSAGE_HEIGHT).min_scrolled_height(PASSAGE_HEIGHT);
        scroll.auto_shrink(false).show(ui, |ui| passage(ui, session, self.passages.get(self.index)));
        ui.add_space(space::M);
        let step = self.target_buttons(ui).or(step);
        ui.add_space(space::S);
        self.step_buttons(ui).or(step)
    }

    fn header(&self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.label(RichText::new(words::split_title_of(self.category)).font(strong(size::HEADING)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(words::sort_progress(self.index + 1, self.passages.len()));
                let share = self.index as f32 / self.passages.len().max(1) as f32;
                ui.add(egui::ProgressBar::new(share).desired_width(160.0).desired_height(6.0));
            });
        });
    }

    fn target_buttons(&self, ui: &mut Ui) -> Option<Step> {
        let mut step = None;
        ui.horizontal_wrapped(|ui| {
            for (target, name) in self.targets.iter().enumerate() {
                let number = target + 1;
                let is_chosen = self.choice == Some(target);
                let button = egui::Button::selectable(is_chosen, words::sort_target(number, name));
                let button = ui.add(button.frame_when_inactive(true));
                if button.on_hover_text(words::sort_target_hint(number)).clicked() {
                    step = Some(Step::Sort(target));
                }
            }
        });
        step
    }

    fn step_buttons(&self, ui: &mut Ui) -> Option<Step> {
        let mut step = None;
        ui.horizontal(|ui| {
            for (name, hint, enabled, button_step) in [
                (words::sort_back(), words::sort_back_hint(), self.index > 0, Step::Back),
                (words::sort_skip(), words::sort_skip_hint(), true, Step::Skip),
            ] {
                if ui.add_enabled(enabled, egui::Button::new(name)).on_hover_text(hint).clicked() {
                    step = Some(button_step);
                }
            }
            let hint = RichText::new(words::sort_keys()).size(size::SMALL).color(Tokens::of(ui).text_weak);
            ui.label(hint);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let finish = widgets::primary_button(ui, words::sort_finish());
                if finish.on_hover_text(words::sort_finish_hint()).clicked() {
                    step = Some(Step::Finish);
                }
            });
        });
        step
    }
}

/// Takes the keys before any button sees them: Space must not press the one that was clicked last.
fn keys(ui: &Ui, targets: usize) -> Option<Step> {
    ui.input_mut(|input| {
        let mut digit = None;
        input.events.retain(|event| match event {
            Event::Text(text) => {
                let number = text.chars().next_back().and_then(|c| c.to_digit(10));
                digit = number.filter(|number| (1..=targets as u32).contains(number)).or(digit);
                false
            }
            _ => true,
        });
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        let (space, backspace) = (pressed(Key::Space), pressed(Key::Backspace));
        let finish = pressed(Key::Enter) | pressed(Key::Escape);
        match digit {
            Some(digit) => Some(Step::Sort(digit as usize - 1)),
            None if backspace => Some(Step::Back),
            None if space => Some(Step::Skip),
            None => finish.then_some(Step::Finish),
        }
    })
}

/// Shows a passage with its title, context and note.
fn passage(ui: &mut Ui, session: &Session, at: Option<&SpanRef>) {
    let project = session.project();
    let found = at.and_then(|at| Some((project.document(&at.layer.document)?, project.span(at)?)));
    let Some((document, text, span)) = found.and_then(|(d, span)| Some((d, d.text.as_ref()?, span))) else {
        return drop(widgets::weak(ui, words::passage_gone()));
    };
    widgets::weak(ui, document.meta.title.clone());
    ui.add_space(space::XS);
    let tokens = Tokens::of(ui);
    let colour =
        project.codebook().category(&span.category).map_or(Colour::nth(0), |category| category.colour);
    let around = context(text, span.ranges.cover(), CONTEXT_CHARACTERS);
    let font = FontId::new(18.0, FontFamily::Name(READING.into()));
    let format = |colour| TextFormat { line_height: Some(27.0), ..TextFormat::simple(font.clone(), colour) };
    let mut job = LayoutJob::default();
    job.append(&around.before, 0.0, format(tokens.text_weak));
    let marked = TextFormat { background: tokens.tint(colour, 0.3), ..format(tokens.text) };
    job.append(&span.quote(text), 0.0, marked);
    job.append(&around.after, 0.0, format(tokens.text_weak));
    ui.add(egui::Label::new(job).wrap());
    if !span.note.is_empty() {
        ui.add_space(space::S);
        widgets::weak(ui, words::note(&span.note));
    }
}
