//! The bar at the bottom: saved or not, who works here, counts, what just happened, what runs.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use crate::commands::{CommandId, DialogCommand, SettingCommand};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{Settings, widgets};
use demarche_model::Stamp;
use demarche_session::{Action, JobKind, SaveState, Session, Tone};

/// Shows the bar.
pub fn ui(ui: &mut Ui, session: &Session, settings: &Settings, requests: &mut Requests) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        save_state(ui, session, requests);
        who(ui, session, requests);
        let here = session.view_state().document.as_ref().and_then(|id| session.stats().document(id));
        let all = session.totals().spans;
        let counts = match here {
            Some(here) => {
                format!("{} here, {} in all", widgets::plural(here.spans(), "passage"), widgets::count(all))
            }
            None => format!("{} in all", widgets::plural(all, "passage")),
        };
        widgets::weak(ui, counts);
        new_decisions(ui, session, requests);
        let snap = if settings.snap { "words snap" } else { "free selection" };
        if link(ui, snap).on_hover_text("Whether selections grow to whole words; click to change").clicked() {
            requests.push(SettingCommand::ToggleSnap);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            jobs(ui, session, requests);
            message(ui, session);
        });
    });
}

/// How many decisions on the user's passages are new.
fn new_decisions(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let fresh = session.review().unread();
    if fresh == 0 {
        return;
    }
    let words = format!("{} on your passages", widgets::plural(fresh, "new decision"));
    let text = RichText::new(words).size(size::SMALL).color(Tokens::of(ui).accent);
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).small());
    if button.on_hover_text("Show the inbox (Alt+4)").clicked() {
        requests.push(CommandId::ShowInbox);
    }
}

fn link(ui: &mut Ui, text: &str) -> egui::Response {
    let text = RichText::new(text).size(size::SMALL).color(Tokens::of(ui).text_weak);
    ui.add(egui::Button::new(text).frame_when_inactive(false).small())
}

fn save_state(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let (text, colour) = match session.save_state() {
        _ if session.read_only().is_some() => ("read-only".to_owned(), tokens.warning),
        SaveState::Saved(None) => ("saved".to_owned(), tokens.text_weak),
        SaveState::Saved(Some(at)) => (format!("saved {}", local_time(at)), tokens.text_weak),
        SaveState::Changed => ("changed".to_owned(), tokens.text_weak),
        SaveState::Saving => ("saving…".to_owned(), tokens.text_weak),
        SaveState::Failed(_) => ("not saved".to_owned(), tokens.error),
    };
    let text = RichText::new(text).size(size::SMALL).color(colour);
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).small());
    let hint = match session.save_state() {
        SaveState::Failed(why) => why,
        _ => format!("{}\nSaves by itself; Ctrl+S saves now", session.folder().root().display()),
    };
    if button.on_hover_text(hint).clicked() {
        requests.push(CommandId::Save);
    }
}

fn who(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let me = session.me();
    let name =
        session.project().annotator(me).map_or_else(|| me.to_string(), |annotator| annotator.name.clone());
    if link(ui, &name).on_hover_text("You tag as this annotator; click to change").clicked() {
        requests.push(DialogCommand::ProjectDetails);
    }
}

fn message(ui: &mut Ui, session: &Session) {
    let latest = session.notices().iter().rev().find(|notice| notice.tone == Tone::Plain);
    let Some(notice) = latest else { return };
    let text = RichText::new(&notice.text).size(size::SMALL).color(Tokens::of(ui).text);
    ui.add(egui::Label::new(text).truncate());
}

fn jobs(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let running = session.jobs().running();
    let Some(job) = running.iter().find(|job| job.kind() != JobKind::Save) else { return };
    if widgets::icon_button(ui, m::ICON_CLOSE, "Cancel").clicked() {
        requests.push(Action::CancelJobs);
    }
    let bar = egui::ProgressBar::new(job.fraction().unwrap_or(0.0)).desired_width(90.0).desired_height(6.0);
    ui.add(bar.fill(Tokens::of(ui).accent));
    widgets::weak(ui, job.kind().name());
}

/// A time of day on this machine: `09:14`.
pub fn local_time(at: Stamp) -> String {
    local(at, "%H:%M")
}

/// A moment on this machine: `21 Nov 2026 09:14`.
pub fn local_moment(at: Stamp) -> String {
    local(at, "%-d %b %Y %H:%M")
}

fn local(at: Stamp, format: &str) -> String {
    let moment = chrono::DateTime::from_timestamp(at.0, 0).unwrap_or_default();
    moment.with_timezone(&chrono::Local).format(format).to_string()
}
