//! The right side of the categories view: the header and fields of one category, or what can be done with several.

use egui::{RichText, Ui};

use super::category_fields::CategoryFields;
use super::category_list::span_count;
use super::{DeleteForm, MergeForm, SplitForm, Task, impact};
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use crate::words::{categories as words, common};
use demarche_model::{Category, CategoryId};
use demarche_session::{Impact, Session};

/// Shows how often the category is used, and buttons for it; returns a dialog to open above the editor.
pub fn form_header(ui: &mut Ui, session: &Session, category: &Category) -> Option<Task> {
    let mut task = None;
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        widgets::weak(ui, words::usage(span_count(session, &category.id), category.id.as_str()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(session.read_only().is_none(), |ui| {
                ui.add_space(space::M);
                let id = || category.id.clone();
                if ui.button(common::delete()).on_hover_text(words::delete_hint()).clicked() {
                    task = Some(Task::Delete(DeleteForm::new(id())));
                }
                if ui.button(words::split()).on_hover_text(words::split_hint()).clicked() {
                    task = Some(Task::Split(Box::new(SplitForm::new(Some(id())))));
                }
                if ui.button(words::merge_into()).on_hover_text(words::merge_into_hint()).clicked() {
                    task = Some(Task::Merge(MergeForm::new(vec![id()])));
                }
            });
        });
    });
    ui.add_space(space::XS);
    task
}

/// Shows the fields of a category; returns whether the user is typing.
pub fn fields(ui: &mut Ui, form: &mut CategoryFields, session: &Session, requests: &mut Requests) -> bool {
    let events = form.main(ui, session.project().codebook());
    super::release_key(session, events.release_key_of, requests);
    let typing = form.more(ui);
    ui.add_space(space::S);
    form.retired(ui);
    events.typing | typing
}

/// Shows several selected categories; returns a dialog to open above the editor.
pub fn several(
    ui: &mut Ui,
    session: &Session,
    selected: &[CategoryId],
    impact: &Impact,
    requests: &mut Requests,
) -> Option<Task> {
    let codebook = session.project().codebook();
    let categories = || selected.iter().filter_map(|id| codebook.category(id));
    ui.label(RichText::new(words::several(selected.len())).font(strong(size::HEADING)));
    ui.add_space(space::XS);
    widgets::weak(ui, impact::describe(session, impact));
    ui.add_space(space::S);
    for category in categories() {
        let spans = span_count(session, &category.id);
        widgets::category_row(
            ui,
            category,
            0,
            spans,
            false,
            egui::Sense::hover(),
            widgets::RowEnd::default(),
        );
    }
    ui.add_space(space::S);
    let mut task = None;
    ui.add_enabled_ui(session.read_only().is_none(), |ui| {
        ui.horizontal(|ui| {
            if ui.button(words::merge()).clicked() {
                task = Some(Task::Merge(MergeForm::new(selected.to_vec())));
            }
            if ui.button(words::retire()).on_hover_text(words::retire_several_hint()).clicked() {
                let open = categories().filter(|category| !category.retired);
                requests.extend(open.map(|category| super::set_retired(codebook, category, true)));
            }
        });
    });
    task
}
