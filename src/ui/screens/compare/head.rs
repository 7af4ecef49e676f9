//! What stands above the text: its title, how far it is settled, and whose line is which.

use egui::{Align, FontId, Layout, Rect, RichText, Sense, Ui, vec2};

use crate::commands::CommandId;
use crate::page::lines;
use crate::requests::Requests;
use crate::textview::Dash;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_model::{AnnotatorId, Status};
use demarche_session::{CompareAction, Session};

/// Length of a piece of a line, in points.
const SAMPLE: f32 = 30.0;

/// Shows both lines.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            take_agreed(ui, session, requests);
            progress(ui, session);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = RichText::new(&document.meta.title).font(strong(size::HEADING));
                ui.add(egui::Label::new(title).truncate()).on_hover_text(&document.meta.title);
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        for (annotator, dash) in lines(session) {
            entry(ui, session, &annotator, dash);
        }
        people(ui, session, requests);
    });
}

fn take_agreed(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let left = session.comparison().map_or(0, |compared| compared.tally().to_adopt());
    let why = session.adjudication_refusal();
    let text = format!("Take what is agreed ({})", widgets::count(left));
    let button = ui.add_enabled(left > 0 && why.is_none(), egui::Button::new(text));
    let hint = "Put all passages of this document that everybody agrees on into the consensus, as one step (Ctrl+Alt+A)";
    let button = button.on_hover_text(hint);
    let button = button.on_disabled_hover_text(why.unwrap_or("The consensus has all that is agreed here."));
    if button.clicked() {
        requests.push(CommandId::AddAgreed);
    }
}

fn progress(ui: &mut Ui, session: &Session) {
    let Some(tally) = session.comparison().map(|compared| compared.tally()) else { return };
    if tally.differing == 0 {
        return;
    }
    let tokens = Tokens::of(ui);
    let text = format!("{} of {} settled", widgets::count(tally.settled), widgets::count(tally.differing));
    let part = tally.settled as f32 / tally.differing as f32;
    widgets::bar(ui, 64.0, part, tokens.good).on_hover_text(&text);
    widgets::weak(ui, text);
}

/// A line and whose it is.
fn entry(ui: &mut Ui, session: &Session, annotator: &AnnotatorId, dash: Dash) {
    let tokens = Tokens::of(ui);
    let name = session.project().name_of(annotator);
    let layer = session.document().and_then(|document| document.layer(annotator));
    let absent = session.comparison().is_some_and(|c| c.differences().absent().contains(annotator));
    let short = super::initials(session, annotator);
    let alone = annotator.is_consensus() || short == name;
    let text = if alone { name.to_owned() } else { format!("{short} {name}") };
    let status = layer.map_or(Status::New, |layer| layer.status());
    let (note, hint) = match (absent, status) {
        (true, _) => (
            " (not begun)",
            format!("{name} has tagged nothing here and is not done, so nothing counts as missed."),
        ),
        (false, Status::InProgress) if !annotator.is_consensus() => (
            " (in progress)",
            format!("{name} is not done with this document: what is missing may still come."),
        ),
        _ => ("", format!("The line of {name} below the words.")),
    };
    let text = format!("{text}{note}");
    let font = FontId::proportional(size::SMALL);
    let colour = if absent { tokens.text_weak } else { tokens.text };
    let galley = ui.painter().layout_no_wrap(text.clone(), font.clone(), colour);
    // A row within a row does not go on in the next line by itself.
    if SAMPLE + space::XS + galley.size().x > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        sample(ui, dash);
        ui.label(RichText::new(text).font(font).color(colour)).on_hover_text(hint);
    });
}

/// A piece of a line.
pub(super) fn sample(ui: &mut Ui, dash: Dash) {
    let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE, 12.0), Sense::hover());
    let line = Rect::from_center_size(rect.center(), vec2(rect.width(), 2.5));
    let colour = Tokens::of(ui).text;
    dash.strokes(line, |stroke| {
        ui.painter().rect_filled(stroke, 0, colour);
    });
}

/// Chooses who is compared.
fn people(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let all = session.comparable();
    if all.len() < 3 {
        return;
    }
    let now = session.compared_people();
    if ui.available_size_before_wrap().x < 110.0 {
        ui.end_row();
    }
    let text = RichText::new(format!("{} of {} compared", now.len(), all.len())).size(size::SMALL);
    ui.menu_button(text, |ui| {
        for annotator in &all {
            let mut on = now.contains(annotator);
            if ui.checkbox(&mut on, session.project().name_of(annotator)).changed() {
                let chosen: Vec<AnnotatorId> = all
                    .iter()
                    .filter(|id| if *id == annotator { on } else { now.contains(id) })
                    .cloned()
                    .collect();
                let people = (chosen.len() < all.len()).then_some(chosen);
                requests.push(CompareAction::People(people));
            }
        }
    })
    .response
    .on_hover_text("Who is compared");
}
