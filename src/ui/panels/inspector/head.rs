//! The head of a passage: its category and its place among the rows; and the foot: who, when, and what can be done.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use crate::commands::CommandId;
use crate::panels::status::local_moment;
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use demarche_model::{Span, SpanRef};
use demarche_session::{AnnotateAction, Session};

/// The category, and which of how many passages this is.
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
            widgets::combo(ui, "Category", text, 150.0, |ui| {
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
                widgets::weak(
                    ui,
                    format!("{} of {}", position + 1, widgets::count(session.passage_table().len())),
                );
            }
        });
    });
}

pub(super) fn name_of(session: &Session, at: &SpanRef) -> String {
    let annotator = &at.layer.annotator;
    session.project().name_of(annotator).to_owned()
}

pub(super) fn foot(
    ui: &mut Ui,
    session: &Session,
    at: &SpanRef,
    span: &Span,
    mine: bool,
    requests: &mut Requests,
) {
    let changed = if span.modified == span.created { "" } else { ", changed since" };
    widgets::weak(ui, format!("{}, {}{changed}", name_of(session, at), local_moment(span.created)));
    if let Some(provenance) = &span.provenance {
        let who = session.project().name_of(&provenance.by);
        let text =
            format!("{}; {who}, {}", session.describe_provenance(provenance), local_moment(provenance.at));
        widgets::weak(ui, text)
            .on_hover_text("Where this passage of the consensus comes from, and who decided");
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if mine {
            let icon = m::ICON_DELETE.rich_text().size(16.0);
            if ui.button((icon, "Remove")).on_hover_text("Remove the tag; the text stays (Delete)").clicked()
            {
                requests.push(AnnotateAction::Remove(vec![at.clone()]));
            }
        } else if session.read_only().is_none() {
            let hint = "Tag the same words with the same category in your own layer";
            if ui.button("Tag so too").on_hover_text(hint).clicked() {
                requests.push(AnnotateAction::TagAlso(span.category.clone()));
            }
        }
        if widgets::icon_button(ui, m::ICON_FORMAT_QUOTE, "Copy with citation (Ctrl+Shift+C)").clicked() {
            requests.push(CommandId::CopyCitation);
        }
    });
}
