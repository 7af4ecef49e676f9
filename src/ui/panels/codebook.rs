//! The codebook: what can be tagged, with which key, and how often it was.

use egui::{FontId, Rect, Ui, pos2, vec2};
use egui_material_icons::icons as m;

use crate::model::{Category, CategoryId};
use crate::session::{Action, Ask, CodebookChange, Fate, PassageFilter, Session};
use crate::ui::theme::{Tokens, size, space};
use crate::ui::widgets;

/// What the panel asks the window for: to edit a category.
pub struct EditCategory(pub CategoryId);

/// Shows the codebook.
pub fn ui(ui: &mut Ui, session: &Session, actions: &mut Vec<Action>) -> Option<EditCategory> {
    let mut edit = None;
    widgets::heading(ui, "Codebook", |ui| {
        if widgets::icon_button(ui, m::ICON_ADD, "New category (Ctrl+Shift+N)").clicked() {
            actions.push(Action::Ask(Ask::NewCategory));
        }
    });
    let codebook = session.project().codebook();
    if codebook.categories.is_empty() {
        widgets::empty_state(ui, "No categories yet", "Add what you want to tag with the + above.");
    }
    egui::ScrollArea::vertical().id_salt("codebook").auto_shrink(false).show(ui, |ui| {
        for category in &codebook.categories {
            if category_row(ui, session, category, actions) {
                edit = Some(EditCategory(category.id.clone()));
            }
        }
    });
    edit
}

/// Shows one category; says whether it is to be edited.
fn category_row(ui: &mut Ui, session: &Session, category: &Category, actions: &mut Vec<Action>) -> bool {
    let filtered = session.passages().filter().category.as_ref() == Some(&category.id);
    let (rect, response) = widgets::row(ui, size::ROW, filtered, &category.name);
    let tokens = Tokens::of(ui);
    let indent = depth(session, category) as f32 * space::L;
    let key = Rect::from_center_size(pos2(rect.left() + space::M, rect.center().y), vec2(16.0, 17.0));
    if let Some(hotkey) = category.hotkey {
        widgets::key_cap(ui, key, &hotkey.to_string());
    }
    widgets::swatch(ui, pos2(rect.left() + 33.0 + indent, rect.center().y), category.colour);
    let spans = session.totals().categories.get(&category.id).map_or(0, |count| count.spans);
    let right = rect.with_max_x(rect.right() - space::S);
    let faint = if spans == 0 { tokens.text_faint } else { tokens.text_weak };
    let end =
        widgets::line_right(ui, right, &widgets::count(spans), FontId::proportional(size::SMALL), faint);
    let name = Rect::from_min_max(
        pos2(rect.left() + 46.0 + indent, rect.top()),
        pos2(end - space::S, rect.bottom()),
    );
    let colour = if category.retired { tokens.text_faint } else { tokens.text };
    widgets::line(ui, name, &category.name, FontId::proportional(size::INTERFACE), colour);
    if response.clicked() {
        actions.push(click(session, category, filtered));
    }
    let mut edit = response.double_clicked() && session.selection().is_empty();
    response.context_menu(|ui| edit |= context_menu(ui, session, category, actions));
    response.on_hover_ui(|ui| explanation(ui, category));
    edit
}

/// A click tags what is selected; with nothing selected it shows the category's passages, or all again.
fn click(session: &Session, category: &Category, filtered: bool) -> Action {
    if !session.selection().is_empty() {
        return Action::Tag(category.id.clone());
    }
    let category = (!filtered).then(|| category.id.clone());
    Action::Filter(PassageFilter { category, ..PassageFilter::default() })
}

fn context_menu(ui: &mut Ui, session: &Session, category: &Category, actions: &mut Vec<Action>) -> bool {
    let writable = session.read_only().is_none();
    let can_tag = writable && (!session.selection().is_empty() || session.picked().is_some());
    if ui.add_enabled(can_tag, egui::Button::new(format!("Tag as {}", category.name))).clicked() {
        actions.push(Action::Tag(category.id.clone()));
    }
    if ui.button("Show its passages").clicked() {
        let filter = PassageFilter { category: Some(category.id.clone()), ..PassageFilter::default() };
        actions.push(Action::Filter(filter));
    }
    ui.separator();
    let edit = ui.add_enabled(writable, egui::Button::new("Edit category…")).clicked();
    let unused = session.totals().categories.get(&category.id).is_none_or(|count| count.spans == 0);
    let remove = ui.add_enabled(writable && unused, egui::Button::new("Remove category"));
    let remove = remove.on_disabled_hover_text("It still tags passages; retag or remove these first.");
    if remove.clicked() {
        actions
            .push(Action::Codebook(CodebookChange::Delete { id: category.id.clone(), fate: Fate::Remove }));
    }
    edit
}

/// What a category means, for its tooltip.
pub fn explanation(ui: &mut Ui, category: &Category) {
    ui.set_max_width(340.0);
    ui.label(egui::RichText::new(&category.name).font(crate::ui::theme::strong(size::INTERFACE)));
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

/// How many categories stand above this one.
fn depth(session: &Session, category: &Category) -> usize {
    let codebook = session.project().codebook();
    let mut parent = category.parent.as_ref();
    let mut depth = 0;
    // The bound ends the walk in a codebook whose parents go in a circle, as one edited by hand may.
    while let Some(above) = parent.and_then(|id| codebook.category(id)).filter(|_| depth < 4) {
        depth += 1;
        parent = above.parent.as_ref();
    }
    depth
}
