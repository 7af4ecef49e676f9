//! The codebook: what can be tagged, with which key, and how often it was.

use crate::theme::icons as m;
use egui::Ui;

use crate::commands::DialogCommand;
use crate::dialogs::codebook::{CategoryCommand, category_menu, rows};
use crate::requests::Requests;
use crate::theme::size;
use crate::widgets;
use demarche_model::{Category, CategoryId};
use demarche_session::{Action, AnnotateAction, PassageFilter, PassagesAction, Session};

/// What was chosen in the menu of a category that changes the codebook.
pub struct CategoryRequest(pub CategoryId, pub CategoryCommand);

/// Shows the codebook.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<CategoryRequest> {
    let mut request = None;
    widgets::heading(ui, "Codebook", |ui| {
        if widgets::icon_button(ui, m::ICON_ADD, "New category (Ctrl+Shift+N)").clicked() {
            requests.push(DialogCommand::NewCategory);
        }
        if widgets::icon_button(ui, m::ICON_EDIT_SQUARE, "Edit codebook (Ctrl+Shift+K)").clicked() {
            requests.push(DialogCommand::EditCodebook);
        }
    });
    let codebook = session.project().codebook();
    if codebook.categories.is_empty() {
        widgets::empty_state(ui, "No categories yet", "Add what you want to tag with the + above.");
    }
    egui::ScrollArea::vertical().id_salt("codebook").auto_shrink(false).show(ui, |ui| {
        for row in rows(codebook) {
            if let Some(command) = category_row(ui, session, &row.category, row.depth, requests) {
                request = Some(CategoryRequest(row.category.id.clone(), command));
            }
        }
    });
    request
}

/// Shows one category; says what was chosen in its menu.
fn category_row(
    ui: &mut Ui,
    session: &Session,
    category: &Category,
    depth: usize,
    requests: &mut Requests,
) -> Option<CategoryCommand> {
    let filtered = session.passage_table().filter().category.as_ref() == Some(&category.id);
    let spans = session.totals().categories.get(&category.id).map_or(0, |count| count.spans);
    let response = widgets::category_row(ui, category, depth, spans, filtered, egui::Sense::click());
    if response.clicked() {
        requests.push(click(session, category, filtered));
    }
    let double = response.double_clicked() && session.text_selection().is_empty();
    let mut chosen = double.then_some(CategoryCommand::Edit);
    response.context_menu(|ui| chosen = context_menu(ui, session, category, requests).or(chosen));
    response.on_hover_ui(|ui| explanation(ui, category));
    chosen
}

/// A click tags what is selected; with nothing selected it shows the category's passages, or all again.
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
    if ui.add_enabled(can_tag, egui::Button::new(format!("Tag as {}", category.name))).clicked() {
        requests.push(AnnotateAction::Tag(category.id.clone()));
    }
    if ui.button("Show its passages").clicked() {
        let filter = PassageFilter { category: Some(category.id.clone()), ..PassageFilter::default() };
        requests.push(PassagesAction::Filter(filter));
    }
    ui.separator();
    category_menu(ui, session, category)
}

/// What a category means, for its tooltip.
pub fn explanation(ui: &mut Ui, category: &Category) {
    ui.set_max_width(340.0);
    ui.label(egui::RichText::new(&category.name).font(crate::theme::strong(size::INTERFACE)));
    let parts = [
        ("", category.definition.as_str()),
        ("Include: ", category.include.as_str()),
        ("Exclude: ", category.exclude.as_str()),
    ];
    for (lead, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
        ui.label(format!("{lead}{text}"));
    }
    for example in &category.examples {
        widgets::weak(ui, format!("“{example}”"));
    }
    let codes: Vec<String> =
        category.codes.iter().map(|(scheme, codes)| format!("{scheme} {}", codes.join(", "))).collect();
    if !codes.is_empty() {
        widgets::weak(ui, codes.join(" · "));
    }
    widgets::weak(ui, "Click with words selected: tag them. Click with nothing selected: show its passages.");
}
