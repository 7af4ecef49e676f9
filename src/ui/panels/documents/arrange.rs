//! The filter of the list, and the menu that sorts and filters it.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, Role, Ui, WidgetInfo, vec2};

use crate::requests::Requests;
use crate::theme::{icons as m, size, space};
use crate::widgets;
use crate::words::documents as words;
use demarche_model::Status;
use demarche_session::{DocumentFilter, DocumentListAction, DocumentOrder, DocumentSort, Session, SetFilter};

/// Number of documents from which the list has a filter.
const FILTER_FROM: usize = 2;

/// Shows the filter, and what it lets through.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let documents = session.project().documents().len();
    if documents < FILTER_FROM {
        return;
    }
    let filter = session.document_list().filter();
    let mut now = filter.clone();
    ui.horizontal(|ui| {
        let width = ui.available_width() - widgets::ICON_BUTTON - ui.spacing().item_spacing.x;
        let hint = words::filter_hint(documents);
        widgets::bare_field(ui, words::filter(), &mut now.text, &hint, width)
            .on_hover_text(words::filter_help());
        menu_button(ui, session, &mut now, requests);
    });
    chips(ui, session, &mut now);
    if session.has_assignments() {
        ui.checkbox(&mut now.only_mine, words::only_mine());
    }
    ui.add_space(space::XS);
    if now != *filter {
        requests.push(DocumentListAction::Filter(now));
    }
}

/// Shows the conditions that are not typed, each with a cross, and the number of documents that meet all.
fn chips(ui: &mut Ui, session: &Session, now: &mut DocumentFilter) {
    let list = session.document_list();
    if list.filter().is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, words::listed(list.len(), session.project().documents().len()));
        let mut chip = |text: String| {
            ui.small_button(words::condition(&text)).on_hover_text(words::drop_condition()).clicked()
        };
        if now.set.as_ref().is_some_and(|set| chip(set_name(session, set))) {
            now.set = None;
        }
        if now.person.as_ref().is_some_and(|person| chip(session.project().name_of(person).to_owned())) {
            now.person = None;
        }
        if now.status.is_some_and(|status| chip(words::status_name(status).to_owned())) {
            now.status = None;
        }
    });
}

fn set_name(session: &Session, set: &SetFilter) -> String {
    match set {
        SetFilter::In(id) => session.project().document_sets().get(id).cloned().unwrap_or_default(),
        SetFilter::InNone => words::in_no_set().to_owned(),
    }
}

fn menu_button(ui: &mut Ui, session: &Session, now: &mut DocumentFilter, requests: &mut Requests) {
    let order = session.document_list().order();
    let icon = m::ICON_SWAP_VERT.rich_text().size(18.0);
    let button =
        egui::Button::new(icon).frame_when_inactive(false).min_size(vec2(widgets::ICON_BUTTON, size::ROW));
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let name = words::arrange(words::sort_name(order.by));
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        ui.set_min_width(190.0);
        sort_choices(ui, order, requests);
        ui.separator();
        filter_choices(ui, session, now);
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text(&name);
}

fn sort_choices(ui: &mut Ui, order: DocumentOrder, requests: &mut Requests) {
    widgets::caption(ui, words::sort_by());
    for by in DocumentSort::ALL {
        let choice = ui.radio(order.by == by, words::sort_name(by));
        if choice.on_hover_text(words::sort_hint(by)).clicked() {
            requests.push(DocumentListAction::Sort(DocumentOrder { by, ..order }));
        }
    }
    let mut descending = order.descending;
    let checkbox = egui::Checkbox::new(&mut descending, words::descending());
    if ui.add_enabled(order.by != DocumentSort::Hand, checkbox).changed() {
        requests.push(DocumentListAction::Sort(DocumentOrder { descending, ..order }));
    }
}

fn filter_choices(ui: &mut Ui, session: &Session, now: &mut DocumentFilter) {
    widgets::caption(ui, words::filter_by());
    let project = session.project();
    ui.add_enabled_ui(!project.document_sets().is_empty(), |ui| {
        ui.menu_button(words::set(), |ui| {
            scrolled(ui, |ui| {
                ui.radio_value(&mut now.set, None, words::any_set());
                for (id, name) in project.document_sets().iter() {
                    ui.radio_value(&mut now.set, Some(SetFilter::In(id.clone())), name);
                }
                ui.radio_value(&mut now.set, Some(SetFilter::InNone), words::in_no_set());
            });
        });
    });
    ui.menu_button(words::person(), |ui| {
        scrolled(ui, |ui| {
            ui.radio_value(&mut now.person, None, words::anyone());
            for person in project.annotators() {
                ui.radio_value(&mut now.person, Some(person.id.clone()), &person.name)
                    .on_hover_text(words::person_hint());
            }
        });
    });
    ui.menu_button(words::status(), |ui| {
        ui.radio_value(&mut now.status, None, words::any_status());
        for status in [Status::New, Status::InProgress, Status::Done] {
            ui.radio_value(&mut now.status, Some(status), words::status_name(status));
        }
    });
    if ui.add_enabled(!now.is_empty(), egui::Button::new(words::clear_filter())).clicked() {
        *now = DocumentFilter::default();
    }
}

/// Shows choices of which there may be many.
pub(super) fn scrolled(ui: &mut Ui, choices: impl FnOnce(&mut Ui)) {
    ui.set_min_width(150.0);
    egui::ScrollArea::vertical().max_height(360.0).show(ui, choices);
}
