//! The codebook: categories with their keys and their numbers of passages.

use crate::theme::icons as m;
use egui::Ui;

use super::{marker, memos};
use crate::carried::Carried;
use crate::commands::{CommandId, DialogCommand};
use crate::dialogs::codebook::{CategoryCommand, CategoryRow, category_menu, rows};
use crate::requests::Requests;
use crate::theme::{Tokens, size};
use crate::widgets::RowEnd;
use crate::words::inspector::quote;
use crate::words::{codebook as words, common};
use crate::{keys, widgets};
use demarche_model::{Category, CategoryId, MemoSubject};
use demarche_session::{Action, AnnotateAction, PassageFilter, PassagesAction, Session};

/// A change of the codebook, requested from the menu of a category.
pub struct CategoryRequest(pub CategoryId, pub CategoryCommand);

/// Shows the codebook. `focus` gives its first row the keyboard focus.
pub fn ui(ui: &mut Ui, session: &Session, focus: bool, requests: &mut Requests) -> Option<CategoryRequest> {
    let mut request = None;
    widgets::heading(ui, words::title(), |ui| {
        let new = keys::with_shortcut(ui.ctx(), words::new_category(), CommandId::NewCategory);
        if widgets::icon_button(ui, m::ICON_ADD, &new).clicked() {
            requests.push(DialogCommand::NewCategory);
        }
        let edit = keys::with_shortcut(ui.ctx(), words::edit(), CommandId::EditCodebook);
        if widgets::icon_button(ui, m::ICON_EDIT_SQUARE, &edit).clicked() {
            requests.push(DialogCommand::EditCodebook);
        }
    });
    let codebook = session.project().codebook();
    if codebook.categories.is_empty() {
        widgets::empty_state(ui, common::no_categories(), common::no_categories_hint());
    }
    egui::ScrollArea::vertical().id_salt("codebook").auto_shrink(false).show(ui, |ui| {
        for (index, row) in rows(codebook).into_iter().enumerate() {
            let focus = focus && index == 0;
            if let Some(command) = category_row(ui, session, &row, focus, requests) {
                request = Some(CategoryRequest(row.category.id.clone(), command));
            }
        }
    });
    request
}

/// Shows a category, and returns the entry clicked in its menu.
fn category_row(
    ui: &mut Ui,
    session: &Session,
    row: &CategoryRow,
    focus: bool,
    requests: &mut Requests,
) -> Option<CategoryCommand> {
    let category = &row.category;
    let filtered = session.passage_filter().category.as_ref() == Some(&category.id);
    let spans = session.totals().categories.get(&category.id).map_or(0, |count| count.spans);
    let sense = egui::Sense::click();
    let memo = MemoSubject::Category(category.id.clone());
    let end = RowEnd { free_px: marker::TOGGLE, sign: memos::sign(session, &memo) };
    let response = widgets::category_row(ui, category, row.depth, spans, filtered, sense, end);
    marker::toggle(ui, session, &response, category, requests);
    drop_on(ui, session, &response, category, requests);
    if focus {
        response.request_focus();
    }
    if response.clicked() {
        requests.push(click(session, category, filtered));
    }
    let double = response.double_clicked() && session.text_selection().is_empty();
    let mut command = double.then_some(CategoryCommand::Edit);
    response.context_menu(|ui| command = context_menu(ui, session, category, requests).or(command));
    response.on_hover_ui(|ui| {
        explanation(ui, category);
        memos::tooltip(ui, session, &memo);
    });
    command
}

/// Tags the words or the passage that are dropped on a category.
fn drop_on(ui: &Ui, session: &Session, row: &egui::Response, category: &Category, requests: &mut Requests) {
    if session.read_only().is_some() || category.retired {
        return;
    }
    if let Some(carried) = row.dnd_release_payload::<Carried>() {
        carried.tag(&category.id, requests);
    } else if row.dnd_hover_payload::<Carried>().is_some() {
        ui.painter().rect_filled(row.rect, f32::from(size::RADIUS), Tokens::of(ui).hover);
        widgets::focus_ring(ui, row.rect);
    }
}

/// Returns the action of a click: it tags the selected text. If no text is selected, it filters the passages table by the
/// category, or clears that filter.
fn click(session: &Session, category: &Category, filtered: bool) -> Action {
    if !session.text_selection().is_empty() {
        return AnnotateAction::Tag(category.id.clone()).into();
    }
    let category = (!filtered).then(|| category.id.clone());
    PassagesAction::Filter(PassageFilter { category, ..PassageFilter::default() }).into()
}

fn context_menu(
    ui: &mut Ui,
    session: &Session,
    category: &Category,
    requests: &mut Requests,
) -> Option<CategoryCommand> {
    let writable = session.read_only().is_none();
    let can_tag = writable && (!session.text_selection().is_empty() || session.current().is_some());
    if ui.add_enabled(can_tag, egui::Button::new(words::tag_as(&category.name))).clicked() {
        requests.push(AnnotateAction::Tag(category.id.clone()));
    }
    let is_on = marker::is_marker(session, category);
    let mode = egui::Button::selectable(is_on, crate::words::marker::menu_entry());
    if ui.add_enabled(writable && !category.retired, mode).clicked() {
        requests.push(marker::set(session, category));
    }
    if ui.button(words::show_passages()).clicked() {
        let filter = PassageFilter { category: Some(category.id.clone()), ..PassageFilter::default() };
        requests.push(PassagesAction::Filter(filter));
    }
    memos::menu_entry(ui, session, &MemoSubject::Category(category.id.clone()), requests);
    ui.separator();
    category_menu(ui, session, category)
}

/// Shows the definition, rules and examples of a category, for its tooltip.
pub fn explanation(ui: &mut Ui, category: &Category) {
    ui.set_max_width(340.0);
    ui.label(egui::RichText::new(&category.name).font(crate::theme::strong(size::INTERFACE)));
    if !category.definition.is_empty() {
        ui.label(&category.definition);
    }
    if !category.include.is_empty() {
        ui.label(words::include(&category.include));
    }
    if !category.exclude.is_empty() {
        ui.label(words::exclude(&category.exclude));
    }
    for example in &category.examples {
        widgets::weak(ui, quote(example));
    }
    let codes: Vec<String> =
        category.codes.iter().map(|(scheme, codes)| words::codes(scheme, codes)).collect();
    if !codes.is_empty() {
        widgets::weak(ui, codes.join(" · "));
    }
    widgets::weak(ui, words::click_hint());
}
