//! The bar above the text: its title, its progress, and the legend of the annotators' underlines.

use egui::{Align, FontId, Layout, Rect, RichText, Sense, Ui, vec2};

use super::super::rounds;
use crate::commands::CommandId;
use crate::page::underline_dashes;
use crate::panels::linking;
use crate::requests::Requests;
use crate::textview::Dash;
use crate::theme::{Tokens, size, space, strong};
use crate::words::{compare as words, settle_in_bulk as bulk};
use crate::{keys, widgets};
use demarche_model::{AnnotatorId, Status};
use demarche_session::{CompareAction, Session};

/// Width of the rest of the title from which it has a bar, in points.
const WITH_BAR: f32 = 190.0;

/// Length of a line sample, in points.
const SAMPLE: f32 = 30.0;

/// Shows the bar and the legend.
pub(super) fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    if !linking::ui(ui, session, requests) {
        title(ui, session, &document.meta.title, requests);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        for (annotator, dash) in underline_dashes(session) {
            entry(ui, session, &annotator, dash);
        }
        people(ui, session, requests);
        rounds::choice(ui, session, requests);
    });
}

/// Shows the title of the document and its progress.
fn title(ui: &mut Ui, session: &Session, title: &str, requests: &mut Requests) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            in_bulk_button(ui, session, requests);
            add_agreed_button(ui, session, requests);
            progress(ui, session);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(title).font(strong(size::HEADING));
                ui.add(egui::Label::new(text).truncate()).on_hover_text(title);
            });
        });
    });
}

/// Shows the button that adds the agreed passages to the consensus.
fn add_agreed_button(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let left = session.comparison().map_or(0, |compared| compared.tally().to_adopt());
    let why = session.adjudication_refusal();
    let button = egui::Button::new(words::add_agreed(left));
    let button = ui.add_enabled(left > 0 && why.is_none(), button);
    let hint = keys::with_shortcut(ui.ctx(), words::add_agreed_hint(), CommandId::AddAgreed);
    let button = button.on_hover_text(hint);
    let button = button.on_disabled_hover_text(why.unwrap_or(words::nothing_agreed_left()));
    if button.clicked() {
        requests.push(CommandId::AddAgreed);
    }
}

/// Shows the button that settles differences by a rule.
fn in_bulk_button(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let why = session.adjudication_refusal();
    let button = ui.add_enabled(why.is_none(), egui::Button::new(bulk::button()));
    let hint = keys::with_shortcut(ui.ctx(), bulk::button_hint(), CommandId::SettleInBulk);
    let button = button.on_hover_text(hint).on_disabled_hover_text(why.unwrap_or_default());
    if button.clicked() {
        requests.push(CommandId::SettleInBulk);
    }
}

/// Shows the share of differences that is settled.
fn progress(ui: &mut Ui, session: &Session) {
    let Some(tally) = session.comparison().map(|compared| compared.tally()) else { return };
    if tally.differing == 0 {
        return;
    }
    let tokens = Tokens::of(ui);
    let text = words::settled_of(tally.settled, tally.differing);
    let part = tally.settled as f32 / tally.differing as f32;
    if ui.available_width() > WITH_BAR {
        widgets::bar(ui, 64.0, part, tokens.good).on_hover_text(&text);
    }
    widgets::weak(ui, text);
}

/// Shows an annotator with a sample of their underlines.
fn entry(ui: &mut Ui, session: &Session, annotator: &AnnotatorId, dash: Dash) {
    let tokens = Tokens::of(ui);
    let name = session.project().name_of(annotator);
    let layer = session.document().and_then(|document| document.layer(annotator));
    let absent = session.comparison().is_some_and(|c| c.differences().absent().contains(annotator));
    let initials = super::initials(session, annotator);
    let initials = Some(initials).filter(|initials| !annotator.is_consensus() && initials != name);
    let status = layer.map_or(Status::New, |layer| layer.status());
    let (note, hint) = match (absent, status) {
        (true, _) => (Some(words::not_started()), words::not_started_hint(name)),
        (false, Status::InProgress) if !annotator.is_consensus() => {
            (Some(words::in_progress()), words::in_progress_hint(name))
        }
        (false, _) => (None, words::legend_hint(name)),
    };
    let text = words::legend(initials.as_deref(), name, note);
    let font = FontId::proportional(size::SMALL);
    let colour = if absent { tokens.text_weak } else { tokens.text };
    let galley = ui.painter().layout_no_wrap(text.clone(), font.clone(), colour);
    // A nested horizontal layout does not wrap by itself.
    if SAMPLE + space::XS + galley.size().x > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        sample(ui, dash);
        ui.label(RichText::new(text).font(font).color(colour)).on_hover_text(hint);
    });
}

/// Shows a sample of an underline.
pub(super) fn sample(ui: &mut Ui, dash: Dash) {
    let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE, 12.0), Sense::hover());
    let line = Rect::from_center_size(rect.center(), vec2(rect.width(), 2.5));
    let colour = Tokens::of(ui).text;
    dash.strokes(line, |stroke| {
        ui.painter().rect_filled(stroke, 0, colour);
    });
}

/// Shows the menu of annotators to compare.
fn people(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let all = session.taggers();
    if all.len() < 3 {
        return;
    }
    let now = session.compared_people();
    if ui.available_size_before_wrap().x < 110.0 {
        ui.end_row();
    }
    let text = RichText::new(words::people(now.len(), all.len())).size(size::SMALL);
    ui.menu_button(text, |ui| {
        for annotator in all {
            let mut on = now.contains(annotator);
            if ui.checkbox(&mut on, session.project().name_of(annotator)).changed() {
                let selected: Vec<AnnotatorId> = all
                    .iter()
                    .filter(|id| if *id == annotator { on } else { now.contains(id) })
                    .cloned()
                    .collect();
                let people = (selected.len() < all.len()).then_some(selected);
                requests.push(CompareAction::People(people));
            }
        }
    })
    .response
    .on_hover_text(words::people_hint());
}
