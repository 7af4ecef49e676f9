//! The status bar: saving, the annotator, counts, the latest notice, running jobs.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use crate::commands::{CommandId, SettingCommand};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::words::{marker as marker_words, status_bar as words};
use crate::{Settings, keys, widgets};
use demarche_session::{Action, AnnotateAction, JobKind, SaveState, Session, Tone};

/// Width of the state of saving, in points.
const SAVE_STATE: f32 = 84.0;

/// Width that the bar needs from the snapping on, in points.
const SNAP: f32 = 200.0;

/// Shows the bar.
pub fn ui(ui: &mut Ui, session: &Session, settings: &Settings, requests: &mut Requests) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        save_state(ui, session, requests);
        who(ui, session, requests);
        let here = session.view_state().document.as_ref().and_then(|id| session.stats().document(id));
        widgets::weak(ui, words::passages(here.map(|here| here.spans()), session.totals().spans));
        new_decisions(ui, session, requests);
        marker(ui, session, requests);
        if ui.available_width() >= SNAP {
            snap(ui, settings, requests);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            notices(ui, session, requests);
            jobs(ui, session, requests);
            message(ui, session, requests);
        });
    });
}

/// Shows whether selections snap to words.
fn snap(ui: &mut Ui, settings: &Settings, requests: &mut Requests) {
    let snap = if settings.snap { words::snap_on() } else { words::snap_off() };
    if link(ui, snap).on_hover_text(words::snap_hint()).clicked() {
        requests.push(SettingCommand::ToggleSnap);
    }
}

/// Shows the number of new decisions on the user's passages.
fn new_decisions(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let new = session.review().unread();
    if new == 0 {
        return;
    }
    let text = RichText::new(words::new_decisions(new)).size(size::SMALL).color(Tokens::of(ui).accent);
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).small());
    if button
        .on_hover_text(keys::with_shortcut(ui.ctx(), words::inbox_hint(), CommandId::ShowInbox))
        .clicked()
    {
        requests.push(CommandId::ShowInbox);
    }
}

/// Shows the category of marker mode.
fn marker(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(category) = session.marker() else { return };
    let text =
        RichText::new(marker_words::chip(&category.name)).size(size::SMALL).color(Tokens::of(ui).accent);
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).small());
    if button.on_hover_text(marker_words::status_hint()).clicked() {
        requests.push(AnnotateAction::SetMarker(None));
    }
}

fn link(ui: &mut Ui, text: &str) -> egui::Response {
    let text = RichText::new(text).size(size::SMALL).color(Tokens::of(ui).text_weak);
    ui.add(egui::Button::new(text).frame_when_inactive(false).small())
}

fn save_state(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let state = session.save_state();
    let (text, colour) = match &state {
        _ if session.read_only().is_some() => (words::read_only().to_owned(), tokens.warning),
        SaveState::Failed(_) => (words::save_state(&state), tokens.error),
        SaveState::Saved(_) | SaveState::Changed | SaveState::Saving => {
            (words::save_state(&state), tokens.text_weak)
        }
    };
    let text = RichText::new(text).size(size::SMALL).color(colour);
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).small());
    // What follows stays in place when the state changes.
    ui.add_space((SAVE_STATE - button.rect.width()).max(0.0));
    if button
        .on_hover_text(keys::in_sentence(ui.ctx(), &words::save_hint(&state, session.folder().root())))
        .clicked()
    {
        requests.push(CommandId::Save);
    }
}

fn who(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let (name, colour) = match session.is_identified() {
        true => (session.project().name_of(session.me()), tokens.text_weak),
        false => (words::unidentified(), tokens.warning),
    };
    let text = RichText::new(name).size(size::SMALL).color(colour);
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).small());
    if button.on_hover_text(words::annotator_hint()).clicked() {
        requests.push(CommandId::Identity);
    }
}

/// Shows the button that leads to the latest notices, once there are some.
fn notices(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    if session.past_notices().len() > 0
        && widgets::icon_button(ui, m::ICON_HISTORY, words::notices()).clicked()
    {
        requests.push(CommandId::Notices);
    }
}

fn message(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let latest = session.notices().iter().rev().find(|notice| notice.tone == Tone::Plain);
    let Some(notice) = latest else { return };
    let text = keys::in_sentence(ui.ctx(), &notice.text);
    let text = RichText::new(text).size(size::SMALL).color(Tokens::of(ui).text);
    // As far from the edge as the buttons at the other end.
    ui.add_space(ui.spacing().button_padding.x);
    if session.is_undoable(notice) {
        let undo =
            RichText::new(CommandId::Undo.command().name).size(size::SMALL).color(Tokens::of(ui).accent);
        if ui.add(egui::Button::new(undo).frame_when_inactive(false).small()).clicked() {
            requests.push(CommandId::Undo);
        }
    }
    ui.add(egui::Label::new(text).truncate());
}

fn jobs(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let running = session.jobs().running();
    let Some(job) = running.iter().find(|job| job.kind() != JobKind::Save) else { return };
    if widgets::icon_button(ui, m::ICON_CLOSE, words::cancel_job()).clicked() {
        requests.push(Action::CancelJobs);
    }
    let bar = egui::ProgressBar::new(job.fraction().unwrap_or(0.0)).desired_width(90.0).desired_height(6.0);
    ui.add(bar.fill(Tokens::of(ui).accent));
    widgets::weak(ui, job.kind().name());
}
