//! The names in labelled files that the project lacks: for each list, whether they are added, mapped or left out.

use egui::{RichText, Role, Ui, WidgetInfo};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::{widgets, words::unknown_names as words};
use demarche_io::annotations::{NameChoice, NameKind, UnknownName};
use demarche_model::Project;
use demarche_session::{PreviewAction, UnknownNamesChoice, UnknownNamesPreview};

/// Width in points of a name, before its entry.
const NAME_WIDTH: f32 = 300.0;
/// Width of the entry of a name, in points.
const TARGET_WIDTH: f32 = 220.0;
/// Greatest number of characters of a name that are shown.
const SHOWN_CHARS: usize = 44;

/// A row of the list.
enum Row<'a> {
    /// The choice for a list, with the number of its names.
    Choice(NameKind, usize),
    /// A name.
    Name(&'a UnknownName),
}

/// Shows the names and the choices for them.
pub(super) fn ui(ui: &mut Ui, project: &Project, names: &UnknownNamesPreview, requests: &mut Requests) {
    ui.set_min_size(ui.available_size());
    ui.label(RichText::new(words::title(names.all().len())).font(strong(size::INTERFACE)));
    widgets::weak(ui, words::explanation());
    ui.add_space(space::S);
    let rows = rows(names);
    let scroll = egui::ScrollArea::vertical().id_salt("unknown names").auto_shrink(false);
    scroll.show_rows(ui, size::ROW, rows.len(), |ui, shown| {
        for row in rows.get(shown).into_iter().flatten() {
            ui.horizontal(|ui| {
                ui.set_min_height(size::ROW);
                match row {
                    Row::Choice(kind, count) => choice(ui, names, *kind, *count, requests),
                    Row::Name(unknown) => name(ui, project, names, unknown, requests),
                }
            });
        }
    });
}

fn rows(names: &UnknownNamesPreview) -> Vec<Row<'_>> {
    let of_kind = |kind: NameKind| {
        let count = names.of(kind).count();
        let choice = (count > 0).then_some(Row::Choice(kind, count));
        choice.into_iter().chain(names.of(kind).map(Row::Name))
    };
    NameKind::ALL.into_iter().flat_map(of_kind).collect()
}

fn choice(ui: &mut Ui, names: &UnknownNamesPreview, kind: NameKind, count: usize, requests: &mut Requests) {
    let now = names.choice(kind);
    for choice in [UnknownNamesChoice::Add, UnknownNamesChoice::Map, UnknownNamesChoice::LeaveOut] {
        let radio = ui.radio(now == choice, words::choice(kind, choice, count));
        radio.widget_info(|| {
            let name = words::choice_in_full(kind, choice, count);
            WidgetInfo::selected(Role::RadioButton, true, now == choice, name)
        });
        if radio.on_hover_text(words::choice_hint(kind, choice)).clicked() {
            requests.push(PreviewAction::ChooseNames { kind, choice });
        }
        ui.add_space(space::S);
    }
}

fn name(
    ui: &mut Ui,
    project: &Project,
    names: &UnknownNamesPreview,
    unknown: &UnknownName,
    requests: &mut Requests,
) {
    let tokens = Tokens::of(ui);
    ui.add_space(space::XL);
    let left = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(NAME_WIDTH, size::ROW), left, |ui| {
        ui.set_min_width(NAME_WIDTH);
        let shown = demarche_analysis::context::shorten(&unknown.name, SHOWN_CHARS);
        let is_left_out = names.choice(unknown.kind) == UnknownNamesChoice::LeaveOut;
        let text = RichText::new(shown);
        let text = if is_left_out { text.strikethrough().color(tokens.text_weak) } else { text };
        ui.label(text).on_hover_text(words::place(unknown));
        widgets::weak(ui, words::uses(unknown.kind, unknown.uses));
    });
    if names.choice(unknown.kind) == UnknownNamesChoice::Map {
        target(ui, project, names, unknown, requests);
    }
}

/// Shows the entry of a name.
fn target(
    ui: &mut Ui,
    project: &Project,
    names: &UnknownNamesPreview,
    unknown: &UnknownName,
    requests: &mut Requests,
) {
    let now = names.target(unknown);
    let entries = || unknown.kind.entries(project);
    let shown = match &now {
        NameChoice::Map(id) => {
            let known = unknown.nearest.iter().find(|(nearest, _)| nearest == id).cloned();
            let entry = known.or_else(|| entries().into_iter().find(|(known, _)| known == id));
            entry.map_or_else(|| id.clone(), |(_, name)| name)
        }
        NameChoice::Add => words::add_it().to_owned(),
        NameChoice::LeaveOut => words::leave_it_out().to_owned(),
    };
    widgets::weak(ui, "→");
    let mut chosen = None;
    let combo = widgets::combo(ui, &words::target(&unknown.name), shown, TARGET_WIDTH, |ui| {
        let mut offer = |ui: &mut Ui, text: &str, choice: NameChoice| {
            if ui.selectable_label(now == choice, text).clicked() {
                chosen = Some(choice);
            }
        };
        offer(ui, words::add_it(), NameChoice::Add);
        offer(ui, words::leave_it_out(), NameChoice::LeaveOut);
        ui.separator();
        for (id, name) in entries() {
            offer(ui, &name, NameChoice::Map(id));
        }
    });
    combo.on_hover_text(words::target_hint());
    if let Some(to) = chosen.filter(|to| *to != now) {
        let (kind, name) = (unknown.kind, unknown.name.clone());
        requests.push(PreviewAction::ChooseName { kind, name, to });
    }
}
