//! One passage at a time, big, with what stands around it, and a key for each place where it can go.

use egui::text::{LayoutJob, TextFormat};
use egui::{Event, FontFamily, FontId, Key, Modifiers, RichText, Ui};

use crate::theme::{READING, Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::context::context;
use demarche_model::{Colour, SpanRef};
use demarche_session::Session;

/// Characters of context to either side.
const CONTEXT: usize = 420;

/// Height of the part that shows the passage.
const HEIGHT: f32 = 300.0;

/// What is done with the passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// It goes to the target of this number, from 0.
    To(usize),
    /// It stays what it is.
    Leave,
    /// The one before is looked at again.
    Back,
    /// That is enough.
    Finish,
}

/// Shows the passage number `at` of `passages`, and what was chosen for it before.
pub fn ui(
    ui: &mut Ui,
    session: &Session,
    name: &str,
    targets: &[String],
    (at, passages, choices): (usize, &[SpanRef], &[Option<usize>]),
) -> Option<Step> {
    let mut step = keys(ui, targets.len());
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.label(RichText::new(format!("Split {name}")).font(strong(size::HEADING)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(format!("{} of {}", at + 1, passages.len()));
            let share = at as f32 / passages.len().max(1) as f32;
            ui.add(egui::ProgressBar::new(share).desired_width(160.0).desired_height(6.0));
        });
    });
    ui.add_space(space::S);
    let scroll =
        egui::ScrollArea::vertical().id_salt(("passage", at)).max_height(HEIGHT).min_scrolled_height(HEIGHT);
    scroll.auto_shrink(false).show(ui, |ui| passage(ui, session, passages.get(at)));
    ui.add_space(space::M);
    let before = choices.get(at).copied().flatten();
    ui.horizontal_wrapped(|ui| {
        for (target, label) in targets.iter().enumerate() {
            let button = egui::Button::selectable(before == Some(target), format!("{}  {label}", target + 1));
            if ui
                .add(button.frame_when_inactive(true))
                .on_hover_text(format!("Press {}", target + 1))
                .clicked()
            {
                step = Some(Step::To(target));
            }
        }
    });
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        for (label, hint, enabled, what) in [
            ("Back", "Look at the one before again (Backspace)", at > 0, Step::Back),
            ("Leave as it is", "Go on to the next (Space)", true, Step::Leave),
        ] {
            if ui.add_enabled(enabled, egui::Button::new(label)).on_hover_text(hint).clicked() {
                step = Some(what);
            }
        }
        ui.label(
            RichText::new("Space leaves it, Backspace goes back").size(size::SMALL).color(tokens.text_weak),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::primary_button(ui, "Finish…")
                .on_hover_text("Look over what was sorted (Enter)")
                .clicked()
            {
                step = Some(Step::Finish);
            }
        });
    });
    step
}

/// Keys are taken before any button sees them: Space must not press the one clicked last.
fn keys(ui: &Ui, targets: usize) -> Option<Step> {
    ui.input_mut(|input| {
        let mut digit = None;
        input.events.retain(|event| match event {
            Event::Text(text) => {
                let number = text.chars().next_back().and_then(|sign| sign.to_digit(10));
                digit = number.filter(|number| (1..=targets as u32).contains(number)).or(digit);
                false
            }
            _ => true,
        });
        let mut take = |key| input.consume_key(Modifiers::NONE, key);
        let (space, back) = (take(Key::Space), take(Key::Backspace));
        let finish = take(Key::Enter) | take(Key::Escape);
        match digit {
            Some(digit) => Some(Step::To(digit as usize - 1)),
            None if back => Some(Step::Back),
            None if space => Some(Step::Leave),
            None => finish.then_some(Step::Finish),
        }
    })
}

fn passage(ui: &mut Ui, session: &Session, at: Option<&SpanRef>) {
    let project = session.project();
    let found = at.and_then(|at| Some((project.document(&at.layer.document)?, project.span(at)?)));
    let Some((document, text, span)) = found.and_then(|(d, span)| Some((d, d.text.as_ref()?, span))) else {
        return drop(widgets::weak(ui, "This passage is not there any more."));
    };
    widgets::weak(ui, document.meta.title.clone());
    ui.add_space(space::XS);
    let tokens = Tokens::of(ui);
    let colour =
        project.codebook().category(&span.category).map_or(Colour::nth(0), |category| category.colour);
    let around = context(text, span.ranges.cover(), CONTEXT);
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
        widgets::weak(ui, format!("Note: {}", span.note));
    }
}
