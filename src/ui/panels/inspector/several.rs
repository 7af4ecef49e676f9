//! Several selected passages: their number, categories and annotators, and the buttons that apply to all of them.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::words::inspector as words;
use crate::{keys, widgets};
use demarche_session::{AnnotateAction, NavigateAction, SelectedSummary, Session};

/// Most swatches shown for passages of different categories.
const SWATCHES: usize = 3;

/// Shows the number of selected passages, their categories, and how many can't be changed.
pub(super) fn head(
    ui: &mut Ui,
    session: &Session,
    common: &SelectedSummary,
    editable: bool,
    requests: &mut Requests,
) {
    let title = words::selected(common.spans);
    ui.add(egui::Label::new(RichText::new(title).font(strong(size::HEADING))).truncate());
    let documents = common.documents.len();
    if documents > 1 {
        widgets::weak(ui, words::in_documents(documents));
    }
    if !common.others.is_empty() {
        let others: Vec<(&str, usize)> =
            common.others.iter().map(|(id, &number)| (session.project().name_of(id), number)).collect();
        ui.label(RichText::new(words::unchanged(&others)).size(size::SMALL).color(Tokens::of(ui).warning));
    }
    ui.add_space(space::S);
    let codebook = session.project().codebook();
    let (swatches, name) = match common.category() {
        Some(category) => (vec![category], codebook.name_of(category).to_owned()),
        None => {
            let several = words::several_categories(common.categories.len());
            (common.categories.keys().take(SWATCHES).collect(), several)
        }
    };
    ui.horizontal(|ui| {
        for category in swatches.into_iter().filter_map(|id| codebook.category(id)) {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, size::ROW), egui::Sense::hover());
            widgets::swatch(ui, rect.center(), category.colour);
        }
        if !editable {
            ui.label(name);
            return;
        }
        let hint = counts(session, common);
        let response = widgets::combo(ui, words::category(), name, 150.0, |ui| {
            for choice in codebook.categories.iter().filter(|c| !c.retired) {
                if widgets::category_item(ui, choice).clicked() {
                    let at = session.selected_spans().to_vec();
                    requests.push(AnnotateAction::SetCategory { at, category: choice.id.clone() });
                    ui.close();
                }
            }
        });
        response.on_hover_text(hint);
    });
}

/// Returns how often each category occurs: `Demand 4, Offer 3`.
fn counts(session: &Session, common: &SelectedSummary) -> String {
    let codebook = session.project().codebook();
    let each =
        common.categories.iter().map(|(id, count)| words::category_count(codebook.name_of(id), *count));
    each.collect::<Vec<String>>().join(", ")
}

/// Shows the buttons that apply to all of them.
pub(super) fn foot(
    ui: &mut Ui,
    session: &Session,
    common: &SelectedSummary,
    editable: bool,
    requests: &mut Requests,
) {
    widgets::weak(ui, words::selected_hint());
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if editable {
            let icon = m::ICON_DELETE.rich_text().size(16.0);
            let name = words::remove_selected(common.mine);
            let hint = keys::with_shortcut(ui.ctx(), words::remove_selected_hint(), CommandId::RemovePassage);
            if ui.button((icon, name)).on_hover_text(hint).clicked() {
                requests.push(AnnotateAction::Remove(session.selected_spans().to_vec()));
            }
        }
        if ui.button(words::deselect()).on_hover_text(words::deselect_hint()).clicked() {
            requests.push(NavigateAction::SelectSpans(Vec::new()));
        }
    });
}
