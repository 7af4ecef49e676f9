//! The head of a passage: its category and its number in the table. The foot: who tagged it, when, and the buttons.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::words::inspector as words;
use crate::words::time::local_moment;
use crate::{keys, widgets};
use demarche_model::{Span, SpanRef};
use demarche_session::{AnnotateAction, Session};

/// Shows the category, and the number of the passage in the table.
pub(super) fn ui(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    span: &Span,
    mine: bool,
    requests: &mut Requests,
) {
    let codebook = session.project().codebook();
    ui.horizontal(|ui| {
        let category = codebook.category(&span.category);
        let name = codebook.name_of(&span.category).to_owned();
        let (rect, _) = ui.allocate_exact_size(egui::vec2(14.0, size::ROW), egui::Sense::hover());
        if let Some(category) = category {
            widgets::swatch(ui, rect.center(), category.colour);
        }
        if mine {
            let text = RichText::new(name).font(strong(size::HEADING));
            widgets::combo(ui, words::category(), text, 150.0, |ui| {
                for choice in codebook.categories.iter().filter(|c| !c.retired) {
                    if widgets::category_item(ui, choice).clicked() {
                        requests.push(AnnotateAction::SetCategory {
                            at: vec![at.clone()],
                            category: choice.id.clone(),
                        });
                        ui.close();
                    }
                }
            });
        } else {
            ui.label(RichText::new(name).font(strong(size::HEADING)));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(position) = session.passage_table().position(session.project(), at) {
                widgets::weak(ui, words::number(position, session.passage_table().len()));
            }
        });
    });
}

/// Returns the name of the annotator of a passage.
pub(super) fn name_of(session: &Session, at: &SpanRef) -> String {
    let annotator = &at.layer.annotator;
    session.project().name_of(annotator).to_owned()
}

/// Shows who tagged the passage and when, and the buttons.
pub(super) fn foot(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    span: &Span,
    mine: bool,
    requests: &mut Requests,
) {
    let changed = span.modified != span.created;
    widgets::weak(ui, words::tagged(&name_of(session, at), &local_moment(span.created), changed));
    if let Some(provenance) = &span.provenance {
        let who = session.project().name_of(&provenance.by);
        let origin = session.describe_provenance(provenance);
        let text = words::provenance(&origin, who, &local_moment(provenance.at));
        widgets::weak(ui, text).on_hover_text(words::provenance_hint());
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if mine {
            let icon = m::ICON_DELETE.rich_text().size(16.0);
            let hint = keys::with_shortcut(ui.ctx(), words::remove_hint(), CommandId::RemovePassage);
            if ui.button((icon, words::remove())).on_hover_text(hint).clicked() {
                requests.push(AnnotateAction::Remove(vec![at.clone()]));
            }
        } else if session.read_only().is_none() {
            let hint = words::copy_to_my_layer_hint();
            if ui.button(words::copy_to_my_layer()).on_hover_text(hint).clicked() {
                requests.push(AnnotateAction::TagAlso(span.category.clone()));
            }
        }
        let copy = keys::with_shortcut(ui.ctx(), words::copy(), CommandId::CopyCitation);
        if widgets::icon_button(ui, m::ICON_FORMAT_QUOTE, &copy).clicked() {
            requests.push(CommandId::CopyCitation);
        }
    });
}
