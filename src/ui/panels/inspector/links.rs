//! The links of the picked passage.

use egui::Ui;

use crate::model::{DocumentId, LayerId, SpanId, SpanRef};
use crate::session::{Action, Session};
use crate::ui::theme::space;
use crate::ui::widgets;

/// The links of this passage; a click goes to the other end.
pub(super) fn ui(ui: &mut Ui, session: &Session, at: &SpanRef, actions: &mut Vec<Action>) {
    let project = session.project();
    let Some(layer) = project.layer(&at.layer) else { return };
    let outgoing = layer.links().filter(|link| link.from == at.span);
    let ends: Vec<_> =
        outgoing.filter_map(|link| Some((link, other_end(session, &link.to_document, link.to)?))).collect();
    if ends.is_empty() {
        return;
    }
    ui.add_space(space::S);
    widgets::caption(ui, "Links");
    for (link, other) in ends {
        let kind = project.codebook().link_kinds.iter().find(|kind| kind.id == link.kind);
        let kind = kind.map_or_else(|| link.kind.to_string(), |kind| kind.name.clone());
        let Some(span) = project.span(&other) else { continue };
        let title = project.document(&other.layer.document).map(|d| d.meta.title.clone()).unwrap_or_default();
        let category = project.codebook().name_of(&span.category);
        let text = format!("{kind} → {category}, {title}");
        if ui.add(egui::Button::new(text).frame_when_inactive(false).truncate()).clicked() {
            actions.push(Action::GoTo(other));
        }
    }
}

fn other_end(session: &Session, document: &DocumentId, span: SpanId) -> Option<SpanRef> {
    let document = session.project().document(document)?;
    let (annotator, _) = document.layers.iter().find(|(_, layer)| layer.span(span).is_some())?;
    Some(SpanRef { layer: LayerId::new(document.id(), annotator), span })
}
