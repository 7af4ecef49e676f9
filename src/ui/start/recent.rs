//! The recent projects on the start page.

use std::path::Path;

use egui::{Button, FontId, Id, Key, Modifiers, Rect, Response, RichText, Ui, vec2};

use super::presence::Presence;
use super::{StartChoice, row};
use crate::theme::{Tokens, size, space, strong};
use crate::words::{start as words, time};
use crate::{Settings, widgets};
use demarche_io::settings::RecentProject;
use demarche_model::Stamp;

/// Height of a row in points.
const ROW: f32 = 46.0;

/// Width of the button that removes a missing project from the list, in points.
const REMOVE: f32 = 144.0;

/// Shows the recent projects, or what will be there. Adds their rows to `rows`.
pub fn ui(ui: &mut Ui, settings: &Settings, presence: &Presence, rows: &mut Vec<Id>) -> Option<StartChoice> {
    widgets::heading(ui, words::recent(), |_| {});
    if settings.recent.is_empty() {
        ui.add_space(space::XS);
        ui.label(RichText::new(words::no_recent()).color(Tokens::of(ui).text_weak));
        widgets::weak(ui, words::no_recent_hint());
        return None;
    }
    let mut choice = None;
    for project in &settings.recent {
        let is_missing = presence.is_missing(&project.path);
        let (response, chosen) = entry(ui, project, is_missing);
        rows.push(response.id);
        choice = choice.or(chosen);
    }
    choice
}

fn entry(ui: &mut Ui, project: &RecentProject, is_missing: bool) -> (Response, Option<StartChoice>) {
    let path = short_path(&project.path);
    let name = project.shown_name();
    let opened = project.opened_s.map(|seconds| time::local_moment(Stamp(seconds)));
    let note = match (is_missing, opened) {
        (true, _) => words::missing().to_owned(),
        (false, opened) => opened.unwrap_or_default(),
    };
    let (rect, response) = row::row(ui, ROW, &words::project_label(&name, &path, &note));
    paint(ui, rect, [&name, &path, &note], is_missing);
    let mut choice = None;
    if is_missing && remove_button(ui, rect, &name).clicked() {
        choice = Some(StartChoice::Forget(project.path.clone()));
    }
    let delete = |ui: &mut Ui| ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete));
    if response.has_focus() && delete(ui) {
        choice = Some(StartChoice::Forget(project.path.clone()));
    }
    response.context_menu(|ui| {
        if ui.button(words::remove()).clicked() {
            choice = Some(StartChoice::Forget(project.path.clone()));
            ui.close();
        }
    });
    if response.clicked() && !is_missing {
        choice = Some(StartChoice::Open(project.path.clone()));
    }
    (response.on_hover_text(project.path.display().to_string()), choice)
}

/// Shortens the user's folder in a path to `~`.
fn short_path(path: &Path) -> String {
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    match home.as_ref().and_then(|home| path.strip_prefix(home).ok()) {
        Some(inside) => Path::new("~").join(inside).display().to_string(),
        None => path.display().to_string(),
    }
}

/// Paints name, path and note of a project.
fn paint(ui: &Ui, rect: Rect, [name, path, note]: [&str; 3], is_missing: bool) {
    let tokens = Tokens::of(ui);
    let colour = if is_missing { tokens.text_weak } else { tokens.text };
    let small = FontId::proportional(size::SMALL);
    let mut inner = rect.shrink2(vec2(space::M, space::XS));
    if is_missing {
        inner.max.x -= REMOVE;
    }
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.5);
    let end = widgets::line_right(ui, upper, note, small.clone(), tokens.text_weak);
    widgets::line(ui, upper.with_max_x(end - space::M), name, strong(size::INTERFACE), colour);
    widgets::line(ui, lower, path, small, tokens.text_weak);
}

fn remove_button(ui: &mut Ui, rect: Rect, name: &str) -> Response {
    let place = Rect::from_min_max(egui::pos2(rect.right() - REMOVE, rect.top()), rect.max);
    let place = place.shrink2(vec2(space::S, (ROW - size::ROW) / 2.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
    let response =
        child.add_sized(place.size(), Button::new(words::remove()).wrap_mode(egui::TextWrapMode::Extend));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words::remove_named(name)));
    response
}
