//! Several chosen passages: how many, of which categories, whose; and what can be done with all of them.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_session::{AnnotateAction, NavigateAction, SelectedSummary, Session};

/// How many are chosen, what they are tagged as, and which of them stay as they are.
pub(super) fn head(
    ui: &mut Ui,
    session: &Session,
    common: &SelectedSummary,
    editable: bool,
    requests: &mut Requests,
) {
    let title = format!("{} chosen", widgets::plural(common.spans, "passage"));
    ui.add(egui::Label::new(RichText::new(title).font(strong(size::HEADING))).truncate());
    let documents = common.documents.len();
    if documents > 1 {
        widgets::weak(ui, format!("in {}", widgets::plural(documents, "document")));
    }
    if let Some(stay) = stay(session, common) {
        ui.label(RichText::new(stay).size(size::SMALL).color(Tokens::of(ui).warning));
    }
    ui.add_space(space::S);
    let codebook = session.project().codebook();
    let (swatches, name) = match common.category() {
        Some(category) => (vec![category], codebook.name_of(category).to_owned()),
        None => {
            (common.categories.keys().take(3).collect(), format!("{} categories", common.categories.len()))
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
        let hover = counts(session, common);
        let response = widgets::combo(ui, "Category", name, 150.0, |ui| {
            for choice in codebook.categories.iter().filter(|c| !c.retired) {
                if widgets::category_item(ui, choice).clicked() {
                    let at = session.selected_spans().to_vec();
                    requests.push(AnnotateAction::SetCategory { at, category: choice.id.clone() });
                    ui.close();
                }
            }
        });
        response.on_hover_text(hover);
    });
}

/// `Demand 4, Offer 3`.
fn counts(session: &Session, common: &SelectedSummary) -> String {
    let codebook = session.project().codebook();
    let each = common.categories.iter().map(|(id, count)| format!("{} {count}", codebook.name_of(id)));
    each.collect::<Vec<String>>().join(", ")
}

/// `3 are Ben’s and stay as they are`; `None` where all are the user's.
fn stay(session: &Session, common: &SelectedSummary) -> Option<String> {
    let each = common.others.iter().map(|(id, count)| {
        let name = session.project().name_of(id);
        let verb = if *count == 1 { "is" } else { "are" };
        format!("{} {verb} {name}’s", widgets::count(*count))
    });
    let stay = if common.others.values().sum::<usize>() == 1 { "stays as it is" } else { "stay as they are" };
    (!common.others.is_empty()).then(|| format!("{} and {stay}", each.collect::<Vec<String>>().join(", ")))
}

/// What can be done with all of them.
pub(super) fn foot(
    ui: &mut Ui,
    session: &Session,
    common: &SelectedSummary,
    editable: bool,
    requests: &mut Requests,
) {
    widgets::weak(
        ui,
        "Each change is made in all of them, as one step. Ctrl+click adds one or takes it out.",
    );
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if editable {
            let icon = m::ICON_DELETE.rich_text().size(16.0);
            let name = format!("Remove {}", widgets::count(common.mine));
            let hint = "Remove the tags and their links; the text stays (Delete)";
            if ui.button((icon, name)).on_hover_text(hint).clicked() {
                requests.push(AnnotateAction::Remove(session.selected_spans().to_vec()));
            }
        }
        if ui.button("Let go").on_hover_text("Choose none of them any more (Escape in the text)").clicked() {
            requests.push(NavigateAction::SelectSpans(Vec::new()));
        }
    });
}
